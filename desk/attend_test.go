package desk

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"newsdesk/cache/redis/redistest"
)

// Of the processes that share a store one does what all hear of; when it dies over it, another does.
func TestAttend(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	one, other := New(Options{Store: onRedis(t, server.URL())}), New(Options{Store: onRedis(t, server.URL())})
	var done atomic.Int32
	var both sync.WaitGroup
	for _, d := range []*Desk{one, other} {
		both.Go(func() { d.Attend(t.Context(), "g", "1", func(context.Context) { done.Add(1) }) })
	}
	both.Wait()
	if n := done.Load(); n != 1 {
		t.Errorf("done %d times", n)
	}

	// The first dies in the middle of it: never comes back.
	died, never := make(chan struct{}), make(chan struct{})
	both.Go(func() { one.Attend(t.Context(), "g", "2", func(context.Context) { close(died); <-never }) })
	<-died
	taken := false
	other.Attend(t.Context(), "g", "2", func(context.Context) { taken = true })
	if !taken {
		t.Error("what the first died of is not done by the other")
	}
	close(never)
	both.Wait()

	// A store that is away keeps nobody from answering.
	server.Kill()
	taken = false
	one.Attend(t.Context(), "g", "3", func(context.Context) { taken = true })
	if !taken {
		t.Error("not done when the store is away")
	}
}

// A process that is alone has nobody to wait for.
func TestAttendAlone(t *testing.T) {
	d, done := New(Options{Store: openStore(t)}), 0
	for range 2 {
		d.Attend(t.Context(), "g", "1", func(context.Context) { done++ })
	}
	if done != 2 {
		t.Errorf("done %d times", done)
	}
}
