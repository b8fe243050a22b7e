package quote

import (
	"slices"
	"strings"

	"newsdesk/quote/name"
)

// This file finds the mentions that are no names: "the Russian side", "officials", "a spokesman for the bank".

// nounAfter returns the end of the nouns in small letters that go on with the name before token k and
// make it a description, or k.
func (r *reading) nounAfter(k, to int32) int32 {
	const noun = role | group | documentary | speechNoun | institute
	j := k
	for j < to && j < k+3 {
		t := &r.tokens[j]
		if t.kind != word || t.cap || !t.space || t.stretch >= 0 {
			break
		}
		if t.class&noun == 0 && t.class != 0 || t.class&speech != 0 && t.class&(noun) == 0 || t.class&functionWord != 0 {
			break
		}
		if t.class == 0 && !r.nounlike(j) || j > k && t.class&speech != 0 {
			break // "the harbour master calls"
		}
		j++
	}
	if j == k || r.tokens[j-1].class&noun != 0 && !(r.tokens[j-1].class&speech != 0 && j-1 == k) {
		return j
	}
	for v := j; v < to && v < j+3 && r.tokens[v].stretch < 0; v++ { // "the Russian side later stated"
		if c := r.tokens[v].class; c&speech != 0 && c&(documentary|speechNoun|participle) == 0 && r.tokens[j-1].class == 0 && r.nounlike(j-1) {
			return j
		}
		if r.tokens[v].class&(adverb|temporal|auxiliary) == 0 {
			break
		}
	}
	return k
}

// nounlike reports whether the unknown word at k has not the look of a verb or an adverb.
func (r *reading) nounlike(k int32) bool {
	w := r.word(k)
	for _, ending := range [...]string{"ed", "ing", "ly", "n't", "n’t"} {
		if strings.HasSuffix(w, ending) {
			return false
		}
	}
	return true
}

// describedKind is the kind of a description with its head at k.
func (r *reading) describedKind(k int32) mentionKind {
	switch c := r.tokens[k].class; {
	case c&group != 0:
		return several
	case c&role != 0:
		return described
	case c&(documentary|speechNoun) != 0:
		return document
	case c&institute != 0:
		return organisation
	}
	return unknown
}

// isOfSeveral reports whether a German description that begins at from is of several people though its head at k looks as that of
// one does: "die Experten", "zwei Sprecher".
func (r *reading) isOfSeveral(from, k int32) bool {
	if from == k { // names aside, one person is not spoken of without an article
		return r.lex.capitalNouns && r.tokens[k].class&role != 0 && (strings.HasSuffix(r.word(k), "en") || strings.HasSuffix(r.word(k), "innen"))
	}
	if !r.lex.capitalNouns || r.tokens[k].class&role == 0 || r.families.has(r.word(k)) || !r.lex.isMasculine(r.word(k)) {
		return false
	}
	switch w := strings.ToLower(r.word(from)); w {
	case "die", "viele", "mehrere", "einige", "manche", "zwei", "drei", "vier", "beide":
		return true
	}
	return false
}

// isMasculine reports whether a role is of men by its form: the table has it as one, or another ending of roles is its
// feminine ("sprecher", "sprecherin").
func (l *lexicon) isMasculine(w string) bool {
	if g := genderOf(w); g != 0 {
		return g == male
	}
	low := strings.ToLower(w)
	for _, e := range l.roleEndings {
		if strings.HasSuffix(low, e) && slices.Contains(l.roleEndings, e+"in") {
			return true
		}
	}
	return false
}

// extendLeft returns the first token of the roles that stand before the name at k: "Kremlin
// spokesman Jurij Weber".
func (r *reading) extendLeft(k, from int32) int32 {
	if r.lex.gendered && k > from+1 && r.tokens[k-1].kind == word && r.tokens[k-1].stretch < 0 && !r.tokens[k-1].cap && name.IsNationality(r.word(k-1)) && r.tokens[k-2].class&(role|title) != 0 {
		k-- // "la ministre italienne Anne Berg"
	}
	if k == from || r.tokens[k-1].class&(role|title|group) == 0 || r.tokens[k-1].kind != word || r.tokens[k-1].stretch >= 0 {
		return k
	}
	return r.phraseStart(k-1, from)
}

