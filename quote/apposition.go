package quote

// This file finds the name that a description stands in apposition to: "Ann Berg, a lawyer,", "the ambassador to
// the Netherlands, Ann Berg, said".

// apposed returns the named mention that mention i stands in apposition to ("Ann Berg, a lawyer,"), or -1.
func (r *reading) apposed(i int32) int32 {
	m := &r.mentions[i]
	if m.kind == pronominal {
		return -1
	}
	if x := r.calledByName(i); x >= 0 {
		return x
	}
	if int(i)+1 < len(r.mentions) { // "its owner, Ann Berg, said", "marketing manager at Ocean Ann Berg"
		n := &r.mentions[i+1]
		beside := r.tokens[m.from].paragraph == r.tokens[n.from].paragraph && n.kind == named && m.kind == described
		if beside && (n.from == m.to && r.isPerson(n) || n.from == m.to+1 && r.tokens[m.to].kind == comma && r.endsApposition(n.to)) {
			return i + 1
		}
		bare := m.from == m.head && n.from+1 == n.nameFrom && r.lex.gendered || !r.lex.gendered && r.tokens[m.from].class&(determiner|possessive) == 0 && r.tokens[m.head].class&role != 0
		if beside && n.from == m.to+1 && r.tokens[m.to].class&coordinator != 0 && n.nameFrom > n.from && bare {
			return i + 1 // "Endokrinologe und Ernährungsmediziner Jan Berg"
		}
		if n := r.namedBehind(i); n >= 0 {
			return n
		}
	}
	if i == 0 {
		return -1
	}
	x := &r.mentions[i-1]
	if !r.mayEndApposition(m.to) || r.opensClause(x, m) {
		return -1
	}
	if (x.kind == named || x.kind == organisation && m.kind != described) && x.to+1 == m.from && r.tokens[x.to].kind == comma && r.tokens[m.from].paragraph == r.tokens[x.from].paragraph {
		return i - 1
	}
	return -1
}

// opensClause reports whether, behind a comma, description m is the subject of the clause that a name behind a preposition
// leads to: "Before the World Court, the delegation said".
func (r *reading) opensClause(x, m *mention) bool {
	if x.from == 0 || int(m.to) >= len(r.tokens) || r.tokens[x.from-1].class&preposition == 0 || r.tokens[x.from-1].stretch >= 0 {
		return false
	}
	t := &r.tokens[m.to]
	return t.stretch < 0 && t.kind == word && t.class&(auxiliary|modal|speech) != 0 && t.class&(participle|preposition) == 0
}

// mayEndApposition reports whether a description before token k may stand in apposition to the name before it. What English
// may have behind one is not looked at; in other languages a verb shows a clause of its own: "Además de Berg, la jueza cita …".
func (r *reading) mayEndApposition(k int32) bool {
	if !r.lex.gendered || int(k) >= len(r.tokens) || r.tokens[k].stretch >= 0 {
		return true
	}
	t := &r.tokens[k]
	return t.kind != word || t.class&(preposition|relative|coordinator) != 0
}

// namedBehind returns the name in apposition to description i and to what it is of: "the ambassador to the
// Netherlands, Ann Berg, said"; -1 if there is none.
func (r *reading) namedBehind(i int32) int32 {
	m := &r.mentions[i]
	const near = 9
	to := min(m.to+near, r.first[r.tokens[m.from].paragraph+1])
	k := m.to
	if m.kind != described || k >= to || r.tokens[k].class&preposition == 0 && !(r.lex.gendered && r.tokens[k].class&coordinator != 0) {
		return -1
	}
	for k < to && r.tokens[k].kind == word && r.tokens[k].stretch < 0 && r.tokens[k].class&(speech|auxiliary|modal|relative|pronoun|temporal) == 0 {
		k++
	}
	if k >= to || r.tokens[k].kind != comma {
		return -1
	}
	for j := i + 1; int(j) < len(r.mentions) && r.mentions[j].from <= k+1; j++ {
		if n := &r.mentions[j]; n.from == k+1 && n.kind == named && r.isPerson(n) && r.endsApposition(n.to) {
			return j
		}
	}
	return -1
}

// calledByName returns the name by which description i goes on to call whom it describes ("a woman named Raven", "the performer known
// as Raven"), if need be in a second description ("her assistant, a woman named Raven,"); -1 if it does not.
func (r *reading) calledByName(i int32) int32 {
	m := &r.mentions[i]
	if m.kind != described || int(i)+1 >= len(r.mentions) {
		return -1
	}
	n, k, to := &r.mentions[i+1], m.to, r.first[r.tokens[m.from].paragraph+1]
	if n.kind == described && n.from == k+1 && k < to && r.tokens[k].kind == comma && r.tokens[n.from].class&indefinite != 0 {
		return r.calledByName(i + 1)
	}
	if k >= to || r.tokens[k].class&callsByName == 0 || r.tokens[k].stretch >= 0 {
		return -1
	}
	if k++; k < to && r.tokens[k].kind == word && !r.tokens[k].cap {
		k++ // "as", "como", "sous le nom de" is not looked for
	}
	if n.from == k && n.kind == named {
		return i + 1
	}
	return -1
}

// isPerson reports whether the named mention shows that it is a person: it begins with a given name and
// has another.
func (r *reading) isPerson(m *mention) bool {
	return m.nameTo-m.nameFrom > 1 && r.isGiven(m.nameFrom)
}

// endsApposition reports whether an apposition may end before token k.
func (r *reading) endsApposition(k int32) bool {
	if int(k) >= len(r.tokens) || r.tokens[k].stretch >= 0 {
		return true
	}
	switch r.tokens[k].kind {
	case comma, stop, dash, colon, semicolon, open:
		return true
	}
	return r.tokens[k].class&speech != 0
}
