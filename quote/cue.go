package quote

import (
	"strings"

	"newsdesk/quote/name"
)

// This file reads the cues of attribution: which words are verbs of speech where they stand, and who
// their subject is, by rules of grammar.

// speaks reports whether token k is a verb of speech or "according". Words that may be nouns as well
// ("claims", "reports") are verbs only where a subject can stand before them.
func (r *reading) speaks(k int32) bool {
	t := &r.tokens[k]
	if t.kind != word || t.stretch >= 0 || t.class&(speech|according) == 0 || t.cap && !t.initial {
		return false
	}
	if k == r.first[t.paragraph] {
		return true
	}
	prev := &r.tokens[k-1]
	if prev.kind == genitive && prev.class&auxiliary == 0 || prev.class&pronoun != 0 && prev.class&possessive != 0 {
		return false // "Russia's continued openness"
	}
	if prev.class&determiner != 0 && prev.class&(group|adverb|temporal) == 0 && prev.stretch < 0 {
		return false // "the report", "a dispute"
	}
	if t.class&(documentary|speechNoun) == 0 || prev.stretch >= 0 || prev.kind != word {
		return true
	}
	if prev.class&preposition != 0 && prev.class&(adverb|temporal) == 0 {
		return false
	}
	const before = pronoun | relative | role | group | auxiliary | modal | negation | adverb | temporal | coordinator | documentary
	if prev.class&before != 0 {
		return true
	}
	if !prev.cap {
		return prev.class != 0
	}
	next := k + 1 // "Moscow talks ended": what follows a verb of speech is what was said, to or by whom
	return int(next) < len(r.tokens) && r.tokens[next].paragraph == t.paragraph && r.tokens[next].kind != stop && r.tokens[next].kind != comma
}

// findSourceNouns makes the nouns that name a source between two prepositions ("in the words of Berg", "à l'avis
// de la ministre", "nach Angaben der Polizei") and behind a possessive ("a su juicio") words like "according".
func (r *reading) findSourceNouns() {
	for k := 1; k+1 < len(r.tokens); k++ {
		t := &r.tokens[k]
		if t.class&sourceNoun == 0 || t.stretch >= 0 {
			continue
		}
		before := k - 1
		for before > 0 && r.tokens[before].class&(determiner|possessive) != 0 && r.tokens[before].class&preposition == 0 {
			before--
		}
		next := r.tokens[k+1].class
		if r.tokens[before].class&preposition != 0 && r.tokens[before].paragraph == t.paragraph && (next&(preposition|determiner|joining) != 0 || before < k-1) {
			t.class |= according
		}
	}
}

// findViewpoints makes the prepositions that, at the start of a sentence and before a person, say whose view it is
// ("Para Berg, …", « Pour la ministre, … ») words like "according".
func (r *reading) findViewpoints() {
	for k := range r.tokens {
		t := &r.tokens[k]
		if t.class&viewpoint != 0 && t.initial && t.stretch < 0 && r.opensViewer(int32(k)+1, r.first[t.paragraph+1]) {
			t.class |= according
		}
	}
}

// opensViewer reports whether a person begins at token k, by name or role, to whom a comma or, in German, the verb puts
// an end.
func (r *reading) opensViewer(k, to int32) bool {
	const longest = 14
	from := k
	if k < to && r.tokens[k].class&(determiner|possessive) != 0 {
		k++
	}
	if k+1 >= to || r.tokens[k].kind != word || r.tokens[k].stretch >= 0 {
		return false
	}
	t := &r.tokens[k]
	person := t.class&(role|title) != 0 && t.class&addressee == 0 || k == from && t.cap && r.isGiven(k) && !name.IsPlace(r.word(k))
	if r.lex.capitalNouns {
		return person && (k == from || t.class&role != 0)
	}
	person = person || k == from && t.cap && t.class&(temporal|functionWord|institute) == 0 && !name.IsPlace(r.word(k)) && r.tokens[k+1].kind == comma
	for ; person && k < to && k < from+longest && r.tokens[k].stretch < 0 && r.tokens[k].kind != stop; k++ {
		if r.tokens[k].kind == comma {
			return true
		}
		if r.tokens[k].class&(speech|modal) != 0 && r.tokens[k].class&(role|documentary|speechNoun) == 0 {
			return false
		}
	}
	return false
}

