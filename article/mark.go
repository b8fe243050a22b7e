package article

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// openMark is a quotation mark or bracket that waits for its other half.
type openMark struct {
	closes rune // the rune that closes it
	at     int
}

// maxOpen bounds how many nested marks are followed; what lies deeper is not guarded.
const maxOpen = 16

// maxBracket is the longest bracketed stretch, in bytes, that is kept whole. A longer one is rather
// a bracket that somebody forgot to close.
const maxBracket = 600

// guardedSpans returns the stretches of text inside quotation marks or brackets, marks included,
// merged and in order. A mark without its other half guards nothing, unless goesOn: then the last
// typographic mark left open guards all that follows it.
func guardedSpans(text string, goesOn bool) []Span {
	var spans []Span
	var open []openMark
	before := ' '
	for i, r := range text {
		if !isMark(r) {
			before = r
			continue
		}
		after := ' '
		if next := i + utf8.RuneLen(r); next < len(text) {
			after, _ = utf8.DecodeRuneInString(text[next:])
		}
		if at := closedBy(open, r, before, after); at >= 0 {
			start, end := open[at].at, i+utf8.RuneLen(r)
			if r != ')' && r != ']' || end-start <= maxBracket {
				spans = append(spans, Span{start, end})
			}
			open = open[:at]
		} else if closes := closerOf(r, before, after); closes != 0 {
			if n := len(open); n > 0 && open[n-1].closes == closes {
				open = open[:n-1] // the same mark again: the first was never closed
			}
			if len(open) < maxOpen {
				open = append(open, openMark{closes, i})
			}
		}
		before = r
	}
	if goesOn {
		for _, m := range slices.Backward(open) {
			if m.closes != ')' && m.closes != ']' && m.closes != '"' && m.closes != '’' {
				spans = append(spans, Span{m.at, len(text)})
				break
			}
		}
	}
	return mergeSpans(spans)
}

// closedBy returns the index of the open mark that r closes, or -1.
func closedBy(open []openMark, r, before, after rune) int {
	if unicode.IsSpace(before) && !unicode.IsSpace(after) && r != '»' && r != '›' {
		return -1 // at the start of a word nothing closes, but « ainsi »
	}
	if (r == '’' || r == '"') && (unicode.IsLetter(after) || unicode.IsSpace(before)) {
		return -1 // an apostrophe
	}
	for at, m := range slices.Backward(open) {
		if m.closes == r {
			return at
		}
	}
	return -1
}

// closerOf returns the mark that closes r where r opens, or 0 where it does not.
func closerOf(r, before, after rune) rune {
	if unicode.IsSpace(after) && r != '«' && r != '‹' {
		return 0
	}
	wordStart := !unicode.IsLetter(before) && !unicode.IsDigit(before)
	switch r {
	case '“', '‟':
		return '”'
	case '„':
		return '“'
	case '«':
		return '»'
	case '‹':
		return '›'
	case '「':
		return '」'
	case '『':
		return '』'
	case '(':
		return ')'
	case '[':
		return ']'
	case '‚':
		return '‘'
	}
	if !wordStart {
		return 0
	}
	switch r {
	case '"', '”':
		return r
	case '‘':
		return '’'
	case '»':
		return '«'
	}
	return 0
}

func mergeSpans(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

func isMark(r rune) bool { return isOpening(r) || isClosing(r) }

func isOpening(r rune) bool {
	switch r {
	case '"', '“', '„', '‟', '«', '»', '‹', '‘', '‚', '「', '『', '(', '[', '”':
		return true
	}
	return false
}

func isClosing(r rune) bool {
	switch r {
	case '"', '”', '“', '»', '«', '›', '’', '‘', '」', '』', ')', ']', '\'':
		return true
	}
	return false
}

// beginsWithMark reports whether text opens with a quotation mark, as the next paragraph of a
// quotation that runs over several does.
func beginsWithMark(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	switch r {
	case '“', '„', '«', '»', '"', '「', '‘':
		return true
	}
	return false
}
