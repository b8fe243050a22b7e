package extract

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"newsdesk/article"
)

// Text makes an article of plain text or Markdown as it was pasted or read from the file name (""
// for none). The article's Text is body, byte for byte.
//
// It returns [ErrNotText] where body is not UTF-8 text, [ErrNoArticle] where there is nothing but
// white space, and [ErrTooLarge].
func Text(name string, body []byte) (*article.Article, error) {
	label := name
	if label == "" {
		label = "text"
	}
	if err := checkSize(label, body); err != nil {
		return nil, err
	}
	if bytes.IndexByte(body, 0) >= 0 || !utf8.Valid(body) {
		return nil, fmt.Errorf("%s: %w", label, ErrNotText)
	}
	text := string(body)
	front := readFrontMatter(text)
	a := &article.Article{URL: name, CanonicalURL: nameFor(name), Text: text, Language: language(text[front.length:])}
	a.Paragraphs = front.paragraphs(text)
	blocks := splitBlocks(text, front.length)
	if len(blocks)+len(a.Paragraphs) == 0 {
		return nil, fmt.Errorf("%s: %w: it is empty", label, ErrNoArticle)
	}
	markLettersOwn(blocks)
	classify(a, blocks)
	front.fill(a)
	if endsInBrackets(a) || stopsAmid(a) || stopsShort(a) || breaksOff(a) && goesOn(a) {
		a.Partial = article.Cut
	}
	return a, nil
}

// block is one paragraph of plain text before its kind is known: one line, or several that a soft
// wrap cut.
type block struct {
	article.Span
	text   string       // the text of the span
	marker marker       // what Markdown says it is
	inner  article.Span // the span without Markdown's marks
	glued  bool         // no blank line stands between it and the block before
	kind   article.Kind // "" until known
}

// words returns the block's text without Markdown's marks.
func (b *block) words() string {
	return b.text[b.inner.Start-b.Start : b.inner.End-b.Start]
}

// classify gives every block its kind and a what its first blocks say of it.
func classify(a *article.Article, blocks []block) {
	for i := range blocks {
		if b := &blocks[i]; b.kind == "" {
			b.kind = ownKind(b)
		}
	}
	markCaptions(blocks)
	head := readHead(a, blocks)
	datelines := 0
	for i := range blocks {
		b := &blocks[i]
		if b.kind != "" {
			a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: b.Span, Kind: b.kind})
			continue
		}
		if i > head && isSubheading(b, i+1 < len(blocks)) {
			a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: b.Span, Kind: article.Heading})
			continue
		}
		datelines++
		body := b.Span
		if d, ok := dateline(b.words()); ok && (d.agency != "" || datelines <= 2) {
			end := b.inner.Start + d.length
			a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: article.Span{Start: b.Start, End: end}, Kind: article.Dateline})
			body.Start = end + len(a.Text[end:b.End]) - len(strings.TrimLeft(a.Text[end:b.End], space))
			if a.Site == "" {
				a.Site = d.agency
			}
		}
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: body, Kind: article.Text})
	}
}

// ownKind tells the kind that a block has by its own words, wherever it stands, or "".
func ownKind(b *block) article.Kind {
	words := b.words()
	switch {
	case b.marker == markHeading:
		return article.Heading
	case b.marker == markRule, isForwardMark(words):
		return article.Other
	case isAdvertisement(words):
		return article.Advertisement
	case isPointer(words):
		return article.Other
	case b.marker == markQuote:
		return article.Blockquote
	case b.marker == markImage:
		return article.Caption
	case b.marker == markItem:
		return article.List
	}
	return ""
}

// isSubheading reports whether a block in the middle is a heading: a few words without a full stop
// before more text.
func isSubheading(b *block, followed bool) bool {
	words := b.words()
	if b.marker != markNone || !followed || b.glued || len(words) > 60 || strings.ContainsAny(words, "\"“”„«»\n") {
		return false
	}
	return startsUpper(words) && !endsSentence(words) && strings.Count(words, " ") < 9 &&
		!strings.HasSuffix(words, ":") && !strings.HasSuffix(words, ",")
}
