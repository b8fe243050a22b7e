package words

import (
	"errors"
	"strings"
	"testing"
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
