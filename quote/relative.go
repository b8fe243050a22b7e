package quote

// This file keeps what a relative clause tells of the speaker apart from what the speaker says: “…,” said Berg, who has
// fished here for years.

// namesSpeakerBehind reports whether the verb of speech at k attributes the marks before it to a speaker who stands
// behind it: whatever follows in the sentence tells of the speaker.
func (r *reading) namesSpeakerBehind(k, first int32) bool {
	b := r.verbBegins(k, first)
	if b == first || r.subjectBehind(k) < 0 {
		return false
	}
	before := &r.tokens[b-1]
	if before.stretch < 0 { // „…“, sagte Berg
		return (before.kind == comma || before.kind == dash) && b-2 >= first && r.tokens[b-2].stretch >= 0
	}
	q := &r.quotes[before.stretch]
	for j := q.to - 1; j > q.from; j-- { // “…?” asked Berg
		if t := &r.tokens[j]; int(t.end) <= q.End {
			return t.kind == comma || t.kind == stop
		}
	}
	return false
}

// pastRelative returns the comma, or the end of the sentence, that puts an end to the relative clause which the comma at k
// opens; k if none does.
func (r *reading) pastRelative(k, to int32) int32 {
	if k+2 >= to || r.tokens[k].kind != comma || !r.opensRelative(k+1, to) {
		return k
	}
	for k++; k < to && r.tokens[k].kind != comma; k++ {
		if r.tokens[k].stretch >= 0 {
			return to
		}
	}
	return k
}

// endsWithSpeaker reports whether nothing follows the verb at k but its subject and a relative clause.
func (r *reading) endsWithSpeaker(k, to int32) bool {
	m := r.subjectBehind(k)
	if m < 0 || r.mentions[m].to >= to {
		return false
	}
	if r.tokens[to-1].kind == stop {
		to--
	}
	end := r.mentions[m].to
	return end >= to || r.pastRelative(end, to) == to
}

// isInRelative reports whether the verb at k has a relative pronoun right before it.
func (r *reading) isInRelative(k, first int32) bool {
	for k--; k > first && r.tokens[k].stretch < 0 && r.tokens[k].class&(auxiliary|adverb|negation|modal|temporal) != 0 && r.tokens[k].class&relative == 0; k-- {
	}
	return k >= first && r.tokens[k].stretch < 0 && r.tokens[k].class&relative != 0
}

// opensRelative reports whether, behind a name and a comma, a relative clause begins at k: "who", "whose", "in which". The
// relative pronouns that are articles as well begin one where no noun follows and no verb: "der seit Jahren fischt", but
// "der Plan sei gut", "das sei gut".
func (r *reading) opensRelative(k, to int32) bool {
	if k+1 < to && r.tokens[k].class&preposition != 0 && r.tokens[k].class&determiner == 0 {
		k++
	}
	if k+1 >= to {
		return false
	}
	t, next := &r.tokens[k], &r.tokens[k+1]
	switch {
	case t.class&relative != 0:
		return true
	case r.lex.gendered && !r.lex.capitalNouns:
		return t.class&complementizer != 0 // "que"
	case !r.lex.capitalNouns || t.class&definite == 0:
		return false
	}
	if next.class&reflexive != 0 {
		return true
	}
	return next.kind == word && !next.cap && next.class&(preposition|adverb|temporal|pronoun|negation|determiner) != 0 && next.class&(auxiliary|modal|speech) == 0
}
