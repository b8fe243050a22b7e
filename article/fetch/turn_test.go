package fetch

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Between two requests to a host there is a pause, and none between two hosts.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hosts := turns{pause: time.Second}
		begin := time.Now()
		for i, host := range []string{"a", "a", "b", "a"} {
			done, err := hosts.take(context.Background(), host)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := time.Since(begin), []time.Duration{0, time.Second, time.Second, 2 * time.Second}[i]; got != want {
				t.Errorf("request %d after %v, want %v", i, got, want)
			}
			done()
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		if _, err := hosts.take(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a pause that is longer than somebody waits: %v", err)
		}
		time.Sleep(time.Second)
		if done, err := hosts.take(context.Background(), "a"); err != nil {
			t.Error("the turn was not given back", err)
		} else {
			done()
		}
	})
}

// Hosts that nobody waits for are forgotten.
func TestTurnsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hosts := turns{pause: time.Millisecond}
		for i := range 2000 {
			done, err := hosts.take(context.Background(), strings.Repeat("x", i))
			if err != nil {
				t.Fatal(err)
			}
			done()
			time.Sleep(time.Second)
		}
		if len(hosts.hosts) > manyHosts {
			t.Errorf("%d hosts are kept", len(hosts.hosts))
		}
	})
}

func FuzzAllowed(f *testing.F) {
	f.Add([]byte("User-agent: newsdesk\nDisallow: /a*b*c$\nAllow: /"), "/abc")
	f.Add([]byte("user-agent: *\nuser-agent: newsdesk/1\ndisallow: /\n"), "/")
	f.Fuzz(func(_ *testing.T, robots []byte, path string) { allowed(robots, path) })
}

func TestAllowed(t *testing.T) {
	for _, tt := range []struct {
		robots, path string
		want         bool
	}{
		{"", "/", true},
		{"User-agent: *\nDisallow: /", "/a", false},
		{"User-agent: *\nDisallow:", "/a", true},
		{"User-agent: *\nDisallow: /\n\nUser-agent: Newsdesk\nDisallow: /b", "/a", true},
		{"User-agent: Newsdesk/2\nUser-agent: x\nDisallow: /b # not this", "/b", false},
		{"User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
		{"User-agent: *\nDisallow: /*/print$", "/a/print", false},
		{"User-agent: *\nDisallow: /*/print$", "/a/print/b", true},
		{"User-agent: *\nDisallow: /a$", "/ab", true},
		{"Disallow: /", "/a", true}, // of no group
	} {
		if got := allowed([]byte(tt.robots), tt.path); got != tt.want {
			t.Errorf("%q, %s: %v", tt.robots, tt.path, got)
		}
	}
}
