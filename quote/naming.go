package quote

import (
	"strings"
	"unicode/utf8"

	"newsdesk/quote/name"
)

// This file finds names: where one begins and ends, which of its words are titles, and what it names.

// beginsName reports whether the token begins, or is part of, a name.
func (r *reading) beginsName(k int32, mid, low *seen) bool {
	t := &r.tokens[k]
	if !t.cap || t.kind != word || t.stretch >= 0 {
		return false
	}
	w := r.text[t.start:t.end]
	if len(w) == 1 || len(w) > 2 && w[1] == '-' { // "Q:", "(R-IN)"
		return false
	}
	if name.IsNeverName(w) && !t.allCaps && !r.beginsBody(k) || t.class&temporal != 0 && !r.families.has(w) && !(r.isGiven(k) && r.capAt(k+1, int32(len(r.tokens)))) {
		return false
	}
	if r.lex.capitalNouns {
		return r.beginsNameAmongNouns(k)
	}
	headline := r.titleCased(t.paragraph)
	if !headline && t.class&(adverb|temporal) != 0 && r.families.has(w) && (!t.initial || int(k)+1 < len(r.tokens) && r.speaks(k+1)) {
		return true // "says Early", after "Chris Early"
	}
	if !t.initial && !headline {
		return t.class&functionWord == 0 || r.isGiven(k) || t.allCaps && t.class&pronoun == 0
	}
	if t.class&(functionWord|adverb|speech) != 0 && !(r.isGiven(k) && t.class&(speech|preposition|determiner) == 0 && int(k)+1 < len(r.tokens) && r.tokens[k+1].cap) {
		return false
	}
	if t.class&(title|institute) != 0 && int(k)+1 < len(r.tokens) && r.tokens[k+1].cap && r.tokens[k+1].kind == word {
		return true
	}
	if mid.has(w) || r.families.has(w) || t.allCaps && !headline {
		return true
	}
	next := token{kind: stop}
	if to := r.first[t.paragraph+1]; k+1 < to {
		next = r.tokens[k+1]
	}
	capital := next.kind == word && next.cap
	common := low.has(strings.ToLower(w)) && !capital
	if r.isGiven(k) && !common && next.kind != colon && !isCompound(w) {
		return true
	}
	if next.class&institute != 0 && capital && t.class == 0 && !headline {
		return true // "Downing Street"
	}
	if headline || t.class&(speech|adverb|addressee|workTitle|group|role) != 0 || low.has(strings.ToLower(w)) || !r.nounlike(k) {
		return false
	}
	switch {
	case capital || next.kind == genitive || next.class&speech != 0:
		return true
	case next.kind == colon || strings.HasSuffix(w, "s"): // "Tickets"
		return false
	}
	return next.kind != word || next.class&(auxiliary|modal|coordinator) != 0 || r.endsClause(k+2) // not "Ticket sales fell"
}

// endsClause reports whether, at k, a clause is over or a phrase begins: the word before is a verb ("Berg left.", "Berg
// met the press").
func (r *reading) endsClause(k int32) bool {
	if int(k) >= len(r.tokens) {
		return true
	}
	t := &r.tokens[k]
	return t.kind == stop || t.class&(determiner|pronoun) != 0
}

// isCompound reports whether a word that begins a sentence is of two words, the second of which is no name: "Soy-based".
func isCompound(w string) bool {
	h := strings.IndexByte(w, '-')
	return h > 0 && h+1 < len(w) && w[h+1] >= 'a' && w[h+1] <= 'z'
}

// beginsBody reports whether the nationality at k begins the name of a body: "American Medical Association", "National Union
// of Drivers".
func (r *reading) beginsBody(k int32) bool {
	if r.lex.language != "en" || !name.IsNationality(r.word(k)) && r.word(k) != "National" {
		return false
	}
	for j := k + 1; r.capAt(j, int32(len(r.tokens))) && j < k+5 && r.tokens[j].paragraph == r.tokens[k].paragraph; j++ {
		if r.tokens[j].class&institute != 0 {
			return true
		}
		if r.tokens[j].class&(title|role|group) != 0 || r.isGiven(j) {
			return false
		}
	}
	return false
}

