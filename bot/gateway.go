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

// gateway is the connection over which Discord says what happens (Discord: gateway, connection lifecycle). It is kept,
// and after every loss resumed where it was, so that nothing is missed; discordgo's own says goodbye first, which ends
// the session and with it what happened meanwhile, and notices a dead line after minutes.
type gateway struct {
	token   string // with "Bot " before it
	intents discordgo.Intent
	dialer  *websocket.Dialer
	address func(context.Context) (string, error)    // where to begin
	happens func(event string, data json.RawMessage) // called in their order; must not take long
	failed  func(error)                              // called when a connection ends before anything came of it
	// withheld is called when Discord lets the bot in no longer with what people write, and it goes on without.
	withheld func()
	log      *slog.Logger

	session string       // what is resumed; "" for none
	resume  string       // where
	seq     atomic.Int64 // the last event of it
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
	writeTime   = 10 * time.Second
	longestWait = time.Minute // between two tries
)

// Why a connection ends that is to be followed by another.
var (
	errReconnect = errors.New("Discord asks to connect anew") //nolint:staticcheck // a name
	errInvalid   = errors.New("the session is over")
	errSilent    = errors.New("heartbeats are not answered")
)

// keep stays connected until ctx ends, and then says goodbye. The error is one that no other try would mend:
// [ErrRefused], or [ErrUnusable].
func (g *gateway) keep(ctx context.Context) error {
	wait := time.Second
	for {
		lived, err := g.connection(ctx)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // told to stop
		}
		if err := g.after(err); err != nil {
			return err
		}
		if lived {
			wait = time.Second
		}
		pause := time.Duration(0) // Discord asks for it, or a line that was good has broken: the session waits
		switch {
		case errors.Is(err, errInvalid):
			pause = time.Second + rand.N(4*time.Second) //nolint:gosec // no secret, only not in step
		case !lived:
			g.failed(err)
			pause, wait = wait, min(wait*2, longestWait)
		}
		g.log.WarnContext(ctx, "connection to the gateway lost", "error", err, "wait", pause, "resume", g.session != "")
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
		g.forget()
		g.withheld()
	case code >= closeInvalidShard && code <= closeIntents:
		return fmt.Errorf("%w: the gateway ends the connection: %d %s", ErrUnusable, code, closed.Text)
	case errors.Is(err, errInvalid), code == closeInvalidSeq, code == closeTimedOut:
		g.forget()
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

// connection connects once, until something ends that; lived reports whether events came.
func (g *gateway) connection(ctx context.Context) (lived bool, err error) {
	address := g.resume
	if g.session == "" {
		if address, err = g.address(ctx); err != nil {
			return false, err
		}
	}
	conn, resp, err := g.dialer.DialContext(ctx, address+"/?v="+discordgo.APIVersion+"&encoding=json", http.Header{})
	if resp != nil && resp.Body != nil {
		_ = resp.Body.Close()
	}
	if err != nil {
		g.forget() // where it was to be resumed may be gone
		return false, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	conn.SetReadLimit(maxAnswer)
	l := &line{Conn: conn, heard: true}
	over, end := context.WithCancelCause(ctx)
	var beating sync.WaitGroup
	defer beating.Wait()
	defer end(nil)
	beating.Go(func() { <-over.Done(); l.hangUp(ctx) })
	every, err := l.hello()
	if err != nil {
		return false, err
	}
	if err := l.say(g.greeting()); err != nil {
		return false, err
	}
	beating.Go(func() { end(g.beat(over, l, every)) })
	lived, err = g.listen(l)
	var closed *websocket.CloseError
	if cause := context.Cause(over); cause != nil && !errors.As(err, &closed) {
		err = cause
	}
	return lived, err
}

// forget gives the session up: the next connection begins another.
func (g *gateway) forget() {
	g.session, g.resume = "", ""
	g.seq.Store(0)
}

// listen takes what Discord says until that ends the connection.
func (g *gateway) listen(l *line) (lived bool, err error) {
	for {
		var s said
		if err := l.ReadJSON(&s); err != nil {
			return lived, err
		}
		switch s.Op {
		case opEvent:
			lived = true
			g.seq.Store(s.Seq)
			if s.Name == "READY" {
				if err := g.begin(s.Data); err != nil {
					return lived, err
				}
			}
			g.happens(s.Name, s.Data)
		case opHeartbeat:
			if err := l.say(opHeartbeat, g.seq.Load()); err != nil {
				return lived, err
			}
		case opHeartbeatACK:
			l.mu.Lock()
			l.heard = true
			l.mu.Unlock()
		case opReconnect:
			return lived, errReconnect
		case opInvalidSession:
			if string(s.Data) == "true" { // it can be resumed
				return lived, errReconnect
			}
			return lived, errInvalid
		}
	}
}

// begin keeps what a session is resumed with.
func (g *gateway) begin(ready json.RawMessage) error {
	var session struct {
		ID  string `json:"session_id"`
		URL string `json:"resume_gateway_url"`
	}
	if err := json.Unmarshal(ready, &session); err != nil || session.ID == "" || session.URL == "" {
		return fmt.Errorf("%w: a session without a name", ErrUnusable)
	}
	g.session, g.resume = session.ID, session.URL
	return nil
}

// hangUp ends a connection: for good if the bot is to stop, else so that the session can be resumed.
func (l *line) hangUp(ctx context.Context) {
	code := closeGoingOn
	if ctx.Err() != nil {
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
func (g *gateway) greeting() (op int, data any) {
	if g.session != "" {
		return opResume, map[string]any{"token": g.token, "session_id": g.session, "seq": g.seq.Load()}
	}
	return opIdentify, map[string]any{
		"token": g.token, "intents": g.intents,
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
		if err := l.say(opHeartbeat, g.seq.Load()); err != nil {
			return err
		}
	}
}
