package queue

import (
	"log/slog"
	"time"
)

// Lease is how long a task stays with a worker that no longer extends it: when its process has died, another
// takes it after that.
const Lease = 15 * time.Second

// Options say how a queue works; the zero value is how it should.
type Options struct {
	Lease time.Duration           // 0 for [Lease]
	Grace time.Duration           // 0 for [Grace]
	Pause func(int) time.Duration // before another try; nil for [Pause]
	Now   func() time.Time        // nil for time.Now; a driver whose server has a clock goes by that
	Log   *slog.Logger            // nil: silent
}

// Filled is o with nothing left open.
func (o Options) Filled() Options {
	if o.Lease == 0 {
		o.Lease = Lease
	}
	if o.Grace == 0 {
		o.Grace = Grace
	}
	if o.Pause == nil {
		o.Pause = Pause
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}