// beginsNameAmongNouns is beginsName for a language that gives every noun a capital: a name shows by a
// given name, by a family name that stood behind one, by a title before it, or as the bare subject of
// a verb of speech ("sagte Berg").
func (r *reading) beginsNameAmongNouns(k int32) bool {
	t := &r.tokens[k]
	w := r.word(k)
	to := int32(len(r.tokens))
	if t.class&(functionWord|adverb|temporal) != 0 {
		return false
	}
	if t.class&(role|group) != 0 && r.families.has(w) && !r.behindDeterminer(k) {
		return true // "sagte Richter"
	}
	if t.class&(title|role) != 0 {
		return r.capAt(k+1, to) && r.tokens[k+1].class&(role|group|institute|documentary|speechNoun) == 0 && !r.lex.isNoun(r.word(k+1))
	}
	if r.isGiven(k) || r.families.has(w) || t.allCaps || t.class&institute != 0 || name.IsPlace(w) {
		return true
	}
	if t.class == 0 && (r.introducesPerson(k) || r.introducesInitials(k)) {
		return true
	}
	if t.class != 0 || k == 0 || r.tokens[k-1].paragraph != t.paragraph {
		return false
	}
	prev := &r.tokens[k-1]
	if r.tokens[k-1].stretch < 0 && prev.class&speech != 0 && prev.class&participle == 0 {
		return !r.capAt(k+1, to) || t.class == 0 // "sagte Berg"
	}
	return false
}

// introducesPerson reports whether the unknown word at k and the one behind it are a person's name, whatever names they
// are: two nouns without an article, and behind them what the person is or that they speak ("Booker Omole,
// Generalsekretär der Partei,", "Mwaivu Kaluka (34)").
func (r *reading) introducesPerson(k int32) bool {
	p := r.tokens[k].paragraph
	from, to := r.first[p], r.first[p+1]
	if !r.capAt(k+1, to) || !r.tokens[k+1].space || r.tokens[k+1].class != 0 || r.capAt(k+2, to) || k+3 >= to {
		return false
	}
	if k > from {
		prev := &r.tokens[k-1]
		if prev.stretch >= 0 || prev.kind == number || prev.class&(determiner|possessive) != 0 || prev.kind == word && (prev.cap || prev.class == 0) {
			return false // "drei Millionen Euro", "große Teile Europas"
		}
	}
	behind := &r.tokens[k+2]
	switch {
	case behind.stretch >= 0:
		return false
	case behind.kind == open:
		return r.tokens[k+3].kind == number
	case behind.kind == comma:
		for j := k + 3; j < to && j < k+6; j++ {
			if r.tokens[j].class&role != 0 && r.tokens[j].cap {
				return true
			}
			if r.tokens[j].class&(functionWord&^determiner|speech) != 0 {
				return false
			}
		}
	case behind.class&speech != 0 && behind.class&participle == 0:
		return k == from || r.tokens[k-1].kind == stop
	}
	return false
}

// introducesInitials reports whether the words from k on are a body whose initials stand behind it in parentheses: "Human
// Rights Watch (HRW)".
func (r *reading) introducesInitials(k int32) bool {
	to := r.first[r.tokens[k].paragraph+1]
	var letters strings.Builder
	for last := min(to, k+longestName); k < last && r.capAt(k, to); k++ {
		_, n := utf8.DecodeRuneInString(r.word(k))
		letters.WriteString(r.word(k)[:n])
	}
	return letters.Len() > 1 && r.capAt(k+1, to) && r.tokens[k].kind == open && r.word(k+1) == letters.String()
}

// isNoun reports whether the lexicon or the tables of names know the word as a common noun.
func (l *lexicon) isNoun(w string) bool {
	return l.words[strings.ToLower(w)]&(documentary|speechNoun|group|role|institute) != 0
}

// particles stand in small letters inside names.
var particles = map[string]bool{"de": true, "da": true, "do": true, "dos": true, "du": true, "del": true, "della": true, "di": true, "la": true, "le": true, "van": true, "von": true, "der": true, "den": true,
	"ten": true, "ter": true, "zu": true, "bin": true, "ben": true, "ibn": true, "al": true, "el": true, "abu": true, "y": true, "zur": true, "zum": true, "st.": true}

