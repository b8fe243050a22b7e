package ground

import (
	"slices"

	"newsdesk/summarize/terms"
)

// softeners are words without which a statement says more: what is tried, planned or alleged has not happened.
var softeners = set(`may might could would try tries trying tried attempt attempts attempting attempted plan plans planning planned
	hope hopes hoping hoped want wants wanted seek seeks seeking sought consider considers considering considered threaten threatens
	threatening threatened expected likely possible possibly allegedly alleged reportedly suspected apparently almost nearly partly
	former formerly if unless könnte könnten soll sollen sollte will wollen wollte versucht versuchte mutmaßlich angeblich möglicherweise offenbar
	ehemaliger ehemalige fast pourrait devrait tente essaie espère présumé ancien presque podría debería intenta espera presunto exministro casi`)

// reserves are words by which the end of a sentence takes back some of its beginning: a condition, or who says so.
var reserves = set(`if unless once until provided according said says told tells claims claimed alleged alleges reported reports believes
	wenn falls sofern laut zufolge sagte teilte erklärte selon si sauf déclaré según dijo si salvo`)

// maxReserve is how many words such an end has at most.
const maxReserve = 12

// reserve returns the word by which the article takes back, behind a mark at the end of a sentence, some of what c takes from its
// beginning; "" if it doesn't, or c has such a word itself.
func (s *Source) reserve(c *claim, own map[string]bool) string {
	last := -1
	for _, place := range c.made.from {
		last = max(last, place)
	}
	if last < 0 || !s.marks[last] {
		return ""
	}
	for w := range own {
		if reserves[w] {
			return ""
		}
	}
	end := s.sentences[s.sentenceOf(last)].end
	if end-last-1 > maxReserve {
		return ""
	}
	for _, w := range s.words[last+1 : end] {
		if reserves[w.Lower] {
			return w.Lower
		}
	}
	return ""
}

// surer returns the word that the article has between two words that c takes one after the other, and without which c says more
// than the article: "is to overturn" for "is to try to overturn", "can win" for "try to win"; "" if there is none.
func (s *Source) surer(c *claim) string {
	own := map[string]bool{}
	for _, w := range c.words {
		own[w.Lower] = true
	}
	before := -1 // the word taken last
	for _, place := range c.made.from {
		if place < 0 {
			continue
		}
		from := before
		before = place
		if from < 0 || place <= from+1 || place-from > maxTurn+1 || s.sentenceOf(place) != s.sentenceOf(from) {
			continue
		}
		for k, w := range s.words[from+1 : place] {
			oneOf := w.Lower == "one" && s.words[from+2+k].Lower == "of"
			if (oneOf || softeners[w.Lower]) && !own[w.Lower] {
				return w.Lower
			}
		}
	}
	return s.reserve(c, own)
}

// mixesNumbers reports whether c puts numbers together that no sentence of the article has together: each may be
// right, and what they say of each other is not.
func (s *Source) mixesNumbers(c *claim) bool {
	var stems []string
	for _, n := range c.numbers {
		if stem := c.words[n.first].Stem; !n.small && len(s.at[stem]) > 0 {
			stems = append(stems, stem)
		}
	}
	if len(stems) < 2 {
		return false
	}
	return !slices.ContainsFunc(s.sentences, func(sent sentence) bool {
		return !slices.ContainsFunc(stems, func(stem string) bool {
			return !slices.ContainsFunc(s.words[sent.first:sent.end], hasStem(stem))
		})
	})
}

// hasStem returns what reports whether a word has a stem.
func hasStem(stem string) func(terms.Word) bool {
	return func(w terms.Word) bool { return w.Stem == stem }
}
