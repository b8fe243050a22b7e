package bot

import (
	"regexp"
	"sort"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"newsdesk/article"
	"newsdesk/words"
)

// marks are the characters that mean something to Discord's Markdown wherever they stand, mentions and
// custom emoji included ("<@1>"): each gets a backslash, which Discord does not show.
const marks = "\\*_~|`<>[]"

var (
	// everyone are the mentions that need no "<".
	everyone = regexp.MustCompile(`@(everyone|here)`)
	// schemes make a link of what stands behind them.
	schemes = regexp.MustCompile(`(?i)(https?|steam|discord|mailto|tel|sms)(:)`)
	// invites are shown as a card with a button to join, also without a scheme.
	invites = regexp.MustCompile(`(?i)(discord(?:app)?|dsc)(\.)(gg|com|gift|new)`)
	// opening is what makes a heading, a list or small print at the beginning of a line.
	opening = regexp.MustCompile(`^(#|-|\+|\d+(?:\.|\)))`)
)

// defuse makes text of an article, a model or a user show in Discord as it is: on one line, without a
// mention, link, invite or Markdown that it smuggled in. What is shown are the characters of text, none
// added and none left out but those that words.Line takes.
func defuse(text string) string {
	text = words.Line(text)
	var b strings.Builder
	b.Grow(len(text) + 8)
	for i := range len(text) {
		if strings.IndexByte(marks, text[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	s := b.String()
	s = everyone.ReplaceAllString(s, `\@$1`)
	s = schemes.ReplaceAllString(s, `$1\$2`)
	s = invites.ReplaceAllString(s, `$1\$2$3`)
	if m := opening.FindString(s); m != "" {
		s = m[:len(m)-1] + `\` + s[len(m)-1:]
	}
	return s
}

// spaced is a part of a line, defused, with a blank where there is white space at its ends, which defuse takes away.
func spaced(part string) string {
	const blanks = " \t\n\u00a0"
	s := defuse(part)
	if strings.TrimLeft(part, blanks) != part {
		s = " " + s
	}
	if s != " " && strings.TrimRight(part, blanks) != part {
		s += " "
	}
	return s
}

// size is how much of a limit s takes. Discord does not say what it counts; UTF-16 units are never fewer
// than the code points that others count.
func size(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// cut shortens text to the first stretch of it that show makes no longer than limit, and reports whether
// that is less than text: at the end of a sentence if that keeps half of what fits, else between words,
// else between characters as readers see them. The stretch is always a beginning of text.
func cut(text string, limit int, show func(string) string) (stretch string, shortened bool) {
	// A character of at most three bytes is one unit, one of four two: what is longer than this does not fit.
	if len(text) <= 3*limit && size(show(text)) <= limit {
		return text, false
	}
	ends := characterEnds(text, limit)
	// Showing makes text no shorter, and a longer text no shorter than its beginning.
	n := sort.Search(len(ends), func(i int) bool { return size(show(text[:ends[i]])) > limit })
	if n == 0 {
		return "", true
	}
	fits := ends[n-1]
	if end := lastSentence(text, fits); end >= fits/2 && end > 0 {
		return text[:end], true
	}
	if end := lastWord(text, fits); end > fits/2 {
		return strings.TrimRight(text[:end], " "), true
	}
	return text[:fits], true
}

// characterEnds are the places where characters end within so many units of text, in bytes. A character that
// is longer than that by itself (a letter with a thousand accents) may be parted.
func characterEnds(text string, limit int) []int {
	var ends []int
	near := text[:boundary(text, 3*limit+64)]
	state, rest, used := -1, near, 0
	for rest != "" {
		var cluster string
		at := len(near) - len(rest)
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used += size(cluster); used > limit {
			if len(ends) == 0 {
				for i := range cluster {
					ends = append(ends, at+i)
				}
			}
			break
		}
		ends = append(ends, at+len(cluster))
	}
	return ends
}

// boundary is the last beginning of a character in the first so many bytes of text.
func boundary(text string, bytes int) int {
	if bytes >= len(text) {
		return len(text)
	}
	for bytes > 0 && !utf8.RuneStart(text[bytes]) {
		bytes--
	}
	return bytes
}

// lastSentence is where the last whole sentence of text ends within its first bytes.
func lastSentence(text string, bytes int) int {
	near := text[:boundary(text, bytes+200)]
	a := &article.Article{Text: near, Paragraphs: []article.Paragraph{{Span: article.Span{End: len(near)}, Kind: article.Text}}}
	end := 0
	for _, s := range article.Sentences(a) {
		if s.End <= bytes {
			end = s.End
		}
	}
	return end
}

// lastWord is where the last whole word of text ends within its first bytes.
func lastWord(text string, bytes int) int {
	if bytes < len(text) && text[bytes] == ' ' {
		return bytes
	}
	return max(0, strings.LastIndexByte(text[:bytes], ' '))
}

// clip is text in at most limit, defused, with an ellipsis where something is left out.
func clip(text string, limit int) string {
	text = words.Line(text)
	stretch, shortened := cut(text, limit-1, defuse)
	if shortened {
		return defuse(stretch) + "…"
	}
	return defuse(stretch)
}

// asItIs shows text where Discord knows no Markdown.
func asItIs(text string) string { return text }

// label is clip for places where Discord shows text as it is, without Markdown: buttons, choices.
func label(text string, limit int) string {
	text = words.Line(text)
	stretch, shortened := cut(text, limit-1, asItIs)
	if shortened {
		return stretch + "…"
	}
	return stretch
}
