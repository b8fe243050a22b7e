package bot

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/bwmarrin/discordgo"

	"newsdesk/article/extract"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/words"
)

// This file answers a link that was shared without a command: with its card, or with the way to the earlier one.

// linkDeed answers a link of a message with its card. What was shared before is not shown again: the answer says by whom
// and when, and leads there. Of what is no text, nothing is said, unless somebody asked for it.
func linkDeed(ctx context.Context, b *Bot, e errand, w *words.Words, progress func(message)) (message, error) {
	set, err := b.desk.SettingsNow(ctx, e.Guild)
	if err != nil {
		return message{}, err
	}
	asked := e.Args["asked"] != ""
	if _, watched := set.Watched[e.Reply.Channel]; !watched && !asked {
		return message{}, nil // no longer
	}
	if story, err := b.desk.Story(ctx, e.Guild, e.Args["url"]); err == nil {
		if m, err := b.sharedBefore(ctx, e, story, w); err != nil || !m.empty() {
			if err == nil {
				err = b.desk.Reshare(ctx, e.Guild, story, e.By, b.where(ctx, e))
			}
			return m, err
		}
	}
	m, err := b.file(ctx, e, desk.Request{Source: desk.FromURL(e.Args["url"])}, w, progress)
	switch {
	case err != nil && !asked && noText(err):
		return message{}, nil
	case err != nil:
		return message{}, err
	}
	if before, err := b.sharedBefore(ctx, e, *m.story, w); err != nil || !before.empty() {
		return before, err
	}
	return m, nil
}

// noText reports whether a link leads to what nobody takes for an article.
func noText(err error) bool {
	for _, other := range []error{extract.ErrPictureFile, extract.ErrPicture, extract.ErrFilm, extract.ErrVideo, extract.ErrSound} {
		if errors.Is(err, other) {
			return true
		}
	}
	return false
}

// sharedBefore says who shared a story before the message of an errand, when, and where its card is; the empty message if
// nobody did, or nothing is left of it.
func (b *Bot) sharedBefore(ctx context.Context, e errand, story cache.Story, w *words.Words) (message, error) {
	shares, err := b.desk.Shares(ctx, e.Guild, story.ID)
	if errors.Is(err, cache.ErrNotFound) {
		return message{}, nil
	}
	if err != nil {
		return message{}, err
	}
	own := b.where(ctx, e)
	for _, s := range shares {
		if s.Where == own {
			return message{}, nil // this is the first
		}
		to, err := b.standing(ctx, s.Where, story.ID)
		if err != nil {
			return message{}, err
		}
		if to != "" {
			return alreadyShared(story, s, to, w), nil
		}
	}
	return message{}, nil
}

// standing is the address of the card of a story that was shared at a place: the card of that message, or else the
// message itself. "" where it is gone.
func (b *Bot) standing(ctx context.Context, where, story string) (string, error) {
	at := strings.Split(where, "/")
	if jump(where) == "" || len(at) != 3 || at[0] == "@me" {
		return "", nil
	}
	server, channel, id := at[0], at[1], at[2]
	cards, err := b.desk.Cards(ctx, server, id)
	if err != nil {
		return "", err
	}
	for _, c := range cards {
		switch {
		case c.Story != story:
		case c.Points:
			return "", nil // to what has gone
		default:
			channel, id = c.Channel, c.Message
		}
	}
	_, err = b.messageIn(ctx, channel, id)
	switch {
	case gone(err):
		return "", nil
	case err != nil && !errors.Is(err, errForbidden):
		return "", err
	}
	return jump(server + "/" + channel + "/" + id), nil
}

// gone reports whether something that was asked for is not there any more.
func gone(err error) bool { return errors.Is(err, errDeleted) || errors.Is(err, errNowhere) }

// alreadyShared leads from a link that was shared again to the card that it has.
func alreadyShared(s cache.Story, by cache.Share, to string, w *words.Words) message {
	l := newLayout()
	l.say("**" + titleIn(&s.Article, 150, w) + "**\n" + w.Say("bot.shared.before", "Name", cmp.Or(memberName(by.By), w.Say("bot.shared.somebody")), "When", moment(by.At, "F")))
	if there, ok := linkButton(w.Say("bot.shared.there"), to); ok {
		l.row(there)
	}
	m := l.message(calm)
	m.story = &s
	return m
}

