package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
)

// space is what is trimmed from a paragraph: white space, a byte order mark, zero-width spaces.
const space = " \t\r\n\v\f\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\u200b"

// marker is what Markdown's marks at the start of a line say.
type marker byte

const (
	markNone    marker = iota
	markHeading        // "## Heading", or a line underlined with === or ---
	markItem           // "- item", "3. item"
	markQuote          // "> quoted"
	markImage          // "![alt](url)"
	markRule           // "---", a fence, a table's rule: nothing to read
)

// line is one line of the input, trimmed.
type line struct {
	article.Span
	text        string
	marker      marker
	inner       int  // bytes of Markdown's marks at the start
	depth       int  // how often it is quoted, as mail programs quote
	blankBefore bool // a blank line, or the start of the text, stands before it
	indented    bool
}

// words is the line without the marks at its start.
func (l *line) words() string { return l.text[min(l.inner, len(l.text)):] }

// isBlank reports whether a line that is quoted holds nothing: it parts paragraphs as a blank line does.
func (l *line) isBlank() bool { return l.depth > 0 && l.words() == "" }

// splitLines returns the lines that hold more than white space.
func splitLines(text string) []line {
	var out []line
	blank := true
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		raw := text[start:end]
		left := strings.TrimLeft(raw, space)
		trimmed := strings.TrimRight(left, space)
		if trimmed == "" {
			blank = true
		} else {
			at := start + len(raw) - len(left)
			l := line{Span: article.Span{Start: at, End: at + len(trimmed)}, text: trimmed, blankBefore: blank, indented: at-start >= 2}
			l.marker, l.inner = markdown(trimmed)
			if l.marker == markQuote {
				l.depth = strings.Count(trimmed[:l.inner], ">")
			}
			if l.isBlank() {
				l.marker = markRule
			}
			out = append(out, l)
			blank = l.isBlank()
		}
		start = end + 1
	}
	return out
}

// quotedThroughout reports whether every line is quoted, as mail programs quote a letter: then none of it is
// a quotation.
func quotedThroughout(lines []line) bool {
	return len(lines) > 1 && !slices.ContainsFunc(lines, func(l line) bool { return l.depth == 0 })
}

// unquote takes the marks of quoting for what they are, and reads what stands behind them.
func (l *line) unquote() {
	if !l.isBlank() {
		marks := l.inner
		l.marker, l.inner = markdown(l.words())
		l.inner += marks
	}
}

// markdown returns what the marks at the start of a line say and how many bytes they take.
func markdown(s string) (marker, int) {
	switch s[0] {
	case '#':
		n := len(s) - len(strings.TrimLeft(s, "#"))
		if n <= 6 && n < len(s) && s[n] == ' ' {
			return markHeading, n + 1
		}
	case '>':
		return markQuote, len(s) - len(strings.TrimLeft(s, "> "))
	case '!':
		if strings.HasPrefix(s, "![") && strings.Contains(s, "](") && strings.HasSuffix(s, ")") {
			return markImage, 2
		}
	}
	if isRule(s) {
		return markRule, 0
	}
	if n := itemMark(s); n > 0 {
		return markItem, n
	}
	return markNone, 0
}

// isRule reports whether a line consists of at least three rule characters alone.
func isRule(s string) bool {
	return len(s) >= 3 && (strings.Trim(s, "-") == "" || strings.Trim(s, "=") == "" || strings.Trim(s, "*_ ~+") == "" ||
		strings.Trim(s, "-|: ") == "" || strings.HasPrefix(s, "```"))
}

