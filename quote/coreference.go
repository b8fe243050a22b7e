package quote

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/quote/name"
)

// entity is one person or body of an article, with all that the article calls it by.
type entity struct {
	full         []string     // the words of the fullest name so far, without titles
	text         string       // the same as the article writes it
	words        article.Span // where it does, titles included
	kind         mentionKind
	gender       class    // male, female, or 0 if nothing tells
	sure         bool     // the gender comes from a title or a role, not from the given name
	person       bool     // a given name, a title or a verb of speech shows that it is a person
	placed       bool     // it stands behind a preposition of place more often than not
	places       int32    // mentions behind a preposition of place
	bound        int32    // mentions behind any preposition
	roles        []uint32 // hashes of the roles it was given: "senator"
	descriptions int      // how many stand beside its name
	count        int32
	alone        int32 // of them, those by the family name alone
	spoke        int32 // mentions by name that a verb of speech has as its subject
	first        int32 // its first mention
	last         int32 // its latest by name so far
	the          int32 // mentions right behind the definite article
}

// findEntities gives every named mention its entity, in the order of the text.
func (r *reading) findEntities() {
	byWord := map[string][]int32{}
	for _, headlines := range [...]bool{false, true} { // a headline's capitals tell little: names first
		for i := range r.mentions {
			m := &r.mentions[i]
			if (m.kind == named || m.kind == organisation || m.kind == place) && r.titleCased(r.tokens[m.from].paragraph) == headlines {
				r.identify(int32(i), byWord)
			}
		}
	}
	r.completeNames()
	for i := range r.entities { // where no title told, the given name does
		e := &r.entities[i]
		r.mostNamed = max(r.mostNamed, e.count)
		if e.gender == 0 && e.kind == named {
			e.gender = givenGender(e.full)
			if len(e.full) == 1 { // a family name is rarely a woman's given name
				e.gender = classOf(name.GivenGender(e.full[0])) & female
			}
		}
	}
	r.learnAppositions()
	r.learnFromPronouns()
	r.findHero()
	r.listBodies()
}

// listBodies lists the bodies by the words of their names, in small letters.
func (r *reading) listBodies() {
	r.bodies = map[string][]int32{}
	for i := range r.entities {
		e := &r.entities[i]
		if e.kind != organisation || len(e.full) < 2 {
			continue
		}
		for _, w := range e.full {
			w = strings.ToLower(w)
			if n := len(r.bodies[w]); n < mostNamesakes {
				r.bodies[w] = append(r.bodies[w], int32(i))
			}
		}
	}
}

// learnAppositions gives entities the roles of the descriptions that stand beside their names: "la consejera de Hacienda, Inés
// Vidal,". English, whose descriptions are shorter, learns them as it goes.
func (r *reading) learnAppositions() {
	if !r.lex.gendered {
		return
	}
	r.described, r.beside = map[string]int32{}, map[string][]int32{}
	for i := range r.mentions {
		switch m := &r.mentions[i]; m.kind {
		case described:
			if x := r.apposed(int32(i)); x >= 0 && r.mentions[x].entity >= 0 {
				r.addRoles(&r.entities[r.mentions[x].entity], r.word(m.head))
				r.describe(m.from, m.to, r.mentions[x].entity)
			}
		case named:
			if m.entity >= 0 && m.nameFrom > m.from {
				r.describe(m.from, m.nameFrom, m.entity)
			}
		}
	}
	r.bearers = map[uint32][]int32{}
	for e := range r.entities {
		if !r.isBearer(int32(e)) {
			continue
		}
		for _, role := range r.entities[e].roles {
			if len(r.bearers[role]) < mostBearers {
				r.bearers[role] = append(r.bearers[role], int32(e))
			}
		}
	}
}

// isBearer reports whether the entity is a person by name, who may bear a role.
func (r *reading) isBearer(e int32) bool { return r.entities[e].kind == named && r.entities[e].person }

// How many bearers of a role, and how many descriptions of a person, are told apart.
const (
	mostBearers      = 40
	mostDescriptions = 8
)

// alike is how many bytes the name of a place and its adjective begin with in common: "Andalucía", "andaluz".
const alike = 5

