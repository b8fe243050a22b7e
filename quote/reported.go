package quote

import "newsdesk/article"

// This file finds reported speech: what somebody is said to have said, without marks around it. Each
// verb or noun of speech outside of marks is asked which stretch of its sentence is what it reports;
// the candidates are the stretches that its grammar allows, and a ranker chooses one, or none.

// report is a candidate for what a cue reports: tokens [from, to).
type report struct {
	from, to int32
	shape    uint32 // how it stands to its cue; see the constants
}

// The ways a reported clause stands to its cue.
const (
	shapeNone        uint32 = iota
	shapeNext               // said he would go
	shapeThat               // said on Monday that he would go
	shapeTime               // said Monday he would go
	shapePerson             // told reporters he would go
	shapeInfinitive         // promised to go
	shapeBefore             // He would go, she said
	shapeAround             // He would, she said, go
	shapeAfterSource        // According to Smith, he would go
)

// longestSentence is how many tokens on each side of a cue are its sentence at most.
const longestSentence = 200

// maxReports bounds the candidates of a cue.
const maxReports = 48

// reports appends the candidates of the cue at token k; the first is none.
func (r *reading) reports(out []report, k int32) []report {
	out = append(out, report{shape: shapeNone})
	p := r.tokens[k].paragraph
	first, last := k, k
	for first > r.first[p] && r.sentence[first-1] == r.sentence[k] && first > k-longestSentence {
		first--
	}
	for last+1 < r.first[p+1] && r.sentence[last+1] == r.sentence[k] && last < k+longestSentence {
		last++
	}
	last++
	if r.tokens[k].class&according != 0 {
		return r.reportsOfSource(out, k, first, last)
	}
	if !r.namesSpeakerBehind(k, first) {
		out = r.reportsAfter(out, k, last)
	}
	if r.tokens[k].class&participle != 0 || r.isInRelative(k, first) { // "he said it was so, stressing that": what stands before is another's
		return out
	}
	return r.reportsBefore(out, k, first, last)
}

// reportsAfter appends the clauses that begin behind the cue.
func (r *reading) reportsAfter(out []report, k, last int32) []report {
	start := k + 1
	for start < last && r.tokens[start].kind == word && r.word(start) == "out" {
		start++ // pointed out
	}
	if start >= last || r.tokens[start].stretch >= 0 {
		return out
	}
	m := r.mentionFrom(start)
	named := int(m) < len(r.mentions) && r.mentions[m].from <= start+1 && r.mentions[m].to < last
	switch {
	case named && r.mentions[m].from == start && r.sourceOf(k) == m: // "Dazu sagte Berg, der Plan sei gut"
		if from := r.pastRelative(r.mentions[m].to, last) + 1; from < last && r.tokens[from-1].kind == comma {
			out = r.withEnds(out, from, last, shapeNext)
		}
		named = false
	case r.mentionFrom(start+1) == m || r.tokens[k].class&telling == 0:
		out = r.withEnds(out, start, last, shapeNext)
	}
	if w := r.word(start); w == "to" || w == "for" || w == "of" || w == "on" || w == "about" {
		out = r.withEnds(out, start, last, shapeInfinitive)
	}
	timed := start
	for timed < last && r.tokens[timed].class&(temporal|preposition|adverb) != 0 && timed < start+4 {
		timed++
	}
	if timed > start && timed < last && r.tokens[timed-1].class&temporal != 0 {
		out = r.withEnds(out, timed, last, shapeTime)
	}
	if named {
		if from := r.pastRelative(r.mentions[m].to, last); from < last {
			out = r.withEnds(out, from, last, shapePerson)
		}
	}
	for j := start; j < last && j < start+16; j++ {
		if j = r.pastRelative(j, last); j == last || r.tokens[j].stretch >= 0 {
			break
		}
		if r.tokens[j].class&complementizer != 0 && j+1 < last {
			out = r.withEnds(out, j+1, last, shapeThat)
			break
		}
	}
	return out
}

