package bot

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
	"newsdesk/words"
)

// listed is an article of a list, with who shared it.
type listed struct {
	cache.Story
	share cache.Share
}

// articlesDeed answers with a page of what was filed.
func articlesDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	t := decodeTurn(e.Args["turn"])
	if e.Args["turn"] == "" {
		since, err := parseSince(e.Args["since"], e.Reply.At)
		if err != nil { // it was looked at before it was noted
			return message{}, err
		}
		t = turn{Kind: "articles", About: e.Args["about"], Site: e.Args["source"], By: e.Args["shared_by"], Since: since}
	}
	stories, next, err := b.articles(ctx, e.Guild, t)
	if err != nil {
		return message{}, err
	}
	t.After = next
	switch {
	case len(stories) == 0 && t.Page > 0:
		return note(calm, w.Say("bot.list.end")), nil
	case len(stories) == 0:
		return note(calm, w.Say("bot.articles.none")), nil
	}
	list := make([]listed, 0, len(stories))
	for _, s := range stories {
		shares, err := b.desk.Shares(ctx, e.Guild, s.ID)
		if err != nil {
			return message{}, err
		}
		list = append(list, listed{s, shareShown(shares, t.By)})
	}
	return articleList(list, t, w), nil
}

// articles looks a page of articles up: from its cursor, or, back towards the first, by counting.
func (b *Bot) articles(ctx context.Context, guild string, t turn) ([]cache.Story, string, error) {
	q := cache.StoryQuery{Guild: guild, About: t.About, Site: t.Site, By: t.By, Since: t.Since, Limit: perPage, After: t.After}
	if t.After != "" || t.Page == 0 {
		return b.desk.Stories(ctx, q)
	}
	q.Limit = perPage * (t.Page + 1)
	stories, next, err := b.desk.Stories(ctx, q)
	return stories[min(perPage*t.Page, len(stories)):], next, err
}

// shareShown is the share that is told of: that of whoever is asked for, else the first, else the first that can be
// jumped to.
func shareShown(shares []cache.Share, by string) (shown cache.Share) {
	for _, s := range shares {
		switch {
		case by != "" && s.By == by:
			return s
		case shown.By == "", shown.Where == "" && s.Where != "":
			shown = s
		}
	}
	return shown
}

// articleList shows a page of articles, each with a button for its quotes.
func articleList(list []listed, t turn, w *words.Words) message {
	l := newLayout()
	release := l.reserve(0, 1+len(turning))
	l.say("### " + w.Say("bot.articles.title"))
	for i, a := range list {
		text := articleEntry(a, l.text/(len(list)-i), w)
		if n := len(a.Quotes); n > 0 {
			l.beside(text, button(w.Say("bot.button.quotes", "Count", n), customID("quotes", a.ID), discordgo.SecondaryButton))
		} else {
			l.say(text)
		}
	}
	release()
	l.row(t.buttons(w)...)
	return l.message(calm)
}

// articleEntry names an article in at most limit characters: its title with the link, where and when it appeared,
// who shared it, and the way there.
func articleEntry(a listed, limit int, w *words.Words) string {
	parts := []string{clip(siteOf(&a.Article), 60)}
	if !a.FiledAt.IsZero() && a.FiledAt.After(time.Unix(0, 0)) {
		parts = append(parts, moment(a.FiledAt, "d"))
	}
	if who := memberName(a.share.By); who != "" {
		parts = append(parts, w.Say("bot.articles.by", "Name", who))
	}
	if _, brought := a.share.Feed(); brought {
		parts = append(parts, w.Say("bot.articles.feed"))
	}
	if to := jump(a.share.Where); to != "" {
		parts = append(parts, link(w.Say("bot.articles.jump"), to))
	}
	below := "\n-# " + dotted(w, parts...)
	room := limit - size(below) - len("[]()")
	to := page(&a.Article)
	if len(to) > room/2 {
		to = ""
	}
	name := titleIn(&a.Article, max(40, min(room-len(to), 150)), w)
	return "**" + w.Isolate(link(name, to)) + "**" + below
}
