package fetch_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"newsdesk/article/fetch"
)

// What servers say of their encoding: a list, nothing that is one, and an encoding of nothing.
func TestEncodingLists(t *testing.T) {
	want := []byte("<p>The bridge fell.</p>")
	for _, tt := range []struct {
		name    string
		headers []string
		body    []byte
		want    string
	}{
		{"a list", []string{"gzip, br"}, compressed(t, "br", compressed(t, "gzip", want)), string(want)},
		{"two headers", []string{"gzip", "br"}, compressed(t, "br", compressed(t, "gzip", want)), string(want)},
		{"with identity", []string{"identity, gzip"}, compressed(t, "gzip", want), string(want)},
		{"a character encoding", []string{"UTF-8"}, want, string(want)},
		{"nothing", []string{"gzip"}, nil, ""},
	} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Encoding"] = tt.headers
			w.WriteHeader(http.StatusNonAuthoritativeInfo)
			_, _ = w.Write(tt.body)
		})
		page, err := inside(t).Get(context.Background(), s.URL)
		if err != nil || string(page.Body) != tt.want {
			t.Errorf("%s: %q, %v", tt.name, page.Body, err)
		}
	}
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip, gzip, gzip, gzip, gzip")
		_, _ = w.Write(want)
	})
	if _, err := inside(t).Get(context.Background(), s.URL); !errors.Is(err, fetch.ErrEncoding) {
		t.Errorf("too many: %v", err)
	}
}

// A server that stalls before the first or amid the first bytes of an encoding is slow, not garbled.
func TestStalledEncoding(t *testing.T) {
	for _, encoding := range []string{"gzip", "br", "zstd", "deflate"} {
		for _, sent := range []int{0, 1} {
			head := string(compressed(t, encoding, []byte("<p>The bridge fell.</p>"))[:sent])
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", encoding)
				w.WriteHeader(http.StatusOK)
				_, _ = io.WriteString(w, head)
				_ = http.NewResponseController(w).Flush()
				<-r.Context().Done()
			})
			c := inside(t, func(o *fetch.Options) { o.Timeout = 100 * time.Millisecond })
			if _, err := c.Get(context.Background(), s.URL); !errors.Is(err, fetch.ErrTimeout) {
				t.Errorf("%s, %d bytes: %v", encoding, sent, err)
			}
		}
	}
}