// describe notes that tokens[from:to] say what the entity is.
func (r *reading) describe(from, to, entity int32) {
	key := r.descriptionKey(from, to)
	if x := &r.entities[entity]; x.descriptions < mostDescriptions {
		x.descriptions++
		for w := range strings.FieldsSeq(key) {
			if len(w) < alike {
				continue
			}
			if same := r.beside[w[:alike]]; len(same) < mostBearers && !slices.Contains(same, entity) {
				r.beside[w[:alike]] = append(same, entity)
			}
		}
	}
	if known, ok := r.described[key]; ok && known != entity {
		entity = nobody
	}
	r.described[key] = entity
}

// descriptionKey is the words of a description in small letters, without an article.
func (r *reading) descriptionKey(from, to int32) string {
	if from+1 < to && r.tokens[from].class&determiner != 0 {
		from++
	}
	return strings.ToLower(r.oneLine(from, to))
}

// findHero notes the mentions of the person whom the article names most, if it does so more than twice.
func (r *reading) findHero() {
	const fewest = 3
	best := int32(-1)
	for i := range r.entities {
		if e := &r.entities[i]; e.kind == named && e.person && !e.placed && e.count >= fewest && (best < 0 || e.count > r.entities[best].count) {
			best = int32(i)
		}
	}
	for i := range r.mentions {
		if best >= 0 && r.mentions[i].entity == best {
			r.hero = append(r.hero, int32(i))
		}
	}
}

// completeNames gives entities that no mention names in full the name that the article has elsewhere: in
// what somebody said, or inside a description ("an interview with Ann Berg").
func (r *reading) completeNames() {
	type full struct{ from, to int32 }
	var byWord map[string]full // of the first and the last word of a full name
	for k := int32(0); int(k)+1 < len(r.tokens); k++ {
		to := r.first[r.tokens[k].paragraph+1]
		if !r.opensPerson(k, to) || k > r.first[r.tokens[k].paragraph] && r.opensPerson(k-1, to) {
			continue
		}
		end := k + 2
		for end < to && end < k+4 && r.tokens[end].kind == word && r.tokens[end].cap && r.tokens[end].space && r.tokens[end].class&(functionWord|temporal) == 0 && !r.tokens[end-1].initial {
			end++
		}
		if name.IsPlace(r.oneLine(k, end)) {
			continue
		}
		if byWord == nil {
			byWord = map[string]full{}
		}
		for _, w := range [...]string{r.nameWord(k), r.nameWord(end - 1)} {
			if f, ok := byWord[w]; ok && f.to > 0 && r.text[r.tokens[f.from].start:r.tokens[f.to-1].end] != r.text[r.tokens[k].start:r.tokens[end-1].end] {
				byWord[w] = full{} // two people
			} else if !ok {
				byWord[w] = full{k, end}
			}
		}
	}
	for i := range r.entities {
		e := &r.entities[i]
		if e.kind != named || len(e.full) != 1 {
			continue
		}
		if f := byWord[e.full[0]]; f.to > f.from {
			e.full = e.full[:0:0]
			for k := f.from; k < f.to; k++ {
				e.full = append(e.full, r.nameWord(k))
			}
			e.text, e.words, e.person = r.oneLine(f.from, f.to), r.span(f.from, f.to), true
		}
	}
}

