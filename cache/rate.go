package cache

import "time"

// Rate is how often something may be done: Burst times at once, and then once more each time that Every has passed.
// It is a bucket of Burst tokens into which one drips every Every.
type Rate struct {
	Burst int
	Every time.Duration
}

// Limited reports whether there is any limit; the zero Rate has none.
func (r Rate) Limited() bool { return r.Burst > 0 && r.Every > 0 }

// Take takes a token from a bucket that is as full again as it can be at the moment full, and returns when it is then;
// or how long there is none to take. It is the generic cell rate algorithm (ITU-T I.371): one moment is all there is
// to keep. A moment farther off than a bucket can be empty is of a clock that was put back.
func (r Rate) Take(full, now time.Time) (then time.Time, wait time.Duration) {
	most := time.Duration(r.Burst) * r.Every
	if full.Before(now) {
		full = now
	}
	if full.Sub(now) > most {
		full = now.Add(most)
	}
	then = full.Add(r.Every)
	if over := then.Sub(now) - most; over > 0 {
		return full, over
	}
	return then, 0
}
