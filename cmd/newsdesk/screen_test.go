package main

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
)

// terminal is a screen of so many columns, and what was printed on it.
func terminal(width int, colour bool) (*screen, func() string) {
	var out bytes.Buffer
	s := &screen{w: bufio.NewWriter(&out), terminal: true, width: width, colour: colour}
	return s, func() string {
		_ = s.flush()
		return out.String()
	}
}

func TestLinesEndBeforeTheEdge(t *testing.T) {
	tests := []struct {
		name string
		hang int
		runs []run
		want string
	}{
		{"words", 2, []run{{text: "  one two three four five six"}}, "  one two three four\n  five six\n"},
		{"runs go on from each other", 3, []run{{text: "  “"}, {text: "one two three four five"}, {text: "”"}}, "  “one two three\n   four five”\n"},
		{"the text's own lines", 2, []run{{text: "one\ntwo"}}, "one\n  two\n"},
		{"a word that is too long", 2, []run{{text: "a " + strings.Repeat("x", 30)}}, "a\n  " + strings.Repeat("x", 30) + "\n"},
		{"scripts without spaces, two columns a character", 0, []run{{text: "東京都は月曜日に発表した。"}}, "東京都は月曜日に発表\nした。\n"},
		{"nothing", 4, []run{{text: ""}}, "\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, printed := terminal(20, false)
			s.line(tt.hang, tt.runs...)
			if got := printed(); got != tt.want {
				t.Errorf("printed\n%q, want\n%q", got, tt.want)
			}
		})
	}
}

func TestColourIsSwitchedOffAtEveryLineEnd(t *testing.T) {
	s, printed := terminal(10, true)
	s.line(2, run{"one two three", strong}, run{text: " four"})
	want := "\x1b[1mone\x1b[0m \x1b[1mtwo\x1b[0m\n  \x1b[1mthree\x1b[0m\n  four\n"
	if got := printed(); got != want {
		t.Errorf("printed\n%q, want\n%q", got, want)
	}
}

// What an article smuggles in goes; the colours are ours alone.
func TestScreenDefusesText(t *testing.T) {
	s, printed := terminal(0, true)
	s.line(0, run{text: "red \x1b[31mhere\x1b[0m\a\x1b]0;title\x07 and \u202eback"})
	if got, want := printed(), "red here and back\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func TestNoEmptyLineBeforeTheFirstParagraph(t *testing.T) {
	s, printed := terminal(20, false)
	s.blank()
	s.line(0, run{text: "one"})
	s.blank()
	s.line(0, run{text: "two"})
	if got, want := printed(), "one\n\ntwo\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func TestColourOnlyOnTerminals(t *testing.T) {
	s := newScreen(&bytes.Buffer{}, func(string) string { return "" }, false)
	if s.colour || s.terminal || s.width != 0 {
		t.Errorf("a buffer is taken for a terminal: %+v", s)
	}
}
