package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/article/fetch"
)

// A page that has not changed is not sent again, and one that has is.
func TestConditional(t *testing.T) {
	var sent, unchanged atomic.Int32
	version := "one"
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/page", http.StatusFound)
			return
		}
		w.Header().Set("ETag", `"`+version+`"`)
		if r.Header.Get("If-None-Match") == `"`+version+`"` {
			unchanged.Add(1)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		sent.Add(1)
		_, _ = io.WriteString(w, "<p>"+version+"</p>")
	})
	c := inside(t)
	for i, step := range []struct {
		version         string
		sent, unchanged int32
	}{{"one", 1, 0}, {"one", 1, 1}, {"two", 2, 1}, {"two", 2, 2}} {
		version = step.version
		page, err := c.Get(context.Background(), s.URL+"/old")
		if err != nil {
			t.Fatal(err)
		}
		if string(page.Body) != "<p>"+step.version+"</p>" || page.URL != s.URL+"/page" || sent.Load() != step.sent || unchanged.Load() != step.unchanged {
			t.Errorf("step %d: %q from %s, %d sent, %d unchanged", i, page.Body, page.URL, sent.Load(), unchanged.Load())
		}
	}
}

// A server that says that nothing has changed may name the version anew; the next request names it so.
func TestRenewedValidators(t *testing.T) {
	var etags, dates []string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		etags, dates = append(etags, r.Header.Get("If-None-Match")), append(dates, r.Header.Get("If-Modified-Since"))
		switch len(etags) {
		case 1:
			w.Header().Set("ETag", `"a"`)
			w.Header().Set("Last-Modified", "Fri, 03 May 2024 10:30:00 GMT")
			_, _ = io.WriteString(w, "<p>x</p>")
		case 2:
			w.Header().Set("ETag", `"b"`)
			w.Header().Set("Last-Modified", "Sat, 04 May 2024 10:30:00 GMT")
			w.WriteHeader(http.StatusNotModified)
		default:
			w.WriteHeader(http.StatusNotModified)
		}
	})
	c := inside(t)
	for range 4 {
		if page, err := c.Get(context.Background(), s.URL); err != nil || string(page.Body) != "<p>x</p>" {
			t.Fatalf("%q, %v", page.Body, err)
		}
	}
	if got := strings.Join(etags, ","); got != `,"a","b","b"` {
		t.Errorf("asked for %s", got)
	}
	if dates[2] != "Sat, 04 May 2024 10:30:00 GMT" || dates[3] != dates[2] {
		t.Errorf("asked since %q", dates)
	}
}

func TestLastModified(t *testing.T) {
	const changed = "Fri, 03 May 2024 10:30:00 GMT"
	var asked atomic.Value
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r.Header.Get("If-Modified-Since"))
		w.Header().Set("Last-Modified", changed)
		if r.URL.Path == "/secret" {
			w.Header().Set("Cache-Control", "private, no-store")
		}
		_, _ = io.WriteString(w, "<p>x</p>")
	})
	c := inside(t)
	for _, step := range []struct{ path, want string }{{"/a", ""}, {"/a", changed}, {"/secret", ""}, {"/secret", ""}} {
		if _, err := c.Get(context.Background(), s.URL+step.path); err != nil {
			t.Fatal(err)
		}
		if asked.Load() != step.want {
			t.Errorf("%s: asked since %q, want %q", step.path, asked.Load(), step.want)
		}
	}
}

// Where there was no page, nobody knocks again at once.
func TestFailuresAreRemembered(t *testing.T) {
	var knocks atomic.Int32
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		knocks.Add(1)
		if r.URL.Path == "/gone" {
			w.WriteHeader(http.StatusGone)
			return
		}
		w.WriteHeader(http.StatusInternalServerError)
	})
	c := inside(t)
	for range 3 {
		_, err := c.Get(context.Background(), s.URL+"/gone")
		if !errors.Is(err, fetch.ErrGone) {
			t.Errorf("%v", err)
		}
		_, err = c.Get(context.Background(), s.URL+"/broken")
		var status *fetch.StatusError
		if !errors.Is(err, fetch.ErrHTTP) || !errors.As(err, &status) || status.Code != 500 {
			t.Errorf("%v", err)
		}
	}
	if knocks.Load() != 2 {
		t.Errorf("%d requests, want 2", knocks.Load())
	}
}

