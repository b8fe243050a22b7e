package embedded

import (
	"context"
	"sync"
)

// What many want to write at the same time is written in one transaction, as it is the disk's commit that takes the
// time: two hundred that ask at once then wait for a few commits, and not for two hundred.

// mostTogether bounds a transaction that several share.
const mostTogether = 100

// writing are the changes that wait for their turn.
type writing struct {
	turn chan struct{} // held by whoever is writing

	mu      sync.Mutex
	waiting []*change
}

// change is one that waits.
type change struct {
	ctx  context.Context
	do   func(Tx) error
	done chan error // takes one: what became of it
}

// change runs do in a transaction, all of it or nothing, together with what others want to change at that time. It may
// be run again, when another process is writing or something else in the transaction failed.
func (s *Store) change(ctx context.Context, do func(Tx) error) error {
	c := &change{ctx, do, make(chan error, 1)}
	s.writing.mu.Lock()
	s.writing.waiting = append(s.writing.waiting, c)
	s.writing.mu.Unlock()
	for {
		select {
		case err := <-c.done:
			return err
		case s.writing.turn <- struct{}{}:
			s.together(s.writing.next()) // c may be among them, or among the next
			<-s.writing.turn
		case <-ctx.Done():
			if s.writing.withdraw(c) {
				return s.mapped("write", ctx.Err())
			}
			return <-c.done
		}
	}
}

// next takes those that have waited longest.
func (w *writing) next() []*change {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := min(len(w.waiting), mostTogether)
	batch := w.waiting[:n:n]
	w.waiting = w.waiting[n:]
	return batch
}

// withdraw takes back a change that nobody has begun.
func (w *writing) withdraw(c *change) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, waiting := range w.waiting {
		if waiting == c {
			w.waiting = append(w.waiting[:i:i], w.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// together makes changes in one transaction. If one of them fails each gets its own.
func (s *Store) together(batch []*change) {
	if len(batch) > 1 {
		err := s.alone(context.Background(), func(tx Tx) error {
			for _, c := range batch {
				if err := c.do(tx); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil {
			for _, c := range batch {
				c.done <- nil
			}
			return
		}
	}
	for _, c := range batch {
		c.done <- s.alone(c.ctx, c.do)
	}
}