// addName adds the name that begins at k with the titles and roles before it.
func (r *reading) addName(k, from, to int32, mid, low *seen) int32 {
	end := r.nameEnd(k, to, mid, low)
	m := mention{from: k, to: end, nameFrom: k, nameTo: end, entity: -1}
	whole := end // the letters behind a name are no part of it, and hide where it begins: "Councillor Ann Berg MBE"
	for end-k > 2 && honours[r.word(end-1)] {
		end--
	}
	m.to, m.nameTo = end, end
	for j := k; j < end; j++ { // titles in the run: "Alliance Secretary-General Mark Lindt"
		if j+1 < end && r.tokens[j].class&(title|role) != 0 && !r.namesBody(j, end) && r.isTitle(j, m.nameFrom) {
			m.nameFrom = j + 1
		}
	}
	body := m.nameFrom == k && end-k > 3 && r.lex.language == "en" && r.tokens[end-1].class&institute != 0 && !r.families.has(r.word(end-1))
	if j := r.givenWithin(m.nameFrom, end); j > 0 && !body {
		m.nameFrom = j
	}
	if j := m.nameFrom; j > k && end-j > 2 && r.tokens[j+1].cap && !r.isGiven(j) && r.isGiven(j+1) && r.tokens[j].class == 0 && !isInitial(r.word(j)) {
		m.nameFrom++ // "Miss Universe Ann Berg"
	}
	if j := m.nameFrom; end-j > 2 && j > from && r.tokens[j-1].class&preposition != 0 && r.tokens[j-1].stretch < 0 && name.IsPlace(r.word(j)) && (r.tokens[j+1].class|r.tokens[end-1].class)&institute == 0 {
		m.nameFrom++ // "the ambassador to Britain Liu Haoran"
	}
	if j := m.nameFrom; r.lex.capitalNouns && end-j == 2 && r.tokens[j].class == 0 && !r.isGiven(j) && !r.families.has(r.word(j)) && r.families.has(r.word(j+1)) {
		m.nameFrom++ // "Kontrolleur Berg"
	}
	for m.nameFrom < end-1 && (r.tokens[m.nameFrom].class&(preposition|determiner) != 0 || r.qualifies(m.nameFrom, end)) {
		m.nameFrom++
	}
	m.nameTo = r.withoutHonours(m.nameFrom, end)
	end, m.to = whole, whole
	if r.namesBodyBeforePerson(m.nameFrom, end) { // "told the Daily Mail Berg had left"
		end--
		m.to, m.nameTo = end, end
	}
	if noun := r.nounAfter(end, to); noun > end { // "Russian officials", "the Berg campaign"
		if noun < to && r.beginsName(noun, mid, low) && r.tokens[noun].space {
			return noun // "Kremlin aide Yuri Berg": the name takes it along
		}
		m = mention{from: r.phraseStart(k, from), to: noun, head: noun - 1, class: r.tokens[noun-1].class, kind: r.describedKind(noun - 1), entity: -1}
		m.to = r.extendRight(noun, to)
		r.mentions = append(r.mentions, m)
		return m.to
	}
	m.from = r.extendLeft(k, from)
	m.head = end - 1
	m.class = r.tokens[m.head].class
	m.kind = r.nameKind(&m)
	if m.kind == organisation && m.from == k && m.nameFrom == k && r.isOfficeOfBody(k, end) {
		m.kind, m.head, m.class = described, k, r.tokens[k].class
	}
	if m.kind != named && m.kind != place && m.from == k {
		m.from = r.phraseStart(k, from)
	}
	if m.kind == described && m.to > m.from {
		m.to = r.extendRight(m.to, to)
		end = max(end, m.to)
	}
	if m.kind == named && m.nameTo-m.nameFrom > 1 {
		r.families.add(r.word(m.nameTo - 1))
	}
	r.mentions = append(r.mentions, m)
	if end == k+1 {
		mid.add(r.word(k)) // known as a name from here on: "Berg, a lawyer, … Berg grew up …"
	}
	return end
}

