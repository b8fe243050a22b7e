package quote

// This file asks, of every cue of reported speech, which mention is the one who speaks.

// sources appends the mentions that may be whom the cue at token k names, nobody first: those of its
// sentence, and the last of the sentence before.
func (r *reading) sources(out []int32, k int32) []int32 {
	out = append(out, nobody)
	p := r.tokens[k].paragraph
	lo, hi := r.mentionsOf(p)
	for m := max(lo, r.mentionFrom(k-49)); m < min(hi, r.mentionFrom(k+12)); m++ {
		if d := r.sentence[k] - r.sentence[r.mentions[m].from]; d == 0 || d == 1 {
			out = append(out, m)
		}
	}
	if len(out) > 20 {
		out = append(out[:1], out[len(out)-19:]...)
	}
	return out
}

// sourceFeatures appends what the ranker is told of mention m as the source of the cue at k; subj is
// the mention that a few rules take for it.
func (r *reading) sourceFeatures(out []uint32, k, m, subj int32) []uint32 {
	add := func(id, a, b, c uint32) { out = append(out, mix(id, a, b, c)) }
	sym := uint32(r.symbol(k))
	english := r.lex.language == "en"
	before, after := uint32('^'), uint32('$')
	if k > 0 {
		before = uint32(r.symbol(k - 1))
	}
	if int(k)+1 < len(r.tokens) {
		after = uint32(r.symbol(k + 1))
	}
	if m == nobody {
		add(120, sym, before, after)
		add(121, b2u(subj >= 0), sym, before)
		if english {
			add(122, hash(r.word(k)), b2u(subj >= 0), 0)
		}
		return out
	}
	x := &r.mentions[m]
	kind := r.kindOf(x)
	behind := x.from > k
	lo, hi := x.to, k
	if behind {
		lo, hi = k+1, x.from
	}
	place := b2u(behind)<<2 | uint32(min(r.sentence[k]-r.sentence[x.from], 3))
	path := r.pathOf(lo, hi, behind)
	chosen := b2u(m == subj)<<1 | b2u(subj >= 0)
	add(123, chosen, place, kind)
	add(124, chosen, sym, before)
	add(125, path.hash, place, kind)
	add(126, path.hash, place, sym)
	add(127, path.head, place, sym)
	add(128, path.tail, place, kind)
	add(129, path.mentions, place, kind)
	add(130, bucket(uint32(hi-lo)), place, sym)
	beforeSym, afterSym, after2 := r.around(x)
	add(131, beforeSym, kind, place)
	add(132, afterSym, after2, place)
	add(133, before, after, place)
	pred := r.predicate(x)
	add(134, b2u(pred == k), bucketDistance(k-pred), kind)
	add(135, b2u(r.isSubject(m)), path.mentions, place)
	who := int(m)+1 < len(r.mentions) && r.mentions[m+1].class&relative != 0 && r.mentions[m+1].from <= x.to+2
	add(136, b2u(who), place, path.mentions)
	if english {
		add(137, hash(r.word(k)), place, chosen)
		add(138, r.wordHash(x.head, nil), place, kind)
		add(139, r.wordHash(x.from-1, x), place, chosen)
	}
	return out
}
