package bot

import (
	"context"
	"slices"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/words"
)

// whoDeed answers with who is quoted in the articles that a message links to. They are filed as by /summarize.
func whoDeed(ctx context.Context, b *Bot, e errand, w *words.Words, progress func(message)) (message, error) {
	urls := urlsOf(e.Args)
	if len(urls) == 1 {
		return b.whoSaid(ctx, e, w, progress)
	}
	var done []message
	for _, url := range urls {
		one := e
		one.Args = withURL(e.Args, url)
		story, filed, err := b.read(ctx, one, w, progress)
		if err != nil {
			done = append(done, sorry(one, w, err))
			continue
		}
		done = append(done, excerpt(story, filed, maxText/len(urls), maxComponents/len(urls), w))
	}
	return joined(done), nil
}

// whoSaid answers with the first page of one article's quotes.
func (b *Bot) whoSaid(ctx context.Context, e errand, w *words.Words, progress func(message)) (message, error) {
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
	list, err := b.page(ctx, e.Guild, t)
	if err != nil {
		return message{}, err
	}
	t.After = list.Next
	return quoteList(list, t, w), nil
}

// read has the article of an errand filed, and shows who is quoted in it as soon as that is known.
func (b *Bot) read(ctx context.Context, e errand, w *words.Words, progress func(message)) (story cache.Story, filed bool, err error) {
	r := desk.Request{Source: desk.FromURL(e.Args["url"]), Length: summarize.Standard}
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

// chosen are the quotes that a card would show, or the first where it would show none.
func chosen(s cache.Story) []cache.FiledQuote {
	all, shown := quotationsFirst(s), best(s)
	if len(shown) == 0 {
		return all[:min(len(all), cardQuotes)]
	}
	return slices.DeleteFunc(all, func(q cache.FiledQuote) bool {
		return !slices.ContainsFunc(shown, func(b quote.Quote) bool { return b.Span == q.Span })
	})
}

// firstQuotes shows the first quotes of a story that is not filed, or not yet.
func firstQuotes(s cache.Story, w *words.Words) message {
	quotes := quotationsFirst(s)
	return quoteList(desk.QuoteList{Quotes: quotes[:min(len(quotes), perPage)]}, turn{Kind: "quotes"}, w)
}

// excerpt shows a few of a story's quotes in so many characters and components, with a button for all of them.
func excerpt(s cache.Story, filed bool, text, parts int, w *words.Words) message {
	l := newLayout()
	l.text, l.parts = text, parts-1
	release := l.reserve(0, 2)
	if len(s.Quotes) == 0 {
		l.say(nobodyIn(s, w))
		return l.message(calm)
	}
	quotes := chosen(s)
	l.say(articleLine(quotes[0], w))
	for i, q := range quotes {
		l.say(fitted(q, w, l.text/(len(quotes)-i)))
	}
	release()
	if filed {
		l.row(button(w.Say("bot.button.quotes", "Count", len(s.Quotes)), customID("quotes", s.ID), discordgo.SecondaryButton))
	}
	return l.message(calm)
}
