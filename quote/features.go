package quote

// features appends what the ranker is told about mention m as the speaker of the quotation that s
// describes; prev is the mention that spoke the quotation before, or nobody. Each feature is a hash
// of its number and its values; but for the words, none depends on the language.
func (r *reading) features(out []uint32, s *setting, m, prev int32) []uint32 {
	quoted := &r.quotes[s.q]
	shape := uint32(s.before)<<16 | uint32(s.ending)<<8 | uint32(s.after)
	if m == nobody {
		return r.nobodyFeatures(out, s, prev, shape)
	}
	x := &r.mentions[m]
	c := candidate{reading: r, s: s, m: m, x: x, quoted: quoted, shape: shape, out: out, kind: r.kindOf(x)}
	c.after = x.from >= quoted.to
	c.place = r.placeOf(s, x, c.after)
	c.subj = b2u(s.subjectAfter == m)<<1 | b2u(s.subjectBefore == m)
	c.verb, c.gap, c.commas, c.between = r.verbAfter(x)
	c.rivals = r.rivals(s, m, c.after)
	c.standing()
	c.grammar()
	c.sequence(prev)
	c.person(prev)
	c.words()
	return c.out
}

// candidate is a mention that may be the speaker of a quotation, while its features are gathered.
type candidate struct {
	*reading
	s                    *setting
	m                    int32
	x                    *mention
	quoted               *quotation
	after                bool   // it stands behind the quotation
	shape, kind, place   uint32 // of the quotation's surroundings; of the mention; where it stands
	subj, rivals         uint32 // of which cue it is the subject; how many others could be, between
	verb                 int32  // the first verb of speech behind it
	gap, commas, between uint32 // tokens, commas and mentions up to that verb
	out                  []uint32
}

func (c *candidate) add(id, x, y, z uint32) { c.out = append(c.out, mix(id, x, y, z)) }

// standing is where the mention stands, and what lies between it and the quotation.
func (c *candidate) standing() {
	s, x, place, kind := c.s, c.x, c.place, c.kind
	lo, hi := x.to, c.quoted.from // the tokens between
	if c.after {
		lo, hi = c.quoted.to, x.from
	}
	path := c.pathOf(lo, hi, c.after)
	ends := uint32(s.ending)<<8 | uint32(s.after)
	c.add(1, place, kind, 0)
	c.add(2, place, path.hash, 0)
	c.add(3, place, path.hash, kind)
	c.add(4, place, path.head, uint32(s.ending))
	c.add(5, place, path.tail, kind)
	c.add(6, place, bucket(uint32(hi-lo)), kind)
	c.add(7, place, path.mentions, path.quotes)
	c.add(8, place, path.stops, path.quotes)
	c.add(9, c.shape, place, kind)
	c.add(10, ends, place, path.mentions)
	c.add(11, s.length, place, b2u(s.capital))
	before, after, after2 := c.around(x)
	c.add(12, before, kind, place)
	c.add(13, after, after2, place)
	c.add(14, before, after, kind)
	c.add(15, c.symAt(x.from-2, x), before, place)
	c.add(38, c.rivals, path.stops<<4|path.quotes, c.cues())
}

// cues tells on which sides of the quotation a verb of speech stands.
func (c *candidate) cues() uint32 { return b2u(c.s.cueAfter >= 0)<<1 | b2u(c.s.cueBefore >= 0) }

// grammar is how the mention stands to the verbs around it.
func (c *candidate) grammar() {
	s, x, place, kind, subj := c.s, c.x, c.place, c.kind, c.subj
	side := place<<1 | b2u(c.verb >= 0 && c.verb >= c.quoted.to)
	c.add(16, c.gap, c.commas<<4|c.between, side)
	c.add(17, c.gap, kind, c.commas)
	if c.verb >= 0 {
		c.add(18, uint32(c.symbol(c.verb)), c.gap, side)
		c.add(19, uint32(c.symbol(c.verb)), b2u(c.verb == s.cueAfter)<<1|b2u(c.verb == s.cueBefore), place)
	}
	c.add(20, c.verbBefore(x), kind, place)
	c.add(21, subj, b2u(s.subjectAfter >= 0)<<1|b2u(s.subjectBefore >= 0), place)
	c.add(22, subj, kind, uint32(s.ending)<<8|uint32(s.after))
	c.add(23, subj, bucketDistance(s.cueAfter-c.quoted.to), bucketDistance(c.quoted.from-s.cueBefore))
	if s.cueAfter >= 0 {
		c.add(24, subj, uint32(c.symbol(s.cueAfter)), uint32(s.after))
	}
	if s.cueBefore >= 0 {
		c.add(25, subj, uint32(c.symbol(s.cueBefore)), uint32(s.before))
	}
	chain := b2u(s.chain == c.m)<<1 | b2u(s.chain >= 0)
	c.add(52, chain, place, kind)
	c.add(53, chain, subj, c.shape)
	c.add(54, chain, uint32(s.before), uint32(s.after))
	if s.cueBeyond >= 0 {
		beyond := b2u(s.cueBeyond > c.quoted.to)<<1 | b2u(s.subjectBeyond >= 0)
		c.add(330, beyond, b2u(s.subjectBeyond == c.m), place)
		c.add(331, beyond, uint32(c.symbol(s.cueBeyond)), place)
		c.add(332, beyond, b2u(s.subjectBeyond == c.m), kind)
	}
	c.add(32, b2u(s.titled)<<4|s.length, subj, place)
	c.add(33, c.insideParentheses(x), place, kind)
	who := int(c.m)+1 < len(c.mentions) && c.mentions[c.m+1].class&relative != 0 && c.mentions[c.m+1].from <= x.to+2
	c.add(34, b2u(who), kind, place)
	c.add(36, b2u(x.speaker), subj, place)
	c.add(37, c.rivals, place, kind)
	predicate := c.predicate(x)
	c.add(39, c.symAt(predicate, x), bucketDistance(c.quoted.from-predicate), place)
}

