package fetch

import (
	"context"
	"sync"
	"time"
)

// turns lets one request at a time through to each host, with a pause between two, so that a link that everybody
// shares at once is no burden to the site behind it.
type turns struct {
	pause time.Duration

	mu    sync.Mutex
	hosts map[string]*turn
}

// turn is the one slot of a host; users counts who holds or waits for it.
type turn struct {
	slot  chan struct{}
	users int
	rest  time.Time // until when the host is left alone
}

// manyHosts is from how many hosts on those that nobody waits for are forgotten.
const manyHosts = 256

// take waits for host's turn and returns what ends it, or ctx's error.
func (t *turns) take(ctx context.Context, host string) (done func(), err error) {
	h := t.join(host)
	select {
	case h.slot <- struct{}{}:
	case <-ctx.Done():
		t.leave(h)
		return nil, ctx.Err()
	}
	done = func() {
		t.mu.Lock()
		h.rest = time.Now().Add(t.pause)
		t.mu.Unlock()
		<-h.slot
		t.leave(h)
	}
	t.mu.Lock()
	wait := time.Until(h.rest)
	t.mu.Unlock()
	if wait <= 0 {
		return done, nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return done, nil
	case <-ctx.Done():
		<-h.slot
		t.leave(h)
		return nil, ctx.Err()
	}
}

// join adds a user to a host's turn.
func (t *turns) join(host string) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.hosts == nil {
		t.hosts = make(map[string]*turn)
	}
	if len(t.hosts) >= manyHosts {
		for name, h := range t.hosts {
			if h.users == 0 && time.Now().After(h.rest) {
				delete(t.hosts, name)
			}
		}
	}
	h := t.hosts[host]
	if h == nil {
		h = &turn{slot: make(chan struct{}, 1)}
		t.hosts[host] = h
	}
	h.users++
	return h
}

func (t *turns) leave(h *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h.users--
}
