package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"newsdesk/bot/discordtest"
	"newsdesk/desk"
)

// answers sees that somebody who asks is answered.
func (n *newsroom) answers(t *testing.T) {
	t.Helper()
	i := n.Slash(n.general, n.ada, "quotes", discordtest.Options{"speaker": "Brandt"})
	if _, err := i.WaitReply(n.ctx); err != nil {
		t.Fatal(err)
	}
}

// count counts what happened to connections, in all.
func (n *newsroom) count(what string, ok bool) (times int) {
	for _, e := range n.Log() {
		if e.Kind == "gateway" && e.What == what && e.OK == ok && e.Refused == "" {
			times++
		}
	}
	return times
}

// severalShards is a Discord that tells of its servers in parts, all of which may begin at once.
var severalShards = discordtest.Config{Shards: 3, MaxConcurrency: 3}

// hasty lets sessions begin one soon after the other, and a greeting that does not come be missed soon.
func hasty(n *newsroom) { n.bot.readyTime, n.bot.starts.every = time.Second, time.Millisecond }

// Whatever happens to the connections, the sessions are resumed where that is possible, what people asked meanwhile is
// answered, and where it is not others are begun.
func TestConnectionIsLost(t *testing.T) {
	for name, c := range map[string]struct {
		config  discordtest.Config
		lose    func(*newsroom)
		resumed bool
		begun   int // how many sessions begin anew
	}{
		"Discord asks to connect anew": {lose: func(n *newsroom) { n.Reconnect() }, resumed: true},
		"the line is cut":              {lose: func(n *newsroom) { n.HangUp(0) }, resumed: true},
		"Discord hangs up":             {lose: func(n *newsroom) { n.HangUp(discordtest.CloseUnknownOp) }, resumed: true},
		"heartbeats are lost": {config: discordtest.Config{Heartbeat: 100 * time.Millisecond}, resumed: true, lose: func(n *newsroom) {
			n.LoseHeartbeats(true)
			if err := n.Wait(n.ctx, "end of the connection", func() bool { return n.count("disconnect", false) > 0 }); err != nil {
				panic(err)
			}
			n.LoseHeartbeats(false)
		}},
		"a heartbeat is asked for":         {lose: func(n *newsroom) { n.AskHeartbeat(); n.HangUp(0) }, resumed: true},
		"it is to be resumed":              {lose: func(n *newsroom) { n.AskResume() }, resumed: true},
		"the session is over":              {lose: func(n *newsroom) { n.Invalidate() }, begun: 3},
		"it is forgotten":                  {lose: func(n *newsroom) { n.Forget() }, begun: 3},
		"it timed out":                     {lose: func(n *newsroom) { n.HangUp(discordtest.CloseTimedOut) }, begun: 3},
		"one of them is over":              {lose: func(n *newsroom) { n.Invalidate(1) }, begun: 1},
		"it cannot be resumed for a while": {lose: func(n *newsroom) { n.InsteadOfReady(discordtest.OpReconnect); n.HangUp(0) }, resumed: true},
		"nothing is said to a resume":      {lose: func(n *newsroom) { n.InsteadOfReady(0); n.HangUp(0) }, resumed: true},
		"nobody is where to resume":        {lose: func(n *newsroom) { n.LoseResumeAddress(true); n.HangUp(0) }, resumed: true},
		"Discord has no gateway for a while": {begun: 3, lose: func(n *newsroom) {
			n.Fault(discordtest.Fault{Route: "GET /gateway/bot", Status: http.StatusInternalServerError, Times: 2})
			n.Invalidate()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.config.Shards, c.config.MaxConcurrency = severalShards.Shards, severalShards.MaxConcurrency
			n := openWith(t, c.config, desk.Options{}, hasty)
			n.answers(t)
			c.lose(n)
			if c.resumed {
				n.answers(t) // which may come before the new connection
			}
			again := func() bool { return n.count("identify", false) == 3+c.begun && n.Connected(3) }
			if c.resumed {
				again = func() bool { return n.count("resume", true) >= 3 && n.Connected(3) }
			}
			if err := n.Wait(n.ctx, "other connections", again); err != nil {
				t.Fatal(err)
			}
			n.answers(t)
			if got := n.count("identify", false); got != 3+c.begun {
				t.Errorf("%d sessions were begun", got)
			}
			n.stop()
			if err := n.Wait(n.ctx, "end", func() bool { return !n.Connected(1) }); err != nil {
				t.Error(err)
			}
		})
	}
}

// Whatever Discord says in place of READY, the bot gets there in the end. (Against Reconnect and Invalid Session discordgo's
// own client stands still for ever; see TestDiscordgoStandsStill.)
func TestGreetedOtherwise(t *testing.T) {
	scripts := map[string]func(*discordtest.Discord){
		"asked to connect anew": func(d *discordtest.Discord) { d.InsteadOfReady(discordtest.OpReconnect) },
		"an invalid session":    func(d *discordtest.Discord) { d.InsteadOfReady(discordtest.OpInvalidSession) },
		"one to be resumed":     func(d *discordtest.Discord) { d.ResumableInsteadOfReady() },
		"nothing":               func(d *discordtest.Discord) { d.InsteadOfReady(0) },
	}
	for code := closeGoingOn; code <= closeTimedOut; code++ {
		if code != closeRefused {
			scripts[fmt.Sprint("hung up with ", code)] = func(d *discordtest.Discord) { d.CloseInsteadOfReady(code) }
		}
	}
	for name, script := range scripts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := openWith(t, severalShards, desk.Options{}, hasty, func(n *newsroom) { script(n.Discord) })
			n.answers(t)
		})
	}
}

