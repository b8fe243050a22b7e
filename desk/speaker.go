package desk

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/quote"
	"newsdesk/quote/name"
	"newsdesk/words"
)

// SpeakerShown is who is said to have said a quote: the name if it is sure enough, else the words that
// the article uses there ("she", "the minister"), or "" if there are none, or these give the name away. Of a
// reported statement it is rather whether it is one that may be unsure, so the article's words are shown.
func SpeakerShown(q quote.Quote) string {
	switch {
	case q.Confidence >= quote.Sure:
		return words.Line(q.Speaker)
	case q.Mention == nil || q.Kind != quote.Indirect && givesName(words.Line(q.Mention.Text), q.Speaker):
		return ""
	}
	return words.Line(q.Mention.Text)
}

// givesName reports whether the words of a mention are a part of the speaker's name, and no description.
func givesName(mention, speaker string) bool {
	last := mention[strings.LastIndexByte(mention, ' ')+1:]
	if first, _ := utf8.DecodeRuneInString(last); !unicode.IsUpper(first) || name.IsRole(last) || name.IsGroup(last) {
		return false
	}
	return slices.Contains(strings.Fields(name.Fold(speaker)), name.Fold(last))
}
