package extractive

import (
	"math"
	"strings"
	"unicode/utf8"

	"newsdesk/summarize/terms"
)

// The features of a sentence, in the order of its vector and of the weights. Those that are compared
// within the article are standardised there: 0 is its average sentence, 1 one standard deviation
// above it.
const (
	fRank      = iota // standing among similar sentences, standardised
	fOverlap          // terms shared with other sentences, standardised
	fCosine           // mean likeness to the other sentences, standardised
	fFrequency        // mean frequency of its terms in the article, standardised
	fRepeated         // share of its terms that stand elsewhere too, standardised
	fTitle            // terms shared with the title, standardised
	fTitleOf          // share of the title's terms that it holds
	fLength           // words, standardised
	fWords            // log of its words
	fPosition         // 0 first .. 1 last
	fEarly            // 1/(1+index)
	fParagraph        // 1/(1+paragraph)
	fOpens            // 1 if it opens a paragraph
	fNumbers          // numbers among its words, standardised
	fNames            // capitals among its words but the first, standardised
	fQuoted           // share of it in quotation marks
	fPronoun          // 1 if it opens with a word that points back
	fCount            // log of the number of sentences
	fLede             // likeness to the first sentence
	fNext             // likeness to its neighbours
	features
)

// Features are the names of the features, in the order of a vector, as they stand in weights.txt.
var Features = []string{
	"rank", "overlap", "cosine", "frequency", "repeated", "title", "title-of", "length", "words", "position",
	"early", "paragraph", "opens", "numbers", "names", "quoted", "pronoun", "count", "lede", "next",
}

// vectors returns the features of every candidate.
func vectors(cs []candidate, title string, sim [][]float64, reader *terms.Reader) [][]float64 {
	out := make([][]float64, len(cs))
	cells := make([]float64, len(cs)*features)
	titled := map[string]bool{}
	for _, w := range reader.Words(title) {
		if !w.Function {
			titled[w.Stem] = true
		}
	}
	total, holders := map[string]int{}, map[string]int{}
	for i := range cs {
		for stem, n := range cs[i].stems {
			total[stem] += n
			holders[stem]++
		}
	}
	walk := rank(sim)
	for i := range cs {
		c, v := &cs[i], cells[i*features:(i+1)*features]
		out[i] = v
		v[fRank] = walk[i]
		for _, s := range sim[i] {
			v[fCosine] += s
		}
		aboutTitle(c, v, titled)
		aboutTerms(c, v, total, holders)
		aboutPlace(c, v, len(cs))
		aboutForm(c, v)
		v[fLede] = sim[0][i]
		if i > 0 {
			v[fNext] += sim[i-1][i]
		}
		if i+1 < len(cs) {
			v[fNext] += sim[i][i+1]
		}
	}
	for _, f := range []int{fRank, fOverlap, fCosine, fFrequency, fRepeated, fTitle, fLength, fNumbers, fNames} {
		standardise(out, f)
	}
	return out
}

// aboutTitle sets what c shares with the title.
func aboutTitle(c *candidate, v []float64, titled map[string]bool) {
	for stem := range c.stems {
		if titled[stem] {
			v[fTitle]++
		}
	}
	v[fTitleOf] = v[fTitle] / float64(max(1, len(titled)))
}

// aboutTerms sets how usual the terms of c are in the article.
func aboutTerms(c *candidate, v []float64, total, holders map[string]int) {
	n := 0
	for stem, k := range c.stems {
		n += k
		v[fFrequency] += float64(k * total[stem])
		v[fOverlap] += float64(holders[stem] - 1)
		if holders[stem] > 1 {
			v[fRepeated]++
		}
	}
	v[fFrequency] /= float64(max(1, n))
	v[fRepeated] /= float64(max(1, len(c.stems)))
}

// aboutPlace sets where c stands among n candidates.
func aboutPlace(c *candidate, v []float64, n int) {
	v[fPosition] = float64(c.index) / float64(max(1, n-1))
	v[fEarly] = 1 / float64(1+c.index)
	v[fParagraph] = 1 / float64(1+c.paragraph)
	if c.opens {
		v[fOpens] = 1
	}
	v[fCount] = math.Log(float64(n))
}

// aboutForm sets how c is written.
func aboutForm(c *candidate, v []float64) {
	v[fLength] = float64(c.words)
	v[fWords] = math.Log(float64(1 + c.words))
	for i, w := range c.terms {
		if w.Number {
			v[fNumbers]++
		}
		if i > 0 && w.Capital {
			v[fNames]++
		}
	}
	v[fQuoted] = float64(c.quoted) / float64(max(1, len(c.text)))
	if pointsBack(c) {
		v[fPronoun] = 1
	}
}

// pointsBack reports whether c opens with a function word that leans on the sentence before it: "He",
// "However", "This". Articles and prepositions don't.
func pointsBack(c *candidate) bool {
	if len(c.terms) == 0 {
		return false
	}
	w := c.terms[0]
	return w.Function && utf8.RuneCountInString(w.Lower) > 1 && !strings.Contains(neutral, " "+w.Lower+" ")
}

// neutral are the function words that may open a sentence without leaning on another.
const neutral = " the an in on at by for from with after before despite during since as when while if until unless although because under over about against between" +
	" der die das ein eine im am bei nach vor mit für wegen trotz seit während le la les un une des en dans pour par sur avec après avant selon el los las una del según con para por tras "

// standardise shifts and scales feature f so that its mean is 0 and its standard deviation 1.
func standardise(vs [][]float64, f int) {
	sum, squares := 0.0, 0.0
	for _, v := range vs {
		sum += v[f]
		squares += v[f] * v[f]
	}
	n := float64(len(vs))
	mean := sum / n
	deviation := math.Sqrt(max(0, squares/n-mean*mean))
	for _, v := range vs {
		if deviation < 1e-9 {
			v[f] = 0
		} else {
			v[f] = (v[f] - mean) / deviation
		}
	}
}
