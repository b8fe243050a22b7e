package desk

import (
	"context"
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
		ids := make([]string, len(stories))
		for i, s := range stories {
			ids[i] = s.ID
		}
		shares, err := d.store.SharesOf(ctx, guild, ids)
		if err != nil {
			return digest.Digest{}, fmt.Errorf("read who shared stories: %w", err)
		}
		for _, s := range stories {
			switch {
			case len(items) == digestArticles:
				more++
			case len(shares[s.ID]) > 0: // else it was forgotten meanwhile
				items = append(items, digest.Item{Story: s, Shares: shares[s.ID]})
			}
		}
		if q.After = next; next == "" {
			break
		}
	}
	news := digest.Of(items, digest.Period{Since: since, Until: until})
	news.LeftOut += more
	return news, nil
}