// isOfficeOfBody reports whether the name from k to end is an office and, behind "of", the body that it is an office of: "Chair
// of the Harbour Association".
func (r *reading) isOfficeOfBody(k, end int32) bool {
	return r.lex.language == "en" && end-k > 2 && r.tokens[k].class&role != 0 && r.tokens[k].class&institute == 0 && r.word(k+1) == "of"
}

// namesBodyBeforePerson reports whether a run of capitalised words is the name of a body and, behind it, a family name of
// the article.
func (r *reading) namesBodyBeforePerson(from, end int32) bool {
	if end-from < 3 || !r.families.has(r.word(end-1)) || r.isGiven(end-2) || r.tokens[end-1].class&(institute|group) != 0 {
		return false
	}
	return r.tokens[end-2].class&institute != 0 || name.IsOrganisation(r.text[r.tokens[from].start:r.tokens[end-2].end])
}

// namesBody reports whether the title or role at j belongs to the name of a body or a document that ends at end: "Royal
// College", "Liberal Democratic Party", "Executive Order", "Premier League".
func (r *reading) namesBody(j, end int32) bool {
	if name.IsOrganisation(r.text[r.tokens[j].start:r.tokens[end-1].end]) {
		return true
	}
	if r.tokens[j].class&title != 0 || r.tokens[j].cap && r.isGiven(j+1) {
		return false
	}
	const body = institute | documentary | speechNoun
	return r.tokens[j+1].class&body != 0 || r.tokens[end-1].class&body != 0 && end-j < 5
}

// qualifies reports whether the word at k only says what the person is whose name goes on to end: "Frenchman
// Paul Berg", "CNN Ann Berg", "MEC Berg".
func (r *reading) qualifies(k, end int32) bool {
	next := &r.tokens[k+1]
	if next.allCaps || next.class&(institute|group) != 0 {
		return false
	}
	given := r.isGiven(k+1) && end-k > 2
	if w := r.word(k); strings.Contains(w, "-") && r.lex.gendered && name.IsNationality(w[strings.LastIndexByte(w, '-')+1:]) {
		return given // "Franco-Cambodgien Rithy Berg"
	} else if name.IsNationality(w) {
		return given && !r.isGiven(k)
	}
	return r.tokens[k].allCaps && r.tokens[k].end-r.tokens[k].start < 6 && !isInitial(r.word(k)) && !strings.Contains(r.word(k), ".") && (given || r.families.has(r.word(end-1)) && end-k == 2 && !r.isGiven(k))
}

// honours are the letters of orders, degrees and seats that stand behind a name.
var honours = map[string]bool{"MBE": true, "OBE": true, "CBE": true, "KBE": true, "DBE": true, "KC": true, "QC": true, "MP": true, "MSP": true, "MEP": true, "PhD": true, "MD": true, "RN": true, "FRS": true}

// withoutHonours is where a name ends before the letters of degrees and orders: "Ann Berg MBE".
func (r *reading) withoutHonours(from, end int32) int32 {
	for end-from > 2 && r.tokens[end-1].allCaps && !r.tokens[end-2].allCaps && r.isGiven(from) && !isSuffix(r.word(end-1)) {
		end--
	}
	return end
}

// isTitle reports whether the title or role at j of a name that begins at from is one there, and not a
// given name ("Don Berg") or a family name ("Ann Dean Berg").
func (r *reading) isTitle(j, from int32) bool {
	if r.lex.language == "fr" && r.word(j) == "M." {
		return true
	}
	if isInitial(r.word(j)) || j == from && r.tokens[j].class&title == 0 && name.IsFamilyFirst([]string{r.word(j), r.word(j + 1)}) {
		return false // "Fan Haoran"
	}
	if r.isGiven(j+1) && r.tokens[j].class&title != 0 && j > from {
		return true // "Charlotte Mayor Ann Berg"
	}
	if j > from && r.isGiven(j-1) && r.tokens[j-1].class&title == 0 {
		return false
	}
	return j > from || !givenToo[r.word(j)] && (r.tokens[j].class&title == 0 || !r.isGiven(j))
}