// identify gives the named mention i the entity that bears its name, a new one if none does.
func (r *reading) identify(i int32, byWord map[string][]int32) {
	m := &r.mentions[i]
	words := r.nameWords(m)
	if len(words) == 0 {
		return
	}
	e := r.knownEntity(words, i, byWord)
	if e < 0 {
		e = r.spelledOut(words, i, byWord)
	}
	if e < 0 && r.lex.capitalNouns {
		e = r.compoundOf(words, i)
	}
	if e < 0 {
		e = int32(len(r.entities))
		r.entities = append(r.entities, entity{full: words, text: r.regnalName(m), words: r.span(m.from, m.to), kind: m.kind, first: i, last: i})
		for _, w := range words {
			byWord[w] = append(byWord[w], e)
			if h := strings.LastIndexByte(w, '-'); h > 0 && h+1 < len(w) {
				byWord[w[h+1:]] = append(byWord[w[h+1:]], e)
			}
		}
		if a := initials(words); len(a) > 1 {
			byWord[acronym+a] = append(byWord[acronym+a], e)
		}
	}
	x := &r.entities[e]
	if len(words) > len(x.full) && r.isFuller(words, x, m) {
		for _, w := range words {
			if !slices.Contains(x.full, w) {
				byWord[w] = append(byWord[w], e)
			}
		}
		x.full, x.text, x.words = words, r.nameText(m), r.span(m.from, m.to)
	}
	m.entity = e
	x.count++
	x.alone += int32(b2u(len(words) == 1 && len(x.full) > 1))
	x.spoke += int32(b2u(m.speaker))
	x.first, x.last = min(x.first, i), i
	r.learnGender(x, m)
	x.the += int32(b2u(!r.lex.gendered && r.isBehindArticle(m)))
	r.learnRoles(x, int(i))
}

// isFuller reports whether the words, a longer name than the entity's so far, are a fuller form of it: what begins
// a sentence or a headline may not be part of the name ("Brave Ann Berg").
func (r *reading) isFuller(words []string, x *entity, m *mention) bool {
	headline := r.titleCased(r.tokens[m.from].paragraph)
	if len(x.full) == 1 {
		return !headline || isGivenName(words[0])
	}
	if x.kind == named && (headline || r.tokens[m.nameFrom].initial) && endsWith(words, x.full) {
		return false
	}
	for _, w := range x.full { // "Ann B. Berg" says more than "Ann Berg", "Annabel Maria Berg" is another way to say it
		if !isInitial(w) && !slices.Contains(words, w) {
			return false
		}
	}
	return !headline
}

// nameWords returns the words of a mention's name, without the stop of an initial.
func (r *reading) nameWords(m *mention) []string {
	out := make([]string, 0, m.nameTo-m.nameFrom)
	for k := m.nameFrom; k < m.nameTo; k++ {
		if t := &r.tokens[k]; t.kind == word {
			out = append(out, r.nameWord(k))
		}
	}
	return out
}

// nameWord is the word at k as it is compared: with a plain apostrophe, and without the capitals that
// label a turn ("BERG: …").
func (r *reading) nameWord(k int32) string {
	w := r.word(k)
	if strings.Contains(w, "’") {
		w = strings.ReplaceAll(w, "’", "'")
	}
	if lower := strings.ToLower(w); particles[lower] {
		w = lower // "De Berg" begins a sentence
	}
	if r.isGenitive(w) {
		w = w[:len(w)-1]
	}
	if r.tokens[k].allCaps && r.labelsTurn(k) {
		_, n := utf8.DecodeRuneInString(w)
		w = w[:n] + strings.ToLower(w[n:])
	}
	return w
}

// labelsTurn reports whether the word at k stands before the colon of a turn.
func (r *reading) labelsTurn(k int32) bool {
	p := r.tokens[k].paragraph
	if k-r.first[p] > 4 || r.tokens[k].end-r.tokens[k].start < 3 {
		return false
	}
	for j := k; j < r.first[p+1] && j < k+7; j++ {
		if r.tokens[j].kind == colon {
			return j+1 < r.first[p+1] && r.tokens[j+1].stretch >= 0
		}
	}
	return false
}

// nameText is a mention's name as the article writes it, on one line.
func (r *reading) nameText(m *mention) string {
	if r.tokens[m.nameFrom].allCaps && r.labelsTurn(m.nameFrom) {
		return strings.Join(r.nameWords(m), " ")
	}
	text := r.oneLine(m.nameFrom, m.nameTo)
	if stem, ok := strings.CutSuffix(r.word(m.nameTo-1), "s"); ok && r.lex.capitalNouns && r.families.has(stem) && r.alone.has(stem) {
		text = text[:len(text)-1] // "Anna Bergs Roman"
	}
	return text
}

// oneLine is the text of tokens[from:to], whatever white space the article has between the words.
func (r *reading) oneLine(from, to int32) string {
	return strings.Join(strings.Fields(r.text[r.tokens[from].start:r.tokens[to-1].end]), " ")
}

