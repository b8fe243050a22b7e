package discordtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// Fault is something that goes wrong with requests of the bot.
type Fault struct {
	// Route is which: a part of the method and the route as [Event].What shows it, for instance
	// "POST /channels" or "PATCH /webhooks/{application}/{token}/messages/@original"; "" for all.
	Route string
	Skip  int // how many pass before the first
	Times int // how many fail; 0 for one, below 0 for all

	Status int           // the answer, for instance 503; 0 for the usual one
	Body   string        // of that answer; "" for a page, as Discord's edge sends it
	Stall  time.Duration // how long nothing happens first
	Drop   bool          // the connection is cut before anything is done
	Lose   bool          // all is done, then the connection is cut in place of an answer
	// RetryAfter answers 429 with this time to wait, for this bucket, or for all with Global.
	RetryAfter time.Duration
	Global     bool
}

// Fault lets requests fail as f says, from now on. Faults are asked in the order in which they were set.
func (d *Discord) Fault(f Fault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if f.Times == 0 {
		f.Times = 1
	}
	d.faults = append(d.faults, &f)
}

// NoFaults ends all faults.
func (d *Discord) NoFaults() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults = nil
}

// fault takes the first that concerns a request.
func (d *Discord) fault(what string) *Fault {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, f := range d.faults {
		if f.Times == 0 || !strings.Contains(what, f.Route) {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		if f.Times > 0 {
			f.Times--
		}
		return f
	}
	return nil
}

// before does what goes wrong before a request is looked at; true if that was its answer.
func (f *Fault) before(w http.ResponseWriter, r *http.Request) bool {
	if f.Stall > 0 {
		select {
		case <-time.After(f.Stall):
		case <-r.Context().Done():
			panic(http.ErrAbortHandler)
		}
	}
	switch {
	case f.Drop:
		panic(http.ErrAbortHandler) // net/http's way of cutting a connection
	case f.RetryAfter > 0:
		tooManyRequests(w, f.RetryAfter, f.Global)
		return true
	case f.Status != 0:
		body := f.Body
		if body == "" {
			body = "<html><body><h1>" + http.StatusText(f.Status) + "</h1></body></html>"
		}
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte(body))
		return true
	}
	return false
}

// instead is what a connection gets in place of READY or RESUMED.
type instead struct {
	op    int // 0: nothing at all
	data  json.RawMessage
	close int // a code to hang up with
}

// InsteadOfReady answers the next identify or resume with an operation ([OpReconnect], or [OpInvalidSession] of a session
// that cannot be resumed), or with nothing for op 0. Called twice, it holds for the next two.
func (d *Discord) InsteadOfReady(op int) {
	i := instead{op: op}
	if op == OpInvalidSession {
		i.data = json.RawMessage("false")
	}
	d.script(i)
}

// ResumableInsteadOfReady answers the next identify or resume with [OpInvalidSession] of a session that can be resumed.
func (d *Discord) ResumableInsteadOfReady() {
	d.script(instead{op: OpInvalidSession, data: json.RawMessage("true")})
}

// CloseInsteadOfReady hangs up on the next identify or resume.
func (d *Discord) CloseInsteadOfReady(code int) { d.script(instead{close: code}) }

func (d *Discord) script(i instead) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gate.instead = append(d.gate.instead, i)
}

func (d *Discord) insteadOf(c *conn, p payload) bool {
	if len(d.gate.instead) == 0 {
		return false
	}
	i := d.gate.instead[0]
	d.gate.instead = d.gate.instead[1:]
	what := "identify"
	if p.Op == OpResume {
		what = "resume"
	}
	d.record(Event{Kind: "gateway", What: what, Refused: "by script"})
	switch {
	case i.close != 0:
		c.hangUp(i.close, "")
	case i.op != 0:
		c.send(payload{Op: i.op, Data: i.data})
	}
	return true
}

// each does something to the connection of every session, or of one shard.
func (d *Discord) each(shards []int, do func(*session)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.gate.sessions {
		concerns := len(shards) == 0
		for _, n := range shards {
			concerns = concerns || n == s.shard
		}
		if concerns && s.conn != nil {
			do(s)
		}
	}
}

// Reconnect asks the bot to connect anew and resume: all sessions, or those of these shards.
func (d *Discord) Reconnect(shards ...int) {
	d.each(shards, func(s *session) { s.conn.send(payload{Op: OpReconnect}) })
}

// Invalidate ends sessions: they must identify anew, and what happened in between is lost.
func (d *Discord) Invalidate(shards ...int) {
	d.each(shards, func(s *session) {
		s.conn.send(payload{Op: OpInvalidSession, Data: json.RawMessage("false")})
		s.conn.known = false
		delete(d.gate.sessions, s.id)
	})
}

// AskResume says of sessions that they are no longer valid here and can be resumed.
func (d *Discord) AskResume(shards ...int) {
	d.each(shards, func(s *session) { s.conn.send(payload{Op: OpInvalidSession, Data: json.RawMessage("true")}) })
}

// LoseResumeAddress lets nobody in where sessions are to be resumed, or does again.
func (d *Discord) LoseResumeAddress(lose bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gate.moved = lose
}

// StartsLeft leaves so many sessions that may begin, until all may again.
func (d *Discord) StartsLeft(n int, until time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gate.left, d.gate.reset = n, until
}

// Forget makes it impossible to resume, without a word: the next resume is told so.
func (d *Discord) Forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for id, s := range d.gate.sessions {
		if s.conn != nil {
			s.conn.hangUp(0, "")
		}
		delete(d.gate.sessions, id)
	}
}

// HangUp closes connections with a code; 0 cuts the line.
func (d *Discord) HangUp(code int, shards ...int) {
	d.each(shards, func(s *session) { s.conn.hangUp(code, "") })
}

// AskHeartbeat asks for a heartbeat at once.
func (d *Discord) AskHeartbeat(shards ...int) {
	d.each(shards, func(s *session) { s.conn.send(payload{Op: OpHeartbeat}) })
}

// LoseHeartbeats stops acknowledging heartbeats, or begins again.
func (d *Discord) LoseHeartbeats(lose bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gate.deaf = lose
}

// Mute lets new connections wait for a Hello that does not come, or greets again.
func (d *Discord) Mute(mute bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gate.mute = mute
}