// givenToo are roles that are common given names as well: "Dean Baker", "Guy Cecil".
var givenToo = map[string]bool{"Pere": true, "Ally": true, "Angel": true, "Art": true, "Dean": true, "Earl": true, "Faith": true, "Guy": true, "Hunter": true, "Marine": true, "Piper": true, "Scout": true}

// givenWithin returns where in the run of capitalised words [from, end) a person's name begins after
// the words of an office or a body ("Ohio Secretary of State Jon Berg"), or 0.
func (r *reading) givenWithin(from, end int32) int32 {
	if first := &r.tokens[from]; end-from > 2 && first.initial && first.class&auxiliary != 0 && r.isGiven(from+1) {
		return from + 1 // "Era Manolo Cortés"
	}
	if r.isGiven(from) && (r.tokens[from].class&(title|institute) == 0 || end-from > 2 && particles[strings.ToLower(r.word(from+1))]) {
		return 0 // "Marine Le Pen" is no marine
	}
	if first := &r.tokens[from]; end-from > 2 && r.tokens[from+1].cap && r.isGiven(from+1) && (r.lex.capitalNouns || first.initial && first.class&institute == 0) {
		return from + 1 // "Brave Ann Berg" at the start of a sentence
	}
	for j := end - 2; j > from; j-- {
		if prev := &r.tokens[j-1]; r.tokens[j].cap && r.isGiven(j) && r.tokens[j].class&(title|institute|preposition) == 0 && r.tokens[j+1].kind == word && r.tokens[j+1].class&institute == 0 &&
			(prev.class&(title|role|institute) != 0 || r.text[prev.start:prev.end] == "State" || j-from > 1 || r.lex.capitalNouns) && prev.class&preposition == 0 {
			if j-1 > from && r.isGiven(j-1) && r.tokens[j-1].class&(title|role) == 0 {
				continue
			}
			return j
		}
	}
	return 0
}

// longestName is how many tokens a name has at most.
const longestName = 30

// nameEnd returns the token after the name that begins at k.
func (r *reading) nameEnd(k, to int32, mid, low *seen) int32 {
	institutional := false
	j := k + 1
	to = min(to, k+longestName)
	for j < to {
		t := &r.tokens[j]
		if t.stretch >= 0 {
			break
		}
		prev := &r.tokens[j-1]
		institutional = institutional || prev.class&(institute|title) != 0
		switch {
		case r.lex.capitalNouns && t.cap && (j-k > 1 && r.endsGermanName(k, j) || j-k == 1 && r.isGenitive(r.word(k))):
		case t.kind == word && t.cap && t.space && r.continuesName(j, mid, low):
			j++
			continue
		case t.kind == word && !t.cap && particles[r.word(j)] && r.particle(k, j, to):
			j++
			continue
		case t.kind == word && (r.word(j) == "of" && (institutional || j == k+1) || institutional && r.isPurpose(j)) && !r.namesPerson(k, j) && r.ofName(j, to):
			j++
			if r.tokens[j].class&determiner != 0 {
				j++
			}
			continue
		case t.kind == other && prev.class&group != 0 && r.isPluralGenitive(j) && r.nextCap(j, to) && r.tokens[j+1].class&institute != 0: // "National Police Chiefs’ Council"
			j++
			continue
		case t.kind == genitive && prev.class&(role|title) != 0 && r.nextCap(j, to) && r.tokens[j+1].class&institute != 0: // "Aldby County Sheriff’s Office"
			j++
			continue
		case r.lex.capitalNouns && r.saysWhatFor(j, to): // "Landesamt für Straßenbau"
			j++
			continue
		case r.lex.language == "es" && r.word(j) == "i" && j-k > 1 && r.isGiven(k) && r.nextCap(j, to): // Roca i Vidal
			j++
			continue
		case r.lex.gendered && r.goesOnWithPlace(k, j, to):
			for j++; !r.tokens[j].cap; j++ {
			}
			j++
			continue
		case t.class&coordinator != 0 && r.joinsBody(k, j, to):
			j++
			continue
		case t.kind == comma && j+1 < to && isSuffix(r.word(j+1)):
			return j + 2
		case t.kind == other && r.text[t.start] == '&' && r.nextCap(j, to):
			j++
			continue
		}
		break
	}
	return j
}

