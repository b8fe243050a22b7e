package fetch

import (
	"context"
	"sync"
)

// flights let those who ask for one address at the same time share one request, whether what it brings is kept or not.
type flights struct {
	mu    sync.Mutex
	byKey map[flightKey]*flight
}

// flightKey tells flights apart: a robots.txt that is asked for as a page asks for itself first.
type flightKey struct {
	url    string
	robots bool
}

// flight is a request under way. Its result may be read once done is closed.
type flight struct {
	done   chan struct{}
	cancel context.CancelFunc
	askers int

	got answer
	err error
}

// share calls read, or waits for what another's call with the same key brings. read's context ends when nobody waits any
// more, and only then: whoever goes first takes nothing from the others. The error is read's, or ctx's own.
func (s *flights) share(ctx context.Context, key flightKey, read func(context.Context) (answer, error)) (answer, error) {
	f := s.board(ctx, key, read)
	select {
	case <-f.done:
		return f.got, f.err
	case <-ctx.Done():
		if s.leave(key, f) {
			<-f.done // the last one sees it end
		}
		return answer{}, ctx.Err()
	}
}

// board joins the flight of key, or starts it.
func (s *flights) board(ctx context.Context, key flightKey, read func(context.Context) (answer, error)) *flight {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.byKey[key]; f != nil {
		f.askers++
		return f
	}
	if s.byKey == nil {
		s.byKey = make(map[flightKey]*flight)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f := &flight{done: make(chan struct{}), cancel: cancel, askers: 1}
	s.byKey[key] = f
	go func() {
		defer cancel()
		f.got, f.err = read(ctx)
		s.mu.Lock()
		s.forget(key, f)
		s.mu.Unlock()
		close(f.done)
	}()
	return f
}

// leave reports whether the one who goes was the last; nobody joins a flight that all have left.
func (s *flights) leave(key flightKey, f *flight) (last bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.askers--; f.askers > 0 {
		return false
	}
	s.forget(key, f)
	f.cancel()
	return true
}

func (s *flights) forget(key flightKey, f *flight) {
	if s.byKey[key] == f {
		delete(s.byKey, key)
	}
}