// findInversions makes verbs of speech of unknown words that stand where only one can: right behind the marks,
// with their subject behind them („…“, freut sich Berg; “…,” deadpanned Berg), and a word like "according" of the
// German "so" („…“, so Berg).
func (r *reading) findInversions() {
	for i := range r.quotes {
		k := r.quotes[i].to
		if int(k)+2 >= len(r.tokens) || r.tokens[k].paragraph != int32(r.quotes[i].paragraph) {
			continue
		}
		inside := r.tokens[max(k-2, r.quotes[i].from)].kind == comma
		if r.tokens[k].kind == comma || r.tokens[k].kind == dash {
			k++
		} else if !r.lex.gendered && !inside {
			continue
		}
		t := &r.tokens[k]
		if int(k)+2 >= len(r.tokens) || t.kind != word || t.cap || t.stretch >= 0 || r.tokens[k+1].paragraph != t.paragraph {
			continue
		}
		if r.lex.attributes(r.word(k)) && r.opensSubject(k+1) {
			t.class |= according
			continue
		}
		known := t.class&^(documentary|speechNoun) != 0
		if known || !r.lex.gendered && !strings.HasSuffix(r.word(k), "ed") {
			continue
		}
		next := k + 1
		if r.tokens[next].class&pronoun != 0 && r.tokens[next].class&(object|reflexive) != 0 {
			next++
		}
		if r.opensSubject(next) {
			t.class |= speech
		}
	}
}

// opensSubject reports whether a subject begins at token k: a name, a pronoun, a noun with its article.
func (r *reading) opensSubject(k int32) bool {
	if int(k) >= len(r.tokens) {
		return false
	}
	t := &r.tokens[k]
	if t.kind != word || t.stretch >= 0 {
		return false
	}
	if t.class&pronoun != 0 {
		return t.class&subject != 0 && t.class&(second|first) == 0
	}
	return t.cap && t.class&(temporal|preposition|adverb) == 0 || r.lex.gendered && t.class&determiner != 0
}

// subjectOf returns the mention that is the subject of the verb of speech at k, by a few rules, or -1.
func (r *reading) subjectOf(k, from, to int32) int32 {
	after := r.mentionBehind(k)
	if r.tokens[k].class&according != 0 {
		follows := int(after) < len(r.mentions) && r.mentions[after].from == k+1
		if m := after - 1; m >= 0 && r.mentions[m].to == k && (r.tokens[k].class&sourceNoun != 0 && r.mentions[m].class&possessive != 0 || r.lex.capitalNouns && !follows) {
			return m // "a su juicio", "Berg zufolge"
		}
		if int(after) < len(r.mentions) && r.mentions[after].from <= k+3 {
			return after
		}
		return -1
	}
	if r.isPassive(k) { // "was called “…” by Berg"
		return r.agentOf(k)
	}
	b := r.verbBegins(k, from)
	inverted := b == from || r.tokens[b-1].stretch >= 0 || r.tokens[b-1].kind == comma && b-2 >= from && r.tokens[b-2].stretch >= 0 || r.closesStatement(k, b, after)
	behind := r.subjectBehind(k)
	if inverted && behind >= 0 {
		return behind
	}
	best := int32(-1)
	if m := r.mentionFrom(k) - 1; r.tokens[k].class&participle != 0 && m >= 0 && r.mentions[m].to == k {
		return m // "despite officials calling it"
	}
	j := k - 1
	for j >= from && r.tokens[j].kind == word && r.tokens[j].class&(adverb|auxiliary|negation|modal|temporal) != 0 {
		j--
	}
	apposition := j >= from && r.tokens[j].kind == comma
	for m, n := r.mentionFrom(k)-1, 0; m >= 0 && r.mentions[m].from >= from && n < 24; m, n = m-1, n+1 {
		x := &r.mentions[m]
		if r.sentence[x.from] != r.sentence[k] {
			break
		}
		if x.class&object != 0 || x.class&possessive != 0 && x.class&pronoun != 0 {
			continue
		}
		bare := x.from == from || r.tokens[x.from-1].class&preposition == 0
		if r.possesses(x) {
			continue
		}
		if !bare || best >= 0 && r.mentions[best].kind == named && x.kind != named && r.tokens[r.mentions[best].from-1].kind == comma {
			continue // "Author and one of the organisers, Ann Berg, said"
		}
		best = m
		if !apposition {
			break
		}
		if x.from == from || r.sentence[x.from-1] != r.sentence[x.from] || r.tokens[x.from-1].stretch >= 0 || r.tokens[x.from-1].class&(coordinator|complementizer|subordinator) != 0 {
			break
		}
	}
	if behind >= 0 && r.lex.gendered && (best < 0 || r.outranked(k, best, behind)) {
		return behind // "Auf die Frage antwortete Berg"
	}
	return best
}

