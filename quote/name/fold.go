package name

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s as names are compared: in lower case, without accents and punctuation, words
// separated by single spaces, none at the ends.
//
//   - Accents are removed in every script that writes them as separable marks ("Erdoğan" is
//     "erdogan"), letters without a decomposition have the usual replacement ("Łódź" is "lodz",
//     "Weiß" is "weiss", "Søren" is "soren").
//   - Apostrophes and full stops leave no gap ("O’Neill" is "oneill", "J.D." is "jd"); every other
//     mark does ("Ocasio-Cortez" is "ocasio cortez").
//   - A possessive ending is dropped ("Ann’s" is "ann", "Jones'" is "jones").
//
// Fold is idempotent, takes time linear in len(s), and returns s itself, without allocating, where
// nothing changes.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	return string(appendFold(make([]byte, 0, len(s)+8), s))
}

// isFolded reports whether s is plain lower-case ASCII words with single spaces.
func isFolded(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c == ' ' && i > 0 && s[i-1] != ' ' && i < len(s)-1:
		default:
			return false
		}
	}
	return true
}

// appendFold appends the folded form of s to dst. Callers on the hot path give it a buffer on their
// stack and look the result up in a map without ever making a string of it.
func appendFold(dst []byte, s string) []byte {
	gap := false // a space is due before the next letter
	from := len(dst)
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			case 'A' <= c && c <= 'Z':
				c |= 0x20
			case c == '\'' || c == '`':
				i += possessive(s[i:])
				continue
			case c == '.':
				// "J. Doe" has its own space; "p.m." and "J.D." close up.
				continue
			default:
				gap = true
				continue
			}
			dst = appendGap(dst, from, &gap)
			dst = append(dst, c)
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case isApostrophe(r):
			i += possessive(s[i:])
		case dropped(r):
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			due, before := gap, len(dst)
			dst = appendGap(dst, from, &gap)
			start := len(dst)
			if dst = appendBase(dst, r); len(dst) == start { // a letter that is nothing but a mark
				dst, gap = dst[:before], due
			}
		default:
			gap = true
		}
	}
	return dst
}

// appendGap appends the space that is due, unless dst holds nothing after from yet.
func appendGap(dst []byte, from int, gap *bool) []byte {
	if *gap && len(dst) > from {
		dst = append(dst, ' ')
	}
	*gap = false
	return dst
}

// possessive returns how many bytes of rest, which follows an apostrophe, belong to a possessive
// ending: 1 for an "s" that ends its word, else 0.
func possessive(rest string) int {
	if rest == "" || rest[0] != 's' && rest[0] != 'S' {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(rest[1:]); len(rest) > 1 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return 0
	}
	return 1
}

// isApostrophe reports whether r is a mark that is written for an apostrophe, the ʿayn and hamza of
// transliterated Arabic and the ʻokina included.
func isApostrophe(r rune) bool {
	switch r {
	case '’', '‘', 'ʼ', 'ʻ', 'ʹ', 'ʾ', 'ʿ', '´', '′', '＇':
		return true
	}
	return false
}

// dropped reports whether r leaves nothing at all: combining accents, the vowel points of Arabic and
// Hebrew, and format characters such as the zero-width space or a direction mark.
func dropped(r rune) bool {
	switch {
	case 0x0300 <= r && r <= 0x036F, 0x0591 <= r && r <= 0x05C7, 0x064B <= r && r <= 0x065F, r == 0x0670, r == 0x0640:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// appendBase appends r in lower case without its accents.
func appendBase(dst []byte, r rune) []byte {
	if s, ok := replacements[r]; ok {
		return append(dst, s...)
	}
	if isHangul(r) { // decomposes into single sounds, which nobody would search for
		return utf8.AppendRune(dst, r)
	}
	var b [utf8.UTFMax]byte
	n := utf8.EncodeRune(b[:], r)
	decomposed := norm.NFKD.Properties(b[:n]).Decomposition()
	if decomposed == nil {
		return utf8.AppendRune(dst, unicode.ToLower(r))
	}
	for len(decomposed) > 0 {
		d, size := utf8.DecodeRune(decomposed)
		decomposed = decomposed[size:]
		switch {
		case dropped(d) || isApostrophe(d) || !unicode.IsLetter(d) && !unicode.IsDigit(d) && !unicode.IsMark(d):
		case replacements[d] != "":
			dst = append(dst, replacements[d]...)
		default:
			dst = utf8.AppendRune(dst, unicode.ToLower(d))
		}
	}
	return dst
}

func isHangul(r rune) bool { return 0xAC00 <= r && r <= 0xD7A3 }

// replacements holds the letters that Unicode does not decompose but readers type without their
// stroke or as two letters.
var replacements = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe",
	'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d",
	'þ': "th", 'Þ': "th", 'ħ': "h", 'Ħ': "h", 'ı': "i", 'ŋ': "n", 'Ŋ': "n",
	'ə': "e", 'Ə': "e", 'ŧ': "t", 'Ŧ': "t", 'ĸ': "k",
}
