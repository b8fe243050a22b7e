package words

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// What stands between these is put in order by itself, in the direction of its first letter, and the text
// around it as if it were one sign (Unicode UAX #9).
const (
	firstStrongIsolate = "\u2068"
	popIsolate         = "\u2069"
)

// rightToLeft are the scripts of today that are written from right to left.
var rightToLeft = []*unicode.RangeTable{unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam}

// RightToLeft reports whether the language is written from right to left.
func (w *Words) RightToLeft() bool { return w.tag == language.Arabic }

// Isolate is text in marks that keep its order apart from that of the sentence around it, where it has letters
// of the other direction than the language; else text as it is. The marks are not seen, and stand around text,
// never in it.
func (w *Words) Isolate(text string) string {
	other := strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsLetter(r) && unicode.In(r, rightToLeft...) != w.RightToLeft()
	})
	if !other || strings.HasPrefix(text, firstStrongIsolate) {
		return text
	}
	return firstStrongIsolate + text + popIsolate
}

// latin is what a sentence that is written from right to left says in Latin letters (commands, settings, endings of
// files, dates in digits), whole: what stands at its ends would else be shown at the other end. A part to be filled in
// is matched to be left alone, and code with the marks around it, so that who copies it copies no mark of ours.
var latin = regexp.MustCompile("\\{\\{[^}]*\\}\\}|`[^`]+`|[./-]*[A-Za-z0-9][\\w./:=-]*[\\w/=…](?: (?:\"…\"|[\\w./-]+))*|[./-]+\\w+")

// isolateLatin isolates what catalogues of a language that is written from right to left say in Latin letters.
func isolateLatin(sentences []*i18n.Message) {
	for _, m := range sentences {
		for _, form := range []*string{&m.Zero, &m.One, &m.Two, &m.Few, &m.Many, &m.Other} {
			*form = latin.ReplaceAllStringFunc(*form, func(run string) string {
				if strings.HasPrefix(run, "{{") || !strings.ContainsAny(run, letters+"-") {
					return run
				}
				return firstStrongIsolate + run + popIsolate
			})
		}
	}
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
