// Package queuetest is the suite that every queue must pass.
//
// A driver's own test calls [Run] with a [Driver], and its TestMain calls [Main]: the suite runs the test binary
// once more as another process, to kill it.
//
//	var driver = queuetest.Driver{New: …, Open: …}
//
//	func TestMain(m *testing.M) { queuetest.Main(m, driver) }
//	func TestQueue(t *testing.T) { queuetest.Run(t, driver) }
package queuetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"newsdesk/queue"
)

// Queue is what a driver gives.
type Queue interface {
	Add(ctx context.Context, t queue.Task) (added bool, err error)
	Cancel(ctx context.Context, id string) error
	Forget(ctx context.Context, guild string) error
	Work(ctx context.Context, workers int, do queue.Worker) error
	Stats(ctx context.Context) (queue.Stats, error)
}

// Driver opens queues for the suite.
type Driver struct {
	// New makes an empty queue that lasts as long as the test, and returns by what Open finds it.
	New func(t *testing.T) (address string)
	// Open opens a queue as a process has it, with pauses between tries and leases as short as it can, and a
	// Grace of [Grace].
	Open func(address string) (q Queue, shut func(), err error)
	// Raw returns every byte that is kept.
	Raw func(t *testing.T, address string) []byte
}

// Grace is how long work in hand may go on in the suite once its process is to stop.
const Grace = 200 * time.Millisecond

// Run tests what d opens.
func Run(t *testing.T, d Driver) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, *bench)
	}{
		{"what is added is worked", testWorked},
		{"refused", testRefused},
		{"an ID is one task", testSameID},
		{"not before its time", testAt},
		{"tried again", testTries},
		{"given up", testGivenUp},
		{"many workers", testMany},
		{"cancelled before", testCancelBefore},
		{"cancelled in hand", testCancelInHand},
		{"stopped", testStop},
		{"a guild is forgotten", testForget},
		{"the worker dies", testKilled},
		{"the worker sleeps", testAsleep},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := &bench{T: t, d: d, address: d.New(t)}
			b.Queue = b.open()
			test.run(t, b)
		})
	}
}

// bench is a queue under test.
type bench struct {
	*testing.T
	Queue
	d       Driver
	address string
}

// open opens the queue once more, as another process would.
func (b *bench) open() Queue {
	b.Helper()
	q, shut, err := b.d.Open(b.address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(shut)
	return q
}

// add adds a task that must be new.
func (b *bench) add(task queue.Task) {
	b.Helper()
	if task.Kind == "" {
		task.Kind = "test"
	}
	if added, err := b.Add(b.Context(), task); err != nil || !added {
		b.Fatalf("Add %s: %v, %v", task.ID, added, err)
	}
}

// work works q until the test ends or the function that it returns is called, which waits for it.
func (b *bench) work(q Queue, workers int, do queue.Worker) (stop func()) {
	b.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- q.Work(ctx, workers, do) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			b.Errorf("Work: %v", err)
		}
	})
	b.Cleanup(stop)
	return stop
}

