package name

import (
	"embed"
	"io/fs"
	"path"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
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
	classNameToo                        // marked "(name)": a given name as well (titles), or a family name (organisations)
	classPlace                          // places.*: the name of a place
	classNationality                    // nationalities.*: of a country, people or faith
	classNever                          // never.en: capitalised, but never a person's name
	classNeverElse                      // never.*: the same in another language
	classParticle                       // particles: small words inside a family name
	classSuffix                         // suffixes: what follows a family name
	classFamilyFirst                    // families: family names that stand before the given name
	classModifier                       // modifiers: belongs to the title it stands by
	classPortfolio                      // portfolios: what an office is of or for
)

// classOf maps a table's file name, or the part of it before the language, to its class.
var classOf = map[string]class{
	"titles": classTitle, "roles": classRole, "groups": classGroup,
	"organisations": classOrganisation, "places": classPlace, "nationalities": classNationality,
	"never.en": classNever, "never": classNeverElse, "particles": classParticle, "suffixes": classSuffix,
	"families": classFamilyFirst, "modifiers": classModifier, "portfolios": classPortfolio,
}

// entry is what the tables say of one word or phrase.
type entry struct {
	class   class
	spoken  tongues // languages in whose tables of roles or groups it stands
	gender  Gender  // of titles and roles
	neutral bool    // some language has the word for both genders, so gender is Unknown for good
	opens   bool    // some entry of several words begins with this one
	capital bool    // a title only with a capital: "Del." and "Me" are titles, "del" and "me" common words
}

// tongues is a set of languages; none stands for all.
type tongues uint8

// tongueOf is the set of one language: that of a table's name, or an article's.
func tongueOf(language string) tongues {
	switch language {
	case "en":
		return 1
	case "de":
		return 2
	case "fr":
		return 4
	case "es":
		return 8
	}
	return 0
}

// add notes that a table of class c has the word, with the mark that stands behind it there.
func (e *entry) add(c class, mark string, spoken tongues) {
	e.class |= c
	if c&(classRole|classGroup) != 0 {
		e.spoken |= spoken
	}
	mark, named := strings.CutSuffix(mark, "name")
	if mark = strings.TrimSuffix(mark, ", "); named {
		e.class |= classNameToo
	}
	if c&(classTitle|classRole) == 0 {
		return
	}
	g := genderMarks[mark]
	if g == Unknown || g.Conflicts(e.gender) {
		e.neutral = true
	}
	if e.gender = g; e.neutral {
		e.gender = Unknown
	}
}

// genderMarks are the marks of titles and roles.
var genderMarks = map[string]Gender{"f": Female, "m": Male}

// lexicon holds the folded entries of all word tables. Languages share it: a caller seldom knows the
// language of a name, and few words mean different things in two of them. Where one language gives a
// word to one gender and another to both ("Director"), it tells none.
var lexicon = sync.OnceValue(readLexicon)

func readLexicon() map[string]entry {
	words := make(map[string]entry, 8192)
	files, err := fs.Glob(tables, "tables/*.txt")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, file := range files {
		c := tableClass(file)
		if c == 0 {
			continue
		}
		spoken := tongueOf(strings.TrimPrefix(path.Ext(strings.TrimSuffix(file, ".txt")), "."))
		for line := range entries(file) {
			word, mark := cutMark(line)
			for _, key := range keysOf(word, c) {
				e := words[key]
				e.add(c, mark, spoken)
				e.capital = e.capital || c == classTitle && len(word) <= shortTitle && isCapitalised(word)
				words[key] = e
				if first, _, ok := strings.Cut(key, " "); ok {
					e := words[first]
					e.opens = true
					words[first] = e
				}
			}
		}
	}
	return words
}

// shortTitle is the length up to which a title is looked for as the table writes it: the short ones
// are small words of some language ("Del.", "Me", "Da").
const shortTitle = 4

