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

// The costs of an alignment, found by trial on judged statements.
const (
	skipCost     = 0.3 // words of the same sentence are left out
	backCost     = 1.0 // back to an earlier word of the same sentence
	crossCost    = 2.0 // on to another sentence
	newContent   = 0.8 // a content word that is taken from nowhere
	newFunction  = 0.4
	maxNew       = 6  // new words in a row between two that are taken
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

// alignTo returns the alignment of c to the sentences that hold most of it.
func (s *Source) alignTo(c *claim, held []float64) alignment {
	words := c.words[:min(len(c.words), maxAligned)]
	allowed := s.mostHeld(held)
	states := make([][]state, len(words))
	fresh := make([]float64, len(words)+1) // cost of the words before, if all were new
	for i, w := range words {
		fresh[i+1] = fresh[i] + newContent
		if w.Function {
			fresh[i+1] = fresh[i] + newFunction
		}
		for _, place := range s.at[w.Stem] {
			n := s.sentenceOf(place)
			if _, ok := slices.BinarySearch(allowed, n); !ok {
				continue
			}
			states[i] = append(states[i], s.extend(states, fresh, i, place, n))
		}
	}
	return trace(words, states, fresh)
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

// extend returns the cheapest alignment that ends with word i taken from place, in sentence n.
func (s *Source) extend(states [][]state, fresh []float64, i, place, n int) state {
	best := state{place: place, cost: fresh[i], word: -1}
	for j := i - 1; j >= max(0, i-1-maxNew); j-- {
		gap := fresh[i] - fresh[j+1]
		for k, before := range states[j] {
			cost := before.cost + gap
			if cost >= best.cost {
				continue
			}
			switch q := before.place; {
			case place == q+1 || gap > 0 && place > q && place <= q+1+(i-j-1):
			case s.sentenceOf(q) != n:
				cost += crossCost
			case place > q:
				cost += skipCost
			default:
				cost += backCost
			}
			if cost < best.cost {
				best.cost, best.word, best.previous = cost, j, k
			}
		}
	}
	return best
}

// trace reads the cheapest alignment back from its end.
func trace(words []terms.Word, states [][]state, fresh []float64) alignment {
	a := alignment{from: make([]int, len(words)), cost: fresh[len(words)]}
	for i := range a.from {
		a.from[i] = -1
	}
	word, k := -1, 0
	for i := range states {
		for n, st := range states[i] {
			if cost := st.cost + fresh[len(words)] - fresh[i+1]; cost < a.cost {
				a.cost, word, k = cost, i, n
			}
		}
	}
	for word >= 0 {
		st := states[word][k]
		a.from[word] = st.place
		word, k = st.word, st.previous
	}
	return a
}