// until waits until the counts are so.
func (b *bench) until(want queue.Stats) {
	b.Helper()
	for {
		got, err := b.Stats(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		if got == want {
			return
		}
		select {
		case <-b.Context().Done():
			b.Fatalf("%+v, want %+v", got, want)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// tries passes what a worker gets on to a test.
type tries chan queue.Try

func (c tries) do(_ context.Context, try queue.Try) error {
	c <- try
	return nil
}

func testWorked(t *testing.T, b *bench) {
	got := make(tries, 10)
	b.add(queue.Task{ID: "a/ä {1}", Kind: "post", Guild: "g1", Payload: []byte("\x00\xff payload")})
	b.add(queue.Task{ID: "b", Kind: "empty"})
	b.until(queue.Stats{Waiting: 2})
	b.work(b.Queue, 2, got.do)
	all := map[string]queue.Try{}
	for range 2 {
		try := <-got
		all[try.ID] = try
	}
	one := all["a/ä {1}"]
	if one.Kind != "post" || one.Guild != "g1" || string(one.Payload) != "\x00\xff payload" || one.N != 1 || one.Last {
		t.Errorf("got %+v", one)
	}
	if two := all["b"]; two.Kind != "empty" || two.Guild != "" || len(two.Payload) != 0 {
		t.Errorf("got %+v", two)
	}
	b.until(queue.Stats{})
	b.add(queue.Task{ID: "c"}) // while it is worked
	if try := <-got; try.ID != "c" {
		t.Errorf("got %+v", try)
	}
	other := b.open()
	if added, err := other.Add(t.Context(), queue.Task{ID: "d", Kind: "test"}); err != nil || !added {
		t.Fatalf("%v, %v", added, err)
	}
	if try := <-got; try.ID != "d" {
		t.Errorf("got %+v", try)
	}
}

func testRefused(t *testing.T, b *bench) {
	for _, task := range []queue.Task{
		{Kind: "test"},
		{ID: "a"},
		{ID: "\xff", Kind: "test"},
		{ID: fmt.Sprintf("%0201d", 1), Kind: "test"},
		{ID: "a", Kind: "test", Guild: "g\x001"},
		{ID: "a", Kind: "test", Payload: make([]byte, queue.MaxPayload+1)},
	} {
		if added, err := b.Add(t.Context(), task); added || !errors.Is(err, queue.ErrInvalid) {
			t.Errorf("%.20q: %v, %v", task.ID, added, err)
		}
	}
	largest := queue.Task{ID: fmt.Sprintf("%0200d", 1), Kind: "test", Payload: make([]byte, queue.MaxPayload)}
	b.add(largest)
	got := make(tries, 1)
	b.work(b.Queue, 1, got.do)
	if try := <-got; len(try.Payload) != queue.MaxPayload {
		t.Errorf("%d bytes arrived", len(try.Payload))
	}
}

func testSameID(t *testing.T, b *bench) {
	again := func(when string) {
		t.Helper()
		for _, q := range []Queue{b.Queue, b.open()} {
			if added, err := q.Add(t.Context(), queue.Task{ID: "a", Kind: "other"}); err != nil || added {
				t.Errorf("added again %s: %v, %v", when, added, err)
			}
		}
	}
	b.add(queue.Task{ID: "a"})
	again("while it waits")
	got, release := make(tries, 10), make(chan struct{})
	b.work(b.Queue, 2, func(ctx context.Context, try queue.Try) error {
		_ = got.do(ctx, try)
		<-release
		return nil
	})
	<-got
	again("in hand")
	close(release)
	b.until(queue.Stats{})
	again("when it is done")
	b.add(queue.Task{ID: "b"})
	if try := <-got; try.ID != "b" {
		t.Errorf("%+v was worked", try)
	}
	if b.until(queue.Stats{}); len(got) > 0 {
		t.Errorf("%+v was worked", <-got)
	}
}

func testAt(t *testing.T, b *bench) {
	got := make(chan time.Time, 2)
	at := time.Now().Add(700 * time.Millisecond)
	b.add(queue.Task{ID: "later", At: at})
	b.add(queue.Task{ID: "much later", At: at.Add(time.Hour)})
	b.add(queue.Task{ID: "before", At: at.Add(-time.Hour)})
	b.until(queue.Stats{Waiting: 1, Scheduled: 2})
	b.work(b.Queue, 1, func(_ context.Context, try queue.Try) error {
		if try.ID != "before" {
			got <- time.Now()
		}
		return nil
	})
	if when := <-got; when.Before(at) {
		t.Errorf("worked %v too early", at.Sub(when))
	}
	b.until(queue.Stats{Scheduled: 1})
	if err := b.Cancel(t.Context(), "much later"); err != nil {
		t.Fatal(err)
	}
	b.until(queue.Stats{})
}

func testTries(t *testing.T, b *bench) {
	got := make(tries, 10)
	b.add(queue.Task{ID: "a", Payload: []byte("p")})
	b.work(b.Queue, 1, func(ctx context.Context, try queue.Try) error {
		_ = got.do(ctx, try)
		switch try.N {
		case 1:
			return errors.New("not yet")
		case 2:
			panic("not yet either")
		}
		return nil
	})
	for n := 1; n <= 3; n++ {
		if try := <-got; try.N != n || try.Last || string(try.Payload) != "p" {
			t.Errorf("try %d is %+v", n, try)
		}
	}
	b.until(queue.Stats{})
}

func testGivenUp(t *testing.T, b *bench) {
	got := make(tries, 20)
	b.add(queue.Task{ID: "hopeless", Payload: []byte("payload of the hopeless")})
	b.add(queue.Task{ID: "wrong"})
	b.work(b.Queue, 2, func(ctx context.Context, try queue.Try) error {
		_ = got.do(ctx, try)
		if try.ID == "wrong" {
			return fmt.Errorf("no use: %w", queue.GiveUp(errors.New("never")))
		}
		return errors.New("failed")
	})
	b.until(queue.Stats{GivenUp: 2})
	close(got)
	var hopeless []int
	wrong := 0
	for try := range got {
		if try.ID == "wrong" {
			wrong++
			continue
		}
		if hopeless = append(hopeless, try.N); try.Last != (try.N == queue.Tries) {
			t.Errorf("try %d: last is %v", try.N, try.Last)
		}
	}
	if want := []int{1, 2, 3, 4, 5, 6}; !slices.Equal(hopeless, want) || wrong != 1 {
		t.Errorf("tries %v, want %v; the wrong one %d times, want 1", hopeless, want, wrong)
	}
	if added, err := b.Add(t.Context(), queue.Task{ID: "hopeless", Kind: "test"}); err != nil || added {
		t.Errorf("added again: %v, %v", added, err)
	}
}

// testMany: of many tasks, added by several and each of them twice, on which several handles work, each is
// worked once.
func testMany(t *testing.T, b *bench) {
	const tasks, handles = 120, 3
	var mu sync.Mutex
	worked := map[string]int{}
	var adding sync.WaitGroup
	for h := range handles {
		q := b.open()
		adding.Go(func() {
			for i := range tasks {
				if (i+h)%handles == 0 {
					continue // so each is added by two
				}
				if _, err := q.Add(t.Context(), queue.Task{ID: fmt.Sprint("t", i), Kind: "test"}); err != nil {
					t.Error(err)
				}
			}
		})
		b.work(q, 4, func(_ context.Context, try queue.Try) error {
			mu.Lock()
			defer mu.Unlock()
			worked[try.ID]++
			return nil
		})
	}
	adding.Wait()
	b.until(queue.Stats{})
	mu.Lock()
	defer mu.Unlock()
	if len(worked) != tasks {
		t.Errorf("%d of %d tasks were worked", len(worked), tasks)
	}
	for id, n := range worked {
		if n != 1 {
			t.Errorf("%s was worked %d times", id, n)
		}
	}
}

func testCancelBefore(t *testing.T, b *bench) {
	b.add(queue.Task{ID: "a"})
	b.add(queue.Task{ID: "later", At: time.Now().Add(time.Hour)})
	for _, id := range []string{"a", "later", "never was"} {
		if err := b.open().Cancel(t.Context(), id); err != nil {
			t.Errorf("Cancel %s: %v", id, err)
		}
	}
	b.until(queue.Stats{})
	b.add(queue.Task{ID: "a", Payload: []byte("the second")})
	got := make(tries, 10)
	b.work(b.Queue, 1, got.do)
	if try := <-got; string(try.Payload) != "the second" {
		t.Errorf("%+v was worked", try)
	}
}

func testCancelInHand(t *testing.T, b *bench) {
	got, why := make(tries, 10), make(chan error, 10)
	b.work(b.Queue, 2, func(ctx context.Context, try queue.Try) error {
		_ = got.do(ctx, try)
		<-ctx.Done()
		why <- context.Cause(ctx)
		return ctx.Err()
	})
	for i, from := range []Queue{b.Queue, b.open()} { // who cancels
		id := fmt.Sprint("t", i)
		b.add(queue.Task{ID: id})
		<-got
		if err := from.Cancel(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if cause := <-why; !errors.Is(cause, queue.ErrCancelled) {
			t.Errorf("its context ended because of %v", cause)
		}
		b.until(queue.Stats{})
	}
	if len(got) > 0 {
		t.Errorf("tried again: %+v", <-got)
	}
}

// testStop: what ends within the grace is done, what does not is handed over, and was no failure.
func testStop(t *testing.T, b *bench) {
	got, quick := make(tries, 10), make(chan struct{})
	var why error
	stop := b.work(b.Queue, 2, func(ctx context.Context, try queue.Try) error {
		_ = got.do(ctx, try)
		if try.ID == "quick" {
			<-quick
			return ctx.Err()
		}
		<-ctx.Done()
		why = context.Cause(ctx)
		return ctx.Err()
	})
	b.add(queue.Task{ID: "quick"})
	b.add(queue.Task{ID: "slow", Payload: []byte("p")})
	<-got
	<-got
	time.AfterFunc(Grace/4, func() { close(quick) })
	stop()
	if !errors.Is(why, queue.ErrStopped) {
		t.Errorf("the context of the slow one ended because of %v", why)
	}
	b.until(queue.Stats{Waiting: 1})
	b.work(b.open(), 2, got.do)
	if try := <-got; try.ID != "slow" || try.N != 1 || string(try.Payload) != "p" {
		t.Errorf("handed over: %+v", try)
	}
	b.until(queue.Stats{})
}
