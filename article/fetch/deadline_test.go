package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"
)

// Whose own time ran out while the host was busy says nothing of a page that was never asked for.
func TestAskersDeadline(t *testing.T) {
	var requests atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		_, _ = io.WriteString(w, "<p>x</p>")
	}))
	t.Cleanup(s.Close)
	c := local(t, Options{})
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	done, err := c.turns.take(context.Background(), u.Host) // another request to the host
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if _, err := c.Get(ctx, s.URL); !errors.Is(err, ErrTimeout) {
		t.Errorf("behind another request: %v", err)
	}
	done()
	if _, err := c.Get(context.Background(), s.URL); err != nil || requests.Load() != 1 {
		t.Errorf("afterwards: %v, %d requests", err, requests.Load())
	}
}

// What a page leads on to has the time that is left without what was waited for a turn: a client reads
// both, although the host rests for longer than it may take.
func TestWaitingIsNotCounted(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			_, _ = io.WriteString(w, `<html><head><meta http-equiv="refresh" content="0;url=/on"></head></html>`)
			return
		}
		_, _ = io.WriteString(w, "<p>x</p>")
	}))
	t.Cleanup(s.Close)
	const timeout = 2 * time.Second
	c := local(t, Options{Timeout: timeout})
	c.turns.pause = timeout + time.Millisecond // between the two
	page, err := c.Get(context.Background(), s.URL)
	if err != nil || page.URL != s.URL+"/on" {
		t.Errorf("%s, %v", page.URL, err)
	}
}
