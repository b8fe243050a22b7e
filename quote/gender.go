package quote

import "newsdesk/quote/name"

// This file finds the gender of those whom an article names: by titles and roles, by given names, by the pronouns that
// stand behind a name.

// givenGender is the gender that a full name's first word shows, or 0.
func givenGender(words []string) class {
	if len(words) < 2 {
		return 0
	}
	return classOf(name.GivenGender(words[0]))
}

// titleGender is the gender that the titles and roles before a name show, or 0.
func (r *reading) titleGender(m *mention) class {
	for k := m.from; k < m.nameFrom; k++ {
		if r.tokens[k].class&(title|role) == 0 {
			continue
		}
		if g := genderOf(r.word(k)); g != 0 {
			return g
		}
	}
	return 0
}

// genderOf is the gender that a title or a role tells of its bearer, or 0.
func genderOf(word string) class { return classOf(name.TitleGender(word)) }

func classOf(g name.Gender) class {
	switch g {
	case name.Female:
		return female
	case name.Male:
		return male
	}
	return 0
}

// learnFromPronouns lets the pronouns behind a person's names tell the gender that no title and no given name told,
// or overrule them where they all say otherwise ("RuPaul, a drag queen, … he").
func (r *reading) learnFromPronouns() {
	type tally struct{ male, female int }
	said := make([]tally, len(r.entities))
	last, alone := int32(-1), false // the name nearest before; nobody else is named in its sentence
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.kind == named && m.entity >= 0 && !r.entities[m.entity].placed {
			alone = last < 0 || r.mentions[last].entity == m.entity || r.sentence[r.mentions[last].from] != r.sentence[m.from]
			last = int32(i)
			continue
		}
		if m.kind != pronominal || !alone || r.sentence[m.from]-r.sentence[r.mentions[last].from] > 1 || m.class&plural != 0 {
			continue
		}
		t := &said[r.mentions[last].entity]
		switch m.class & (male | female) {
		case male:
			t.male++
		case female:
			t.female++
		}
	}
	const enough, many = 2, 5
	for i := range r.entities {
		e, t := &r.entities[i], said[i]
		if e.kind != named {
			continue
		}
		g, most, least := male, t.male, t.female
		if t.female > t.male {
			g, most, least = female, t.female, t.male
		}
		switch {
		case e.gender == 0 && most >= enough && most >= 3*least:
			e.gender = g
		case e.gender != g && givenGender(e.full) == 0 && most >= many && most >= 4*least:
			e.gender, e.sure = g, false
		}
	}
}

// genderBehind is the gender of the first pronoun behind mention i in its sentence, or 0: of two people of one surname the
// article means her whom it goes on to call "she".
func (r *reading) genderBehind(i int32) class {
	for j := int(i) + 1; j < len(r.mentions); j++ {
		x := &r.mentions[j]
		if r.sentence[x.from] != r.sentence[r.mentions[i].from] || x.kind == named {
			return 0
		}
		if g := x.class & (male | female); x.kind == pronominal && g != 0 && g != male|female && x.class&plural == 0 {
			return g
		}
	}
	return 0
}
