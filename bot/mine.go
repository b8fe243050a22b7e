package bot

import (
	"cmp"
	"context"
	"errors"

	"newsdesk/cache"
)

// mine has an errand mean the archive of the one who asked, where they alone see the answer and the article that they
// ask about is filed there and not in the server's: what was summarized in private.
func (b *Bot) mine(ctx context.Context, e *errand) {
	own := archive("", e.By)
	quoted, _ := e.quote()
	ref := cmp.Or(e.Args["article"], quoted, decodeTurn(e.Args["turn"]).Story)
	if !e.Reply.Private || e.Guild == own || ref == "" {
		return
	}
	if _, err := b.desk.Story(ctx, e.Guild, ref); !errors.Is(err, cache.ErrNotFound) {
		return
	}
	if _, err := b.desk.Story(ctx, own, ref); err != nil {
		return // the deed says what is wrong
	}
	e.Guild = own
	if e.Do == "about" || e.Do == "wrong" { // in their own archive everybody's word holds
		e.Args["moderator"] = "true"
	}
}
