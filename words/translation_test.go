package words

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// whole says that every language says all that English says: one that is behind fails. While many sentences are being
// added and changed it may be false: what a language lacks is said in English, and make words lists what is to be done.
const whole = true

// behind reports what a language has not followed English in.
func behind(t *testing.T, format string, args ...any) {
	t.Helper()
	if whole {
		t.Errorf(format, args...)
	} else {
		t.Logf(format, args...)
	}
}

// counts have every plural form of every language among them.
var counts = func() (all []int) {
	for n := range 130 {
		all = append(all, n)
	}
	return append(all, 1000, 1_000_000)
}()

// Every language says what English says, with the same parts, in all forms that its numbers ask for.
func TestTranslations(t *testing.T) {
	english := catalogue(t, "en")
	for _, tag := range Languages() {
		t.Run(tag, func(t *testing.T) {
			w, own := For(tag), catalogue(t, tag)
			for _, key := range slices.Sorted(maps.Keys(own)) {
				forms := own[key]
				if english[key] == nil {
					behind(t, "%s is no sentence of English", key)
					continue
				}
				if len(english[key]) == 1 && len(forms) > 1 {
					t.Errorf("%s has forms, and English has none: no number is given for it", key)
					continue
				}
				fillsIn(t, w, key, forms)
				for form, text := range forms {
					sameParts(t, key, form, text, english[key]["other"])
				}
			}
			if missing := lacking(own, english); len(missing) > 0 {
				behind(t, "%d sentences are not in %s:\n%s", len(missing), tag, strings.Join(missing, "\n"))
			}
		})
	}
}

// lacking are the sentences of English that a language has not.
func lacking(own, english map[string]map[string]string) (missing []string) {
	for _, key := range slices.Sorted(maps.Keys(english)) {
		if own[key] == nil {
			missing = append(missing, key+": "+english[key]["other"])
		}
	}
	return missing
}

// fillsIn says a sentence with its parts, for every number if it has forms.
func fillsIn(t *testing.T, w *Words, key string, forms map[string]string) {
	t.Helper()
	numbers, counted := counts, len(forms) > 1
	if !counted {
		numbers = []int{0}
	}
	parts := map[string]any{}
	for _, text := range forms {
		for _, m := range part.FindAllStringSubmatch(text, -1) {
			parts[m[1]] = "PART"
		}
	}
	for _, n := range numbers {
		c := &i18n.LocalizeConfig{MessageID: key, TemplateData: parts}
		if counted {
			c.PluralCount = n
		}
		said, err := w.localizer.Localize(c)
		if err != nil || said == "" || strings.Contains(said, "no value") {
			t.Errorf("%s with the number %d: %q, %v", key, n, said, err)
			return
		}
	}
}

// sameParts reports parts that one of two sentences lacks. "One article" need not say its number.
func sameParts(t *testing.T, key, form, text, english string) {
	t.Helper()
	has := func(s string) map[string]bool {
		names := map[string]bool{}
		for _, m := range part.FindAllStringSubmatch(s, -1) {
			names[m[1]] = true
		}
		return names
	}
	theirs, ours := has(english), has(text)
	if form == "zero" || form == "one" || form == "two" {
		delete(theirs, "Count")
		delete(ours, "Count")
	}
	if !maps.Equal(theirs, ours) {
		behind(t, "%s, form %s, has other parts than in English: %s", key, form, text)
	}
	if strings.Count(text, "{{") != len(part.FindAllString(text, -1)) {
		t.Errorf("%s, form %s: a part is written {{.Name}}: %s", key, form, text)
	}
}

// longest is how many UTF-16 units Discord takes of sentences, by how their keys begin or end (Discord: application
// commands, component reference).
var longest = []struct {
	keys  *regexp.Regexp
	limit int
}{
	{regexp.MustCompile(`^bot\.(name\.\w+|menu\.(summarize|quotes))$`), 32},
	{regexp.MustCompile(`^bot\.(command|option|length)\.|^bot\.\w+\.command\.`), 100},
	{regexp.MustCompile(`^bot\.button\.`), 80},
	{regexp.MustCompile(`^bot\.(ask|wrong|paste)\.(title|question|speaker|name|text|more)$`), 45}, // titles of forms, and of their boxes
	{regexp.MustCompile(`\.hint$|^bot\.paste\.longer$`), 100},
}

// longestButton is what a button shows on a phone without being cut, of a row of four.
const longestButton = 34

// Nothing is longer than Discord takes it, and names of commands are written as Discord takes them.
func TestNothingIsOverlong(t *testing.T) {
	name := regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)
	for _, tag := range Languages() {
		for key, forms := range catalogue(t, tag) {
			for _, text := range forms {
				size := len(utf16.Encode([]rune(strings.ReplaceAll(text, "{{.Count}}", "1,000,000"))))
				for _, l := range longest {
					if l.keys.MatchString(key) && size > l.limit {
						t.Errorf("%s: %s has %d characters of %d: %s", tag, key, size, l.limit, text)
					}
				}
				if strings.HasPrefix(key, "bot.button.") && size > longestButton {
					t.Errorf("%s: the button %s has %d characters of %d: %s", tag, key, size, longestButton, text)
				}
				if strings.HasPrefix(key, "bot.name.") && (!name.MatchString(text) || strings.ToLower(text) != text) {
					t.Errorf("%s: %s is no name of a command: %s", tag, key, text)
				}
			}
		}
	}
}

// command is one that a sentence names.
var command = regexp.MustCompile(`(?:^|[\s(«“„‚])/([\p{L}_]{2,})`)

// A command that a sentence names is called as the language calls it.
func TestCommandsAreCalledByTheirNames(t *testing.T) {
	for _, tag := range Languages() {
		sentences := catalogue(t, tag)
		names := map[string]bool{}
		for key, forms := range sentences {
			if strings.HasPrefix(key, "bot.name.") {
				names[forms["other"]] = true
			}
		}
		for key, forms := range sentences {
			for _, text := range forms {
				for _, m := range command.FindAllStringSubmatch(text, -1) {
					if !names[m[1]] {
						t.Errorf("%s: %s names /%s, which is no command in this language", tag, key, m[1])
					}
				}
			}
		}
	}
}
