package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
	cueBeyond     int32 // where neither is, a verb of speech of the sentence with other marks between, or -1
	subjectBeyond int32
	chain         int32 // the subject right beside the verb of speech nearest to the marks, or -1
	titled        bool  // what stands in marks is capitalised as a title
	lastBefore    int32 // the last token before the marks in the paragraph, or -1
	singles       bool
	voice         uint32 // what shows that somebody speaks: a first or second person, a verb
	first, last   uint32 // symbols of the first and the last word inside
	announced     uint32 // words of a title or a term before the marks, or in apposition behind them
	bare          bool   // no verb that is known stands in the sentence around the marks
	mood          bool   // a verb in the mood of reported speech does
	dropped       bool   // a verb of speech beside the marks has no subject in its sentence
	repeated      uint32 // where else the article has the same words: 1 without marks, 2 in marks, 0 nowhere
}

func (r *reading) settingOf(q int) setting {
	quoted := &r.quotes[q]
	p := quoted.paragraph
	from, to := r.first[p], r.first[p+1]
	s := setting{q: q, before: '^', after: '$', ending: '_', cueAfter: -1, cueBefore: -1, subjectAfter: -1, subjectBefore: -1, cueBeyond: -1, subjectBeyond: -1, lastBefore: -1, chain: -1}
	if quoted.from > from {
		s.before = r.symbol(quoted.from - 1)
		s.lastBefore = quoted.from - 1
	}
	if s.before == '^' && p > 0 && r.endsWithColon(p-1) {
		s.before = 'I' // the paragraph before announces it
		from = r.first[p-1]
	}
	if quoted.to < to {
		s.after = r.symbol(quoted.to)
	}
	words, capitals := uint32(0), uint32(0)
	begins := true
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
			if begins {
				s.capital = t.cap
				s.first = uint32(r.signOf(k))
			}
			s.last = uint32(r.signOf(k))
			switch c := t.class; {
			case c&pronoun != 0 && c&(object|possessive|subject) != 0 && c&(first|second) != 0:
				s.voice |= 1
			case c&(auxiliary|modal) != 0:
				s.voice |= 2
			case c&negation != 0:
				s.voice |= 4
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
		begins = false
	}
	s.titled = words > 1 && capitals == words
	s.length = bucket(words)
	s.whole = s.before == '^' && s.after == '$'
	s.singles = r.text[quoted.open] == '\'' || len(r.text) > quoted.open+2 && r.text[quoted.open:quoted.open+3] == "‘"
	s.repeated = r.repetitions(quoted)
	r.findSigns(&s, from, to)
	r.findCues(&s, from, to)
	r.findCueBeyond(&s, from, to)
	r.findChain(&s)
	s.dropped = r.lex.proDrop && (s.cueBefore >= 0 && s.subjectBefore < 0 || s.cueAfter >= 0 && s.subjectAfter < 0 || s.cueBeyond >= 0 && s.subjectBeyond < 0)
	return s
}

