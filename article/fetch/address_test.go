package fetch_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"newsdesk/article/fetch"
)

// A link without a scheme may carry another link; what stands behind the path's beginning says nothing of its scheme.
func TestSchemeless(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) {})
	host := strings.TrimPrefix(s.URL, "http://")
	for raw, want := range map[string]error{
		host + "/a?u=http://x/":        fetch.ErrNoTLS, // asked for by https
		host + "?u=http://x/":          fetch.ErrNoTLS,
		host + "/http://x/":            fetch.ErrNoTLS,
		"HTTP://" + host + "/a":        nil,
		"file:///etc/passwd":           fetch.ErrBadURL,
		"mailto:a@b.example?x=://":     fetch.ErrBadURL,
		"javascript:fetch('http://x')": fetch.ErrBadURL,
		"://" + host:                   fetch.ErrBadURL,
		"//" + host + "/a":             fetch.ErrBadURL,
	} {
		if _, err := inside(t).Get(context.Background(), raw); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", raw, err, want)
		}
	}
}
