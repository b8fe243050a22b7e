package bot

import (
	"context"
	"time"

	"newsdesk/cache"
	"newsdesk/summarize"
	"newsdesk/words"
)

// usualPeriod is what a digest is of when nobody says.
const usualPeriod = 24 * time.Hour

// digestDeed answers with the digest that would be posted now.
func digestDeed(ctx context.Context, b *Bot, e errand, w *words.Words, progress func(message)) (message, error) {
	since, err := parseSince(e.Args["since"], e.Reply.At)
	if err != nil { // it was looked at before it was noted
		return message{}, err
	}
	if since.IsZero() {
		since = e.Reply.At.Add(-usualPeriod)
	}
	progress(note(working, w.Say("bot.thinking")))
	news, err := b.desk.Digest(ctx, e.Guild, since, e.Reply.At)
	if err != nil {
		return message{}, err
	}
	return digestMessage(edition{Digest: news, guild: e.Guild, length: summarize.Length(e.Args["length"])}, w)
}

// storyDeed answers with all of one story of a digest. It is made anew: what was forgotten since is not in it.
func storyDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	guild, since, until := e.Args["guild"], idMoment(e.Args["since"]), idMoment(e.Args["until"])
	news, err := b.desk.Digest(ctx, guild, since, until)
	if err != nil {
		return message{}, err
	}
	story := news.Telling(e.Args["story"])
	if story == nil {
		return message{}, cache.ErrNotFound
	}
	return digestStory(story, guild == e.Guild, w), nil
}
