package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/quote/name"
)

// token is a word, a number or a punctuation mark of the text.
type token struct {
	start, end int32 // bytes
	kind       tokenKind
	class      class // of a word, from the lexicon
	cap        bool  // begins with a capital letter
	allCaps    bool  // two capitals or more and no small letter
	space      bool  // white space stands before it
	initial    bool  // first word of a sentence, or of what stands in marks
	stretch    int32 // index of the stretch in marks that holds it, marks included, or -1
	paragraph  int32
	given      answer // whether it is a given name, once somebody asked
}

// answer is yes or no, or not known yet.
type answer uint8

const (
	unasked answer = iota
	no
	yes
)

type tokenKind uint8

const (
	word tokenKind = iota
	number
	comma
	stop // . ! ? …
	colon
	semicolon
	dash
	open   // ( [
	closed // ) ]
	genitive
	other
)

// tokenize appends the tokens of text[start:end] to toks. Time is linear in end-start.
func tokenize(toks []token, text string, start, end int, lex *lexicon, known *classes) []token {
	space := true
	for i := start; i < end; {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:end])
		}
		switch {
		case r == ' ' || r == '\n' || r == '\t' || r == '\u00a0' || (r >= utf8.RuneSelf && unicode.IsSpace(r)) || r < ' ':
			space = true
			i += n
			continue
		case isLetter(r):
			t := scanWord(text, i, end)
			if lex.language == "es" && text[t.start:t.end] == "No." {
				t.end-- // a sentence of its own, no number
			}
			t.space = space
			degree := lex.capitalNouns && isDegree(text, toks, &t, end)
			next := t.end
			if lex.language == "fr" {
				t, next = cutClitics(t, text, lex)
			}
			t.class = known.of(text[t.start:t.end], t, text, lex)
			if degree {
				t.class, t.cap = title|role, true
			}
			toks = append(toks, t)
			if i = int(next); next > t.end {
				space = false
				continue
			}
			if g := scanGenitive(text, i, end); g > 0 {
				toks = append(toks, token{start: int32(i), end: int32(i + g), kind: genitive, class: lex.words["'"+text[i+g-1:i+g]]})
				i += g
			}
		case r >= '0' && r <= '9':
			j := i + 1
			for j < end && (isDigit(text[j]) || (text[j] == ',' || text[j] == '.' || text[j] == ':') && j+1 < end && isDigit(text[j+1]) || isASCIILetter(text[j])) {
				j++
			}
			toks = append(toks, token{start: int32(i), end: int32(j), kind: number, space: space})
			i = j
		default:
			toks = append(toks, token{start: int32(i), end: int32(i + n), kind: punctuation(r), space: space})
			i += n
		}
		space = false
	}
	return toks
}

func isDigit(b byte) bool       { return b >= '0' && b <= '9' }
func isASCIILetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return isASCIILetter(byte(r))
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
}

// scanWord returns the word that begins at i: letters, with inner hyphens and apostrophes, and the
// full stops of an abbreviation ("U.S.", "Mr.", an initial).
func scanWord(text string, i, end int) token {
	t := token{start: int32(i), kind: word}
	capitals, small, stops := 0, 0, false
	j := i
	for j < end {
		r, n := rune(text[j]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[j:end])
		}
		if isLetter(r) || isDigit(text[j]) {
			if unicode.IsUpper(r) {
				capitals++
				if j == i {
					t.cap = true
				}
			} else if unicode.IsLower(r) {
				small++
			}
			j += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[min(j+n, end):end])
		inner := isLetter(next) || (r == '-' && next >= '0' && next <= '9')
		if (r == '-' || r == '\u2010' || r == '\u2011' || r == '\u00ad') && inner {
			j += n
			continue
		}
		if (r == '\'' || r == '’') && inner && j > i {
			if scanGenitive(text, j, end) > 0 {
				break
			}
			j += n
			continue
		}
		if r == '.' && next == '-' && j+2 < end && isLetter(rune(text[j+2])) && isAbbreviation(text[i:j]) {
			stops = true // Dr.-Ing
			j += 2
			continue
		}
		if r == '.' && isLetter(next) && j-i == 1 || r == '.' && stops && isLetter(next) {
			stops = true // U.S
			j += n
			continue
		}
		break
	}
	t.allCaps = capitals > 1 && small == 0
	t.end = int32(j)
	t.cap = t.cap || capitals > 0 && beginsArabicName(text[i:j])
	if j < end && text[j] == '.' && (stops || capitals == 1 && small == 0 && j-i <= 2 && text[i] != 'I' || isAbbreviation(text[i:j])) {
		t.end++ // the stop belongs to the abbreviation
	}
	return t
}