// keysOf returns the keys under which an entry is found.
func keysOf(word string, c class) []string {
	if c&(classTitle|classOrganisation|classPlace|classNever|classNeverElse) != 0 {
		if exact := appendExact(nil, word); exact != nil {
			return []string{string(exact)} // "UN" is no "un", "Miss." no "miss"
		}
	}
	if !isASCII(word) { // "présidente" is French and a woman, "presidente" Spanish and a man
		return []string{Fold(word), strings.ToLower(word)}
	}
	return []string{Fold(word)}
}

// appendExact appends the key of a word that is only itself as it is written: of an acronym its capitals
// ("U.N." is "UN"), of an abbreviation its letters and full stops ("Ala." is "ala."). Neither is ever
// the key of another word, folded. It returns nil for all other words.
func appendExact(dst []byte, word string) []byte {
	switch {
	case len(word) < 2 || len(word) > 12:
		return nil
	case isAcronym(word):
		for i := range len(word) {
			if word[i] != '.' {
				dst = append(dst, word[i])
			}
		}
		return dst
	case word[len(word)-1] == '.' && strings.IndexByte(word, ' ') < 0:
		for i := range len(word) {
			c := word[i]
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			dst = append(dst, c)
		}
		return dst
	}
	return nil
}

// tableClass returns the class of a table's file, 0 for a table that is no list of words.
func tableClass(file string) class {
	base := strings.TrimSuffix(strings.TrimPrefix(file, "tables/"), ".txt")
	if c, ok := classOf[base]; ok {
		return c
	}
	kind, _, _ := strings.Cut(base, ".")
	return classOf[kind]
}

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

// cutMark splits "duchess (f)" into the word and its marks.
func cutMark(line string) (word, mark string) {
	if !strings.HasSuffix(line, ")") {
		return line, ""
	}
	word, mark, _ = strings.Cut(strings.TrimSuffix(line, ")"), " (")
	return word, mark
}

// lookUp returns what the tables say of word, which may be written in any case, may lack its accents
// and may be a phrase. It does not allocate for anything of usual length.
func lookUp(word string) entry {
	if len(word) > maxPhrase {
		return entry{}
	}
	e := find(word)
	if e.capital && !isCapitalised(word) {
		e.class &^= classTitle
	}
	return e
}

// find returns the entry of the most particular spelling of word that the tables have.
func find(word string) entry {
	var buf [64]byte
	words := lexicon()
	if n := lowerPlain(buf[:], word); n > 0 { // nearly all words
		return words[string(buf[:n])]
	}
	if exact := appendExact(buf[:0], word); exact != nil {
		if e, ok := words[string(exact)]; ok {
			return e
		}
	}
	if !isASCII(word) {
		lower := buf[:0]
		for _, r := range word {
			lower = utf8.AppendRune(lower, unicode.ToLower(r))
		}
		if e, ok := words[string(lower)]; ok {
			return e
		}
	}
	return words[string(appendFold(buf[:0], word))]
}

// lowerPlain writes word in lower case to buf and returns its length, or 0 if it is not made of plain Latin
// letters alone, has capitals beyond the first or does not fit: then its spelling needs a closer look.
func lowerPlain(buf []byte, word string) int {
	if len(word) > len(buf) {
		return 0
	}
	for i := range len(word) {
		c := word[i]
		if i == 0 && 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c < 'a' || c > 'z' {
			return 0
		}
		buf[i] = c
	}
	return len(word)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// maxPhrase is the length in bytes above which nothing is looked up: far above the longest entry.
const maxPhrase = 256

// phrases reports whether the first of words can begin an entry of several words: it mostly cannot, and
// then nothing need be joined to look.
func phrases(words []string) bool {
	return lookUp(words[0]).opens || strings.ContainsAny(words[0], "-–")
}

// is reports whether word is in one of the tables of c.
func is(word string, c class) bool { return lookUp(word).class&c != 0 }
