package quote

import (
	"math"
	"slices"
	"strings"

	"newsdesk/quote/name"
)

// This file finds who a pronoun or a description ("the senator") means: the person of the right
// gender, number and role that the text had most in view there.

// view is how much an entity is in view at a place of the text, for one earlier mention of it.
type view struct {
	mention, entity int32
	score           float32
}

// certain is the margin of what grammar binds, not what is in view.
const certain = 4

// resolve gives every pronoun and description its entity, in the order of the text, so that a pronoun
// found keeps its person in view for the next.
func (r *reading) resolve() {
	for i := range int32(len(r.mentions)) {
		m := &r.mentions[i]
		if m.entity >= 0 {
			continue
		}
		if m.kind == pronominal {
			r.resolvePronoun(i)
			continue
		}
		if x := r.apposed(i); x >= 0 {
			m.entity, m.sure = r.mentions[x].entity, certain
			continue
		}
		if m.kind == described && !r.isNew(m) && r.definite(m) {
			r.resolveDescription(i)
		}
		if m.kind != described && r.definite(m) {
			r.resolveBody(i)
		}
		if m.entity < 0 {
			r.introduce(i)
		}
	}
}

// resolvePronoun gives mention i, a pronoun, whom it means. First and second persons mean whoever speaks
// or listens, whom the text need not name.
func (r *reading) resolvePronoun(i int32) {
	m := &r.mentions[i]
	switch {
	case m.class&relative != 0:
		if i > 0 && r.mentions[i-1].to >= m.from-2 && r.sentence[r.mentions[i-1].from] == r.sentence[m.from] {
			m.entity, m.sure = r.mentions[i-1].entity, max(r.mentions[i-1].sure, certain)
		}
	case m.class&(male|female) != 0:
		r.bind(i, func(e *entity) (float32, bool) { return fitsPronoun(e, m.class&(male|female)) })
	case m.class&plural != 0 && m.class&first == 0:
		r.bind(i, func(e *entity) (float32, bool) {
			return 0, e.kind == several || e.kind == organisation
		})
	case m.class&neutral != 0:
		r.bind(i, func(e *entity) (float32, bool) {
			return 0, e.kind == organisation || e.kind == document || e.kind == place
		})
	}
}

// fitsPronoun reports whether "he" or "she" can mean the entity, and how much speaks against it.
func fitsPronoun(e *entity, gender class) (float32, bool) {
	if e.kind != named && e.kind != described || e.gender != 0 && e.gender != gender {
		return 0, false
	}
	s := float32(0)
	if e.gender == 0 {
		s -= 1.2
	}
	if !e.person || e.placed {
		s -= 1.3
	}
	if e.kind == described {
		s -= 0.4
	}
	return s, true
}

// resolveDescription gives mention i, a definite description, the person whom the text called by its role.
func (r *reading) resolveDescription(i int32) {
	head := r.word(r.mentions[i].head)
	h, g := roleHash(head), genderOf(head)
	r.bind(i, func(e *entity) (float32, bool) {
		if e.kind != named || g != 0 && e.gender != 0 && e.gender != g {
			return 0, false
		}
		return 0, slices.Contains(e.roles, h)
	})
}

// resolveBody gives mention i, "the federation" or "the report", the body whose name ends so ("The
// Anglers' Federation").
func (r *reading) resolveBody(i int32) {
	head := r.word(r.mentions[i].head)
	r.bind(i, func(e *entity) (float32, bool) {
		return 0, e.kind == organisation && len(e.full) > 1 && strings.EqualFold(e.full[len(e.full)-1], head)
	})
}

