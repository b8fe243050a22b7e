package quote

import (
	"strings"
	"testing"
)

// Every lexicon file parses, has the sections that attribution cannot do without, and holds no word
// that is never looked up (one with a capital, one before the first section).
func TestLexiconFilesParse(t *testing.T) {
	entries, err := lexiconFiles.ReadDir("lexicon")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) < 4 {
		t.Errorf("%d lexicons, want English, German, French and Spanish at least", len(entries))
	}
	for _, e := range entries {
		language := strings.TrimSuffix(e.Name(), ".txt")
		t.Run(language, func(t *testing.T) {
			file, err := lexiconFiles.ReadFile("lexicon/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			l, err := parseLexicon(language, string(file))
			if err != nil {
				t.Fatal(err)
			}
			var has class
			for w, c := range l.words {
				has |= c
				if w != strings.ToLower(w) {
					t.Errorf("%q has a capital: words are looked up in small letters", w)
				}
				if c == 0 {
					t.Errorf("%q stands before the first section", w)
				}
				if c&core != 0 && c&speech == 0 {
					t.Errorf("%q is in [core] but not in [speech]", w)
				}
			}
			for _, name := range []string{"speech", "core", "speech-noun", "document", "according", "auxiliary", "determiner", "preposition", "that", "pronoun male subject", "title of a work"} {
				if c, err := sectionClass(name); err != nil || has&c != c {
					t.Errorf("section [%s] is missing or empty", name)
				}
			}
		})
	}
}
