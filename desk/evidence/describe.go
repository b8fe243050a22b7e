package evidence

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"newsdesk/quote/name"
)

// Description is the words by which an article tells who somebody is, folded: "kremlin", "spokesman".
type Description map[string]bool

// reach is how many words before and after a name may describe its bearer.
const reach = 8

// maxSeen is how many times a name is looked up in an article; the first times tell who somebody is.
const maxSeen = 40

// Describe gathers what an article says of a speaker beside the speaker's name: the words that lead up
// to it ("Alliance Secretary-General Mark Lindt", "the company's head of research, Ada Byron") and those set
// off after it ("Mark Lindt, the alliance's chief,"). mentions are words of the article that name the
// speaker; they describe as well.
func Describe(text, speaker string, mentions []string) Description {
	d := make(Description)
	for _, m := range mentions {
		d.add(m)
	}
	d.add(speaker)
	seen := 0
	for from := 0; speaker != "" && seen < maxSeen; seen++ {
		i := strings.Index(text[from:], speaker)
		if i < 0 {
			break
		}
		start, end := from+i, from+i+len(speaker)
		d.add(before(text[:start]))
		d.add(after(text[end:]))
		from = end
	}
	return d
}

// add takes in the words of a phrase; a hyphenated one counts whole and in its parts.
func (d Description) add(phrase string) {
	for _, w := range telling(phrase, "") {
		d[w] = true
	}
	for w := range strings.FieldsSeq(phrase) {
		d[compound(w)] = true
	}
	delete(d, "")
}

// before returns the words that lead up to a name: those that name a role and whose it is ("Kremlin
// economic envoy"), or an apposition that a comma sets off ("the company's head of research, "). At most
// [reach] words are looked at, and none beyond the end of a clause.
func before(text string) string {
	apposition := strings.HasSuffix(strings.TrimRightFunc(text, isSpace), ",")
	start := len(text)
	words := leading(text)
	for i, word := range words {
		last, _ := utf8.DecodeLastRuneInString(word.text)
		switch {
		case strings.ContainsRune(".;:!?”\"»)—–", last) && !name.IsTitle(word.text), last == ',' && i > 0:
			return text[start:]
		case apposition && opensPhrase(word.text) && !(i+1 < len(words) && belongs(words[i+1].text)):
			return text[word.start:]
		case !apposition && !describes(word.text):
			return text[start:]
		}
		start = word.start
	}
	if apposition { // it never began: what stands there is some other clause
		return ""
	}
	return text[start:]
}

type place struct {
	start int
	text  string
}

// leading returns the last words of the last line of text, the last one first, at most [reach].
func leading(text string) []place {
	var out []place
	for end := len(text); len(out) < reach; {
		end = len(strings.TrimRightFunc(text[:end], isSpace))
		start := strings.LastIndexFunc(text[:end], unicode.IsSpace)
		if start < 0 {
			start = 0
		} else {
			_, n := utf8.DecodeRuneInString(text[start:])
			start += n
		}
		if start >= end {
			break
		}
		out = append(out, place{start, text[start:end]})
		end = start
	}
	return out
}

// describes reports whether a word before a name may belong to its description: a name itself, a role, an
// adjective. A function word does not, nor does what looks like a verb ("Reed called aide Jo Hall").
func describes(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	if unicode.IsUpper(first) || unicode.IsDigit(first) || name.IsRole(word) || name.IsTitle(word) {
		return true
	}
	return len(telling(word, "")) > 0 && !strings.HasSuffix(word, "ed") && !strings.HasSuffix(word, "s")
}

// belongs reports whether a word ties a phrase to the one before it: "the head of the guild".
func belongs(word string) bool {
	switch word {
	case "of", "for", "at", "in", "to", "von", "für", "de", "pour", "para":
		return true
	}
	return false
}

func opensPhrase(word string) bool {
	switch strings.ToLower(word) {
	case "the", "a", "an", "its", "his", "her", "their", "der", "die", "das", "ein", "eine", "le", "la", "un", "une", "el", "una":
		return true
	}
	return false
}