// isDegree reports whether the word t is what German writes small behind "Dr." or "Prof." ("Dr. h. c.", "Dr. med."), and takes
// its full stop in.
func isDegree(text string, before []token, t *token, end int) bool {
	if len(before) == 0 || before[len(before)-1].class&title == 0 || text[before[len(before)-1].end-1] != '.' || int(t.end) >= end || text[t.end] != '.' {
		return false
	}
	switch text[t.start:t.end] {
	case "h", "c", "e", "med", "rer", "nat", "jur", "iur", "phil", "habil", "theol", "pol", "oec", "ing", "agr", "dent", "vet":
		t.end++
		return true
	}
	return false
}

// beginsArabicName reports whether w is a name with its article in small letters: "al-Awlaki", "el-Sayyed".
func beginsArabicName(w string) bool {
	if len(w) < 5 || w[2] != '-' || w[3] < 'A' || w[3] > 'Z' {
		return false
	}
	switch w[:2] {
	case "al", "el", "ad", "as", "ar", "at", "an", "az", "ul":
		return true
	}
	return false
}

// cutClitics ends the French word t before the word that an apostrophe or a hyphen joins to it ("qu'il",
// "a-t-il") and returns where that begins. A word that the lexicon holds as it is stays whole
// ("aujourd'hui"), and so does a name ("D'Angelo", but not "L'Assemblée").
func cutClitics(t token, text string, lex *lexicon) (token, int32) {
	w := text[t.start:t.end]
	if lex.words[strings.ToLower(w)] != 0 {
		return t, t.end
	}
	if i := strings.IndexAny(w, "'’"); i > 0 && i <= len("lorsqu") {
		n := 1
		if w[i] != '\'' {
			n = len("’")
		}
		rest, _ := utf8.DecodeRuneInString(w[i+n:])
		if lex.words[strings.ToLower(w[:i+n])] != 0 && !(t.cap && unicode.IsUpper(rest) && (w[0] == 'D' || w[0] == 'O')) {
			t.end, t.allCaps = t.start+int32(i+n), false
			return t, t.end
		}
	}
	for _, pronoun := range [...]string{"-t-il", "-t-elle", "-t-on", "-t-ils", "-t-elles", "-il", "-elle", "-on", "-ils", "-elles"} {
		if verb, ok := strings.CutSuffix(w, pronoun); ok && verb != "" {
			at := t.end - int32(len(strings.TrimPrefix(strings.TrimPrefix(pronoun, "-t"), "-")))
			t.end = t.start + int32(len(verb))
			return t, at
		}
	}
	return t, t.end
}

// scanGenitive returns the length of a clitic at i ("'s", "’s", "n't" is part of its word), or 0.
func scanGenitive(text string, i, end int) int {
	var n int
	switch {
	case i < end && text[i] == '\'':
		n = 1
	case i+3 <= end && (text[i:i+3] == "’" || text[i:i+3] == "‘"):
		n = 3
	default:
		return 0
	}
	if i+n >= end || (text[i+n] != 's' && text[i+n] != 'd') {
		return 0
	}
	n++
	if r, _ := utf8.DecodeRuneInString(text[i+n : end]); i+n < end && (isLetter(r) || r >= '0' && r <= '9') {
		return 0
	}
	return n
}

// classes remembers what lookUp said of the latest words, for most words of a text come again and again. It keeps its own copies of
// short words.
type classes [1 << 13]struct {
	word  string
	class class
}

// longestKept is how many bytes the words have at most that are remembered.
const longestKept = 24

// of returns the classes of the word t, which is w.
func (c *classes) of(w string, t token, text string, lex *lexicon) class {
	if len(w) > longestKept {
		return lookUp(t, text, lex).class
	}
	slot := &c[hash(w)%uint32(len(c))]
	if slot.word != w {
		slot.word, slot.class = strings.Clone(w), lookUp(t, text, lex).class
	}
	return slot.class
}

