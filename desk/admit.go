package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsdesk/cache"
)

// Limits are how often people may ask. The zero value sets none.
type Limits struct {
	Member cache.Rate // one person in one guild
	Guild  cache.Rate // all of a guild together
}

// ErrTooOften is asking more often than [Limits] allow; a [WaitError] says when the next may come.
var ErrTooOften = errors.New("asked too often")

// WaitError is [ErrTooOften], with how long to wait.
type WaitError struct {
	Wait  time.Duration
	Guild bool // all of the guild together asked too often, whoever did
}

func (e *WaitError) Error() string { return fmt.Sprintf("%v: wait %v", ErrTooOften, e.Wait) }

// Unwrap returns ErrTooOften.
func (e *WaitError) Unwrap() error { return ErrTooOften }

// Admit takes one request of a member of a guild as asked, or returns a [WaitError]. Front ends call it before
// anything else; all that share the store share the count. Where there is no store, or it is away, nobody is refused
// for that.
func (d *Desk) Admit(ctx context.Context, guild, member string) error {
	meter, ok := d.store.(Meter)
	if !ok {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, countTime)
	defer cancel()
	for _, bucket := range []struct {
		name string
		rate cache.Rate
		all  bool
	}{{"member " + member, d.limits.Member, false}, {"guild", d.limits.Guild, true}} {
		wait, err := meter.Allow(ctx, guild, bucket.name, bucket.rate)
		if err != nil {
			d.log.WarnContext(ctx, "not counted", "bucket", bucket.name, "error", err)
			return nil
		}
		if wait > 0 {
			return &WaitError{wait, bucket.all}
		}
	}
	return nil
}