// What no other try would mend ends the bot with a reason.
func TestGatewayRefuses(t *testing.T) {
	for code := closeRefused; code <= closeIntents; code++ {
		if code > closeRefused && code < closeInvalidShard {
			continue
		}
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			config := severalShards
			config.NoMessageContent = true // with it, the bot goes on without
			d := discordtest.Start(t, config)
			d.CloseInsteadOfReady(code)
			b, err := New(Options{Token: d.Token(), APIURL: d.APIURL(), Desk: desk.New(desk.Options{})})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			want := ErrUnusable
			if code == closeRefused {
				want = ErrRefused
			}
			if err := b.Listen(ctx); !errors.Is(err, want) {
				t.Errorf("it ends with %v, want %v", err, want)
			}
			if err := d.Wait(ctx, "end of the others", func() bool { return !d.Connected(1) }); err != nil {
				t.Error(err)
			}
		})
	}
}

// A session is resumed where Discord says, and not where it began.
func TestResumeAddress(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.HangUp(0)
	if err := n.Wait(n.ctx, "resume", func() bool { return n.count("resume", true) > 0 }); err != nil {
		t.Fatal(err)
	}
	for _, e := range n.Log() {
		if e.What == "resume" && !strings.HasPrefix(e.Path, "/gateway/resume") {
			t.Errorf("it resumes at %s", e.Path)
		}
	}
}

// Shards begin one after the other for each key of Discord's max_concurrency, and none is told to try again.
func TestStartsInTurn(t *testing.T) {
	const every = 300 * time.Millisecond
	config := discordtest.Config{Shards: 6, MaxConcurrency: 2, IdentifyEvery: every}
	n := openWith(t, config, desk.Options{}, func(n *newsroom) { n.bot.starts.every = every + 50*time.Millisecond })
	var shards []int
	for _, e := range n.Log() {
		if e.What == "identify" {
			shards = append(shards, e.Shard)
		}
	}
	slices.Sort(shards)
	if !slices.Equal(shards, []int{0, 1, 2, 3, 4, 5}) {
		t.Errorf("shards %v identified, want each once", shards)
	}
	n.answers(t)
}

// When no session may begin any more today, the bot says so and waits for the next day.
func TestStartsAreUsedUp(t *testing.T) {
	said := make(chan error, 1)
	n := openWith(t, discordtest.Config{Shards: 2, MaxConcurrency: 2}, desk.Options{}, func(n *newsroom) {
		n.StartsLeft(1, time.Now().Add(3*time.Second))
		n.bot.starts.used = func(err *ExhaustedError) { said <- err }
	})
	select {
	case err := <-said:
		if !strings.Contains(err.Error(), "no more sessions") {
			t.Error(err)
		}
	default:
		t.Error("it does not say so")
	}
	if got := n.count("identify", false); got != 2 {
		t.Errorf("%d identified, want 2", got)
	}
}

// What no other try would mend ends the bot with a reason; what may pass does not, and keeps the session if it can.
func TestAfterConnection(t *testing.T) {
	for code, c := range map[int]struct {
		final error
		keeps bool
	}{
		websocket.CloseAbnormalClosure:     {nil, true},
		discordtest.CloseUnknownOp:         {nil, true},
		discordtest.CloseRateLimited:       {nil, true},
		discordtest.CloseTimedOut:          {nil, false},
		closeInvalidSeq:                    {nil, false},
		discordtest.CloseAuthFailed:        {ErrRefused, true},
		discordtest.CloseShardingRequired:  {ErrUnusable, true},
		discordtest.CloseDisallowedIntents: {ErrUnusable, true},
	} {
		g := &gateway{}
		g.session.Store(&session{ID: "one", Address: "there"})
		err := g.after(fmt.Errorf("read: %w", &websocket.CloseError{Code: code}))
		if !errors.Is(err, c.final) || (g.session.Load() != nil) != c.keeps {
			t.Errorf("code %d: %v, session %v; want %v, kept %v", code, err, g.session.Load(), c.final, c.keeps)
		}
	}
}

// What another process goes on with is behind nothing that is still to be done.
func TestSessionForAnother(t *testing.T) {
	s := &session{ID: "one", Address: "ws://there"}
	var done []func()
	for seq := range int64(5) {
		done = append(done, s.take(seq+1))
	}
	is := func(seq int64) {
		t.Helper()
		got := sessionOf(s.state())
		if got == nil || got.ID != "one" || got.Address != "ws://there" || *got.last() != seq {
			t.Errorf("it goes on with %s, want %d", s.state(), seq)
		}
	}
	is(0)
	done[1]()
	done[0]()
	is(2)
	done[4]()
	is(2)
	done[2]()
	done[3]()
	is(5)
	s.settle(t.Context())
	if sessionOf("") != nil || sessionOf("null") != nil || sessionOf(`{"seq":4}`) != nil {
		t.Error("there is a session of nothing")
	}
}
