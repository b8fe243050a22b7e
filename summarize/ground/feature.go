package ground

import (
	"math"

	"newsdesk/summarize/terms"
)

// A feature measures something of a claim. Most count what may be wrong instead of measuring its share: each
// further seam is a further chance of an error, however long the claim. Its sign says whether it can only speak
// for a claim (1), only against it (-1), or either way (0): what the examples that people judged don't teach,
// because all of them are about their article, is laid down here.
type feature struct {
	name    string
	sign    int
	measure func(*Source, *claim, seams) float64
}

// list are the features in the order of a vector.
var list = []feature{
	{"cost", -1, func(_ *Source, c *claim, _ seams) float64 { return math.Log(1 + c.made.cost) }},
	{"cost-a-word", -1, func(_ *Source, c *claim, _ seams) float64 { return c.made.cost / c.length() }},
	{"pieces", -1, func(s *Source, c *claim, _ seams) float64 { return float64(s.pieces(c)) / c.length() }},
	{"strangers", -1, func(s *Source, c *claim, _ seams) float64 { return s.strangers(c) }},
	{"new", -1, func(_ *Source, _ *claim, m seams) float64 { return m.content }},
	{"new-function", -1, func(_ *Source, _ *claim, m seams) float64 { return m.function }},
	{"new-unknown", -1, func(_ *Source, _ *claim, m seams) float64 { return m.unknown }},
	{"new-weight", -1, func(_ *Source, _ *claim, m seams) float64 { return m.weight }},
	{"new-relation", -1, func(_ *Source, _ *claim, m seams) float64 { return m.relations }},
	{"left-out", -1, func(_ *Source, _ *claim, m seams) float64 { return m.leftOut }},
	{"sentences", -1, func(_ *Source, _ *claim, m seams) float64 { return m.sentences }},
	{"longest", 1, func(_ *Source, c *claim, m seams) float64 { return m.longest / c.length() }},
	{"longest-words", 0, func(_ *Source, _ *claim, m seams) float64 { return m.longest }},
	{"threes", 1, func(s *Source, c *claim, _ seams) float64 { return s.runs(c, 3) }},
	{"fours", 1, func(s *Source, c *claim, _ seams) float64 { return s.runs(c, 4) }},
	{"covered", 1, func(_ *Source, c *claim, _ seams) float64 { return c.covered }},
	{"whole", 1, func(_ *Source, c *claim, _ seams) float64 { return c.whole }},
	{"neighbours", 1, func(s *Source, c *claim, _ seams) float64 { return s.neighbours(c) }},
	{"context", -1, func(s *Source, c *claim, _ seams) float64 { return s.context(c) }},
	{"repeated", -1, func(s *Source, c *claim, _ seams) float64 { return s.repeated(c) }},
	{"gap", -1, func(s *Source, c *claim, _ seams) float64 { mean, _ := s.gaps(c); return mean }},
	{"widest-gap", -1, func(s *Source, c *claim, _ seams) float64 { _, most := s.gaps(c); return most }},
	{"ungoverned", -1, func(s *Source, c *claim, _ seams) float64 { return s.ungoverned(c) }},
	{"unfollowed", -1, func(s *Source, c *claim, _ seams) float64 { return s.unfollowed(c) }},
	{"length", 0, func(_ *Source, c *claim, _ seams) float64 { return c.length() }},
}

// Features returns the names of the features in the order of a vector.
func Features() []string {
	var names []string
	for _, f := range list {
		names = append(names, f.name)
	}
	return names
}

// Signs returns the signs of the features: 1 speaks only for a claim, -1 only against it, 0 either way.
func Signs() []int {
	var signs []int
	for _, f := range list {
		signs = append(signs, f.sign)
	}
	return signs
}

// Vector returns the features of a claim, for learning, or nil if the claim states nothing and is supported for
// that. named reports whether something is wrong with it that needs no learning, nameless whether both it and the
// article write names without capitals.
func (s *Source) Vector(text string) (vector []float64, named, nameless bool) {
	c := s.read(text)
	if c.empty() {
		return nil, false, false
	}
	return s.vector(c), len(s.reasons(c)) > 0, s.nameless && c.nameless()
}