// phraseStart returns the first token of the noun phrase whose head stands at k, determiner included.
func (r *reading) phraseStart(k, from int32) int32 {
	j := k
	for n := 0; j > from && n < 8; n++ {
		t := &r.tokens[j-1]
		if t.stretch >= 0 || t.kind != word && t.kind != number && t.kind != genitive && !(t.kind == dash && !t.space) {
			break
		}
		if t.kind == genitive {
			j--
			if j > from && r.tokens[j-1].kind == word && r.tokens[j-1].stretch < 0 {
				j-- // whatever else the word may be: "Swift's manager", "the state's premier"
			}
			continue
		}
		if t.class&determiner != 0 || t.class&possessive != 0 {
			return j - 1
		}
		if r.lex.capitalNouns && j-1 > from && r.tokens[j-2].kind == number && r.word(j-1) == "Jahre" {
			j -= 2 // "der 35 Jahre alte Spieler"
			continue
		}
		if t.class&(functionWord|adverb|according) != 0 || t.class&speech != 0 && !t.cap && (t.class&(documentary|role) == 0 || j-1 == from || r.tokens[j-2].class&(determiner|possessive) == 0) || t.class&temporal != 0 && t.class&belief == 0 {
			break
		}
		j--
	}
	return j
}

// extendRight returns the end of the noun phrase that goes on at k with "of …" or "for …".
func (r *reading) extendRight(k, to int32) int32 {
	for n := 0; n < 2 && k+1 < to; n++ {
		t := &r.tokens[k]
		if t.kind != word || t.cap || t.stretch >= 0 {
			break
		}
		if t.class&joining == 0 {
			return k
		}
		j := k + 1
		for j < to && r.tokens[j].stretch < 0 && !r.opensPerson(j, to) && r.goesOn(j) {
			if r.lex.gendered && r.endsPhrase(k+1, j) {
				break
			}
			j++
			if j-k > 7 {
				return k
			}
		}
		for j > k+1 && r.tokens[j-1].class&determiner != 0 {
			j-- // "der Manager von einem „Klub“"
		}
		if j == k+1 {
			return k
		}
		k = j
	}
	return k
}

// goesOn reports whether the token at j may stand inside a noun phrase, behind its first word.
func (r *reading) goesOn(j int32) bool {
	switch t := &r.tokens[j]; t.kind {
	case genitive, number:
		return true
	case word:
		return t.class&(functionWord&^determiner|adverb|temporal) == 0 && !r.speaks(j)
	}
	return false
}

// endsPhrase reports whether, in a language whose verbs no ending tells, the noun phrase that begins at from is
// over before j: a name goes on in capitals alone, a noun has no word in small letters behind it.
func (r *reading) endsPhrase(from, j int32) bool {
	for from < j && r.tokens[from].class&determiner != 0 {
		from++
	}
	return j > from && (!r.tokens[j].cap || !r.tokens[j-1].cap)
}

// opensPerson reports whether a person's full name begins at k: what stands before is another phrase.
func (r *reading) opensPerson(k, to int32) bool {
	if r.lex.gendered && r.tokens[k].class&functionWord != 0 {
		return false // "Mit Berg", though Mit is a name somewhere
	}
	return r.tokens[k].cap && k+1 < to && r.tokens[k+1].cap && r.tokens[k+1].kind == word && r.tokens[k+1].space && r.isGiven(k) && (r.tokens[k].class|r.tokens[k+1].class)&(institute|title|role|group) == 0 && !name.IsPlace(r.word(k))
}

// addDescription adds the description whose head stands at k, unless a name follows that it belongs to.
func (r *reading) addDescription(k, from, to int32, mid, low *seen) int32 {
	end := k + 1
	for end < to && r.tokens[end].class&(role|group|documentary) != 0 && r.tokens[end].stretch < 0 && r.tokens[end].class&speech == 0 && !r.tokens[end].cap {
		end++ // "campaign spokesman"
	}
	head := end - 1
	for r.lex.gendered && end < to && end < k+4 && r.tokens[end].kind == word && r.tokens[end].stretch < 0 && !r.tokens[end].cap && name.IsNationality(r.word(end)) && r.tokens[end].class&(functionWord|speech) == 0 {
		end++ // "la ministre italienne"
	}
	if end < to && r.beginsName(end, mid, low) && r.tokens[end-1].class&(role|title) != 0 && r.tokens[end].space {
		return end // a name follows and takes it along
	}
	m := mention{from: r.phraseStart(k, from), to: end, head: head, class: r.tokens[head].class, kind: r.describedKind(head), entity: -1}
	if m.kind == described && r.isOfSeveral(m.from, head) {
		m.kind = several
	}
	m.to = r.extendRight(end, to)
	r.mentions = append(r.mentions, m)
	return max(end, m.to)
}

// addSubject adds the noun phrases beside the verb of speech at k that are no mentions yet: "the
// Russian side later stated", "said the man".
func (r *reading) addSubject(k, from, to int32) {
	r.addSubjectBefore(k, from)
	begins := r.verbBegins(k, from)
	if begins > from && r.tokens[begins-1].stretch < 0 && r.tokens[begins-1].kind != comma { // inverted order follows a quotation
		return
	}
	r.addSubjectBehind(k, to)
}

