package bot

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/words"
)

// perPage is how many quotes, or articles, a page of a list has at most.
const perPage = 10

// quotesDeed answers with a page of quotes.
func quotesDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	t := decodeTurn(e.Args["turn"])
	if e.Args["turn"] == "" {
		since, err := parseSince(e.Args["since"], e.Reply.At)
		if err != nil { // it was looked at before it was noted
			return message{}, err
		}
		t = turn{Kind: "quotes", Speaker: e.Args["speaker"], About: e.Args["about"], Site: e.Args["source"], Since: since}
		if ref := e.Args["article"]; ref != "" {
			story, err := b.desk.Meant(ctx, e.Guild, ref)
			if err != nil {
				return message{}, err
			}
			t.Story = story.ID
		}
	}
	list, err := b.page(ctx, e.Guild, t, w)
	if err != nil {
		return message{}, err
	}
	t.After = list.Next
	switch {
	case len(list.Candidates) > 0:
		return candidates(t.Speaker, list.Candidates, w), nil
	case len(list.Quotes) == 0 && t.Page > 0:
		return note(calm, w.Say("bot.list.end")), nil
	case len(list.Quotes) == 0:
		return b.noQuotes(ctx, e.Guild, t, w)
	}
	return quoteList(list, t, w), nil
}

// noQuotes says that there are no quotes, and of an article that was asked for without a filter, that it quotes nobody.
func (b *Bot) noQuotes(ctx context.Context, guild string, t turn, w *words.Words) (message, error) {
	switch {
	case t.Story == "":
		return note(calm, w.Say("bot.quotes.none")), nil
	case t.Speaker != "" || t.About != "" || t.Site != "" || !t.Since.IsZero():
		return note(calm, w.Say("bot.quotes.none.here")), nil
	}
	story, err := b.desk.Story(ctx, guild, t.Story)
	if err != nil {
		return message{}, err
	}
	return note(calm, nobodyIn(story, w)), nil
}

// page looks a page of quotes up: from its cursor, or, back towards the first, behind the pages before it. It holds as
// many quotes as a message has room for, and the next page begins behind the last of them.
func (b *Bot) page(ctx context.Context, guild string, t turn, w *words.Words) (desk.QuoteList, error) {
	q := desk.QuoteQuery{Guild: guild, Speaker: t.Speaker, About: t.About, Site: t.Site, StoryID: t.Story, Since: t.Since, Limit: perPage, After: t.After, Dates: true}
	if t.After == "" {
		q.Limit = perPage * (t.Page + 1)
	}
	list, err := b.desk.Quotes(ctx, q)
	if err != nil {
		return list, err
	}
	all, before := list.Quotes, 0
	for range q.Limit/perPage - 1 {
		before += fitting(list, all[before:], t, w)
	}
	shown := fitting(list, all[before:], t, w)
	list.Quotes = all[before : before+shown]
	if before+shown < len(all) && shown > 0 {
		q.Limit, q.Dates = before+shown, false
		upTo, err := b.desk.Quotes(ctx, q)
		list.Next = upTo.Next
		return list, err
	}
	return list, nil
}

// fitting is how many of the first of some quotes a page shows, one at least if there is one.
func fitting(list desk.QuoteList, quotes []cache.FiledQuote, t turn, w *words.Words) int {
	n := min(perPage, len(quotes))
	for ; n > 1; n-- {
		used := 0
		list.Quotes = quotes[:n]
		for _, text := range quoteTexts(list, t, w) {
			used += size(text)
		}
		if used <= maxText {
			break
		}
	}
	return n
}

// candidates says whom a name may mean.
func candidates(typed string, speakers []cache.Speaker, w *words.Words) message {
	l := newLayout()
	l.say(w.Say("bot.candidates", "Name", clip(typed, 100)))
	var lines strings.Builder
	for _, s := range speakers[:min(len(speakers), maxOptions)] {
		fmt.Fprintf(&lines, "- **%s** · %s\n", w.Isolate(clip(s.Name, 100)), w.Say("bot.count.quotes", "Count", s.Count))
	}
	l.say(lines.String())
	return l.message(calm)
}

// listedText is how much of the words of a quote a list shows, in characters.
const listedText = 600

// ofAll is the speaker of all quotes of a list, "" if they have several, or it is sure of none.
func ofAll(list desk.QuoteList) string {
	if list.Speaker != "" {
		return list.Speaker
	}
	speaker := desk.SpeakerShown(list.Quotes[0].Quote)
	for _, q := range list.Quotes {
		if desk.SpeakerShown(q.Quote) != speaker {
			return ""
		}
	}
	return speaker
}

// quoteList shows a page of quotes under their articles.
func quoteList(list desk.QuoteList, t turn, w *words.Words) message {
	l := newLayout()
	for _, text := range quoteTexts(list, t, w) {
		l.say(text)
	}
	l.menu(quoteMenu(list.Quotes, w))
	l.row(t.buttons(w)...)
	if t.Story != "" {
		l.row(button(w.Say("bot.button.ask"), customID("ask", t.Story), discordgo.SecondaryButton))
	}
	return l.message(calm)
}

// quoteTexts are the texts of a page of quotes: what stands above them, and each of them. One quote with all that
// belongs to it is never longer than a message may be.
func quoteTexts(list desk.QuoteList, t turn, w *words.Words) (texts []string) {
	speaker := ofAll(list)
	switch {
	case speaker != "":
		texts = append(texts, "### "+w.Isolate(clip(speaker, 200)))
	case t.Story == "":
		texts = append(texts, "### "+w.Say("bot.quotes.title"))
	}
	story, above := "", speaker
	for _, q := range list.Quotes {
		text := ""
		if q.StoryID != story {
			text, above = articleHead(q, maxAddress, w)+"\n", speaker
		}
		texts = append(texts, text+quoted(q.Quote, q.Article, w, listedText, above))
		story, above = q.StoryID, cmp.Or(speaker, desk.SpeakerShown(q.Quote))
	}
	return texts
}
