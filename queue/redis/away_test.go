package redis

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"newsdesk/cache"
	"newsdesk/cache/redis/redistest"
	"newsdesk/queue"
)

// TestServerKilled: the server is killed while tasks wait and others are in hand. What ends meanwhile is noted when it
// is back; nothing is lost, and nothing that ended is worked again.
func TestServerKilled(t *testing.T) {
	server := redistest.Start(t) // which writes each command to its disk before it answers
	q := openFor(t, another(server.URL()))
	const tasks = 12
	for i := range tasks {
		if added, err := q.Add(t.Context(), queue.Task{ID: fmt.Sprint(i), Kind: "test"}); err != nil || !added {
			t.Fatal(added, err)
		}
	}
	var mu sync.Mutex
	ended := map[string]int{}
	begun, release := make(chan struct{}, 2*tasks), make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	working := make(chan error, 1)
	go func() {
		working <- q.Work(ctx, 3, func(_ context.Context, try queue.Try) error {
			begun <- struct{}{}
			<-release
			mu.Lock()
			defer mu.Unlock()
			ended[try.ID]++
			return nil
		})
	}()
	for range 3 {
		<-begun
	}
	server.Kill()
	if _, err := q.Add(t.Context(), queue.Task{ID: "meanwhile", Kind: "test"}); !errors.Is(err, cache.ErrAway) {
		t.Errorf("Add while it is away: %v, want ErrAway", err)
	}
	if _, err := q.Stats(t.Context()); !errors.Is(err, cache.ErrAway) {
		t.Errorf("Stats while it is away: %v, want ErrAway", err)
	}
	close(release)
	server.Restart()
	for {
		stats, err := q.Stats(t.Context())
		if err == nil && stats == (queue.Stats{}) {
			break
		}
		<-time.After(20 * time.Millisecond)
	}
	stop()
	if err := <-working; err != nil {
		t.Error(err)
	}
	if len(ended) != tasks {
		t.Errorf("%d of %d tasks ended", len(ended), tasks)
	}
	for id, n := range ended {
		if n != 1 {
			t.Errorf("task %s ended %d times", id, n)
		}
	}
}

// TestServerFull: a server without room refuses a task with an error that says so, and keeps nothing of it.
func TestServerFull(t *testing.T) {
	server := redistest.Start(t, "--maxmemory", "1mb", "--maxmemory-policy", "noeviction", "--appendonly", "no")
	client := server.Client()
	defer client.Close() //nolint:errcheck // a test's
	address := another(server.URL())
	q := openFor(t, address)
	task := queue.Task{ID: "a", Kind: "test", Payload: make([]byte, 1<<16)}
	added, err := q.Add(t.Context(), task)
	if !errors.Is(err, cache.ErrFull) || added {
		t.Fatalf("%v, %v; want ErrFull", added, err)
	}
	if err := client.ConfigSet(t.Context(), "maxmemory", "0").Err(); err != nil {
		t.Fatal(err)
	}
	if added, err := q.Add(t.Context(), task); err != nil || !added {
		t.Errorf("with room again: %v, %v", added, err)
	}
}

// TestEndedWhileAway: of two replicas, one cannot reach the server when its tasks end, for so long that nobody has
// extended them for a lease. The other, begun before the first can note that, leaves them alone for a lease's time.
func TestEndedWhileAway(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	network := redistest.Between(t, server)
	prefix := another("")
	patient := func(url string) *Queue { // no lease runs out in this test but as it says
		q := openFor(t, url+prefix)
		q.o.Lease = time.Hour
		return q
	}
	one, other := patient(network.URL()), patient(server.URL())
	const tasks = 3
	for i := range tasks {
		if added, err := one.Add(t.Context(), queue.Task{ID: fmt.Sprint(i), Kind: "test"}); err != nil || !added {
			t.Fatal(added, err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	working := make(chan error, 2)
	begun, release, elsewhere := make(chan struct{}, tasks), make(chan struct{}), make(chan string, 2*tasks)
	go func() {
		working <- one.Work(ctx, tasks, func(context.Context, queue.Try) error {
			begun <- struct{}{}
			<-release
			return nil
		})
	}()
	for range tasks {
		<-begun
	}
	network.Silence()
	for i := range tasks {
		if err := other.client.HSet(t.Context(), other.records.of(fmt.Sprint(i)), "beat", 1).Err(); err != nil {
			t.Fatal(err)
		}
	}
	close(release)
	go func() {
		working <- other.Work(ctx, tasks, func(_ context.Context, try queue.Try) error {
			elsewhere <- try.ID
			return nil
		})
	}()
	// That replica works, and has looked for what others left.
	for _, id := range []string{"one more", "and one more"} {
		if added, err := other.Add(t.Context(), queue.Task{ID: id, Kind: "test"}); err != nil || !added {
			t.Fatal(added, err)
		}
		if begun := <-elsewhere; begun != id {
			t.Errorf("the other replica has begun %s", begun)
		}
	}
	network.Speak()
	for {
		stats, err := other.Stats(t.Context())
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
	if len(elsewhere) > 0 {
		t.Errorf("the other replica has begun %s", <-elsewhere)
	}
}
