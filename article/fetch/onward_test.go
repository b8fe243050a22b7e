package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"newsdesk/article/fetch"
)

// Shorteners and aggregators that pass readers on within a page, not by a status.
func TestOnward(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		other := "http://localhost:" + r.Host[strings.LastIndexByte(r.Host, ':')+1:]
		switch r.URL.Path {
		case "/refresh":
			fmt.Fprint(w, `<head><meta http-equiv="Refresh" content="0; URL='/story?a=1'"></head>`)
		case "/script":
			fmt.Fprintf(w, `<head><title>%[1]s/story</title></head><script>window.opener = null; location.replace("%[2]s\/story")</script>`, other, strings.ReplaceAll(other, "/", `\/`))
		case "/twice":
			fmt.Fprint(w, `<meta http-equiv="refresh" content="0;url=/refresh">`)
		case "/itself":
			fmt.Fprint(w, `<meta http-equiv="refresh" content="0;url=/itself">`)
		case "/live":
			fmt.Fprint(w, `<meta http-equiv="refresh" content="300;url=/story"><p>live</p>`)
		case "/long":
			fmt.Fprintf(w, `<p>%s</p><script>if (old) location.href = "%s/story"</script>`, strings.Repeat("The ferry is late. ", 100), other)
		case "/own":
			fmt.Fprintf(w, `<script>location.href = "http://%s/story"</script>`, r.Host)
		case "/inside":
			fmt.Fprint(w, `<meta http-equiv="refresh" content="0;url=http://169.254.169.254/latest/meta-data/">`)
		case "/file":
			fmt.Fprint(w, `<meta http-equiv="refresh" content="0;url=file:///etc/passwd">`)
		default:
			fmt.Fprint(w, "the story")
		}
	})
	c := inside(t)
	for path, want := range map[string]string{
		"/refresh": "/story?a=1", "/script": "/story", "/twice": "/refresh", "/itself": "/itself", "/live": "/live", "/long": "/long", "/own": "/own", "/file": "/file",
	} {
		page, err := c.Get(context.Background(), s.URL+path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if !strings.HasSuffix(page.URL, want) {
			t.Errorf("%s leads to %s, want %s", path, page.URL, want)
		}
	}
	if _, err := c.Get(context.Background(), s.URL+"/inside"); !errors.Is(err, fetch.ErrBlockedAddress) {
		t.Errorf("passed on to an address that is not public: %v", err)
	}
	only := inside(t, func(o *fetch.Options) { o.AllowNetworks = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} })
	s2 := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<meta http-equiv="refresh" content="0;url=http://127.0.0.2/">`)
	})
	if _, err := only.Get(context.Background(), s2.URL); !errors.Is(err, fetch.ErrBlockedAddress) {
		t.Errorf("passed on to another address of this machine: %v", err)
	}
}
