package fetch_test

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"

	"newsdesk/article/fetch"
)

// asked gathers the addresses that a proxy was asked for.
type asked struct {
	mu        sync.Mutex
	addresses []string
}

func (a *asked) add(address string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.addresses = append(a.addresses, address)
}

func (a *asked) all() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return strings.Join(a.addresses, " ")
}

// splice connects two ends until one of them is closed.
func splice(a, b net.Conn) {
	var wg sync.WaitGroup
	for _, pair := range [][2]net.Conn{{a, b}, {b, a}} {
		wg.Go(func() {
			_, _ = io.Copy(pair[0], pair[1])
			_ = pair[0].Close()
		})
	}
	wg.Wait()
}

// connectProxy is an HTTP proxy that knows CONNECT and the user "reader:secret".
func connectProxy(t *testing.T, a *asked) *url.URL {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Header.Get("Proxy-Authorization") != "Basic cmVhZGVyOnNlY3JldA==" {
			http.Error(w, "no", http.StatusProxyAuthRequired)
			return
		}
		a.add(r.Host)
		out, err := net.Dial("tcp", r.Host)
		if err != nil {
			http.Error(w, "no", http.StatusBadGateway)
			return
		}
		in, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = in.Write([]byte("HTTP/1.1 200 Connection established\r\n\r\n"))
		splice(in, out)
	}))
	t.Cleanup(s.Close)
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword("reader", "secret")
	return u
}

// socksProxy is a SOCKS5 proxy without a password, for addresses of IPv4.
func socksProxy(t *testing.T, a *asked) *url.URL {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	t.Cleanup(func() { l.Close(); wg.Wait() })
	wg.Go(func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() {
				defer in.Close()
				greeting := make([]byte, 3)
				request := make([]byte, 10)
				if _, err := io.ReadFull(in, greeting); err != nil {
					return
				}
				_, _ = in.Write([]byte{5, 0})
				if _, err := io.ReadFull(in, request); err != nil {
					return
				}
				to := netip.AddrPortFrom(netip.AddrFrom4([4]byte(request[4:8])), binary.BigEndian.Uint16(request[8:])).String()
				a.add(to)
				out, err := net.Dial("tcp", to)
				if err != nil {
					return
				}
				_, _ = in.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
				splice(in, out)
			})
		}
	})
	return &url.URL{Scheme: "socks5", Host: l.Addr().String()}
}

// A proxy is asked for addresses that were judged, never for a name, and not at all for what is refused.
func TestProxy(t *testing.T) {
	for name, start := range map[string]func(*testing.T, *asked) *url.URL{"CONNECT": connectProxy, "SOCKS5": socksProxy} {
		t.Run(name, func(t *testing.T) {
			site := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/plain")
				_, _ = w.Write([]byte("The ferry leaves later."))
			})
			_, port, _ := net.SplitHostPort(site.Listener.Addr().String())
			var to asked
			at := start(t, &to)
			c := inside(t, func(o *fetch.Options) {
				o.Proxy = at
				o.Resolver = nameserver(t, func(int) []byte { return []byte{127, 0, 0, 1} })
			})
			page, err := c.Get(context.Background(), "http://ferry.test.:"+port+"/a")
			if err != nil || string(page.Body) != "The ferry leaves later." {
				t.Fatalf("%q, %v", page.Body, err)
			}
			if want := "127.0.0.1:" + port; to.all() != want {
				t.Errorf("asked for %s, want %s", to.all(), want)
			}
			for _, address := range []string{"http://10.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/latest", "http://[fd00::1]/", "http://93.184.216.34:8080/"} {
				if _, err := c.Get(context.Background(), address); !errors.Is(err, fetch.ErrBlockedAddress) {
					t.Errorf("%s: %v, want ErrBlockedAddress", address, err)
				}
			}
			if strings.Contains(to.all(), " ") {
				t.Errorf("the proxy was asked for a refused address: %s", to.all())
			}
		})
	}
}

// A proxy that refuses, and one that is not there, are no page's fault.
func TestProxyFails(t *testing.T) {
	var none asked
	at := connectProxy(t, &none)
	at.User = url.UserPassword("reader", "wrong")
	site := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("reached") })
	gone := serve(t, func(http.ResponseWriter, *http.Request) {})
	away, err := url.Parse(gone.URL)
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	for _, proxy := range []*url.URL{at, away} {
		c := inside(t, func(o *fetch.Options) { o.Proxy = proxy })
		if _, err := c.Get(context.Background(), site.URL); !errors.Is(err, fetch.ErrConnect) || strings.Contains(err.Error(), "wrong") {
			t.Errorf("%v, want ErrConnect without the password", err)
		}
	}
}
