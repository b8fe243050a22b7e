package quote

import (
	"bytes"
	"compress/gzip"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"newsdesk/article"
	"newsdesk/quote/rank"
)

// Example is an annotated article, to learn from.
type Example struct {
	Article *article.Article
	Marked  []Attributed // stretches in marks; those that nobody said have no source
	// Reported are the statements without marks. Nil says that nobody annotated them; an article
	// that has none has an empty slice.
	Reported []Attributed
}

// Attributed is a stretch of an article with the stretches that name who said it; none if nobody did.
type Attributed struct {
	article.Span
	Sources []article.Span // the words that name the speaker there: "she"
	Name    article.Span   // where the article has the speaker's fullest name; empty if that was not annotated
}

// Learn learns rankers from annotated articles. The same examples give the same rankers.
func Learn(examples []Example) *Rankers {
	k := new(Rankers)
	for range 2 { // the second time the text around is read with what the first learnt
		k.antecedent = *rank.Train(k.gather(examples, k.antecedents), rank.Options{AtLeast: 4, Models: 8})
	}
	k.speaker = *rank.Train(k.gather(examples, k.speakers), rank.Options{AtLeast: 12, Epochs: 6, Models: 5})
	k.reported = *rank.Train(k.gather(examples, k.reports), rank.Options{AtLeast: 3, Drop: 0.4}) // most cues are rare words
	k.source = *rank.Train(k.gather(examples, k.sources), rank.Options{})
	return k
}

func (k *Rankers) gather(examples []Example, questions func(*Example) []rank.Question) []rank.Question {
	of := make([][]rank.Question, len(examples))
	var wg sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(examples); i = int(next.Add(1)) - 1 {
				of[i] = questions(&examples[i])
			}
		})
	}
	wg.Wait()
	return slices.Concat(of...)
}

