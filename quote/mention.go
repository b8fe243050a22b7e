package quote

import "newsdesk/quote/name"

// mention is words outside any marks that name somebody or something that could have spoken.
type mention struct {
	from, to         int32 // tokens[from:to], titles, roles and determiner included
	nameFrom, nameTo int32 // of a named mention, the name without titles
	head             int32 // the token that decides number and gender
	kind             mentionKind
	class            class   // of the head
	entity           int32   // who is meant, as far as known; see coreference.go
	sure             float32 // the probability that it is they; see anaphor.go
	steady           float32 // of a pronoun: how far that can be trusted; see confidence.go
	way              Way     // how it was found who is meant, "" for names; see why.go
	via              int32   // by which other mention
	gender           class   // what its head tells of the gender, as far as that was asked; see agrees
	gendered         bool    // it was asked
	speaker          bool    // a verb of speech has it as its subject
}

type mentionKind uint8

const (
	named        mentionKind = iota // a person by name, or what may be one
	organisation                    // a named body: "the White House"
	place                           // "Washington"
	pronominal
	described // "a spokesman"
	several   // "officials"
	document  // "the report"
	unknown   // some noun phrase beside a verb of speech
)

// findMentions finds the mentions outside of marks, in the order of the text.
func (r *reading) findMentions() {
	var mid, low seen // words capitalised within a sentence or first in a full name, and words in small letters
	for i := range r.tokens {
		t := &r.tokens[i]
		if t.kind != word {
			continue
		}
		if t.cap && i+1 < len(r.tokens) && r.namesFamily(int32(i)) {
			r.families.add(r.text[r.tokens[i+1].start:r.tokens[i+1].end])
			if r.isGiven(int32(i)) {
				mid.add(r.word(int32(i)))
			}
		}
		if !t.cap {
			low.add(r.text[t.start:t.end])
		} else if !t.initial && !r.titleCased(t.paragraph) {
			mid.add(r.text[t.start:t.end])
		}
	}
	if r.lex.capitalNouns {
		r.findGenitives()
	}
	for p := range len(r.first) - 1 {
		from, to := r.first[p], r.first[p+1]
		for k := from; k < to; {
			k = r.mentionAt(k, from, to, &mid, &low)
		}
	}
}

// namesFamily reports whether the word behind the one at k is a family name: behind a title or a given name, an unknown word,
// or in German a role that is a family name there ("Anna Richter").
func (r *reading) namesFamily(k int32) bool {
	t, next := &r.tokens[k], &r.tokens[k+1]
	if !next.cap || next.kind != word {
		return false
	}
	given := (t.class&functionWord == 0 || r.lex.capitalNouns) && r.isGiven(k) // "The" is a name somewhere
	if r.isCommonFamily(k+1) && given {
		return true
	}
	return (t.class&title != 0 || given) && next.class == 0 || r.lex.capitalNouns && given && t.class == 0 && next.class&^(role|title|group) == 0 && next.paragraph == t.paragraph
}

// isCommonFamily reports whether the word at k, behind a given name, is a family name though it is an English word as well, of time or
// manner: "Chris Early", but not "told Chris Monday".
func (r *reading) isCommonFamily(k int32) bool {
	t := &r.tokens[k]
	if r.lex.language != "en" || k == 0 || !t.cap || t.initial || t.allCaps || t.class&(adverb|temporal) == 0 || t.class&(functionWord|speech) != 0 || name.IsNeverName(r.word(k)) || r.titleCased(t.paragraph) {
		return false
	}
	prev := &r.tokens[k-1]
	return t.space && prev.kind == word && prev.cap && prev.class == 0 && r.isGiven(k-1)
}

// findGenitives notes the family names that stand behind a given name in the genitive alone, and elsewhere without its s:
// "Anna Bergs Roman", "sagte Berg".
func (r *reading) findGenitives() {
	capitals := func(k int) bool {
		return k >= 0 && k < len(r.tokens) && r.tokens[k].kind == word && r.tokens[k].cap
	}
	for k := range r.tokens {
		if capitals(k) && !capitals(k-1) && !capitals(k+1) {
			r.alone.add(r.word(int32(k)))
		}
	}
	for k := 1; k < len(r.tokens); k++ {
		w := r.word(int32(k))
		if capitals(k) && r.tokens[k].class == 0 && len(w) > 4 && w[len(w)-1] == 's' && r.isGiven(int32(k-1)) && r.alone.has(w[:len(w)-1]) {
			r.families.add(w[:len(w)-1])
		}
	}
}

