package desk

import (
	"context"
	"sync"
)

// flights lets callers who want the same work at the same time share it. Unlike x/sync/singleflight,
// every caller hears of the progress, late ones at once of what is there, and the work is cancelled when
// the last caller has left rather than when the first one has. The zero value is ready.
type flights[T any] struct {
	mu      sync.Mutex
	now     map[string]*flight[T]
	running sync.WaitGroup
}

// flight is one piece of work in the air.
type flight[T any] struct {
	cancel  context.CancelFunc
	changed chan struct{} // closed and replaced at every step
	waiting int           // callers
	steps   []Progress
	done    bool
	result  T
	err     error
}

// fly does work under key, or joins the caller who is doing it. An empty key is never shared. Each step
// that work reports reaches every caller's own goroutine, in order; a caller whose context ends leaves
// with its error.
func (f *flights[T]) fly(ctx context.Context, key string, progress func(Progress), work func(context.Context, func(Progress)) (T, error)) (T, error) {
	if key == "" {
		return work(ctx, progress)
	}
	fl := f.board(ctx, key, work)
	defer f.leave(key, fl)
	for seen := 0; ; {
		f.mu.Lock()
		steps, changed, done := fl.steps[seen:], fl.changed, fl.done
		f.mu.Unlock()
		for _, step := range steps {
			progress(step)
		}
		seen += len(steps)
		if done {
			return fl.result, fl.err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		}
	}
}

// board joins the flight for key or starts it.
func (f *flights[T]) board(ctx context.Context, key string, work func(context.Context, func(Progress)) (T, error)) *flight[T] {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fl := f.now[key]; fl != nil {
		fl.waiting++
		return fl
	}
	if f.now == nil {
		f.now = make(map[string]*flight[T])
	}
	// The work outlives the caller who started it as long as somebody waits.
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	fl := &flight[T]{cancel: cancel, changed: make(chan struct{}), waiting: 1}
	f.now[key] = fl
	f.running.Go(func() {
		defer cancel()
		result, err := work(ctx, func(p Progress) {
			f.change(fl, func() { fl.steps = append(fl.steps, p) })
		})
		f.change(fl, func() {
			fl.result, fl.err, fl.done = result, err, true
			f.forget(key, fl)
		})
	})
	return fl
}

// land cancels all work and waits until it has ended.
func (f *flights[T]) land() {
	f.mu.Lock()
	for _, fl := range f.now {
		fl.cancel()
	}
	f.mu.Unlock()
	f.running.Wait()
}

// leave cancels the work when nobody waits for it any more. Whoever comes then starts anew.
func (f *flights[T]) leave(key string, fl *flight[T]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fl.waiting--; fl.waiting == 0 {
		fl.cancel()
		f.forget(key, fl)
	}
}

// change does something to a flight and tells its callers.
func (f *flights[T]) change(fl *flight[T], do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do()
	close(fl.changed)
	fl.changed = make(chan struct{})
}

// forget takes the flight off the board, unless another one under the same key stands there.
func (f *flights[T]) forget(key string, fl *flight[T]) {
	if f.now[key] == fl {
		delete(f.now, key)
	}
}
