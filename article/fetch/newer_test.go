package fetch_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"newsdesk/article/fetch"
)

// A feed that has not changed is not sent again, also behind a redirect, and for another client that knows the version.
func TestNewer(t *testing.T) {
	text, etag, modified := "one", `"1"`, "Tue, 03 Mar 2026 10:00:00 GMT"
	sent := 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
			return
		case "/old":
			http.Redirect(w, r, "/feed", http.StatusMovedPermanently)
			return
		}
		w.Header().Set("ETag", etag)
		w.Header().Set("Last-Modified", modified)
		if r.Header.Get("If-None-Match") == etag && r.Header.Get("If-Modified-Since") == modified {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		sent++
		_, _ = io.WriteString(w, text)
	})
	ctx := context.Background()
	page, version, err := inside(t).Newer(ctx, s.URL+"/old", fetch.Version{})
	if err != nil || string(page.Body) != "one" || version != (fetch.Version{URL: s.URL + "/feed", ETag: etag, LastModified: modified}) {
		t.Fatalf("%q %+v %v", page.Body, version, err)
	}
	if _, same, err := inside(t).Newer(ctx, s.URL+"/old", version); !errors.Is(err, fetch.ErrUnchanged) || same != version {
		t.Errorf("%+v, %v", same, err)
	}
	text, etag = "two", `"2"`
	if page, version, err = inside(t).Newer(ctx, s.URL+"/old", version); err != nil || string(page.Body) != "two" || version.ETag != etag || sent != 2 {
		t.Errorf("%q %+v %v, sent %d times", page.Body, version, err, sent)
	}
	etag = `"` + strings.Repeat("x", 10_000) + `"`
	if _, version, err = inside(t).Newer(ctx, s.URL+"/feed", version); err != nil || version.ETag != "" {
		t.Errorf("%.60v, %v", version, err)
	}
}

// What nobody asked for is read only where robots.txt allows it, whatever the options say.
func TestUnasked(t *testing.T) {
	read := 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /private\n")
			return
		}
		read++
		_, _ = io.WriteString(w, "text")
	})
	c, ctx := inside(t), context.Background()
	if _, err := c.Get(fetch.Unasked(ctx), s.URL+"/private"); !errors.Is(err, fetch.ErrRobots) {
		t.Errorf("a page that nobody asked for: %v", err)
	}
	if _, _, err := c.Newer(ctx, s.URL+"/private", fetch.Version{}); !errors.Is(err, fetch.ErrRobots) || read != 0 {
		t.Errorf("a feed: %v", err)
	}
	for _, path := range []string{"/open", "/private"} {
		if _, err := c.Get(ctx, s.URL+path); err != nil {
			t.Errorf("%s, which a person asked for: %v", path, err)
		}
	}
}
