package redis

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/cache/redis"
	"newsdesk/cache/redis/redistest"
	"newsdesk/queue"
	"newsdesk/queue/queuetest"
)

func TestMain(m *testing.M) {
	if address := os.Getenv(replicaOf); address != "" {
		fmt.Fprintln(os.Stderr, replica(address, os.Getenv(replicaPosts)))
		os.Exit(1)
	}
	queuetest.Main(m, queuetest.Driver{Open: func(address string) (queuetest.Queue, func(), error) { return open(address) }})
}

func TestQueue(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	run(t, server.URL(), server)
}

func TestQueueOnCluster(t *testing.T) {
	cluster := redistest.StartCluster(t)
	run(t, cluster.URL(), cluster.Servers...)
}

// run runs the suite on queues that share a Redis.
func run(t *testing.T, url string, servers ...*redistest.Server) {
	queuetest.Run(t, queuetest.Driver{
		New:  func(*testing.T) string { return another(url) },
		Open: func(address string) (queuetest.Queue, func(), error) { return open(address) },
		Raw:  func(t *testing.T, _ string) []byte { return redistest.Dump(t, "", servers...) },
	})
}

var queues atomic.Int64

// another is the address of a queue of its own: that of a Redis, and the prefix of a store in it.
func another(url string) string { return fmt.Sprintf("%s#test%d:", url, queues.Add(1)) }

func open(address string) (*Queue, func(), error) {
	url, prefix, _ := strings.Cut(address, "#")
	store, err := redis.Open(context.Background(), redis.Options{URL: url, Prefix: prefix})
	if err != nil {
		return nil, nil, err
	}
	q := New(store, queue.Options{Lease: 2 * time.Second, Grace: queuetest.Grace, Pause: func(int) time.Duration { return time.Millisecond }})
	return q, func() { _ = store.Close() }, nil
}

func openFor(t *testing.T, address string) *Queue {
	t.Helper()
	q, shut, err := open(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(shut)
	return q
}

// TestLostLease: asynq's lease of a task is gone from the server, as eviction and fail-overs leave it. As long as its
// worker lives it stays with it; when that has died, another takes it.
func TestLostLease(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	address := another(server.URL())
	q := openFor(t, address)
	if added, err := q.Add(t.Context(), queue.Task{ID: "a", Kind: "test"}); err != nil || !added {
		t.Fatal(added, err)
	}
	// A worker that takes the task and is heard of no more: its lease is lost, and what it begins never ends.
	ctx, stop := context.WithCancel(t.Context())
	taken, release := make(chan queue.Try, 2), make(chan struct{})
	working := make(chan error, 2)
	work := func(q *Queue, do queue.Worker) { working <- q.Work(ctx, 1, do) }
	go work(q, func(_ context.Context, try queue.Try) error {
		taken <- try
		<-release
		return nil
	})
	<-taken
	lose := func() {
		t.Helper()
		if n, err := q.client.Del(t.Context(), q.key("lease")).Result(); err != nil || n != 1 {
			t.Fatalf("asynq's leases are no longer kept there: %d, %v", n, err)
		}
	}
	lose()
	other := openFor(t, address)
	for _, replica := range []*Queue{q, q, other} { // it lives: it is not brought back
		if err := replica.adopt(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if stats, err := q.Stats(t.Context()); err != nil || stats != (queue.Stats{InHand: 1}) {
		t.Fatalf("%+v, %v", stats, err)
	}
	// Dead, for all that the record tells.
	if err := q.client.HSet(t.Context(), q.records.of("a"), "holder", "the dead", "beat", 1).Err(); err != nil {
		t.Fatal(err)
	}
	if err := q.adopt(t.Context()); err != nil { // it knows better
		t.Fatal(err)
	}
	if stats, err := q.Stats(t.Context()); err != nil || stats != (queue.Stats{InHand: 1}) {
		t.Fatalf("%+v, %v", stats, err)
	}
	if err := other.adopt(t.Context()); err != nil {
		t.Fatal(err)
	}
	go work(other, func(_ context.Context, try queue.Try) error { taken <- try; return nil })
	if try := <-taken; try.N != 2 {
		t.Errorf("got %+v", try)
	}
	close(release)
	for {
		stats, err := q.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if stats == (queue.Stats{}) {
			break
		}
		<-time.After(10 * time.Millisecond)
	}
	stop()
	for range 2 {
		if err := <-working; err != nil {
			t.Error(err)
		}
	}
}