// sequence is how the mention stands to those before it and to the speaker of the quotation before.
func (c *candidate) sequence(prev int32) {
	s, x, place, kind := c.s, c.x, c.place, c.kind
	same := c.sameAs(c.m, prev)
	distance := uint32(9)
	if prev >= 0 && s.q > 0 {
		distance = bucket(uint32(c.quoted.paragraph - c.quotes[s.q-1].paragraph))
	}
	c.add(26, same, distance, place)
	c.add(27, same, c.shape, distance)
	c.add(28, same, b2u(c.quoted.continues)<<1|b2u(s.whole), distance)
	c.add(29, same, kind, c.cues())
	p := c.tokens[x.from].paragraph
	first := c.m == 0 || c.mentions[c.m-1].from < c.first[p]
	firstInSentence := c.m == 0 || c.sentence[c.mentions[c.m-1].from] != c.sentence[x.from]
	c.add(30, b2u(first)<<1|b2u(firstInSentence), place, kind)
	last := int(c.m)+1 >= len(c.mentions) || c.mentions[c.m+1].from >= c.first[p+1]
	c.add(31, b2u(last)<<1|b2u(s.whole), place, kind)
	c.add(35, c.salience(x), place, kind)
}

// person is who the mention means: how much the article is about them, whether the quotation names them, how
// sure it is who they are.
func (c *candidate) person(prev int32) {
	s, x, place, kind := c.s, c.x, c.place, c.kind
	if x.entity < 0 {
		c.add(90, 9, kind, place)
		return
	}
	e := &c.entities[x.entity]
	named := b2u(c.names(s.q, e))
	prevails := c.prevalence(x.entity)
	who := uint32(e.kind)<<2 | b2u(e.person)<<1 | b2u(e.placed)
	before := uint32(2)
	if prev >= 0 {
		before = b2u(c.mentions[prev].entity == x.entity)
	}
	sure := uint32(x.sure * 4.99)
	c.add(90, named, place, c.subj)
	c.add(91, named, who, b2u(s.whole))
	c.add(92, prevails, place, before)
	c.add(93, prevails, b2u(s.whole)<<1|b2u(s.capital), c.cues())
	c.add(94, who, place, c.subj)
	c.add(95, sure, kind, place)
	c.add(96, who, s.voice, s.length)
	c.add(97, before, s.voice, place)
	c.add(98, c.language(), place, kind)
	spoke := bucket(uint32(e.spoke))
	c.add(325, spoke, place, c.subj)
	c.add(326, spoke, b2u(s.whole), kind)
	c.add(327, min(spoke, 2), prevails, place)
	c.add(317, s.announced, place, c.subj)
	if s.mood {
		c.add(322, before, place, kind)
		c.add(323, b2u(x.speaker), place, before)
		c.add(324, b2u(c.isSubject(c.m)), place, c.cues())
	}
	c.add(318, b2u(s.bare), place, who)
	c.add(319, b2u(s.titled), s.announced, c.subj)
	if s.dropped {
		c.add(300, before, place, kind)
		c.add(301, b2u(c.isSubject(c.m)), place, b2u(x.speaker))
		c.add(302, prevails, place, b2u(c.isSubject(c.m)))
	}
	c.add(99, c.language(), c.subj, c.shape)
}

// language tells the article's language, for what only its own articles can teach.
func (r *reading) language() uint32 { return hash(r.lex.language) }

