package desk

import (
	"sync"
	"time"
)

// Budget is how many tokens a model may cost in a day, in all and for each guild. It counts in memory: a program that
// starts anew begins a new count. The zero value forbids nothing; nil is the same.
type Budget struct {
	all, each int // 0 for any number

	mu    sync.Mutex
	day   time.Time // the count is of it
	spent map[string]int
	total int
}

// NewBudget returns a budget of so many tokens a day in all and for each guild, 0 for any number.
func NewBudget(all, each int) *Budget { return &Budget{all: all, each: each} }

// left reports whether a guild may ask a model at a time. The call that uses a budget up may exceed it: what it costs
// is known only afterwards.
func (b *Budget) left(guild string, now time.Time) bool {
	if b == nil {
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn(now)
	return (b.all == 0 || b.total < b.all) && (b.each == 0 || b.spent[guild] < b.each)
}

// spend counts tokens that a guild has spent.
func (b *Budget) spend(guild string, tokens int, now time.Time) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn(now)
	b.spent[guild] += tokens
	b.total += tokens
}

// turn begins a new count when the day has changed, in universal time.
func (b *Budget) turn(now time.Time) {
	if day := now.UTC().Truncate(24 * time.Hour); !day.Equal(b.day) {
		b.day, b.total, b.spent = day, 0, map[string]int{}
	}
}

// Spent is what a budget has counted today.
type Spent struct {
	All   int            `json:"all"`
	Guild map[string]int `json:"guild"`
}

// Spent returns what was spent on the day of now, for whoever shows it.
func (b *Budget) Spent(now time.Time) Spent {
	s := Spent{Guild: map[string]int{}}
	if b == nil {
		return s
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn(now)
	s.All = b.total
	for guild, n := range b.spent {
		s.Guild[guild] = n
	}
	return s
}
