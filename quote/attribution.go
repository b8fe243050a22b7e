package quote

import "newsdesk/article"

// This file asks, of every stretch in marks, which mention nearby said it: it gathers the candidates
// and tells the ranker about each of them.

// nobody is the candidate that stands for "no one is said to have said this".
const nobody = int32(-1)

// reach says how many paragraphs before a quotation are searched for its speaker.
const reach = 2

// candidates appends the mentions that may name the speaker of quotation q, nobody first.
func (r *reading) candidates(out []int32, q int, prev int32) []int32 {
	quoted := &r.quotes[q]
	p := int32(quoted.paragraph)
	if !r.speaksAlone(q) {
		out = append(out, nobody)
	}
	lo, hi := r.mentionsOf(p)
	split := r.mentionFrom(quoted.from)
	for m := max(lo, split-14); m < min(hi, split+10); m++ {
		out = append(out, m)
	}
	limit := int32(8)
	for d := int32(1); d <= reach && p-d >= 0; d++ {
		lo, hi := r.mentionsOf(p - d)
		for m := max(lo, hi-limit); m < hi; m++ {
			out = append(out, m)
		}
		limit = 5
	}
	if int(p)+2 < len(r.first) {
		lo, hi := r.mentionsOf(p + 1)
		for m := lo; m < min(hi, lo+3); m++ {
			out = append(out, m)
		}
	}
	if prev >= 0 {
		for _, m := range out {
			if m == prev {
				return out
			}
		}
		out = append(out, prev)
	}
	if len(out) == 0 {
		out = append(out, nobody)
	}
	return out
}

// speaksAlone reports whether the quotation is a paragraph of its own of some words: nobody prints
// that without a speaker, though he may stand paragraphs before.
func (r *reading) speaksAlone(q int) bool {
	quoted := &r.quotes[q]
	p := quoted.paragraph
	k := r.article.Paragraphs[p].Kind
	return quoted.from == r.first[p] && quoted.to == r.first[p+1] && quoted.to-quoted.from > 8 && k != article.Heading && k != article.Standfirst && k != article.Caption
}

// mentionsOf returns the range of the mentions of paragraph p.
func (r *reading) mentionsOf(p int32) (lo, hi int32) {
	return r.mentionFrom(r.first[p]), r.mentionFrom(r.first[p+1])
}

