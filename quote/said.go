package quote

import (
	"math"
	"strings"
)

// This file tells what somebody said from titles, terms and scare quotes, which nobody did: what a third ranker is told of
// a stretch in marks, whoever may be its speaker.

// saidFeatures appends what the ranker is told of quotation s.q.
func (r *reading) saidFeatures(out []uint32, s *setting) []uint32 {
	shape := uint32(s.before)<<16 | uint32(s.ending)<<8 | uint32(s.after)
	v := stretchView{reading: r, s: s, q: &r.quotes[s.q], out: r.nobodyFeatures(out, s, nobody, shape)}
	v.inside()
	v.beside()
	v.surroundings()
	v.wholeArticle()
	return v.out
}

// stretchView is a stretch in marks while its features are gathered.
type stretchView struct {
	*reading
	s   *setting
	q   *quotation
	out []uint32
}

func (v *stretchView) add(id, x, y, z uint32) { v.out = append(v.out, mix(id, x, y, z)) }

// inside is the words in marks: how many are capitalised, whether they have a verb, which they are.
func (v *stretchView) inside() {
	s := v.s
	capitals, small, verbs := uint32(0), uint32(0), uint32(0)
	path := uint32(2166136261)
	words := uint32(0)
	for k := v.q.from; k < v.q.to; k++ {
		t := &v.tokens[k]
		if t.kind != word || int(t.start) < v.q.Start || int(t.end) > v.q.End {
			continue
		}
		words++
		if words <= 4 {
			path = (path ^ uint32(v.signOf(k))) * 16777619
		}
		switch {
		case t.cap && words > 1:
			capitals++
		case t.class&(preposition|determiner|coordinator) == 0 && words > 1:
			small++
		}
		if t.class&(auxiliary|modal|speech) != 0 || t.class&pronoun != 0 && t.class&subject != 0 {
			verbs++
		}
		if words <= 8 {
			v.add(400, hash(strings.ToLower(v.word(k))), b2u(s.length <= 4), 0)
		}
		if words == 1 {
			v.add(401, hash(v.word(k)), s.length, 0)
		}
	}
	exact := min(words, 6)
	mixed := capitalisation(capitals, small)
	v.add(402, mixed, exact, b2u(s.capital))
	v.add(403, mixed, s.announced, b2u(s.capital))
	v.add(404, min(verbs, 3), s.length, mixed)
	v.add(405, path, exact, 0)
	v.add(406, mixed, uint32(s.before), uint32(s.ending))
	v.add(407, exact, uint32(s.before), b2u(s.capital))
	v.add(408, mixed, v.cues(), s.length)
	v.add(409, exact, min(verbs, 2), v.cues())
}

func (v *stretchView) cues() uint32 { return b2u(v.s.cueAfter >= 0)<<1 | b2u(v.s.cueBefore >= 0) }

// capitalisation tells how many of the words behind the first have a capital, the small words of a title aside: 0
// there are none, 1 no word, 2 few, 3 most, 4 all.
func capitalisation(capitals, small uint32) uint32 {
	switch {
	case capitals+small == 0:
		return 0
	case capitals == 0:
		return 1
	case small == 0:
		return 4
	case capitals >= small:
		return 3
	}
	return 2
}

// beside is the author's words next to the marks.
func (v *stretchView) beside() {
	s := v.s
	b1, b2, b3 := v.near(v.q.from-1), v.near(v.q.from-2), v.near(v.q.from-3)
	a1, a2, a3 := v.near(v.q.to), v.near(v.q.to+1), v.near(v.q.to+2)
	few := min(s.length, 5)
	v.add(410, b2<<8|b1, a1, few)
	v.add(411, b1, a1<<8|a2, few)
	v.add(412, b3<<16|b2<<8|b1, b2u(s.capital), few)
	v.add(413, a1<<16|a2<<8|a3, b2u(s.titled), few)
	v.add(414, b1, a1, b2u(s.titled)<<1|b2u(s.capital))
	const near = 5
	for k, n := v.q.from-1, uint32(0); k >= v.first[v.q.paragraph] && n < near; k, n = k-1, n+1 {
		if v.tokens[k].kind != word || v.tokens[k].stretch >= 0 {
			break
		}
		w := hash(strings.ToLower(v.word(k)))
		v.add(420, w, b2u(n == 0), 0)
		v.add(421, w, b2u(s.capital), b2u(s.length <= 4))
	}
	for k, n := v.q.to, uint32(0); k < v.first[v.q.paragraph+1] && n < near; k, n = k+1, n+1 {
		if v.tokens[k].kind != word || v.tokens[k].stretch >= 0 {
			break
		}
		w := hash(strings.ToLower(v.word(k)))
		v.add(422, w, b2u(n == 0), 0)
		v.add(423, w, b2u(s.capital), b2u(s.length <= 4))
	}
	if s.lastBefore >= v.first[v.q.paragraph] && s.lastBefore >= 0 && v.tokens[s.lastBefore].kind == genitive {
		v.add(424, b2u(s.titled), b2u(s.capital), few)
	}
}

// near is the symbol of token k of the stretch's paragraph, or a sign for its edge.
func (v *stretchView) near(k int32) uint32 {
	switch p := v.q.paragraph; {
	case k < v.first[p]:
		return '^'
	case k >= v.first[p+1]:
		return '$'
	}
	return uint32(v.symbol(k))
}

