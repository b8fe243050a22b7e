package bot

import (
	"context"
	"sync"
	"time"
)

// editEvery is how long an answer stands before progress changes it again.
const editEvery = 1500 * time.Millisecond

// pending is an answer that is still to be given. What it shows meanwhile is sent in the background, the
// newest only, at most one in [editEvery].
type pending struct {
	bot    *Bot
	errand errand

	mu      sync.Mutex
	next    *message      // to be shown when it is time
	wake    chan struct{} // tells the goroutine that shows
	ended   chan struct{} // closed when that goroutine has ended
	cancel  context.CancelFunc
	stopped bool
}

// show has progress shown soon. It does not wait.
func (p *pending) show(ctx context.Context, m message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped || p.errand.Reply.Token == "" { // a message of its own is sent once it is whole
		return
	}
	p.next = &m
	if p.wake == nil {
		ctx, cancel := context.WithCancel(ctx)
		p.wake, p.ended, p.cancel = make(chan struct{}, 1), make(chan struct{}), cancel
		go p.showing(ctx)
	}
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

func (p *pending) showing(ctx context.Context) {
	defer close(p.ended)
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
		}
		p.mu.Lock()
		m := p.next
		p.next = nil
		p.mu.Unlock()
		if m == nil {
			continue
		}
		if err := p.bot.edit(ctx, p.errand.Reply, *m); err != nil && ctx.Err() == nil {
			p.bot.log.DebugContext(ctx, "progress not shown", "error", err)
		}
		timer := time.NewTimer(editEvery)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
	}
}

// stop ends the showing of progress and waits for it: nothing is sent behind the answer.
func (p *pending) stop() {
	p.mu.Lock()
	p.stopped = true
	cancel, ended := p.cancel, p.ended
	p.mu.Unlock()
	if cancel != nil {
		cancel()
		<-ended
	}
}

// finish gives the answer.
func (p *pending) finish(ctx context.Context, m message) error {
	p.stop()
	return p.bot.deliver(ctx, p.errand, m)
}
