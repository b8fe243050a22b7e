package ground

import (
	"strings"

	"newsdesk/article"
	"newsdesk/summarize/terms"
)

// claim is a statement that is being held against a source, with what was found of it there.
type claim struct {
	text    string
	words   []terms.Word
	content []int           // indices into words of the content words, each stem once; see ofText
	numbers []number        // its quantities
	quoted  []article.Span  // what stands in quotation marks
	known   []bool          // for each word: the article has it, in this or a related form
	best    []int           // the sentences that bear it best, the best first
	covered float64         // share of the content's weight in best[0]
	joined  float64         // the same in the two best sentences together
	whole   float64         // the same in the whole article
	stems   map[string]bool // stems of the content
	made    alignment       // how it can be made of the article
}

// maxClaim bounds how much of a claim is looked at, in bytes. No sentence is that long.
const maxClaim = 4000

// read takes a claim apart and finds the sentences that bear it best.
func (s *Source) read(text string) *claim {
	if len(text) > maxClaim {
		text = strings.ToValidUTF8(text[:maxClaim], "")
	}
	c := &claim{text: text, stems: map[string]bool{}}
	c.words = unify(text, terms.NewReader(s.article.Language).Words(text), s.english())
	c.numbers = numbersIn(c.words)
	c.quoted = Quoted(text)
	c.known = make([]bool, len(c.words))
	for i, w := range c.words {
		c.known[i] = c.known[i] || s.hasNear(w)
		eachInitials(c.words[i:], func(initials string, n int) {
			for k := i; k < i+n && s.acronyms[initials]; k++ {
				c.known[k] = true
			}
		})
		if !w.Function && !c.stems[w.Stem] && (c.known[i] || !ofText[w.Lower]) {
			c.stems[w.Stem] = true
			c.content = append(c.content, i)
		}
	}
	s.align(c)
	return c
}

// empty reports whether c states nothing about the matter of the article: a colon hands over to what
// follows, or it has no content words but those for the text itself.
func (c *claim) empty() bool {
	return len(c.content) == 0 || strings.HasSuffix(strings.TrimSpace(c.text), ":")
}

// nameless reports whether c has no capital inside.
func (c *claim) nameless() bool {
	for i, w := range c.words {
		if i > 0 && w.Capital && !w.Function {
			return false
		}
	}
	return true
}

// align finds the sentence that holds most of c, and the one that adds most to it.
func (s *Source) align(c *claim) {
	total := 0.0
	weights := make([]float64, len(c.content))
	for k, i := range c.content {
		weights[k] = s.weight(c.words[i].Stem)
		total += weights[k]
		if c.known[i] {
			c.whole += weights[k]
		}
	}
	if total == 0 {
		return
	}
	held := s.held(c, weights, nil)
	c.made = s.alignTo(c, held)
	first := argmax(held)
	more := s.held(c, weights, s.sentences[first].stems)
	second := argmax(more)
	c.best = []int{first, second}
	c.covered = held[first] / total
	c.joined = (held[first] + more[second]) / total
	c.whole /= total
}

// held returns the weight of c's content that each sentence holds, stems of but left out.
func (s *Source) held(c *claim, weights []float64, but map[string]bool) []float64 {
	held := make([]float64, len(s.sentences))
	for k, i := range c.content {
		stem, last := c.words[i].Stem, -1
		if but[stem] {
			continue
		}
		for _, place := range s.places(stem) {
			if n := s.sentenceOf(place); n != last {
				held[n] += weights[k]
				last = n
			}
		}
	}
	return held
}

// places returns where a stem stands, not too many of them.
func (s *Source) places(stem string) []int {
	at := s.at[stem]
	return at[:min(len(at), maxPlaces)]
}

// argmax returns the index of the first greatest value, 0 if there are none.
func argmax(values []float64) int {
	best := 0
	for i, v := range values {
		if v > values[best] {
			best = i
		}
	}
	return best
}

// pieces cuts c into the longest runs of words that stand in the article just so, and counts them (the
// fragments of Grusky et al., Newsroom, 2018). Words that the article lacks belong to none.
func (s *Source) pieces(c *claim) int {
	n := 0
	for i := 0; i < len(c.words); {
		longest := 0
		for _, place := range s.places(c.words[i].Stem) {
			k := 0
			for i+k < len(c.words) && place+k < len(s.words) && s.words[place+k].Stem == c.words[i+k].Stem {
				k++
			}
			longest = max(longest, k)
		}
		if longest > 0 {
			n++
		}
		i += max(1, longest)
	}
	return n
}

// together reports whether two stems stand in one sentence of the article.
func (s *Source) together(a, b string) bool {
	x, y := s.places(a), s.places(b)
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch m, n := s.sentenceOf(x[i]), s.sentenceOf(y[j]); {
		case m == n:
			return true
		case m < n:
			i++
		default:
			j++
		}
	}
	return false
}
