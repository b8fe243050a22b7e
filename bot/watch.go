package bot

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/words"
)

// This file hears of what is written in watched channels. Each link becomes an errand that the message and the link name,
// so whoever hears of them, however often, answers once.

// offered is the reaction that offers a card, and that asks for one.
const offered = "📰"

// lookBack is how old a message may be whose links still become cards when it is edited, or read after a pause.
const lookBack = 24 * time.Hour

// written takes a message of a server.
func (b *Bot) written(p post) {
	if p.Server == "" || p.Author.ID == b.self {
		return
	}
	ctx, cancel := context.WithTimeout(b.base, ackTime)
	defer cancel()
	settings := b.desk.SettingsLately
	if len(p.shared()) > 0 { // what was set a moment ago, in whatever process, holds for a link
		settings = b.desk.Settings
	}
	set, err := settings(ctx, p.Server)
	if _, watched := set.Watched[p.Channel]; err == nil && watched {
		err = b.noteLinks(ctx, p, set)
		b.saw(ctx, p, err == nil)
	}
	if err != nil {
		b.log.WarnContext(ctx, "message not taken", "message", p.ID, "error", err)
	}
}

// noteLinks notes what is to be done for the links of a message of a watched channel.
func (b *Bot) noteLinks(ctx context.Context, p post, set desk.Settings) error {
	if p.Author.ID == b.self || p.automatic() && !set.Bots {
		return nil
	}
	found, do := p.shared(), set.Watched[p.Channel]
	switch {
	case len(found) == 0:
		return nil
	case do == desk.WatchOffer:
		_, err := b.note(ctx, b.about(p, set, "offer"))
		return err
	}
	return b.noteCards(ctx, p, set, found, do)
}

// noteCards notes a card for each of the first links of those found in a message, and a word of the others.
func (b *Bot) noteCards(ctx context.Context, p post, set desk.Settings, found []string, do desk.Watching, args ...string) error {
	for _, url := range found[:min(len(found), mostLinks)] {
		e := b.about(p, set, "link")
		e.Reply.Once = cache.Digest(p.ID, url)
		e.Args["url"], e.Args["do"] = url, string(do)
		for _, a := range args {
			e.Args[a] = "true"
		}
		if _, err := b.note(ctx, e); err != nil {
			return err
		}
	}
	if len(found) > mostLinks {
		_, err := b.note(ctx, b.about(p, set, "some"))
		return err
	}
	return nil
}

// about is an errand about a message, done once.
func (b *Bot) about(p post, set desk.Settings, do string) errand {
	return errand{Do: do, Guild: p.Server, By: p.Author.ID, Args: map[string]string{"message": p.ID}, Reply: reply{
		ID: p.ID, Channel: p.Channel, Server: p.Server, Once: cache.Digest(p.ID, do), Locale: set.Language, At: b.now(),
	}}
}

// edited takes a message that was changed: by its author, as Discord also says when it has found what to show of a link.
func (b *Bot) edited(p post) {
	if p.Server == "" || p.Author.ID == b.self || p.Edited == nil {
		return
	}
	ctx, cancel := context.WithTimeout(b.base, ackTime)
	defer cancel()
	set, err := b.desk.Settings(ctx, p.Server)
	if _, watched := set.Watched[p.Channel]; err == nil && watched && later(p.ID, snowflake(b.now().Add(-lookBack))) {
		err = b.noteLinks(ctx, p, set)
	}
	if err == nil {
		err = b.noteFollow(ctx, p, p.Edited.Format(time.RFC3339Nano))
	}
	if err != nil {
		b.log.WarnContext(ctx, "edit not taken", "message", p.ID, "error", err)
	}
}

// deleted takes messages that are gone.
func (b *Bot) deleted(server, channel string, ids ...string) {
	if server == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.base, ackTime)
	defer cancel()
	for _, id := range ids {
		if err := b.noteFollow(ctx, post{ID: id, Channel: channel, Server: server}, wasDeleted); err != nil {
			b.log.WarnContext(ctx, "deletion not taken", "message", id, "error", err)
		}
	}
}

// wasDeleted is what became of a message that is gone; of one that was edited it is when.
const wasDeleted = "deleted"

// noteFollow notes that the cards of a message are to follow what became of it, if it has any.
func (b *Bot) noteFollow(ctx context.Context, p post, became string) error {
	cards, err := b.desk.Cards(ctx, p.Server, p.ID)
	if err != nil || len(cards) == 0 {
		return err
	}
	e := b.about(p, desk.Settings{}, "follow")
	e.Reply.Once, e.Args["became"] = cache.Digest(p.ID, "follow "+became), became
	_, err = b.note(ctx, e)
	return err
}

// reaction is one that was put below a message.
type reaction struct {
	User    string `json:"user_id"`
	Channel string `json:"channel_id"`
	Message string `json:"message_id"`
	Server  string `json:"guild_id"`
	Emoji   struct {
		Name string `json:"name"`
	} `json:"emoji"`
	Member struct {
		User struct {
			Bot bool `json:"bot"`
		} `json:"user"`
	} `json:"member"`
}