// acronym marks the keys of names by their initials.
const acronym = "\x00"

// spelledOut returns the body whose initials the words are, or whose name they stand behind in parentheses
// ("the Anglers' Federation (AF)"), or -1.
func (r *reading) spelledOut(words []string, i int32, byWord map[string][]int32) int32 {
	m := &r.mentions[i]
	if len(words) != 1 || !r.tokens[m.nameFrom].allCaps {
		return -1
	}
	letters := strings.ReplaceAll(words[0], ".", "")
	if p := m.from - 1; p > 0 && r.tokens[p].kind == open && i > 0 && r.mentions[i-1].to == p && r.mentions[i-1].entity >= 0 {
		if e := r.mentions[i-1].entity; r.mentions[i-1].kind != named || initials(r.entities[e].full) == letters {
			byWord[acronym+letters] = append(byWord[acronym+letters], e)
			return e
		}
	}
	for _, e := range slices.Backward(byWord[acronym+letters]) {
		if x := &r.entities[e]; x.kind != named || !x.person { // "US" is no Ursula Schmidt
			return e
		}
	}
	return -1
}

// compoundOf returns the body named before whose name has a compound of the one noun by which mention i calls it, "das
// Ministerium", the latest; -1 if there is none.
func (r *reading) compoundOf(words []string, i int32) int32 {
	m := &r.mentions[i]
	if len(words) != 1 || m.kind != organisation || r.tokens[m.head].class&institute == 0 || !r.behindDeterminer(m.nameFrom) {
		return -1
	}
	const near, shortest = 60, 4
	noun := strings.ToLower(words[0])
	for _, cut := range [...]string{"", "s", "es"} {
		stem, ok := strings.CutSuffix(noun, cut)
		for j := i - 1; ok && len(stem) >= shortest && j >= max(0, i-near); j-- {
			x := r.mentions[j].entity
			if x < 0 || r.entities[x].kind == place || r.entities[x].person && r.entities[x].kind == named {
				continue
			}
			for _, w := range r.entities[x].full {
				if len(w) > len(stem) && strings.HasSuffix(strings.ToLower(w), stem) {
					return x
				}
			}
		}
	}
	return -1
}

