package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
)

const (
	maxTitle      = 200 // bytes; longer first lines are rather a sentence of the body
	maxTitleStop  = 130 // the same for a first line that ends in a full stop
	maxStandfirst = 420
	maxByline     = 160
)

// readHead gives the blocks above the body their kinds: title, standfirst, byline, date line; and a
// what they say. It returns the index of the last block of the head, -1 for none.
func readHead(a *article.Article, blocks []block) int {
	last := -1
	first := firstUnread(blocks, 0)
	switch {
	case first < 0:
	case blocks[first].marker == markHeading:
		last = first
	case isTitle(blocks, first):
		blocks[first].kind = article.Heading
		last = first
	}
	if last >= 0 {
		a.Title = strings.TrimRight(plainMarkdown(blocks[last].words()), ";")
	}
	hasStandfirst := false
	for i, seen := last+1, 0; i < len(blocks) && seen < 5; i++ {
		b := &blocks[i]
		if b.kind != "" {
			continue
		}
		seen++
		names := byline(plainMarkdown(b.words()))
		switch {
		case names != nil:
			b.kind = article.Other
			a.Byline = append(a.Byline, names...)
		case isDateLine(b.text):
			b.kind = article.Other
		case !hasStandfirst && last >= 0 && isStandfirst(blocks, i):
			hasStandfirst = true
			b.kind = article.Standfirst
			a.Standfirst = plainMarkdown(b.words())
		default:
			return last
		}
		last = i
	}
	return last
}

// firstUnread returns the first block from i on that may be a title.
func firstUnread(blocks []block, i int) int {
	for ; i < len(blocks); i++ {
		if b := &blocks[i]; b.kind == "" || b.marker == markHeading {
			return i
		}
	}
	return -1
}

// isTitle reports whether the block at i, the first, is a title and not the body's first sentence.
func isTitle(blocks []block, i int) bool {
	b := &blocks[i]
	next := firstUnread(blocks, i+1)
	if next < 0 || b.marker != markNone || len(b.text) > maxTitle {
		return false
	}
	if _, ok := dateline(b.text); ok || byline(plainMarkdown(b.words())) != nil || isDateLine(b.text) {
		return false
	}
	if strings.HasSuffix(b.text, ":") || strings.HasSuffix(b.text, ",") {
		return false
	}
	if !endsSentence(b.text) {
		return true
	}
	// A headline with a full stop, as some archives print it: one short sentence before a longer
	// paragraph, and not a quotation with its attribution.
	longer := len(blocks[next].text) > len(b.text) || next+1 < len(blocks) && len(blocks[next+1].text) > len(b.text)
	return len(b.text) <= maxTitleStop && !blocks[next].glued && longer && !endsWithSaying(b.text)
}

// endsWithSaying reports whether s closes with a quotation and who spoke: "…,” the mayor said."
func endsWithSaying(s string) bool {
	i := strings.LastIndexAny(s, "\"”“»«")
	if i < 2 || len(s)-i > 80 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	return strings.ContainsRune(",!?", before) && strings.Contains(strings.TrimLeft(s[i:], "\"”“»«, "), " ")
}

// isStandfirst reports whether the block at i, behind the title, is the outlet's summary: the body
// opens anew behind it, with a dateline, a byline, or by saying the same again after a picture.
func isStandfirst(blocks []block, i int) bool {
	b := &blocks[i]
	if len(b.text) > maxStandfirst || b.marker != markNone {
		return false
	}
	if i > 0 && b.glued && blocks[i-1].kind == article.Heading && i+1 < len(blocks) && !blocks[i+1].glued &&
		len(b.text) <= maxTitle && (strings.HasSuffix(blocks[i-1].text, ";") || !endsSentence(b.text)) {
		return true // the second deck of a headline
	}
	if _, ok := dateline(b.text); ok {
		return false
	}
	picture := false
	for j := i + 1; j < len(blocks); j++ {
		next := &blocks[j]
		switch {
		case next.kind == article.Caption:
			picture = true
		case next.kind == article.Advertisement || next.kind == article.Other:
		case next.kind != "":
			return false
		default:
			if _, ok := dateline(next.text); ok {
				return true
			}
			if byline(plainMarkdown(next.words())) != nil || isDateLine(next.text) {
				return true
			}
			return picture && echo(b.text, next.text) >= 0.5
		}
	}
	return false
}

// echo returns the share of the longer words of s that text holds too.
func echo(s, text string) float64 {
	fold := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	in := make(map[string]bool)
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), fold) {
		in[w] = true
	}
	words, found := 0, 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), fold) {
		if utf8.RuneCountInString(w) < 5 {
			continue
		}
		words++
		if in[w] {
			found++
		}
	}
	if words == 0 {
		return 0
	}
	return float64(found) / float64(words)
}

// byline returns the names of a byline ("By Ada Moss and Bo Lee"), nil if s is none.
func byline(s string) []string {
	if len(s) > maxByline {
		return nil
	}
	var rest string
	for _, by := range bylineWords {
		if len(s) > len(by) && strings.EqualFold(s[:len(by)], by) {
			rest = strings.TrimSpace(s[len(by):])
			break
		}
	}
	if rest == "" {
		return nil
	}
	// what stands behind the names: "| Reuters", "· 3 May", ", Staff Writer"
	if i := strings.IndexAny(rest, "|·•\n"); i > 0 {
		rest = rest[:i]
	}
	for _, sep := range []string{" and ", " und ", " et ", " y ", " & ", ";"} {
		rest = strings.ReplaceAll(rest, sep, ",")
	}
	var names []string
	for n := range strings.SplitSeq(rest, ",") {
		n = strings.Trim(n, space+".")
		if n == "" {
			continue
		}
		if !isNameShaped(n) {
			if len(names) > 0 {
				break // "By Ada Moss, our correspondent in Rome"
			}
			return nil
		}
		names = append(names, n)
	}
	return names
}

// isNameShaped reports whether s looks like a person's name or an agency: one to five words, each
// capitalised or a particle.
func isNameShaped(s string) bool {
	n := 0
	for w := range strings.FieldsSeq(s) {
		n++
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) && !unicode.Is(unicode.Lo, r) && !particles[w] {
			return false
		}
		if strings.ContainsAny(w, "0123456789:!?\"“”") {
			return false
		}
	}
	return n >= 1 && n <= 5
}

// isDateLine reports whether s is nothing but when something was published.
func isDateLine(s string) bool {
	if len(s) > 90 || !strings.ContainsAny(s, "0123456789") || endsWithLongSentence(s) {
		return false
	}
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '.' }) {
		w = strings.Trim(w, ".")
		if w != "" && !dateWords[w] && !dateWords[strings.ReplaceAll(w, ".", "")] {
			return false
		}
	}
	return true
}

func endsWithLongSentence(s string) bool { return strings.HasSuffix(s, ".") && len(s) > 40 }

// plainMarkdown returns s as a reader sees it: without emphasis marks and link targets, white space
// collapsed.
func plainMarkdown(s string) string {
	s = strings.TrimRight(s, "# ")
	lastLink, lastClose := strings.LastIndex(s, "]("), strings.LastIndexByte(s, ')')
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '*' || s[i] == '`' || (s[i] == '_' && (i == 0 || i+1 == len(s) || s[i-1] == ' ' || s[i+1] == ' ')):
		case s[i] == '[' && i < lastLink:
		case i < lastClose && strings.HasPrefix(s[i:], "]("):
			i += strings.IndexByte(s[i:], ')')
		default:
			b.WriteByte(s[i])
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
