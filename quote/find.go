package quote

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"math"
	"slices"
	"sync"

	"newsdesk/article"
	"newsdesk/quote/rank"
)

// Rankers are the learnt parts of the engine: each chooses among candidates that rules of grammar found.
// They are safe for concurrent use.
type Rankers struct {
	antecedent rank.Model // whom a pronoun or a description means
	said       rank.Model // whether anybody said what stands in marks
	speaker    rank.Model // who did
	reported   rank.Model // what a verb of speech reports without marks
	source     rank.Model // who is said to have said that
}

//go:embed *.weights
var weights embed.FS

// builtin are the rankers that the program carries, read once.
var builtin = sync.OnceValue(func() *Rankers {
	k := new(Rankers)
	for name, m := range k.byName() {
		b, err := weights.ReadFile(name + ".weights")
		if err == nil {
			err = load(m, b)
		}
		if err != nil {
			panic(fmt.Errorf("%s.weights: %w", name, err)) // the files are part of the program
		}
	}
	return k
})

// load reads a ranker as Files writes it: compressed, for the program is to stay small.
func load(m *rank.Model, b []byte) error {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return err
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return err
	}
	return m.UnmarshalBinary(raw)
}

func (k *Rankers) byName() map[string]*rank.Model {
	return map[string]*rank.Model{"antecedent": &k.antecedent, "said": &k.said, "speaker": &k.speaker, "reported": &k.reported, "source": &k.source}
}

// Find returns the quotations and reported statements of an article, in the order of its text.
func Find(a *article.Article) []Quote { return builtin().Find(a) }

