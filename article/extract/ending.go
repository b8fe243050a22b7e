package extract

import (
	"bytes"
	"strings"
	"unicode"

	"newsdesk/article"
	"newsdesk/article/extract/internal/body"
)

// ending is how the markup of a page ends.
type ending struct {
	cut    bool // not all of it was read
	open   bool // it ends before the document does
	inText bool // it ends within a text or a tag
}

// endingOf looks for the tags that end a document that has begun.
func endingOf(text []byte) ending {
	return ending{
		open:   holdsTag(text[:min(len(text), maxTagless)], "<") && !holdsTag(text, "</"),
		inText: !bytes.HasSuffix(bytes.TrimRight(text, space), []byte(">")),
	}
}

// maxTagless is how far into a document, in bytes, its first tags stand.
const maxTagless = 64 << 10

// holdsTag reports whether text holds a tag of the elements that hold all others.
func holdsTag(text []byte, opening string) bool {
	for _, name := range []string{"html", "HTML", "body", "BODY"} {
		if bytes.Contains(text, []byte(opening+name)) {
			return true
		}
	}
	return false
}

// tearsOff reports whether a page ends where the text of its article does, in the middle of a sentence.
func (e ending) tearsOff(p *body.Page, blocks []*body.Block) bool {
	n := len(p.Blocks)
	if !e.open || n == 0 || len(blocks) == 0 {
		return false
	}
	last, chosen := &p.Blocks[n-1], blocks[len(blocks)-1]
	if !e.inText {
		return last.Text == chosen.Text && isTorn(chosen) && article.CountWords(chosen.Text) >= minAmid
	}
	return isTorn(chosen) || n > 1 && p.Blocks[n-2].Text == chosen.Text && isTorn(last)
}

// isTorn reports whether a block is a paragraph that does not end a sentence.
func isTorn(b *body.Block) bool {
	return b.Kind == body.Paragraph && (!endsSentence(b.Text) || trailsOff(b.Text))
}

// breaksOff reports whether a text stops in the middle: with an ellipsis, or a paragraph of prose without an end.
func breaksOff(a *article.Article) bool {
	last := lastBody(a)
	if trailsOff(last) {
		return true
	}
	if len(strings.Fields(last)) < 8 || endsSentence(last) {
		return endsInBrackets(a)
	}
	r := []rune(last)
	return (unicode.IsLower(r[len(r)-1]) || r[len(r)-1] == ',') && strings.ContainsAny(last, ".,")
}

// endsInBrackets reports whether a text ends as feeds cut it: "[…]".
func endsInBrackets(a *article.Article) bool {
	last := lastBody(a)
	return strings.HasSuffix(last, "[…]") || strings.HasSuffix(last, "[...]") || strings.HasSuffix(last, "[&hellip;]")
}

// trailsOff reports whether s ends with an ellipsis.
func trailsOff(s string) bool { return strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...") }

// minAmid is how many words tell a paragraph that stops in the middle from a name or a line of small print.
const minAmid = 8

// stopsAmid reports whether a text stops at a word that no sentence ends with: "… and the harbour office wants to…".
func stopsAmid(a *article.Article) bool {
	words := strings.Fields(wordsOf(lastBody(a)))
	return len(words) >= minAmid && (trailsOff(lastBody(a)) || !endsSentence(lastBody(a))) && leadingOn[words[len(words)-1]]
}

// stopsShort reports whether the last paragraph of a text holds a sentence that ends, and one behind it that does not.
func stopsShort(a *article.Article) bool {
	last := lastBody(a)
	if trailsOff(last) || endsSentence(last) || !breaksOff(a) || strings.Contains(last[strings.LastIndexByte(last, ' ')+1:], ".") {
		return false
	}
	n, sentences := 0, article.Sentences(a)
	for _, s := range sentences {
		if s.Paragraph == sentences[len(sentences)-1].Paragraph {
			n++
		}
	}
	return n > 1
}
