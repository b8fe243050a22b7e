package bot

import (
	"context"
	"time"

	"newsdesk/desk"
)

// listCommand takes a command that lists what was filed since a moment.
func (b *Bot) listCommand(ctx context.Context, in asked, h how, do string, args map[string]string) {
	if _, err := parseSince(args["since"], time.Now()); err != nil {
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.since.unclear", "Text", clip(args["since"], 100)))))
		return
	}
	b.promise(ctx, in, h, do, args)
}

// parseSince reads what was typed for how far back to look, "" for ever.
func parseSince(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	var since desk.Since
	if err := since.UnmarshalText([]byte(text)); err != nil {
		return time.Time{}, err
	}
	return since.From(now), nil
}
