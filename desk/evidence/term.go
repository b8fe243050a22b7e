package evidence

import (
	"strings"
	"sync"

	"newsdesk/quote/name"
	"newsdesk/summarize/terms"
)

// words returns the words of s in order, folded: in lower case, without accents and marks.
func words(s string) []string {
	var out []string
	for _, w := range terms.NewReader("").Words(s) {
		out = appendFolded(out, w.Lower)
	}
	return out
}

// folded returns the words of s as a set.
func folded(s string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range words(s) {
		set[w] = true
	}
	return set
}

// telling returns the words of s that say what it is about, in lower case, in order: all but the function words
// of its language. Accents stay: stems need them.
func telling(s, language string) []string {
	var out []string
	for _, w := range terms.NewReader(language).Words(s) {
		if !w.Function {
			out = append(out, strings.FieldsFunc(w.Lower, func(r rune) bool { return r == '-' })...)
		}
	}
	return out
}

// appendFolded folds one word; folding may part it at a hyphen. A number loses its commas, by which the
// same one is written in two ways.
func appendFolded(out []string, word string) []string {
	return append(out, strings.Fields(name.Fold(strings.ReplaceAll(word, ",", "")))...)
}

// fold folds one word.
func fold(word string) string { return strings.Join(appendFolded(nil, word), " ") }

// stems reads texts into sets of terms and remembers what it has read: a paragraph and a title stand
// around several passages.
type stems struct {
	readers map[string]*terms.Reader
	read    map[[2]string]map[string]bool
}

func newStems() *stems {
	return &stems{readers: make(map[string]*terms.Reader), read: make(map[[2]string]map[string]bool)}
}

func (s *stems) reader(language string) *terms.Reader {
	r, ok := s.readers[language]
	if !ok {
		r = terms.NewReader(language)
		s.readers[language] = r
	}
	return r
}

// of returns the terms of a text in a language: its stems, folded.
func (s *stems) of(text, language string) map[string]bool {
	key := [2]string{text, language}
	set, ok := s.read[key]
	if !ok {
		set = make(map[string]bool)
		for _, w := range s.reader(language).Words(text) {
			for _, t := range appendFolded(nil, root(w.Stem, language)) {
				set[t] = true
			}
			if !strings.Contains(w.Lower, "-") {
				continue
			}
			for part := range strings.SplitSeq(w.Lower, "-") { // asked for by either half
				for _, p := range s.reader(language).Words(part) {
					for _, t := range appendFolded(nil, root(p.Stem, language)) {
						set[t] = true
					}
				}
			}
		}
		s.read[key] = set
	}
	return set
}

// each returns the term of each word in a language.
func (s *stems) each(words []string, language string) []string {
	out := make([]string, 0, len(words))
	for _, word := range words {
		term := fold(word)
		for _, w := range s.reader(language).Words(word) {
			term = strings.Join(appendFolded(nil, root(w.Stem, language)), " ")
		}
		out = append(out, term)
	}
	return out
}

// germanEndings are what verbs and what is derived from them end in, the longest first.
var germanEndings = []string{"igkeit", "keit", "heit", "ung", "test", "tet", "ten", "te", "st", "t"}

// strong are English verbs whose forms share no stem, a verb each: what it is found under, then the others.
const strong = `begin began begun,break broke broken,bring brought,build built,buy bought,catch caught,choos chose chosen,come came,deal dealt,` +
	`draw drew drawn,drink drank drunk,drive drove driven,eat ate eaten,fall fell fallen,feel felt,fight fought,flee fled,fli flew flown,` +
	`forget forgot forgotten,freez froze frozen,give gave given,go went gone,grow grew grown,hear heard,hide hid hidden,hold held,keep kept,` +
	`know knew known,lead led,leav left,lend lent,lose lost,make made,meet met,pay paid,ride rode ridden,ring rang rung,rise rose risen,run ran,` +
	`see saw seen,seek sought,sell sold,send sent,shake shook shaken,shoot shot,show shown,shrink shrank shrunk,sing sang sung,sink sank sunk,` +
	`sleep slept,speak spoke spoken,spend spent,stand stood,steal stole stolen,stick stuck,strike struck,swear swore sworn,swim swam swum,` +
	`take took taken,teach taught,tear tore torn,tell told,think thought,throw threw thrown,understand understood,wear wore worn,win won,` +
	`withdraw withdrew withdrawn,write wrote written`

// irregular is strong, by form.
var irregular = sync.OnceValue(func() map[string]string {
	base := make(map[string]string)
	for verb := range strings.SplitSeq(strong, ",") {
		forms := strings.Fields(verb)
		for _, form := range forms[1:] {
			base[form] = forms[0]
		}
	}
	return base
})

// root takes off a German stem what tells a verb's forms and its nouns apart (gesenkt, senkte, Senkung), and finds the
// English verb of an irregular form. Other languages' stems do as they are.
func root(stem, language string) string {
	if base, ok := irregular()[stem]; ok && (language == "en" || language == "") {
		return base
	}
	if language != "de" {
		return stem
	}
	for _, e := range germanEndings {
		if r := strings.TrimSuffix(stem, e); r != stem && len(r) >= shortestRoot {
			if e[0] == 't' && strings.HasPrefix(r, "ge") && len(r) >= shortestRoot+2 {
				r = r[2:]
			}
			return r
		}
	}
	return stem
}

// shortestRoot is how much is left of a stem, in bytes.
const shortestRoot = 4
