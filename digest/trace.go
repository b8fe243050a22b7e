package digest

import (
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/quote"
	"newsdesk/quote/name"
	"newsdesk/summarize/terms"
)

// trace is what an article is compared by.
type trace struct {
	language string
	vectors  [vectors]vector
	shingles []uint64 // of the body, sorted, each once
	said     []uint64 // of what stands in quotation marks
}

// The vectors of a trace.
const (
	words   = iota // stems of title and body
	title          // of the title
	lead           // of the standfirst and the first two paragraphs
	names          // words with a capital inside a sentence, folded, by their first letters
	central        // names of the lead
	numbers        // of two digits or more
	sounds         // names by their consonants, whatever the script
	vectors
)

// vector is how much of each term an article has, sorted by the term.
type vector struct {
	terms  []term
	length float64 // Euclidean, each term by its weight in the corpus; see weigh
}

type term struct {
	text   string
	count  float64 // 1 + log of how often
	weight float64 // how telling it is; see weigh
}

func newVector(counts map[string]float64) vector {
	var v vector
	for text, n := range counts {
		v.terms = append(v.terms, term{text: text, count: 1 + math.Log(n)})
	}
	slices.SortFunc(v.terms, func(a, b term) int { return strings.Compare(a.text, b.text) })
	return v
}

// width is how many words a shingle has (Broder, "On the resemblance and containment of documents", 1997).
const width = 4

// maxBody is how many bytes of an article are looked at: what an event is stands in the beginning.
const maxBody = 40_000

// traceOf reads an article.
func traceOf(s *cache.Story) *trace {
	a := &s.Article
	t := &trace{language: a.Language}
	reader := terms.NewReader(a.Language)
	var counts counts
	for i := range counts {
		counts[i] = map[string]float64{}
	}
	counts.take(reader.Words(a.Title), false, words, title)
	paragraphs, last := 0, -1
	var body []terms.Word
	for _, sentence := range article.Sentences(a) {
		kind := a.Paragraphs[sentence.Paragraph].Kind
		if sentence.Start > maxBody || !kind.IsBody() && kind != article.Standfirst {
			continue
		}
		if sentence.Paragraph != last {
			last = sentence.Paragraph
			paragraphs++
		}
		found := reader.Words(a.Slice(sentence.Span))
		body = append(body, found...)
		if paragraphs <= 2 {
			counts.take(found, true, words, lead)
		} else {
			counts.take(found, true, words)
		}
	}
	for i, c := range counts {
		t.vectors[i] = newVector(c)
	}
	t.shingles = shingles(body)
	for _, q := range s.Quotes {
		if q.Kind != quote.Indirect && q.Start < maxBody {
			t.said = append(t.said, shingles(reader.Words(q.Text))...)
		}
	}
	t.said = distinct(t.said)
	return t
}

func tracesOf(stories []cache.Story) []*trace {
	traces := make([]*trace, len(stories))
	for i := range stories {
		traces[i] = traceOf(&stories[i])
	}
	return traces
}

// counts are how often an article has each term of each vector.
type counts [vectors]map[string]float64

// take counts the stems of words into some vectors, and, where they stand in a sentence, names and numbers.
func (c *counts) take(found []terms.Word, sentence bool, into ...int) {
	for i, w := range found {
		switch {
		case w.Function:
			continue
		case w.Number && sentence:
			if number := digits(w.Lower); len(number) > 1 {
				c[numbers][number]++
			}
		case sentence:
			c.takeName(w, i == 0, slices.Contains(into, lead))
		}
		for _, which := range into {
			if !w.Number {
				c[which][w.Stem]++
			}
		}
	}
}

// stem is how many letters of a name are compared: languages decline names at their ends.
const stem = 6

// takeName counts a word that may be a name: one with a capital, but at the start of a sentence; or any of a script that
// has no capitals, by its sound alone.
func (c *counts) takeName(w terms.Word, first, front bool) {
	cased := strings.ContainsFunc(w.Lower, unicode.IsLower)
	if cased && (first || !w.Capital) || name.IsNeverName(w.Lower) {
		return
	}
	if sound := skeleton(w.Lower); len(sound) > 2 {
		c[sounds][sound]++
	}
	folded := name.Fold(w.Lower)
	if !cased || len(folded) < 2 {
		return
	}
	folded = folded[:min(len(folded), stem)]
	c[names][folded]++
	if front {
		c[central][folded]++
	}
}

// digits is a number without what stands between its digits: "1,240" and "1.240" are "1240".
func digits(number string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
}

// shingles are the hashes of every run of so many words, sorted, each once.
func shingles(found []terms.Word) []uint64 {
	var out []uint64
	for i := range len(found) - width + 1 {
		h := fnv.New64a()
		for _, w := range found[i : i+width] {
			_, _ = h.Write([]byte(w.Lower + " ")) // never fails
		}
		out = append(out, h.Sum64())
	}
	return distinct(out)
}

func distinct(hashes []uint64) []uint64 {
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// shared counts what two sorted lists have in common.
func shared(a, b []uint64) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}
