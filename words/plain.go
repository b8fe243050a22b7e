package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain makes text from an article, a model or a user safe to print: terminal escape sequences go as a
// whole (ECMA-48: "\x1b[31m", "\x1b]0;title\a"), control characters go except newline and tab, a
// carriage return becomes a newline where it ends a line and goes elsewhere, and so do the characters
// that turn the direction of writing around or hide text (Unicode UAX #9: embeddings, overrides,
// isolates; tag characters). Invalid UTF-8 becomes U+FFFD. Everything that a reader sees stays as it is.
func Plain(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if n := escapeLen(s[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == 0x2028 || r == 0x2029:
			b.WriteByte('\n')
		case r == '\r':
			// A bare carriage return lets a terminal overwrite the line already printed.
			if !strings.HasPrefix(s[i+1:], "\n") {
				b.WriteByte('\n')
			}
		case printable(r):
			b.WriteRune(r) // utf8.RuneError for a byte that is none
		}
		i += n
	}
	return b.String()
}

// Line is [Plain] on one line: all white space between words becomes one space.
func Line(s string) string { return strings.Join(strings.Fields(Plain(s)), " ") }

func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return plainRunes(s[i:])
		}
	}
	return true
}

func plainRunes(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if !printable(r) {
			return false
		}
	}
	return true
}

// printable reports whether r may go to a terminal as it is. The joiners U+200C and U+200D stay: Persian
// and emoji are written with them.
func printable(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return true
	case unicode.IsControl(r):
		return false
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // bidirectional embeddings, overrides, isolates
		return false
	case r >= 0xe0000 && r <= 0xe007f: // tag characters
		return false
	case r == 0x2028 || r == 0x2029: // line and paragraph separators, which few terminals know: see Plain
		return false
	}
	return true
}

// longestEscape bounds what an unfinished escape sequence may swallow.
const longestEscape = 256

// escapeLen returns the length of the terminal escape sequence that s begins with, 0 if there is none.
// Both forms of the introducers count: ESC and a byte, and the single C1 code points.
func escapeLen(s string) int {
	var kind byte
	var n int
	switch {
	case len(s) >= 2 && s[0] == 0x1b:
		kind, n = s[1], 2
	case len(s) >= 2 && s[0] == 0xc2 && s[1] >= 0x80 && s[1] <= 0x9f: // C1 in UTF-8
		kind, n = s[1]-0x40, 2
	case s != "" && s[0] == 0x1b:
		return 1
	default:
		return 0
	}
	end := min(len(s), n+longestEscape)
	switch kind {
	case '[': // CSI: parameters and intermediates, then one final byte
		for i := n; i < end; i++ {
			if s[i] < 0x20 || s[i] > 0x7e {
				return i
			}
			if s[i] >= 0x40 {
				return i + 1
			}
		}
		return end
	case ']', 'P', 'X', '^', '_': // OSC, DCS, SOS, PM, APC: up to BEL or ST
		for i := n; i < end; i++ {
			switch {
			case s[i] == '\a':
				return i + 1
			case s[i] == '\n': // unfinished: keep what follows on the next line
				return i
			case strings.HasPrefix(s[i:], "\x1b\\"), strings.HasPrefix(s[i:], "\u009c"):
				return i + 2
			}
		}
		return n
	}
	if s[0] == 0x1b && (kind < 0x20 || kind > 0x7e) {
		return 1 // a lone escape before ordinary text
	}
	return n
}