// titleCased reports whether the paragraph capitalises its words as headlines do.
func (r *reading) titleCased(p int32) bool {
	if r.lex.capitalNouns { // every noun has a capital
		return false
	}
	capitals, all := 0, 0
	from, to := r.first[p], int32(len(r.tokens))
	if int(p)+1 < len(r.first) {
		to = r.first[p+1]
	}
	if to-from > 40 || r.endsWithColon(int(p)) { // "Ann Berg, Head of Grid:" is no headline
		return false
	}
	for _, t := range r.tokens[from:to] {
		if t.kind == word && t.end-t.start > 3 {
			all++
			if t.cap {
				capitals++
			}
		}
	}
	return all > 3 && capitals*10 >= all*7
}

// mentionAt adds the mention that begins at token k of the paragraph [from, to), if one does, and
// returns the token to go on at.
func (r *reading) mentionAt(k, from, to int32, mid, low *seen) int32 {
	t := &r.tokens[k]
	if t.kind != word || t.stretch >= 0 {
		return k + 1
	}
	switch {
	case t.class&pronoun != 0 && !(t.allCaps && t.class&plural != 0): // US is no pronoun
		if t.class&(subject|object) != 0 && t.class&second == 0 || t.class&possessive != 0 {
			r.mentions = append(r.mentions, mention{from: k, to: k + 1, head: k, kind: pronominal, class: t.class, entity: -1})
		}
		return k + 1
	case t.class&relative != 0:
		r.mentions = append(r.mentions, mention{from: k, to: k + 1, head: k, kind: pronominal, class: t.class, entity: -1})
		return k + 1
	case r.lex.gendered && r.isInhabitant(k, from, to):
		r.mentions = append(r.mentions, mention{from: k - 1, to: k + 1, head: k, class: t.class | role, kind: r.inhabitants(k), entity: -1})
		return k + 1
	case r.beginsName(k, mid, low):
		return r.addName(k, from, to, mid, low)
	case t.class&sourceNoun != 0 && t.class&according != 0:
		return k + 1 // "in the words of one juror": the juror speaks
	case t.class&(role|group|documentary|speechNoun) != 0 && !t.cap && !r.lex.capitalNouns && (t.class&speech == 0 || k > from && r.tokens[k-1].class&determiner != 0 && (t.class&(role|group) != 0 || r.lex.gendered && t.class&documentary != 0)):
		return r.addDescription(k, from, to, mid, low)
	case t.class&(role|group|documentary) != 0 && (t.initial || r.lex.capitalNouns) && !r.capAt(k+1, to):
		return r.addDescription(k, from, to, mid, low)
	case t.class&speech != 0 && t.class&participle == 0 && !t.cap:
		r.addSubject(k, from, to)
	}
	return k + 1
}

// isInhabitant reports whether the word at k, behind an article, is somebody of a country: "le Sénégalais",
// "el serbio".
func (r *reading) isInhabitant(k, from, to int32) bool {
	t := &r.tokens[k]
	if k == from || r.tokens[k-1].class&definite == 0 || r.tokens[k-1].stretch >= 0 || !name.IsNationality(r.word(k)) || t.class&(functionWord|speech) != 0 {
		return false
	}
	if k+1 == to || r.tokens[k+1].kind != word || r.tokens[k+1].stretch >= 0 {
		return true
	}
	next := &r.tokens[k+1] // "el serbio dijo", but "el gobierno", "le français moyen"
	return !next.cap && next.class&(speech|auxiliary|modal|negation|relative|coordinator|preposition|pronoun) != 0
}

// inhabitants is the kind of a mention by nationality: one person, or several.
func (r *reading) inhabitants(k int32) mentionKind {
	if w := r.word(k - 1); w == "les" || w == "Les" || w == "los" || w == "Los" || w == "las" || w == "Las" {
		return several
	}
	return described
}

// possesses reports whether a mention is in the genitive and what it owns stands behind it: "Berg's lawyer", "Bergs Anwalt".
func (r *reading) possesses(x *mention) bool {
	if int(x.to) >= len(r.tokens) {
		return false
	}
	if r.tokens[x.to].kind == genitive {
		return true
	}
	to := r.first[r.tokens[x.from].paragraph+1]
	if x.kind != named || !r.isGenitive(r.word(x.to-1)) {
		return r.lex.capitalNouns && r.isPluralGenitive(x.to) && r.capAt(x.to+1, to) // "Fuchs’ Anwalt"
	}
	return r.capAt(x.to, to) || r.capAt(x.to+1, to) && r.tokens[x.to].class == 0 && r.tokens[x.to].kind == word
}

func (r *reading) capAt(k, to int32) bool {
	return k < to && r.tokens[k].kind == word && r.tokens[k].cap && r.tokens[k].stretch < 0
}

const functionWord = determiner | preposition | coordinator | complementizer | subordinator | negation | auxiliary | modal | pronoun | relative

func (r *reading) word(k int32) string { return r.text[r.tokens[k].start:r.tokens[k].end] }
