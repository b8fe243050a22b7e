package cache

import (
	"slices"
	"strings"

	"newsdesk/quote/name"
)

// Spelling is one way in which filed articles name a speaker.
type Spelling struct {
	Name  string
	Count int // quotes under that name
}

// Joins reports whether a speaker whose articles write it as spellings is the one that full names too.
// It must be the same person under every spelling: "John Smith" is joined with "John A. Smith", and
// "John B. Smith" then stays apart.
func Joins(full string, spellings []Spelling) bool {
	for _, s := range spellings {
		if full != s.Name && !name.Same(full, s.Name) {
			return false
		}
	}
	return len(spellings) > 0
}

// Shown is the fullest common form among spellings: of those used at least a third as often as the
// commonest, the one with the most words, then the commonest, then the first of the alphabet.
func Shown(spellings []Spelling) string {
	most := 0
	for _, s := range spellings {
		most = max(most, s.Count)
	}
	var best Spelling
	words := -1
	for _, s := range spellings {
		if 3*s.Count < most {
			continue
		}
		n := len(strings.Fields(s.Name))
		if n > words || n == words && (s.Count > best.Count || s.Count == best.Count && s.Name < best.Name) {
			best, words = s, n
		}
	}
	return best.Name
}

// SpeakerWords are the keys, each once, under which the stores look for a speaker who goes by full, or
// whom somebody means who typed it: its words, folded, and how they sound where they are long enough,
// so that transliterations meet. Whether a speaker found so fits is for [Joins] and [Fits] to say.
func SpeakerWords(full string) []string {
	var keys []string
	for w := range strings.FieldsSeq(name.Fold(full)) {
		w = cut(w, maxTerm)
		keys = append(keys, w)
		if sound := name.Sound(w); sound != "" {
			keys = append(keys, "~"+sound) // no folded word begins so
		}
	}
	return unique(keys)
}

// Fits reports whether somebody who asks so means the speaker written as spellings.
func Fits(asked name.Query, spellings []Spelling) bool {
	return slices.ContainsFunc(spellings, func(s Spelling) bool { return asked.Fits(s.Name) })
}

// FitsLoosely is [Fits] but for another transliteration or a typing error.
func FitsLoosely(asked name.Query, spellings []Spelling) bool {
	return slices.ContainsFunc(spellings, func(s Spelling) bool { return asked.FitsLoosely(s.Name) })
}
