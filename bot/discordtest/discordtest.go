// Package discordtest is a Discord to test a bot against: a real HTTP and WebSocket server on loopback
// that speaks as much of Discord's API (v9 and v10) and gateway as a bot of commands, cards and watched
// channels uses, refuses what Discord refuses, with Discord's codes, and remembers all that happened.
//
//	d := discordtest.Start(t)                     // stopped when the test ends
//	g := d.Guild("Harbour News")                  // the bot is in it
//	general, ada := g.Channel("general"), g.Member("ada")
//	… start the bot with d.APIURL() and d.Token() …
//	i := d.Slash(general, ada, "summarize", discordtest.Options{"url": "https://…"})
//	m, err := i.WaitReply(ctx)                    // what ada sees
//	d.Click(ada, m, "quotes:1")                   // she presses a button of it
//
// What it does not do: voice, and whatever an endpoint that it lacks would do (404, and an entry in the
// log). Two things are stricter than Discord: lengths are counted in UTF-16 units, the larger of the
// ways in which Discord's own programs count, and where Discord's OpenAPI description is at hand
// ([Config].OpenAPI) a body that it does not allow is refused even if Discord would let it pass.
//
// Names are Discord's: what its documentation calls a thing is what it is called here.
package discordtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// Config says how a Discord differs from the usual one. The zero value is a good start.
type Config struct {
	Token          string // what the bot logs in with, without "Bot "; "" for one of its own
	Addr           string // where it listens; "" for a free port of 127.0.0.1
	Now            func() time.Time
	OpenAPI        string        // Discord's description of its API; "" for ../shared/discord/openapi.json, seen from the module's root; "none" for none
	Heartbeat      time.Duration // between heartbeats; 0 for 41.25 s
	Shards         int           // how many it recommends; 0 for 1
	MaxConcurrency int           // shards that may identify at once; 0 for 1
	// IdentifyEvery is the time between two identifies of one max_concurrency key: 5 s in Discord.
	// 0 lets everyone in at once, so that tests need not wait.
	IdentifyEvery time.Duration
	// NoMessageContent leaves the privileged intent switched off in the developer portal.
	NoMessageContent bool
	NoRateLimits     bool // neither buckets nor the global limit
	Fail             func(error)
}

// Discord is the server and all that it knows. Its methods may be called from any goroutine.
type Discord struct {
	config   Config
	server   *http.Server
	addr     string
	user     *User // the bot
	schema   *description
	outgoing *http.Transport // of clients, and to a bot that takes interactions over HTTP

	ctx    context.Context // ends when it is closed
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu           sync.Mutex
	changed      chan struct{} // closed, and another put in its place, whenever something changes
	ids          snowflakes
	users        map[string]*User
	guilds       map[string]*Guild
	channels     map[string]*Channel
	messages     map[string]*Message
	order        []*Message // as they were sent
	files        map[string]upload
	commands     []*Command
	interactions map[string]*Interaction // by token
	nonces       map[string]nonced
	log          []Event
	faults       []*Fault
	buckets      map[string]*bucket
	global       bucket
	rates        map[string]rate
	gate         gateway
	webhook      webhook
}

// Start starts a Discord and stops it when the test ends. What people cannot do (press a button that is
// not there) fails the test.
func Start(t testing.TB, config ...Config) *Discord {
	t.Helper()
	var c Config
	if len(config) > 0 {
		c = config[0]
	}
	if c.Fail == nil {
		c.Fail = func(err error) { t.Errorf("discordtest: %v", err) }
	}
	d, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	if d.schema == nil && c.OpenAPI == "" {
		t.Log("discordtest: Discord's OpenAPI description is not at ../shared/discord/openapi.json: bodies are held against the limits alone")
	}
	t.Cleanup(d.Close)
	return d
}

// New starts a Discord, to be stopped with [Discord.Close].
func New(c Config) (*Discord, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Token == "" {
		c.Token = "MTIzNDU2Nzg5.discordtest.loopback"
	}
	if c.Addr == "" {
		c.Addr = "127.0.0.1:0"
	}
	if c.Heartbeat == 0 {
		c.Heartbeat = 41250 * time.Millisecond
	}
	c.Shards, c.MaxConcurrency = max(c.Shards, 1), max(c.MaxConcurrency, 1)
	if c.Fail == nil {
		c.Fail = func(error) {}
	}
	schema, err := describe(c.OpenAPI)
	if err != nil {
		return nil, fmt.Errorf("OpenAPI description: %w", err)
	}
	d := &Discord{
		config: c, schema: schema, outgoing: &http.Transport{},
		changed: make(chan struct{}), users: map[string]*User{}, guilds: map[string]*Guild{},
		channels: map[string]*Channel{}, messages: map[string]*Message{}, files: map[string]upload{},
		interactions: map[string]*Interaction{}, nonces: map[string]nonced{}, buckets: map[string]*bucket{},
		gate: gateway{sessions: map[string]*session{}, identified: map[int]time.Time{}, left: sessionStarts},
	}
	d.ctx, d.cancel = context.WithCancel(context.Background())
	d.user = d.newUser("newsdesk")
	d.user.Bot = true
	if d.webhook, err = newWebhook(); err != nil {
		return nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(d.ctx, "tcp", c.Addr)
	if err != nil {
		return nil, err
	}
	d.addr = listener.Addr().String()
	d.server = &http.Server{Handler: d.routes(), ReadHeaderTimeout: 10 * time.Second}
	d.wg.Go(func() {
		if err := d.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			c.Fail(err)
		}
	})
	return d, nil
}

// Close stops it and waits for all that it started.
func (d *Discord) Close() {
	d.cancel()
	_ = d.server.Close() // connections end as they are
	d.mu.Lock()
	for _, s := range d.gate.sessions {
		if s.conn != nil {
			s.conn.hangUp(0, "")
		}
	}
	d.mu.Unlock()
	d.wg.Wait()
	d.outgoing.CloseIdleConnections()
}

// URL is where it listens, for instance http://127.0.0.1:4711.
func (d *Discord) URL() string { return "http://" + d.addr }

// APIURL is what a bot takes in place of https://discord.com/api/.
func (d *Discord) APIURL() string { return d.URL() + "/api/" }

// GatewayURL is where the gateway is.
func (d *Discord) GatewayURL() string { return "ws://" + d.addr + "/gateway" }

// Token is what the bot logs in with, without "Bot ".
func (d *Discord) Token() string { return d.config.Token }

// Bot is the bot's user; its id is the application's too.
func (d *Discord) Bot() *User { return d.user }

// now is the time by its clock.
func (d *Discord) now() time.Time { return d.config.Now().UTC() }

// touch wakes whoever waits for a change. The caller holds the lock.
func (d *Discord) touch() {
	close(d.changed)
	d.changed = make(chan struct{})
}

// ErrNotYet wraps the error of a wait that ended too early.
var ErrNotYet = errors.New("it did not happen")

// Wait waits until something is true of this Discord; it is asked again after each change. The function
// must not call methods that change anything.
func (d *Discord) Wait(ctx context.Context, what string, is func() bool) error {
	for {
		d.mu.Lock()
		changed := d.changed
		d.mu.Unlock()
		if is() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("%s: %w: %w", what, ErrNotYet, ctx.Err())
		case <-d.ctx.Done():
			return fmt.Errorf("%s: %w: closed", what, ErrNotYet)
		}
	}
}

// fail reports what a person tried and could not do.
func (d *Discord) fail(format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	d.config.Fail(err)
	return err
}
