package name

import (
	"embed"
	"io/fs"
	"strings"
	"sync"
)

//go:embed tables/*.txt
var tables embed.FS

// class is a set of the tables that hold a word.
type class uint16

const (
	classTitle        class = 1 << iota // titles.*: stands before a name
	classRole                           // roles.*: what one person is
	classGroup                          // groups.*: what several people are
	classOrganisation                   // organisations.*: makes a capitalised phrase an organisation
	classPlace                          // places.*: the name of a place
	classNationality                    // nationalities.*: of a country or people
	classNever                          // never.*: capitalised, but never a person's name
	classParticle                       // particles: small words inside a family name
	classSuffix                         // suffixes: what follows a family name
	classFamilyFirst                    // families: family names that stand before the given name
	classModifier                       // modifiers: belongs to the title it stands by
	classPortfolio                      // portfolios: what an office is of or for
)

// classOf maps the first part of a table's file name to its class.
var classOf = map[string]class{
	"titles": classTitle, "roles": classRole, "groups": classGroup,
	"organisations": classOrganisation, "places": classPlace, "nationalities": classNationality,
	"never": classNever, "particles": classParticle, "suffixes": classSuffix, "families": classFamilyFirst,
	"modifiers": classModifier, "portfolios": classPortfolio,
}

// entry is what the tables say of one word or phrase.
type entry struct {
	class  class
	gender Gender // of titles and roles
}

// lexicon holds the folded entries of all tables but those of given names and short forms.
var lexicon = sync.OnceValue(func() map[string]entry {
	words := make(map[string]entry, 8192)
	names, err := fs.Glob(tables, "tables/*.txt")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, file := range names {
		kind, _, _ := strings.Cut(strings.TrimPrefix(file, "tables/"), ".")
		c, ok := classOf[kind]
		if !ok {
			continue
		}
		for line := range entries(file) {
			word, gender := cutGender(line)
			key := Fold(word)
			e := words[key]
			switch {
			case gender == Unknown:
			case e.gender == Unknown:
				e.gender = gender
			case e.gender != gender: // the languages disagree
				e.gender = Unknown
			}
			e.class |= c
			words[key] = e
		}
	}
	return words
})

// entries yields the entries of an embedded table: its lines without comments and blank lines.
func entries(file string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		data, err := tables.ReadFile(file)
		if err != nil {
			panic(err) // embedded: a missing table is a fault of the program, found by any test
		}
		for line := range strings.Lines(string(data)) {
			line, _, _ = strings.Cut(line, "#")
			if line = strings.TrimSpace(line); line != "" && !yield(line) {
				return
			}
		}
	}
}

// cutGender splits "duchess (f)" into the word and its gender.
func cutGender(line string) (string, Gender) {
	if word, ok := strings.CutSuffix(line, " (f)"); ok {
		return word, Female
	}
	if word, ok := strings.CutSuffix(line, " (m)"); ok {
		return word, Male
	}
	return line, Unknown
}

// lookUp returns what the tables say of word, which may be written in any case and with accents and
// may be a phrase. It does not allocate for anything of usual length.
func lookUp(word string) entry {
	var buf [64]byte
	if len(word) > maxPhrase {
		return entry{}
	}
	return lexicon()[string(appendFold(buf[:0], word))]
}

// maxPhrase is the length in bytes above which nothing is looked up: far above the longest entry.
const maxPhrase = 256

// is reports whether word is in one of the tables of c.
func is(word string, c class) bool { return lookUp(word).class&c != 0 }
