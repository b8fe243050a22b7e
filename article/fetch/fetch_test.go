package fetch_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"newsdesk/article/fetch"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// inside is a client that may read from this machine.
func inside(t *testing.T, change ...func(*fetch.Options)) *fetch.Client {
	t.Helper()
	o := fetch.Options{AllowNetworks: loopback, Pause: time.Nanosecond}
	for _, f := range change {
		f(&o)
	}
	c := fetch.New(o)
	t.Cleanup(c.Close)
	return c
}

func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func TestGet(t *testing.T) {
	var agent, referer string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/new?a=1#part", http.StatusMovedPermanently)
		default:
			agent, referer = r.UserAgent(), r.Referer()
			w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
			_, _ = io.WriteString(w, "<p>caf\xe9</p>")
		}
	})
	c := inside(t, func(o *fetch.Options) { o.Contact = "https://desk.example/about (us)\r\nX: y" })
	page, err := c.Get(context.Background(), s.URL+"/old#top")
	if err != nil {
		t.Fatal(err)
	}
	if want := s.URL + "/new?a=1"; page.URL != want {
		t.Errorf("URL %q, want the one after redirects, %q", page.URL, want)
	}
	if string(page.Body) != "<p>caf\xe9</p>" || page.ContentType != "text/html; charset=iso-8859-1" || page.FetchedAt.IsZero() {
		t.Errorf("page %+v", page)
	}
	if !strings.Contains(agent, "Newsdesk") || !strings.Contains(agent, "https://desk.example/about us") || strings.ContainsAny(agent, "\r\n") {
		t.Errorf("user agent %q", agent)
	}
	if referer != "" {
		t.Errorf("told the server who linked: %q", referer)
	}
}

// Every spelling of this machine's address is refused, asked for or redirected to. The server listens at all of its
// addresses, of which only 127.0.0.2 may be read, so whatever slips through arrives.
func TestGuardedSpellings(t *testing.T) {
	reached := make(chan string, 200)
	listener, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
			return
		}
		if host, _, _ := net.SplitHostPort(r.Context().Value(http.LocalAddrContextKey).(net.Addr).String()); host != "127.0.0.2" {
			reached <- r.Host
		}
	}))
	s.Listener.Close()
	s.Listener = listener
	s.Start()
	t.Cleanup(s.Close)
	outside := fetch.New(fetch.Options{Ports: []uint16{uint16(port)}})
	t.Cleanup(outside.Close)
	door := fmt.Sprintf("http://127.0.0.2:%d/", port)
	inDoor := inside(t, func(o *fetch.Options) {
		o.AllowNetworks = []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}
		o.Ports = []uint16{uint16(port)}
	})
	if _, err := inDoor.Get(context.Background(), door); err != nil {
		t.Fatal("the server cannot be read at all:", err)
	}

	for _, host := range []string{
		"127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
		"[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[64:ff9b::169.254.169.254]", "[2002:7f00:1::]", "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]", "[ff02::1]",
		"2130706433", "0x7f000001", "0x7F000001", "0x7f.1", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1", "0", "1.2.3.4.5", "127.0.0.0x1", "00000000177.1", "4294967297",
		"１２７.０.０.１", "127。0。0。1", "①②⑦.0.0.1", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "ｌｏｃａｌｈｏｓｔ", "loc\u00adalhost", "LOCALHO\u017fT", "%31%32%37.0.0.1", "xn--localhost-",
		"user@127.0.0.1", "user:secret@127.0.0.1", "127.0.0.2@127.0.0.1", "127.0.0.2%40127.0.0.1", "127.0.0.1#@127.0.0.2", "127.0.0.1\\@127.0.0.2",
		"169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1",
	} {
		target := fmt.Sprintf("http://%s:%d/secret", host, port)
		for name, get := range map[string]func() error{
			"asked for": func() error { _, err := outside.Get(context.Background(), target); return err },
			"redirected to": func() error {
				_, err := inDoor.Get(context.Background(), door+"?to="+url.QueryEscape(target))
				return err
			},
			"redirected to by any scheme": func() error {
				_, err := inDoor.Get(context.Background(), door+"?to="+url.QueryEscape(target[len("http:"):]))
				return err
			},
		} {
			err := get()
			if !errors.Is(err, fetch.ErrBlockedAddress) && !errors.Is(err, fetch.ErrBadURL) {
				t.Errorf("%s, %s: %v", host, name, err)
			}
		}
	}
	select {
	case host := <-reached:
		t.Errorf("reached the server as %q", host)
	default:
	}
}

