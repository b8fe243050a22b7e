package redis

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"newsdesk/cache/redis/redistest"
	"newsdesk/queue"
)

// A replica in these tests notes a post that is scheduled and works the queue, as every replica does; one is a
// process of its own that is killed on the way. It says on standard output how far it is.
const (
	replicaOf    = "NEWSDESK_TEST_REPLICA_OF"
	replicaPosts = "NEWSDESK_TEST_REPLICA_POSTS_TO"
)

// scheduled is the post of one day.
var scheduled = queue.Task{ID: "digest 2026-03-10", Kind: "post", Payload: []byte("the digest")}

func replica(address, posts string) error {
	q, _, err := open(address)
	if err != nil {
		return err
	}
	fmt.Println("open")
	if _, err := q.Add(context.Background(), scheduled); err != nil {
		return err
	}
	fmt.Println("noted")
	return q.Work(context.Background(), 2, func(ctx context.Context, try queue.Try) error {
		fmt.Println("begun")
		err := post(ctx, posts, try)
		fmt.Println("posted")
		return err
	})
}

// post sends a post as Discord takes it: a nonce makes the second of two that are the same the first.
func post(ctx context.Context, url string, try queue.Try) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(try.Payload))
	if err != nil {
		return err
	}
	request.Header.Set("Nonce", try.ID)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

// channel takes posts.
type channel struct {
	mu       sync.Mutex
	requests int
	posts    map[string]string // by nonce
	arrived  func()            // while a post is being taken, once; nil for nothing
}

// ServeHTTP takes a post with an enforced nonce.
func (c *channel) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // cut off: nothing was posted
	}
	c.mu.Lock()
	c.requests++
	if _, there := c.posts[r.Header.Get("Nonce")]; !there {
		c.posts[r.Header.Get("Nonce")] = string(body)
	}
	arrived := c.arrived
	c.arrived = nil
	c.mu.Unlock()
	if arrived != nil {
		arrived()
	}
}

// TestOnePost: two replicas have one post scheduled, and one of them is killed: before it has noted it, while it
// waits, when it has begun, while the post is on its way, when it has just arrived, and when all is over. It is
// posted once, each time.
func TestOnePost(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	trials := 200
	if testing.Short() {
		trials = 24
	}
	var mu sync.Mutex
	again := 0
	var g errgroup.Group
	g.SetLimit(8)
	for n := range trials {
		g.Go(func() error {
			requests, err := trial(t, another(server.URL()), n)
			mu.Lock()
			defer mu.Unlock()
			again += requests - 1
			if err != nil {
				return fmt.Errorf("trial %d: %w", n, err)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d trials, one post in each; %d times it was sent once more by the other replica and taken for the same", trials, again)
}

// moments are those in which the victim is killed: after it said so, or while its post is being taken.
var moments = []string{"", "open", "noted", "begun", "arrives", "posted"}

func trial(t *testing.T, address string, n int) (requests int, err error) {
	moment := moments[n%len(moments)]
	posts := &channel{posts: map[string]string{}}
	gone, arrived := make(chan struct{}), make(chan struct{})
	if moment == "arrives" {
		posts.arrived = func() { close(arrived); <-gone }
	}
	listening := httptest.NewServer(posts)
	defer listening.Close()
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	victim := exec.CommandContext(t.Context(), self)
	victim.Env = append(os.Environ(), replicaOf+"="+address, replicaPosts+"="+listening.URL)
	out, err := victim.StdoutPipe()
	if err != nil {
		return 0, err
	}
	dead := sync.OnceFunc(func() { _ = victim.Process.Kill() })
	if err := victim.Start(); err != nil {
		return 0, err
	}
	go func() {
		defer close(gone)
		if moment == "arrives" {
			<-arrived
		}
		for said := bufio.NewScanner(out); moment != "" && moment != "arrives" && said.Scan() && said.Text() != moment; {
		}
		dead()
		_ = victim.Wait() // killed
	}()
	// The other replica is there from the beginning, or comes when this one is gone.
	if n/len(moments)%2 == 1 {
		<-gone
	}
	q := openFor(t, address)
	ctx, stop := context.WithCancel(t.Context())
	working := make(chan error, 1)
	go func() {
		_, err := q.Add(ctx, scheduled)
		if err == nil {
			err = q.Work(ctx, 2, func(ctx context.Context, try queue.Try) error { return post(ctx, listening.URL, try) })
		}
		if ctx.Err() != nil {
			err = nil // all was over before it began
		}
		working <- err
	}()
	err = untilPosted(ctx, q)
	dead()
	<-gone
	stop()
	if err := errors.Join(err, <-working); err != nil {
		return 0, err
	}
	posts.mu.Lock()
	defer posts.mu.Unlock()
	if len(posts.posts) != 1 || posts.posts[scheduled.ID] != "the digest" {
		return posts.requests, fmt.Errorf("killed when %q: posts %v", moment, posts.posts)
	}
	return posts.requests, nil
}

// untilPosted waits until the post is noted as done and nothing is left of it to do.
func untilPosted(ctx context.Context, q *Queue) error {
	for {
		stats, err := q.Stats(ctx)
		if err != nil {
			return err
		}
		how, err := q.client.HGet(ctx, q.records.of(scheduled.ID), "over").Result()
		switch {
		case err != nil && !errors.Is(err, goredis.Nil):
			return err
		case stats == (queue.Stats{}) && how == done:
			return nil
		case how == givenUp:
			return errors.New("it was given up")
		}
		<-time.After(20 * time.Millisecond)
	}
}