// findCues looks for the verbs of speech on both sides of the quotation, and their subjects.
func (r *reading) findCues(s *setting, from, to int32) {
	quoted := &r.quotes[s.q]
	if quoted.incise > 0 {
		s.cueAfter, s.subjectAfter = quoted.incise, r.subjectOf(quoted.incise, from, to)
	}
	for k, n := quoted.to, 0; s.cueAfter < 0 && k < to && n < 30; k, n = k+1, n+1 {
		t := &r.tokens[k]
		if t.kind == stop && t.stretch < 0 || t.stretch >= 0 || t.class&viewpoint != 0 && r.sentence[k] != r.sentence[quoted.to-1] {
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

// findCueBeyond looks, for a quotation with no verb of speech beside it, for one of its sentence on the other side of other
// marks: „Dumm“, „peinlich“, urteilte Berg; "un plan “realista” que daría “estabilidad”, añadió".
func (r *reading) findCueBeyond(s *setting, from, to int32) {
	if s.cueAfter >= 0 || s.cueBefore >= 0 {
		return
	}
	quoted := &r.quotes[s.q]
	around := r.sentence[quoted.to-1]
	for k := quoted.to; k < min(to, quoted.to+sentenceAround) && r.sentence[k] == around; k++ {
		if r.tokens[k].stretch < 0 && r.speaks(k) {
			s.cueBeyond, s.subjectBeyond = k, r.subjectOf(k, from, to)
			return
		}
	}
	for k := quoted.from - 1; k >= max(from, quoted.from-sentenceAround) && r.sentence[k] == around; k-- {
		if r.tokens[k].stretch < 0 && r.speaks(k) {
			s.cueBeyond, s.subjectBeyond = k, r.subjectOf(k, from, to)
			return
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
	if s.cueBefore >= 0 && s.cueAfter < 0 && r.tokens[s.cueBefore].class&viewpoint != 0 {
		return s.subjectBefore // "Para Berg, la ley es “…”"
	}
	if s.chain < 0 || s.chain != s.subjectBefore || s.cueAfter >= 0 || r.tokens[s.cueBefore].class&(naming|participle) != naming|participle {
		return nobody
	}
	if x := &r.mentions[s.chain]; x.to == s.cueBefore && (x.kind == named || x.kind == described || x.kind == several) {
		return s.chain
	}
	return nobody
}

// sentenceAround bounds the tokens on each side of the marks that their sentence is taken to have.
const sentenceAround = 80

// findSigns notes what in the sentence around the marks tells a title or a term, whether it has a verb, and whether
// that is in the mood of reported speech.
func (r *reading) findSigns(s *setting, from, to int32) {
	quoted := &r.quotes[s.q]
	const near = 6
	for k := quoted.from - 1; k >= max(from, quoted.from-near) && r.tokens[k].stretch < 0 && r.tokens[k].kind != stop; k-- {
		if r.tokens[k].class&workTitle != 0 {
			s.announced |= 1
		}
	}
	for k := quoted.to; k < min(to, quoted.to+near) && r.tokens[k].stretch < 0 && r.tokens[k].kind != stop; k++ {
		if r.tokens[k].class&workTitle != 0 {
			s.announced |= 2
		}
	}
	s.bare = true
	const verbs = speech | auxiliary | modal
	around := r.sentence[quoted.from]
	note := func(k int32) {
		if t := &r.tokens[k]; t.stretch < 0 {
			s.bare = s.bare && t.class&verbs == 0
			s.mood = s.mood || t.class&reportedMood != 0
		}
	}
	for k := quoted.from - 1; k >= max(from, quoted.from-sentenceAround) && r.sentence[k] == around; k-- {
		note(k)
	}
	for k := quoted.to; k < min(to, quoted.to+sentenceAround) && r.sentence[k] == around; k++ {
		note(k)
	}
}

// endsWithColon reports whether the author's last token of paragraph p is a colon: "issued this statement:".
func (r *reading) endsWithColon(p int) bool {
	k := r.first[p+1] - 1
	return k >= r.first[p] && r.tokens[k].kind == colon && r.tokens[k].stretch < 0
}

// repetitions tells whether the article has a quotation's words elsewhere: 1 without marks, 2 in marks. Only
// few words are looked for: what is longer is no term.
func (r *reading) repetitions(q *quotation) uint32 {
	const longest = 40
	words := strings.TrimRight(r.text[q.Start:q.End], ".,!?")
	if len(words) > longest || r.searched > mostSearched {
		return 0
	}
	r.searched++
	for at := 0; ; {
		k := strings.Index(r.text[at:], words)
		if k < 0 {
			return 0
		}
		k += at
		at = k + len(words)
		if k >= q.Start && k < q.End {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(r.text[:k])
		if unicode.IsLetter(before) {
			continue
		}
		if strings.ContainsRune("\"“„«‘'»", before) {
			return 2
		}
		return 1
	}
}

// mostSearched bounds the quotations of an article whose words are looked for elsewhere in it.
const mostSearched = 100