// apposed returns the named mention that mention i stands in apposition to ("Ann Berg, a lawyer,"), or -1.
func (r *reading) apposed(i int32) int32 {
	m := &r.mentions[i]
	if int(i)+1 < len(r.mentions) && m.kind == described { // "its owner, Ann Berg, said"
		n := &r.mentions[i+1]
		if n.kind == named && n.from == m.to+1 && r.tokens[m.to].kind == comma && r.tokens[m.from].paragraph == r.tokens[n.from].paragraph && r.endsApposition(n.to) {
			return i + 1
		}
	}
	if i == 0 {
		return -1
	}
	x := &r.mentions[i-1]
	if x.kind == named && x.to+1 == m.from && r.tokens[x.to].kind == comma && r.tokens[m.from].paragraph == r.tokens[x.from].paragraph {
		return i - 1
	}
	return -1
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

// isNew reports whether a description brings in somebody new: "a lawyer", "his father".
func (r *reading) isNew(m *mention) bool {
	t := &r.tokens[m.from]
	if t.class&indefinite != 0 {
		return true
	}
	return t.class&possessive != 0 || m.from+1 < m.to && r.tokens[m.from+1].kind == genitive
}

// introduce makes an entity of a description that has no name.
func (r *reading) introduce(i int32) {
	m := &r.mentions[i]
	h := roleHash(r.word(m.head))
	m.entity = int32(len(r.entities))
	r.entities = append(r.entities, entity{
		text: r.text[r.tokens[m.from].start:r.tokens[m.to-1].end], kind: m.kind, gender: genderOf(r.word(m.head)),
		person: m.kind == described, roles: []uint32{h}, count: 1, last: i,
	})
}

func genderOf(word string) class {
	switch name.TitleGender(word) {
	case name.Female:
		return female
	case name.Male:
		return male
	}
	return 0
}

// definite reports whether a description points back: "the senator", not "a senator", and no longer
// than to say nothing new ("the senator from Ohio" may be another).
func (r *reading) definite(m *mention) bool {
	t := &r.tokens[m.from]
	if t.class&determiner == 0 {
		return m.to-m.from <= 3 && t.cap && r.tokens[m.head].class&title != 0 && r.tokens[m.head].cap
	}
	return t.class&definite != 0 && m.to-m.from <= 5
}

// bind gives mention i the entity most in view among those that fit allows; fit may add to the score.
func (r *reading) bind(i int32, fit func(*entity) (float32, bool)) {
	m := &r.mentions[i]
	var best, second view
	best.entity, second.entity = -1, -1
	best.score, second.score = -1e9, -1e9
	for j, n := i-1, 0; j >= 0 && n < 80; j, n = j-1, n+1 {
		x := &r.mentions[j]
		if x.entity < 0 || r.tokens[m.from].paragraph-r.tokens[x.from].paragraph > 6 {
			continue
		}
		bonus, ok := fit(&r.entities[x.entity])
		if !ok {
			continue
		}
		v := view{mention: j, entity: x.entity, score: bonus + r.prominence(i, j)}
		switch {
		case v.entity == best.entity:
			best.score = max(best.score, v.score) + 0.15
		case v.score > best.score:
			best, second = v, best
		case v.score > second.score:
			second = v
		}
	}
	if best.entity < 0 {
		return
	}
	m.entity = best.entity
	m.sure = best.score - max(second.score, -4)
	r.entities[best.entity].last = i
}

// prominence says how much in view the earlier mention j is at mention i.
func (r *reading) prominence(i, j int32) float32 {
	m, x := &r.mentions[i], &r.mentions[j]
	s := float32(0)
	d := r.sentence[m.from] - r.sentence[x.from]
	s -= 0.55 * float32(min(d, 12))
	p := r.tokens[m.from].paragraph - r.tokens[x.from].paragraph
	s -= 0.25 * float32(p)
	if r.isSubject(j) {
		s += 1.1
	} else if x.from > 0 && r.tokens[x.from-1].class&preposition != 0 {
		s -= 0.3
	}
	if int(x.to) < len(r.tokens) && r.tokens[x.to].kind == genitive {
		s -= 0.35
	}
	if x.kind == pronominal {
		s += 0.2
	}
	if x.speaker {
		s += 0.9
	}
	return s + 0.2*float32(math.Log2(float64(1+r.entities[x.entity].count)))
}

// isSubject reports whether a mention stands where the subject of its sentence does: the first one
// of it that no preposition governs, or right before a verb of speech or an auxiliary.
func (r *reading) isSubject(j int32) bool {
	x := &r.mentions[j]
	if x.class&pronoun != 0 && x.class&subject != 0 {
		return true
	}
	if x.class&pronoun != 0 || int(x.to) < len(r.tokens) && r.tokens[x.to].kind == genitive {
		return false
	}
	if before, after, _ := r.around(x); before == 'p' {
		return false
	} else if after == 'G' {
		return true
	}
	if k := x.to; int(k) < len(r.tokens) && r.tokens[k].stretch < 0 && r.tokens[k].class&(speech|auxiliary|modal) != 0 {
		return true
	}
	if k := x.from - 1; k >= 0 && r.speaks(k) {
		return true
	}
	return j == 0 || r.sentence[r.mentions[j-1].from] != r.sentence[x.from]
}
