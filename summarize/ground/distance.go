package ground

import "math"

// manyWords is how many words between two count as far; more say nothing further.
const manyWords = 30

// between returns how many words lie at least between first and second where one follows upon the other in a
// sentence of the article, at most manyWords.
func (s *Source) between(first, second string) int {
	x, y := s.places(first), s.places(second)
	best := manyWords
	for i, j := 0, 0; i < len(x) && j < len(y); {
		if y[j] <= x[i] {
			j++
			continue
		}
		if d := y[j] - x[i] - 1; d < best && s.sentenceOf(x[i]) == s.sentenceOf(y[j]) {
			best = d
		}
		i++
	}
	return best
}

// gaps measures how far apart in the article the content words stand that c has beside each other, as logarithms:
// their mean and the greatest. Words that the article lacks are left out.
func (s *Source) gaps(c *claim) (mean, most float64) {
	n, before := 0.0, ""
	for _, w := range c.words {
		if w.Function || len(s.at[w.Stem]) == 0 {
			continue
		}
		if before != "" && n < maxPaired {
			gap := math.Log(1 + float64(s.between(before, w.Stem)))
			mean += gap
			most = max(most, gap)
			n++
		}
		before = w.Stem
	}
	return mean / max(1, n), most
}

// nearby is how far from a content word the function word may stand that goes with it.
const nearby = 3

// ungoverned counts the content words before which c has a function word that the article never has there ("to
// the city" for "from the city").
func (s *Source) ungoverned(c *claim) float64 { return s.unpaired(c, -1) }

// unfollowed counts the content words behind which c has a function word that the article never has there.
func (s *Source) unfollowed(c *claim) float64 { return s.unpaired(c, 1) }

// unpaired counts the content words whose neighbour in c, on the side that step names, is a function word that
// stands near them on that side nowhere in the article.
func (s *Source) unpaired(c *claim, step int) float64 {
	n := 0
	for i, w := range c.words {
		k := i + step
		if w.Function || k < 0 || k >= len(c.words) || !c.words[k].Function || len(s.at[w.Stem]) == 0 {
			continue
		}
		n += btoi(!s.beside(w.Stem, c.words[k].Stem, step))
	}
	return float64(n)
}

// beside reports whether the article has stem and, near it on the side that step names, other.
func (s *Source) beside(stem, other string, step int) bool {
	for _, place := range s.places(stem) {
		for k, n := place+step, 0; n < nearby && k >= 0 && k < len(s.words); k, n = k+step, n+1 {
			if s.words[k].Stem == other {
				return true
			}
		}
	}
	return false
}