// initials are the first letters of the capitalised words of a name.
func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if c, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(c) {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// crowned are the titles that one name alone is not said without.
var crowned = map[string]bool{"Prince": true, "Princess": true, "King": true, "Queen": true, "Pope": true, "Emperor": true, "Lord": true, "Lady": true, "Baroness": true, "Baron": true,
	"Papst": true, "König": true, "Königin": true, "Prinz": true, "Prinzessin": true}

// regnalName is a mention's name, of princes and popes with the title, of a country's bodies with the country.
func (r *reading) regnalName(m *mention) string {
	text := r.nameText(m)
	if k := m.nameFrom - 1; m.nameTo-m.nameFrom == 1 && k >= m.from && crowned[r.word(k)] {
		return r.word(k) + " " + text
	}
	if k := m.nameFrom - 2; m.kind == organisation && k >= m.from && r.tokens[k+1].kind == genitive && name.IsPlace(r.word(k)) && !r.tokens[m.nameTo-1].allCaps {
		return r.oneLine(k, m.nameTo) // "Russia's Defense Ministry"
	}
	return text
}

// mostNamesakes is how many people of one name, the latest, are compared with another.
const mostNamesakes = 40

// knownEntity returns the entity that the words of mention i name, or -1 for a new one.
func (r *reading) knownEntity(words []string, i int32, byWord map[string][]int32) int32 {
	m := &r.mentions[i]
	last := words[len(words)-1]
	if isSuffix(last) && len(words) > 1 {
		last = words[len(words)-2]
	}
	best, top := int32(-1), -1e9
	namesakes := latest(byWord[last])
	if first := r.firstFamilyName(words); first != "" && len(byWord[first]) > 0 {
		namesakes = slices.Concat(latest(byWord[first]), namesakes)
	}
	behind := class(0)
	if len(namesakes) > 1 && len(words) == 1 {
		behind = r.genderBehind(i)
	}
	for _, e := range namesakes {
		x := &r.entities[e]
		if !compatible(x, words, m, r) {
			continue
		}
		s := r.familiarity(x, m)
		if g := max(x.gender, givenGender(x.full)); behind != 0 && g != 0 && g != behind {
			s -= otherGender
		}
		if s > top {
			best, top = e, s
		}
	}
	return best
}

// latest is the last of the people of one name.
func latest(namesakes []int32) []int32 { return namesakes[max(0, len(namesakes)-mostNamesakes):] }

// otherGender is what it takes from an entity's familiarity that the pronoun behind a surname is of another gender.
const otherGender = 2

// familiarity says how likely a bare surname is to mean the entity: news names the person it is
// about by surname alone, and a relative in full.
func (r *reading) familiarity(x *entity, m *mention) float64 {
	away := float64(r.sentence[m.from] - r.sentence[r.mentions[x.last].from])
	return math.Log2(1+float64(x.count+2*x.alone)) - 0.12*min(away, 12)
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
		if x.kind == place && len(x.full) > 1 {
			return false // Aviv is not Tel Aviv
		}
		if w == x.full[0] && m.nameFrom > m.from && knighted[r.word(m.nameFrom-1)] {
			return true // "Sir Alan" is Alan Berg
		}
		return w == familyName(x.full) || r.isPartOfFamilyName(w, x) || r.isFirstFamilyName(w, x) || w == x.full[0] && (len(x.full) == 1 || isGivenName(w) || x.person && !name.IsPlace(w)) || x.kind != named && slices.Contains(x.full, w) && len(w) > 3
	}
	if len(x.full) == 1 {
		if m.kind == place && x.kind != place {
			return false // nor is Tel Aviv Aviv
		}
		if x.full[0] == words[0] && m.kind == organisation && !x.person {
			return true // Vayu is Vayu Telecom
		}
		return x.full[0] == familyName(words) || x.full[0] == words[0] && isGivenName(words[0]) || x.full[0] == r.firstFamilyName(words)
	}
	if isSuffix(words[len(words)-1]) != isSuffix(x.full[len(x.full)-1]) {
		return false
	}
	if r.lex.language == "es" && x.full[0] == words[0] && (isWithin(words, x.full) || isWithin(x.full, words)) {
		return true // Ana Linares, Ana Linares Tello
	}
	if endsWith(x.full, words) || endsWith(words, x.full) { // Aung San Suu Kyi, Suu Kyi
		return true
	}
	a, b := x.full[0], words[0]
	return familyName(x.full) == familyName(words) && (a == b || name.Same(a+" "+familyName(words), b+" "+familyName(words)))
}

// isPartOfFamilyName reports whether w is what a person of a double family name is called for short: Pía Lago-Roldán is Roldán.
func (r *reading) isPartOfFamilyName(w string, x *entity) bool {
	return x.kind == named && len(x.full) > 1 && r.lex.gendered && strings.HasSuffix(familyName(x.full), "-"+w)
}

// isFirstFamilyName reports whether w is what a person of two family names, or of one that stands first, is
// called by: Ana Roldán Quiroga is Roldán, Liu Haoran is Liu.
func (r *reading) isFirstFamilyName(w string, x *entity) bool {
	if x.kind != named || len(x.full) < 2 {
		return false
	}
	if w == x.full[0] {
		return name.IsFamilyFirst(x.full)
	}
	if w == r.firstFamilyName(x.full) {
		return true
	}
	if r.lex.language == "en" && len(x.full) == 3 && w == x.full[1] && isGivenName(w) && !isGivenName(x.full[0]) {
		return true // Yeun Joon Kim is Joon
	}
	return r.lex.language == "es" && len(x.full) > 2 && isGivenName(x.full[0]) && slices.Contains(x.full[1:], w) && !isGivenName(w)
}

