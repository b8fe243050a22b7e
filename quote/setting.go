package quote

// This file says of a quotation what does not depend on who might have said it.

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