// goesOnWithPlace reports whether the words from j on say of where or of what the body is whose name begins at k with a
// noun of bodies: "Federación de Cofradías del Cantil", "Conseil des Innus de Mashkuan".
func (r *reading) goesOnWithPlace(k, j, to int32) bool {
	if r.lex.capitalNouns || r.tokens[k].class&institute == 0 || r.tokens[j].cap || r.tokens[j].class&joining == 0 || r.tokens[j].kind != word {
		return false
	}
	if j++; j < to && r.tokens[j].class&determiner != 0 && !r.tokens[j].cap {
		j++
	}
	return j < to && r.tokens[j].cap && r.tokens[j].kind == word && r.tokens[j].stretch < 0 && !r.opensPerson(j, to)
}

// saysWhatFor reports whether the word at j, behind a German body, goes on with what the body is for, or whose: "Landesamt für
// Straßenbau", "Partei des Religiösen Zentrums", whose adjective has a capital.
func (r *reading) saysWhatFor(j, to int32) bool {
	if r.tokens[j-1].class&institute == 0 || !r.nextCap(j, to) {
		return false
	}
	switch r.word(j) {
	case "für":
		return r.tokens[j+1].class&title == 0 && !r.isGiven(j+1)
	case "des", "der":
		return strings.HasSuffix(r.word(j+1), "en") && r.nextCap(j+1, to) && !r.isGiven(j+1) && !r.isGiven(j+2) && r.tokens[j+1].class&(role|group|title) == 0
	}
	return false
}

// isPluralGenitive reports whether the apostrophe at j makes a genitive of the plural before it.
func (r *reading) isPluralGenitive(j int32) bool {
	return r.tokens[j].start == r.tokens[j-1].end && strings.HasSuffix(r.word(j-1), "s") && (r.text[r.tokens[j].start] == '\'' || strings.HasPrefix(r.text[r.tokens[j].start:], "’"))
}

// joinsPlaces reports whether the conjunction at j stands inside the name of a body that begins at k and whose last word
// says what it is: "Harbour and Quay Police".
func (r *reading) joinsPlaces(k, j, to int32) bool {
	const longest = 4
	if r.lex.language != "en" || r.word(j) != "and" || !r.nextCap(j, to) || j-k > longest {
		return false
	}
	end := j + 1
	for end < to && end <= j+longest && r.capAt(end, to) {
		end++
	}
	if end-j < 3 || r.tokens[end-1].class&institute == 0 || r.tokens[end-1].allCaps {
		return false
	}
	places := name.IsPlace(r.word(j + 1)) // "Devon and Cornwall Police", but "Devon and Harbour Police"
	for i := k; i < end-1; i++ {
		if w := r.word(i); i != j && (r.tokens[i].class&^adverb != 0 || r.tokens[i].allCaps || isGivenName(w) && j-k > 1 || r.families.has(w) || !places && name.IsPlace(w) || name.IsNationality(w)) {
			return false // "Berg and Harbour Police said"
		}
	}
	return true
}

// joinsBody reports whether the conjunction at j goes on with the name of a body that begins at k: "Department
// of Health and Human Services".
func (r *reading) joinsBody(k, j, to int32) bool {
	if r.joinsPlaces(k, j, to) {
		return true
	}
	if !r.nextCap(j, to) {
		return false
	}
	places := j-k > 2 && name.IsPlace(r.word(j-1)) && r.word(j-2) == "of" && name.IsPlace(r.word(j+1)) // "Police Federation of England and Wales"
	if r.tokens[j+1].class&(title|role) != 0 || r.tokens[j+1].allCaps || r.isGiven(j+1) && !places || name.IsPlace(r.word(j+1)) && !places {
		return false
	}
	of := false
	for i := k; i < j; i++ {
		of = of || r.tokens[i].class&(preposition|determiner) != 0
	}
	return of && (r.tokens[k].class|r.tokens[min(k+1, j-1)].class)&institute != 0 && r.tokens[j+1].class&institute == 0
}

