package quote

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// class is a set of the grammatical classes of a word; most words have none.
type class uint64

// The classes of words. Each is a section of the lexicon files, whose names stand in sections below.
const (
	speech      class = 1 << iota // introduces words: "said"
	participle                    // "adding", with speech
	core                          // a neutral verb of speech
	belief                        // "thinks"
	speechNoun                    // "claim"
	documentary                   // "report": speaks without being a person
	according                     // "according (to)", "laut", "selon"
	auxiliary
	modal
	negation
	pronoun
	relative
	determiner
	preposition
	coordinator
	complementizer // "that"
	subordinator
	temporal
	adverb
	addressee    // whom one tells: "reporters"
	workTitle    // announces a title or a term: "the film"
	role         // what a person is: "spokesman"
	group        // several people: "officials"
	title        // stands before a name: "Mr.", "Senator"
	locative     // a preposition of place: "in"
	definite     // "the", with determiner
	indefinite   // "a", with determiner
	agentive     // the preposition of a passive's agent: "by"
	aside        // behind a comma it begins what the reporter adds: "despite"
	joining      // joins a description to whom it is of: "spokesman for"
	passive      // an auxiliary of the passive: "was"
	naming       // a verb that says what it calls something: "described … as"
	telling      // a verb whose object is whom one tells: "told"
	turning      // a verb of speech beside marks only: "continued"
	sourceNoun   // between prepositions it names a source: "in the words of"
	behindMarks  // names a source right behind the marks only: "so"
	reportedMood // a verb in the mood that reports what another said: "sei"
	viewpoint    // at the start of a sentence, before a person, it says whose view that is: "para Berg, …"
	nameless     // a role of whom an article does not name: "source"
	general      // a noun for any body, which means one that was named: "the company"
	institute    // makes a capitalised phrase an organisation: "Ministry"

	subject    // of a pronoun: its case, gender and number
	object     //
	possessive //
	male       //
	female     //
	plural     //
	first      //
	second     //
	neutral    //
	reflexive  //

	callsByName // behind a description, before a name: "named"
)

var sections = map[string]class{
	"speech":                   speech,
	"speech-participle":        speech | participle,
	"core":                     core,
	"belief":                   belief,
	"speech-noun":              speechNoun,
	"document":                 documentary,
	"according":                according,
	"auxiliary":                auxiliary,
	"modal":                    modal,
	"negation":                 negation,
	"relative":                 relative,
	"determiner":               determiner,
	"preposition":              preposition,
	"coordinator":              coordinator,
	"that":                     complementizer,
	"subordinator":             subordinator,
	"institution":              institute,
	"nameless role":            nameless | role,
	"general body":             general | group,
	"preposition of place":     locative | preposition,
	"speech beside marks":      turning,
	"verb of telling":          telling,
	"verb of naming":           naming,
	"joins a description":      joining,
	"aside":                    aside | preposition,
	"noun of source":           sourceNoun,
	"reported mood":            reportedMood,
	"preposition of a view":    viewpoint | preposition,
	"source behind marks":      behindMarks,
	"preposition of the agent": agentive | preposition,
	"definite article":         definite | determiner,
	"indefinite article":       indefinite | determiner,
	"auxiliary of the passive": passive | auxiliary,
	"group":                    group,
	"role":                     role,
	"time":                     temporal,
	"adverb":                   adverb,
	"reporter addressee":       addressee,
	"title of a work":          workTitle,
	"calls by name":            callsByName,
}

var pronounWords = map[string]class{
	"pronoun": pronoun, "subject": subject, "object": object, "possessive": possessive, "male": male,
	"female": female, "plural": plural, "first": first, "second": second, "neutral": neutral, "reflexive": reflexive,
}

// lexicon is the words of one language with their classes.
type lexicon struct {
	words        map[string]class
	language     string
	roleEndings  []string                // "sprecherin": a longer word that ends so is a role
	capitalNouns bool                    // every noun begins with a capital
	gendered     bool                    // nouns have a gender, so that "elle" may be a ministry
	incises      bool                    // attributions stand inside the marks: « Oui, dit-elle, demain. »
	latest       atomic.Pointer[classes] // what was looked up last, while no reading has it
	proDrop      bool                    // a verb needs no subject: "Insistió en que"
}

var lexicons = map[string]func() *lexicon{}

func init() {
	for _, l := range []string{"en", "de", "fr", "es"} {
		lexicons[l] = sync.OnceValue(func() *lexicon { return mustLoad(l) })
	}
}

// attributes reports whether w, right behind the marks and before a name, says whose words they are: the
// German "so".
func (l *lexicon) attributes(w string) bool { return l.words[w]&behindMarks != 0 }

// compound is what a noun of a language that writes compounds as one word has of the classes of its last part:
// "Abschlusserklärung" is an "erklärung".
func (l *lexicon) compound(w []byte) class {
	const first, last = 3, 4 // bytes of the shortest first and last part
	const noun = documentary | speechNoun | group | institute | role
	for i := first; i+last <= len(w); i++ {
		if c := l.words[string(w[i:])] & noun; c != 0 && utf8.RuneStart(w[i]) {
			return c
		}
	}
	return 0
}

// lexiconFor returns the lexicon of a language, or English where there is none of its own.
func lexiconFor(language string) *lexicon {
	if load, ok := lexicons[language]; ok {
		return load()
	}
	return lexicons["en"]()
}

func mustLoad(language string) *lexicon {
	b, err := lexiconFiles.ReadFile("lexicon/" + language + ".txt")
	if err != nil {
		panic(err) // the file is part of the program
	}
	l, err := parseLexicon(language, string(b))
	if err != nil {
		panic(err)
	}
	return l
}

// parseLexicon reads a lexicon file: "[section]" lines, words separated by white space, # comments.
func parseLexicon(language, file string) (*lexicon, error) {
	l := &lexicon{words: make(map[string]class, 2048), language: language}
	var now class
	habit := ""
	for n, line := range strings.Split(file, "\n") {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "["); ok {
			habit = strings.TrimSuffix(name, "]")
			if habit == "role ending" || habit == "habit" {
				now = 0
				continue
			}
			habit = ""
			c, err := sectionClass(strings.TrimSuffix(name, "]"))
			if err != nil {
				return nil, fmt.Errorf("lexicon %s, line %d: %w", language, n+1, err)
			}
			now = c
			continue
		}
		for w := range strings.FieldsSeq(line) {
			switch {
			case habit == "role ending":
				l.roleEndings = append(l.roleEndings, w)
			case habit == "habit" && w == "capital-nouns":
				l.capitalNouns = true
			case habit == "habit" && w == "gendered-nouns":
				l.gendered = true
			case habit == "habit" && w == "attribution-inside-marks":
				l.incises = true
			case habit == "habit" && w == "dropped-subjects":
				l.proDrop = true
			case habit == "habit":
				return nil, fmt.Errorf("lexicon %s, line %d: no habit is called %q", language, n+1, w)
			default:
				l.words[w] |= now
			}
		}
	}
	return l, nil
}

func sectionClass(name string) (class, error) {
	if c, ok := sections[name]; ok {
		return c, nil
	}
	var c class
	for w := range strings.FieldsSeq(name) {
		p, ok := pronounWords[w]
		if !ok {
			return 0, fmt.Errorf("no section is called %q", name)
		}
		c |= p
	}
	return c, nil
}
