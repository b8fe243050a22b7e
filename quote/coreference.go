package quote

import (
	"strings"

	"newsdesk/quote/name"
)

// entity is one person or body of an article, with all that the article calls it by.
type entity struct {
	full   []string // the fullest name so far, without titles
	kind   mentionKind
	gender class    // male, female, or 0 if nothing tells
	sure   bool     // the gender comes from a title or a role, not from the given name
	roles  []uint32 // hashes of the roles it was given: "senator"
	count  int32
	last   int32 // its latest mention
}

// name is the entity's fullest name, as one string.
func (e *entity) name() string { return strings.Join(e.full, " ") }

// findEntities gives every named mention its entity, in the order of the text.
func (r *reading) findEntities() {
	byLast := map[string][]int32{}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.kind != named && m.kind != organisation && m.kind != place {
			continue
		}
		words := r.nameWords(m)
		if len(words) == 0 {
			continue
		}
		e := r.knownEntity(words, m, byLast)
		if e < 0 {
			e = int32(len(r.entities))
			r.entities = append(r.entities, entity{full: words, kind: m.kind, last: -1})
			for _, w := range words {
				byLast[w] = append(byLast[w], e)
			}
		}
		x := &r.entities[e]
		if len(words) > len(x.full) {
			for _, w := range words {
				if !contains(x.full, w) {
					byLast[w] = append(byLast[w], e)
				}
			}
			x.full = words
		}
		m.entity = e
		x.count++
		x.last = int32(i)
		r.learnGender(x, m)
		r.learnRoles(x, i)
	}
	for i := range r.entities { // where no title told, the given name does
		e := &r.entities[i]
		if e.gender == 0 && e.kind == named {
			e.gender = givenGender(e.full)
		}
	}
}

// nameWords returns the words of a mention's name, without the stop of an initial.
func (r *reading) nameWords(m *mention) []string {
	out := make([]string, 0, m.nameTo-m.nameFrom)
	for k := m.nameFrom; k < m.nameTo; k++ {
		if t := &r.tokens[k]; t.kind == word {
			out = append(out, r.word(k))
		}
	}
	return out
}

// knownEntity returns the entity that the words name, or -1 for a new one.
func (r *reading) knownEntity(words []string, m *mention, byWord map[string][]int32) int32 {
	last := words[len(words)-1]
	if isSuffix(last) && len(words) > 1 {
		last = words[len(words)-2]
	}
	best := int32(-1)
	for _, e := range byWord[last] {
		x := &r.entities[e]
		if !compatible(x, words, m, r) {
			continue
		}
		if best < 0 || r.entities[e].last > r.entities[best].last {
			best = e
		}
	}
	return best
}

// compatible reports whether the words may name the entity.
func compatible(x *entity, words []string, m *mention, r *reading) bool {
	if g := r.titleGender(m); g != 0 && x.gender != 0 && x.sure && g != x.gender {
		return false
	} else if g != 0 && !x.sure {
		if own := givenGender(x.full); own != 0 && own != g {
			return false
		}
	}
	if len(words) == 1 {
		w := words[0]
		return w == familyName(x.full) || w == x.full[0] && (len(x.full) == 1 || isGivenName(w)) || x.kind != named && contains(x.full, w) && len(w) > 3
	}
	if len(x.full) == 1 {
		return x.full[0] == familyName(words) || x.full[0] == words[0] && isGivenName(words[0])
	}
	if isSuffix(words[len(words)-1]) != isSuffix(x.full[len(x.full)-1]) {
		return false
	}
	a, b := x.full[0], words[0]
	return familyName(x.full) == familyName(words) && (a == b || name.Same(a+" "+familyName(words), b+" "+familyName(words)))
}

func contains(words []string, w string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}

// familyName is the last word of a name that is no "Jr.".
func familyName(words []string) string {
	last := words[len(words)-1]
	if isSuffix(last) && len(words) > 1 {
		return words[len(words)-2]
	}
	return last
}

func isGivenName(w string) bool { return name.IsGiven(w) }

// givenGender is the gender that a full name's first word shows, or 0.
func givenGender(words []string) class {
	if len(words) < 2 {
		return 0
	}
	switch name.GivenGender(words[0]) {
	case name.Female:
		return female
	case name.Male:
		return male
	}
	return 0
}

// titleGender is the gender that the titles and roles before a name show, or 0.
func (r *reading) titleGender(m *mention) class {
	for k := m.from; k < m.nameFrom; k++ {
		if r.tokens[k].class&(title|role) == 0 {
			continue
		}
		switch name.TitleGender(r.word(k)) {
		case name.Female:
			return female
		case name.Male:
			return male
		}
	}
	return 0
}

func (r *reading) learnGender(x *entity, m *mention) {
	if g := r.titleGender(m); g != 0 && !x.sure {
		x.gender, x.sure = g, true
	}
}

// learnRoles notes what the mention's titles, roles and apposition say that the entity is.
func (r *reading) learnRoles(x *entity, i int) {
	m := &r.mentions[i]
	for k := m.from; k < m.nameFrom; k++ {
		if r.tokens[k].class&(role|title) != 0 {
			x.addRole(roleHash(r.word(k)))
		}
	}
	// "Mark Rutte, the alliance's secretary-general," and "Rutte, a former prime minister"
	to := r.first[r.tokens[m.from].paragraph+1]
	if m.to+1 < to && r.tokens[m.to].kind == comma && i+1 < len(r.mentions) {
		next := &r.mentions[i+1]
		if next.kind == described && next.from <= m.to+4 && r.sentence[next.from] == r.sentence[m.from] {
			x.addRole(roleHash(r.word(next.head)))
			if g := name.TitleGender(r.word(next.head)); g != name.Unknown && !x.sure {
				x.gender, x.sure = male, true
				if g == name.Female {
					x.gender = female
				}
			}
		}
	}
}

func (x *entity) addRole(h uint32) {
	for _, o := range x.roles {
		if o == h {
			return
		}
	}
	if len(x.roles) < 12 {
		x.roles = append(x.roles, h)
	}
}

// shortRoles are the written-out forms of abbreviated titles.
var shortRoles = map[string]string{"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "pres": "president", "prof": "professor", "dr": "doctor",
	"sens": "senator", "reps": "representative", "congressman": "representative", "congresswoman": "representative", "lawmaker": "representative", "rev": "reverend", "lt": "lieutenant", "sgt": "sergeant", "col": "colonel", "capt": "captain",
	"chairwoman": "chairman", "chair": "chairman", "chairperson": "chairman", "spokeswoman": "spokesman", "spokesperson": "spokesman", "attorney": "lawyer", "frontrunner": "candidate", "front-runner": "candidate", "nominee": "candidate", "contender": "candidate", "mogul": "businessman"}

// roleHash is a role's hash, the same for its short and long forms.
func roleHash(w string) uint32 {
	w = strings.TrimSuffix(strings.ToLower(w), ".")
	if long, ok := shortRoles[w]; ok {
		w = long
	}
	return hash(w)
}
