package bot

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"
)

const token = "MTIz.secret.token"

// discord is as much of Discord as Check asks for.
type discord struct {
	application string // body of GET applications/@me
	status      int    // of it
	gateway     string // body of GET gateway/bot; {gateway} is the server's own gateway
	hello       string // what the gateway says first; "" for nothing at all
}

func (d discord) start(t *testing.T) (apiURL string) {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	authorized := func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Authorization") != "Bot "+token {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte(`{"message":"401: Unauthorized","code":0}`))
			return false
		}
		return true
	}
	mux.HandleFunc("GET /proxy/api/v9/applications/@me", func(w http.ResponseWriter, r *http.Request) {
		if authorized(w, r) {
			w.WriteHeader(d.status)
			_, _ = w.Write([]byte(d.application))
		}
	})
	mux.HandleFunc("GET /proxy/api/v9/gateway/bot", func(w http.ResponseWriter, r *http.Request) {
		if authorized(w, r) {
			own := "ws" + strings.TrimPrefix(server.URL, "http") + "/gateway"
			_, _ = w.Write([]byte(strings.ReplaceAll(d.gateway, "{gateway}", own)))
		}
	})
	mux.HandleFunc("/gateway/", func(w http.ResponseWriter, r *http.Request) {
		conn, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		if d.hello != "" {
			_ = conn.WriteMessage(websocket.TextMessage, []byte(d.hello))
			_, _, _ = conn.ReadMessage() // until the other side has gone
		}
	})
	return server.URL + "/proxy/api/"
}

// healthy is a Discord with nothing wrong. Flags: message content (limited) and members.
var healthy = discord{
	application: `{"id":"42","name":"Newsdesk","flags":540672,"approximate_guild_count":3,"bot":{"id":"43","username":"newsdesk"}}`,
	status:      http.StatusOK,
	gateway:     `{"url":"{gateway}","shards":2,"session_start_limit":{"total":1000,"remaining":997,"reset_after":1,"max_concurrency":1}}`,
	hello:       `{"op":10,"d":{"heartbeat_interval":41250}}`,
}

func TestCheckHealthy(t *testing.T) {
	got, err := Check(context.Background(), CheckOptions{Token: token, APIURL: healthy.start(t)})
	if err != nil {
		t.Fatal(err)
	}
	want := Health{
		Name: "newsdesk", ApplicationID: "42", MessageContent: true, Members: true,
		Guilds: 3, Shards: 2, SessionsLeft: 997,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCheckRefusals(t *testing.T) {
	with := func(change func(*discord)) discord {
		d := healthy
		change(&d)
		return d
	}
	tests := []struct {
		name    string
		discord discord
		token   string
		want    error
	}{
		{"no token", healthy, "", ErrNoToken},
		{"wrong token", healthy, "another", ErrRefused},
		{"server error", with(func(d *discord) { d.status = http.StatusInternalServerError }), token, ErrUnreachable},
		{"rate limit", with(func(d *discord) {
			d.status, d.application = http.StatusTooManyRequests, `{"message":"slow","retry_after":1000}`
		}), token, ErrUnreachable},
		{"a page instead of JSON", with(func(d *discord) { d.application = "<html>" }), token, ErrUnusable},
		{"an empty object", with(func(d *discord) { d.application = "{}" }), token, ErrUnusable},
		{"no gateway", with(func(d *discord) { d.gateway = "{}" }), token, ErrUnusable},
		{"a gateway that is not there", with(func(d *discord) { d.gateway = `{"url":"ws://127.0.0.1:1"}` }), token, ErrUnreachable},
		{"a gateway that hangs up", with(func(d *discord) { d.hello = "" }), token, ErrUnreachable},
		{"a gateway that says something else", with(func(d *discord) { d.hello = `{"op":9}` }), token, ErrUnusable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Check(context.Background(), CheckOptions{Token: tt.token, APIURL: tt.discord.start(t)})
			if !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
			if err != nil && tt.token != "" && strings.Contains(err.Error(), tt.token) {
				t.Errorf("error %q shows the token", err)
			}
		})
	}
}

func TestCheckEndsWithItsContext(t *testing.T) {
	stopped, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	_, err := Check(stopped, CheckOptions{Token: token, APIURL: healthy.start(t)})
	if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, ErrUnreachable) {
		t.Errorf("error %v, want ErrUnreachable for the deadline", err)
	}
}
