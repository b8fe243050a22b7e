package llm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/ground"
	"newsdesk/summarize/terms"
)

// PromptVersion changes with what a model is asked; a summary made by another version may be another.
const PromptVersion = 3

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
// An article that is longer than the model takes at once is read in parts, cut at paragraphs, whose points are
// then merged. Points that fail the check are given back to the model once, with what is wrong with them.
//
// Errors wrap [ErrUnreachable], [ErrRefused], [ErrRejected], [ErrTooLong], [ErrUnusable] or [ErrUnsupported]. With
// an error too, the summary says which tokens were spent.
func (c *Client) Summarize(ctx context.Context, a *article.Article, quotes []quote.Quote, r Request) (summarize.Summary, error) {
	w := &writer{
		client: c, article: a, request: r, numbered: numberSentences(a),
		guard:     guard{source: ground.Prepare(a).Heard(quotes), article: a, quotes: quotes},
		translate: r.Language != "" && a.Language != "" && r.Language != a.Language,
		summary:   summarize.Summary{Method: summarize.LLM, Model: c.model, Headline: a.Title, Points: []summarize.Point{}, Check: &summarize.Checked{}},
	}
	err := w.write(ctx)
	if err != nil {
		err = fmt.Errorf("model %s: %w", c.model, err)
	}
	return w.summary, err
}

// writer makes one summary.
type writer struct {
	client *Client
	guard
	numbered

	article   *article.Article
	request   Request
	translate bool
	summary   summarize.Summary
	made      int      // points that the model made
	failed    []failed // of those, what did not pass
	headlines []string
	quoted    []quoted
}

// failed is a point that did not pass, with what is wrong with it.
type failed struct {
	point
	fault
}

// write makes the summary, in smaller parts if the model takes no larger ones.
func (w *writer) write(ctx context.Context) error {
	if len(w.spans) == 0 {
		return fmt.Errorf("%w: the article has no sentences", ErrUnsupported)
	}
	for {
		window := min(w.client.partTokens(), w.total())
		err := w.read(ctx, w.cut(window))
		if err == nil {
			return w.finish(ctx)
		}
		if !errors.Is(err, ErrTooLong) || !w.client.narrow(window) {
			return err
		}
		w.summary.Points, w.failed, w.headlines, w.quoted, w.made = nil, nil, nil, nil, 0
	}
}

// read has the model read the parts one after the other.
func (w *writer) read(ctx context.Context, parts []part) error {
	for _, p := range parts {
		made, err := w.ask(ctx, summaryPrompt(w.text(p), w.request, w.translate))
		switch {
		case errors.Is(err, ErrUnusable) && len(parts) > 1:
			continue // the other parts are there
		case err != nil:
			return err
		}
		w.take(made, 2*wanted(w.request.Length), w.cited)
		w.headlines = append(w.headlines, made.Headline)
		w.quoted = append(w.quoted, made.Quotes...)
	}
	if w.made == 0 {
		return fmt.Errorf("%w: no points in it", ErrUnusable)
	}
	return nil
}

// ask asks the model and counts what it spends.
func (w *writer) ask(ctx context.Context, p prompt) (points, error) {
	made, spent, err := ask(ctx, w.client, p, readPoints)
	w.summary.TokensIn += spent.in
	w.summary.TokensOut += spent.out
	return made, err
}

// take lets those of the model's points through that pass, at most so many, and keeps the others to be rewritten.
func (w *writer) take(made points, most int, cited func([]int) []article.Span) {
	said := map[string]bool{} // a point that is said again is none
	for _, p := range made.Points[:min(len(made.Points), most)] {
		if p.Text = oneSentence(w.unnumbered(tidy(p.Text)), w.article.Language); said[p.Text] {
			continue
		}
		said[p.Text] = true
		w.made++
		if fault := w.let(p, cited(p.Sentences)); fault != none {
			w.failed = append(w.failed, failed{p, fault})
		}
	}
}

// let lets one point through, or says what is wrong with it.
func (w *writer) let(p point, sources []article.Span) fault {
	if len(terms.NewReader(w.article.Language).Words(p.Text)) < leastWords {
		return tooShort
	}
	text, sources, wrong := w.settle(p.Text, sources)
	if wrong == none && w.translate {
		if text = passTranslation(p.Translation, text); text == "" {
			wrong = badTranslation
		}
	}
	if wrong != none {
		return wrong
	}
	if !slices.ContainsFunc(w.summary.Points, func(q summarize.Point) bool { return q.Text == text }) {
		slices.SortFunc(sources, bySpan)
		w.summary.Points = append(w.summary.Points, summarize.Point{Text: text, Sources: sources})
	}
	return none
}

// finish has failed points rewritten and too many merged, and puts the rest of the summary together.
func (w *writer) finish(ctx context.Context) error {
	want, s := wanted(w.request.Length), &w.summary
	made := w.made
	if len(w.failed) > 0 && len(s.Points) < want {
		if err := w.rewrite(ctx); err != nil {
			return err
		}
	}
	s.Check.Made, s.Check.Dropped = made, len(w.failed)
	for _, f := range w.failed {
		if s.Check.Reasons == nil {
			s.Check.Reasons = map[string]int{}
		}
		s.Check.Reasons[f.kind]++
	}
	if len(s.Points) < enough(made, want) {
		return fmt.Errorf("%w: %d of %d points passed", ErrUnsupported, len(s.Points), made)
	}
	slices.SortStableFunc(s.Points, func(p, q summarize.Point) int { return bySpan(p.Sources[0], q.Sources[0]) })
	if len(w.headlines) > 1 && len(s.Points) > want {
		if err := w.merge(ctx); err != nil {
			return err
		}
	}
	s.Points = s.Points[:min(len(s.Points), want)]
	for _, headline := range w.headlines {
		if text, ok := w.pass(headline, nil); ok && !w.translate {
			s.Headline = strings.TrimSuffix(text, ".")
			break
		}
	}
	w.pointAt()
	return nil
}

