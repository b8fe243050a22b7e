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
	wake    chan struct{} // tells the goroutine that shows; nil until there is one
	quit    chan struct{} // closed to end it
	ended   chan struct{} // closed when it has ended
	stopped bool
	covers  bool // something may have been shown where the answer is to stand
}

// show has progress shown soon. It does not wait.
func (p *pending) show(ctx context.Context, m message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped || p.errand.Reply.Token == "" && p.errand.Reply.Once == "" { // a message of its own is sent once it is whole
		return
	}
	p.next = &m
	if p.wake == nil {
		p.wake, p.quit, p.ended = make(chan struct{}, 1), make(chan struct{}), make(chan struct{})
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
		case <-p.quit:
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
		p.covers = true
		if err := p.bot.reveal(ctx, p.errand, *m); err != nil && ctx.Err() == nil {
			p.bot.log.DebugContext(ctx, "progress not shown", "error", err)
		}
		timer := time.NewTimer(editEvery)
		select {
		case <-p.quit:
			timer.Stop()
			return
		case <-timer.C:
		}
	}
}

// stop ends the showing of progress and waits until what is on its way has arrived: Discord might do what was called
// off behind the answer.
func (p *pending) stop() {
	p.mu.Lock()
	stopped := p.stopped
	p.stopped = true
	p.mu.Unlock()
	if p.wake == nil {
		return
	}
	if !stopped {
		close(p.quit)
	}
	<-p.ended
}

// reveal shows progress where the answer is to stand.
func (b *Bot) reveal(ctx context.Context, e errand, m message) error {
	if e.Reply.Once != "" {
		return b.place(ctx, e, m)
	}
	return b.edit(ctx, e.Reply, m)
}

// finish gives the answer.
func (p *pending) finish(ctx context.Context, m message) error {
	p.stop()
	return p.bot.deliver(ctx, p.errand, m)
}

// fail says why there is no answer. A message that is there stays as it was, and the one who asked is told alone.
func (p *pending) fail(ctx context.Context, why message) error {
	p.stop()
	if p.errand.Reply.Before == nil {
		return p.bot.deliver(ctx, p.errand, why)
	}
	return p.bot.decline(ctx, p.errand, why, p.covers)
}
