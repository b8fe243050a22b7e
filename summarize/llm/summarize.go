package llm

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/ground"
)

// Request says what summary is wanted.
type Request struct {
	Length   summarize.Length
	Language string // BCP 47 primary tag of the reader's language; "" is the article's own
}

// Summarize returns a summary of a that the model wrote and that a bears out. Points are in the article's
// order. quotes are a's quotations: a point that gives one to somebody else is dropped. The points of
// a reader's language other than the article's are translations, whose originals passed the check and
// whose numbers and quotations are the originals'.
//
// Errors wrap [ErrUnreachable], [ErrRefused], [ErrRejected], [ErrUnusable] or [ErrUnsupported]. With an
// error too, the summary says which tokens were spent.
func (c *Client) Summarize(ctx context.Context, a *article.Article, quotes []quote.Quote, r Request) (summarize.Summary, error) {
	out := summarize.Summary{Method: summarize.LLM, Model: c.model, Headline: a.Title, Points: []summarize.Point{}}
	n := numberSentences(a)
	if len(n.spans) == 0 {
		return out, fmt.Errorf("%w: the article has no sentences", ErrUnsupported)
	}
	translate := r.Language != "" && a.Language != "" && r.Language != a.Language
	made, spent, err := ask(ctx, c, summaryPrompt(n, r, translate), readPoints)
	out.TokensIn, out.TokensOut = spent.in, spent.out
	if err != nil {
		return out, fmt.Errorf("model %s: %w", c.model, err)
	}
	g := guard{source: ground.Prepare(a), article: a, quotes: quotes}
	points := made.Points[:min(len(made.Points), 2*wanted(r.Length))]
	for _, p := range points {
		sources := n.cited(p.Sentences)
		text, ok := g.pass(p.Text, sources)
		if ok && translate {
			text, ok = passTranslation(p.Translation, text)
		}
		if ok && !slices.ContainsFunc(out.Points, func(q summarize.Point) bool { return q.Text == text }) {
			slices.SortFunc(sources, bySpan)
			out.Points = append(out.Points, summarize.Point{Text: text, Sources: sources})
		}
	}
	if len(out.Points) < enough(len(points), wanted(r.Length)) {
		return out, fmt.Errorf("model %s: %w: %d of %d points passed", c.model, ErrUnsupported, len(out.Points), len(points))
	}
	slices.SortStableFunc(out.Points, func(p, q summarize.Point) int { return bySpan(p.Sources[0], q.Sources[0]) })
	out.Points = out.Points[:min(len(out.Points), wanted(r.Length))]
	if headline, ok := g.pass(made.Headline, nil); ok && !translate {
		out.Headline = strings.TrimSuffix(headline, ".")
	}
	return out, nil
}

// enough is how many points must pass of those that were made: half, and at least one.
func enough(made, wanted int) int { return max(1, (min(made, wanted)+1)/2) }

// bySpan orders by place in the article.
func bySpan(x, y article.Span) int {
	return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
}
