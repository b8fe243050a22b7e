package terms

import (
	"embed"
	"strings"
	"sync"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
	"github.com/kljensen/snowball/russian"
	"github.com/kljensen/snowball/spanish"
)

// stemmer returns the function that reduces words of a language.
func stemmer(language string) func(string) string {
	switch language {
	case "", "en":
		return func(w string) string { return english.Stem(w, false) }
	case "fr":
		return func(w string) string { return french.Stem(w, false) }
	case "es":
		return func(w string) string { return spanish.Stem(w, false) }
	case "ru":
		return func(w string) string { return russian.Stem(w, false) }
	case "de":
		return stemGerman
	default:
		return func(w string) string { return w }
	}
}

// germanEndings are the endings of inflection, the longest first.
var germanEndings = []string{"ern", "em", "en", "er", "es", "e", "s", "n"}

// germanUmlauts undoes the umlaut, which comes and goes with inflection: Haus, Häuser.
var germanUmlauts = strings.NewReplacer("ä", "a", "ö", "o", "ü", "u", "ß", "ss")

// stemGerman takes one ending of inflection off, after the light stemmer of Savoy (2006).
func stemGerman(word string) string {
	word = germanUmlauts.Replace(word)
	for _, e := range germanEndings {
		if strings.HasSuffix(word, e) && len(word)-len(e) >= 4 {
			return word[:len(word)-len(e)]
		}
	}
	return word
}

//go:embed stop/*.txt
var stopFiles embed.FS

// loadStop reads the lists of function words once: language to word.
var loadStop = sync.OnceValue(func() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	files, _ := stopFiles.ReadDir("stop") // embedded: cannot fail
	for _, f := range files {
		data, _ := stopFiles.ReadFile("stop/" + f.Name())
		set := map[string]bool{}
		for line := range strings.Lines(string(data)) {
			line, _, _ = strings.Cut(line, "#")
			for _, w := range strings.Fields(line) {
				set[w] = true
			}
		}
		all[strings.TrimSuffix(f.Name(), ".txt")] = set
	}
	return all
})

// functionWords returns the function words of a language, or none if no list is kept.
func functionWords(language string) map[string]bool {
	if language == "" {
		language = "en"
	}
	return loadStop()[language]
}
