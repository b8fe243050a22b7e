package ground

import (
	"strings"

	"newsdesk/quote"
	"newsdesk/quote/name"
	"newsdesk/summarize/terms"
)

// statement is something that the article says somebody said.
type statement struct {
	speaker string
	stems   map[string]bool // of its content words
}

// Heard takes in who said what in the article, and returns s. A claim is then wrong that gives to somebody what the
// article gives to another, or gives as a fact what somebody says. It is for what is printed: of statements that people found supported it would refuse one
// in forty, mostly where the article itself leaves open who speaks.
func (s *Source) Heard(quotes []quote.Quote) *Source {
	reader := terms.NewReader(s.article.Language)
	for _, q := range quotes {
		if q.Speaker == "" {
			continue
		}
		s.spoken = append(s.spoken, q)
		if stems := contentOf(q.Text, reader); len(stems) > 0 {
			s.said = append(s.said, statement{q.Speaker, stems})
		}
	}
	return s
}

// contentOf returns the stems of the content words of text.
func contentOf(text string, reader *terms.Reader) map[string]bool {
	stems := map[string]bool{}
	for _, w := range reader.Words(text) {
		if !w.Function {
			stems[w.Stem] = true
		}
	}
	return stems
}

// leastSaid is how many content words of a claim must be somebody's to tell whose they are, and sameSaid which share
// of them a statement must hold to be the one that is meant.
const (
	leastSaid = 3
	sameSaid  = 0.6
)

// givenAway returns the statements that c gives to somebody who didn't make them, while another did.
func (s *Source) givenAway(c *claim) []Reason {
	if len(s.said) == 0 {
		return nil
	}
	reader := terms.NewReader(s.article.Language)
	var out []Reason
	for _, q := range quote.Find(textOf(c.text, s.article.Language)) {
		stems := contentOf(q.Text, reader)
		if q.Speaker == "" || q.Mention == nil || len(stems) < leastSaid || !s.names(q.Speaker) {
			continue
		}
		if s.others(q.Speaker, stems) {
			out = append(out, Reason{Speaker, q.Mention.Text})
		}
	}
	return out
}

// names reports whether the article names whom a claim calls a speaker, as a speaker or otherwise.
func (s *Source) names(speaker string) bool {
	words := strings.Fields(speaker)
	return len(words) > 0 && s.lowers[strings.ToLower(words[len(words)-1])]
}

// others reports whether somebody said something with these words, and the speaker did not.
func (s *Source) others(speaker string, stems map[string]bool) bool {
	found := false
	for _, have := range s.said {
		held := 0
		for stem := range stems {
			held += btoi(have.stems[stem])
		}
		if float64(held) < sameSaid*float64(len(stems)) {
			continue
		}
		if name.Fits(speaker, have.speaker) || name.Fits(have.speaker, speaker) || shareWord(speaker, have.speaker) {
			return false
		}
		found = true
	}
	return found
}

// shareWord reports whether two descriptions of people share a word that is longer than three letters: "the union
// officials" and "officials of the union".
func shareWord(a, b string) bool {
	words := set(strings.ToLower(a))
	for _, w := range strings.Fields(strings.ToLower(b)) {
		if len(w) > 3 && words[w] {
			return true
		}
	}
	return false
}