// Failures are forgotten after some minutes.
func TestOldFailure(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<p>back</p>") })
	memory := fetch.NewMemory()
	c := inside(t, func(o *fetch.Options) { o.Memory = memory })
	for _, step := range []struct {
		age  time.Duration
		want error
	}{{time.Minute, fetch.ErrTimeout}, {5 * time.Minute, nil}} {
		memory.Save(context.Background(), s.URL+"/", fetch.Record{Failure: "page.too_slow", At: time.Now().Add(-step.age)})
		if _, err := c.Get(context.Background(), s.URL); !errors.Is(err, step.want) {
			t.Errorf("%v ago: %v, want %v", step.age, err, step.want)
		}
	}
}

// Many who ask for one page at once cause one request.
func TestSharedRequest(t *testing.T) {
	var requests atomic.Int32
	first := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if requests.Add(1) == 1 {
			<-first
		}
		_, _ = io.WriteString(w, "<p>x</p>")
	})
	memory := &waiting{Memory: fetch.NewMemory(), loads: make(chan struct{}, 100)}
	c := inside(t, func(o *fetch.Options) { o.Memory = memory })
	const people = 8
	var wg sync.WaitGroup
	for range people {
		wg.Go(func() {
			if page, err := c.Get(context.Background(), s.URL); err != nil || string(page.Body) != "<p>x</p>" {
				t.Errorf("%q, %v", page.Body, err)
			}
		})
	}
	for range people + 1 { // all have asked, and the first has its turn
		<-memory.loads
	}
	close(first)
	wg.Wait()
	if n := requests.Load(); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// waiting tells of every Load.
type waiting struct {
	fetch.Memory
	loads chan struct{}
}

func (w *waiting) Load(ctx context.Context, url string) (fetch.Record, bool) {
	w.loads <- struct{}{}
	return w.Memory.Load(ctx, url)
}

func TestMemoryIsBounded(t *testing.T) {
	m := fetch.NewMemory()
	body := []byte(strings.Repeat("x", 1<<20))
	for i := range 40 {
		r := fetch.Record{}
		r.Page.Body = body
		m.Save(context.Background(), fmt.Sprint(i), r)
	}
	kept := 0
	for i := range 40 {
		if _, ok := m.Load(context.Background(), fmt.Sprint(i)); ok {
			kept++
		}
	}
	if kept == 0 || kept > 16 {
		t.Errorf("%d pages of 1 MB are kept", kept)
	}
	if _, ok := m.Load(context.Background(), "39"); !ok {
		t.Error("the newest is gone")
	}
}

// robots.txt is asked only where that is set, once, and obeyed.
func TestRobots(t *testing.T) {
	var asked atomic.Int32
	robots := "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private/\nAllow: /private/open\nDisallow: /*.cgi$\n"
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked.Add(1)
			_, _ = io.WriteString(w, robots)
			return
		}
		_, _ = io.WriteString(w, "<p>x</p>")
	})
	strict := inside(t, func(o *fetch.Options) { o.Robots = true })
	for path, want := range map[string]error{"/": nil, "/private/a": fetch.ErrRobots, "/private/open/a": nil, "/a.cgi": fetch.ErrRobots, "/a.cgi?b": nil} {
		if _, err := strict.Get(context.Background(), s.URL+path); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
		if _, err := inside(t).Get(context.Background(), s.URL+path); err != nil {
			t.Errorf("%s for a person: %v", path, err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("robots.txt was asked for %d times", asked.Load())
	}
}

func TestRobotsMissingOrBroken(t *testing.T) {
	for status, want := range map[int]error{404: nil, 403: nil, 500: fetch.ErrRobots} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(status)
			}
			_, _ = io.WriteString(w, "<p>x</p>")
		})
		c := inside(t, func(o *fetch.Options) { o.Robots = true })
		if _, err := c.Get(context.Background(), s.URL+"/a"); !errors.Is(err, want) {
			t.Errorf("%d: %v, want %v", status, err, want)
		}
	}
}

// Who asks anew is not told what failed a moment ago, and what comes of it is remembered in its place.
func TestAnew(t *testing.T) {
	var knocks atomic.Int32
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if knocks.Add(1) < 3 {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = io.WriteString(w, "<p>x</p>")
	})
	c := inside(t)
	plain := context.Background()
	for i, step := range []struct {
		ctx    context.Context
		knocks int32
		there  bool
	}{{plain, 1, false}, {plain, 1, false}, {fetch.Anew(plain), 2, false}, {plain, 2, false}, {fetch.Anew(plain), 3, true}, {plain, 4, true}} {
		if _, err := c.Get(step.ctx, s.URL+"/page"); (err == nil) != step.there || knocks.Load() != step.knocks {
			t.Errorf("step %d: %v after %d knocks", i, err, knocks.Load())
		}
	}
}
