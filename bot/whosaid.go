package bot

import (
	"context"
	"slices"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/words"
)

// whoDeed answers with the first page of who is quoted in an article that a message links to. It is filed as by
// /summarize.
func whoDeed(ctx context.Context, b *Bot, e errand, w *words.Words, progress func(message)) (message, error) {
	story, filed, err := b.read(ctx, e, w, progress)
	switch {
	case err != nil:
		return message{}, err
	case len(story.Quotes) == 0:
		return note(calm, nobodyIn(story, w)), nil
	case !filed:
		return firstQuotes(story, w), nil
	}
	t := turn{Kind: "quotes", Story: story.ID}
	list, err := b.page(ctx, e.Guild, t, w)
	if err != nil {
		return message{}, err
	}
	t.After = list.Next
	return quoteList(list, t, w), nil
}

// read has the article of an errand filed, and shows who is quoted in it as soon as that is known.
func (b *Bot) read(ctx context.Context, e errand, w *words.Words, progress func(message)) (story cache.Story, filed bool, err error) {
	r := desk.Request{Source: desk.FromURL(e.Args["url"]), Length: summarize.Standard, Anew: e.Args["anew"] != ""}
	return b.shared(ctx, e, r, func(p desk.Progress) {
		switch {
		case p.Stage == desk.StageReading:
			progress(reading(r, w))
		case p.Stage == desk.StageQuotes && len(p.Story.Quotes) > 0:
			progress(firstQuotes(p.Story, w))
		}
	})
}

// nobodyIn says that an article quotes nobody.
func nobodyIn(s cache.Story, w *words.Words) string {
	return w.Say("bot.quotes.nobody", "Title", title(&s.Article, w))
}

// quotationsFirst are the quotes of a story as a store lists them: quotations before reported statements.
func quotationsFirst(s cache.Story) []cache.FiledQuote {
	quotes := desk.QuotesIn(s, desk.QuoteQuery{}).Quotes
	rank := func(q cache.FiledQuote) int {
		if q.Kind == quote.Indirect {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(quotes, func(a, b cache.FiledQuote) int { return rank(a) - rank(b) })
	return quotes
}

// firstQuotes shows the first quotes of a story that is not filed, or not yet.
func firstQuotes(s cache.Story, w *words.Words) message {
	quotes := quotationsFirst(s)
	t := turn{Kind: "quotes"}
	return quoteList(desk.QuoteList{Quotes: quotes[:fitting(desk.QuoteList{}, quotes, t, w)]}, t, w)
}
