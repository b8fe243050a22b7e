package evidence

import (
	"strings"

	"newsdesk/quote/name"
	"newsdesk/summarize/terms"
)

// words returns the words of s in order, folded: in lower case, without accents and marks.
func words(s string) []string {
	var out []string
	for _, w := range terms.NewReader("").Words(s) {
		out = appendFolded(out, w.Lower)
	}
	return out
}

// folded returns the words of s as a set.
func folded(s string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range words(s) {
		set[w] = true
	}
	return set
}

// telling returns the words of s that say what it is about, folded, in order: all but the function words
// of its language.
func telling(s, language string) []string {
	var out []string
	for _, w := range terms.NewReader(language).Words(s) {
		if !w.Function {
			out = appendFolded(out, w.Lower)
		}
	}
	return out
}

// appendFolded folds one word; folding may part it at a hyphen. A number loses its commas, by which the
// same one is written in two ways.
func appendFolded(out []string, word string) []string {
	return append(out, strings.Fields(name.Fold(strings.ReplaceAll(word, ",", "")))...)
}

// stems reads texts into sets of terms and remembers what it has read: a paragraph and a title stand
// around several passages.
type stems struct {
	readers map[string]*terms.Reader
	read    map[[2]string]map[string]bool
}

func newStems() *stems {
	return &stems{readers: make(map[string]*terms.Reader), read: make(map[[2]string]map[string]bool)}
}

func (s *stems) reader(language string) *terms.Reader {
	r, ok := s.readers[language]
	if !ok {
		r = terms.NewReader(language)
		s.readers[language] = r
	}
	return r
}

// of returns the terms of a text in a language: its stems, folded.
func (s *stems) of(text, language string) map[string]bool {
	key := [2]string{text, language}
	set, ok := s.read[key]
	if !ok {
		set = make(map[string]bool)
		for _, w := range s.reader(language).Words(text) {
			for _, t := range appendFolded(nil, w.Stem) {
				set[t] = true
			}
			if !strings.Contains(w.Lower, "-") {
				continue
			}
			for part := range strings.SplitSeq(w.Lower, "-") { // asked for by either half
				for _, p := range s.reader(language).Words(part) {
					for _, t := range appendFolded(nil, p.Stem) {
						set[t] = true
					}
				}
			}
		}
		s.read[key] = set
	}
	return set
}

// each returns the term of each word in a language.
func (s *stems) each(words []string, language string) []string {
	out := make([]string, 0, len(words))
	for _, word := range words {
		term := word
		for _, w := range s.reader(language).Words(word) {
			term = strings.Join(appendFolded(nil, w.Stem), " ")
		}
		out = append(out, term)
	}
	return out
}
