package quote

import "strings"

// This file gives a quotation that the article prints twice the speaker of the place that names one: a
// headline, a standfirst or a pull quote repeats what the body attributes.

// The least that must be repeated to be the same quotation, how many quotations are looked at, and how sure it is that
// nobody said what is not.
const (
	fewestWordsEchoed = 3
	mostEchoes        = 200
	surelyNobody      = 0.7 // a title within what somebody said is a title all the same
)

// echo fills in the speakers of quotations that have none of their own, or an unsure one; the words that name them
// are those of the other place.
func echo(quotes []Quote) {
	folded := make([]string, min(len(quotes), mostEchoes))
	for i := range folded {
		if quotes[i].Kind != Indirect {
			folded[i] = foldWords(quotes[i].Text)
		}
	}
	for i, words := range folded {
		q := &quotes[i]
		if q.Speaker != "" && q.Confidence >= 0.4 || q.Speaker == "" && q.Confidence > surelyNobody || strings.Count(words, " ")+1 < fewestWordsEchoed || words == "" {
			continue
		}
		for j, other := range folded {
			o := &quotes[j]
			if j != i && o.Speaker != "" && o.Mention != nil && o.Confidence > 0.5 && strings.Contains(" "+other+" ", " "+words+" ") {
				q.Speaker, q.Confidence, q.Mention, q.Cue = o.Speaker, o.Confidence*0.9, o.Mention, ""
				break
			}
		}
	}
}

// foldWords is a quotation's words in small letters, without punctuation, one blank between.
func foldWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !isLetter(r) && (r < '0' || r > '9') }), " ")
}
