package embedded

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/cache/embedded"
	"newsdesk/queue"
)

// jumpy is a clock that is put forward and back.
type jumpy struct{ off atomic.Int64 }

func (c *jumpy) now() time.Time        { return time.Now().Add(time.Duration(c.off.Load())) }
func (c *jumpy) jump(by time.Duration) { c.off.Add(int64(by)) }

// TestClockJumps puts the clock forward and back under two processes: what one has in hand stays with it, what is to
// be done at once is, and what is for later comes when the clock says so.
func TestClockJumps(t *testing.T) {
	store, err := embedded.Open(filepath.Join(t.TempDir(), "stories.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // of the test
	var clock jumpy
	const lease = 600 * time.Millisecond
	open := func() *Queue { return New(store, queue.Options{Lease: lease, Now: clock.now}) }
	ctx, stop := context.WithCancel(t.Context())
	begun, release := make(chan queue.Try, 10), make(chan struct{})
	working := make(chan error, 2)
	work := func(q *Queue) {
		go func() {
			working <- q.Work(ctx, 3, func(ctx context.Context, try queue.Try) error {
				begun <- try
				if try.ID == "long" {
					select {
					case <-release:
					case <-ctx.Done():
						t.Errorf("the work was ended: %v", context.Cause(ctx))
					}
				}
				return nil
			})
		}()
	}
	one := open()
	add := func(id string, at time.Time) {
		t.Helper()
		if added, err := one.Add(t.Context(), queue.Task{ID: id, Kind: "test", At: at}); err != nil || !added {
			t.Fatal(added, err)
		}
	}
	expect := func(id string) {
		t.Helper()
		if try := <-begun; try.ID != id || try.N != 1 {
			t.Fatalf("begun is %+v, want %s for the first time", try, id)
		}
	}
	work(one)
	add("long", time.Time{})
	expect("long")
	work(open())
	add("tomorrow", clock.now().Add(24*time.Hour))
	for _, by := range []time.Duration{time.Hour, -3 * time.Hour, 2 * time.Hour} {
		clock.jump(by)
		extended(t, one, &clock) // more than once: the other had its chance
		add("after "+by.String(), time.Time{})
		expect("after " + by.String())
	}
	clock.jump(25 * time.Hour)
	expect("tomorrow")
	close(release)
	for stats := (queue.Stats{Waiting: 1}); stats != (queue.Stats{}); {
		if stats, err = one.Stats(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	// Added, and then the clock is put back before anybody looks.
	stop()
	for range 2 {
		if err := <-working; err != nil {
			t.Error(err)
		}
	}
	add("noted before", time.Time{})
	clock.jump(-24 * time.Hour)
	ctx, stop = context.WithCancel(t.Context())
	work(open())
	expect("noted before")
	stop()
	if err := <-working; err != nil {
		t.Error(err)
	}
	if len(begun) > 0 {
		t.Errorf("also begun: %+v", <-begun)
	}
}

// extended waits until the lease of what is in hand was extended several times by the clock as it goes now.
func extended(t *testing.T, q *Queue, clock *jumpy) {
	t.Helper()
	var last int64
	for n := 0; n < 5; {
		var lease int64
		if err := q.store.Look(t.Context(), func(tx embedded.Tx) error {
			return tx.QueryRowContext(t.Context(), `SELECT lease FROM task WHERE id = 'long'`).Scan(&lease)
		}); err != nil {
			t.Fatal(err)
		}
		until := time.UnixMicro(lease).Sub(clock.now())
		if lease != last && until > 0 && until <= q.o.Lease {
			n, last = n+1, lease
		}
		<-time.After(5 * time.Millisecond)
	}
}

// TestEndStillBeingNoted: a lease runs out while the file cannot be written, neither to extend it nor to note that the
// work has ended. It is not begun again in the process that has it in hand.
func TestEndStillBeingNoted(t *testing.T) {
	store, err := embedded.Open(filepath.Join(t.TempDir(), "stories.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // of the test
	var clock jumpy
	q := New(store, queue.Options{Now: clock.now})
	if added, err := q.Add(t.Context(), queue.Task{ID: "a", Kind: "test"}); err != nil || !added {
		t.Fatal(added, err)
	}
	s := &shift{Queue: q, name: "one", stopped: t.Context()}
	take := func() queue.Try {
		t.Helper()
		try, _, err := s.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for lease := range s.silent { // it has been so for long
			s.silent[lease] = time.Time{}
		}
		return try
	}
	if try := take(); try.N != 1 {
		t.Fatalf("got %+v", try)
	}
	s.hands.Take("a", s.name, func(error) {})
	clock.jump(time.Hour)
	for range 3 {
		if try := take(); try.ID != "" {
			t.Fatalf("begun again while it is in hand: %+v", try)
		}
	}
	s.hands.Leave("a")
	if try := take(); try.N != 2 {
		t.Errorf("in nobody's hands: %+v", try)
	}
}
