package desk

import (
	"context"
	"time"

	"newsdesk/cache"
)

// retainEvery is how often what was remembered for long enough is forgotten.
const retainEvery = time.Hour

// Retain forgets in every guild what it has remembered for as long as it wants, each hour until ctx ends; of the
// processes that share a store, one does.
func (d *Desk) Retain(ctx context.Context) error {
	repeat(ctx, retainEvery, func() { d.retain(ctx) })
	return nil
}

// retain does it once, unless another process has.
func (d *Desk) retain(ctx context.Context) {
	store, ok := d.store.(interface {
		cache.Keeper
		Guilds(ctx context.Context) ([]string, error)
	})
	if !ok || !d.Once(ctx, everybody, "retained", retainEvery-time.Minute) {
		return
	}
	n, err := cache.Expire(ctx, store, d.now())
	switch {
	case ctx.Err() != nil:
	case err != nil:
		d.log.WarnContext(ctx, "not all forgotten that is old enough", "error", err)
	case n.Stories > 0:
		d.log.InfoContext(ctx, "forgotten, as it was remembered for long enough", "stories", n.Stories)
	}
}