// Files returns the rankers as the files that the program carries, by name.
func (k *Rankers) Files() (map[string][]byte, error) {
	out := map[string][]byte{}
	for name, m := range k.byName() {
		b, err := m.MarshalBinary()
		if err != nil {
			return nil, err
		}
		var z bytes.Buffer
		w, err := gzip.NewWriterLevel(&z, gzip.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(b); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		out[name+".weights"] = z.Bytes()
	}
	return out, nil
}

// teacher tells whom anaphor i means: the index of one of the views, or -1 for none of them.
type teacher func(r *reading, i int32, views []view) int

// antecedents is what the ranker of antecedents learns from: each annotated pronoun or description with the
// entities that it may mean.
func (k *Rankers) antecedents(e *Example) []rank.Question {
	var out []rank.Question
	k.read(e.Article, func(r *reading, i int32, views []view) int {
		name := e.nameOf(r, i)
		if name == "" {
			return r.choose(i, views)
		}
		a := r.anaphorAt(i)
		q := rank.Question{Right: make([]bool, len(views)+1)}
		for j := range views {
			q.Candidates = append(q.Candidates, r.viewFeatures(nil, &a, &views[j], len(views)))
			q.Right[j] = r.isCalled(views[j].entity, name)
		}
		q.Candidates = append(q.Candidates, r.nothingInView(nil, &a, views))
		best := slices.Index(q.Right, true)
		if best < 0 && (r.mentions[i].kind == pronominal || r.hasNamed(name)) {
			return r.choose(i, views) // the engine missed the name, or has not got it in view
		}
		q.Right[len(views)] = best < 0
		out = append(out, q)
		return best
	})
	return out
}

// nameOf returns whom mention i means by the annotation, "" if it does not say.
func (e *Example) nameOf(r *reading, i int32) string {
	m := &r.mentions[i]
	span := r.span(m.from, m.to)
	for _, list := range [...][]Attributed{e.Marked, e.Reported} {
		for j := range list {
			if list[j].Name.End > list[j].Name.Start && len(list[j].Sources) > 0 && r.beginsWith(list[j].Sources[0], span) {
				return r.text[list[j].Name.Start:list[j].Name.End]
			}
		}
	}
	return ""
}

// beginsWith reports whether the first word of the annotated words is the mention's: "the group" is not who speaks in "Jan
// Berg of the group".
func (r *reading) beginsWith(words, mention article.Span) bool {
	first, _, _ := strings.Cut(r.text[words.Start:words.End], " ")
	return mention.Overlaps(article.Span{Start: words.Start, End: words.Start + len(first)})
}

// hasNamed reports whether the article names somebody so, in view or not.
func (r *reading) hasNamed(name string) bool {
	for e := range r.entities {
		if k := r.entities[e].kind; (k == named || k == organisation) && r.isCalled(int32(e), name) {
			return true
		}
	}
	return false
}

// isCalled reports whether the entity is who the article calls so.
func (r *reading) isCalled(entity int32, name string) bool {
	e := &r.entities[entity]
	words := strings.Fields(name)
	if len(words) == 0 {
		return false
	}
	if strings.EqualFold(e.text, name) || strings.EqualFold(strings.Join(e.full, " "), name) {
		return true
	}
	if e.kind == named && len(e.full) > 0 && len(words) <= 4 {
		family := familyName(e.full)
		return family == familyName(words) && (len(e.full) == 1 || len(words) == 1 || e.full[0] == words[0]) || len(e.full) == 1 && e.full[0] == words[0]
	}
	const shortest = 5
	return len(e.text) >= shortest && strings.Contains(name, e.text) || len(name) >= shortest && strings.Contains(e.text, name)
}

// speakers is what the ranker of speakers learns from: for each annotated stretch in marks (eight tenths of
// its bytes agree), the candidates for its speaker and which are right.
func (k *Rankers) speakers(e *Example) []rank.Question {
	r := k.read(e.Article, nil)
	var out []rank.Question
	prev := nobody
	for i := range r.quotes {
		g := match(r.quotes[i].Span, e.Marked)
		if g == nil {
			continue
		}
		s := r.settingOf(i)
		cs := r.candidates(nil, i, prev)
		q := rank.Question{Right: make([]bool, len(cs))}
		best := nobody
		for j, m := range cs {
			q.Candidates = append(q.Candidates, r.features(nil, &s, m, prev))
			q.Right[j] = r.isSource(m, g)
			if q.Right[j] && m >= 0 && (best < 0 || r.nearer(i, m, best)) {
				best = m
			}
		}
		prev = best
		out = append(out, q)
	}
	return out
}

func match(s article.Span, gold []Attributed) *Attributed {
	for i := range gold {
		g := &gold[i]
		if !s.Overlaps(g.Span) {
			continue
		}
		inter := min(s.End, g.End) - max(s.Start, g.Start)
		union := max(s.End, g.End) - min(s.Start, g.Start)
		if inter*10 >= union*8 {
			return g
		}
	}
	return nil
}

// isSource reports whether mention m names the annotated speaker: its words are the annotated ones,
// or its name ends with a word of them.
func (r *reading) isSource(m int32, g *Attributed) bool {
	if m == nobody {
		return len(g.Sources) == 0 && g.Name.End == 0
	}
	x := &r.mentions[m]
	span := r.span(x.from, x.to)
	sources := g.Sources
	if len(sources) == 0 && g.Name.End > 0 {
		sources = []article.Span{g.Name}
	}
	for _, s := range sources {
		if span.Overlaps(s) {
			return true
		}
		if x.kind != pronominal && x.kind != described && x.nameTo > x.nameFrom {
			last := r.word(x.nameTo - 1)
			for _, w := range strings.FieldsFunc(r.text[s.Start:s.End], func(c rune) bool { return !isLetter(c) && c != '-' }) {
				if w == last {
					return true
				}
			}
		}
	}
	return false
}

func (r *reading) nearer(q int, a, b int32) bool {
	d := func(m int32) int32 {
		x := &r.mentions[m]
		if x.from >= r.quotes[q].to {
			return x.from - r.quotes[q].to
		}
		return r.quotes[q].from - x.to
	}
	return d(a) < d(b)
}

// reports is what the ranker of reported speech learns from: for each cue, the stretches that it may
// report and which agrees with an annotated one. Cues of statements that no candidate reaches are left out.
func (k *Rankers) reports(e *Example) []rank.Question {
	if e.Reported == nil {
		return nil
	}
	r := k.read(e.Article, nil)
	var out []rank.Question
	for k := range int32(len(r.tokens)) {
		if !r.introduces(k) {
			continue
		}
		cs := r.reports(nil, k)
		if len(cs) == 1 {
			continue
		}
		source := r.sourceOf(k)
		q := rank.Question{Right: make([]bool, len(cs))}
		best, at := 0.0, 0
		for i, c := range cs {
			q.Candidates = append(q.Candidates, r.reportFeatures(nil, k, c, source))
			if i == 0 {
				continue
			}
			if x := agreement(r.spanOf(c), e.Reported); x > best {
				best, at = x, i
			}
		}
		if best >= 0.5 || best < 0.2 {
			if best < 0.5 {
				at = 0
			}
			q.Right[at] = true
			for i, c := range cs[1:] {
				if best >= 0.5 && agreement(r.spanOf(c), e.Reported) > max(0.7, best-0.1) {
					q.Right[i+1] = true
				}
			}
			out = append(out, q)
		}
	}
	return out
}

// agreement is the largest share of bytes that s and one of the annotated stretches have in common.
func agreement(s article.Span, gold []Attributed) float64 {
	best := 0.0
	for _, g := range gold {
		if s.Overlaps(g.Span) {
			best = max(best, float64(min(s.End, g.End)-max(s.Start, g.Start))/float64(max(s.End, g.End)-min(s.Start, g.Start)))
		}
	}
	return best
}

// sources is what the ranker of sources learns from: for each cue next to an annotated statement that one
// of its candidates matches, the mentions around it and which are right.
func (k *Rankers) sources(e *Example) []rank.Question {
	r := k.read(e.Article, nil)
	var out []rank.Question
	for k := range int32(len(r.tokens)) {
		if !r.introduces(k) {
			continue
		}
		g := r.reportedBy(k, e.Reported)
		if g == nil {
			continue
		}
		cs, subj := r.sources(nil, k), r.sourceOf(k)
		q := rank.Question{Right: make([]bool, len(cs))}
		for i, m := range cs {
			q.Candidates = append(q.Candidates, r.sourceFeatures(nil, k, m, subj))
			q.Right[i] = m >= 0 && r.isSource(m, g)
		}
		if !slices.Contains(q.Right, true) {
			q.Right[0] = true
		}
		out = append(out, q)
	}
	return out
}

// reportedBy returns the annotated statement that one of the candidates of the cue at k matches, or nil.
func (r *reading) reportedBy(k int32, gold []Attributed) *Attributed {
	for _, c := range r.reports(nil, k)[1:] {
		if s := r.spanOf(c); agreement(s, gold) >= 0.6 {
			for i := range gold {
				if agreement(s, gold[i:i+1]) >= 0.6 {
					return &gold[i]
				}
			}
		}
	}
	return nil
}
