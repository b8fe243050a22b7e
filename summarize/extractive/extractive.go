// Package extractive summarizes an article in its own sentences, without a model.
//
// [Summarize] takes the article and its quotations and returns a [summarize.Summary] whose points are
// sentences of the article, unchanged but for collapsed white space, in the article's order, each with
// the one stretch that it is. The headline is the title. The same article always gives the same
// summary.
//
// A sentence is chosen for what it shares with the rest of the article (a walk over similar
// sentences, as TextRank does), with the title, and for its place, length and form; the weights stand
// in weights.txt and are learnt by the command in train. What must not be, is not left to weights: a
// caption, an advertisement, a heading or a dateline never stands in a summary, nor does half a
// quotation, nor a quotation without a word about who said it, nor the same thing twice. A standfirst
// counts as a sentence like others.
//
// The work is bounded: of an endless article, only the first 400 sentences are considered.
package extractive

import (
	"newsdesk/article"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/terms"
)

// Options says how much is wanted.
type Options struct {
	Length summarize.Length // how many points; "" is Standard; not used where Words is set
	Words  int              // if above 0: sentences until they have so many words, the last may run over
}

// Summarize returns a summary of a in its own sentences. It has no points if a has no sentence that
// can stand alone.
func Summarize(a *article.Article, quotes []quote.Quote, opt Options) summarize.Summary {
	out := summarize.Summary{Method: summarize.Extractive, Headline: a.Title, Points: []summarize.Point{}}
	reader := terms.NewReader(a.Language)
	cs := candidates(a, quotes, reader)
	if len(cs) == 0 {
		return out
	}
	sim := similarity(cs)
	scores := score(cs, vectors(cs, a.Title, sim, reader), opt)
	for _, i := range choose(cs, scores, sim, opt) {
		out.Points = append(out.Points, summarize.Point{Text: cs[i].text, Sources: []article.Span{cs[i].Span}})
	}
	return out
}

// Sentence is a sentence of an article as the scorer sees it.
type Sentence struct {
	Text     string
	Features []float64 // in the order of Features
}

// Sentences returns the sentences of a among which Summarize chooses, for learning the weights.
func Sentences(a *article.Article, quotes []quote.Quote) []Sentence {
	reader := terms.NewReader(a.Language)
	cs := candidates(a, quotes, reader)
	if len(cs) == 0 {
		return nil
	}
	out := make([]Sentence, len(cs))
	for i, v := range vectors(cs, a.Title, similarity(cs), reader) {
		out[i] = Sentence{cs[i].text, v}
	}
	return out
}