// after returns what is set off behind a name by a comma, up to the next: an apposition, which begins
// with an article, a possessive or a role. A relative clause ("who took part") is none.
func after(text string) string {
	rest, ok := strings.CutPrefix(text, ", ")
	if !ok {
		return ""
	}
	end := strings.IndexAny(rest, ",.;:!?\n“\"(")
	if end < 0 {
		end = len(rest)
	}
	words := strings.Fields(rest[:end])
	if len(words) == 0 || len(words) > reach || !opensApposition(words) {
		return ""
	}
	return rest[:end]
}

func opensApposition(words []string) bool {
	return opensPhrase(words[0]) || slices.ContainsFunc(words[:min(3, len(words))], name.IsRole)
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\u00a0' }

// Fits reports whether an article that describes somebody as d may mean them by asked: "NATO's chief",
// "the Kremlin spokesman", "the Russian president". Every word that carries meaning must be there, a role
// by any word for it, a country also by its people. What names no role describes nobody.
func (d Description) Fits(asked string) bool {
	wanted := telling(asked, "")
	if len(wanted) == 0 || !IsRole(asked) {
		return false
	}
	for _, phrase := range compounds(asked) {
		if parts := strings.Split(phrase, "-"); len(parts) > 1 && d.holdsRole(phrase) {
			wanted = slices.DeleteFunc(wanted, func(w string) bool { return slices.Contains(parts, w) })
		}
	}
	for _, w := range wanted {
		if !d[w] && !d.holdsRole(w) && !d.holdsPeople(w) {
			return false
		}
	}
	return true
}

// IsRole reports whether asked names a person by a role rather than by a name.
func IsRole(asked string) bool {
	for _, w := range append(telling(asked, ""), compounds(asked)...) {
		if len(roles().classes[w]) > 0 || name.IsRole(w) {
			return true
		}
	}
	return false
}

func (d Description) holdsRole(role string) bool {
	table := roles()
	for _, class := range table.classes[role] {
		for _, other := range table.members[class] {
			if d[other] {
				return true
			}
		}
	}
	return false
}

// holdsPeople knows "Russia" in "Russian": words that share their first letters but for an ending, and
// the groups of the table that do not.
func (d Description) holdsPeople(place string) bool {
	if !name.IsPlace(place) && !name.IsNationality(place) && len(peoples().classes[place]) == 0 {
		return false
	}
	for _, class := range peoples().classes[place] {
		for _, other := range peoples().members[class] {
			if d[other] {
				return true
			}
		}
	}
	const shared, ending = 4, 4
	for w := range d {
		n := 0
		for n < len(w) && n < len(place) && w[n] == place[n] {
			n++
		}
		if n >= shared && len(w)-n <= ending && len(place)-n <= ending && (name.IsPlace(w) || name.IsNationality(w)) {
			return true
		}
	}
	return false
}

// compound folds a word and keeps its hyphens: "Secretary-General's" is "secretary-general".
func compound(w string) string { return strings.Join(strings.Fields(name.Fold(w)), "-") }

// compounds returns the words of s and its pairs of words, as [compound] writes them: "prime minister" is
// "prime-minister".
func compounds(s string) []string {
	ws := strings.Fields(s)
	var out []string
	for i, w := range ws {
		out = append(out, compound(w))
		if i > 0 {
			out = append(out, compound(ws[i-1]+" "+w))
		}
	}
	return out
}

var (
	//go:embed roles.txt
	rolesFile string
	//go:embed demonyms.txt
	peoplesFile string

	roles   = sync.OnceValue(func() groups { return readGroups(rolesFile) })
	peoples = sync.OnceValue(func() groups { return readGroups(peoplesFile) })
)

// groups are words that stand for one another.
type groups struct {
	classes map[string][]int // word to the groups that it stands in
	members map[int][]string
}

func readGroups(file string) groups {
	g := groups{classes: make(map[string][]int), members: make(map[int][]string)}
	n := 0
	for line := range strings.Lines(file) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			w = compound(w)
			g.classes[w] = append(g.classes[w], n)
			g.members[n] = append(g.members[n], w)
		}
		n++
	}
	return g
}