// closesStatement reports whether the neutral verb at k, which begins at b, follows a statement without marks and the mention
// behind it ends the clause as its subject: "The bay is empty, said Ann Berg, a lawyer."
func (r *reading) closesStatement(k, b, behind int32) bool {
	if int(behind) >= len(r.mentions) || r.tokens[b-1].kind != comma || r.tokens[k].class&core == 0 || r.tokens[k].class&(telling|participle) != 0 {
		return false
	}
	x := &r.mentions[behind]
	if x.kind != named || x.from != k+1 {
		return false
	}
	return int(x.to) == len(r.tokens) || r.sentence[x.to] != r.sentence[k] || r.tokens[x.to].kind == comma || r.tokens[x.to].kind == stop
}

// outranked reports whether what stands right behind the German verb at k is its subject rather than what stands before it: "In der
// Sendung „Arena“ sagte Berg".
func (r *reading) outranked(k, before, behind int32) bool {
	x, y := &r.mentions[before], &r.mentions[behind]
	if y.kind == several && y.from == k+1 && (x.kind == named || x.kind == described) && r.lex.capitalNouns && strings.HasSuffix(r.word(k), "en") {
		return true // "Den Plan von Berg nannten die Anwohner …"
	}
	thing := x.kind == document || x.kind == unknown || x.kind == place
	return r.lex.capitalNouns && thing && r.tokens[k].class&core != 0 && y.from == k+1 && y.kind == named
}

// subjectBehind returns the mention behind the verb at k that stands where its subject may, or -1.
func (r *reading) subjectBehind(k int32) int32 {
	m := r.mentionBehind(k)
	if int(m) >= len(r.mentions) || r.mentions[m].from > k+2 || r.mentions[m].class&object != 0 {
		return -1
	}
	if r.lex.capitalNouns && r.possesses(&r.mentions[m]) && int(m)+1 < len(r.mentions) && r.mentions[m+1].from <= r.mentions[m].to+1 {
		m++ // „…“, sagte Bergs Anwalt
	}
	return m
}

// mentionBehind returns the first mention behind token k, which a possessive that it begins with is not: "explique son avocat".
func (r *reading) mentionBehind(k int32) int32 {
	m := r.mentionFrom(k + 1)
	for int(m)+1 < len(r.mentions) && r.isPossessorOf(m, m+1) {
		m++
	}
	return m
}

// isPossessorOf reports whether mention a is the possessive that mention b begins with: "son" of "son avocat".
func (r *reading) isPossessorOf(a, b int32) bool {
	x := &r.mentions[a]
	return x.class&pronoun != 0 && x.class&possessive != 0 && x.from == r.mentions[b].from
}

// verbBegins is where the verb whose last word stands at k begins: « … », a déclaré Anne Berg; «…», ha dicho Ana Berg.
func (r *reading) verbBegins(k, from int32) int32 {
	for r.lex.gendered && k > from && r.tokens[k-1].kind == word && r.tokens[k-1].stretch < 0 && r.tokens[k-1].class&(auxiliary|negation) != 0 {
		k--
	}
	return k
}

// agentOf returns whom "by" names behind the passive verb at k, or -1.
func (r *reading) agentOf(k int32) int32 {
	for j := k + 1; int(j) < len(r.tokens) && j < k+30 && r.sentence[j] == r.sentence[k]; j++ {
		if r.tokens[j].stretch < 0 && r.tokens[j].class&agentive != 0 {
			if m := r.mentionFrom(j + 1); int(m) < len(r.mentions) && r.mentions[m].from <= j+2 {
				return m
			}
		}
	}
	return -1
}

// isPassive reports whether the verb at k is a participle behind an auxiliary of the passive.
func (r *reading) isPassive(k int32) bool {
	if r.tokens[k].class&participle != 0 {
		return false
	}
	j := k - 1
	for j > 0 && r.tokens[j].stretch < 0 && r.tokens[j].kind == word && r.tokens[j].class&(adverb|negation) != 0 {
		j--
	}
	return j >= 0 && r.tokens[j].stretch < 0 && r.tokens[j].kind == word && r.tokens[j].class&passive != 0 && r.tokens[j].paragraph == r.tokens[k].paragraph
}

// findSpeakers marks the mentions that are the subject of a verb of speech.
func (r *reading) findSpeakers() {
	for k := range int32(len(r.tokens)) {
		if r.speaks(k) {
			p := r.tokens[k].paragraph
			if m := r.subjectOf(k, r.first[p], r.first[p+1]); m >= 0 {
				r.mentions[m].speaker = true
			}
		}
	}
}
