package digest

import (
	_ "embed"
	"math"
	"strings"
	"sync"

	"newsdesk/cache"
	"newsdesk/summarize/logistic"
	"newsdesk/summarize/terms"
)

// corpus says how telling a term is: what many articles of the period hold tells little.
type corpus struct {
	articles int
	holding  [vectors]map[string]int // in how many articles a term stands
}

// countedAs is the vector in whose articles a vector's terms are counted: a title's words are words.
var countedAs = [vectors]int{words, words, words, names, names, numbers, sounds}

// weigh counts in how many articles each term stands, and gives the terms of all vectors their weights by that.
func weigh(traces []*trace) *corpus {
	c := &corpus{articles: len(traces)}
	for _, which := range []int{words, names, numbers, sounds} {
		c.holding[which] = map[string]int{}
		for _, t := range traces {
			for _, term := range t.vectors[which].terms {
				c.holding[which][term.text]++
			}
		}
	}
	for _, t := range traces {
		for which := range t.vectors {
			v := &t.vectors[which]
			sum := 0.0
			for i := range v.terms {
				v.terms[i].weight = c.weight(which, v.terms[i].text)
				sum += v.terms[i].size() * v.terms[i].size()
			}
			v.length = math.Sqrt(sum)
		}
	}
	return c
}

func (t term) size() float64 { return t.count * t.weight }

// A few articles say little about which words are common, so the counts begin as if a term had stood in 2 of 40.
const (
	priorArticles = 40
	priorHolding  = 2
)

// weight is the inverse document frequency of a term.
func (c *corpus) weight(which int, text string) float64 {
	return math.Log(float64(c.articles+priorArticles) / float64(c.holding[countedAs[which]][text]+priorHolding))
}

// inCommon calls f with each term that two vectors share.
func inCommon(a, b vector, f func(a, b term)) {
	for i, j := 0, 0; i < len(a.terms) && j < len(b.terms); {
		switch order := strings.Compare(a.terms[i].text, b.terms[j].text); {
		case order < 0:
			i++
		case order > 0:
			j++
		default:
			f(a.terms[i], b.terms[j])
			i, j = i+1, j+1
		}
	}
}

// vectorOf is the vector of a short text, for asking what of another stands in it.
func vectorOf(text, language string) vector {
	var c counts
	c[words] = map[string]float64{}
	c.take(terms.NewReader(language).Words(text), false, words)
	return newVector(c[words])
}

// cosine compares two vectors, 0..1.
func cosine(a, b vector) float64 {
	if a.length == 0 || b.length == 0 {
		return 0
	}
	sum := 0.0
	inCommon(a, b, func(a, b term) { sum += a.size() * b.size() })
	return sum / (a.length * b.length)
}

// rarest is how telling the three most telling terms are that two vectors share, together.
func rarest(a, b vector) float64 {
	var best [3]float64
	inCommon(a, b, func(a, _ term) {
		w := a.weight
		for i := range best {
			if w > best[i] {
				w, best[i] = best[i], w
			}
		}
	})
	return best[0] + best[1] + best[2]
}

// Features are what two articles are compared by, for learning the weights.
var Features = []string{
	"words", "names", "central", "numbers", "sounds", // cosines
	"said",         // stretches of quotations that both have, 1 at eight shingles
	"rarest",       // the most telling names in common
	"heroes-least", // whom one article is about in the other, the way round that is less
	"heroes-most",  // and the other way round
	"foreign",      // 1 where the languages differ
}

// enough is how many shingles of quotations two articles share when no more are needed.
const enough = 8

// compare returns the features of a pair.
func compare(a, b *trace) []float64 {
	x := make([]float64, 0, len(Features))
	for _, which := range []int{words, names, central, numbers, sounds} {
		x = append(x, cosine(a.vectors[which], b.vectors[which]))
	}
	there, back := heroes(a.vectors[names], b.vectors[names]), heroes(b.vectors[names], a.vectors[names])
	foreign := 0.0
	if a.language != b.language {
		foreign = 1
	}
	return append(x, min(1, float64(shared(a.said, b.said))/enough), rarest(a.vectors[names], b.vectors[names]),
		min(there, back), max(there, back), foreign)
}

// heroes is how much is heard in one article of the three names that another is most about, 0..1: 1 if nobody is heard
// of more. Two airlines that report on one day name each other, and are about themselves.
func heroes(of, in vector) float64 {
	var best [3]term
	for _, t := range of.terms {
		for i := range best {
			if t.size() > best[i].size() {
				t, best[i] = best[i], t
			}
		}
	}
	most, sum := 0.0, 0.0
	for _, t := range in.terms {
		most = max(most, t.size())
		for _, hero := range best {
			if t.text == hero.text {
				sum += t.size()
			}
		}
	}
	if most == 0 {
		return 0
	}
	return sum / most / float64(len(best))
}

//go:embed weights.txt
var weights string

var model = sync.OnceValue(func() *logistic.Model {
	m, err := logistic.Parse(weights, Features)
	if err != nil {
		panic("digest: " + err.Error()) // a test reads it
	}
	return m
})

// alike is how sure it is that two articles tell the same event, 0..1.
func alike(a, b *trace) float64 { return logistic.Probability(model().Log(compare(a, b))) }

// Pairs are the features of every pair of stories that grouping compares, by their indices; for learning the weights.
func Pairs(stories []cache.Story) map[[2]int][]float64 {
	traces := tracesOf(stories)
	out := map[[2]int][]float64{}
	for _, pair := range candidates(traces, weigh(traces)) {
		out[pair] = compare(traces[pair[0]], traces[pair[1]])
	}
	return out
}
