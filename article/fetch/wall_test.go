package fetch_test

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"testing"

	"newsdesk/article/fetch"
)

// AWS WAF sends its challenge with 202 and its captcha with 405; without its header these are statuses like any other.
func TestWAF(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if action := r.URL.Query().Get("action"); action != "" {
			w.Header().Set("X-Amzn-Waf-Action", action)
		}
		status, err := strconv.Atoi(r.URL.Path[1:])
		if err != nil {
			t.Error(err)
		}
		w.WriteHeader(status)
	})
	c := inside(t)
	for path, wall := range map[string]bool{"/202?action=challenge": true, "/405?action=captcha": true, "/403?action=other": true, "/202": false, "/405": false} {
		_, err := c.Get(context.Background(), s.URL+path)
		if errors.Is(err, fetch.ErrBotWall) != wall || !wall && !errors.Is(err, fetch.ErrHTTP) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