// lookUp gives a word its classes.
func lookUp(t token, text string, lex *lexicon) token {
	var buf [64]byte
	w := text[t.start:t.end]
	if len(w) > len(buf) {
		return t
	}
	n := 0
	for _, r := range w {
		if r >= utf8.RuneSelf {
			r = unicode.ToLower(r)
			if n+utf8.UTFMax > len(buf) {
				return t
			}
			n += utf8.EncodeRune(buf[n:], r)
			continue
		}
		if r >= 'A' && r <= 'Z' {
			r |= 0x20
		}
		buf[n] = byte(r)
		n++
		if n+utf8.UTFMax > len(buf) {
			return t
		}
	}
	t.class = lex.words[string(buf[:n])]
	if lex.language == "en" || t.class&(functionWord|adverb|temporal|according) == 0 { // the German "nun" is no nun
		t.class |= nominal(w, lex.language)
	}
	if t.class == 0 && t.cap {
		for _, e := range lex.roleEndings {
			if n > len(e)+2 && string(buf[n-len(e):n]) == e {
				t.class = role
				break
			}
		}
	}
	if t.class == 0 && t.cap && lex.capitalNouns {
		t.class = lex.compound(buf[:n])
	}
	if h := strings.LastIndexByte(w, '-'); h > 0 && t.class == 0 { // "SPD-Chefin", "co-founder", "Lt-Col"
		t.class = nominal(w[h+1:], lex.language)
		if t.class == 0 && t.cap && lex.capitalNouns {
			t.class = lex.words[strings.ToLower(w[h+1:])] & (role | group | institute)
		}
	}
	if t.allCaps && t.class&(pronoun|relative) != 0 {
		t.class = 0 // US, IT, WHO
	}
	return t
}

// nominal is the classes of a word of the language that stand in the tables of package name.
func nominal(w, language string) class {
	if len(w) < 2 {
		return 0
	}
	x := name.Look(w, language)
	var c class
	if x.Title {
		c |= title | role
	}
	if x.Role {
		c |= role
	}
	if x.Group {
		c |= group
	}
	if x.Organisation {
		c |= institute
	}
	return c
}

func punctuation(r rune) tokenKind {
	switch r {
	case ',', '،', '、', '，':
		return comma
	case '.', '!', '?', '…', '。', '！', '？', '؟', '।':
		return stop
	case ':', '：':
		return colon
	case ';', '；', '؛':
		return semicolon
	case '-', '–', '—', '―':
		return dash
	case '(', '[', '（':
		return open
	case ')', ']', '）':
		return closed
	}
	return other
}

// abbreviations are words whose full stop ends no sentence; without it, in lower case.
var abbreviations = map[string]bool{}

func init() {
	for _, w := range [...]string{"mr", "mrs", "ms", "dr", "prof", "sen", "sens", "rep", "reps", "gov", "govs", "gen", "col", "lt", "maj", "capt", "sgt", "cpl", "adm", "cmdr", "rev", "hon", "pres",
		"st", "jr", "sr", "messrs", "supt", "atty", "det", "insp", "vs", "etc", "inc", "corp", "ltd", "co", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "mass", "calif", "fla", "tex", "ariz", "conn", "ill", "minn", "mich",
		"wis", "wash", "tenn", "okla", "colo", "ind", "del", "ala", "ark", "nev", "neb", "penn", "pa", "va", "ga", "md", "ky", "la", "mo", "ore", "n.h", "no", "approx", "dept", "univ", "assn",
		"lic", "ing", "mtro", "mtra", "gral", "cnel", "excmo", "sres", "dña", "cllr",
		"dipl", "bzw", "ca", "usw", "nr", "str", "evtl", "inkl", "hr", "fr", "mme", "mlle", "mm", "sra", "srta", "ud", "uds", "dra", "ee", "uu"} {
		abbreviations[w] = true
	}
}

func isAbbreviation(w string) bool {
	if len(w) > 6 || w[0]&0x20 != 0 && w != "vs" && w != "etc" && w != "approx" && w != "bzw" && w != "usw" && w != "ca" {
		return false
	}
	var buf [8]byte
	for i := range len(w) {
		buf[i] = w[i] | 0x20
	}
	return abbreviations[string(buf[:len(w)])]
}