// maxRewritten bounds how many points are given back.
const maxRewritten = 8

// rewrite gives the failed points back to the model once. If that call fails, what has passed stands; only the end
// of the caller's patience is an error.
func (w *writer) rewrite(ctx context.Context) error {
	var b strings.Builder
	again := w.failed[:min(len(w.failed), maxRewritten)]
	sent := map[int]bool{}
	for _, f := range again {
		for _, i := range w.linesFor(f.point) {
			if !sent[i] {
				sent[i] = true
				b.WriteString(w.lines[i])
			}
		}
		text := tidy(f.Text)
		fmt.Fprintf(&b, "Statement: %s\nWrong with it: %s\n", strings.ToValidUTF8(text[:min(len(text), maxPoint)], ""), tidy(f.words))
	}
	w.failed = w.failed[len(again):]
	made, err := w.ask(ctx, rewritePrompt(b.String(), len(again), w.request, w.translate))
	if err != nil {
		w.failed = append(w.failed, again...)
		return ctx.Err()
	}
	before, was := len(w.summary.Points), len(w.failed)
	w.take(made, len(again), w.cited)
	w.summary.Check.Rewritten = len(w.summary.Points) - before
	// A point that was given back and did not return is dropped as well.
	for len(w.failed)-was+w.summary.Check.Rewritten < len(again) {
		w.failed = append(w.failed, again[0])
	}
	return nil
}

// linesFor returns the indices of the lines that a point rests on, as it says, or else as the check finds.
func (w *writer) linesFor(p point) []int {
	spans := w.cited(p.Sentences)
	if len(spans) == 0 {
		spans = w.source.Bearing(tidy(p.Text))
	}
	var out []int
	for i, line := range w.spans {
		if slices.ContainsFunc(spans, line.Overlaps) {
			out = append(out, i)
		}
	}
	return out
}

// merge has the model choose among the points of several parts. If it fails, they are taken in turns.
func (w *writer) merge(ctx context.Context) error {
	passed := w.summary.Points
	var n numbered
	for i, p := range passed {
		n.add(p.Text, article.Span{Start: i, End: i + 1}, true)
	}
	made, err := w.ask(ctx, mergePrompt(n.text(n.all()), Request{Length: w.request.Length}, false))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	w.summary.Points = nil
	if err == nil {
		sources := func(numbers []int) []article.Span {
			out := []article.Span{}
			for _, i := range n.cited(numbers) {
				out = append(out, passed[i.Start].Sources...)
			}
			return out
		}
		failed, count := w.failed, w.made
		if w.translate { // what passed is translated: only whole lines may stay
			w.keep(made, n, passed)
		} else {
			w.take(made, wanted(w.request.Length), sources)
		}
		w.failed, w.made = failed, count // what it merges badly was counted when it was made
		w.headlines = append([]string{made.Headline}, w.headlines...)
	}
	if len(w.summary.Points) < min(2, len(passed)) {
		w.summary.Points = spread(passed, wanted(w.request.Length))
	}
	slices.SortStableFunc(w.summary.Points, func(p, q summarize.Point) int { return bySpan(p.Sources[0], q.Sources[0]) })
	return nil
}

// keep keeps the points that the model cites, as they are.
func (w *writer) keep(made points, n numbered, passed []summarize.Point) {
	taken := map[int]bool{}
	for _, p := range made.Points {
		for _, i := range n.cited(p.Sentences) {
			if !taken[i.Start] && len(taken) < wanted(w.request.Length) {
				taken[i.Start] = true
				w.summary.Points = append(w.summary.Points, passed[i.Start])
			}
		}
	}
}

// spread takes so many points, evenly from the beginning to the end.
func spread(points []summarize.Point, most int) []summarize.Point {
	if len(points) <= most {
		return points
	}
	out := make([]summarize.Point, 0, most)
	for i := range most {
		out = append(out, points[i*len(points)/most])
	}
	return out
}

// pointAt takes in the quotations that the model points at. Their words are the article's.
func (w *writer) pointAt() {
	for _, q := range w.quoted {
		for _, line := range w.cited([]int{q.Sentence}) {
			w.quotation(line, q.Translation)
		}
	}
	slices.SortStableFunc(w.summary.Quotes, func(x, y summarize.Quotation) int { return bySpan(x.Span, y.Span) })
}

// quotation takes in the first quotation of a line that is not there yet.
func (w *writer) quotation(line article.Span, translation string) {
	for _, have := range w.quotes {
		taken := slices.ContainsFunc(w.summary.Quotes, func(q summarize.Quotation) bool { return q.Span == have.Span })
		if have.Kind == quote.Indirect || taken || !line.Overlaps(have.Span) || len(w.summary.Quotes) == maxQuotes {
			continue
		}
		q := summarize.Quotation{Span: have.Span}
		if w.translate {
			q.Translation = passTranslation(translation, w.article.Slice(have.Span))
		}
		w.summary.Quotes = append(w.summary.Quotes, q)
		return
	}
}

// enough is how many points must pass of those that were made: half, and at least one.
func enough(made, wanted int) int { return max(1, (min(made, wanted)+1)/2) }

// bySpan orders by place in the article.
func bySpan(x, y article.Span) int {
	return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
}
