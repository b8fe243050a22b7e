package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/words"
)

// followCommand takes what is to be followed. Who may is decided here.
func (b *Bot) followCommand(ctx context.Context, in asked, args map[string]string) {
	wrong := ""
	switch channel := args["channel"]; {
	case args[subcommand] == "list":
	case args["speaker"] == "" && args["about"] == "":
		wrong = "bot.follow.either"
	case channel != "" && !in.inServer():
		wrong = "bot.follow.servers"
	case channel != "" && !in.moderates():
		wrong = "bot.follow.manage"
	}
	if wrong != "" {
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say(wrong))))
		return
	}
	args["moderator"] = in.moderator()
	b.promise(ctx, in, privately, "follow "+args[subcommand], args)
}

// followAddDeed follows something, unless its news could not be brought: a channel's permissions are asked for, and to a
// person the first message is sent at once.
func followAddDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	channel := e.Args["channel"]
	if channel != "" {
		if why, err := b.unpostable(ctx, e.Guild, channel, toPost, w); why != "" || err != nil {
			return note(amiss, why), err
		}
	}
	f, err := b.desk.Follow(ctx, e.Guild, desk.Follow{
		Speaker: e.Args["speaker"], About: e.Args["about"], Channel: channel, By: e.By, Language: w.Tag(),
	})
	if err != nil {
		return message{}, err
	}
	if channel == "" {
		l := newLayout()
		l.beside(w.Say("bot.follow.welcome", "What", meantBy(f, w)), unfollowButton(e.Guild, f.ID, w))
		err := b.tell(ctx, e.By, e.Reply.name(), l.message(calm))
		if errors.Is(err, errForbidden) {
			return note(amiss, w.Say("bot.follow.closed")), b.desk.Unfollow(ctx, e.Guild, f.ID)
		}
		if err != nil {
			return message{}, err
		}
	}
	l := newLayout()
	l.beside(followShown(f, w), unfollowButton(e.Guild, f.ID, w))
	l.say("-# " + w.Say("bot.follow.set"))
	return l.message(calm), nil
}

// followListDeed lists what is followed: one's own, and for moderators what is told in channels.
func followListDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	all, err := b.desk.Follows(ctx, e.Guild)
	if err != nil {
		return message{}, err
	}
	l := newLayout()
	l.say("### " + w.Say("bot.follow.title"))
	shown := 0
	for _, f := range all {
		if mayUnfollow(f, e) && l.beside(followShown(f, w), unfollowButton(e.Guild, f.ID, w)) {
			shown++
		}
	}
	if shown == 0 {
		return note(calm, w.Say("bot.follow.none")), nil
	}
	return l.message(calm), nil
}

// mayUnfollow reports whether something is for the one who asks to end: who set it may, and moderators what is told in a
// channel.
func mayUnfollow(f desk.Follow, e errand) bool {
	return f.By == e.By || f.Channel != "" && e.Args["moderator"] != ""
}

// unfollowPressed takes the button that ends what is followed in a server, or in somebody's own archive.
func (b *Bot) unfollowPressed(ctx context.Context, in asked, guild, id string) {
	args := map[string]string{"guild": guild, "follow": id}
	if guild == in.guild {
		args["moderator"] = in.moderator()
	}
	b.promise(ctx, in, privately, "unfollow", args)
}

// unfollowDeed ends what is followed.
func unfollowDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	guild, id := e.Args["guild"], e.Args["follow"]
	all, err := b.desk.Follows(ctx, guild)
	if err != nil {
		return message{}, err
	}
	for _, f := range all {
		switch {
		case f.ID != id:
		case !mayUnfollow(f, e):
			return note(amiss, w.Say("bot.follow.others")), nil
		default:
			return note(calm, w.Say("bot.follow.ended", "What", meantBy(f, w))), b.desk.Unfollow(ctx, guild, id)
		}
	}
	return note(calm, w.Say("bot.follow.ended.before")), nil
}

func unfollowButton(guild, id string, w *words.Words) discordgo.Button {
	return button(w.Say("bot.button.unfollow"), customID("unfollow", guild, id), discordgo.SecondaryButton)
}

// meantBy is what is followed, in words.
func meantBy(f desk.Follow, w *words.Words) string {
	speaker, about := clip(f.Speaker, longestFilter), clip(f.About, longestFilter)
	switch {
	case about == "":
		return w.Say("bot.follow.speaker", "Speaker", speaker)
	case speaker == "":
		return w.Say("bot.follow.about", "About", about)
	}
	return w.Say("bot.follow.both", "Speaker", speaker, "About", about)
}

// followShown is what is followed and where it is told.
func followShown(f desk.Follow, w *words.Words) string {
	where := w.Say("bot.follow.direct")
	if f.Channel != "" {
		where = channelName(f.Channel)
	}
	return "**" + meantBy(f, w) + "**\n-# " + where
}

// Follow brings the news of what is followed to where they belong. It is what [desk.Desk.Follower] posts with.
func (b *Bot) Follow(ctx context.Context, guild string, f desk.Follow, news []desk.News, once string) error {
	language := f.Language
	if f.Channel != "" {
		language = cmp.Or(b.spoken(ctx, guild), language)
	}
	m := newsMessage(guild, f, news, words.For(language))
	var err error
	if f.Channel != "" {
		_, err = b.postOnce(ctx, f.Channel, once, m)
	} else if err = b.member(ctx, guild, f.By); err == nil {
		err = b.tell(ctx, f.By, once, m)
	}
	if refused(err) || errors.Is(err, errLeft) {
		return fmt.Errorf("%w: %w", desk.ErrUndelivered, err)
	}
	return err
}

const (
	newsQuotes = 5   // of one story
	newsText   = 350 // of the words of a quotation
	newsPoint  = 300 // of what is said of a story that has no quotation
)

// newsMessage shows news of what is followed, as many as there is room for, with the quotations that are meant.
func newsMessage(guild string, f desk.Follow, news []desk.News, w *words.Words) message {
	l := newLayout()
	l.say("### " + meantBy(f, w))
	release := l.reserve(200, 3)
	shown := 0
	for _, n := range news {
		if !l.say(newsOf(n, w)) {
			break
		}
		shown++
	}
	release()
	foot := ""
	if left := len(news) - shown; left > 0 {
		foot = "-# " + w.Say("bot.follow.left", "Count", left)
	}
	l.beside(cmp.Or(foot, "-# "+w.Say("bot.follow.foot")), unfollowButton(guild, f.ID, w))
	return l.message(calm)
}

// newsOf is one story with what is followed of it.
func newsOf(n desk.News, w *words.Words) string {
	lines := []string{articleHead(n.Story.Filed(quote.Quote{}), maxAddress, w)}
	if len(n.Quotes) == 0 && len(n.Story.Summary.Points) > 0 {
		lines = append(lines, clip(n.Story.Summary.Points[0].Text, newsPoint))
	}
	above := ""
	for _, q := range n.Quotes[:min(len(n.Quotes), newsQuotes)] {
		lines = append(lines, quoted(q.Quote, q.Article, w, newsText, above))
		above = desk.SpeakerShown(q.Quote)
	}
	return strings.Join(lines, "\n")
}
