package quote

import "newsdesk/article"

// reading is an article taken apart: its tokens, what stands in marks, and who is mentioned.
type reading struct {
	article   *article.Article
	text      string
	lex       *lexicon
	rankers   *Rankers
	tokens    []token
	first     []int32 // index of each paragraph's first token; one more entry than paragraphs
	quotes    []quotation
	mentions  []mention
	entities  []entity
	bodies    map[string][]int32 // the bodies by each word of their names
	alone     seen               // of a language that gives nouns a capital, words that stand between words without one
	families  seen               // last words of full names
	sentence  []int32            // for each token, the number of its sentence
	symbols   []byte             // for each token, its class in a byte; see path.go
	mostNamed int32              // mentions by name of the entity that has most
	hero      []int32            // the mentions by name of the person who is named most
	manner    manner             // what the article tells of its quotations
	searched  int                // quotations whose words were looked for elsewhere
	room      []uint32           // for the features of a candidate
	bearers   map[uint32][]int32 // the people whom the article gives a role by name
	beside    map[string][]int32 // the entities beside whose name a description has a word that begins so; see alike
	described map[string]int32   // in small letters, descriptions that stand beside a name: the one entity they are of, or nobody
	teacher   teacher            // while learning: knows whom some anaphors mean
}

// quotation is a stretch in marks with its place among the tokens.
type quotation struct {
	stretch
	from, to int32 // tokens[from:to], marks included
	incise   int32 // the verb of an attribution inside the marks, or 0
}

// read takes an article apart. t is nil but while learning.
func (k *Rankers) read(a *article.Article, t teacher) *reading {
	r := &reading{article: a, text: a.Text, lex: lexiconFor(a.Language), rankers: k, teacher: t}
	r.tokens = make([]token, 0, len(a.Text)/5+16)
	r.first = make([]int32, 0, len(a.Paragraphs)+1)
	spans := stretches(a)
	known := r.lex.latest.Swap(nil)
	if known == nil {
		known = new(classes)
	}
	defer r.lex.latest.Store(known)
	next := 0
	for i, p := range a.Paragraphs {
		from := len(r.tokens)
		r.first = append(r.first, int32(from))
		if p.Kind != article.Advertisement {
			r.tokens = tokenize(r.tokens, a.Text, p.Start, p.End, r.lex, known)
		}
		next = r.place(spans, next, int32(from), int32(i))
	}
	r.first = append(r.first, int32(len(r.tokens)))
	r.findSourceNouns()
	r.findInversions()
	r.splitSentences()
	r.findViewpoints()
	r.findSymbols()
	r.findManner()
	r.findMentions()
	r.findSpeakers()
	r.findEntities()
	r.resolve()
	return r
}

// place tells the tokens from index from on which stretch holds them, and the stretches their tokens.
func (r *reading) place(spans []stretch, next int, from, paragraph int32) int {
	k := from
	for n := range r.tokens[from:] {
		r.tokens[int(from)+n].stretch = -1
		r.tokens[int(from)+n].paragraph = paragraph
	}
	for ; next < len(spans) && spans[next].paragraph == int(paragraph); next++ {
		s := spans[next]
		for k < int32(len(r.tokens)) && int(r.tokens[k].start) < s.open {
			k++
		}
		q := quotation{stretch: s, from: k}
		for k < int32(len(r.tokens)) && int(r.tokens[k].start) < s.close {
			r.tokens[k].stretch = int32(len(r.quotes))
			k++
		}
		q.to = k
		r.openIncises(&q)
		r.quotes = append(r.quotes, q)
	}
	return next
}

// splitSentences numbers the sentences of the author's text; a stretch in marks belongs to the
// sentence around it, and ends it if it ends with a stop and a capital letter follows that begins
// no attribution ("“No!” Kelly said" is one sentence).
func (r *reading) splitSentences() {
	r.sentence = make([]int32, len(r.tokens))
	n := int32(0)
	for p := range len(r.first) - 1 {
		from, to := r.first[p], r.first[p+1]
		begin := true
		for k := from; k < to; k++ {
			t := &r.tokens[k]
			if t.kind == word || t.kind == number {
				t.initial = begin || t.stretch >= 0 && k > 0 && int(t.start) == r.quotes[t.stretch].Start
				begin = false
			}
			r.sentence[k] = n
			if t.kind == stop && (k+1 == to || r.beginsSentence(k, to)) {
				begin = true
				if t.stretch < 0 || r.endsAfterQuote(k, to) {
					n++
				}
			}
			if t.kind == colon && k+1 < to && r.tokens[k+1].cap {
				begin = true
			}
		}
		n++
	}
}

// beginsSentence reports whether what follows the stop at k may begin a sentence.
func (r *reading) beginsSentence(k, to int32) bool {
	for j := k + 1; j < to; j++ {
		switch t := r.tokens[j]; t.kind {
		case word:
			return t.cap || !r.lowercaseScript(t)
		case number:
			return t.space || j > k+1
		case stop, comma, semicolon:
			return false
		}
	}
	return true
}

// lowercaseScript reports whether the word is of a script that has small letters.
func (r *reading) lowercaseScript(t token) bool {
	return r.text[t.start] < 0xd8 // the first bytes of Arabic and what Unicode has behind it are larger
}

// endsAfterQuote reports whether the stop at k, inside a stretch in marks, is its last token and the
// author's next words are no attribution of it.
func (r *reading) endsAfterQuote(k, to int32) bool {
	q := r.quotes[r.tokens[k].stretch]
	for j := k + 1; j < q.to; j++ {
		if r.tokens[j].kind == word || r.tokens[j].kind == number {
			return false
		}
	}
	for j, n := q.to, 0; j < to && n < 6; j, n = j+1, n+1 {
		t := r.tokens[j]
		switch {
		case t.stretch >= 0 || t.kind == stop:
			return true
		case t.class&speech != 0 && !t.cap:
			return false
		}
	}
	return true
}

// seen is a set of words, kept as bits: it may rarely take a word for one that it holds.
type seen [1 << 10]uint64

func (s *seen) add(w string) {
	h := hash(w)
	s[h>>6&(1<<10-1)] |= 1 << (h & 63)
}

func (s *seen) has(w string) bool {
	h := hash(w)
	return s[h>>6&(1<<10-1)]&(1<<(h&63)) != 0
}

// hash is FNV-1a, 32 bits.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
