package quote

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"newsdesk/article"
)

// The words of a case's list for how a statement is reported; testdata/cases/README.md says how a case is written.
const (
	inPart   = ", in part"
	reported = ", reported"
	noOne    = "nobody"

	// rule is the line between an article and its list.
	rule = "\n----\n"
)

// caseLine is the line of a case's list that says who said a quote.
func caseLine(q Quote) string {
	how := ""
	switch {
	case q.Kind == Indirect:
		how = reported
	case q.Kind == Mixed && q.Speaker != "":
		how = inPart
	}
	return fmt.Sprintf("%s%s: %s", cmp.Or(q.Speaker, noOne), how, strings.Join(strings.Fields(q.Text), " "))
}

// Case writes a case of the engine's tests around the n-th of an article's quotes: the paragraphs that it stands in,
// with the words that were taken for its speaker, and where its speaker is first named, the right one and the one who
// was found, and under a line of four dashes who said what in them. "" if it cannot be written, as the text has such a
// line itself.
func Case(a *article.Article, quotes []Quote, n int) string {
	q := quotes[n]
	shown := map[int]bool{q.Paragraph: true}
	if q.Mention != nil {
		shown[a.ParagraphAt(q.Mention.Start)] = true
	}
	if found := q.Corrected; found != nil && found.Mention != nil { // what led the engine astray
		shown[a.ParagraphAt(found.Mention.Start)] = true
		shown[introduces(a, found.Speaker)] = true
	}
	shown[introduces(a, q.Speaker)] = true
	var texts, list []string
	for i, p := range a.Paragraphs {
		if shown[i] {
			texts = append(texts, strings.TrimSpace(a.Slice(p.Span)))
		}
	}
	for _, o := range quotes {
		if shown[o.Paragraph] && (o.Kind != Indirect || q.Kind == Indirect) {
			list = append(list, caseLine(o))
		}
	}
	text := strings.Join(texts, "\n\n")
	if strings.Contains("\n"+text+"\n", rule) {
		return ""
	}
	return text + rule + strings.Join(list, "\n") + "\n"
}

// introduces is the first paragraph of the body that has a name in full, -1 if none has.
func introduces(a *article.Article, name string) int {
	return slices.IndexFunc(a.Paragraphs, func(p article.Paragraph) bool {
		return name != "" && p.Kind.IsBody() && strings.Contains(a.Slice(p.Span), name)
	})
}
