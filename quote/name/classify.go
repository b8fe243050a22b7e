package name

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// IsRole reports whether word says what one person is: "minister", "spokeswoman", "Trainerin",
// "porte-parole". It may be a phrase, in any case. Some family names are roles ("Baker", "Koch").
func IsRole(word string) bool { return is(word, classRole) }

// IsGroup reports whether word says what several people are: "officials", "police", "researchers",
// "Demokraten". Some words are both one and several ("Forscher"), and so a role
// as well. English plurals of roles count by rule ("curators"), with a capital only where no name
// looks like it ("Investigators", but "Childs", "Masons").
func IsGroup(word string) bool {
	if is(word, classGroup) {
		return true
	}
	const surelyPlural = 9 // letters, from which a capitalised plural is no family name
	if isCapitalised(word) && len(word) < surelyPlural {
		return false
	}
	return isPluralRole(word)
}

// isPluralRole reports whether word is an English role in the plural.
func isPluralRole(word string) bool {
	for _, p := range plurals {
		if stem, ok := strings.CutSuffix(word, p.from); ok && len(stem)+len(p.to) > 2 && len(word) < maxPhrase && is(stem+p.to, classRole) {
			return true
		}
	}
	return false
}

// plurals are how the English plural of a role goes back to its singular.
var plurals = []rewrite{{"women", "woman"}, {"men", "man"}, {"people", "person"}, {"ies", "y"}, {"es", ""}, {"s", ""}}

// IsNationality reports whether word is of a country, a people or a faith: "Ukrainian", "Catholic",
// "russischen", "française". In any case: German, French and Spanish write the adjectives small, and so
// "polish" is one too.
func IsNationality(word string) bool { return is(word, classNationality) }

// IsNeverName reports whether word is written with a capital, or begins a sentence, without being a
// person's name: days, months nobody is called, "However", "Internet", "Selon". It knows the four
// languages at once; what is a name in one and a small word in another is no answer ("Son", "Will").
func IsNeverName(word string) bool { return lookUp(word).neverName() }

func (e entry) neverName() bool {
	return e.class&classNever != 0 || e.class&classNeverElse != 0 && e.class&(classFamilyFirst|classParticle) == 0
}

// IsPlace reports whether s is the name of a place: a country, its capital, a state or region, a large
// city, each also with a direction before it ("northern Syria") or a region behind ("Austin, Texas").
// It wants a capital: "US" is a place, "us" is not. Some places are people's names as well ("Jordan",
// "Charlotte", "Lincoln"): the caller knows what stands around them.
func IsPlace(s string) bool {
	if len(s) > maxPhrase {
		return false
	}
	s = strings.TrimPrefix(strings.TrimSpace(s), "the ")
	if head, tail, ok := strings.Cut(s, ","); ok {
		return IsPlace(head) && IsPlace(tail) || is(s, classPlace)
	}
	if first, rest, ok := strings.Cut(s, " "); ok && isDirection(first) && isCapitalised(rest) && is(rest, classPlace) {
		return true
	}
	return isCapitalised(s) && is(s, classPlace)
}

// isDirection reports whether w says which part of a place.
func isDirection(w string) bool {
	switch strings.ToLower(strings.TrimSuffix(w, "ern")) {
	case "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "central", "mainland", "downtown",
		"greater", "upstate", "rural", "occupied":
		return true
	}
	return false
}

// IsOrganisation reports whether s, a phrase, is the name of an organisation and not of a person: it is
// an institution ("Kremlin", "White House"), has a word that makes it one ("Ministry", "Party", "GmbH",
// "Landgericht"), or is an acronym. Titles in front are left aside, so "FBI Director Anna Berg" is none.
// What newspapers call an outlet or a firm without such a word is not recognised.
func IsOrganisation(s string) bool {
	if s == "" || len(s) > maxPhrase {
		return false
	}
	words := splitWords(s)
	if n := titleLength(words); n < len(words) && n > 0 && !is(s, classOrganisation) && !isOrganisationWord(words[n-1]) {
		words = words[n:]
	}
	return isOrganisation(words)
}

// isOrganisation is IsOrganisation for words without titles.
func isOrganisation(words []string) bool {
	switch {
	case len(words) == 0:
		return false
	case len(words) == 1:
		return isOrganisationName(words[0])
	case is(strings.Join(words, " "), classOrganisation):
		return true
	case len(words) == 2 && IsGiven(words[0]) && is(words[1], classNameToo):
		return false
	case slices.ContainsFunc(words, isOrganisationWord):
		return true
	}
	return holdsPhrase(words)
}

// isOrganisationName reports whether a word alone names an organisation.
func isOrganisationName(w string) bool {
	if isCapitalised(w) && is(w, classOrganisation) || isGermanCompound(w) {
		return true
	}
	if !isAcronym(w) || is(w, classSuffix|classPlace|classTitle|classNever) {
		return false
	}
	// A name in capitals ("ANNA", "BERG:" in a transcript) looks like an acronym; those of five letters
	// and more that can be spoken are taken for names unless the table has them, and given names always.
	return len(w) <= 4 && !IsGiven(w) || !isPronounceable(w)
}

// isPronounceable reports whether at least every fifth letter of w is a vowel.
func isPronounceable(w string) bool {
	vowels, letters := 0, 0
	for i := range len(w) {
		if c := w[i] | 0x20; c >= 'a' && c <= 'z' {
			letters++
			if isVowel(c) {
				vowels++
			}
		}
	}
	return vowels*5 >= letters
}

// isOrganisationWord reports whether w makes the phrase in which it stands an organisation.
func isOrganisationWord(w string) bool {
	return isCapitalised(w) && (is(w, classOrganisation) || isGermanCompound(w)) && !is(w, classTitle)
}

// holdsPhrase reports whether two or three of words, side by side, are an organisation: "the European
// Union's".
func holdsPhrase(words []string) bool {
	for i := range words {
		if !phrases(words[i:]) {
			continue
		}
		for n := 2; n <= 3 && i+n <= len(words); n++ {
			if is(strings.Join(words[i:i+n], " "), classOrganisation) && isCapitalised(words[i]) {
				return true
			}
		}
	}
	return false
}

// germanEndings are the ends of German compounds that name organisations, folded.
var germanEndings = sync.OnceValue(func() []string {
	var ends []string
	for line := range entries("tables/orgendings.de.txt") {
		ends = append(ends, Fold(line))
	}
	return ends
})

// isGermanCompound reports whether w is a German compound that names an organisation.
func isGermanCompound(w string) bool {
	const shortest = 9 // "Landgericht"; the endings alone are in the table
	if r, _ := utf8.DecodeRuneInString(w); len(w) < shortest || len(w) > 60 || !unicode.IsUpper(r) {
		return false
	}
	var buf [64]byte
	folded := string(appendFold(buf[:0], w))
	for _, end := range germanEndings() {
		if strings.HasSuffix(folded, end) {
			return true
		}
	}
	return false
}
