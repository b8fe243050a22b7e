package quote

// This file finds the attribution that French and Spanish set inside the marks: « Nous partons, explique Anne
// Berg. Demain. » Its words are the author's, so they are read as such; the quotation goes on around them.

// longestIncise is how many tokens an attribution inside the marks has at most.
const longestIncise = 25

// openIncises takes the attributions inside quotation q out of what is said: their tokens belong to no stretch,
// and the quotation notes the verb of the first.
func (r *reading) openIncises(q *quotation) {
	if !r.lex.incises {
		return
	}
	for k := q.from + 2; k < q.to-1; k++ {
		if t := &r.tokens[k]; t.kind != comma && t.kind != dash {
			continue
		}
		verb, end := r.inciseAt(k+1, q.to)
		if end == 0 {
			continue
		}
		for j := k + 1; j < end; j++ {
			r.tokens[j].stretch = -1
		}
		if q.incise == 0 {
			q.incise = verb
		}
		k = end
	}
}

// inciseAt returns the verb of the attribution that begins at token from and where it ends; 0, 0 if none does.
// Its verb of speech comes first, but for auxiliaries and clitics, and the subject stands behind it or, a
// pronoun, before.
func (r *reading) inciseAt(from, to int32) (verb, end int32) {
	verb = from
	inverted := false
	for verb < to && verb < from+4 && r.tokens[verb].kind == word && r.tokens[verb].class&speech == 0 {
		c := r.tokens[verb].class
		if c&(auxiliary|pronoun|negation) == 0 {
			return 0, 0
		}
		inverted = inverted || verb > from && c&pronoun != 0 && c&subject != 0
		verb++
	}
	if verb >= to || r.tokens[verb].kind != word || r.tokens[verb].class&speech == 0 || r.tokens[verb].class&participle != 0 || r.tokens[verb].cap {
		return 0, 0
	}
	next := &r.tokens[min(verb+1, to-1)]
	dashed := r.tokens[from-1].kind == dash
	switch {
	case inverted, next.kind == word && (next.cap || next.class&determiner != 0 || next.class&(title|role) != 0 || next.class&pronoun != 0 && next.class&subject != 0):
	case dashed && next.kind == dash: // —explica—
	default:
		return 0, 0
	}
	for end = verb + 1; end < to && end < from+longestIncise; end++ {
		switch r.tokens[end].kind {
		case comma, stop, dash:
			return verb, end
		}
	}
	if end >= to-1 {
		return verb, to - 1
	}
	return 0, 0
}
