package desk

import (
	"context"
	"time"
)

const (
	// attendPatience is how long the others give the one who attends to something, of the three seconds that Discord
	// gives all of them.
	attendPatience = time.Second
	// countTime is how long a count is waited for: who cannot be counted is served.
	countTime = 800 * time.Millisecond
	// awayTime is what is left of the three seconds, with a margin for the answer, when the store did not count in time.
	awayTime = 1700 * time.Millisecond
	// attendedFor is how long it is remembered who attended to what.
	attendedFor = 5 * time.Minute
	// attendedTo is more than there are processes: it is added to the count of those who came when it is done.
	attendedTo = 1 << 20
)

// Attend has something done by one of the processes that all hear of it, and share the store: the first to come does
// it; the others wait a second and do it if that one has not by then, as it may have died. What is asked of Discord
// twice all the same, it does once; so Attend saves work and keeps counts right, and promises nothing. When the store
// is away, each does it, in a context that ends early enough to say so in time.
func (d *Desk) Attend(ctx context.Context, guild, id string, do func(context.Context)) {
	meter, counts := d.store.(Meter)
	if _, shared := d.store.(Claims); !shared || !counts {
		do(ctx)
		return
	}
	name, until := "attended "+id, d.now().Add(attendedFor)
	came, err := d.attending(ctx, meter, guild, name, 1, until)
	if err == nil && came > 1 {
		timer := time.NewTimer(attendPatience)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		if came, err = d.attending(ctx, meter, guild, name, 0, until); err == nil && came > attendedTo {
			return
		}
	}
	if err != nil {
		d.log.WarnContext(ctx, "not known who attends to it", "error", err)
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, awayTime)
		defer cancel()
	}
	do(ctx)
	if _, err := d.attending(ctx, meter, guild, name, attendedTo, until); err != nil {
		d.log.WarnContext(ctx, "not noted that it is attended to", "error", err)
	}
}

// Once reports whether something is to be done that a guild gets done once in a span at most, by whichever process that
// shares the store, and notes that it is. Where nothing can be noted, it is to be done.
func (d *Desk) Once(ctx context.Context, guild, what string, span time.Duration) bool {
	meter, ok := d.store.(Meter)
	if !ok {
		return true
	}
	name, until := "once "+what, d.now().Add(span)
	done, err := d.attending(ctx, meter, guild, name, 0, until)
	if err == nil && done == 0 { // to count is to begin the span anew
		done, err = d.attending(ctx, meter, guild, name, 1, until)
		done--
	}
	if err != nil {
		d.log.WarnContext(ctx, "not noted that it is done", "what", what, "error", err)
		return true
	}
	return done == 0
}

// attending counts those who attend to something.
func (d *Desk) attending(ctx context.Context, meter Meter, guild, name string, n int, until time.Time) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, countTime)
	defer cancel()
	return meter.Count(ctx, guild, name, n, until)
}
