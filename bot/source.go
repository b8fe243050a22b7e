package bot

import (
	"context"

	"newsdesk/quote"
	"newsdesk/words"
)

// sourceDeed answers with the way to an article whose address is too long for a button.
func sourceDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	story, err := b.desk.Story(ctx, e.Guild, e.Args["article"])
	if err != nil {
		return message{}, err
	}
	return note(calm, articleHead(story.Filed(quote.Quote{}), maxText, w)), nil
}
