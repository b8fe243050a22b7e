package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
)

// stretch is a part of one paragraph that is set off by quotation marks, or a turn of a transcript.
// Only outermost marks make one.
type stretch struct {
	article.Span      // without the marks and the white space inside them
	open, close  int  // bytes from the opening mark's start to the closing mark's end
	paragraph    int  // index into the article's paragraphs
	continues    bool // the quotation began in the paragraph before
	unclosed     bool // runs to its paragraph's end without a closing mark
	soft         bool // in double apostrophes, as databases print; see twoApostrophes
}

// side says which way a mark can face where it stands.
type side uint8

const (
	opens side = 1 << iota
	closes
)

// mark is one quotation mark of a paragraph.
type mark struct {
	at, size int
	r        rune
	side     side
	strict   bool // the blanks around it leave no other reading
	single   bool
}

// twoApostrophes stands for the mark that databases of old newspapers print for every other: as it may
// also be a nested quotation's end beside an apostrophe, what it holds counts as reported, not verbatim.
const twoApostrophes = '″'

// marking is how an article uses quotation marks.
type marking struct {
	singles  bool // single marks quote: no double ones do
	reversed bool // »so«
}

// stretches finds what stands in marks, in the order of the text. Time is linear in its length.
func stretches(a *article.Article) []stretch {
	style := markingOf(a)
	turns := turnsOf(a)
	var out []stretch
	pending := rune(0) // the mark that a quotation of the last paragraph opened with and did not close
	var marks []mark
	for i, p := range a.Paragraphs {
		if p.Kind == article.Advertisement || p.Kind == article.Dateline {
			continue
		}
		if turns != nil && turns[i] > 0 {
			out, pending = appendStretch(out, a.Text, turn(a, i, turns[i])), 0
			continue
		}
		if a.Language == "es" {
			if n := len(out); startsDialogue(a.Slice(p.Span)) {
				if out = dialogue(out, a.Text, p.Span, i); len(out) > n {
					pending = 0
					continue
				}
			}
		}
		loose := style.singles || p.Kind == article.Heading || p.Kind == article.Standfirst
		marks = scanMarks(marks[:0], a.Text, p.Start, p.End, style)
		if !loose {
			marks = slices.DeleteFunc(marks, func(m mark) bool { return m.single && m.side&opens != 0 && !m.strict })
		}
		repeats := i+1 < len(a.Paragraphs) && opensWith(a.Slice(a.Paragraphs[i+1].Span))
		out, pending = pair(out, marks, a.Text, p.Span, i, pending, loose, repeats)
	}
	return out
}

// opensWith reports whether a paragraph begins with a single mark that can open.
func opensWith(s string) bool { return strings.HasPrefix(s, "‘") || strings.HasPrefix(s, "'") }

// markingOf looks at the whole text for the habits that a single mark does not show.
func markingOf(a *article.Article) marking {
	var m marking
	doubles := 0
	var french, german uint32
	for _, p := range a.Paragraphs {
		if p.Kind == article.Heading || p.Kind == article.Standfirst {
			continue
		}
		s := a.Slice(p.Span)
		doubles += strings.Count(s, "\"") + strings.Count(s, "“") + strings.Count(s, "”") + strings.Count(s, "„")
		if k := strings.IndexAny(s, "«»"); k >= 0 { // the first of a paragraph opens, the last closes
			doubles++
			opening, _ := utf8.DecodeRuneInString(s[k:])
			closing, _ := utf8.DecodeRuneInString(s[strings.LastIndexAny(s, "«»"):])
			french += b2u(opening == '«') + b2u(closing == '»')
			german += b2u(opening == '»') + b2u(closing == '«')
		}
	}
	m.reversed = german > french
	m.singles = doubles == 0
	return m
}

// scanMarks appends the quotation marks of text[start:end] with the sides they can be.
func scanMarks(marks []mark, text string, start, end int, style marking) []mark {
	const set = "\"“”„‟«»‹›「」『』'‘’‚‛"
	for i := start; i < end; {
		j := strings.IndexAny(text[i:end], set)
		if j < 0 {
			break
		}
		i += j
		r, n := utf8.DecodeRuneInString(text[i:end])
		prev, _ := utf8.DecodeLastRuneInString(text[start:i])
		next, _ := utf8.DecodeRuneInString(text[i+n : end])
		if i == start {
			prev = ' '
		}
		if i+n == end {
			next = ' '
		}
		if r == '\'' && next == '\'' {
			next, _ = utf8.DecodeRuneInString(text[min(i+2, end):end])
			n = 2
			for i+n < end && text[i+n] == '\'' {
				n++
			}
			m := mark{at: i + n - 2, size: 2, r: twoApostrophes, side: closes, strict: true}
			if unicode.IsLetter(next) || unicode.IsDigit(next) || next == '\'' && (unicode.IsSpace(prev) || prev == '(') {
				m.side = opens
				m.at = i
			}
			marks = append(marks, m)
			i += n
			continue
		}
		if m, ok := readMark(r, prev, next, text[i+n:end], style); ok {
			m.at, m.size, m.r = i, n, r
			marks = append(marks, m)
		}
		i += n
	}
	return marks
}

