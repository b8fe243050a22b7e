package fetch_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"newsdesk/article/fetch"
)

// nameserver answers every question for an address over UDP with what answer returns for the
// count of such questions so far; nil means that there is no such name.
func nameserver(t *testing.T, answer func(n int) []byte) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() { conn.Close(); <-done })
	go func() {
		defer close(done)
		buf := make([]byte, 1500)
		for asked := 0; ; {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.Additionals = true, nil
			if q.Type == dnsmessage.TypeA {
				if ip := answer(asked); ip != nil {
					m.Answers = []dnsmessage.Resource{{
						Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, Type: q.Type, TTL: 0},
						Body:   &dnsmessage.AResource{A: [4]byte(ip)},
					}}
				} else {
					m.RCode = dnsmessage.RCodeNameError
				}
				asked++
			}
			if packed, err := m.Pack(); err == nil {
				_, _ = conn.WriteTo(packed, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// A name that resolves to a permitted address first and to a forbidden one when it is asked for
// again must not be connected to the second time.
func TestDNSRebinding(t *testing.T) {
	var reached atomic.Int32
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		reached.Add(1)
		w.Header().Set("Connection", "close")
		http.Redirect(w, r, "/secret", http.StatusFound)
	})
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	resolver := nameserver(t, func(n int) []byte {
		if n == 0 {
			return []byte{127, 0, 0, 1}
		}
		return []byte{10, 0, 0, 1}
	})
	c := inside(t, func(o *fetch.Options) { o.Resolver = resolver })
	_, err := c.Get(context.Background(), "http://rebind.test.:"+port+"/")
	if !errors.Is(err, fetch.ErrBlockedAddress) {
		t.Errorf("%v, want ErrBlockedAddress", err)
	}
	if n := reached.Load(); n != 1 {
		t.Errorf("reached the server %d times", n)
	}
}

func TestUnknownHost(t *testing.T) {
	resolver := nameserver(t, func(int) []byte { return nil })
	c := inside(t, func(o *fetch.Options) { o.Resolver = resolver })
	if _, err := c.Get(context.Background(), "https://nowhere.test./a"); !errors.Is(err, fetch.ErrDNS) {
		t.Errorf("%v, want ErrDNS", err)
	}
}
