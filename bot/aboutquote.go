package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/words"
)

// This file says of one quote why it has its speaker. Every message that shows quotes has a menu of them below: one
// line on a phone, where a button beside each quote would take a third of the width from its words.

// quoteMenu offers the quotes of a message, to be asked about one at a time.
func quoteMenu(quotes []cache.FiledQuote, w *words.Words) discordgo.SelectMenu {
	menu := discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: customID("about"), Placeholder: label(w.Say("bot.about.hint"), maxPlaceholder)}
	for _, q := range quotes[:min(len(quotes), maxOptions)] {
		menu.Options = append(menu.Options, discordgo.SelectMenuOption{
			Label: label(cmp.Or(desk.SpeakerShown(q.Quote), nobodyShown(q.Quote, w)), maxOption), Value: quoteID(q.StoryID, q.Quote),
			Description: inMarks(q.Quote, w, maxOption-aroundQuote, asItIs),
		})
	}
	if len(quotes) > 0 {
		menu.CustomID = customID("about", quotes[0].StoryID) // a message may show two cards
	}
	return menu
}

// quoteID names a filed quote: 65 characters at most.
func quoteID(story string, q quote.Quote) string { return story + ":" + desk.QuoteRef(q) }

// quote is the story and the reference in it of the quote that an errand is about, as quoteID named it.
func (e errand) quote() (story, ref string) {
	story, ref, _ = strings.Cut(e.Args["quote"], ":")
	return story, ref
}

// aboutDeed answers with what is behind one quote: its passage, and the way to its speaker.
func aboutDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	id, ref := e.quote()
	story, n, err := b.desk.Quote(ctx, e.Guild, id, ref)
	if err != nil {
		return message{}, err
	}
	return aboutQuote(story, n, e.Args["moderator"] != "", w), nil
}

// How much of what is said of a quote its parts may take, in characters.
const (
	passageText = 1200
	whyWords    = 150 // of each stretch of the article that a reason names
)

func aboutQuote(story cache.Story, n int, moderator bool, w *words.Words) message {
	q := story.Quotes[n]
	l := newLayout()
	release := l.reserve(0, 6)
	l.say("### " + w.Say("bot.about.title", "Speaker", cmp.Or(clip(desk.SpeakerShown(q), 100), nobodyShown(q, w))))
	l.say("> " + passage(&story.Article, q))
	var reasons strings.Builder
	for _, reason := range desk.Why(w, &story, n, func(s string) string { return clip(s, whyWords) }) {
		reasons.WriteString("- " + reason + "\n")
	}
	l.say(reasons.String())
	release()
	l.say("-# " + articleLine(story.Filed(q), l.text-250, w))
	buttons := []discordgo.Button{button(w.Say("bot.button.cite"), customID("cite", quoteID(story.ID, q)), discordgo.SecondaryButton)}
	if to := place(page(&story.Article), q.Text); to != "" {
		buttons = append(buttons, discordgo.Button{Label: label(w.Say("bot.button.there"), maxLabel), Style: discordgo.LinkButton, URL: to})
	}
	wrong := "bot.button.wrong"
	if moderator {
		wrong = "bot.button.correct"
	}
	buttons = append(buttons, button(w.Say(wrong), customID("wrong", quoteID(story.ID, q)), discordgo.SecondaryButton))
	if moderator && q.Corrected != nil {
		buttons = append(buttons, button(w.Say("bot.button.uncorrect"), customID("uncorrect", quoteID(story.ID, q)), discordgo.SecondaryButton))
	}
	l.row(buttons...)
	return l.message(calm)
}

// passage is what stands around a quote, its words in bold and those that name the speaker underlined, on one line.
// Where that is too long, the quote's own beginning stands for it.
func passage(a *article.Article, q quote.Quote) string {
	around := desk.Passage(a, q, passageText/2)
	type part struct {
		article.Span
		mark string
	}
	parts := []part{{q.Span, "**"}}
	if m := q.Mention; m != nil && around.Contains(m.Span) && !m.Overlaps(q.Span) {
		parts = append(parts, part{m.Span, "__"})
	}
	slices.SortFunc(parts, func(a, b part) int { return a.Start - b.Start })
	var text strings.Builder
	at := around.Start
	for _, p := range parts {
		text.WriteString(spaced(a.Text[at:p.Start]) + p.mark + defuse(a.Slice(p.Span)) + p.mark)
		at = p.End
	}
	text.WriteString(spaced(a.Text[at:around.End]))
	if size(text.String()) <= passageText {
		return text.String()
	}
	stretch, _ := cut(words.Line(article.Line(q.Text)), passageText/2, defuse)
	return "**" + defuse(stretch) + "** …"
}
