package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/words"
)

// cardOf says how the card of a story is to look.
type cardOf struct {
	length   summarize.Length
	language string // of the summary, as it was asked for
	by       string // who shared it
	underway bool   // it is not filed yet: nothing of it can be pressed
	making   bool   // a model is still writing
	unfiled  bool   // the store could not be written
	feed     string // that brought it, defused; "" if somebody shared it
}

// How much of the card its parts may take, in characters.
const (
	titleText   = 250
	sourceText  = 250
	pointText   = 400
	leastPoint  = 80  // a point that has not so much room is left out
	quoteText   = 350 // of the words of a quotation, without its link
	quoteRoom   = 250 // that the points leave each quotation at least
	footText    = 500
	cardPoints  = 7
	cardQuotes  = 3
	menuQuotes  = 25
	shownByline = 3
)

// card shows a story: what is in it, who said what, and how that was found out.
func (b *Bot) card(s cache.Story, of cardOf, w *words.Words) message {
	l := newLayout()
	release := l.reserve(footText, 14)
	head := "### " + w.Isolate(link(title(&s.Article, w), page(&s.Article))) + "\n-# " + sourceLine(&s.Article, w)
	if picture := webAddress(s.Article.Image); picture == "" ||
		!l.beside(head, discordgo.Thumbnail{Media: discordgo.UnfurledMediaItem{URL: picture}, Description: pictureText(&s.Article)}) {
		l.say(head)
	}
	if key := partials[s.Article.Partial]; key != "" {
		l.say("-# ⚠ " + w.Say(key))
	}
	var quotes []cache.FiledQuote
	for _, q := range best(s) {
		quotes = append(quotes, s.Filed(q))
	}
	l.say(points(s.Summary, of.length, l.text-quoteRoom*len(quotes)))
	if len(quotes) > 0 {
		l.rule()
		for i, q := range quotes {
			l.say(fitted(q, w, quoteText, l.text/(len(quotes)-i), ""))
		}
	}
	release()
	l.say("-# " + foot(s, of, w))
	done := func(colour int) message {
		m := l.message(colour)
		m.story, m.card = &s, true
		return m
	}
	if of.underway {
		return done(working)
	}
	if !of.unfiled {
		l.menu(quoteMenu(quotes, w))
	}
	b.cardButtons(l, s, of, w)
	return done(calm)
}

// cardButtons adds what can be done with a story.
func (b *Bot) cardButtons(l *layout, s cache.Story, of cardOf, w *words.Words) {
	var first, second []discordgo.Button
	if n := len(s.Quotes); n > 0 && !of.unfiled {
		first = append(first, button(w.Say("bot.button.quotes", "Count", n), customID("quotes", s.ID), discordgo.PrimaryButton))
	}
	if !of.unfiled {
		first = append(first, button(w.Say("bot.button.ask"), customID("ask", s.ID), discordgo.SecondaryButton))
		shorter, longer := beside(of.length)
		resize := func(key string, to summarize.Length) {
			if to != "" {
				first = append(first, button(w.Say(key), customID("size", s.ID, string(to), of.language, of.by), discordgo.SecondaryButton))
			}
		}
		resize("bot.button.shorter", shorter)
		resize("bot.button.longer", longer)
		if s.Summary.Fallback != "" && s.Summary.Fallback != "budget" {
			second = append(second, button(w.Say("bot.button.again"), customID("size", s.ID, string(of.length), of.language, of.by), discordgo.SecondaryButton))
		}
	}
	if source, ok := linkButton(w.Say("bot.button.source"), page(&s.Article)); ok {
		second = append(second, source)
	} else if source.URL != "" && !of.unfiled {
		second = append(second, button(w.Say("bot.button.source"), customID("source", s.ID), discordgo.SecondaryButton))
	}
	second = append(second, button(w.Say("bot.button.delete"), customID("delete", s.ID, of.by), discordgo.SecondaryButton))
	l.row(first...)
	l.row(second...)
}

// title is what an article is called, defused.
func title(a *article.Article, w *words.Words) string { return titleIn(a, titleText, w) }

// titleIn is title in at most limit characters.
func titleIn(a *article.Article, limit int, w *words.Words) string {
	return cmp.Or(clip(a.Title, limit), clip(siteOf(a), limit), w.Say("bot.untitled"))
}

// pictureText is what the lead image shows, nil if nobody says.
func pictureText(a *article.Article) *string {
	if alt := label(a.ImageAlt, maxDescribed); alt != "" {
		return &alt
	}
	return nil
}

