package desk

import (
	"context"
	"math"
	"strconv"
	"strings"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/quote"
	"newsdesk/words"
)

// QuoteRef names a quote within its story, in at most 40 letters, digits and dots: by its place, and by its words,
// by which it is found again where the article has changed.
func QuoteRef(q quote.Quote) string {
	return strconv.FormatInt(int64(q.Start), 36) + "." + cache.Digest("words", words.Line(q.Text))
}

// Quote returns a filed story and which of its quotes ref, a [QuoteRef], names; [ErrNoQuote] if the article no
// longer has those words.
func (d *Desk) Quote(ctx context.Context, guild, id, ref string) (cache.Story, int, error) {
	story, err := d.Story(ctx, guild, id)
	if err != nil {
		return cache.Story{}, 0, err
	}
	place, digest, _ := strings.Cut(ref, ".")
	start, err := strconv.ParseInt(place, 36, 64)
	if err != nil {
		return cache.Story{}, 0, ErrNoQuote
	}
	found, nearest := -1, int64(math.MaxInt64)
	for i, q := range story.Quotes {
		away := max(int64(q.Start)-start, start-int64(q.Start))
		if away < nearest && strings.HasSuffix(QuoteRef(q), "."+digest) {
			found, nearest = i, away
		}
	}
	if found < 0 {
		return cache.Story{}, 0, ErrNoQuote
	}
	return story, found, nil
}

// Why puts into words how newsdesk came to the speaker of the n-th quote of a story: a sentence for each step of
// [quote.Explain], and how sure it is. Words of the article go through show, which makes them safe to print. Where
// the name is not sure enough to be shown, no sentence gives it away.
func Why(w *words.Words, story *cache.Story, n int, show func(string) string) []string {
	q := story.Quotes[n]
	if q.Corrected != nil {
		found := cache.Uncorrected(*story)
		return append([]string{w.Say("why.corrected")}, Why(w, &found, n, show)...)
	}
	if story.Article.Speaker != "" && q.Speaker == story.Article.Speaker {
		return []string{w.Say("why.post", "Site", show(cache.Outlet(story.Article.Site, cache.Name(&story.Article)))), w.Say("why.sure", "Percent", int(math.Round(100*q.Confidence)))}
	}
	if q.Mention == nil && q.Speaker == "" {
		return []string{w.Say("why.nobody")}
	}
	var out []string
	if q.Mention != nil && (q.Confidence >= quote.Sure || SpeakerShown(q) != "") {
		out = append(out, beside(w, story, q, show))
	}
	percent := int(math.Round(100 * q.Confidence))
	if q.Speaker != "" && q.Confidence < quote.Sure {
		return append(out, w.Say("why.unsure", "Percent", percent))
	}
	steps, ok := quote.Explain(&story.Article, story.Quotes, n)
	if !ok {
		return append(out, w.Say("why.unknown"))
	}
	for _, s := range steps {
		out = append(out, w.Say(ways[s.Way], "From", show(s.From.Text), "Words", show(s.To.Text), "Where", paragraph(w, &story.Article, s.Paragraph)))
	}
	if q.Speaker != "" {
		out = append(out, w.Say("why.sure", "Percent", percent))
	}
	return out
}

// ways are the sentences for the steps.
var ways = map[quote.Way]string{
	quote.ByName: "why.name", quote.ByPart: "why.part", quote.ByGrammar: "why.grammar", quote.ByApposition: "why.apposition",
	quote.ByWriter: "why.writer", quote.ByRole: "why.role", quote.ByNoun: "why.noun", quote.ByContext: "why.context", quote.ByEcho: "why.echo",
	quote.Described: "why.described",
}

// beside says which words of the article were taken for the speaker's, and where they stand.
func beside(w *words.Words, story *cache.Story, q quote.Quote, show func(string) string) string {
	key, at := "why.near", story.Article.ParagraphAt(q.Mention.Start)
	switch {
	case at == q.Paragraph && q.Cue != "":
		key = "why.cue"
	case at != q.Paragraph && q.Cue != "":
		key = "why.cue.elsewhere"
	case at != q.Paragraph:
		key = "why.elsewhere"
	}
	return w.Say(key, "Mention", show(q.Mention.Text), "Cue", show(q.Cue), "Where", paragraph(w, &story.Article, at))
}

// paragraph names a paragraph as a reader would count.
func paragraph(w *words.Words, a *article.Article, index int) string {
	if n := a.BodyParagraph(index); n > 0 {
		return w.Say("why.paragraph", "Number", n)
	}
	return w.Say("why.outside")
}

// Passage is what to show around a quote: as many whole sentences of its paragraph on both sides as keep it within
// so many bytes, those that it stands in at least.
func Passage(a *article.Article, q quote.Quote, most int) article.Span {
	var around []article.Span // the sentences of the paragraph
	first, last := -1, -1     // those of the quote
	for _, s := range article.Sentences(a) {
		if s.Paragraph != q.Paragraph {
			continue
		}
		around = append(around, s.Span)
		if s.Overlaps(q.Span) {
			if first < 0 {
				first = len(around) - 1
			}
			last = len(around) - 1
		}
	}
	if first < 0 {
		return q.Span
	}
	span := func() article.Span {
		return article.Span{Start: min(q.Start, around[first].Start), End: max(q.End, around[last].End)}
	}
	for grown := true; grown; {
		grown = false
		if first--; first >= 0 && span().Len() <= most {
			grown = true
		} else {
			first++
		}
		if last++; last < len(around) && span().Len() <= most {
			grown = true
		} else {
			last--
		}
	}
	return span()
}
