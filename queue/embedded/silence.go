package embedded

import (
	"context"
	"time"

	"newsdesk/cache/embedded"
)

// silence is since when leases stand there run out, by this process's own stopwatch. Clocks jump, for all processes of a
// machine at once, and then every lease seems to have run out, or to have begun tomorrow. Whoever lives extends
// his several times while a lease lasts; so one has run out that was seen so for half of that, unchanged. The zero
// value is ready.
type silence map[string]time.Time

// claim is what a lease is told from others by.
const claim = `(id || ' ' || holder || ' ' || lease)`

// expired lists the leases that have run out by the clock.
func expired(ctx context.Context, tx embedded.Tx, moment, latest int64) ([]string, error) {
	return ids(ctx, tx, `SELECT `+claim+` FROM task WHERE over = 0 AND holder <> '' AND NOT `+held, moment, latest)
}

// longer notes which leases have run out now, and returns those that have for so long.
func (s *silence) longer(than time.Duration, now []string) []string {
	var long []string
	still := silence{}
	for _, lease := range now {
		since, seen := (*s)[lease]
		if !seen {
			since = time.Now()
		}
		if still[lease] = since; time.Since(since) >= than {
			long = append(long, lease)
		}
	}
	*s = still
	return long
}
