package ground

import (
	"cmp"
	"slices"

	"newsdesk/summarize/terms"
)

// alignment is the cheapest way to make a claim out of the article: which word was taken from where.
// Machines shorten and join sentences; what they break, they break at the seams.
type alignment struct {
	from []int // for each word of the claim, the index of the article's word, or -1
	cost float64
}

// The costs of an alignment. Fitting them to judged statements makes them no better on articles not seen.
const (
	skipCost     = 0.3 // words of the same sentence are left out
	clauseCost   = 0.1 // the same, but whole clauses
	turnCost     = 0.3 // a negation is among them
	backCost     = 1.0 // back to an earlier word of the same sentence
	crossCost    = 2.0 // on to another sentence
	joinCost     = 1.0 // the same, where the claim begins a clause
	subjectCost  = 0.1 // each content word that the other sentence's clause has before it, at most maxSubject
	nearCost     = 0.3 // in another form
	newContent   = 0.8 // a content word that is taken from nowhere
	newFunction  = 0.4
	maxNew       = 6  // new words in a row between two that are taken
	maxSubject   = 4  // words
	maxSentences = 10 // sentences that words are taken from
	maxAligned   = 80 // words of a claim that are aligned
)

// state is the cheapest alignment that ends with a word of the claim taken from a place.
type state struct {
	place    int
	cost     float64
	word     int // the word before that was taken, -1 if none
	previous int // its state
}

// aligner makes one claim of its source.
type aligner struct {
	*Source
	claim  *claim
	words  []terms.Word // of the claim, not too many
	own    map[string]bool
	states [][]state // for each word, its states
	fresh  []float64 // cost of the words before, if all were new
}

// alignTo returns the alignment of c to the sentences that hold most of it.
func (s *Source) alignTo(c *claim, held []float64) alignment {
	words := c.words[:min(len(c.words), maxAligned)]
	a := &aligner{Source: s, claim: c, words: words, own: stemsOf(words), states: make([][]state, len(words)), fresh: make([]float64, len(words)+1)}
	allowed := s.mostHeld(held)
	for i, w := range words {
		a.fresh[i+1] = a.fresh[i] + newContent
		if w.Function {
			a.fresh[i+1] = a.fresh[i] + newFunction
		}
		places, extra := a.candidates(i)
		for _, place := range places {
			if _, ok := slices.BinarySearch(allowed, s.sentenceOf(place)); ok {
				st := a.extend(i, place)
				st.cost += extra
				a.states[i] = append(a.states[i], st)
			}
		}
	}
	return a.trace()
}

// candidates returns where word i may be taken from, and what that costs because it stands there in another form.
func (a *aligner) candidates(i int) (places []int, extra float64) {
	w := a.words[i]
	if at := a.places(w.Stem); len(at) > 0 || w.Function || w.Number || !a.claim.known[i] {
		return at, 0
	}
	for _, stem := range a.related(w.Stem) {
		places = append(places, a.places(stem)...)
	}
	slices.Sort(places)
	return places[:min(len(places), maxPlaces)], nearCost
}

// mostHeld returns the indices of the sentences that hold most, in order.
func (s *Source) mostHeld(held []float64) []int {
	order := make([]int, 0, len(held))
	for n, h := range held {
		if h > 0 {
			order = append(order, n)
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(held[y], held[x]) })
	order = order[:min(len(order), maxSentences)]
	slices.Sort(order)
	return order
}

// extend returns the cheapest alignment that ends with word i taken from place.
func (a *aligner) extend(i, place int) state {
	best := state{place: place, cost: a.fresh[i], word: -1}
	for j := i - 1; j >= max(0, i-1-maxNew); j-- {
		gap := a.fresh[i] - a.fresh[j+1]
		for k, before := range a.states[j] {
			cost := before.cost + gap
			if cost >= best.cost {
				continue
			}
			if q := before.place; place != q+1 && (gap == 0 || place <= q || place > q+i-j) {
				cost += a.seam(q, place, i)
			}
			if cost < best.cost {
				best.cost, best.word, best.previous = cost, j, k
			}
		}
	}
	return best
}

// seam returns what it costs to go on from the article's word q to the one at place, with word i of the claim.
func (a *aligner) seam(q, place, i int) float64 {
	switch {
	case a.sentenceOf(q) != a.sentenceOf(place):
		if a.claim.markedBefore(i) || joiners[a.words[i].Lower] {
			return joinCost
		}
		return crossCost + subjectCost*a.dropped(a.own, a.starts[place], place, maxSubject)
	case place <= q:
		return backCost
	}
	cost := skipCost
	if a.marks[q] && a.marks[place-1] {
		cost = clauseCost
	}
	if slices.ContainsFunc(a.Source.words[q+1:min(place, q+1+maxTurn)], turns) {
		cost += turnCost
	}
	return cost
}

// trace reads the cheapest alignment back from its end.
func (a *aligner) trace() alignment {
	out := alignment{from: make([]int, len(a.words)), cost: a.fresh[len(a.words)]}
	for i := range out.from {
		out.from[i] = -1
	}
	word, k := -1, 0
	for i := range a.states {
		for n, st := range a.states[i] {
			if cost := st.cost + a.fresh[len(a.words)] - a.fresh[i+1]; cost < out.cost {
				out.cost, word, k = cost, i, n
			}
		}
	}
	for word >= 0 {
		st := a.states[word][k]
		out.from[word] = st.place
		word, k = st.word, st.previous
	}
	return out
}