// vector returns the features of c.
func (s *Source) vector(c *claim) []float64 {
	m := s.seamsOf(c)
	v := make([]float64, len(list))
	for i, f := range list {
		v[i] = f.measure(s, c, m)
	}
	return v
}

// length returns the number of words, at least 1.
func (c *claim) length() float64 { return float64(max(1, len(c.words))) }

// maxPaired bounds how many content words of a claim are paired.
const maxPaired = 40

// strangers returns the logarithm of how many of c's words stand beside each other in it but never share a
// sentence of the article: the share of such pairs among all, times half the words.
func (s *Source) strangers(c *claim) float64 {
	content := c.content[:min(len(c.content), maxPaired)]
	apart, pairs := 0, 0
	for k, i := range content {
		for _, j := range content[k+1:] {
			pairs++
			if !s.together(c.words[i].Stem, c.words[j].Stem) {
				apart++
			}
		}
	}
	if pairs == 0 {
		return 0
	}
	return math.Log(1 + float64(apart)/float64(pairs)*float64(len(c.words))/2)
}

// runs returns the share of c's runs of n words that stand in the article just so, 1 if c has none.
func (s *Source) runs(c *claim, n int) float64 {
	found, all := 0, 0
	for i := 0; i+n <= len(c.words); i++ {
		all++
		for _, place := range s.places(c.words[i].Stem) {
			if s.copied(c.words[i:i+n], place) {
				found++
				break
			}
		}
	}
	if all == 0 {
		return 1
	}
	return float64(found) / float64(all)
}

// copied reports whether words stand at place.
func (s *Source) copied(words []terms.Word, place int) bool {
	if place+len(words) > len(s.words) {
		return false
	}
	for k, w := range words {
		if s.words[place+k].Stem != w.Stem {
			return false
		}
	}
	return true
}

// nextTo is how far apart two words may stand in the article to be neighbours.
const nextTo = 6

// neighbours returns the share of c's content words that follow in the article, too, upon the one before them,
// a few words in between aside; 1 if c has only one.
func (s *Source) neighbours(c *claim) float64 {
	found, all, before := 0, 0, -1
	for i, w := range c.words {
		if w.Function {
			continue
		}
		if before >= 0 {
			all++
			found += btoi(s.follows(c.words[before].Stem, w.Stem))
		}
		before = i
	}
	if all == 0 {
		return 1
	}
	return float64(found) / float64(all)
}

// follows reports whether second stands shortly behind first.
func (s *Source) follows(first, second string) bool {
	for _, place := range s.places(first) {
		for k := place + 1; k < len(s.words) && k <= place+nextTo; k++ {
			if s.words[k].Stem == second {
				return true
			}
		}
	}
	return false
}

// around is how many words to either side make the context of a number or a name.
const around = 4

// context returns how many numbers and names of c stand beside words that never share a sentence with them.
func (s *Source) context(c *claim) float64 {
	sum := 0.0
	for i, w := range c.words {
		if w.Function || !w.Number && (!w.Capital || i == 0) || len(s.at[w.Stem]) == 0 {
			continue
		}
		near, all := 0, 0
		for k := max(0, i-around); k < min(len(c.words), i+around+1); k++ {
			if x := c.words[k]; k != i && !x.Function && c.known[k] {
				all++
				near += btoi(s.together(w.Stem, x.Stem))
			}
		}
		if all > 0 {
			sum += 1 - float64(near)/float64(all)
		}
	}
	return sum
}

// repeated returns how often c repeats content words more than any sentence of the article does.
func (s *Source) repeated(c *claim) float64 {
	count := map[string]int{}
	for _, w := range c.words {
		if !w.Function {
			count[w.Stem]++
		}
	}
	sum := 0
	for stem, n := range count {
		if n < 2 {
			continue
		}
		most, in := 0, map[int]int{}
		for _, place := range s.places(stem) {
			in[s.sentenceOf(place)]++
			most = max(most, in[s.sentenceOf(place)])
		}
		sum += max(0, n-most)
	}
	return float64(sum)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
