package ground

import (
	"math"
	"strings"
)

// The features of a claim, in the order of its vector and of the weights.
const (
	fCovered   = iota // share of its content, by weight, in the best sentence
	fJoined           // the same in the two best sentences
	fWhole            // the same in the whole article
	fUnknown          // log of the content words that the article lacks
	fBigrams          // share of its word pairs that stand in the article
	fContent          // share of its content-word pairs that stand in the article
	fTrigrams         // share of its word triples
	fCopied           // mean length of the words' fragments, as a logarithm
	fLongest          // longest fragment as a share of the claim
	fPieces           // fragments for each word
	fNear             // mean nearness of neighbouring content words in the article
	fApart            // the furthest of these pairs, 0 near .. 1 far
	fTogether         // share of all pairs of content words that share a sentence
	fHeadPairs        // the same for the pairs with its first content word
	fOrder            // share of content words in the best sentence's order
	fNumbers          // quantities that the article lacks
	fNumberFar        // quantities that stand far from the claim's other words
	fNames            // names that the article lacks
	fNameFar          // share of pairs of a name and a content word that never meet
	fNegated          // 1 if exactly one of claim and best sentence is negated
	fAbsolute         // absolutes that the best sentences lack
	fSoftened         // 1 if the best sentence holds back and the claim doesn't
	fQuotation        // quoted stretches that aren't verbatim
	fLength           // log of its words
	fArticle          // log of the article's words
	fGap              // 1 if it needs two sentences far apart
	features
)

// Features are the names of the features in the order of a vector, as they stand in weights.txt.
var Features = []string{
	"covered", "joined", "whole", "unknown", "bigrams", "content", "trigrams", "copied", "longest", "pieces",
	"near", "apart", "together", "head-pairs", "order", "numbers", "number-far", "names", "name-far", "negated",
	"absolute", "softened", "quotation", "length", "article", "gap",
}

// Signs say for every feature whether it can only speak for a claim (1), only against it (-1), or either
// way (0). The examples that people judged are all about their article, so what such examples don't teach,
// that a claim about something else is not borne out, is laid down here.
var Signs = []int{
	1, 1, 1, -1, 1, 1, 1, 1, 1, -1,
	1, -1, 1, 1, 1, -1, -1, -1, -1, -1,
	-1, -1, -1, 0, 0, -1,
}

// Vector returns the features of a claim, for learning the weights.
func (s *Source) Vector(text string) []float64 {
	c := s.read(text)
	return s.vector(c, s.reasons(c))
}

// far is the distance in words from which on two words have nothing to do with each other.
const far = 40

// vector returns the features of c.
func (s *Source) vector(c *claim, found []Reason) []float64 {
	v := make([]float64, features)
	v[fCovered], v[fJoined], v[fWhole] = c.covered, c.joined, c.whole
	unknown := 0
	for _, i := range c.content {
		if !c.known[i] {
			unknown++
		}
	}
	v[fUnknown] = math.Log(float64(1 + unknown))
	v[fLength] = math.Log(float64(1 + len(c.words)))
	v[fArticle] = math.Log(float64(1 + len(s.words)))
	s.aboutGrams(c, v)
	s.aboutFragments(c, v)
	s.aboutPairs(c, v)
	s.aboutOrder(c, v)
	for _, r := range found {
		switch r.Kind {
		case Number:
			v[fNumbers]++
		case Name:
			v[fNames]++
		case Negation:
			v[fNegated] = 1
		case Quotation:
			v[fQuotation]++
		}
	}
	s.aboutTone(c, v)
	return v
}

// aboutGrams sets how many of c's word pairs and triples stand in the article.
func (s *Source) aboutGrams(c *claim, v []float64) {
	pairs, triples, contents, n := 0, 0, 0, 0
	before := ""
	for i, w := range c.words {
		if i > 0 && s.bigrams[[2]string{c.words[i-1].Stem, w.Stem}] {
			pairs++
		}
		if i > 1 && s.trigrams[[3]string{c.words[i-2].Stem, c.words[i-1].Stem, w.Stem}] {
			triples++
		}
		if w.Function {
			continue
		}
		if before != "" {
			n++
			if s.content[[2]string{before, w.Stem}] {
				contents++
			}
		}
		before = w.Stem
	}
	v[fBigrams] = share(pairs, len(c.words)-1)
	v[fTrigrams] = share(triples, len(c.words)-2)
	v[fContent] = share(contents, n)
}