// withEnds appends the stretch from start to its sentence's end, and those that end at a comma, a
// dash or a conjunction before it. None holds a stretch in marks.
func (r *reading) withEnds(out []report, start, last int32, shape uint32) []report {
	ends := 0
	for j := start + 1; j < last && len(out) < maxReports; j++ {
		t := &r.tokens[j]
		if t.stretch >= 0 {
			last = j
			break
		}
		if t.kind == comma && j+1 < last && r.tokens[j+1].class&aside != 0 {
			last = j
			break
		}
		if j < start+3 || ends > 6 {
			continue
		}
		if t.kind == comma || t.kind == dash || t.kind == semicolon || t.kind == closed || t.class&subordinator != 0 || t.class&coordinator != 0 && t.class&preposition == 0 {
			out = append(out, report{start, j, shape})
			ends++
		}
	}
	if last > start+1 {
		out = append(out, report{start, last, shape})
	}
	return out
}

// reportsBefore appends the clauses that stand before the cue and its subject, and the sentence that
// stands around both.
func (r *reading) reportsBefore(out []report, k, first, last int32) []report {
	end := int32(-1)
	for j := k - 1; j > first+2 && j > k-14; j-- {
		if r.tokens[j].kind == comma || r.tokens[j].kind == dash {
			if r.tokens[j].stretch >= 0 {
				break
			}
			end = j
			if r.mentionFrom(j) < r.mentionFrom(k) { // the subject stands between
				break
			}
		}
	}
	if end < 0 {
		return out
	}
	clean := func(from, to int32) bool {
		for j := from; j < to; j++ {
			if r.tokens[j].stretch >= 0 {
				return false
			}
		}
		return true
	}
	if clean(first, end) {
		out = append(out, report{first, end, shapeBefore})
		for j, n := first+1, 0; j < end && n < 3; j++ {
			if r.tokens[j].kind == comma || r.tokens[j].kind == dash || r.tokens[j].class&coordinator != 0 {
				if j+3 < end {
					out = append(out, report{j + 1, end, shapeBefore})
				}
				n++
			}
		}
		if k+2 < last && clean(end, last) && !r.endsWithSpeaker(k, last) {
			out = append(out, report{first, last, shapeAround})
		}
	}
	return out
}

// reportsOfSource appends the clauses around "according to somebody".
func (r *reading) reportsOfSource(out []report, k, first, last int32) []report {
	for j, n := k+1, 0; j < last && n < 3; j++ { // According to X, …
		if r.tokens[j].stretch >= 0 {
			break
		}
		if r.tokens[j].kind == comma && j+2 < last {
			out = r.withEnds(out, j+1, last, shapeAfterSource)
			n++
		}
	}
	if k > first+2 {
		end := k
		if r.tokens[k-1].kind == comma || r.tokens[k-1].kind == dash {
			end--
		}
		from := end
		for from > first && r.tokens[from-1].stretch < 0 {
			from--
		}
		if from == first {
			out = append(out, report{first, end, shapeBefore})
			for j, n := end-1, 0; j > first && n < 3; j-- {
				if r.tokens[j].kind == comma || r.tokens[j].class&(coordinator|complementizer) != 0 {
					if end-j > 3 {
						out = append(out, report{j + 1, end, shapeBefore})
					}
					n++
				}
			}
		}
	}
	return out
}

// reportFeatures appends what the ranker is told about a candidate of the cue at k.
func (r *reading) reportFeatures(out []uint32, k int32, c report, source int32) []uint32 {
	add := func(id, a, b, d uint32) { out = append(out, mix(id, a, b, d)) }
	cue := hash(r.word(k))
	if r.lex.language != "en" {
		cue = 0
	}
	sym := uint32(r.symbol(k))
	before, after := uint32('^'), uint32('$')
	if k > 0 {
		before = uint32(r.symbol(k - 1))
	}
	if int(k)+1 < len(r.tokens) {
		after = uint32(r.symbol(k + 1))
	}
	kind := uint32(99)
	if source >= 0 {
		kind = r.kindOf(&r.mentions[source])
	}
	add(100, c.shape, sym, after)
	add(101, c.shape, cue, 0)
	add(102, c.shape, before, after)
	add(103, c.shape, kind, sym)
	add(104, c.shape, cue, after)
	add(118, c.shape, r.marksBeside(k), sym)
	add(119, c.shape, b2u(r.isPassive(k)), b2u(source >= 0))
	if c.shape == shapeNone {
		return out
	}
	start, second := uint32(r.symbol(c.from)), uint32('$')
	if c.from+1 < c.to {
		second = uint32(r.symbol(c.from + 1))
	}
	add(105, c.shape, start, second)
	add(106, c.shape, start, cue)
	length := bucket(uint32(c.to - c.from))
	end, atEnd := uint32('$'), uint32(1)
	if int(c.to) < len(r.tokens) {
		end = uint32(r.symbol(c.to))
		atEnd = b2u(r.sentence[c.to] != r.sentence[k] || r.tokens[c.to].paragraph != r.tokens[k].paragraph)
	}
	end2 := uint32('$')
	if int(c.to)+1 < len(r.tokens) {
		end2 = uint32(r.symbol(c.to + 1))
	}
	add(107, c.shape, length, atEnd)
	add(108, end, end2, atEnd)
	add(109, c.shape, end, end2)
	add(110, cue, length, atEnd)
	verbs, others := uint32(0), uint32(0)
	for j := c.from; j < c.to; j++ {
		if t := &r.tokens[j]; t.class&(auxiliary|modal) != 0 {
			verbs++
		} else if t.class&speech != 0 {
			others++
		}
	}
	add(111, c.shape, min(verbs, 3), atEnd)
	add(112, c.shape, min(others, 3), sym)
	if r.lex.language == "en" {
		if int(c.to)+1 < len(r.tokens) {
			add(113, hash(r.word(c.to)), hash(r.word(c.to+1)), 0)
			add(114, hash(r.word(c.to)), atEnd, c.shape)
			add(117, hash(r.word(c.to+1)), end, c.shape)
		}
		add(115, hash(r.word(c.from)), c.shape, 0)
		add(116, hash(r.word(c.from)), cue, 0)
	}
	return out
}

