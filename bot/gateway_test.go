package bot

import (
	"errors"
	"fmt"
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

// Whatever happens to the connection, the session is resumed where that is possible, what people asked meanwhile is
// answered, and where it is not another is begun.
func TestConnectionIsLost(t *testing.T) {
	for name, c := range map[string]struct {
		config  discordtest.Config
		lose    func(*newsroom)
		resumed bool
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
		"the session is over":              {lose: func(n *newsroom) { n.Invalidate() }},
		"it is forgotten":                  {lose: func(n *newsroom) { n.Forget() }},
		"it timed out":                     {lose: func(n *newsroom) { n.HangUp(discordtest.CloseTimedOut) }},
		"it cannot be resumed for a while": {lose: func(n *newsroom) { n.InsteadOfReady(discordtest.OpReconnect); n.HangUp(0) }, resumed: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := open(t, c.config, desk.Limits{})
			n.answers(t)
			c.lose(n)
			if c.resumed {
				n.answers(t) // which may come before the new connection
			}
			again := func() bool { return n.count("identify", false) == 2 && n.Connected(1) }
			if c.resumed {
				again = func() bool { return n.count("resume", true) > 0 && n.Connected(1) }
			}
			if err := n.Wait(n.ctx, "another connection", again); err != nil {
				t.Fatal(err)
			}
			n.answers(t)
			if c.resumed && n.count("identify", false) != 1 {
				t.Error("another session was begun")
			}
			n.stop()
			if n.Connected(1) {
				t.Error("it is still connected")
			}
		})
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
		g := &gateway{session: "one", resume: "there"}
		err := g.after(fmt.Errorf("read: %w", &websocket.CloseError{Code: code}))
		if !errors.Is(err, c.final) || (g.session != "") != c.keeps {
			t.Errorf("code %d: %v, session %q; want %v, kept %v", code, err, g.session, c.final, c.keeps)
		}
	}
}