func (r *reading) addSubjectBefore(k, from int32) {
	j := k - 1
	for j >= from && r.tokens[j].kind == word && r.tokens[j].stretch < 0 && r.tokens[j].class&(adverb|auxiliary|negation|modal|temporal) != 0 {
		j--
	}
	if j < from || !r.mayEndPhrase(j) {
		return
	}
	start, head := r.phraseWithComplements(j, from)
	at := len(r.mentions)
	for at > 0 && r.mentions[at-1].from > start {
		at-- // the complements' own mentions stay
	}
	if at > 0 && r.mentions[at-1].to > start {
		start = r.mentions[at-1].to
	}
	if start > head || at < len(r.mentions) && r.mentions[at].from <= head {
		return
	}
	if r.tokens[start].kind == dash || r.lex.language == "es" && strings.EqualFold(r.word(start), "lo") {
		return // „Müll“-Vergleich; "lo oye decir"
	}
	if r.tokens[start].kind == genitive {
		return // "the Met Office’s latest update": its name is a mention already
	}
	if r.lex.capitalNouns && isOblique(r.word(start)) {
		return // "Den Gipfel bezeichneten …"
	}
	if lead := &r.tokens[start]; lead.class&determiner == 0 && lead.class&possessive == 0 && (!lead.cap || r.lex.capitalNouns) && lead.kind == word && (start != j || !strings.HasSuffix(r.word(j), "s")) {
		return
	}
	r.mentions = slices.Insert(r.mentions, at, mention{from: start, to: j + 1, head: head, kind: unknown, class: r.tokens[head].class, entity: -1})
}

// isOblique reports whether a German article shows that its noun is no subject.
func isOblique(w string) bool {
	switch strings.ToLower(w) {
	case "dem", "den", "des", "einem", "einen", "eines":
		return true
	}
	return false
}

// describing is the words of a description, without a German article in an oblique case: "einem Gutachten" is a
// "Gutachten".
func (r *reading) describing(m *mention) string {
	from := m.from
	if from+1 < m.to && r.lex.gendered && r.tokens[from].class&preposition != 0 && r.tokens[from].class&determiner != 0 {
		from++ // "del sindicato", « aux fidèles »
	}
	if from+1 < m.to && r.lex.capitalNouns && (isOblique(r.word(from)) || r.word(from) == "einer") {
		for from++; from < m.head && !r.tokens[from].cap; { // "einem internen Gutachten"
			from++
		}
	}
	return r.text[r.tokens[from].start:r.tokens[m.to-1].end]
}

// mayEndPhrase reports whether the noun phrase of a subject may end at j.
func (r *reading) mayEndPhrase(j int32) bool {
	t := &r.tokens[j]
	if t.kind != word || t.stretch >= 0 || t.class&(functionWord|adverb|according) != 0 || t.cap && !r.lex.capitalNouns && !r.lex.gendered {
		return false
	}
	return t.class&speech == 0 || r.lex.gendered && j > 0 && r.tokens[j-1].class&determiner != 0
}

// phraseWithComplements returns the first token and the head of the noun phrase that ends at j, what it is of
// included: "le parquet du Brabant wallon", "die Pressestelle der Bahn".
func (r *reading) phraseWithComplements(j, from int32) (start, head int32) {
	const most = 3
	head = j
	for range most {
		start = r.phraseStart(head, from)
		before := start - 1
		if before < from || r.tokens[before].stretch >= 0 || !r.lex.gendered {
			return start, head
		}
		switch {
		case r.tokens[start].class&(joining|determiner) == joining|determiner: // du, del, der Bahn
		case r.tokens[before].class&joining != 0:
			before--
		default:
			return start, head
		}
		if before < from || !r.mayEndPhrase(before) || r.lex.capitalNouns && !r.tokens[before].cap {
			return start, head
		}
		head = before
	}
	return r.phraseStart(head, from), head
}

func (r *reading) addSubjectBehind(k, to int32) {
	j := k + 1
	if j >= to || r.tokens[j].kind != word || r.tokens[j].class&determiner == 0 || r.tokens[j].stretch >= 0 {
		return
	}
	const noun = role | group | documentary | speechNoun
	e := j + 1
	for e < to && e < j+6 && r.tokens[e].kind == word && r.tokens[e].stretch < 0 && !r.tokens[e].cap && r.tokens[e].class&(functionWord|speech|adverb|temporal|noun) == 0 {
		e++
	}
	if r.lex.capitalNouns {
		if e == to || !r.tokens[e].cap || r.tokens[e].class != 0 || r.capAt(e+1, to) || r.tokens[e].stretch >= 0 {
			return
		}
		e++
	}
	if e > j+1 && (e == to || r.tokens[e].class&noun == 0 && !r.tokens[e].cap) {
		r.mentions = append(r.mentions, mention{from: j, to: e, head: e - 1, kind: unknown, class: r.tokens[e-1].class, entity: -1})
	}
}
