package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// gateway is the connection over which Discord says what happens in the servers of one shard (Discord: gateway,
// connection lifecycle). It is kept, and after every loss resumed where it was, so that nothing is missed; discordgo's
// own says goodbye first, which ends the session and with it what happened meanwhile, notices a dead line after minutes,
// and stands still for ever where Discord greets it with anything but READY.
type gateway struct {
	token     string // with "Bot " before it
	intents   discordgo.Intent
	shard     [2]int // which, of how many
	dialer    *websocket.Dialer
	starts    *starts
	readyTime time.Duration // for the first event after identify or resume
	passes    bool          // the session is left for another process, also when this one stops
	log       *slog.Logger

	// may waits until this process is the one to connect.
	may func(context.Context) error
	// happens takes an event. It is called in their order and must not take long; done is called when all that is to
	// be done about the event is done, or durable.
	happens func(event string, data json.RawMessage, done func())
	begun   func()      // called when a session has begun
	failed  func(error) // called when a connection ends before anything came of it
	// withheld is called when Discord lets the bot in no longer with what people write, and it goes on without.
	withheld func()

	session   atomic.Pointer[session] // what is resumed; nil for none
	fruitless int                     // how often that was tried in a row, and nothing was said to it
}

// Gateway operations (Discord: opcodes and status codes).
const (
	opEvent          = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatACK   = 11
)

// Codes with which a connection ends.
const (
	closeGoingOn      = 4000 // ours: the session is to be resumed
	closeRefused      = 4004 // the token is no good
	closeInvalidSeq   = 4007
	closeTimedOut     = 4009
	closeInvalidShard = 4010 // from here on nothing gets better by trying again
	closeIntents      = 4014 // an intent that is switched off for the application
)

const (
	helloTime   = 20 * time.Second // for the first word on a connection
	readyTime   = 30 * time.Second // for READY, RESUMED or the first event that was missed
	writeTime   = 10 * time.Second
	longestWait = time.Minute      // between two tries
	steady      = 10 * time.Second // how long a connection lasts that is worth another at once
	mostResumes = 3                // tries of a resume to which nothing is said
)

// Why a connection ends that is to be followed by another.
var (
	errReconnect = errors.New("Discord asks to connect anew") //nolint:staticcheck // a name
	errInvalid   = errors.New("the session is over")
	errSilent    = errors.New("heartbeats are not answered")
	errUnready   = errors.New("the gateway greets, and then says nothing")
)

// keep stays connected until ctx ends, and then says goodbye. The error is one that no other try would mend:
// [ErrRefused], or [ErrUnusable].
func (g *gateway) keep(ctx context.Context) error {
	var wait time.Duration // none after a line that was good: the session waits
	for {
		lived, err := g.connection(ctx)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // told to stop
		}
		if err := g.after(err); err != nil {
			return err
		}
		if lived >= steady {
			wait = 0
		}
		pause := wait
		if errors.Is(err, errInvalid) {
			pause = max(pause, time.Second+rand.N(4*time.Second)) //nolint:gosec // no secret, only not in step
		}
		wait = min(max(2*wait, time.Second), longestWait)
		if lived == 0 {
			g.failed(err)
		}
		g.log.WarnContext(ctx, "connection to the gateway lost", "shard", g.shard[0], "error", err, "lived", lived, "wait", pause, "resume", g.session.Load() != nil)
		if sleep(ctx, pause) != nil {
			return nil //nolint:nilerr // told to stop
		}
	}
}

// after says what becomes of the session when a connection has ended, and whether it was the last.
func (g *gateway) after(err error) error {
	var closed *websocket.CloseError
	code := 0
	if errors.As(err, &closed) {
		code = closed.Code
	}
	switch {
	case code == closeRefused:
		return fmt.Errorf("%w: by the gateway", ErrRefused)
	case code == closeIntents && g.intents&discordgo.IntentMessageContent != 0: // switched off since that was asked for
		g.intents &^= discordgo.IntentMessageContent
		g.session.Store(nil)
		g.withheld()
	case code >= closeInvalidShard && code <= closeIntents:
		return fmt.Errorf("%w: the gateway ends the connection: %d %s", ErrUnusable, code, closed.Text)
	case errors.Is(err, errInvalid), code == closeInvalidSeq, code == closeTimedOut, g.fruitless >= mostResumes:
		g.session.Store(nil)
		g.fruitless = 0
	}
	return nil
}

// line is one connection.
type line struct {
	*websocket.Conn
	mu    sync.Mutex // for whoever writes, and for what follows
	heard bool       // the last heartbeat was answered
}

// said is what goes over a connection.
type said struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Name string          `json:"t"`
}

