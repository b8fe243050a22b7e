package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/words"
)

// citedWords is how much of a quotation is cited, in characters: what is longer ends at a sentence.
const citedWords = 2500

// citeDeed answers with a quote as it is pasted into a text: its words, who said them, and where they stand. It is a
// block of code and nothing else, for that is what Discord copies unchanged, on a phone and with one click.
func citeDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	id, ref := e.quote()
	story, n, err := b.desk.Quote(ctx, e.Guild, id, ref)
	if err != nil {
		return message{}, err
	}
	return citation(&story.Article, story.Quotes[n], w), nil
}

func citation(a *article.Article, q quote.Quote, w *words.Words) message {
	l := newLayout()
	if text := cite(a, q, w); strings.Contains(text, fence) { // it would end the block
		l.say(defuse(text))
	} else {
		l.say(fence + "\n" + text + "\n" + fence)
	}
	return l.message(calm)
}

// fence opens and closes a block of code.
const fence = "```"

// cite writes a quote with its citation on one line: words, speaker, title, outlet, date, link to the passage.
func cite(a *article.Article, q quote.Quote, w *words.Words) string {
	who := label(desk.SpeakerShown(q), 100)
	if q.Kind == quote.Indirect && who != "" {
		who += " " + w.Say("bot.reported")
	}
	if q.Corrected != nil {
		who = strings.TrimSpace(who + " " + w.Say("bot.corrected"))
	}
	published := ""
	if d, ok := article.Day(a.Published); ok {
		published = w.Day(d)
	}
	title := label(a.Title, titleText)
	if title != "" {
		title = w.Say("bot.said", "Text", title)
	}
	where := cmp.Or(place(page(a), q.Text), page(a), label(cache.Name(a), titleText))
	parts := slices.DeleteFunc([]string{who, title, label(siteOf(a), 100), published, where}, func(s string) bool { return s == "" })
	return inMarks(q, w, citedWords, asItIs) + " — " + strings.Join(slices.Compact(parts), ", ")
}
