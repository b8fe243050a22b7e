package desk

import (
	"context"
	"sync"
	"time"

	"newsdesk/cache"
)

// Meter is what a store has that counts for all processes that share it, and longer than any of them lives.
type Meter interface {
	// Allow takes a token from a guild's bucket, or says how long there is none.
	Allow(ctx context.Context, guild, name string, r cache.Rate) (wait time.Duration, err error)
	// Count adds to a guild's counter, which is forgotten at a time, and returns what it says then.
	Count(ctx context.Context, guild, name string, n int, until time.Time) (total int, err error)
}

// Budget is how many tokens a model may cost in a day, in all and for each guild. It counts in a store, and by itself
// where there is none or the store is away.
type Budget struct {
	all, each int   // 0 for any number
	meter     Meter // nil: only by itself

	mu    sync.Mutex
	day   time.Time      // the count is of it
	spent map[string]int // by this process; "" is all of them
}

// NewBudget returns a budget of so many tokens a day in all and for each guild, 0 for any number. A nil meter has it
// count for this process alone.
func NewBudget(all, each int, meter Meter) *Budget {
	return &Budget{all: all, each: each, meter: meter}
}

// everybody is the guild under which all tokens are counted.
const everybody = ""

// left reports whether a guild that allows itself so many tokens a day, 0 for any number, may ask a model at a time. The
// call that uses a budget up may exceed it: what it costs is known only afterwards.
func (b *Budget) left(ctx context.Context, guild string, own int, now time.Time) bool {
	each := b.each
	if own > 0 && (each == 0 || own < each) {
		each = own
	}
	return (b.all == 0 || b.count(ctx, everybody, 0, now) < b.all) && (each == 0 || b.count(ctx, guild, 0, now) < each)
}

// spend counts tokens that a guild has spent, also when it has given up waiting for what they bought.
func (b *Budget) spend(ctx context.Context, guild string, tokens int, now time.Time) {
	if tokens == 0 {
		return
	}
	ctx = context.WithoutCancel(ctx)
	b.count(ctx, everybody, tokens, now)
	b.count(ctx, guild, tokens, now)
}

// count adds to the day's count of a guild, and returns the highest that is known of it.
func (b *Budget) count(ctx context.Context, guild string, tokens int, now time.Time) int {
	day := now.UTC().Truncate(24 * time.Hour)
	b.mu.Lock()
	if !day.Equal(b.day) {
		b.day, b.spent = day, map[string]int{}
	}
	b.spent[guild] += tokens
	total := b.spent[guild]
	b.mu.Unlock()
	if b.meter == nil {
		return total
	}
	// Two days, so that replicas whose clocks differ end theirs in the same count.
	shared, err := b.meter.Count(ctx, guild, "tokens "+day.Format(time.DateOnly), tokens, day.Add(48*time.Hour))
	if err != nil {
		return total
	}
	return max(total, shared)
}

// Spent returns what a guild has spent on the day of now, "" for all together.
func (b *Budget) Spent(ctx context.Context, guild string, now time.Time) int {
	return b.count(ctx, guild, 0, now)
}
