package evidence

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Passage is something that an answer may rest on: a quote or a sentence.
type Passage struct {
	Text     string  // its own words
	Around   string  // the paragraph it stands in and the words that name its speaker; may hold Text
	Title    string  // of its article
	Language string  // BCP 47 primary tag of the article, "" if unknown
	Weight   float64 // how much it is worth against others with the same words; 0 is taken for 1
}

// Hit is a passage that shares words with a question.
type Hit struct {
	Index    int     // of the passage in what was given to [Rank]
	Score    float64 // higher is better; comparable within one ranking only
	Covered  float64 // 0..1: the share of the topic's weight that the passage's own words hold
	Touching float64 // 0..1: the same, with the words around it; the title does not count
	Within   float64 // 0..1: the same, with the title too
	Tells    float64 // 0..1: how surely it holds the fact that is asked for; 0 where none is
	Run      int     // the longest run of words that passage and topic have in common, function words included
}

// BM25F with the customary k1, and b low: quotes are short, and a long one is not a worse one.
// A word counts once a field: in a sentence or two, repetition says nothing.
const (
	k1           = 1.2
	lengthWeight = 0.2
	aroundWeight = 0.3
	titleWeight  = 0.1
	hintWeight   = 1.0 // for a word that need not be there
	factWeight   = 1.0 // for the fact that was asked for
	runWeight    = 0.6
	exactWeight  = 0.3 // for the very form that was asked for
	maxRunWords  = 400 // of a passage or a topic that are compared for common runs
)

// Rank orders the passages that share a word with the question's topic, best first; equal ones keep
// their order.
func Rank(q Question, passages []Passage) []Hit {
	r := newRanking(q, passages)
	var hits []Hit
	for i := range passages {
		if h, ok := r.score(i); ok {
			hits = append(hits, h)
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

// ranking is one topic against one set of passages.
type ranking struct {
	passages []Passage
	words    []string            // the topic's words, for runs
	topic    []string            // the topic's words that carry meaning
	terms    map[string][]string // by language, their terms as texts in it are stemmed
	question Question
	hints    map[string][]string // by language, its words that need not be there
	counted  map[string]string   // what is counted, by language, as texts in it are stemmed
	rarity   []float64           // inverse document frequency of each term, always above 0
	fields   []fields
	length   float64 // mean number of terms of a passage's own words
}

// fields are the terms of one passage.
type fields struct {
	own, around, title map[string]bool
	exact              map[string]bool // its own words as they stand
}

func newRanking(q Question, passages []Passage) *ranking {
	r := &ranking{
		passages: passages, words: capped(words(q.Topic)),
		terms: make(map[string][]string), fields: make([]fields, len(passages)),
		question: q, hints: make(map[string][]string), counted: make(map[string]string),
	}
	topic := q.Terms()
	r.topic = topic
	c := newStems()
	total := 0
	frequency := make([]float64, len(topic))
	for i, p := range passages {
		f := fields{
			own: c.of(p.Text, p.Language), around: c.of(p.Around, p.Language), title: c.of(p.Title, p.Language),
			exact: folded(p.Text),
		}
		r.fields[i] = f
		total += len(f.own)
		ts, ok := r.terms[p.Language]
		if !ok {
			ts = c.each(topic, p.Language)
			r.terms[p.Language] = ts
			r.hints[p.Language] = c.each(q.hints(), p.Language)
			r.counted[p.Language] = strings.Join(c.each([]string{q.Counted}, p.Language), " ")
		}
		for j, t := range ts {
			if f.own[t] || f.around[t] {
				frequency[j]++
			}
		}
	}
	r.length = max(1, float64(total)/float64(max(1, len(passages))))
	n := float64(len(passages))
	for _, df := range frequency {
		r.rarity = append(r.rarity, math.Log(1+(n-df+0.5)/(df+0.5)))
	}
	return r
}

func (r *ranking) score(i int) (Hit, bool) {
	p, f := r.passages[i], r.fields[i]
	h := Hit{Index: i}
	norm := k1 * (1 - lengthWeight + lengthWeight*float64(len(f.own))/r.length)
	var all, own, touching, within float64
	for j, t := range r.terms[p.Language] {
		all += r.rarity[j]
		var tf float64
		if f.own[t] {
			tf++
			own += r.rarity[j]
			if f.exact[fold(r.topic[j])] {
				tf += exactWeight
			}
		}
		if f.around[t] {
			tf += aroundWeight
		}
		if tf > 0 {
			touching += r.rarity[j]
		}
		if f.title[t] {
			tf += titleWeight
		}
		if tf > 0 {
			within += r.rarity[j]
		}
		if tf > 0 {
			h.Score += r.rarity[j] * tf * (k1 + 1) / (tf + norm)
		}
	}
	if h.Score == 0 {
		return h, false
	}
	for _, t := range r.hints[p.Language] {
		if f.own[t] {
			all, own, touching, within = all+hintWeight, own+hintWeight, touching+hintWeight, within+hintWeight
		}
	}
	h.Covered, h.Touching, h.Within = own/all, touching/all, within/all
	h.Run = commonRun(r.words, capped(words(p.Text)))
	if h.Run > 1 {
		h.Score += runWeight * all * float64(h.Run) / float64(len(r.words))
	}
	if r.question.Fact != NoFact {
		h.Tells = r.question.tells(p.Text, p.Language, r.counted[p.Language])
		h.Score *= 1 + factWeight*h.Tells
	}
	if p.Weight > 0 {
		h.Score *= p.Weight
	}
	return h, true
}

// commonRun returns the length of the longest stretch of words that a and b share.
func commonRun(a, b []string) int {
	row, longest := make([]int, len(b)+1), 0
	for i := range a {
		diagonal := 0
		for j := range b {
			above := row[j+1]
			row[j+1] = 0
			if a[i] == b[j] {
				row[j+1] = diagonal + 1
				longest = max(longest, row[j+1])
			}
			diagonal = above
		}
	}
	return longest
}

func capped(ws []string) []string { return ws[:min(len(ws), maxRunWords)] }