// readMark decides which way the mark r between prev and next can face; false if it is no
// quotation mark at all (an apostrophe, an inch mark, a decade).
func readMark(r, prev, next rune, rest string, style marking) (mark, bool) {
	left := unicode.IsSpace(prev) || strings.ContainsRune("([{—–-/“„«\"‘'¿¡…|:,", prev)
	right := unicode.IsSpace(next) || strings.ContainsRune(")]}.,;:!?…—–-/”“»\"’'|", next)
	hardLeft := unicode.IsSpace(prev) || strings.ContainsRune("([{—–“„«", prev)
	hardRight := unicode.IsSpace(next) || strings.ContainsRune(")]}.,;:!?”»", next)
	both := func(side side) (mark, bool) {
		return mark{side: side, strict: hardLeft != hardRight}, true
	}
	switch r {
	case '„', '‟', '「', '『':
		return mark{side: opens, strict: true}, true
	case '」', '』':
		return mark{side: closes, strict: true}, true
	case '«', '‹':
		if style.reversed {
			return mark{side: closes, strict: true, single: r == '‹'}, true
		}
		return mark{side: opens, strict: true, single: r == '‹'}, true
	case '»', '›':
		if style.reversed {
			return mark{side: opens, strict: true, single: r == '›'}, true
		}
		return mark{side: closes, strict: true, single: r == '›'}, true
	case '“':
		if hardRight && !hardLeft {
			return both(closes | opens)
		}
		return both(opens | closes)
	case '”':
		if hardLeft && !hardRight {
			return both(opens)
		}
		return both(closes)
	case '"':
		if prev >= '0' && prev <= '9' && !hardRight {
			return mark{}, false // inches
		}
		switch {
		case left && !right:
			return both(opens)
		case right && !left:
			return both(closes)
		}
		return both(opens | closes)
	}
	return readSingle(r, prev, next, rest, left, right)
}

// elisions are words that lose their beginning to an apostrophe.
var elisions = []string{"em ", "em,", "em.", "til ", "tis ", "twas ", "cause ", "n' ", "n’ ", "round ", "cos "}

// readSingle is readMark for single marks, which are mostly apostrophes.
func readSingle(r, prev, next rune, rest string, left, right bool) (mark, bool) {
	if unicode.IsLetter(prev) && unicode.IsLetter(next) {
		return mark{}, false // don't
	}
	if r == '‚' {
		if left && !right {
			return mark{side: opens, single: true, strict: true}, true
		}
		return mark{}, false
	}
	if left && !right {
		if unicode.IsDigit(next) && len(rest) > 2 && isDigit(rest[1]) && !isDigit(rest[2]) {
			return mark{}, false // '90s
		}
		for _, e := range elisions {
			if len(rest) >= len(e) && strings.EqualFold(rest[:len(e)], e) {
				return mark{}, false
			}
		}
		if r == '’' {
			return mark{side: opens, single: true}, true
		}
		return mark{side: opens, single: true, strict: true}, true
	}
	if right && !left || right && strings.ContainsRune("….,!?", prev) || right && (prev == '"' || prev == '”') {
		// After a punctuation mark nothing else is possible; after a letter it may be the
		// genitive of a plural ("the members' vote").
		return mark{side: closes, single: true, strict: !unicode.IsLetter(prev) || unicode.ToLower(prev) != 's'}, true
	}
	return mark{}, false
}

// pair appends the stretches that the marks of one paragraph make. pending is what the paragraph
// before left open; pair returns what this one leaves open. loose says that single
// marks quote there, repeats that the next paragraph opens with a
// single mark, so that this one's may have been left open.
func pair(out []stretch, marks []mark, text string, p article.Span, paragraph int, pending rune, loose, repeats bool) ([]stretch, rune) {
	continues := false
	k := 0
	if pending != 0 {
		switch {
		case len(marks) > 0 && marks[0].side&opens != 0 && onlySpace(text[p.Start:marks[0].at]) && family(marks[0].r) == family(pending):
			continues = true // each paragraph opens, only the last closes
		case len(marks) > 0 && marks[0].side == closes && marks[0].strict && family(marks[0].r) == family(pending) && pending != '"':
			m := marks[0]
			out = appendStretch(out, text, stretch{Span: article.Span{Start: p.Start, End: m.at}, open: p.Start, close: m.at + m.size, paragraph: paragraph, continues: true})
			k = 1
		}
	}
	for k < len(marks) {
		m := marks[k]
		if m.side&opens == 0 {
			k++
			continue
		}
		end := closing(marks, k)
		if end < 0 {
			if m.single && !(repeats && k == len(marks)-1 && (loose || m.at == p.Start)) || !wholeSentences(text, p, m) {
				k++
				continue
			}
			if next := nextOpening(marks, k); next >= 0 { // where it ended nobody can tell
				k = next
				continue
			}
			out = appendStretch(out, text, stretch{Span: article.Span{Start: m.at + m.size, End: p.End}, open: m.at, close: p.End, paragraph: paragraph, continues: continues, unclosed: true, soft: m.r == twoApostrophes})
			return out, m.r
		}
		c := marks[end]
		if m.single && !loose && slices.ContainsFunc(marks[k+1:end], func(m mark) bool { return !m.single }) {
			k++ // rather an apostrophe
			continue
		}
		out = appendStretch(out, text, stretch{Span: article.Span{Start: m.at + m.size, End: c.at}, open: m.at, close: c.at + c.size, paragraph: paragraph, continues: continues, soft: m.r == twoApostrophes})
		continues = false
		k = end + 1
	}
	return out, 0
}