// aboutFragments sets how c is pieced together.
func (s *Source) aboutFragments(c *claim, v []float64) {
	squares, longest, pieces := 0, 0, 0
	for _, n := range s.fragments(c) {
		squares += n * n
		longest = max(longest, n)
		pieces++
	}
	v[fCopied] = math.Log(1 + share(squares, len(c.words)))
	v[fLongest] = share(longest, len(c.words))
	v[fPieces] = share(pieces, len(c.words))
}

// aboutPairs sets how near the article has what stands together in c.
func (s *Source) aboutPairs(c *claim, v []float64) {
	near, worst, n := 0.0, 0, 0
	meet, pairs, headMeet, headPairs, nameApart, namePairs := 0, 0, 0, 0, 0, 0
	numberFar := 0
	content := c.content[:min(len(c.content), 40)]
	for k, i := range content {
		a := c.words[i]
		if k > 0 {
			d := s.distance(c.words[content[k-1]].Stem, a.Stem, far)
			near += 1 / (1 + float64(d)/4)
			worst = max(worst, d)
			n++
			if a.Number && c.known[i] && d > far/2 {
				numberFar++
			}
		}
		for _, j := range content[k+1:] {
			b := c.words[j]
			met := s.together(a.Stem, b.Stem)
			pairs++
			headPairs += btoi(k == 0)
			if met {
				meet++
				headMeet += btoi(k == 0)
			}
			if a.Capital || b.Capital || a.Number || b.Number {
				namePairs++
				nameApart += btoi(!met)
			}
		}
	}
	if n > 0 {
		v[fNear] = near / float64(n)
		v[fApart] = float64(worst) / far
	}
	v[fTogether] = share(meet, pairs)
	v[fHeadPairs] = share(headMeet, headPairs)
	v[fNameFar] = share(nameApart, namePairs)
	v[fNumberFar] = float64(numberFar)
}

// aboutOrder sets whether c has its words in the order of the sentence that bears it best: who did what
// to whom changes with it.
func (s *Source) aboutOrder(c *claim, v []float64) {
	v[fOrder] = 1
	if len(c.best) == 0 {
		return
	}
	best := s.sentences[c.best[0]]
	place := map[string]int{}
	for i := best.end - 1; i >= best.first; i-- {
		place[s.words[i].Stem] = i
	}
	var at []int
	for _, i := range c.content {
		if p, ok := place[c.words[i].Stem]; ok {
			at = append(at, p)
		}
	}
	if len(at) < 2 {
		return
	}
	rising := 0
	for i := 1; i < len(at); i++ {
		rising += btoi(at[i] > at[i-1])
	}
	v[fOrder] = share(rising, len(at)-1)
	if d := c.best[0] - c.best[1]; c.joined > c.covered+0.1 && (d > 3 || d < -3) {
		v[fGap] = 1
	}
}

// aboutTone sets where c says more than the sentences that bear it.
func (s *Source) aboutTone(c *claim, v []float64) {
	if len(c.best) == 0 {
		return
	}
	first := s.sentences[c.best[0]]
	have, soft := map[string]bool{}, false
	for i := first.first; i < first.end; i++ {
		have[s.words[i].Lower] = true
		soft = soft || softeners[s.words[i].Lower]
	}
	for i := s.sentences[c.best[1]].first; i < s.sentences[c.best[1]].end; i++ {
		have[s.words[i].Lower] = true
	}
	kept := false
	for _, w := range c.words {
		v[fAbsolute] += float64(btoi(absolutes[w.Lower] && !have[w.Lower]))
		kept = kept || softeners[w.Lower] || strings.HasPrefix(w.Lower, "plan")
	}
	v[fSoftened] = float64(btoi(soft && !kept))
}

// share is part of whole, 1 where there is nothing to share.
func share(part, whole int) float64 {
	if whole <= 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
