package fetch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// local is a client that may read from this machine.
func local(t *testing.T, o Options) *Client {
	o.AllowNetworks = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	o.Pause = time.Nanosecond
	c := New(o)
	t.Cleanup(c.Close)
	return c
}

// await waits until so many ask for one address.
func await(c *Client, askers int) {
	for {
		c.flights.mu.Lock()
		n := 0
		for _, f := range c.flights.byKey {
			n += f.askers
		}
		c.flights.mu.Unlock()
		if n == askers {
			return
		}
		runtime.Gosched()
	}
}

// Many who ask for one page at once cause one request, also where it may not be kept or is too large for it.
func TestSharedUnkept(t *testing.T) {
	large := bytes.Repeat([]byte("x"), memoryPage+1)
	for name, answer := range map[string]func(http.ResponseWriter){
		"no-store": func(w http.ResponseWriter) {
			w.Header().Set("Cache-Control", "no-store")
			_, _ = io.WriteString(w, "<p>x</p>")
		},
		"large":   func(w http.ResponseWriter) { _, _ = w.Write(large) },
		"refused": func(w http.ResponseWriter) { w.WriteHeader(http.StatusNotFound) },
	} {
		t.Run(name, func(t *testing.T) {
			var requests atomic.Int32
			hold := make(chan struct{})
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				requests.Add(1)
				<-hold
				answer(w)
			}))
			t.Cleanup(s.Close)
			c := local(t, Options{})
			var wg sync.WaitGroup
			for range 6 {
				wg.Go(func() {
					page, err := c.Get(context.Background(), s.URL)
					if name == "refused" {
						if !errors.Is(err, ErrNotFound) {
							t.Error(err)
						}
					} else if err != nil || len(page.Body) == 0 {
						t.Errorf("%d bytes, %v", len(page.Body), err)
					}
				})
			}
			await(c, 6)
			close(hold)
			wg.Wait()
			if n := requests.Load(); n != 1 {
				t.Errorf("%d requests, want 1", n)
			}
			await(c, 0)
		})
	}
}

// Who asked first may go without taking the page from the others; when all have gone, the request ends.
func TestSharedLeaving(t *testing.T) {
	hold, ended := make(chan struct{}), make(chan struct{})
	arrived := make(chan struct{}, 2)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		if r.URL.Path == "/left" {
			<-r.Context().Done()
			close(ended)
			return
		}
		<-hold
		_, _ = io.WriteString(w, "<p>x</p>")
	}))
	t.Cleanup(s.Close)
	c := local(t, Options{})
	ask := func(ctx context.Context, path string) <-chan error {
		result := make(chan error, 1)
		go func() {
			_, err := c.Get(ctx, s.URL+path)
			result <- err
		}()
		return result
	}
	impatient, leave := context.WithCancel(context.Background())
	first := ask(impatient, "/")
	<-arrived
	second := ask(context.Background(), "/")
	await(c, 2)
	leave()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("who left: %v", err)
	}
	close(hold)
	if err := <-second; err != nil {
		t.Errorf("who stayed: %v", err)
	}

	impatient, leave = context.WithCancel(context.Background())
	alone := ask(impatient, "/left")
	<-arrived
	leave()
	if err := <-alone; !errors.Is(err, context.Canceled) {
		t.Errorf("who left alone: %v", err)
	}
	<-ended
}