// endsGermanName reports whether the name that begins at k is over before the capitalised word at j: it has a
// given and a family name already, or ends with a genitive's s, and the next word may be any noun.
func (r *reading) endsGermanName(k, j int32) bool {
	w, prev := r.word(j), r.word(j-1)
	for k < j-1 && r.tokens[k].class&(title|role) != 0 && !r.isGiven(k) {
		k++ // "Experte Guido Berg"
	}
	if j-k < 2 {
		return r.isGenitive(prev)
	}
	if strings.ContainsAny(w, foreignLetters) {
		return r.isGenitive(prev)
	}
	if r.isGiven(k) && isGivenName(prev) && r.alone.has(prev) && !r.alone.has(w) && !isGivenName(w) {
		return true // "Anna Berg Bezug", where she is Berg elsewhere
	}
	if !r.isGiven(k) || isGivenName(prev) || isInitial(prev) || r.tokens[j].allCaps || particles[prev] {
		return r.isGenitive(prev)
	}
	return !isGivenName(w) && !r.families.has(w)
}

// foreignLetters stand in names and in hardly any German noun.
const foreignLetters = "áàâãåćčçđíîïłñńóòôõøřśšșşțúůýžźż"

// isGenitive reports whether w is a family name of the article, or a given name, with the s of the German genitive.
func (r *reading) isGenitive(w string) bool {
	if !r.lex.capitalNouns || len(w) < 4 || w[len(w)-1] != 's' {
		return false
	}
	return r.families.has(w[:len(w)-1]) || isGivenName(w[:len(w)-1]) && !isGivenName(w)
}

// namesPerson reports whether a person's name stands in [from, to): a given name alone, or one with
// another name behind it.
func (r *reading) namesPerson(from, to int32) bool {
	if r.isGiven(from) && (to-from == 1 || r.tokens[from+1].class&institute == 0) {
		return true
	}
	for j := from + 1; j+1 < to; j++ {
		if t := &r.tokens[j]; r.isGiven(j) && (t.class|r.tokens[j+1].class)&institute == 0 {
			return true
		}
	}
	return false
}

// particle reports whether the small word at j of the name that begins at k goes on with it: after a
// given name, a title or another particle ("Ursula von der Leyen"), or in a body's name.
func (r *reading) particle(k, j, to int32) bool {
	w, prev := r.word(j), r.word(j-1)
	article := w == "der" || w == "den" || w == "la" || w == "le" || w == "ter" || w == "ten"
	if article && !particles[strings.ToLower(prev)] {
		return false
	}
	follows := r.nextCap(j, to) || j+2 < to && particles[r.word(j+1)] && r.nextCap(j+1, to)
	if !follows {
		return false
	}
	if article || isGivenName(prev) || r.tokens[j-1].class&(title|institute) != 0 || isInitial(prev) {
		return true
	}
	// "Ana Pérez de la Fuente", but "Ana Pérez de la Universidad", "Berg von der Gewerkschaft"
	next := j + 1
	for next < to && !r.tokens[next].cap {
		next++
	}
	return j-k > 1 && r.isGiven(k) && r.lex.language != "de" && next < to && r.tokens[next].class&institute == 0 && !name.IsPlace(r.word(next))
}

func isInitial(w string) bool { return len(w) == 2 && w[1] == '.' }

// isSuffix reports whether w stands behind a family name: "Jr.", "III".
func isSuffix(w string) bool {
	switch w {
	case "Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV":
		return true
	}
	return false
}

func (r *reading) nextCap(j, to int32) bool {
	return j+1 < to && r.tokens[j+1].kind == word && r.tokens[j+1].cap && r.tokens[j+1].stretch < 0
}

// isPurpose reports whether the word at j, behind a body, says what it is for: "Center for American Progress".
func (r *reading) isPurpose(j int32) bool {
	if r.lex.language != "en" || !r.nextCap(j, int32(len(r.tokens))) {
		return false
	}
	switch r.word(j) {
	case "for", "on", "against":
		next := &r.tokens[j+1]
		return r.tokens[j-1].class&institute != 0 && next.class&(temporal|title|role) == 0 && classOf(name.GivenGender(r.word(j+1))) == 0 && !r.families.has(r.word(j+1)) && !name.IsPlace(r.word(j+1))
	}
	return false
}

