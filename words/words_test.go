package words

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestSay(t *testing.T) {
	for _, c := range []struct {
		lang, key string
		parts     []any
		want      string
	}{
		{"en", "ask.said", []any{"Speaker", "Ada Byron", "Text", "It can weave."}, "Ada Byron: “It can weave.”"},
		{"tlh", "ask.said", []any{"Speaker", "Ada Byron", "Text", "It can weave."}, "Ada Byron: “It can weave.”"},
		{"", "store.locked", []any{"Subject", "a\x1b[2Jb"}, "ab is in use by another newsdesk. Wait for it to end, or name another file with --store."},
		{"en", "no.such.key", nil, "no.such.key"},
	} {
		if got := For(c.lang).Say(c.key, c.parts...); got != c.want {
			t.Errorf("For(%q).Say(%q) = %q, want %q", c.lang, c.key, got, c.want)
		}
	}
}

func TestSayChoosesThePlural(t *testing.T) {
	w := For("en")
	one, many := w.Say("ask.none", "Count", 1, "Quotes", 4), w.Say("ask.none", "Count", 1200, "Quotes", 4)
	if !strings.Contains(one, "1 article ") || !strings.Contains(many, "articles") {
		t.Errorf("one: %q\nmany: %q", one, many)
	}
}

func TestLanguage(t *testing.T) {
	for typed, want := range map[string]string{"de": "de", "DEU": "de", "gsw": "gsw", "xq": "", "": "", "German": "", "e:n": ""} {
		if code, ok := Language(typed); ok != (want != "") || ok && code != want {
			t.Errorf("%q is %q, %v", typed, code, ok)
		}
	}
}

// Numbers are written as the language writes them, also those that choose a form.
func TestSayGroupsNumbers(t *testing.T) {
	for n, want := range map[int]string{1: "1 word", 999: "999 words", 1240: "1,240 words", 1234567: "1,234,567 words"} {
		if got := For("en").Say("bot.count.words", "Count", n); got != want {
			t.Errorf("%d is said as %q, want %q", n, got, want)
		}
	}
}

// A part of the other direction is isolated, and what is quoted stays as it is within.
func TestSayIsolates(t *testing.T) {
	const latin, arabic = "“Yes,” said Ada.", "قالت: نعم"
	for _, c := range []struct{ language, text, want string }{
		{"ar", latin, "\u2068" + latin + "\u2069"},
		{"ar", arabic, arabic},
		{"ar", "1,240", "1,240"},
		{"en", latin, latin},
		{"de", arabic, "\u2068" + arabic + "\u2069"},
		{"uk", "Ukrinform · Укрінформ", "Ukrinform · Укрінформ"},
	} {
		if said := For(c.language).Say("ask.unnamed", "Text", c.text); !strings.Contains(said, c.want) || strings.Count(said, "\u2068") != strings.Count(c.want, "\u2068") {
			t.Errorf("%s says %+q", c.language, said)
		}
	}
}

// A language is known by its tag, by what browsers and Discord call it.
func TestFor(t *testing.T) {
	for named, want := range map[string]string{
		"": "en", "de": "de", "es-419": "es", "es-ES": "es", "en-GB": "en", "pt-BR;q=0.5, fr": "fr", "uk_UA": "uk", "ar-EG": "ar",
		"C": "en", "POSIX": "en", "zh-CN": "en",
	} {
		if tag := For(named).Tag(); tag != want {
			t.Errorf("%q is %s, not %s", named, tag, want)
		}
	}
}

func TestDay(t *testing.T) {
	day := time.Date(2026, 3, 1, 15, 4, 0, 0, time.UTC)
	for language, want := range map[string]string{
		"en": "1 March 2026, 15:04", "de": "1. März 2026, 15:04", "fr": "1er mars 2026, 15:04", "es": "1 de marzo de 2026, 15:04",
		"uk": "1 березня 2026, 15:04", "ar": "1 مارس 2026، 15:04",
	} {
		if said := For(language).Moment(day); said != want {
			t.Errorf("%s writes %s, not %s", language, said, want)
		}
	}
}

func TestSayDefusesErrors(t *testing.T) {
	got := For("en").Say("ask.unnamed", "Text", errors.New("bell\a and \x1b]0;title\a end"))
	if strings.ContainsAny(got, "\a\x1b") {
		t.Errorf("%q reaches the terminal", got)
	}
}

func TestPlain(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"ordinary text", "“Grüße”, said Ōe – 12 €\n\tindented", "“Grüße”, said Ōe – 12 €\n\tindented"},
		{"colour", "\x1b[1;31mred\x1b[0m", "red"},
		{"colour by one C1 character", "\u009b31mred", "red"},
		{"window title", "a\x1b]0;evil\ab", "ab"},
		{"hyperlink", "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\", "here"},
		{"unfinished title keeps what follows", "a\x1b]0;evil\nnext line", "a\nnext line"},
		{"unfinished colour", "a\x1b[31", "a"},
		{"reset", "a\x1bcb", "ab"},
		{"lone escape", "a\x1b", "a"},
		{"escape before a letter of another script", "a\x1bé", "aé"},
		{"line overwritten", "true\rfalse", "true\nfalse"},
		{"line of Windows", "one\r\ntwo", "one\ntwo"},
		{"bell, backspace, delete, null", "a\a\b\x7f\x00b", "ab"},
		{"text turned around", "abc\u202ecba\u2066", "abccba"},
		{"hidden tags", "a\U000E0041\U000E007Fb", "ab"},
		{"line separator", "a\u2028b", "a\nb"},
		{"invalid UTF-8", "a\xffb", "a\uFFFDb"},
		{"emoji of several", "👩‍🚀", "👩‍🚀"},
	} {
		if got := Plain(c.in); got != c.want {
			t.Errorf("%s: Plain(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestLine(t *testing.T) {
	if got, want := Line(" a\n\r\n b\x1b[K\t c "), "a b c"; got != want {
		t.Errorf("Line = %q, want %q", got, want)
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("\x1b[31mred\u009d8;;x\x1b\\")
	f.Fuzz(func(t *testing.T, s string) {
		p := Plain(s)
		for _, r := range p {
			if !printable(r) {
				t.Fatalf("Plain(%q) holds %U", s, r)
			}
		}
		if Plain(p) != p {
			t.Fatalf("Plain(Plain(%q)) differs", s)
		}
	})
}
