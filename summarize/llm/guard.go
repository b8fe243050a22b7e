package llm

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/quote"
	"newsdesk/summarize/ground"
)

// guard decides what a model wrote may be shown.
type guard struct {
	source  *ground.Source
	article *article.Article
	quotes  []quote.Quote
}

// maxPoint is the longest point that is shown, in bytes.
const maxPoint = 600

// foreign is what never comes from a model: links, mentions, and the mark-up that makes them.
var foreign = regexp.MustCompile(`(?i)https?:|www\.|\b[a-z0-9-]+\.(?:com|net|org|io|gg|ru|info|me|co|app|xyz|link|site)\b|@everyone|@here|<[@#&!/a-z]|\]\(`)

// pass returns text as it may be shown, if it may. cited are the sentences it rests on; nil stands for
// the whole article, an empty list for a point that cites nothing, which fails.
func (g *guard) pass(text string, cited []article.Span) (string, bool) {
	text = tidy(text)
	if text == "" || len(text) > maxPoint || foreign.MatchString(text) || cited != nil && len(cited) == 0 {
		return "", false
	}
	if !g.source.Check(text, cited...).Printable() {
		return "", false
	}
	return g.restore(text)
}

// restore puts the article's own bytes between the quotation marks of text, and fails if there are none or
// if text gives them to somebody else.
func (g *guard) restore(text string) (string, bool) {
	var b strings.Builder
	last := 0
	for _, q := range ground.Quoted(text) {
		span, ok := g.source.Verbatim(text[q.Start:q.End])
		if !ok || q.End == len(text) || g.misattributed(span, text) {
			return "", false
		}
		_, open := utf8.DecodeLastRuneInString(text[:q.Start])
		_, closing := utf8.DecodeRuneInString(text[q.End:])
		b.WriteString(text[last : q.Start-open])
		b.WriteString("“" + g.article.Slice(span) + "”")
		last = q.End + closing
	}
	b.WriteString(text[last:])
	return b.String(), true
}

// misattributed reports whether text names somebody, but not the speaker of the quotation at span.
func (g *guard) misattributed(span article.Span, text string) bool {
	names := func(speaker string) bool {
		words := strings.Fields(speaker)
		return len(words) > 0 && strings.Contains(text, words[len(words)-1])
	}
	other := slices.ContainsFunc(g.quotes, func(q quote.Quote) bool { return names(q.Speaker) })
	for _, q := range g.quotes {
		if q.Kind != quote.Indirect && q.Speaker != "" && q.Overlaps(span) {
			return other && !names(q.Speaker)
		}
	}
	return false
}

// tidy puts a model's text on one line, without characters that nobody sees and without emphasis.
func tidy(text string) string {
	text = strings.Map(visible, strings.Join(strings.FieldsFunc(text, unicode.IsSpace), " "))
	text = strings.ReplaceAll(text, "**", "")
	return strings.TrimSpace(strings.TrimLeft(text, "-•* "))
}

// passTranslation returns a translation of text as it may be shown, if it may: no quotation marks, no
// number that text lacks, nothing foreign. That is what can be told without knowing both languages.
func passTranslation(translation, text string) (string, bool) {
	translation = tidy(translation)
	if translation == "" || len(translation) > 2*maxPoint || foreign.MatchString(translation) || len(ground.Quoted(translation)) > 0 {
		return "", false
	}
	original := &article.Article{Text: text, Paragraphs: []article.Paragraph{{Span: article.Span{End: len(text)}, Kind: article.Text}}}
	for _, r := range ground.Check(translation, original).Reasons {
		if r.Kind == ground.Number {
			return "", false
		}
	}
	return translation, true
}