// words are the words themselves, by their hashes.
func (c *candidate) words() {
	s, x, place, subj := c.s, c.x, c.place, c.subj
	predicate := c.predicate(x)
	c.add(47, c.wordHash(predicate, x), place, bucketDistance(c.quoted.from-predicate))
	c.add(48, c.wordHash(predicate, x), place, 0)
	if s.lastBefore > c.first[c.quoted.paragraph] {
		last, second := hash(c.word(s.lastBefore)), hash(c.word(s.lastBefore-1))
		c.add(49, last, second, subj)
		c.add(50, last, c.rivals, place)
		c.add(51, second, c.rivals, place)
	}
	c.add(40, c.wordHash(x.to, x), place, 0)
	c.add(41, c.wordHash(x.from-1, x), place, 0)
	if c.verb >= 0 {
		c.add(42, hash(c.word(c.verb)), c.gap, place)
	}
	if s.cueAfter >= 0 {
		c.add(43, hash(c.word(s.cueAfter)), subj, uint32(s.after))
	}
	if s.cueBefore >= 0 {
		c.add(44, hash(c.word(s.cueBefore)), subj, uint32(s.before))
	}
	if s.lastBefore >= 0 {
		c.add(45, hash(c.word(s.lastBefore)), subj, 0)
	}
	c.add(46, c.wordHash(x.head, nil), place, c.kind)
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
	if s.cueBeyond >= 0 {
		beyond := b2u(s.cueBeyond > quoted.to)<<1 | b2u(s.subjectBeyond >= 0)
		add(333, beyond, s.length, b2u(s.titled))
		add(334, beyond, uint32(r.symbol(s.cueBeyond)), uint32(s.before))
		add(335, beyond, b2u(prev >= 0), s.repeated)
	}
	if s.cueBefore >= 0 && r.isPassive(s.cueBefore) { // "is called “…”", and whether by anybody
		agent := b2u(r.agentOf(s.cueBefore) >= 0)
		add(336, agent, bucketDistance(quoted.from-s.cueBefore), b2u(s.titled))
		add(337, agent, s.length, uint32(r.symbol(s.cueBefore)))
	}
	if int(quoted.to)+1 < len(r.tokens) && s.after == '(' { // “The Bells” (2019)
		add(338, uint32(r.symbol(quoted.to+1)), b2u(s.titled), s.length)
	}
	if r.isListed(s) {
		add(339, b2u(s.titled), b2u(s.capital), s.length)
	}
	add(73, b2u(s.chain >= 0), shape, s.length)
	add(74, b2u(s.chain >= 0), b2u(s.titled), b2u(s.capital))
	add(72, uint32(len(r.article.Paragraphs[quoted.paragraph].Kind)), shape, s.length)
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
	add(86, s.voice, s.length, cue)
	add(87, s.voice, shape, 0)
	add(88, s.repeated, s.length, b2u(s.titled))
	add(89, s.repeated, cue, s.voice)
	add(75, r.language(), s.length, cue)
	add(76, s.first, s.last, s.length)
	add(310, s.announced, s.length, b2u(s.titled))
	add(311, s.announced, cue, subj)
	add(312, b2u(s.bare), shape, s.length)
	if s.mood {
		add(320, cue, s.length, subj)
		add(321, b2u(prev >= 0), b2u(s.titled), 0)
	}
	add(313, b2u(s.bare), b2u(s.titled), b2u(s.whole))
	add(314, b2u(s.titled), s.repeated, s.announced)
	add(315, b2u(s.titled), cue, s.length)
	add(77, s.first, uint32(s.before), cue)
	return out
}

// isListed reports whether the quotation's paragraph is but a name and it, as in lists of works: "Ann Berg, “The Bells”".
func (r *reading) isListed(s *setting) bool {
	q := &r.quotes[s.q]
	from, to := r.first[q.paragraph], r.first[q.paragraph+1]
	if q.from == from || to-q.to > 1 || r.tokens[q.from-1].kind != comma && r.tokens[q.from-1].kind != dash {
		return false
	}
	m := r.mentionFrom(from)
	return int(m) < len(r.mentions) && r.mentions[m].from == from && r.mentions[m].to == q.from-1
}

// kindOf tells a mention's kind with what its words show: the case and number of a pronoun, whether
// a name is full, titled or possessive.
func (r *reading) kindOf(x *mention) uint32 {
	k := uint32(x.kind)
	switch x.kind {
	case pronominal:
		k |= uint32(x.class/subject&7)<<4 | b2u(x.class&first != 0)<<7 | b2u(x.class&plural != 0)<<8 | b2u(x.class&neutral != 0)<<9 | b2u(x.class&relative != 0)<<14
	case named:
		k |= b2u(x.nameTo-x.nameFrom > 1)<<4 | b2u(x.nameFrom > x.from)<<5
	}
	if r.possesses(x) {
		k |= 1 << 15
	}
	return k
}

// placeOf tells where the mention stands from the quotation: side, paragraphs and sentences away.
func (r *reading) placeOf(s *setting, x *mention, after bool) uint32 {
	quoted := &r.quotes[s.q]
	const far, inside = 4, 12
	if x.from > quoted.from && x.to < quoted.to {
		return inside
	}
	if p := r.tokens[x.from].paragraph - int32(quoted.paragraph); p != 0 {
		return 16 + uint32(min(max(p, -far), far)+far)
	}
	var d int32
	if after {
		d = r.sentence[x.from] - r.sentence[quoted.to-1]
	} else {
		d = r.sentence[quoted.from] - r.sentence[x.from]
	}
	return b2u(after)<<2 | uint32(min(d, 3))
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
