package quote

import "strings"

// This file gives a quotation that the article prints twice the speaker of the place that names one: a
// headline, a standfirst or a pull quote repeats what the body attributes.

// The least that must be repeated to be the same quotation, and how many quotations are looked at.
const (
	fewestWordsEchoed = 3
	mostEchoes        = 200
)

// echo fills in the speakers of quotations that have none of their own, or an unsure one. No words beside
// them name them, so they have no mention.
func echo(quotes []Quote) {
	folded := foldAll(quotes)
	for i := range folded {
		q := &quotes[i]
		if q.Speaker != "" && q.Confidence >= 0.4 {
			continue
		}
		if j := echoed(quotes, folded, i); j >= 0 {
			o := &quotes[j]
			q.Speaker, q.Confidence, q.Mention, q.Cue = o.Speaker, o.Confidence*0.9, nil, ""
		}
	}
}

// echoed returns the quotation that holds the words of the i-th and has a speaker of its own, -1 if there is none.
func echoed(quotes []Quote, folded []string, i int) int {
	if i >= len(folded) || strings.Count(folded[i], " ")+1 < fewestWordsEchoed {
		return -1
	}
	for j, other := range folded {
		o := &quotes[j]
		if j != i && o.Speaker != "" && o.Mention != nil && o.Confidence > 0.5 && strings.Contains(" "+other+" ", " "+folded[i]+" ") {
			return j
		}
	}
	return -1
}

// foldAll is the words of the first quotations as they are compared, "" of what is none.
func foldAll(quotes []Quote) []string {
	folded := make([]string, min(len(quotes), mostEchoes))
	for i := range folded {
		if quotes[i].Kind != Indirect {
			folded[i] = foldWords(quotes[i].Text)
		}
	}
	return folded
}

// foldWords is a quotation's words in small letters, without punctuation, one blank between.
func foldWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !isLetter(r) && (r < '0' || r > '9') }), " ")
}
