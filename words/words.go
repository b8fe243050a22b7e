// Package words holds every sentence that people read, by language.
//
// The sentences stand in catalogues beside this file, one a language: en.yaml. A catalogue is a table
// from a key ("source.empty") to a template; a sentence that depends on a number has one template for
// each plural form of its language (Unicode CLDR). Code names the key and gives the parts:
//
//	w := words.For("en")
//	w.Say("source.missing", "Subject", "report.txt") // "report.txt: there is no such file. …"
//	w.Say("ask.none", "Count", 3, "Quotes", 40)      // "… I looked through 3 articles …"
//
// To add a sentence, put it in en.yaml and name its key where it is said; a test keeps the two in step:
// each key that is said exists, each key that exists is said somewhere. To add a language, translate
// en.yaml into a file named for its BCP 47 tag and list it in catalogues; what it lacks is said in English.
//
// The package knows nothing of what it is told about. Text from articles, models and users is hostile:
// every part given to [Words.Say] goes through [Plain] first, so that no sentence carries a control
// character to a terminal.
package words

import (
	"embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed *.yaml
var files embed.FS

// catalogues names the embedded catalogues, the language that all others fall back to first. What only
// one front end shows has catalogues of its own.
var catalogues = []string{"en.yaml", "cli.en.yaml", "bot.en.yaml"}

// bundle reads the catalogues once. They are part of the binary, so a fault in them is a fault of the
// program: it panics, and the tests find it.
var bundle = sync.OnceValue(func() *i18n.Bundle {
	b := i18n.NewBundle(language.English)
	b.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	for _, name := range catalogues {
		if _, err := b.LoadMessageFileFS(files, name); err != nil {
			panic(fmt.Errorf("catalogue %s: %w", name, err))
		}
	}
	return b
})

// Words says things in one language. It is safe for concurrent use.
type Words struct {
	localizer *i18n.Localizer
}

// For returns the words of a language, named by a BCP 47 tag or an Accept-Language header ("de",
// "pt-BR, en"). An unknown or empty language is English.
func For(lang string) *Words {
	return &Words{localizer: i18n.NewLocalizer(bundle(), lang)}
}

// Say returns the sentence for key with its parts filled in. The parts come in pairs, a name and a
// value, as the template names them; the pair "Count" chooses the plural form. A value that is a string
// or an error goes through [Plain]; an int is written as the language writes numbers ("1,240").
//
// An unknown key or a template that does not fit its parts gives the key itself: something is said, and
// the tests catch it before a person does.
func (w *Words) Say(key string, parts ...any) string {
	data := make(map[string]any, len(parts)/2)
	var count any
	for i := 0; i+1 < len(parts); i += 2 {
		name, part := fmt.Sprint(parts[i]), plainPart(parts[i+1])
		if name == "Count" {
			count = part
		}
		if n, is := part.(int); is {
			part = w.grouped(n)
		}
		data[name] = part
	}
	said, err := w.localizer.Localize(&i18n.LocalizeConfig{
		MessageID:    key,
		TemplateData: data,
		PluralCount:  count,
	})
	if err != nil || said == "" {
		return key
	}
	return said
}

// Language is the code of a language as a person types it ("de", "DEU"): two letters, or three where it has no two;
// false if there is no such language.
func Language(typed string) (code string, ok bool) {
	base, err := language.ParseBase(typed)
	return base.String(), err == nil
}

// Has reports whether there is a sentence for key.
func (w *Words) Has(key string) bool {
	_, _, err := w.localizer.LocalizeWithTag(&i18n.LocalizeConfig{MessageID: key, PluralCount: 2})
	var missing *i18n.MessageNotFoundErr
	return !errors.As(err, &missing)
}

// plainPart defuses a part that carries text and leaves numbers alone, which choose the plural form.
func plainPart(part any) any {
	switch p := part.(type) {
	case string:
		return Plain(p)
	case error:
		return Plain(p.Error())
	case fmt.Stringer:
		return Plain(p.String())
	}
	return part
}

// grouped is a number in digits, in groups of three as the language parts them.
func (w *Words) grouped(n int) string {
	digits := strconv.Itoa(n)
	if n < 1000 {
		return digits
	}
	group := w.Say("number.group")
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(d)
	}
	return b.String()
}
