package quote

// features appends what the ranker is told about mention m as the speaker of the quotation that s
// describes; prev is the mention that spoke the quotation before, or nobody. Each feature is a hash
// of its number and its values; but for those at the end, none depends on the language.
func (r *reading) features(out []uint32, s *setting, m, prev int32) []uint32 {
	quoted := &r.quotes[s.q]
	shape := uint32(s.before)<<16 | uint32(s.ending)<<8 | uint32(s.after)
	if m == nobody {
		return r.nobodyFeatures(out, s, prev, shape)
	}
	x := &r.mentions[m]
	add := func(id, a, b, c uint32) { out = append(out, mix(id, a, b, c)) }
	kind := r.kindOf(x)
	after := x.from >= quoted.to
	place := r.placeOf(s, x, after)
	var lo, hi int32 // the tokens between
	if after {
		lo, hi = quoted.to, x.from
	} else {
		lo, hi = x.to, quoted.from
	}
	path := r.pathOf(lo, hi, after)
	add(1, place, kind, 0)
	add(2, place, path.hash, 0)
	add(3, place, path.hash, kind)
	add(4, place, path.head, uint32(s.ending))
	add(5, place, path.tail, kind)
	add(6, place, bucket(uint32(hi-lo)), kind)
	add(7, place, path.mentions, path.quotes)
	add(8, place, path.stops, path.quotes)
	add(9, shape, place, kind)
	add(10, uint32(s.ending)<<8|uint32(s.after), place, path.mentions)
	add(11, s.length, place, b2u(s.capital))

	beforeSym, afterSym, after2 := r.around(x)
	add(12, beforeSym, kind, place)
	add(13, afterSym, after2, place)
	add(14, beforeSym, afterSym, kind)
	add(15, r.symAt(x.from-2, x), beforeSym, place)

	verb, gap, commas, between := r.verbAfter(x)
	behind := uint32(0)
	if verb >= 0 && verb >= quoted.to {
		behind = 1
	}
	add(16, gap, commas<<4|between, place<<1|behind)
	add(17, gap, kind, commas)
	if verb >= 0 {
		add(18, uint32(r.symbol(verb)), gap, place<<1|behind)
		add(19, uint32(r.symbol(verb)), b2u(verb == s.cueAfter)<<1|b2u(verb == s.cueBefore), place)
	}
	inverted := r.verbBefore(x)
	add(20, inverted, kind, place)

	subj := b2u(s.subjectAfter == m)<<1 | b2u(s.subjectBefore == m)
	other := b2u(s.subjectAfter >= 0)<<1 | b2u(s.subjectBefore >= 0)
	add(21, subj, other, place)
	add(22, subj, kind, uint32(s.ending)<<8|uint32(s.after))
	add(23, subj, bucketDistance(s.cueAfter-quoted.to), bucketDistance(quoted.from-s.cueBefore))
	if s.cueAfter >= 0 {
		add(24, subj, uint32(r.symbol(s.cueAfter)), uint32(s.after))
	}
	if s.cueBefore >= 0 {
		add(25, subj, uint32(r.symbol(s.cueBefore)), uint32(s.before))
	}

	chain := b2u(s.chain == m)<<1 | b2u(s.chain >= 0)
	add(52, chain, place, kind)
	add(53, chain, subj, shape)
	add(54, chain, uint32(s.before), uint32(s.after))

	same := r.sameAs(m, prev)
	distance := uint32(9)
	if prev >= 0 && s.q > 0 {
		distance = bucket(uint32(quoted.paragraph - r.quotes[s.q-1].paragraph))
	}
	add(26, same, distance, place)
	add(27, same, shape, distance)
	add(28, same, b2u(quoted.continues)<<1|b2u(s.whole), distance)
	add(29, same, kind, b2u(s.cueAfter >= 0)<<1|b2u(s.cueBefore >= 0))
	first := m == 0 || r.mentions[m-1].from < r.first[r.tokens[x.from].paragraph]
	firstInSentence := m == 0 || r.sentence[r.mentions[m-1].from] != r.sentence[x.from]
	add(30, b2u(first)<<1|b2u(firstInSentence), place, kind)
	last := int(m)+1 >= len(r.mentions) || r.mentions[m+1].from >= r.first[r.tokens[x.from].paragraph+1]
	add(31, b2u(last)<<1|b2u(s.whole), place, kind)
	add(32, b2u(s.titled)<<4|s.length, subj, place)
	add(33, r.insideParentheses(x), place, kind)
	who := int(m)+1 < len(r.mentions) && r.mentions[m+1].class&relative != 0 && r.mentions[m+1].from <= x.to+2
	add(34, b2u(who), kind, place)
	add(35, r.salience(x), place, kind)
	add(36, b2u(x.speaker), subj, place)
	add(37, r.rivals(s, m, after), place, kind)
	add(38, r.rivals(s, m, after), path.stops<<4|path.quotes, b2u(s.cueAfter >= 0)<<1|b2u(s.cueBefore >= 0))
	pred := r.predicate(x)
	add(39, r.symAt(pred, x), bucketDistance(quoted.from-pred), place)
	if r.lex.language == "en" {
		add(47, r.wordHash(pred, x), place, bucketDistance(quoted.from-pred))
		add(48, r.wordHash(pred, x), place, 0)
		if s.lastBefore >= 0 && s.lastBefore > r.first[quoted.paragraph] {
			add(49, hash(r.word(s.lastBefore)), hash(r.word(s.lastBefore-1)), subj)
			add(50, hash(r.word(s.lastBefore)), r.rivals(s, m, after), place)
			add(51, hash(r.word(s.lastBefore-1)), r.rivals(s, m, after), place)
		}
		add(40, r.wordHash(x.to, x), place, 0)
		add(41, r.wordHash(x.from-1, x), place, 0)
		if verb >= 0 {
			add(42, hash(r.word(verb)), gap, place)
		}
		if s.cueAfter >= 0 {
			add(43, hash(r.word(s.cueAfter)), subj, uint32(s.after))
		}
		if s.cueBefore >= 0 {
			add(44, hash(r.word(s.cueBefore)), subj, uint32(s.before))
		}
		if s.lastBefore >= 0 {
			add(45, hash(r.word(s.lastBefore)), subj, 0)
		}
		add(46, r.wordHash(x.head, nil), place, kind)
	}
	return out
}