// firstFamilyName is the first of the two family names of a Spanish full name, or "": Ana Belén Roldán Quiroga is Roldán.
func (r *reading) firstFamilyName(words []string) string {
	if r.lex.language != "es" || len(words) < 3 || !isGivenName(words[0]) {
		return ""
	}
	for _, w := range words[1 : len(words)-1] {
		if !isGivenName(w) && !particles[w] {
			return w
		}
	}
	if w := words[len(words)-2]; !particles[w] && len(words) < 5 {
		return w // "Inés Vidal Montoya", though Vidal is a given name as well
	}
	return ""
}

// isWithin reports whether the words of short stand in long, in the same order.
func isWithin(short, long []string) bool {
	for _, w := range long {
		if len(short) > 0 && short[0] == w {
			short = short[1:]
		}
	}
	return len(short) == 0
}

// knighted are the titles that stand before a given name.
var knighted = map[string]bool{"Sir": true, "Dame": true, "Lady": true, "Prince": true, "Princess": true, "King": true, "Queen": true, "Pope": true, "Brother": true, "Sister": true}

func endsWith(words, end []string) bool {
	return len(words) >= len(end) && slices.Equal(words[len(words)-len(end):], end)
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

// isGiven reports whether the word at k is a given name.
func (r *reading) isGiven(k int32) bool {
	t := &r.tokens[k]
	if t.given == unasked {
		t.given = no
		if isGivenName(r.word(k)) {
			t.given = yes
		}
	}
	return t.given == yes
}

func (r *reading) learnGender(x *entity, m *mention) {
	if m.nameFrom > m.from || m.speaker || isGivenName(x.full[0]) {
		x.person = true
	}
	if m.from > 0 && r.tokens[m.from-1].class&locative != 0 && m.nameFrom == m.from {
		x.places++
	}
	x.placed = 2*x.places > x.count
	x.bound += int32(b2u(m.from > 0 && r.tokens[m.from-1].class&preposition != 0))
	if g := r.titleGender(m); g != 0 && !x.sure {
		x.gender, x.sure = g, true
	}
}

// isBehindArticle reports whether a definite article stands right before the name of mention m.
func (r *reading) isBehindArticle(m *mention) bool {
	k := m.nameFrom - 1
	return k >= r.first[r.tokens[m.from].paragraph] && r.tokens[k].stretch < 0 && r.tokens[k].class&definite != 0
}

// learnRoles notes what the mention's titles, roles and apposition say that the entity is.
func (r *reading) learnRoles(x *entity, i int) {
	m := &r.mentions[i]
	for k := m.from; k < m.nameFrom; k++ {
		if r.tokens[k].class&(role|title) != 0 {
			r.addRoles(x, r.word(k))
		}
	}
	// "Mark Lindt, the alliance's secretary-general," and "Lindt, a former prime minister"
	to := r.first[r.tokens[m.from].paragraph+1]
	if m.to+1 < to && r.tokens[m.to].kind == comma && i+1 < len(r.mentions) {
		next := &r.mentions[i+1]
		if next.kind == described && next.from <= m.to+4 && r.mayEndApposition(next.to) && r.sentence[next.from] == r.sentence[m.from] {
			r.addRoles(x, r.word(next.head))
			if g := genderOf(r.word(next.head)); g != 0 && !x.sure {
				x.gender, x.sure = g, true
			}
		}
	}
}

func (x *entity) addRole(h uint32) {
	const most = 16
	if len(x.roles) < most && !slices.Contains(x.roles, h) {
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

// headRole is the hash of the role that a compound ends with: "Außenministerin" is a "ministerin",
// "ex-president" a "president". 0 for a word that is none.
func (l *lexicon) headRole(w string) uint32 {
	if h := strings.LastIndexByte(w, '-'); h > 0 && h+1 < len(w) {
		return roleHash(w[h+1:])
	}
	longest := ""
	for _, e := range l.roleEndings {
		if len(e) > len(longest) && len(w) > len(e)+2 && strings.HasSuffix(w, e) {
			longest = e
		}
	}
	if longest == "" {
		return 0
	}
	return roleHash(longest)
}

// addRoles notes that the entity was called w.
func (r *reading) addRoles(e *entity, w string) {
	e.addRole(roleHash(w))
	if h := r.lex.headRole(w); h != 0 {
		e.addRole(h)
	}
}