// itemMark returns the bytes that a list item's mark takes, or 0.
func itemMark(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("-*+•‣◦·▪●", r) {
		if rest := strings.TrimLeft(s[size:], " \t\u00a0"); rest != "" && len(rest) < len(s)-size {
			return len(s) - len(rest)
		}
		return 0
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits == 0 || digits > 2 || digits+1 >= len(s) || (s[digits] != '.' && s[digits] != ')') || s[digits+1] != ' ' {
		return 0
	}
	// "3. März" and "12. Spieltag" are no items: an item's words go on.
	if strings.Count(s, " ") < 2 {
		return 0
	}
	return digits + 2
}

// splitBlocks joins the lines of text from an offset on to paragraphs: blank lines always part them; a line break
// alone parts them unless the text was wrapped to a width or stops in mid-sentence.
func splitBlocks(text string, from int) []block {
	lines := splitLines(text[from:])
	quoted := quotedThroughout(lines)
	for i := range lines {
		l := &lines[i]
		l.Start, l.End = l.Start+from, l.End+from
		if quoted {
			l.unquote()
		}
		if i > 0 && l.depth > 0 && lines[i-1].depth > 0 && l.depth != lines[i-1].depth {
			l.blankBefore = true // somebody else's words
		}
	}
	width := wrapWidth(lines)
	var out []block
	for i, l := range lines {
		if i > 0 && l.depth > lines[i-1].depth && introducesQuoted(lines[i-1]) {
			out[len(out)-1].kind = article.Other
		}
		if i > 0 && len(out) > 0 && !l.blankBefore {
			prev := &out[len(out)-1]
			underlines := l.marker == markRule && prev.marker == markNone && len(prev.words()) <= maxTitle && strings.Trim(l.words(), "-=") == "" && !l.isBlank()
			secondDeck := i == 1 && width == 0 && prev.marker != markQuote
			if underlines || !secondDeck && joins(lines[i-1], l, prev.marker, width) {
				prev.End = l.End
				prev.text = text[prev.Start:prev.End]
				if underlines {
					prev.marker = markHeading
				} else {
					prev.inner.End = l.End
				}
				continue
			}
		}
		out = append(out, block{
			Span: l.Span, text: l.text, marker: l.marker, glued: !l.blankBefore,
			inner: article.Span{Start: l.Start + min(l.inner, l.Len()), End: l.End},
		})
	}
	return out
}

// introducesQuoted reports whether a line before one that is quoted says who wrote that. An article says so too, but with
// no address.
func introducesQuoted(l line) bool {
	return introduces(l.words()) && (l.depth > 0 || strings.Contains(l.text, "@"))
}

// joins reports whether next goes on with the paragraph that prev belongs to.
func joins(prev, next line, marker marker, width int) bool {
	if next.marker == markQuote && marker == markQuote {
		return true
	}
	if next.marker != markNone || marker == markHeading || marker == markRule || marker == markImage {
		return false
	}
	before, words := prev.words(), next.words()
	switch marker {
	case markItem:
		return next.indented || startsLower(words)
	case markQuote: // the end of a line that was wrapped after it was quoted
		return startsLower(words) && !endsSentence(before)
	}
	if width > 0 && len(before)+1+len(firstField(words)) > width {
		return true
	}
	if isAdvertisement(before) || isAdvertisement(words) || isPointer(before) || isPointer(words) {
		return false
	}
	if strings.HasSuffix(before, ":") {
		return opensQuotation(words)
	}
	return startsLower(words) && !endsSentence(before) ||
		strings.HasSuffix(before, ",") || strings.HasSuffix(before, ";") || strings.HasSuffix(before, "–")
}

// wrapWidth returns the width in bytes to which the text was wrapped, or 0 if it was not: nearly
// every line that is followed by another is as full as the next word allows.
func wrapWidth(lines []line) int {
	width := 0
	for _, l := range lines {
		width = max(width, len(l.words()))
	}
	if width > 130 || width < 30 {
		return 0
	}
	breaks, full := 0, 0
	for i := 1; i < len(lines) && lines[i].text != signature; i++ {
		if lines[i].blankBefore || lines[i].isBlank() {
			continue
		}
		breaks++
		if len(lines[i-1].words())+1+len(firstField(lines[i].words())) > width-8 {
			full++
		}
	}
	if breaks < 2 || full*10 < breaks*7 {
		return 0
	}
	return width - 8
}

func firstField(s string) string {
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return s[:i]
	}
	return s
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.Is(unicode.Lo, r)
}

func opensQuotation(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("\"“„«»‘「『'", r)
}

// endsSentence reports whether s ends with a full stop, question or exclamation mark, closing marks
// aside.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"”“’'»«)]」』*_")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？｡।؟۔", r)
}
