package fetch_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/article/fetch"
)

// A host that others redirect to sees one request at a time as well, however many of them do.
func TestRedirectsTakeTurns(t *testing.T) {
	const people = 5
	var now, most atomic.Int32
	goOn := make(chan struct{})
	story := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		<-goOn
		now.Add(-1)
		_, _ = w.Write([]byte("story"))
	})
	var asked sync.WaitGroup
	asked.Add(people)
	c := inside(t)
	var wg sync.WaitGroup
	for i := range people {
		shortener := serve(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, story.URL+strings.Repeat("/a", i+1), http.StatusFound)
			asked.Done()
		})
		wg.Go(func() {
			if _, err := c.Get(context.Background(), shortener.URL); err != nil {
				t.Error(err)
			}
		})
	}
	asked.Wait()
	close(goOn)
	wg.Wait()
	if n := most.Load(); n != 1 {
		t.Errorf("%d requests at once", n)
	}
}

// Two hosts that redirect to each other keep nobody waiting for ever.
func TestRedirectsToAndFro(t *testing.T) {
	var a, b *httptest.Server
	a = serve(t, func(w http.ResponseWriter, r *http.Request) { forth(w, r, b.URL) })
	b = serve(t, func(w http.ResponseWriter, r *http.Request) { forth(w, r, a.URL) })
	c := inside(t)
	var wg sync.WaitGroup
	for i := range 6 {
		from := []string{a.URL, b.URL}[i%2] + strings.Repeat("/x", i)
		wg.Go(func() {
			if page, err := c.Get(context.Background(), from); err != nil || string(page.Body) != "there" {
				t.Errorf("%q, %v", page.Body, err)
			}
		})
	}
	wg.Wait()
}

// forth redirects to a path on another server until it has been between them three times.
func forth(w http.ResponseWriter, r *http.Request, other string) {
	if strings.Count(r.URL.RawQuery, "z") == 3 {
		_, _ = w.Write([]byte("there"))
		return
	}
	http.Redirect(w, r, other+r.URL.Path+"?"+r.URL.RawQuery+"z", http.StatusFound)
}

// The pause between two requests to a host is kept where the second is a redirect's.
func TestRedirectPauses(t *testing.T) {
	const pause = 30 * time.Millisecond
	var first time.Time
	var between time.Duration
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/story", http.StatusFound)
			first = time.Now()
			return
		}
		between = time.Since(first)
	})
	c := inside(t, func(o *fetch.Options) { o.Pause = pause })
	if _, err := c.Get(context.Background(), s.URL); err != nil {
		t.Fatal(err)
	}
	if between < pause {
		t.Errorf("%v between two requests, want %v at least", between, pause)
	}
}

// In strict mode the host that a link leads to is asked as the one that it names.
func TestRobotsBehindRedirects(t *testing.T) {
	var reached atomic.Bool
	story := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			_, _ = w.Write([]byte("User-agent: *\nDisallow: /private/\n"))
		case "/private/a":
			reached.Store(true)
		default:
			_, _ = w.Write([]byte("open"))
		}
	})
	shortener := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, story.URL+r.URL.Path, http.StatusFound)
	})
	strict := inside(t, func(o *fetch.Options) { o.Robots = true })
	if _, err := strict.Get(context.Background(), shortener.URL+"/private/a"); !errors.Is(err, fetch.ErrRobots) || reached.Load() {
		t.Errorf("%v, want ErrRobots; read all the same: %v", err, reached.Load())
	}
	if page, err := strict.Get(context.Background(), shortener.URL+"/a"); err != nil || string(page.Body) != "open" {
		t.Errorf("%q, %v", page.Body, err)
	}
}

// A robots.txt that never ends does not keep anybody for longer than it may.
func TestRobotsDeadline(t *testing.T) {
	released := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			t.Error("read without an answer from robots.txt")
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-released:
		}
	})
	t.Cleanup(func() { close(released) })
	c := inside(t, func(o *fetch.Options) { o.Robots, o.Timeout = true, 50*time.Millisecond })
	if _, err := c.Get(context.Background(), s.URL+"/a"); !errors.Is(err, fetch.ErrTimeout) {
		t.Errorf("%v, want ErrTimeout", err)
	}
}

// A redirect that leads nowhere is an answer like any other status.
func TestRedirectWithoutTarget(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) })
	var status *fetch.StatusError
	if _, err := inside(t).Get(context.Background(), s.URL); !errors.As(err, &status) || status.Code != http.StatusFound {
		t.Errorf("%v, want status 302", err)
	}
}