// lookahead bounds how many marks are looked at for the one that closes a quotation.
const lookahead = 200

// nextOpening returns the index of the next mark after k that can open, or -1.
func nextOpening(marks []mark, k int) int {
	for j := k + 1; j < min(len(marks), k+lookahead); j++ {
		if family(marks[j].r) == family(marks[k].r) && marks[j].side&opens != 0 {
			return j
		}
	}
	return -1
}

// closing returns the index of the mark that closes the one at k, or -1.
func closing(marks []mark, k int) int {
	depth := 0
	soft := -1
	for j := k + 1; j < min(len(marks), k+lookahead); j++ {
		m, o := marks[j], marks[k]
		if family(m.r) != family(o.r) || o.r == '„' && m.r == '„' {
			continue
		}
		switch {
		case o.single && m.side == closes:
			if m.strict {
				return j
			}
			if soft < 0 {
				soft = j
			}
		case o.single:
			if m.strict && soft >= 0 {
				return soft // another begins: the plural was a close
			}
		case o.r == '„' && (m.r == '“' || m.r == '”' || m.r == '"'):
			return j
		case m.side&closes != 0 && !(m.side&opens != 0 && m.strict && o.r != '„' && facesIn(m)):
			if depth == 0 {
				return j
			}
			depth--
		case m.side == opens && m.strict || m.side&opens != 0 && facesIn(m):
			// Another opening mark: nested if two closings follow, else this one was never closed.
			if depth == 0 && !closesTwice(marks, j, o) {
				return -1
			}
			depth++
		}
	}
	return soft
}

// facesIn reports whether a mark that could do both stands as an opening one does.
func facesIn(m mark) bool { return m.side&opens != 0 && m.side&closes == 0 }

// closesTwice reports whether, after the opening mark at j, closings come in two before any opening.
func closesTwice(marks []mark, j int, o mark) bool {
	n := 0
	for _, m := range marks[j+1 : min(len(marks), j+lookahead)] {
		if family(m.r) != family(o.r) {
			continue
		}
		if m.side&closes == 0 {
			return false
		}
		if n++; n == 2 {
			return true
		}
	}
	return false
}

// family groups the marks that can close one another.
func family(r rune) rune {
	switch r {
	case '“', '”', '„', '"', '‟':
		return '"'
	case '‘', '’', '‚', '\'', '‛':
		return '\''
	case '«', '»':
		return '«'
	case '‹', '›':
		return '‹'
	case '「', '」':
		return '「'
	}
	return r
}

// wholeSentences reports whether what follows an unclosed mark may be a quotation that runs on: it
// begins the paragraph or follows a colon or comma, and the paragraph ends as a sentence does.
func wholeSentences(text string, p article.Span, m mark) bool {
	before := strings.TrimRightFunc(text[p.Start:m.at], unicode.IsSpace)
	if before != "" && !strings.HasSuffix(before, ":") && !strings.HasSuffix(before, ",") && !strings.HasSuffix(before, ".") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(text[m.at:p.End], unicode.IsSpace))
	return strings.ContainsRune(".!?…:—-", last)
}

func onlySpace(s string) bool { return strings.TrimSpace(s) == "" }

// appendStretch trims white space inside the marks and drops what is empty.
func appendStretch(out []stretch, text string, s stretch) []stretch {
	body := text[s.Start:s.End]
	s.Start += len(body) - len(strings.TrimLeftFunc(body, unicode.IsSpace))
	s.End -= len(body) - len(strings.TrimRightFunc(body, unicode.IsSpace))
	if s.Start >= s.End || !strings.ContainsFunc(text[s.Start:s.End], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return out
	}
	if s.soft && !unicode.IsUpper(rune(text[s.Start])) {
		return out // a few words of a reported sentence
	}
	if text[s.Start] == '(' && strings.HasSuffix(text[s.Start:s.End], ")") && !strings.Contains(text[s.Start+1:s.End-1], "(") {
		return out // "(Applause.)"
	}
	return append(out, s)
}