// connection connects once, until something ends that; lived is for how long events could come, 0 if never.
func (g *gateway) connection(ctx context.Context) (lived time.Duration, err error) {
	if err := g.may(ctx); err != nil {
		return 0, err
	}
	resumes := g.session.Load()
	permit := func(context.Context) error { return nil }
	var address string
	if resumes == nil {
		var leave func()
		if address, permit, leave, err = g.starts.begin(ctx, g.shard[0]); err != nil {
			return 0, err
		}
		defer leave()
	} else if address = resumes.address(); address == "" {
		if address, err = g.starts.address(ctx); err != nil {
			return 0, err
		}
	}
	conn, resp, err := g.dialer.DialContext(ctx, address+"/?v="+discordgo.APIVersion+"&encoding=json", http.Header{})
	if resp != nil && resp.Body != nil {
		_ = resp.Body.Close()
	}
	if err != nil {
		if resumes != nil {
			resumes.lost()
		}
		return 0, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	conn.SetReadLimit(maxAnswer)
	l := &line{Conn: conn, heard: true}
	over, end := context.WithCancelCause(ctx)
	var beating sync.WaitGroup
	defer beating.Wait()
	defer end(nil)
	beating.Go(func() { <-over.Done(); l.hangUp(ctx.Err() != nil && !g.passes) })
	every, err := l.hello()
	if err != nil {
		return 0, err
	}
	beating.Go(func() { end(g.beat(over, l, every)) })
	if err := permit(over); err != nil {
		return 0, err
	}
	if err := l.say(g.greeting(resumes)); err != nil {
		return 0, err
	}
	if err := l.SetReadDeadline(time.Now().Add(g.readyTime)); err != nil {
		return 0, err
	}
	lived, err = g.listen(l)
	var closed *websocket.CloseError
	switch cause := context.Cause(over); {
	case cause != nil && !errors.As(err, &closed):
		err = cause
	case lived == 0 && errors.Is(err, errUnready) && resumes != nil:
		g.fruitless++
	case lived > 0:
		g.fruitless = 0
	}
	return lived, err
}

// listen takes what Discord says until that ends the connection; lived is for how long that was from the first event on.
func (g *gateway) listen(l *line) (lived time.Duration, err error) {
	var first time.Time
	defer func() {
		if !first.IsZero() {
			lived = max(time.Since(first), 1)
		}
	}()
	for {
		var s said
		if err := l.ReadJSON(&s); err != nil {
			var late interface{ Timeout() bool }
			if errors.As(err, &late) && late.Timeout() {
				err = errUnready
			}
			return 0, err
		}
		switch s.Op {
		case opEvent:
			if first.IsZero() {
				first = time.Now()
				if err := l.SetReadDeadline(time.Time{}); err != nil { // from here on heartbeats tell
					return 0, err
				}
			}
			if err := g.event(s); err != nil {
				return 0, err
			}
		case opHeartbeat:
			if err := l.say(opHeartbeat, g.session.Load().last()); err != nil {
				return 0, err
			}
		case opHeartbeatACK:
			l.mu.Lock()
			l.heard = true
			l.mu.Unlock()
		case opReconnect:
			return 0, errReconnect
		case opInvalidSession:
			if string(s.Data) == "true" { // it can be resumed
				return 0, errReconnect
			}
			return 0, errInvalid
		}
	}
}

// event takes an event of the session, which the first one begins.
func (g *gateway) event(s said) error {
	if s.Name == "READY" {
		begun := &session{}
		if err := json.Unmarshal(s.Data, begun); err != nil || begun.ID == "" || begun.Address == "" {
			return fmt.Errorf("%w: a session without a name", ErrUnusable)
		}
		g.session.Store(begun)
		g.begun()
	}
	now := g.session.Load()
	if now == nil {
		return fmt.Errorf("%w: event %s without a session", ErrUnusable, s.Name)
	}
	g.happens(s.Name, s.Data, now.take(s.Seq))
	return nil
}

// hangUp ends a connection: with a goodbye that ends the session, or so that it can be resumed.
func (l *line) hangUp(goodbye bool) {
	code := closeGoingOn
	if goodbye {
		code = websocket.CloseNormalClosure
	}
	_ = l.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(writeTime))
	_ = l.Close()
}

// hello waits for Discord's first word, which says how often it wants to hear a heartbeat.
func (l *line) hello() (every time.Duration, err error) {
	if err := l.SetReadDeadline(time.Now().Add(helloTime)); err != nil {
		return 0, err
	}
	var first said
	if err := l.ReadJSON(&first); err != nil {
		return 0, fmt.Errorf("%w: no greeting: %w", ErrUnreachable, err)
	}
	var data struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	if err := json.Unmarshal(first.Data, &data); err != nil || first.Op != opHello || data.Interval <= 0 {
		return 0, fmt.Errorf("%w: the gateway begins with operation %d", ErrUnreachable, first.Op)
	}
	return time.Duration(data.Interval) * time.Millisecond, l.SetReadDeadline(time.Time{})
}

// greeting is what is said to hello: who the bot is, or which session it goes on with.
func (g *gateway) greeting(resumes *session) (op int, data any) {
	if resumes != nil {
		return opResume, map[string]any{"token": g.token, "session_id": resumes.ID, "seq": resumes.last()}
	}
	return opIdentify, map[string]any{
		"token": g.token, "intents": g.intents, "shard": g.shard,
		"properties": map[string]string{"os": runtime.GOOS, "browser": "newsdesk", "device": "newsdesk"},
	}
}

func (l *line) say(op int, data any) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return err
	}
	return l.WriteJSON(map[string]any{"op": op, "d": data})
}

// beat sends heartbeats until ctx ends, or one is not answered before the next is due.
func (g *gateway) beat(ctx context.Context, l *line, every time.Duration) error {
	wait := rand.N(every) //nolint:gosec // no secret: not all bots at once when Discord comes back
	for {
		if err := sleep(ctx, wait); err != nil {
			return err
		}
		wait = every
		l.mu.Lock()
		heard := l.heard
		l.heard = false
		l.mu.Unlock()
		if !heard {
			return errSilent
		}
		if err := l.say(opHeartbeat, g.session.Load().last()); err != nil {
			return err
		}
	}
}