// ofName reports whether "of" at j goes on with a name: "House of Representatives".
func (r *reading) ofName(j, to int32) bool {
	if r.nextCap(j, to) {
		return true
	}
	return j+2 < to && r.tokens[j+1].class&determiner != 0 && r.nextCap(j+1, to)
}

// continuesName reports whether the capitalised word at j goes on with the name before it.
func (r *reading) continuesName(j int32, mid, low *seen) bool {
	t := &r.tokens[j]
	if r.lex.language != "en" && t.class&determiner != 0 && r.nextCap(j, r.first[t.paragraph+1]) {
		return true // Le Goff, La Rochelle
	}
	if t.class&(pronoun|relative|coordinator|complementizer|subordinator|modal|auxiliary|preposition|determiner) != 0 && !t.allCaps && !r.isGiven(j) {
		return t.end-t.start == 2 && r.text[t.end-1] == '.'
	}
	if r.lex.gendered && t.class&pronoun != 0 && t.class&subject != 0 && r.tokens[j-1].end-r.tokens[j-1].start <= 2 {
		return false // « le brigadier L. Il plaide »
	}
	if t.class&temporal != 0 && !r.isGiven(j) && t.class&institute == 0 && !r.isCommonFamily(j) {
		return false
	}
	if !r.titleCased(t.paragraph) {
		return true
	}
	w := r.word(j)
	return mid.has(w) && !low.has(strings.ToLower(w)) || isGivenName(w) || isInitial(w) || isInitial(r.word(j-1))
}

// behindDeterminer reports whether the German noun at k has a determiner before it, or an adjective
// with one: then it is a common noun, for names stand without.
func (r *reading) behindDeterminer(k int32) bool {
	for j := k - 1; j >= 0 && j >= k-3; j-- {
		t := &r.tokens[j]
		if t.kind != word || t.stretch >= 0 || t.paragraph != r.tokens[k].paragraph {
			return false
		}
		if t.class&determiner != 0 || t.class&possessive != 0 {
			return true
		}
		if t.cap || t.class != 0 {
			return false
		}
	}
	return false
}

// areNationalities reports whether all words of tokens[from:to], if there are any, are of countries or faiths.
func (r *reading) areNationalities(from, to int32) bool {
	for k := from; k < to; k++ {
		if !name.IsNationality(r.word(k)) {
			return false
		}
	}
	return true
}

// nameKind decides what a name names.
func (r *reading) nameKind(m *mention) mentionKind {
	last := &r.tokens[m.nameTo-1]
	if r.lex.language == "de" && m.nameTo-m.from == 1 && r.behindDeterminer(m.from) && !r.isGiven(m.from) && last.class&institute == 0 {
		return r.describedKind(m.from)
	}
	if m.nameFrom == m.nameTo-1 && last.class&title != 0 && !r.isGiven(m.nameFrom) && !r.families.has(r.word(m.nameFrom)) { // "the President"
		return described
	}
	if m.nameFrom > m.from && r.tokens[m.nameFrom-1].class&title != 0 && m.nameFrom > 0 {
		return named
	}
	text := r.text[r.tokens[m.nameFrom].start:last.end]
	switch {
	case r.lex.capitalNouns && last.class&(role|group) != 0 && r.families.has(r.word(m.nameTo-1)):
		return named // Anna Richter
	case last.class&institute != 0 || r.tokens[m.nameFrom].class&institute != 0 || last.allCaps && m.nameTo-m.nameFrom == 1 && last.end-last.start < 7 || name.IsOrganisation(text):
		return organisation
	case name.IsPlace(text):
		return place
	case last.class&group != 0:
		return several
	case last.class&documentary != 0 && m.nameTo-m.nameFrom > 1:
		return organisation
	case last.class&role != 0 && !r.families.has(r.word(m.nameTo-1)) && r.areNationalities(m.nameFrom, m.nameTo-1):
		return described // "Norwegian Ambassador"
	case last.class&title != 0 && m.nameTo-m.nameFrom == 2 && r.tokens[m.nameFrom].allCaps && name.IsPlace(r.word(m.nameFrom)):
		return described // "the US President"
	}
	return named
}
