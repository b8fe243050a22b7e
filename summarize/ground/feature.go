package ground

import "math"

// The features of a claim, in the order of its vector and of the weights. They are few, and most count
// what may be wrong instead of measuring its share: each further seam is a further chance of an error,
// however long the claim.
const (
	fCost      = iota // log of what it costs to make the claim of the article's sentences
	fPieces           // stretches that stand in the article just so, for each word of the claim
	fStrangers        // log of the pairs of content words that never meet in a sentence, for each word
	features
)

// Features are the names of the features in the order of a vector, as they stand in weights.txt.
var Features = []string{"cost", "pieces", "strangers"}

// Signs say for every feature whether it can only speak for a claim (1), only against it (-1), or either
// way (0). The examples that people judged are all about their article, so what such examples don't teach,
// that a claim about something else is not borne out, is laid down here.
var Signs = []int{-1, -1, -1}

// Vector returns the features of a claim, for learning the weights, or nil if the claim states nothing and
// is supported for that.
func (s *Source) Vector(text string) []float64 {
	c := s.read(text)
	if c.empty() {
		return nil
	}
	return s.vector(c)
}

// vector returns the features of c.
func (s *Source) vector(c *claim) []float64 {
	v := make([]float64, features)
	v[fCost] = math.Log(1 + c.made.cost)
	v[fPieces] = float64(s.pieces(c)) / float64(max(1, len(c.words)))
	v[fStrangers] = s.strangers(c)
	return v
}

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

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
