package ground

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/quote/name"
	"newsdesk/summarize/terms"
)

// Kind says what is wrong with a claim.
type Kind string

// The kinds of reason, with what Reason.Words holds.
const (
	Quotation Kind = "quotation" // stands in quotation marks and not, in these words, in the article
	Number    Kind = "number"    // a quantity, date or sum that the article lacks
	Name      Kind = "name"      // a name that the article lacks
	Role      Kind = "role"      // an office or a role that the article gives to somebody else, with whom the claim gives it to
	Speaker   Kind = "speaker"   // whom the claim has say what the article has somebody else say
	Voice     Kind = "voice"     // who says between quotation marks what the claim gives as a fact
	Negation  Kind = "negation"  // the article says the opposite: the words that turn it, or "" if the claim lacks them
	Surer     Kind = "surer"     // what the article says less surely: its word that the claim leaves out
	Unborne   Kind = "unborne"   // what the article doesn't speak of
	Stitched  Kind = "stitched"  // "": the words are the article's, but not put together like this
	Elsewhere Kind = "elsewhere" // "": what it cites says something else
)

// Reason is one thing that is wrong with a claim.
type Reason struct {
	Kind  Kind
	Words string // the claim's own words that it concerns; of [Voice] the speaker's name
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
	out = append(out, s.usurped(c)...)
	out = append(out, s.givenAway(c)...)
	if speaker := s.unvoiced(c); speaker != "" {
		out = append(out, Reason{Voice, speaker})
	}
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
	if s.countsOther(c, n) {
		return false
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

// countsOther reports whether the article counts what c counts with n, and each time with another number: "three
// crossings" where c has "five crossings". Only small numbers need it; it lacks the others altogether.
func (s *Source) countsOther(c *claim, n number) bool {
	if !n.small || n.value < 2 || isOrdinal(c.words[n.first].Lower) || n.end >= len(c.words) || c.words[n.end].Function || c.words[n.end].Number || c.words[n.end].Capital {
		return false
	}
	other := false
	for _, place := range s.places(c.words[n.end].Stem) {
		for _, u := range s.numbers {
			if u.end != place || u.first < s.sentences[s.sentenceOf(place)].first {
				continue
			}
			if u.value == n.value {
				return false
			}
			other = other || u.small
		}
	}
	return other
}

// isOrdinal reports whether a number word says which one ("sixth"), not how many.
func isOrdinal(word string) bool { return word == "third" || strings.HasSuffix(word, "th") }

// homonyms are months that are other words when they have no capital.
var homonyms = set("may march august")

// isName reports whether the article has the name w: the word itself, or one that differs by its ending alone. For
// other words a common beginning is enough ("Maria" is no "Marigold").
func (s *Source) isName(w terms.Word) bool {
	near := s.related(w.Stem)
	if len(near) == 0 || s.has(w) || name.IsPlace(w.Lower) || name.IsNationality(w.Lower) {
		return true // known in another way
	}
	return slices.ContainsFunc(near, func(have string) bool {
		same := 0
		for same < len(have) && same < len(w.Stem) && have[same] == w.Stem[same] {
			same++
		}
		return same >= min(len(have), len(w.Stem))-1 && max(len(have), len(w.Stem))-same <= 3
	})
}

// missingNames returns the names of c that the article lacks: capitalised words, except where a
// capital says nothing: at the start of the claim, or when all words have one.
func (s *Source) missingNames(c *claim, taken []bool) []Reason {
	capitals, letters := 0, 0
	for _, w := range c.words {
		capitals += btoi(w.Capital && !w.Number && !w.Function)
		letters += btoi(!w.Number && !w.Function)
	}
	if letters > 3 && capitals*4 > letters*3 {
		return nil
	}
	var out []Reason
	for i, w := range c.words {
		if !w.Capital || taken[i] || opens(c.text[:w.Start]) {
			continue
		}
		if homonyms[w.Lower] && !s.capitals[w.Lower] && !s.nameless {
			out = append(out, Reason{Name, c.text[w.Start:w.End]})
			continue
		}
		if w.Function || c.known[i] && s.isName(w) {
			continue
		}
		if name, _, compound := strings.Cut(w.Lower, "-"); compound && s.lowers[name] {
			continue // "Nile-born"
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

// maxTurn is how many words of the article may be left out between two words of the claim, a negation among
// them, for the claim to say the opposite: "has not yet accepted" against "has accepted".
const maxTurn = 3

// flipped reports whether c says the opposite of what it was made of, and its words that turn it. Where a
// negation stands decides: a sentence may hold one that concerns another clause.
func (s *Source) flipped(c *claim) (words string, flipped bool) {
	own := -1
	for i, w := range c.words {
		if turns(w) {
			own = i
		}
		if negates(w) && !turns(w) {
			return "", false // told in another way
		}
	}
	if own < 0 {
		return "", s.dropsNegation(c)
	}
	w := c.words[own]
	return c.text[w.Start:w.End], s.addsNegation(c, own)
}

// addsNegation reports whether the negation at the word own of c stands between two words that the article has
// side by side without one.
func (s *Source) addsNegation(c *claim, own int) bool {
	if own >= len(c.made.from) || c.made.from[own] >= 0 {
		return false
	}
	before, after := -1, -1
	for i, place := range c.made.from {
		switch {
		case place < 0:
		case i < own:
			before = place
		case after < 0:
			after = place
		}
	}
	return before >= 0 && after > before && after-before <= maxTurn+1 && s.sentenceOf(after) == s.sentenceOf(before) &&
		!slices.ContainsFunc(s.words[before+1:after], negates)
}

// dropsNegation reports whether a negation stands in the article between two words that c has side by side.
func (s *Source) dropsNegation(c *claim) bool {
	if len(c.made.from) > 0 && c.made.from[0] > 0 {
		first := c.made.from[0]
		if s.sentenceOf(first-1) == s.sentenceOf(first) && turns(s.words[first-1]) {
			return true // "Not everybody agrees"
		}
	}
	for i, place := range c.made.from {
		if i == 0 || place < 0 || c.words[i].Function {
			continue
		}
		before := c.made.from[i-1]
		if before >= 0 && place > before && place-before <= maxTurn+1 && s.sentenceOf(place) == s.sentenceOf(before) &&
			slices.ContainsFunc(s.words[before+1:place], turns) {
			return true
		}
	}
	return false
}

// turns reports whether w makes a sentence say the opposite.
func turns(w terms.Word) bool { return opposites[w.Lower] || strings.HasSuffix(w.Lower, "n't") }

// negates reports whether w denies something, in whichever way.
func negates(w terms.Word) bool { return negators[w.Lower] || strings.HasSuffix(w.Lower, "n't") }