// nobodyFeatures describes the candidate that no one said it.
func (r *reading) nobodyFeatures(out []uint32, s *setting, prev int32, shape uint32) []uint32 {
	add := func(id, a, b, c uint32) { out = append(out, mix(id, a, b, c)) }
	quoted := &r.quotes[s.q]
	cue := b2u(s.cueAfter >= 0)<<1 | b2u(s.cueBefore >= 0)
	subj := b2u(s.subjectAfter >= 0)<<1 | b2u(s.subjectBefore >= 0)
	add(60, shape, 0, 0)
	add(61, uint32(s.before), s.length, b2u(s.capital))
	add(62, uint32(s.after), s.length, uint32(s.ending))
	add(63, cue, s.length, b2u(s.titled))
	add(64, cue, subj, b2u(s.whole))
	add(65, b2u(s.titled), uint32(s.before), uint32(s.ending))
	add(66, bucketDistance(s.cueAfter-quoted.to), bucketDistance(quoted.from-s.cueBefore), s.length)
	add(67, b2u(prev >= 0), cue, s.length)
	add(68, b2u(s.singles), s.length, cue)
	if s.cueBefore >= 0 {
		add(69, uint32(r.symbol(s.cueBefore)), bucketDistance(quoted.from-s.cueBefore), s.length)
	}
	if s.cueAfter >= 0 {
		add(70, uint32(r.symbol(s.cueAfter)), bucketDistance(s.cueAfter-quoted.to), s.length)
	}
	if s.lastBefore > 0 {
		add(71, uint32(r.symbol(s.lastBefore-1)), uint32(s.before), b2u(s.capital))
	}
	add(73, b2u(s.chain >= 0), shape, s.length)
	add(74, b2u(s.chain >= 0), b2u(s.titled), b2u(s.capital))
	add(72, uint32(len(r.article.Paragraphs[quoted.paragraph].Kind)), shape, s.length)
	if r.lex.language == "en" {
		if s.lastBefore >= 0 {
			add(80, hash(r.word(s.lastBefore)), b2u(s.capital), 0)
		}
		if s.cueBefore >= 0 {
			add(81, hash(r.word(s.cueBefore)), bucketDistance(quoted.from-s.cueBefore), 0)
		}
		if int(quoted.to) < len(r.tokens) {
			add(82, hash(r.word(quoted.to)), b2u(s.capital), 0)
		}
		if s.lastBefore > r.first[quoted.paragraph] {
			add(83, hash(r.word(s.lastBefore)), hash(r.word(s.lastBefore-1)), 0)
			add(84, hash(r.word(s.lastBefore-1)), uint32(s.before), 0)
		}
		if int(quoted.to)+1 < len(r.tokens) && s.after != '$' {
			add(85, uint32(s.after), hash(r.word(quoted.to+1)), 0)
		}
	}
	return out
}

