package cache

import (
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
		if !same(full, s.Name) {
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

// SpeakerWords are the words of a name, or of what somebody typed for one, by which the stores look
// for candidates; each once.
func SpeakerWords(full string) []string {
	var words []string
	seen := map[string]bool{}
	for _, w := range strings.Fields(name.Fold(full)) {
		if w = cut(w, maxTerm); !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	return words
}

func same(a, b string) bool { return name.Fold(a) == name.Fold(b) }

// Fits reports whether any of spellings is what somebody means who types query.
func Fits(query string, spellings []Spelling) bool {
	for _, s := range spellings {
		words := SpeakerWords(s.Name)
		all := true
		for _, w := range SpeakerWords(query) {
			found := false
			for _, x := range words {
				found = found || x == w
			}
			all = all && found
		}
		if all {
			return true
		}
	}
	return false
}

// FitsLoosely is [Fits] but for another transliteration or a typing error.
func FitsLoosely(query string, spellings []Spelling) bool { return false }
