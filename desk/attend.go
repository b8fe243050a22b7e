package desk

import (
	"context"
	"time"
)

const (
	// attendPatience is how long the others give the one who attends to something, of the three seconds that Discord
	// gives all of them.
	attendPatience = time.Second
	// attendedFor is how long it is remembered who attended to what.
	attendedFor = 5 * time.Minute
	// attendedTo is more than there are processes: it is added to the count of those who came when it is done.
	attendedTo = 1 << 20
)

// Attend has something done by one of the processes that all hear of it, and share the store: the first to come does
// it; the others wait a second and do it if that one has not by then, as it may have died. What is asked of Discord
// twice all the same, it does once; so Attend saves work and keeps counts right, and promises nothing.
func (d *Desk) Attend(ctx context.Context, guild, id string, do func(context.Context)) {
	meter, counts := d.store.(Meter)
	if _, shared := d.store.(Claims); !shared || !counts {
		do(ctx)
		return
	}
	name, until := "attended "+id, d.now().Add(attendedFor)
	came, err := meter.Count(ctx, guild, name, 1, until)
	if err == nil && came > 1 {
		timer := time.NewTimer(attendPatience)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		if came, err = meter.Count(ctx, guild, name, 0, until); err == nil && came > attendedTo {
			return
		}
	}
	do(ctx)
	if _, err := meter.Count(ctx, guild, name, attendedTo, until); err != nil {
		d.log.WarnContext(ctx, "not noted that it is attended to", "error", err)
	}
}