func TestRefusedAddresses(t *testing.T) {
	c := inside(t)
	for _, raw := range []string{
		"", "  ", "file:///etc/passwd", "ftp://example.org/", "gopher://example.org", "javascript:alert(1)", "data:text/html,x", "mailto:a@example.org",
		"http://user@example.org/", "http://user:pass@127.0.0.1/", "http://", "https:///path", "http://exa mple.org/", "http://a_b..c/", "http://[::1/",
		"http://%31%32%37.0.0.1%00/", "http://example.org:port/", "https://" + strings.Repeat("a", 5000) + ".org/",
	} {
		if _, err := c.Get(context.Background(), raw); !errors.Is(err, fetch.ErrBadURL) {
			t.Errorf("%.40q: %v, want ErrBadURL", raw, err)
		}
	}
}

// Ports besides 80 and 443 are refused for public addresses before anything is sent.
func TestGuardedPort(t *testing.T) {
	c := inside(t)
	_, err := c.Get(context.Background(), "http://93.184.216.34:8080/")
	if !errors.Is(err, fetch.ErrBlockedAddress) {
		t.Errorf("%v, want ErrBlockedAddress", err)
	}
}

// A proxy named in the environment would see past the guard.
func TestProxyVariablesIgnored(t *testing.T) {
	proxy := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("went through the proxy") })
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("http_proxy", proxy.URL)
	c := inside(t)
	if _, err := c.Get(context.Background(), "http://10.0.0.1/"); !errors.Is(err, fetch.ErrBlockedAddress) {
		t.Errorf("%v, want ErrBlockedAddress", err)
	}
}

func compressed(t *testing.T, encoding string, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch encoding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw deflate":
		w, _ = flate.NewWriter(&b, flate.BestCompression)
	}
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEncodings(t *testing.T) {
	want := []byte("<p>" + strings.Repeat("The bridge fell. ", 50) + "</p>")
	bomb := make([]byte, 10<<20)
	for _, encoding := range []string{"gzip", "br", "zstd", "deflate", "raw deflate"} {
		t.Run(encoding, func(t *testing.T) {
			good, huge := compressed(t, encoding, want), compressed(t, encoding, bomb)
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", strings.TrimPrefix(encoding, "raw "))
				switch r.URL.Path {
				case "/good":
					_, _ = w.Write(good)
				case "/bomb":
					_, _ = w.Write(huge)
				case "/garbled":
					_, _ = w.Write([]byte("\xff\xfe this is nothing of the kind"))
				}
			})
			c := inside(t)
			page, err := c.Get(context.Background(), s.URL+"/good")
			if err != nil || !bytes.Equal(page.Body, want) {
				t.Errorf("good: %d bytes, %v", len(page.Body), err)
			}
			if _, err := c.Get(context.Background(), s.URL+"/bomb"); !errors.Is(err, fetch.ErrTooLarge) {
				t.Errorf("bomb: %v, want ErrTooLarge", err)
			}
			if _, err := c.Get(context.Background(), s.URL+"/garbled"); !errors.Is(err, fetch.ErrEncoding) && !errors.Is(err, fetch.ErrConnect) {
				t.Errorf("garbled: %v", err)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	released := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/circle":
			http.Redirect(w, r, "/circle", http.StatusFound)
		case "/missing":
			w.WriteHeader(http.StatusNotFound)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/broken":
			w.WriteHeader(http.StatusInternalServerError)
		case "/forbidden":
			w.WriteHeader(http.StatusForbidden)
		case "/wall":
			w.Header().Set("Cf-Mitigated", "challenge")
			w.WriteHeader(http.StatusForbidden)
		case "/wall-in-body":
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, `<script src="/cdn-cgi/challenge-platform/x"></script>`)
		case "/status/401", "/status/403", "/status/429", "/status/451", "/status/503", "/status/418":
			code, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/status/"))
			w.WriteHeader(code)
		case "/checking":
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, "<html><title>One moment</title><h1>Checking your browser before you go on to coast.example</h1><p>This takes up to five seconds.</p>")
		case "/declared":
			w.Header().Set("Content-Length", "99999999")
		case "/large":
			_, _ = io.Copy(w, io.LimitReader(zeros{}, 9<<20))
		case "/header":
			w.Header().Set("X-Long", strings.Repeat("a", 1<<20))
		case "/cut":
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "half")
		case "/cut/silent":
			panic(http.ErrAbortHandler)
		case "/cut/chunked", "/cut/gzip":
			half := []byte("half")
			if r.URL.Path == "/cut/gzip" {
				w.Header().Set("Content-Encoding", "gzip")
				half = compressed(t, "gzip", []byte(strings.Repeat("The bridge fell. ", 50)))[:30]
			}
			_, _ = w.Write(half)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		case "/unknown-encoding":
			w.Header().Set("Content-Encoding", "rot13")
		case "/trickle":
			w.WriteHeader(http.StatusOK)
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
			case <-released:
			}
		}
	})
	t.Cleanup(func() { close(released) })
	c := inside(t)
	quick := inside(t, func(o *fetch.Options) { o.Timeout = 50 * time.Millisecond })
	for _, tt := range []struct {
		path   string
		client *fetch.Client
		want   error
	}{
		{"/circle", c, fetch.ErrRedirects},
		{"/missing", c, fetch.ErrNotFound},
		{"/gone", c, fetch.ErrGone},
		{"/broken", c, fetch.ErrHTTP},
		{"/forbidden", c, fetch.ErrHTTP},
		{"/status/401", c, fetch.ErrSignIn},
		{"/status/403", c, fetch.ErrForbidden},
		{"/status/429", c, fetch.ErrTooOften},
		{"/status/451", c, fetch.ErrLegal},
		{"/status/503", c, fetch.ErrDown},
		{"/status/418", c, fetch.ErrHTTP},
		{"/checking", c, fetch.ErrBotWall},
		{"/wall", c, fetch.ErrBotWall},
		{"/wall-in-body", c, fetch.ErrBotWall},
		{"/declared", c, fetch.ErrTooLarge},
		{"/large", c, fetch.ErrTooLarge},
		{"/header", c, fetch.ErrHeaders},
		{"/cut", c, fetch.ErrCut},
		{"/cut/silent", c, fetch.ErrCut},
		{"/cut/chunked", c, fetch.ErrCut},
		{"/cut/gzip", c, fetch.ErrCut},
		{"/unknown-encoding", c, fetch.ErrEncoding},
		{"/trickle", quick, fetch.ErrTimeout},
	} {
		t.Run(tt.path, func(t *testing.T) {
			_, err := tt.client.Get(context.Background(), s.URL+tt.path)
			if !errors.Is(err, tt.want) {
				t.Fatalf("%v, want %v", err, tt.want)
			}
			if !strings.Contains(err.Error(), tt.path) || strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("the error does not name the page in one line: %q", err)
			}
		})
	}
	var status *fetch.StatusError
	if _, err := c.Get(context.Background(), s.URL+"/broken"); !errors.As(err, &status) || status.Code != 500 {
		t.Errorf("no status in %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Get(ctx, s.URL); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// Of a video only the beginning is read, whatever its length.
func TestMedia(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "video/mp4")
		w.Header().Set("Content-Length", strconv.Itoa(9<<20))
		_, _ = io.Copy(w, io.LimitReader(zeros{}, 9<<20))
	})
	page, err := inside(t).Get(context.Background(), s.URL)
	if err != nil || len(page.Body) == 0 || len(page.Body) > 1<<20 {
		t.Errorf("%d bytes, %v", len(page.Body), err)
	}
}