// Find is the function Find with these rankers.
func (k *Rankers) Find(a *article.Article) []Quote {
	if a.Speaker != "" {
		return spoken(a)
	}
	r := k.read(a, nil)
	out := r.attribute()
	echo(out)
	out = append(out, r.report()...)
	for i := range out {
		out[i].Confidence = math.Round(out[i].Confidence*1000) / 1000 // it claims no more
	}
	slices.SortFunc(out, func(a, b Quote) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	return out
}

// attribute returns the stretches in marks, each with whom the ranker chose for it.
func (r *reading) attribute() []Quote {
	out := make([]Quote, 0, len(r.quotes))
	prev := nobody
	var cs []int32
	var fs []uint32
	var scores []float32
	settings, unsaid := r.unsaid()
	for i := range r.quotes {
		q, s := &r.quotes[i], &settings[i]
		cs = r.candidates(cs[:0], i, prev)
		scores = scores[:0]
		for _, m := range cs {
			fs = r.features(fs[:0], s, m, prev)
			scores = append(scores, r.rankers.speaker.Score(fs))
		}
		rank.Softmax(scores)
		if cs[0] == nobody {
			weigh(scores, unsaid[i])
		}
		best := r.likeliest(cs, scores)
		best = r.overrule(s, cs, scores, best, prev)
		prev = cs[best]
		if q.soft && prev == nobody {
			continue
		}
		found := Quote{Text: r.article.Slice(q.Span), Span: q.Span, Kind: r.kindOfQuote(s), Paragraph: q.paragraph, Confidence: float64(scores[best])}
		if m := cs[best]; m >= 0 {
			found.Mention, found.Speaker = r.mentioned(m)
			found.Confidence *= r.trust(&r.mentions[m])
			found.Cue = r.cueOf(s, m)
		}
		out = append(out, found)
	}
	return out
}

// likeliest returns nobody, the first candidate, if that is likely enough; otherwise the best
// mention of whoever all mentions together make the likeliest speaker, and gives it the sum of their probabilities.
func (r *reading) likeliest(cs []int32, scores []float32) int {
	if cs[0] == nobody && (scores[0] > nobodyFrom || len(cs) == 1) {
		return 0
	}
	best, top := 0, float32(-1)
	for j, m := range cs {
		if m == nobody {
			continue
		}
		sum, first := scores[j], true
		if r.mentions[m].entity >= 0 {
			sum = 0
			for i, o := range cs {
				if o >= 0 && r.mentions[o].entity == r.mentions[m].entity {
					sum += scores[i]
					first = first && scores[i] <= scores[j]
				}
			}
		}
		if first && sum > top {
			best, top = j, sum
		}
	}
	scores[best] = top
	return best
}

// overrule returns the candidate to take where a rule knows better than the ranker, which saw too few
// of the kind: the person who calls something what stands in the marks, and in a row of quotations
// that are paragraphs the one who spoke before, unless the ranker is sure of another.
func (r *reading) overrule(s *setting, cs []int32, scores []float32, best int, prev int32) int {
	if m := slices.Index(cs, r.namer(s)); m >= 0 && cs[m] != nobody {
		best = m
		scores[best] = max(scores[best], 0.7)
		return best
	}
	if at := slices.Index(cs, prev); r.quotes[s.q].continues && prev >= 0 && at >= 0 { // the same words go on
		scores[at] = max(scores[at], scores[best])
		return at
	}
	if m := slices.Index(cs, r.introducedAbove(s)); m >= 0 && cs[m] != nobody {
		scores[m] = max(scores[m], 0.9)
		return m
	}
	if m := slices.Index(cs, r.announcer(s, cs[best])); m >= 0 && cs[m] != nobody {
		scores[m] = max(scores[m], 0.7)
		return m
	}
	if m := slices.Index(cs, r.firstOfTwo(cs[best])); m >= 0 && cs[m] != nobody {
		scores[m] = max(scores[m], scores[best])
		return m
	}
	if best = r.pastTold(s, cs, scores, best); cs[best] == nobody {
		return best
	}
	const unsure = 0.75
	if prev < 0 || scores[best] >= unsure || !r.speaksAlone(s.q) {
		return best
	}
	if e := r.mentions[prev].entity; e < 0 || !r.entities[e].person {
		return best
	}
	if at := slices.Index(cs, prev); at >= 0 {
		scores[at] = max(scores[at], 0.6)
		return at
	}
	return best
}

// introducedAbove returns the person whom the paragraph before a quotation introduces, and nothing else ("Ann Berg, founder of
// the choir:"), or nobody.
func (r *reading) introducedAbove(s *setting) int32 {
	p := int32(r.quotes[s.q].paragraph)
	if s.before != 'I' || p == 0 {
		return nobody
	}
	from, to := r.first[p-1], r.first[p]
	const longest = 25
	m := r.mentionFrom(from)
	if to-from > longest || int(m) >= len(r.mentions) {
		return nobody
	}
	x := &r.mentions[m]
	if x.kind != named || x.from != from || x.nameTo-x.nameFrom < 2 || x.to >= to || r.tokens[x.to].kind != comma && r.tokens[x.to].kind != colon {
		return nobody
	}
	for k := from; k < to; k++ {
		if t := &r.tokens[k]; t.stretch >= 0 || t.kind == stop || r.speaks(k) || t.class&(auxiliary|modal) != 0 {
			return nobody
		}
	}
	return m
}

// announcer returns the subject of the verb of speech right before a colon and the marks, if another speaker than m, who stands
// before it in the sentence, tells of their words: "Berg said Lund then announced: “…”"; nobody otherwise.
func (r *reading) announcer(s *setting, m int32) int32 {
	const near = 4
	inner := s.subjectBefore
	if m == nobody || s.before != ':' || inner < 0 || inner <= m || r.tokens[s.cueBefore].class&participle != 0 || r.quotes[s.q].from-s.cueBefore > near {
		return nobody
	}
	x, y := &r.mentions[m], &r.mentions[inner]
	const adverbs = 2
	if !x.speaker || y.to > s.cueBefore || s.cueBefore-y.to > adverbs || r.sentence[x.from] != r.sentence[y.from] || y.kind != named && y.kind != pronominal && y.kind != described || y.class&relative != 0 {
		return nobody
	}
	for k := x.to; k < y.from; k++ {
		if t := &r.tokens[k]; t.stretch >= 0 || t.class&coordinator != 0 {
			return nobody
		}
	}
	return inner
}

// firstOfTwo returns the name before mention m if that is somebody of theirs and both speak ("Berg and his team wrote"), or nobody.
func (r *reading) firstOfTwo(m int32) int32 {
	if m <= 0 || r.mentions[m].kind != described && r.mentions[m].kind != several && r.mentions[m].kind != organisation {
		return nobody
	}
	x := &r.mentions[m]
	if r.tokens[x.from].class&possessive == 0 || x.from == 0 || r.tokens[x.from-1].class&coordinator == 0 {
		return nobody
	}
	for j := m - 1; j >= max(0, m-2); j-- { // the possessive is a mention of its own
		if y := &r.mentions[j]; y.to == x.from-1 && y.kind == named && r.sentence[y.from] == r.sentence[x.from] {
			return j
		}
	}
	return nobody
}

// pastTold returns the likeliest candidate that is not merely told of: in a sentence without a verb of speech, a body or a
// thing that is the subject of a verb in the mood of reported speech does not speak ("Die Stadt habe „geschlafen“").
func (r *reading) pastTold(s *setting, cs []int32, scores []float32, best int) int {
	if !s.mood || s.cueBefore >= 0 || s.cueAfter >= 0 || cs[best] < 0 || !r.isToldOf(s, cs[best]) {
		return best
	}
	next := -1
	for j, m := range cs {
		if (m < 0 || !r.isToldOf(s, m)) && (next < 0 || scores[j] > scores[next]) {
			next = j
		}
	}
	if next < 0 {
		return best
	}
	return next
}

// isToldOf reports whether mention m, in the quotation's sentence, is the subject of a verb in the mood of reported speech.
// People are left out: "er habe" may be who speaks.
func (r *reading) isToldOf(s *setting, m int32) bool {
	x := &r.mentions[m]
	if x.kind == pronominal || x.kind == named || x.kind == described || r.sentence[x.from] != r.sentence[r.quotes[s.q].from] {
		return false
	}
	k := x.to
	for int(k) < len(r.tokens) && r.tokens[k].stretch < 0 && r.tokens[k].class&(adverb|temporal) != 0 && r.tokens[k].class&reportedMood == 0 {
		k++
	}
	return int(k) < len(r.tokens) && r.tokens[k].class&reportedMood != 0 || x.from > 0 && r.tokens[x.from-1].class&reportedMood != 0
}

// mentioned returns the words and the speaker of mention m.
func (r *reading) mentioned(m int32) (*Mention, string) {
	x := &r.mentions[m]
	span := r.spanOfMention(m)
	return &Mention{Text: r.article.Slice(span), Span: span}, article.Line(r.speakerOf(x))
}

// kindOfQuote tells a quotation that is a sentence or more from a part of the author's sentence.
func (r *reading) kindOfQuote(s *setting) Kind {
	q := &r.quotes[s.q]
	if q.soft {
		return Indirect
	}
	begins := s.before == '^' || s.before == 'I' || s.before == ':' || s.before == ',' || s.before == '.' || s.before == 'Q' || s.before == '-' || r.tokens[q.from].stretch >= 0 && s.capital && s.length > 2 && !r.lex.capitalNouns
	if begins && (s.capital || q.continues) && s.length > 1 {
		return Direct
	}
	if s.cueAfter == q.to || s.ending != '_' && s.length > 4 && begins {
		return Direct
	}
	return Mixed
}

// cueOf returns the words of attribution between a quotation and its speaker, or "".
func (r *reading) cueOf(s *setting, m int32) string {
	if s.cueAfter >= 0 && s.subjectAfter >= 0 && (s.subjectAfter == m || r.mentions[m].entity >= 0 && r.mentions[s.subjectAfter].entity == r.mentions[m].entity) {
		return r.word(s.cueAfter)
	}
	if k := r.predicate(&r.mentions[m]); int(k) < len(r.tokens) && r.tokens[k].paragraph == r.tokens[r.mentions[m].from].paragraph && r.speaks(k) {
		return r.word(k)
	}
	for _, c := range [2][2]int32{{s.cueAfter, s.subjectAfter}, {s.cueBefore, s.subjectBefore}} {
		if c[0] >= 0 && c[1] == m {
			return r.word(c[0])
		}
	}
	if v, _, _, _ := r.verbAfter(&r.mentions[m]); v >= 0 {
		return r.word(v)
	}
	if k := r.mentions[m].from - 1; k >= 0 && r.speaks(k) {
		return r.word(k)
	}
	return ""
}

// report returns the reported statements.
func (r *reading) report() []Quote {
	var out []Quote
	var cs []report
	var fs []uint32
	var scores []float32
	for k := range int32(len(r.tokens)) {
		if !r.introduces(k) {
			continue
		}
		cs = r.reports(cs[:0], k)
		if len(cs) == 1 {
			continue
		}
		var source int32
		source, scores = r.chooseSource(k, scores)
		if source < 0 {
			continue
		}
		sure := scores[0]
		scores = scores[:0]
		best := 0
		for j, c := range cs {
			fs = r.reportFeatures(fs[:0], k, c, source)
			scores = append(scores, r.rankers.reported.Score(fs))
			if scores[j] > scores[best] && j > 0 || best == 0 {
				best = j
			}
		}
		rank.Softmax(scores)
		if best == 0 || scores[0] > reportedUnless {
			continue
		}
		span := r.spanOf(cs[best])
		found := Quote{Text: r.article.Slice(span), Span: span, Kind: Indirect, Cue: r.word(k), Paragraph: int(r.tokens[k].paragraph), Confidence: float64((1 - scores[0]) * sure)}
		found.Mention, found.Speaker = r.mentioned(source)
		found.Confidence *= r.trust(&r.mentions[source])
		if n := len(out); n > 0 && out[n-1].Overlaps(span) {
			if out[n-1].Confidence >= found.Confidence {
				continue
			}
			out = out[:n-1]
		}
		out = append(out, found)
	}
	return out
}

// chooseSource returns the mention that the ranker takes for the source of the cue at k, or nobody, and
// in the first of the scores its probability. scores is room to work in.
func (r *reading) chooseSource(k int32, scores []float32) (int32, []float32) {
	var room [24]int32
	cs := r.sources(room[:0], k)
	subj := r.sourceOf(k)
	scores = scores[:0]
	best := 0
	var fs []uint32
	for i, m := range cs {
		fs = r.sourceFeatures(fs[:0], k, m, subj)
		scores = append(scores, r.rankers.source.Score(fs))
		if scores[i] > scores[best] {
			best = i
		}
	}
	rank.Softmax(scores)
	scores[0] = scores[best]
	m := cs[best]
	if m >= 0 && r.mentions[m].class&relative != 0 && r.mentions[m].from > k {
		if x := r.relativeOf(m); x >= 0 {
			m = x // "said Berg, who": Berg is named
		}
	}
	return m, scores
}

// reportedUnless is the probability of "reports nothing" above which a cue is left alone; chosen for
// the best F1 on articles that the ranker had not seen, less a little for languages whose reports it learnt nothing of.
const reportedUnless = 0.48

// speakerOf returns the fullest name of whom a mention means, or its own words where there is none.
func (r *reading) speakerOf(x *mention) string {
	switch {
	case x.entity >= 0:
		return r.entities[x.entity].text
	case x.kind == pronominal:
		return ""
	}
	return r.describing(x)
}
