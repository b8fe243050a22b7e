package bot

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/desk"
)

// Discord tries an endpoint out before it takes it: with a ping, and with one that is wrongly signed. Then what people
// ask arrives there, and is acknowledged by the response.
func TestEndpoint(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + listener.Addr().String()
	n := openWith(t, discordtest.Config{}, desk.Options{}, func(n *newsroom) {
		n.bot.endpoint = &Endpoint{Listener: listener}
		n.there = func() bool { return n.InteractionsURL(t.Context(), address) == nil }
	})
	if n.Connected(1) {
		t.Error("it is connected to the gateway as well")
	}
	i := n.summarize("one", nil)
	n.press.print <- struct{}{}
	n.whole(t, i)
	if kind, _ := i.Answered(); kind != discordtest.AnswerDeferred {
		t.Errorf("it is answered by %d", kind)
	}
	help := n.Slash(n.general, n.ada, "help", nil)
	if m, err := help.WaitReply(n.ctx); err != nil || !m.Ephemeral() {
		t.Errorf("help: %v, %v", m, err)
	}
	if calls := n.Calls("callback"); len(calls) > 0 {
		t.Errorf("it answers over the API: %v", calls)
	}
	n.stop()
	if _, err := net.Dial("tcp", listener.Addr().String()); err == nil { //nolint:noctx // on this machine
		t.Error("it still listens")
	}
}

// Who is not Discord is refused, and what is not of now.
func TestEndpointRefuses(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	b := wired(t, func(*http.Request) (int, http.Header, string) { return http.StatusOK, nil, "{}" })
	b.now, b.desk = func() time.Time { return now }, desk.New(desk.Options{})
	e := &endpoint{bot: b, key: public, seen: map[string]time.Time{}}
	const help = `{"id":"1","application_id":"2","type":2,"token":"t","data":{"type":1,"id":"3","name":"help"},"user":{"id":"4"}}`
	ask := func(method, body string, at time.Time, spoil func(http.Header)) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), method, "/", strings.NewReader(body))
		timestamp := strconv.FormatInt(at.Unix(), 10)
		r.Header.Set("X-Signature-Timestamp", timestamp)
		r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(private, []byte(timestamp+body))))
		if spoil != nil {
			spoil(r.Header)
		}
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		return w
	}
	for _, tt := range []struct {
		name, method, body string
		at                 time.Time
		spoil              func(http.Header)
		status             int
	}{
		{"a ping", "POST", `{"type":1}`, now, nil, 200},
		{"the same ping", "POST", `{"type":1}`, now, nil, 200},
		{"a command", "POST", help, now, nil, 200},
		{"the same command", "POST", help, now, nil, 401},
		{"the same in other digits", "POST", help, now, func(h http.Header) {
			h.Set("X-Signature-Ed25519", strings.ToUpper(h.Get("X-Signature-Ed25519")))
		}, 401},
		{"one of a minute ago", "POST", help, now.Add(-time.Minute), nil, 200},
		{"one of long ago", "POST", help, now.Add(-replayWindow - time.Second), nil, 401},
		{"one of the future", "POST", help, now.Add(replayWindow + time.Second), nil, 401},
		{"no signature", "POST", help, now, func(h http.Header) { h.Del("X-Signature-Ed25519") }, 401},
		{"half of one", "POST", help, now, func(h http.Header) { h.Set("X-Signature-Ed25519", h.Get("X-Signature-Ed25519")[:64]) }, 401},
		{"that of another time", "POST", help, now, func(h http.Header) { h.Set("X-Signature-Timestamp", "1") }, 401},
		{"no time", "POST", help, now, func(h http.Header) { h.Del("X-Signature-Timestamp") }, 401},
		{"no interaction", "POST", "[]", now, nil, 400},
		{"one that is too long", "POST", strings.Repeat(" ", largestInteraction+1), now, nil, 413},
		{"a browser", "GET", "", now, nil, 405},
	} {
		if w := ask(tt.method, tt.body, tt.at, tt.spoil); w.Code != tt.status {
			t.Errorf("%s: %d %s, want %d", tt.name, w.Code, w.Body, tt.status)
		}
	}
	now = now.Add(3 * replayWindow)
	ask("POST", help, now, nil)
	if len(e.seen) != 1 {
		t.Errorf("it remembers %d signatures", len(e.seen))
	}
	b.close()
	now = now.Add(time.Second)
	if w := ask("POST", help, now, nil); w.Code != http.StatusServiceUnavailable {
		t.Errorf("while it stops: %d", w.Code)
	}
}

// A key that is none is an error, whoever says it.
func TestEndpointKey(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close() //nolint:errcheck // nobody listens
	b := wired(t, func(*http.Request) (int, http.Header, string) { return http.StatusOK, nil, "{}" })
	b.endpoint = &Endpoint{Listener: listener, PublicKey: "abc"}
	if err := b.serve(context.Background()); !errors.Is(err, ErrPublicKey) {
		t.Error(err)
	}
}