// However many ask at once, a host sees one request at a time, and who gives up waiting does not hold
// up the others.
func TestOneRequestAHost(t *testing.T) {
	var now, most atomic.Int32
	arrived, goOn := make(chan struct{}, 20), make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		arrived <- struct{}{}
		<-goOn
		now.Add(-1)
		_, _ = io.WriteString(w, "page")
	})
	c := inside(t)
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if _, err := c.Get(context.Background(), s.URL); err != nil {
				t.Error(err)
			}
		})
	}
	<-arrived
	impatient, cancel := context.WithCancel(context.Background())
	gaveUp := make(chan error)
	go func() { _, err := c.Get(impatient, s.URL); gaveUp <- err }()
	cancel()
	if err := <-gaveUp; !errors.Is(err, context.Canceled) {
		t.Errorf("gave up: %v", err)
	}
	close(goOn)
	wg.Wait()
	if m := most.Load(); m != 1 {
		t.Errorf("%d requests at once", m)
	}
}

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"https://me:secret@coast.example/a":    "https://coast.example/a",
		"https://me@coast.example":             "https://coast.example",
		"https://me:se/cret@coast.example/a":   "https://coast.example/a",
		"https://me:se cret@coast.example/a":   "https://coast.example/a",
		"https://a@b:c@coast.example/a":        "https://coast.example/a",
		"https://coast.example/@ada/a":         "https://coast.example/@ada/a",
		"https://coast.example/a?to=b@c.org":   "https://coast.example/a?to=b@c.org",
		"notes@home.txt":                       "notes@home.txt",
		"https://me:secret@coast.example/@ada": "https://coast.example/@ada",
	} {
		if got := fetch.Redact(in); got != want {
			t.Errorf("Redact(%q) = %q, want %q", in, got, want)
		}
	}
}
