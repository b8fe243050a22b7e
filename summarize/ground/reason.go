package ground

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind says what is wrong with a claim.
type Kind string

// The kinds of reason, with what Reason.Words holds.
const (
	Quotation Kind = "quotation" // stands in quotation marks and not, in these words, in the article
	Number    Kind = "number"    // a quantity, date or sum that the article lacks
	Name      Kind = "name"      // a name that the article lacks
	Negation  Kind = "negation"  // the article says the opposite: the words that turn it, or "" if the claim lacks them
	Unborne   Kind = "unborne"   // what the article doesn't speak of
	Stitched  Kind = "stitched"  // "": the words are the article's, but not put together like this
	Elsewhere Kind = "elsewhere" // "": what it cites says something else
)

// Reason is one thing that is wrong with a claim.
type Reason struct {
	Kind  Kind
	Words string // the claim's own words that it concerns
}

// reasons returns what can be named as wrong with c.
func (s *Source) reasons(c *claim) []Reason {
	var out []Reason
	for _, q := range c.quoted {
		if words := strings.TrimSpace(c.text[q.Start:q.End]); words != "" {
			if _, ok := s.Verbatim(words); !ok {
				out = append(out, Reason{Quotation, words})
			}
		}
	}
	taken := make([]bool, len(c.words))
	for _, n := range c.numbers {
		if !s.hasNumber(c, n) {
			out = append(out, Reason{Number, c.text[c.words[n.first].Start:c.words[n.end-1].End]})
			for i := n.first; i < n.end; i++ {
				taken[i] = true
			}
		}
	}
	out = append(out, s.missingNames(c, taken)...)
	if words, flipped := s.flipped(c); flipped {
		out = append(out, Reason{Negation, words})
	}
	return out
}

// hasNumber reports whether the article bears out the quantity n of c.
func (s *Source) hasNumber(c *claim, n number) bool {
	hedged := false
	for i := max(0, n.first-2); i < n.first; i++ {
		hedged = hedged || hedges[c.words[i].Lower]
	}
	if n.small {
		return true // "two" may count what the article names one by one
	}
	for i := n.first; i < n.end; i++ {
		if !s.has(c.words[i]) {
			return slices.ContainsFunc(s.numbers, func(u number) bool { return bears(u, n, hedged) })
		}
	}
	return true
}

// missingNames returns the names of c that the article lacks: capitalised words, except where a
// capital says nothing: at the start of the claim, or when all words have one.
func (s *Source) missingNames(c *claim, taken []bool) []Reason {
	capitals, letters := 0, 0
	for _, w := range c.words {
		capitals += btoi(w.Capital)
		letters += btoi(!w.Number && !w.Function)
	}
	if letters > 3 && capitals*4 > letters*3 {
		return nil
	}
	var out []Reason
	for i, w := range c.words {
		if !w.Capital || w.Function || taken[i] || c.known[i] || opens(c.text[:w.Start]) {
			continue
		}
		out = append(out, Reason{Name, c.text[w.Start:w.End]})
	}
	return out
}

// opens reports whether what follows before is the start of a sentence, a title or a quotation, where
// any word has a capital.
func opens(before string) bool {
	before = strings.TrimRightFunc(before, unicode.IsSpace)
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(".!?:\"“„«*", last)
}

// sureEnough is how much of a claim its best sentence must hold before a difference in negation tells
// anything.
const sureEnough = 0.6

// flipped reports whether exactly one of c and the sentence that bears it best is negated, and the
// claim's words that negate it.
func (s *Source) flipped(c *claim) (words string, flipped bool) {
	if len(c.best) == 0 || c.covered < sureEnough {
		return "", false
	}
	negated := false
	for _, w := range c.words {
		if negators[w.Lower] || strings.HasSuffix(w.Lower, "n't") {
			words, negated = c.text[w.Start:w.End], true
			break
		}
	}
	have := s.sentences[c.best[0]].negated
	if !have && c.joined > c.covered {
		have = negated && s.sentences[c.best[1]].negated
	}
	return words, negated != have
}
