package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsdesk/cache"
	"newsdesk/digest"
)

// digestArticles is how many articles of a period are read for its digest, the newest; the others are left out, and
// counted.
const digestArticles = 1000

// Digest makes the news of what a guild filed since a moment and before another. Nothing filed is an empty digest.
func (d *Desk) Digest(ctx context.Context, guild string, since, until time.Time) (digest.Digest, error) {
	if d.store == nil {
		return digest.Digest{}, ErrNoStore
	}
	var items []digest.Item
	more := 0
	q := cache.StoryQuery{Guild: guild, Since: since, Until: until, Limit: 100}
	for {
		stories, next, err := d.store.Stories(ctx, q)
		if err != nil {
			return digest.Digest{}, fmt.Errorf("list stories: %w", err)
		}
		for _, s := range stories {
			if len(items) == digestArticles {
				more++
				continue
			}
			shares, err := d.store.Shares(ctx, guild, s.ID)
			if errors.Is(err, cache.ErrNotFound) {
				continue // forgotten meanwhile
			}
			if err != nil {
				return digest.Digest{}, fmt.Errorf("read who shared story %s: %w", s.ID, err)
			}
			items = append(items, digest.Item{Story: s, Shares: shares})
		}
		if q.After = next; next == "" {
			break
		}
	}
	news := digest.Of(items, digest.Period{Since: since, Until: until})
	news.LeftOut += more
	return news, nil
}