func mix(id, a, b, c uint32) uint32 {
	h := id * 0x9e3779b1
	for _, x := range [...]uint32{a, b, c} {
		h = (h ^ x) * 0x85ebca6b
		h ^= h >> 13
	}
	return h
}

func b2u(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func bucketDistance(n int32) uint32 {
	if n < 0 {
		return 15
	}
	return bucket(uint32(n))
}

// kindOf tells a mention's kind with what its words show: the case and number of a pronoun, whether
// a name is full, titled or possessive.
func (r *reading) kindOf(x *mention) uint32 {
	k := uint32(x.kind)
	switch x.kind {
	case pronominal:
		k |= uint32(x.class>>21&0x1ff)<<4 | b2u(x.class&relative != 0)<<14
	case named:
		k |= b2u(x.nameTo-x.nameFrom > 1)<<4 | b2u(x.nameFrom > x.from)<<5
	}
	if int(x.to) < len(r.tokens) && r.tokens[x.to].kind == genitive {
		k |= 1 << 15
	}
	return k
}

// placeOf tells where the mention stands from the quotation: side, paragraphs and sentences away.
func (r *reading) placeOf(s *setting, x *mention, after bool) uint32 {
	quoted := &r.quotes[s.q]
	p := r.tokens[x.from].paragraph - int32(quoted.paragraph)
	if p != 0 {
		return 16 + uint32(p+4)
	}
	var d int32
	if after {
		d = r.sentence[x.from] - r.sentence[quoted.to-1]
	} else {
		d = r.sentence[quoted.from] - r.sentence[x.from]
	}
	return b2u(after)<<2 | uint32(min(d, 3))
}

// path sums up the tokens between a quotation and a mention.
type path struct {
	hash, head, tail        uint32
	mentions, quotes, stops uint32
}

func (r *reading) pathOf(lo, hi int32, after bool) path {
	var p path
	var symbols [32]byte
	n := 0
	var prev byte
	long := hi-lo > 200
	for k := lo; k < hi && !long; k++ {
		c := r.symbol(k)
		if c == 'Q' && prev == 'Q' && r.tokens[k].stretch == r.tokens[k-1].stretch {
			continue
		}
		if c == 'Q' {
			p.quotes++
		}
		if c == '.' {
			p.stops++
		}
		if (c == 'w' || c == 'P') && c == prev {
			continue
		}
		prev = c
		if n < len(symbols) {
			symbols[n] = c
			n++
		} else {
			copy(symbols[16:], symbols[17:])
			symbols[31] = c
		}
	}
	p.hash = 7
	for _, c := range symbols[:min(n, 14)] {
		p.hash = p.hash*31 + uint32(c)
	}
	if n > 14 {
		p.hash = 1
	}
	for _, c := range symbols[:min(n, 4)] {
		p.head = p.head*31 + uint32(c)
	}
	for _, c := range symbols[max(0, n-4):n] {
		p.tail = p.tail*31 + uint32(c)
	}
	if !after {
		p.head, p.tail = p.tail, p.head
	}
	p.quotes, p.stops = min(p.quotes, 3), min(p.stops, 3)
	p.mentions = bucket(uint32(r.mentionFrom(hi) - r.mentionFrom(lo)))
	return p
}

// symAt is the symbol of token k if it stands in the mention's paragraph.
func (r *reading) symAt(k int32, x *mention) uint32 {
	if k < 0 || int(k) >= len(r.tokens) || r.tokens[k].paragraph != r.tokens[x.from].paragraph {
		return '^'
	}
	return uint32(r.symbol(k))
}

// around tells the tokens before and behind a mention. A preposition governs no subject, but for the
// one before a clause of its own: "despite officials calling it".
func (r *reading) around(x *mention) (before, after, after2 uint32) {
	before = r.symAt(x.from-1, x)
	if before == 'p' && r.symAt(x.to, x) == 'G' {
		before = 's'
	}
	return before, r.symAt(x.to, x), r.symAt(x.to+1, x)
}

func (r *reading) wordHash(k int32, x *mention) uint32 {
	if k < 0 || int(k) >= len(r.tokens) || x != nil && r.tokens[k].paragraph != r.tokens[x.from].paragraph || r.tokens[k].stretch >= 0 {
		return 0
	}
	return hash(r.word(k))
}

// verbAfter returns the first verb of speech after the mention in its sentence, how far it is, and
// how many commas and other mentions stand between.
func (r *reading) verbAfter(x *mention) (verb int32, gap, commas, between uint32) {
	p := r.tokens[x.from].paragraph
	for k := x.to; k < r.first[p+1] && k < x.to+30; k++ {
		t := &r.tokens[k]
		if t.kind == stop && t.stretch < 0 || r.sentence[k] != r.sentence[x.from] {
			break
		}
		if t.kind == comma && t.stretch < 0 {
			commas++
		}
		if r.speaks(k) {
			return k, bucket(uint32(k - x.to)), min(commas, 3), min(uint32(r.mentionFrom(k)-r.mentionFrom(x.to)), 4)
		}
	}
	return -1, 12, 0, 0
}

// verbBefore tells whether a verb of speech stands right before the mention, and what before that.
func (r *reading) verbBefore(x *mention) uint32 {
	k := x.from - 1
	from := r.first[r.tokens[x.from].paragraph]
	if k < from || !r.speaks(k) {
		return 0
	}
	if k-1 < from {
		return 1
	}
	return uint32(r.symbol(k))<<8 | uint32(r.symbol(k-1))
}

// sameAs tells how mention m stands to the speaker of the quotation before.
func (r *reading) sameAs(m, prev int32) uint32 {
	switch {
	case prev < 0:
		return 0
	case m == prev:
		return 1
	case r.mentions[m].entity >= 0 && r.mentions[m].entity == r.mentions[prev].entity:
		return 2
	case r.mentions[m].kind == pronominal:
		return 3
	case m > prev:
		return 4
	}
	return 5
}

// insideParentheses reports whether an opening parenthesis before the mention is still open.
func (r *reading) insideParentheses(x *mention) uint32 {
	from := max(r.first[r.tokens[x.from].paragraph], x.from-12)
	for k := x.from - 1; k >= from; k-- {
		switch r.tokens[k].kind {
		case closed:
			return 0
		case open:
			return 1
		}
	}
	return 0
}

// salience tells how often the text names whom the mention means.
func (r *reading) salience(x *mention) uint32 {
	if x.entity < 0 {
		return 15
	}
	return bucket(uint32(r.entities[x.entity].count))
}

// rivals counts the mentions between the quotation and m that could as well be a subject: those that
// no preposition governs and that are no object or possessor.
func (r *reading) rivals(s *setting, m int32, after bool) uint32 {
	quoted := &r.quotes[s.q]
	lo, hi := m+1, r.mentionFrom(quoted.from)
	if after {
		lo, hi = r.mentionFrom(quoted.to), m
	}
	n := uint32(0)
	for j := lo; j < min(hi, lo+64) && n < 4; j++ {
		if r.isSubject(j) {
			n++
		}
	}
	return n
}

// predicate returns the first token after the mention that is no auxiliary or adverb, and, where a
// comma opens an apposition, the first after that.
func (r *reading) predicate(x *mention) int32 {
	k := x.to
	to := r.first[r.tokens[x.from].paragraph+1]
	if k < to && r.tokens[k].kind == comma {
		for j := k + 1; j < to && j < k+16 && r.tokens[j].stretch < 0; j++ {
			if r.tokens[j].kind == stop {
				break
			}
			if r.tokens[j].kind == comma {
				k = j + 1
				break
			}
		}
	}
	for last := min(to, k+16); k < last && r.tokens[k].kind == word && r.tokens[k].stretch < 0 && r.tokens[k].class&(auxiliary|modal|negation|adverb|temporal) != 0; {
		k++
	}
	return k
}
