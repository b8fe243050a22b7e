package quote

import (
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/quote/rank"
)

// Attributed is a stretch of an article in marks with the stretches that name its speaker; none if
// nobody said it. It is what [Questions] learns from.
type Attributed struct {
	article.Span
	Sources []article.Span
}

// Questions turns an annotated article into what the ranker learns from: for each stretch in marks
// that was annotated (nine tenths of its bytes agree), the candidates for its speaker and which are right.
func Questions(a *article.Article, gold []Attributed) []rank.Question {
	r := read(a)
	var out []rank.Question
	prev := nobody
	for i := range r.quotes {
		g := match(r.quotes[i].Span, gold)
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
		return len(g.Sources) == 0
	}
	x := &r.mentions[m]
	span := article.Span{Start: int(r.tokens[x.from].start), End: int(r.tokens[x.to-1].end)}
	for _, s := range g.Sources {
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

// Reports turns an annotated article into what the ranker of reported speech learns from: for each
// cue, the stretches that it may report and which agrees with an annotated one. Cues of statements that
// no candidate reaches are left out.
func Reports(a *article.Article, gold []Attributed) []rank.Question {
	r := read(a)
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
			if x := agreement(r.spanOf(c), gold); x > best {
				best, at = x, i
			}
		}
		if best >= 0.5 || best < 0.2 {
			if best < 0.5 {
				at = 0
			}
			q.Right[at] = true
			for i, c := range cs[1:] {
				if best >= 0.5 && agreement(r.spanOf(c), gold) > max(0.7, best-0.1) {
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

// Sources turns an annotated article into what the ranker of sources learns from: for each cue next to
// an annotated statement that one of its candidates matches, the mentions around it and which are right.
func Sources(a *article.Article, gold []Attributed) []rank.Question {
	r := read(a)
	var out []rank.Question
	for k := range int32(len(r.tokens)) {
		if !r.introduces(k) {
			continue
		}
		g := r.reportedBy(k, gold)
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