// marksBeside tells whether a stretch in marks stands before and after the cue in its sentence.
func (r *reading) marksBeside(k int32) uint32 {
	var beside uint32
	for j := k - 1; j >= max(0, k-longestSentence) && r.sentence[j] == r.sentence[k]; j-- {
		if r.tokens[j].stretch >= 0 {
			beside |= 1
			break
		}
	}
	for j := k + 1; int(j) < min(len(r.tokens), int(k)+longestSentence) && r.sentence[j] == r.sentence[k]; j++ {
		if r.tokens[j].stretch >= 0 {
			beside |= 2
			break
		}
	}
	return beside
}

// introduces reports whether token k may introduce reported speech: a verb of speech that is no mere
// belief, a preposition that names a source, or a noun of speech before "that".
func (r *reading) introduces(k int32) bool {
	t := &r.tokens[k]
	if t.stretch >= 0 || t.kind != word {
		return false
	}
	if r.speaks(k) {
		return t.class&(belief|turning) == 0 && !(r.isPassive(k) && r.agentOf(k) < 0)
	}
	if t.class&speechNoun != 0 && int(k)+1 < len(r.tokens) {
		return r.tokens[k+1].class&complementizer != 0
	}
	return false
}

// sourceOf returns the mention whom the cue at k names as the one who said it, or -1.
func (r *reading) sourceOf(k int32) int32 {
	p := r.tokens[k].paragraph
	from, to := r.first[p], r.first[p+1]
	if r.tokens[k].class&speechNoun != 0 && !r.speaks(k) {
		m := r.mentionFrom(k) // "Smith's claim that", "his claim that"
		for m--; m >= 0 && r.mentions[m].from >= from && r.mentions[m].to >= k-4; m-- {
			x := &r.mentions[m]
			if x.class&pronoun != 0 && x.class&possessive != 0 || int(x.to) < len(r.tokens) && r.tokens[x.to].kind == genitive {
				return m
			}
		}
		return r.subjectOf(k, from, to)
	}
	if m := r.subjectOf(k, from, to); m >= 0 {
		return m
	}
	if k > from && r.tokens[k-1].class&coordinator != 0 || r.tokens[k].class&participle != 0 { // the subject of the verb before
		for j := k - 1; j >= from && r.sentence[j] == r.sentence[k]; j-- {
			if r.speaks(j) {
				return r.subjectOf(j, from, to)
			}
		}
	}
	return -1
}

// spanOf is the text of a candidate, without the punctuation at its end.
func (r *reading) spanOf(c report) article.Span {
	to := c.to
	for to > c.from+1 && (r.tokens[to-1].kind == stop || r.tokens[to-1].kind == comma || r.tokens[to-1].kind == dash || r.tokens[to-1].kind == colon || r.tokens[to-1].kind == semicolon) {
		to--
	}
	from := c.from
	for from+1 < to && r.tokens[from].class&complementizer != 0 || from+1 < to && r.tokens[from].kind != word && r.tokens[from].kind != number && r.tokens[from].kind != open {
		from++
	}
	return r.span(from, to)
}