// mentionFrom returns the index of the first mention at or after token k.
func (r *reading) mentionFrom(k int32) int32 {
	lo, hi := 0, len(r.mentions)
	for lo < hi {
		mid := (lo + hi) / 2
		if r.mentions[mid].from < k {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return int32(lo)
}

// setting is what the features say of a quotation, whoever the candidate.
type setting struct {
	q             int
	before, after byte   // symbols of the tokens around the marks
	ending        byte   // of the last token inside
	length        uint32 // bucket of words
	capital       bool
	whole         bool  // the quotation is its paragraph
	cueAfter      int32 // a verb of speech after the marks in the same sentence, or -1
	cueBefore     int32
	subjectAfter  int32 // the mention that is its subject, or -1
	subjectBefore int32
	chain         int32 // the subject right beside the verb of speech nearest to the marks, or -1
	titled        bool  // what stands in marks is capitalised as a title
	lastBefore    int32 // the last token before the marks in the paragraph, or -1
	singles       bool
}

func (r *reading) settingOf(q int) setting {
	quoted := &r.quotes[q]
	p := quoted.paragraph
	from, to := r.first[p], r.first[p+1]
	s := setting{q: q, before: '^', after: '$', ending: '_', cueAfter: -1, cueBefore: -1, subjectAfter: -1, subjectBefore: -1, lastBefore: -1, chain: -1}
	if quoted.from > from {
		s.before = r.symbol(quoted.from - 1)
		s.lastBefore = quoted.from - 1
	}
	if quoted.to < to {
		s.after = r.symbol(quoted.to)
	}
	words, capitals := uint32(0), uint32(0)
	first := true
	for k := quoted.from; k < quoted.to; k++ {
		t := &r.tokens[k]
		if int(t.start) < quoted.Start || int(t.end) > quoted.End {
			continue
		}
		switch t.kind {
		case word, number:
			words++
			if t.cap || t.kind == number || t.class&(preposition|determiner|coordinator) != 0 && words > 1 {
				capitals++
			}
			if first {
				s.capital = t.cap
			}
			s.ending = '_'
		case stop:
			s.ending = '.'
			if c := r.text[t.start]; c == '?' || c == '!' {
				s.ending = '?'
			}
		case comma:
			s.ending = ','
		case dash:
			s.ending = '-'
		}
		first = false
	}
	s.titled = words > 1 && capitals == words
	s.length = bucket(words)
	s.whole = s.before == '^' && s.after == '$'
	s.singles = r.text[quoted.open] == '\'' || len(r.text) > quoted.open+2 && r.text[quoted.open:quoted.open+3] == "‘"
	r.findCues(&s, from, to)
	r.findChain(&s)
	return s
}

// findCues looks for the verbs of speech on both sides of the quotation, and their subjects.
func (r *reading) findCues(s *setting, from, to int32) {
	quoted := &r.quotes[s.q]
	for k, n := quoted.to, 0; k < to && n < 30; k, n = k+1, n+1 {
		t := &r.tokens[k]
		if t.kind == stop && t.stretch < 0 || t.stretch >= 0 {
			break
		}
		if r.speaks(k) {
			s.cueAfter = k
			s.subjectAfter = r.subjectOf(k, from, to)
			break
		}
	}
	for k, n := quoted.from-1, 0; k >= from && n < 40; k, n = k-1, n+1 {
		t := &r.tokens[k]
		if t.kind == stop && t.stretch < 0 {
			break
		}
		if t.stretch < 0 && r.speaks(k) {
			s.cueBefore = k
			s.subjectBefore = r.subjectOf(k, from, to)
			break
		}
	}
}

// findChain notes the subject that stands right beside the verb of speech nearest to the marks: no
// word of another clause parts the three.
func (r *reading) findChain(s *setting) {
	quoted := &r.quotes[s.q]
	if m := s.subjectAfter; m >= 0 && s.cueAfter-quoted.to < 8 {
		x := &r.mentions[m]
		if x.from == s.cueAfter+1 || x.to <= s.cueAfter && s.cueAfter-x.to < 3 {
			s.chain = m
			return
		}
	}
	if m := s.subjectBefore; m >= 0 && quoted.from-s.cueBefore < 12 {
		x := &r.mentions[m]
		if x.to <= s.cueBefore && s.cueBefore-x.to < 3 {
			s.chain = m
		}
	}
}

// namer returns the person who, by the grammar of the sentence alone, calls something what stands in
// the marks: "despite officials calling it “…”". It is too rare for the ranker to learn. nobody if the
// sentence is not built so.
func (r *reading) namer(s *setting) int32 {
	if s.chain < 0 || s.chain != s.subjectBefore || s.cueAfter >= 0 || r.tokens[s.cueBefore].class&(naming|participle) != naming|participle {
		return nobody
	}
	if x := &r.mentions[s.chain]; x.to == s.cueBefore && (x.kind == named || x.kind == described || x.kind == several) {
		return s.chain
	}
	return nobody
}

// speaks reports whether token k is a verb of speech or "according". Words that may be nouns as well
// ("claims", "reports") are verbs only where a subject can stand before them.
func (r *reading) speaks(k int32) bool {
	t := &r.tokens[k]
	if t.kind != word || t.stretch >= 0 || t.class&(speech|according) == 0 || t.cap && !t.initial {
		return false
	}
	if k == r.first[t.paragraph] {
		return true
	}
	prev := &r.tokens[k-1]
	if prev.kind == genitive && prev.class&auxiliary == 0 || prev.class&pronoun != 0 && prev.class&possessive != 0 {
		return false // "Russia's continued openness"
	}
	if prev.class&determiner != 0 && prev.class&(group|adverb|temporal) == 0 && prev.stretch < 0 {
		return false // "the report", "a dispute"
	}
	if t.class&(documentary|speechNoun) == 0 || prev.stretch >= 0 || prev.kind != word {
		return true
	}
	if prev.class&preposition != 0 && prev.class&(adverb|temporal) == 0 {
		return false
	}
	const before = pronoun | relative | role | group | auxiliary | modal | negation | adverb | temporal | coordinator | documentary
	if prev.class&before != 0 {
		return true
	}
	if !prev.cap {
		return prev.class != 0
	}
	next := k + 1 // "Moscow talks ended": what follows a verb of speech is what was said, to or by whom
	return int(next) < len(r.tokens) && r.tokens[next].paragraph == t.paragraph && r.tokens[next].kind != stop && r.tokens[next].kind != comma
}

// subjectOf returns the mention that is the subject of the verb of speech at k, by a few rules, or -1.
func (r *reading) subjectOf(k, from, to int32) int32 {
	after := r.mentionFrom(k + 1)
	if r.tokens[k].class&according != 0 {
		if int(after) < len(r.mentions) && r.mentions[after].from <= k+3 {
			return after
		}
		return -1
	}
	if r.isPassive(k) { // "was called “…” by Berg"
		return r.agentOf(k)
	}
	b := k // « … », a déclaré Anne Berg; «…», ha dicho Ana Berg
	for r.lex.language != "en" && b > from && r.tokens[b-1].kind == word && r.tokens[b-1].stretch < 0 && r.tokens[b-1].class&(auxiliary|negation) != 0 {
		b--
	}
	inverted := b == from || r.tokens[b-1].stretch >= 0 || r.tokens[b-1].kind == comma && b-2 >= from && r.tokens[b-2].stretch >= 0
	if inverted && int(after) < len(r.mentions) && r.mentions[after].from <= k+2 && r.mentions[after].class&object == 0 {
		return after
	}
	best := int32(-1)
	if m := r.mentionFrom(k) - 1; r.tokens[k].class&participle != 0 && m >= 0 && r.mentions[m].to == k {
		return m // "despite officials calling it"
	}
	j := k - 1
	for j >= from && r.tokens[j].kind == word && r.tokens[j].class&(adverb|auxiliary|negation|modal|temporal) != 0 {
		j--
	}
	apposition := j >= from && r.tokens[j].kind == comma
	for m, n := r.mentionFrom(k)-1, 0; m >= 0 && r.mentions[m].from >= from && n < 24; m, n = m-1, n+1 {
		x := &r.mentions[m]
		if r.sentence[x.from] != r.sentence[k] {
			break
		}
		if x.class&object != 0 || x.class&possessive != 0 && x.class&pronoun != 0 {
			continue
		}
		bare := x.from == from || r.tokens[x.from-1].class&preposition == 0
		gen := x.to < to && r.tokens[x.to].kind == genitive
		if gen {
			continue
		}
		if !bare {
			continue
		}
		best = m
		if !apposition {
			break
		}
		if x.from == from || r.sentence[x.from-1] != r.sentence[x.from] || r.tokens[x.from-1].stretch >= 0 || r.tokens[x.from-1].class&(coordinator|complementizer|subordinator) != 0 {
			break
		}
	}
	return best
}

// agentOf returns whom "by" names behind the passive verb at k, or -1.
func (r *reading) agentOf(k int32) int32 {
	for j := k + 1; int(j) < len(r.tokens) && j < k+30 && r.sentence[j] == r.sentence[k]; j++ {
		if r.tokens[j].stretch < 0 && r.tokens[j].class&agentive != 0 {
			if m := r.mentionFrom(j + 1); int(m) < len(r.mentions) && r.mentions[m].from <= j+2 {
				return m
			}
		}
	}
	return -1
}

// isPassive reports whether the verb at k is a participle behind an auxiliary of the passive.
func (r *reading) isPassive(k int32) bool {
	if r.tokens[k].class&participle != 0 {
		return false
	}
	j := k - 1
	for j > 0 && r.tokens[j].stretch < 0 && r.tokens[j].kind == word && r.tokens[j].class&(adverb|negation) != 0 {
		j--
	}
	return j >= 0 && r.tokens[j].stretch < 0 && r.tokens[j].kind == word && r.tokens[j].class&passive != 0 && r.tokens[j].paragraph == r.tokens[k].paragraph
}

// symbol tells a token's class in a byte, for the paths between a quotation and a mention.
func (r *reading) symbol(k int32) byte {
	t := &r.tokens[k]
	if t.stretch >= 0 {
		return 'Q'
	}
	switch t.kind {
	case comma:
		return ','
	case stop:
		return '.'
	case colon:
		return ':'
	case semicolon:
		return ';'
	case dash:
		return '-'
	case open:
		return '('
	case closed:
		return ')'
	case number:
		return '#'
	case genitive:
		return '\''
	case other:
		return 'o'
	}
	c := t.class
	switch {
	case c&pronoun != 0 && c&possessive != 0:
		return 'h'
	case c&pronoun != 0:
		return 'n'
	case c&relative != 0:
		return 'R'
	case c&according != 0:
		return 'K'
	case t.cap && !t.initial:
		return 'P'
	case c&speech != 0 && c&participle != 0:
		return 'G'
	case c&core != 0:
		return 'S'
	case c&belief != 0:
		return 'B'
	case c&speech != 0 && c&(documentary|speechNoun|workTitle) != 0:
		return 'X'
	case c&speech != 0:
		return 'V'
	case c&auxiliary != 0:
		return 'A'
	case c&modal != 0:
		return 'M'
	case c&negation != 0:
		return 'N'
	case c&temporal != 0:
		return 'T'
	case c&preposition != 0:
		return 'p'
	case c&determiner != 0:
		return 'd'
	case c&coordinator != 0:
		return 'c'
	case c&complementizer != 0:
		return 't'
	case c&subordinator != 0:
		return 's'
	case c&adverb != 0:
		return 'v'
	case c&workTitle != 0:
		return 'W'
	case c&(documentary|speechNoun) != 0:
		return 'D'
	case c&(role|group|title) != 0:
		return 'r'
	case c&addressee != 0:
		return 'r'
	case t.cap:
		return 'P'
	}
	w := r.word(k)
	switch {
	case len(w) > 4 && w[len(w)-2:] == "ed":
		return 'e'
	case len(w) > 4 && w[len(w)-3:] == "ing":
		return 'g'
	case len(w) > 4 && w[len(w)-2:] == "ly":
		return 'v'
	}
	return 'w'
}

func bucket(n uint32) uint32 {
	switch {
	case n <= 4:
		return n
	case n <= 6:
		return 5
	case n <= 9:
		return 6
	case n <= 14:
		return 7
	case n <= 25:
		return 8
	case n <= 50:
		return 9
	}
	return 10
}

// findSpeakers marks the mentions that are the subject of a verb of speech.
func (r *reading) findSpeakers() {
	for k := range int32(len(r.tokens)) {
		if r.speaks(k) {
			p := r.tokens[k].paragraph
			if m := r.subjectOf(k, r.first[p], r.first[p+1]); m >= 0 {
				r.mentions[m].speaker = true
			}
		}
	}
}
