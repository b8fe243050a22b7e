package extract

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

const (
	sampleBytes  = 64 << 10 // of a document that are decoded to tell its encoding
	minSample    = 12       // characters beyond ASCII that tell anything
	maxUndecoded = 100      // of so many characters one may make no sense
)

// eastAsian are the encodings of two bytes a letter that are met undeclared, each with the characters that a text in its
// language is full of, and the share (in hundredths) of them below which it is taken for something else. Read in a wrong one of
// the encodings, a text is made of characters as rare as there are many.
var eastAsian = []struct {
	encoding encoding.Encoding
	common   func(rune) bool
	share    int
}{
	{japanese.ShiftJIS, isKana, 25},
	{japanese.EUCJP, isKana, 25},
	{korean.EUCKR, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }, 85},
	{simplifiedchinese.GB18030, among(commonSimplified), 12},
	{traditionalchinese.Big5, among(commonTraditional), 12},
}

// The hundred or so most frequent characters of Chinese, as they are written on the mainland and on Taiwan.
const (
	commonBoth        = "的一是不了在人有我他中大上和到以出就可也你生能而子那得于著下自之年作用道行所然家事成方多法如同日者小部其些主理心好新市政月分本高最高工公"
	commonSimplified  = commonBoth + "这个们来为国地说时要会对着过发后里种经么去学都现当没动面起看定天还进样她前开但因只从想实军无力它与长把机民第此已情明性关点业外将两间由问很重并物手应"
	commonTraditional = commonBoth + "這個們來為國地說時要會對著過發後裡種經麼去學都現當沒動面起看定天還進樣她前開但因只從想實軍無力它與長把機民第此已情明性關點業外將兩間由問很重並物手應"
)

func among(characters string) func(rune) bool {
	set := make(map[rune]bool)
	for _, r := range characters {
		set[r] = true
	}
	return func(r rune) bool { return set[r] }
}

// isKana reports whether r is one of the letters that Japanese sentences are held together by. Those of half width are the
// single bytes beyond ASCII of many other encodings.
func isKana(r rune) bool { return r >= 'ぁ' && r <= 'ヿ' }

// sniffEastAsian tells which of the encodings a document is in, by what its characters would be; nil for none of them.
func sniffEastAsian(raw []byte) encoding.Encoding {
	raw = raw[:min(len(raw), sampleBytes)]
	for _, c := range eastAsian {
		text, err := c.encoding.NewDecoder().Bytes(raw)
		if err != nil {
			continue
		}
		var beyond, common, undecoded int
		for _, r := range string(text) {
			switch {
			case r == utf8.RuneError:
				undecoded++
			case r >= utf8.RuneSelf && unicode.IsLetter(r):
				beyond++
				if c.common(r) {
					common++
				}
			}
		}
		if beyond >= minSample && common*100 >= beyond*c.share && (undecoded-1)*maxUndecoded <= beyond {
			return c.encoding
		}
	}
	return nil
}