// surroundings is what else stands in the sentence and the paragraph: people, and other stretches in marks.
func (v *stretchView) surroundings() {
	s := v.s
	around := v.sentence[v.q.from]
	people, subjects := uint32(0), uint32(0)
	m := v.mentionFrom(v.q.from)
	note := func(j int32) {
		x := &v.mentions[j]
		if x.kind == named || x.kind == pronominal && x.class&(male|female|first) != 0 || x.kind == described || x.kind == several {
			people++
		}
		if x.speaker {
			subjects++
		}
	}
	for j := m - 1; j >= 0 && m-j < 12 && v.sentence[v.mentions[j].from] == around; j-- {
		note(j)
	}
	for j := m; int(j) < len(v.mentions) && j-m < 12 && v.sentence[v.mentions[j].from] == around; j++ {
		note(j)
	}
	v.add(430, min(people, 3), s.length, v.cues())
	v.add(431, min(subjects, 2), s.length, v.cues())
	v.add(432, min(people, 3), min(subjects, 2), b2u(s.titled))
	before, after := v.neighbour(s.q-1), v.neighbour(s.q+1)
	v.add(433, before, s.length, b2u(s.capital))
	v.add(434, after, s.length, b2u(s.capital))
	v.add(435, before, after, b2u(s.titled)<<1|b2u(s.length <= 4))
}

// neighbour tells of quotation i whether it stands in the sentence or the paragraph of this one, and how long it is.
func (v *stretchView) neighbour(i int) uint32 {
	if i < 0 || i >= len(v.quotes) || v.quotes[i].paragraph != v.q.paragraph {
		return 0
	}
	o := &v.quotes[i]
	near := b2u(v.sentence[o.from] == v.sentence[v.q.from])
	return 1 + near<<4 + bucket(uint32(max(o.words(), 0)))
}

// manner is what the whole article tells of its quotations.
type manner struct {
	talk    uint32 // how many of them are long, in quarters
	singles bool   // most are in single marks
	works   uint32 // bucket of the words that announce a title or a term
}

func (r *reading) findManner() {
	if len(r.quotes) == 0 {
		return
	}
	const long = 8
	talk, singles, works := uint32(0), 0, uint32(0)
	for i := range r.quotes {
		talk += b2u(r.quotes[i].words() > long)
		singles += int(b2u(r.isSingle(&r.quotes[i])))
	}
	for k := range r.tokens {
		works += b2u(r.tokens[k].class&workTitle != 0)
	}
	r.manner = manner{talk: 4 * talk / uint32(len(r.quotes)), singles: 2*singles > len(r.quotes), works: bucket(works)}
}

// words are the tokens of a quotation, its marks aside.
func (q *quotation) words() int32 { return q.to - q.from - 2 }

// isSingle reports whether a quotation stands in single marks.
func (r *reading) isSingle(q *quotation) bool {
	return r.text[q.open] == '\'' || strings.HasPrefix(r.text[q.open:], "‘")
}

// wholeArticle is what the whole article tells: which marks it has, how long its quotations are.
func (v *stretchView) wholeArticle() {
	s, m := v.s, &v.manner
	style := b2u(m.singles)<<1 | b2u(s.singles)
	v.add(440, style, s.length, b2u(s.capital))
	v.add(441, style, b2u(s.titled), v.cues())
	v.add(442, m.talk, s.length, v.cues())
	v.add(443, m.works, b2u(s.titled), b2u(s.capital))
	v.add(444, bucket(uint32(len(v.quotes))), m.talk, min(s.length, 5))
	v.add(445, bucket(uint32(v.q.paragraph)), s.length, v.cues())
}

// unsaid returns the settings of all quotations, and of each what the ranker of sayings says for it that nobody said it.
// Words that stand in marks more than once are a title, or were said, everywhere alike: they have the mean.
func (r *reading) unsaid() ([]setting, []float32) {
	settings, scores := make([]setting, len(r.quotes)), make([]float32, len(r.quotes))
	alike := map[string][]int{}
	said := r.rankers.said.Score(nil)
	for i := range r.quotes {
		settings[i] = r.settingOf(i)
		r.room = r.saidFeatures(r.room[:0], &settings[i])
		scores[i] = r.rankers.said.Score(r.room) - said
		if q := &r.quotes[i]; q.End-q.Start <= longestTerm {
			words := foldWords(r.text[q.Start:q.End])
			alike[words] = append(alike[words], i)
		}
	}
	for _, same := range alike {
		sum := float32(0)
		for _, i := range same {
			sum += scores[i]
		}
		for _, i := range same {
			scores[i] = sum / float32(len(same))
		}
	}
	return settings, scores
}

// longestTerm is how many bytes the words have at most that are looked for in other marks.
const longestTerm = 60

// How much the two rankers count for nobody, and the probability from which on nobody is taken to have said something: on
// articles that nothing was learnt from, a lower one leaves more sayings without their speaker than it spares titles one.
const (
	weightOfSayings  = 0.5
	weightOfSpeakers = 0.7
	nobodyFrom       = 0.35
)

// weigh puts what the ranker of sayings says for nobody, the first candidate, beside what the ranker of speakers does, and
// leaves the others their shares of the rest.
func weigh(scores []float32, unsaid float32) {
	const least = 1e-5
	p := min(max(scores[0], least), 1-least)
	both := weightOfSayings*float64(unsaid) + weightOfSpeakers*math.Log(float64(p/(1-p)))
	now := float32(1 / (1 + math.Exp(-both)))
	for i := range scores[1:] {
		scores[1+i] *= (1 - now) / (1 - p)
	}
	scores[0] = now
}
