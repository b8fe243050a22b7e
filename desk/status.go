package desk

import (
	"context"
	"fmt"
	"time"

	"newsdesk/cache"
	"newsdesk/queue"
)

// Status is what a desk has to work with, and what it keeps for a guild.
type Status struct {
	Model     string // the one that is asked first; "" without any
	Spent     bool   // the day's tokens are used up
	Kept      cache.Stats
	Retention time.Duration // after which what the guild shares is forgotten; 0 for never
	Pending   queue.Stats   // errands, of all guilds
}

// Status says what the desk has to work with and what it keeps for a guild.
func (d *Desk) Status(ctx context.Context, guild string) (Status, error) {
	if d.store == nil {
		return Status{}, ErrNoStore
	}
	var s Status
	if d.model != nil {
		s.Model, s.Spent = d.model.Model(), !d.budget.left(ctx, guild, d.now())
	}
	var err error
	if s.Kept, err = d.store.Stats(ctx, guild); err != nil {
		return s, fmt.Errorf("count the store: %w", err)
	}
	settings, err := d.store.Settings(ctx, guild)
	if err != nil {
		return s, fmt.Errorf("read the settings: %w", err)
	}
	s.Retention = cache.RetentionOf(guild, settings)
	s.Pending, err = d.Pending(ctx)
	return s, err
}
