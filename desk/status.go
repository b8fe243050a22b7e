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
	Off       bool   // the guild wants no model asked
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
	set, err := d.SettingsNow(ctx, guild)
	if err != nil {
		return Status{}, err
	}
	s := Status{Retention: set.Retention}
	if d.model != nil {
		s.Model, s.Off, s.Spent = d.model.Model(), set.NoModel, !d.budget.left(ctx, guild, set.Tokens, d.now())
	}
	if s.Kept, err = d.store.Stats(ctx, guild); err != nil {
		return s, fmt.Errorf("count the store: %w", err)
	}
	s.Pending, err = d.Pending(ctx)
	return s, err
}
