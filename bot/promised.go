package bot

import (
	"context"
	"sync"
	"time"
)

// promised are the interactions that this process is about to acknowledge. An errand may be done before its
// acknowledgement has arrived; its answer waits for that.
type promised struct {
	mu     sync.Mutex
	onWays map[string]chan struct{} // closed once it was sent, or cannot be
}

// begin says that an interaction will be acknowledged. sent must be called when that has been tried.
func (p *promised) begin(id string) (sent func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.onWays == nil {
		p.onWays = map[string]chan struct{}{}
	}
	done := make(chan struct{})
	p.onWays[id] = done
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.onWays, id)
		close(done)
	}
}

// quiet waits until none is on its way, but no longer than most.
func (p *promised) quiet(ctx context.Context, most time.Duration) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	for {
		done := p.any()
		if done == nil {
			return
		}
		select {
		case <-done:
		case <-timer.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// any is one that is on its way, nil if there is none.
func (p *promised) any() chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, done := range p.onWays {
		return done
	}
	return nil
}

// wait waits for an acknowledgement that is on its way.
func (p *promised) wait(ctx context.Context, id string) error {
	p.mu.Lock()
	done := p.onWays[id]
	p.mu.Unlock()
	if done == nil {
		return nil
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
