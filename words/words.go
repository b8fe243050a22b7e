// Package words holds every sentence that people read, by language.
//
// The sentences stand in catalogues beside this file, named for their language by its BCP 47 tag: en.yaml,
// and what only one front end shows in cli.en.yaml and bot.en.yaml; de.yaml and the others say the same. A
// catalogue is a table from a key ("source.empty") to a template; a sentence that depends on a number has
// one template for each plural form of its language (Unicode CLDR). Code names the key and gives the parts:
//
//	w := words.For("en")
//	w.Say("source.missing", "Subject", "report.txt") // "report.txt: there is no such file. …"
//	w.Say("ask.none", "Count", 3, "Quotes", 40)      // "… I looked through 3 articles …"
//
// To add a sentence, put it in an English catalogue and name its key where it is said; a test keeps the two
// in step: each key that is said exists, each key that exists is said somewhere. What a language lacks is
// said in English; make words lists it. To add a language, translate the three catalogues and add its tag to
// languages.
//
// The package knows nothing of what it is told about. Text from articles, models and users is hostile:
// every part given to [Words.Say] goes through [Plain] first, so that no sentence carries a control
// character to a terminal; a part that is written in the other direction than the sentence is isolated
// ([Words.Isolate]).
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

// languages are those that there are catalogues of. The first is the one that fills the gaps of all others.
var languages = []language.Tag{
	language.English, language.German, language.French, language.Spanish, language.Ukrainian, language.Arabic,
}

// fronts begin the names of a language's catalogues: what all front ends say, and what only one of them shows.
var fronts = []string{"", "cli.", "bot."}

var (
	matcher = language.NewMatcher(languages)
	// read are the words of each language, read when they are first asked for: a run speaks one or two of them.
	read = func() []func() *Words {
		all := make([]func() *Words, len(languages))
		for i, tag := range languages {
			all[i] = sync.OnceValue(func() *Words { return load(tag) })
		}
		return all
	}()
)

// load reads the catalogues of a language. They are part of the binary, so a fault in them is a fault of the
// program: it panics, and the tests find it.
func load(tag language.Tag) *Words {
	b := i18n.NewBundle(tag)
	b.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	w := &Words{localizer: i18n.NewLocalizer(b, tag.String()), tag: tag}
	for _, front := range fronts {
		name := front + tag.String() + ".yaml"
		catalogue, err := b.LoadMessageFileFS(files, name)
		if err == nil && w.RightToLeft() {
			isolateLatin(catalogue.Messages)
			err = b.AddMessages(tag, catalogue.Messages...)
		}
		if err != nil {
			panic(fmt.Errorf("catalogue %s: %w", name, err))
		}
	}
	return w
}

// Words says things in one language. It is safe for concurrent use.
type Words struct {
	localizer *i18n.Localizer
	tag       language.Tag
}

// For returns the words of a language, named by a BCP 47 tag or an Accept-Language header ("de", "pt-BR, en"). An unknown or empty language is English.
func For(lang string) *Words {
	wanted, _, err := language.ParseAcceptLanguage(lang)
	if err != nil {
		wanted = nil
	}
	_, i, _ := matcher.Match(wanted...)
	return read[i]()
}

// Languages are the tags of the languages that there are words in ("de"), English first.
func Languages() []string {
	tags := make([]string, len(languages))
	for i, tag := range languages {
		tags[i] = tag.String()
	}
	return tags
}

// Tag is the BCP 47 tag of the language ("de").
func (w *Words) Tag() string { return w.tag.String() }

// Say returns the sentence for key with its parts filled in. The parts come in pairs, a name and a
// value, as the template names them; the pair "Count" chooses the plural form. A value that is a string
// or an error goes through [Plain] and is isolated where it is written the other way; an int is written as
// the language writes numbers ("1,240").
//
// What the language lacks is said in English. An unknown key or a template that does not fit its parts gives
// the key itself: something is said, and the tests catch it before a person does.
func (w *Words) Say(key string, parts ...any) string {
	data := make(map[string]any, len(parts)/2)
	var count any
	for i := 0; i+1 < len(parts); i += 2 {
		name, part := fmt.Sprint(parts[i]), plainPart(parts[i+1])
		if name == "Count" {
			count = part
		}
		switch p := part.(type) {
		case int:
			part = w.grouped(p)
		case string:
			part = w.Isolate(p)
		}
		data[name] = part
	}
	said, err := w.localizer.Localize(&i18n.LocalizeConfig{
		MessageID:    key,
		TemplateData: data,
		PluralCount:  count,
	})
	switch {
	case err == nil && said != "":
		return said
	case w != english():
		return english().Say(key, parts...)
	}
	return key
}

func english() *Words { return read[0]() }

// Language is the code of a language as a person types it ("de", "DEU"): two letters, or three where it has no two;
// false if there is no such language.
func Language(typed string) (code string, ok bool) {
	base, err := language.ParseBase(typed)
	return base.String(), err == nil
}

// Has reports whether there is a sentence for key, if need be in English.
func (w *Words) Has(key string) bool { return w.Translates(key) || english().Translates(key) }

// Translates reports whether there is a sentence for key in this language.
func (w *Words) Translates(key string) bool {
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
