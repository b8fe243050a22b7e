package fetch

import (
	"context"
	"sync"
)

// turns lets one request at a time through to each host, so that a link that everybody shares at once
// is no burden to the site behind it. The zero value is ready.
type turns struct {
	mu    sync.Mutex
	hosts map[string]*turn
}

// turn is the one slot of a host; users counts who holds or waits for it.
type turn struct {
	slot  chan struct{}
	users int
}

// take waits for host's turn and returns what ends it, or ctx's error.
func (t *turns) take(ctx context.Context, host string) (done func(), err error) {
	t.mu.Lock()
	if t.hosts == nil {
		t.hosts = make(map[string]*turn)
	}
	h := t.hosts[host]
	if h == nil {
		h = &turn{slot: make(chan struct{}, 1)}
		t.hosts[host] = h
	}
	h.users++
	t.mu.Unlock()
	leave := func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if h.users--; h.users == 0 {
			delete(t.hosts, host)
		}
	}
	select {
	case h.slot <- struct{}{}:
		return func() { <-h.slot; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}
