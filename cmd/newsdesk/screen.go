package main

import (
	"bufio"
	"io"
	"os"
	"strings"

	"github.com/rivo/uniseg"
	"golang.org/x/term"

	"newsdesk/words"
)

// screen writes text for people. On a terminal it wraps lines and may use colour; into a pipe or a file
// it does neither, so that each paragraph is one line. All text goes through words.Plain on the way:
// articles are hostile, and escape sequences in them must not reach the terminal.
//
// Writing errors are kept, as bufio keeps them; flush returns the first.
type screen struct {
	w        *bufio.Writer
	terminal bool
	width    int // columns to wrap at; 0 for no wrapping
	colour   bool
	begun    bool // something was printed
}

// widest is the longest line that is comfortable to read.
const widest = 96

// newScreen looks at what out is.
func newScreen(out io.Writer, getenv func(string) string, noColour bool) *screen {
	s := &screen{w: bufio.NewWriter(out)}
	file, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return s
	}
	s.terminal, s.width = true, 80
	if columns, _, err := term.GetSize(int(file.Fd())); err == nil && columns > 0 {
		s.width = min(columns, widest)
	}
	s.colour = !noColour && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
	return s
}

func (s *screen) flush() error { return s.w.Flush() }

// A style is how words look on a terminal: parameters of the control sequence SGR (ECMA-48).
type style string

const (
	plain  style = ""
	strong style = "1"
	faint  style = "2"
	accent style = "1;36"
	good   style = "32"
	bad    style = "31"
)

// run is a stretch of text in one style.
type run struct {
	text  string
	style style
}

// blank prints an empty line between two paragraphs; before the first there is none.
func (s *screen) blank() {
	if s.begun {
		s.put("\n")
	}
}

// line prints one paragraph, the lines after its first indented by hang columns. Lines break where
// Unicode allows (UAX #14), and where the text itself breaks them.
func (s *screen) line(hang int, runs ...run) {
	s.begun = true
	for i := range runs {
		runs[i].text = words.Plain(runs[i].text)
	}
	if s.width == 0 {
		for _, r := range runs {
			s.put(r.text)
		}
		s.put("\n")
		return
	}
	l := layout{screen: s, hang: hang, runs: runs}
	// All runs are laid out as one text: a quotation mark must not part from its word.
	var all strings.Builder
	for _, r := range runs {
		all.WriteString(r.text)
	}
	text, state := all.String(), -1
	for text != "" {
		var segment string
		var must bool
		segment, text, must, state = uniseg.FirstLineSegmentInString(text, state)
		l.segment(segment)
		if must && text != "" {
			l.newline()
		}
	}
	s.put("\n")
}

// layout is a paragraph that is being printed.
type layout struct {
	*screen
	hang    int
	runs    []run // what is yet to be printed, the first one perhaps in part
	column  int
	gap     int  // spaces that stand before what comes next, unless that begins a line
	started bool // something stands on this line
}

// segment prints a stretch of text that does not break.
func (l *layout) segment(text string) {
	word := strings.TrimRight(text, " \t\n")
	wide := uniseg.StringWidth(word)
	if l.started && word != "" && l.column+l.gap+wide > l.width {
		l.newline()
	}
	if word != "" {
		l.put(strings.Repeat(" ", l.gap))
		l.column += l.gap + wide
		l.gap, l.started = 0, true
		l.styled(len(word))
	}
	spaces := text[len(word):]
	l.skip(len(spaces))
	l.gap += len(strings.TrimSuffix(spaces, "\n"))
}

func (l *layout) newline() {
	l.put("\n" + strings.Repeat(" ", l.hang))
	l.column, l.gap, l.started = l.hang, 0, false
}

// styled prints the next n bytes of the runs, each in its style.
func (l *layout) styled(n int) {
	for n > 0 {
		r := l.runs[0]
		part := r.text[:min(n, len(r.text))]
		if part != "" {
			l.on(r.style)
			l.put(part)
			l.off(r.style)
		}
		l.skip(len(part))
		n -= len(part)
	}
}

// skip passes over the next n bytes of the runs.
func (l *layout) skip(n int) {
	for len(l.runs) > 0 && n >= len(l.runs[0].text) {
		n -= len(l.runs[0].text)
		l.runs = l.runs[1:]
	}
	if len(l.runs) > 0 {
		l.runs[0].text = l.runs[0].text[n:]
	}
}

func (s *screen) on(st style) {
	if s.colour && st != plain {
		s.put("\x1b[" + string(st) + "m")
	}
}

func (s *screen) off(st style) {
	if s.colour && st != plain {
		s.put("\x1b[0m")
	}
}

func (s *screen) put(text string) { _, _ = s.w.WriteString(text) } // flush returns the error