// reacted takes a reaction: the one that asks for the cards of a message.
func (b *Bot) reacted(r reaction) {
	if r.Server == "" || r.Emoji.Name != offered || r.User == b.self || r.Member.User.Bot {
		return
	}
	ctx, cancel := context.WithTimeout(b.base, ackTime)
	defer cancel()
	set, err := b.desk.Settings(ctx, r.Server)
	if err != nil {
		b.log.WarnContext(ctx, "reaction not taken", "message", r.Message, "error", err)
		return
	}
	if _, watched := set.Watched[r.Channel]; !watched && !set.Anywhere {
		return
	}
	e := b.about(post{ID: r.Message, Channel: r.Channel, Server: r.Server}, set, "asked")
	e.By = r.User
	b.desk.Attend(ctx, r.Server, "reaction "+r.Message+" "+r.User, func(ctx context.Context) { b.takeAsked(ctx, e) })
}

// askedDeed notes the cards of a message below which somebody has put the reaction that asks for them.
func askedDeed(ctx context.Context, b *Bot, e errand, _ *words.Words, _ func(message)) (message, error) {
	p, err := b.messageIn(ctx, e.Reply.Channel, e.Reply.ID)
	if err != nil {
		return message{}, b.settle(ctx, "reading of a message", err)
	}
	p.Server = e.Guild
	found := p.all()
	if len(found) == 0 || p.Author.ID == b.self {
		return message{}, nil
	}
	set, err := b.desk.Settings(ctx, e.Guild)
	if err != nil {
		return message{}, err
	}
	do := desk.WatchReply
	if set.Watched[p.Channel] == desk.WatchThread {
		do = desk.WatchThread
	}
	return message{}, b.noteCards(ctx, p, set, found, do, "asked")
}

// someDeed says of a message with many links that not all are read.
func someDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	p, err := b.messageIn(ctx, e.Reply.Channel, e.Reply.ID)
	if err != nil {
		return message{}, b.settle(ctx, "reading of a message", err)
	}
	if n := len(p.shared()); n > mostLinks {
		return note(calm, w.Say("bot.menu.some", "Count", n, "Read", mostLinks)), nil
	}
	return message{}, nil
}

// followDeed has the cards of a message follow what became of it.
func followDeed(ctx context.Context, b *Bot, e errand, _ *words.Words, _ func(message)) (message, error) {
	return message{}, b.followUp(ctx, e, "")
}

// followUp deletes the cards of a message whose links are no longer in it, or that is gone itself, and takes back that
// they were shared there: all of them, or one. Where the message cannot be read, they stay.
func (b *Bot) followUp(ctx context.Context, e errand, one string) error {
	server, channel, message := e.Guild, e.Reply.Channel, e.Reply.ID
	cards, err := b.desk.Cards(ctx, server, message)
	if err != nil || len(cards) == 0 {
		return err
	}
	var p post
	if e.Args["became"] != wasDeleted {
		if p, err = b.messageIn(ctx, channel, message); err != nil && !gone(err) {
			return b.settle(ctx, "reading of a message", err)
		}
		if err == nil && p.Content == "" && !b.readsContent() {
			return nil
		}
	}
	standing := []string{}
	for _, url := range p.all() {
		standing = append(standing, cache.Digest(message, url))
	}
	if len(p.shared()) > mostLinks {
		standing = append(standing, cache.Digest(message, "some"))
	}
	for name, card := range cards {
		if slices.Contains(standing, name) || one != "" && name != one {
			continue
		}
		if err := b.remove(ctx, card.Channel, card.Message); err != nil {
			return err
		}
		if card.Story != "" {
			if err := b.desk.Retract(ctx, server, card.Story, card.By, server+"/"+channel+"/"+message); err != nil {
				return err
			}
		}
		if err := b.desk.KeepCard(ctx, server, message, name, desk.Card{}); err != nil {
			return err
		}
	}
	return nil
}

// watchedEvent is what is to be done about an event of a channel that may be watched, by its name.
func (b *Bot) watchedEvent(event string, data json.RawMessage) (func(), error) {
	var p post
	var r reaction
	var d struct {
		ID      string   `json:"id"`
		IDs     []string `json:"ids"`
		Channel string   `json:"channel_id"`
		Server  string   `json:"guild_id"`
	}
	into, do := any(&p), func() { b.written(p) }
	switch event {
	case "MESSAGE_UPDATE":
		do = func() { b.edited(p) }
	case "MESSAGE_DELETE":
		into, do = &d, func() { b.deleted(d.Server, d.Channel, d.ID) }
	case "MESSAGE_DELETE_BULK":
		into, do = &d, func() { b.deleted(d.Server, d.Channel, d.IDs...) }
	case "MESSAGE_REACTION_ADD":
		into, do = &r, func() { b.reacted(r) }
	}
	return do, json.Unmarshal(data, into)
}
