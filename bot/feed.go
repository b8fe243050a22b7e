package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/queue"
	"newsdesk/summarize"
	"newsdesk/words"
)

// feedCommand takes what is to become of a server's feeds.
func (b *Bot) feedCommand(ctx context.Context, in asked, args map[string]string) {
	if !in.manages() {
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.forget.manage"))))
		return
	}
	b.promise(ctx, in, privately, "feed", args)
}

// feedDeed follows a feed, lists those that are followed, or ends that.
func feedDeed(ctx context.Context, b *Bot, e errand, w *words.Words, progress func(message)) (message, error) {
	switch e.Args[subcommand] {
	case "add":
		address := linkIn(e.Args["url"])
		if channel := e.Args["channel"]; channel != "" {
			if why, err := b.unpostable(ctx, e.Guild, channel, toPost, w); why != "" || err != nil {
				return note(amiss, why), err
			}
		}
		progress(note(working, w.Say("bot.reading", "Source", clip(address, 200))))
		f, err := b.desk.AddFeed(ctx, e.Guild, desk.Feed{
			URL: address, Channel: e.Args["channel"], Words: severalTyped(e.Args["words"]), Speakers: severalTyped(e.Args["speakers"]),
			By: e.By, Language: e.Reply.Locale,
		})
		if err != nil {
			return message{}, err
		}
		l := newLayout()
		l.say("### " + w.Say("bot.feed.added", "Title", feedName(f, 100)))
		l.say(w.Say("bot.feed.filed") + " " + feedPosts(f, w))
		l.say("-# " + w.Say("bot.feed.next", "When", moment(f.Next, "R")))
		return l.message(calm), nil
	case "list":
		feeds, err := b.desk.Feeds(ctx, e.Guild)
		if err != nil {
			return message{}, err
		}
		return feedList(feeds, w), nil
	case "remove":
		f, err := b.desk.RemoveFeed(ctx, e.Guild, e.Args["feed"])
		if err != nil {
			return message{}, err
		}
		return note(calm, w.Say("bot.feed.removed", "Title", feedName(f, 100))), nil
	}
	return note(amiss, w.Say("bot.unknown")), nil
}

// mostTyped is how many words or names are taken.
const mostTyped = 10

// severalTyped are words or names as they are typed, with commas between them.
func severalTyped(typed string) (several []string) {
	for one := range strings.SplitSeq(typed, ",") {
		if one = strings.Join(strings.Fields(one), " "); one != "" && len(several) < mostTyped && !slices.Contains(several, one) {
			several = append(several, one)
		}
	}
	return several
}

// feedName is what a feed is called, defused: as it calls itself, or as its address does.
func feedName(f desk.Feed, limit int) string { return clip(plainFeedName(f), limit) }

func plainFeedName(f desk.Feed) string {
	host := f.URL
	if u, err := url.Parse(f.URL); err == nil && u.Host != "" {
		host = strings.TrimPrefix(u.Hostname(), "www.") + strings.TrimSuffix(u.Path, "/")
	}
	return cmp.Or(f.Title, host)
}

// feedPosts says where what a feed brings is posted, and what of it.
func feedPosts(f desk.Feed, w *words.Words) string {
	channel := channelName(f.Channel)
	some := clip(strings.Join(append(slices.Clone(f.Words), f.Speakers...), ", "), 200)
	switch {
	case channel == "":
		return w.Say("bot.feed.unposted")
	case some == "":
		return w.Say("bot.feed.posted", "Channel", channel)
	}
	return w.Say("bot.feed.posted.some", "Channel", channel, "Some", some)
}

// feedList shows the feeds that a server follows.
func feedList(feeds []desk.Feed, w *words.Words) message {
	if len(feeds) == 0 {
		return note(calm, w.Say("bot.feed.none"))
	}
	l := newLayout()
	l.say("### " + w.Say("bot.feed.title", "Count", len(feeds)))
	release := l.reserve(150, 1)
	var text strings.Builder
	shown := 0
	for _, f := range feeds {
		to := webAddress(f.URL)
		if len(to) > maxLink {
			to = ""
		}
		line := dotted(w, "**"+link(feedName(f, 80), to)+"**", feedPosts(f, w)) + "\n"
		if trouble := f.Trouble(w, front); trouble != "" {
			line += "-# ⚠ " + clip(trouble, 200) + " " + w.Say("bot.feed.next", "When", moment(f.Next, "R")) + "\n"
		}
		if !l.fits(size(text.String())+size(line), 1) {
			break
		}
		text.WriteString(line)
		shown++
	}
	l.say(text.String())
	release()
	if shown < len(feeds) {
		l.say("-# " + w.Say("bot.feed.more", "Count", len(feeds)-shown))
	}
	return l.message(calm)
}

// feedChoices offers the feeds that a server follows, by what is typed of their names or addresses.
func (b *Bot) feedChoices(ctx context.Context, guild, typed string) []optionChoice {
	choices := []optionChoice{}
	feeds, err := b.desk.Feeds(ctx, guild)
	if err != nil {
		b.log.WarnContext(ctx, "no choices", "error", err)
	}
	typed = strings.ToLower(strings.TrimSpace(typed))
	for _, f := range feeds {
		name := plainFeedName(f)
		if len(choices) < maxOptions && (strings.Contains(strings.ToLower(name), typed) || strings.Contains(strings.ToLower(f.URL), typed)) {
			choices = append(choices, optionChoice{Name: cmp.Or(label(name, maxOption), f.ID), Value: f.ID})
		}
	}
	return choices
}

// feedBarredAgain is how long who set a feed up hears nothing more of a channel that does not take what it brings.
const feedBarredAgain = 24 * time.Hour

// PostFeed posts what a feed brought as a card. It is a [desk.Runner] for [desk.FeedPosts].
func (b *Bot) PostFeed(ctx context.Context, noted desk.Errand) error {
	var post desk.FeedPost
	if err := json.Unmarshal(noted.Args, &post); err != nil {
		return queue.GiveUp(fmt.Errorf("errand %s: %w", noted.ID, err))
	}
	story, err := b.desk.Story(ctx, noted.Guild, post.Story)
	if errors.Is(err, cache.ErrNotFound) {
		return nil // forgotten meanwhile
	}
	if err != nil {
		return err
	}
	w := words.For(post.Feed.Language)
	card := b.card(story, cardOf{length: summarize.Standard, feed: feedName(post.Feed, 100)}, w)
	// What Discord gets twice under one nonce it posts once.
	_, err = b.postOnce(ctx, noted.Reply, cache.Digest(noted.ID), card)
	if !errors.Is(err, errForbidden) && !errors.Is(err, errNowhere) {
		return b.settle(ctx, "what a feed brought", err)
	}
	if !b.desk.Once(ctx, noted.Guild, "feed barred "+noted.Reply, feedBarredAgain) {
		return nil
	}
	why := note(amiss, w.Say("bot.feed.barred", "Title", feedName(post.Feed, 100), "Channel", channelName(noted.Reply)))
	return b.settle(ctx, "word to who set a feed up", b.tell(ctx, post.Feed.By, cache.Digest("barred", noted.ID), why))
}