// offerDeed puts the reaction below a message that offers its cards.
func offerDeed(ctx context.Context, b *Bot, e errand, _ *words.Words, _ func(message)) (message, error) {
	err := b.call(ctx, http.MethodPut, discordgo.EndpointMessageReaction(e.Reply.Channel, e.Reply.ID, offered, "@me"), "reactions "+e.Reply.Channel, nil, nil, nil)
	if errors.Is(err, errForbidden) {
		missing := "bot.permission.react"
		if !errors.Is(err, errSilenced) {
			missing = missingPermission(err)
		}
		err = b.tellOwnerOf(ctx, e, missing)
	}
	return message{}, b.settle(ctx, "offer", err)
}

// tellOwnerOf tells the owner of a server which permission is missing for what is set for a channel, whoever wrote there.
func (b *Bot) tellOwnerOf(ctx context.Context, e errand, missing string) error {
	e.By = ""
	return b.tellOwner(ctx, e, "bot.forbidden.watch", missing)
}

// place puts the answer to a link where it belongs: below the message, or into its thread; where it stands already, in its
// place. What was deleted meanwhile stays so.
func (b *Bot) place(ctx context.Context, e errand, m message) error {
	cards, err := b.desk.Cards(ctx, e.Guild, e.Reply.ID)
	if err != nil {
		return err
	}
	card, there := cards[e.Reply.Once]
	before := card
	if there {
		url := discordgo.EndpointChannelMessage(card.Channel, card.Message)
		if err := b.call(ctx, http.MethodPatch, url, "channel "+card.Channel, m.wire(), m.files, nil); err != nil {
			if errors.Is(err, errDeleted) {
				return nil // who deleted it wants no other
			}
			return err
		}
	} else if card, err = b.send(ctx, e, m); err != nil {
		return err
	}
	if m.story != nil {
		card.Story, card.By, card.Points = m.story.ID, e.By, !m.card
	}
	if card == before {
		return nil
	}
	return b.desk.KeepCard(ctx, e.Guild, e.Reply.ID, e.Reply.Once, card)
}

// send posts the answer to a link, once.
func (b *Bot) send(ctx context.Context, e errand, m message) (desk.Card, error) {
	to, above := e.Reply.Channel, e.Reply.ID
	if e.Args["do"] == string(desk.WatchThread) && m.card {
		thread, err := b.thread(ctx, e, m.story)
		if err != nil {
			return desk.Card{}, err
		}
		if to = thread; to != e.Reply.Channel {
			above = ""
		}
	}
	made, err := b.postBelow(ctx, to, above, e.Reply.name(), m)
	return desk.Card{Channel: to, Message: made}, err
}

// threadName is how long the name of a thread may be (Discord: channel, name).
const threadName = 100

// thread is the thread of the message of an errand, which is opened if there is none; a thread has its message's id. Where
// none can be, it is the channel.
func (b *Bot) thread(ctx context.Context, e errand, s *cache.Story) (string, error) {
	w := words.For(e.Reply.Locale)
	name := label(cmp.Or(s.Article.Title, siteOf(&s.Article), w.Say("bot.untitled")), threadName)
	url := discordgo.EndpointChannelMessageThread(e.Reply.Channel, e.Reply.ID)
	err := b.call(ctx, http.MethodPost, url, "threads "+e.Reply.Channel, map[string]any{"name": name}, nil, nil)
	switch {
	case err == nil, errors.Is(err, errHasThread):
		return e.Reply.ID, nil
	case errors.Is(err, errSilenced):
		return e.Reply.Channel, b.settle(ctx, "note to the owner", b.tellOwnerOf(ctx, e, "bot.permission.thread"))
	case errors.Is(err, errRejected), errors.Is(err, errDeleted):
		b.log.InfoContext(ctx, "no thread", "channel", e.Reply.Channel, "error", err)
		return e.Reply.Channel, nil
	}
	return "", err
}

// stand has the answer to a link stand where it belongs, as long as the link does. Where the bot may not write, nobody is
// told but the owner of the server: nobody has asked.
func (b *Bot) stand(ctx context.Context, e errand, m message) error {
	if m.empty() {
		return nil
	}
	err := b.place(ctx, e, m)
	if errors.Is(err, errForbidden) {
		err = b.tellOwnerOf(ctx, e, missingPermission(err))
	}
	if err := b.settle(ctx, "card", err); err != nil {
		return err
	}
	// The message may have been edited or deleted before anybody knew of a card.
	return b.followUp(ctx, e, e.Reply.Once)
}