// partials are the sentences for why an article is not whole.
var partials = map[article.Partial]string{
	article.Subscribers: "bot.partial.subscribers",
	article.Cut:         "bot.partial.cut",
	article.Consent:     "bot.partial.consent",
	article.Media:       "bot.partial.media",
}

// sourceLine is where an article comes from: site · byline · date · reading time.
func sourceLine(a *article.Article, w *words.Words) string {
	byline := a.Byline[:min(len(a.Byline), shownByline)]
	return dotted(w, clip(siteOf(a), 80), clip(strings.Join(byline, ", "), 120), day(a.Published), w.Say("bot.minutes", "Count", a.Minutes()))
}

// siteOf is the outlet of an article.
func siteOf(a *article.Article) string { return cache.Outlet(a.Site, cache.Name(a)) }

// day is the day of a published date as every reader writes days, "" if there is none.
func day(published string) string {
	d, ok := article.Day(published)
	if !ok {
		return ""
	}
	return moment(d.Add(12*time.Hour), "D") // the same day in nearly all time zones
}

// moment is a point in time as every reader's own clock shows it (Discord: timestamp styles).
func moment(t time.Time, style string) string { return fmt.Sprintf("<t:%d:%s>", t.Unix(), style) }

// points are the points of a summary as a list, in at most so many characters.
func points(s summarize.Summary, length summarize.Length, room int) string {
	limit := pointText
	if length == summarize.Detailed {
		limit = pointText * 3 / 4
	}
	shown := s.Points[:min(len(s.Points), cardPoints, max(1, room/leastPoint))]
	lines := make([]string, 0, len(shown))
	for i, p := range shown {
		line := "- " + clip(p.Text, min(limit, room/(len(shown)-i)-len("- \n")))
		lines, room = append(lines, line), room-size(line)-1
	}
	return strings.Join(lines, "\n")
}

// best are the quotations that a card shows: those that the model chose, else the first that are whole
// sentences with a name that is sure, one of a speaker before a second one.
func best(s cache.Story) []quote.Quote {
	var chosen []quote.Quote
	taken := map[string]int{}
	add := func(q quote.Quote, ofOne int) {
		who := desk.SpeakerShown(q)
		if len(chosen) < cardQuotes && q.Kind != quote.Indirect && who != "" && taken[who] < ofOne && !slices.ContainsFunc(chosen, func(c quote.Quote) bool { return c.Span == q.Span }) {
			taken[who]++
			chosen = append(chosen, q)
		}
	}
	for _, c := range s.Summary.Quotes {
		for _, q := range s.Quotes {
			if q.Span == c.Span {
				add(q, cardQuotes)
			}
		}
	}
	for _, kinds := range [][]quote.Kind{{quote.Direct}, {quote.Direct, quote.Mixed}} {
		for _, q := range s.Quotes {
			if slices.Contains(kinds, q.Kind) && len(strings.Fields(q.Text)) >= 4 {
				add(q, 1)
			}
		}
	}
	for _, q := range s.Quotes {
		add(q, 2)
	}
	slices.SortFunc(chosen, func(a, b quote.Quote) int { return a.Start - b.Start })
	return chosen
}

// foot says how a summary was made and when.
func foot(s cache.Story, of cardOf, w *words.Words) string {
	parts := []string{method(s.Summary, w)}
	if of.making {
		parts = append(parts, w.Say("bot.making", sizes(s, w)...))
	}
	if of.feed != "" {
		parts = append(parts, w.Say("bot.feed.from", "Title", of.feed))
	}
	if !s.FiledAt.IsZero() {
		parts = append(parts, w.Say("bot.read", "When", moment(s.FiledAt, "f")))
	}
	if !s.UpdatedAt.IsZero() {
		parts = append(parts, w.Say("bot.updated", "When", moment(s.UpdatedAt, "f")))
	}
	if of.unfiled {
		parts = append(parts, w.Say("bot.unfiled"))
	}
	return dotted(w, parts...)
}

// method says how a summary was made, and why no model made it if one should have.
func method(s summarize.Summary, w *words.Words) string {
	if s.Method == summarize.LLM {
		return w.Say("bot.method.llm", "Model", clip(s.Model, 60))
	}
	made := w.Say("bot.method.extractive")
	if why := desk.ExplainFallback(w, front, s.Fallback); why != "" {
		made += ". " + why
	}
	return made
}
