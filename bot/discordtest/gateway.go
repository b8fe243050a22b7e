package discordtest

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway operations (Discord: opcodes and status codes).
const (
	OpDispatch       = 0
	OpHeartbeat      = 1
	OpIdentify       = 2
	OpPresence       = 3
	OpVoiceState     = 4
	OpResume         = 6
	OpReconnect      = 7
	OpRequestMembers = 8
	OpInvalidSession = 9
	OpHello          = 10
	OpHeartbeatACK   = 11
)

// Codes with which the gateway hangs up.
const (
	CloseUnknownOp         = 4001
	CloseDecodeError       = 4002
	CloseNotAuthenticated  = 4003
	CloseAuthFailed        = 4004
	CloseAlreadyAuthed     = 4005
	CloseRateLimited       = 4008
	CloseTimedOut          = 4009
	CloseInvalidShard      = 4010
	CloseShardingRequired  = 4011
	CloseInvalidVersion    = 4012
	CloseInvalidIntents    = 4013
	CloseDisallowedIntents = 4014
)

// What a bot may ask to hear of (Discord: gateway intents).
const (
	IntentGuilds           = 1 << 0
	IntentMembers          = 1 << 1
	IntentPresences        = 1 << 8
	IntentMessages         = 1 << 9
	IntentReactions        = 1 << 10
	IntentDirectMessages   = 1 << 12
	IntentDirectReactions  = 1 << 13
	IntentMessageContent   = 1 << 15
	knownIntents           = 1<<26 - 1
	guildsPerShard         = 2500
	sessionStarts          = 1000
	sentPerMinute          = 120 // what a connection may send
	resumableFor           = 2 * time.Minute
	replayed               = 10_000 // events that a session keeps for a resume
	largestGatewayEnvelope = 4096   // bytes of what a bot sends
)

// resumePath is where sessions are resumed, behind where they begin.
const resumePath = "/resume"

// gateway is all that it knows of who is connected.
type gateway struct {
	sessions   map[string]*session
	identified map[int]time.Time // by max_concurrency key
	left       int               // identifies left until reset
	reset      time.Time         // zero: in a day
	instead    []instead         // of what comes after identify or resume
	deaf       bool              // heartbeats are not acknowledged
	mute       bool              // says nothing at all to new connections
	moved      bool              // nobody is let in where sessions are resumed
}

// session is what a resume goes on with. Its connection may be gone.
type session struct {
	id      string
	shard   int
	shards  int
	intents int
	seq     int64
	sent    []payload // the last events
	conn    *conn
	left    time.Time // when the connection went
}

// payload is what goes over the wire.
type payload struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int64          `json:"s"`
	Name *string         `json:"t"`
}

// event is something that bots may hear of.
type event struct {
	name   string
	guild  string // "" for direct messages
	intent int    // what one must have asked for; 0 for everyone
	data   any
	// hidden is the data for those without the message content intent; nil for the same.
	hidden any
}

// dispatch sends an event to every session that asked for it. The caller holds the lock.
func (d *Discord) dispatch(e event) {
	if g := d.guilds[e.guild]; g != nil && g.gone && e.intent != 0 {
		return // only interactions come from where the bot is not
	}
	var full, hidden json.RawMessage
	for _, s := range d.gate.sessions {
		if e.intent != 0 && s.intents&e.intent == 0 || ShardOf(e.guild, s.shards) != s.shard {
			continue
		}
		data := &full
		what := e.data
		if e.hidden != nil && s.intents&IntentMessageContent == 0 {
			data, what = &hidden, e.hidden
		}
		if *data == nil {
			*data = must(what)
		}
		s.send(e.name, *data)
	}
}

func must(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types
	}
	return raw
}

// send numbers an event, keeps it for a resume and sends it.
func (s *session) send(name string, data json.RawMessage) {
	s.seq++
	seq := s.seq
	p := payload{Op: OpDispatch, Data: data, Seq: &seq, Name: &name}
	s.sent = append(s.sent, p)
	if len(s.sent) > replayed {
		s.sent = slices.Clone(s.sent[len(s.sent)-replayed/2:])
	}
	if s.conn != nil {
		s.conn.send(p)
	}
}

// serveGateway is one connection, from its upgrade to its end.
func (d *Discord) serveGateway(w http.ResponseWriter, r *http.Request) {
	d.wg.Add(1) // the server does not wait for connections that it handed over
	defer d.wg.Done()
	d.mu.Lock()
	moved := d.gate.moved && strings.HasPrefix(r.URL.Path, "/gateway"+resumePath)
	d.mu.Unlock()
	if moved {
		http.Error(w, "gone", http.StatusServiceUnavailable)
		return
	}
	ws, err := (&websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}).Upgrade(w, r, nil)
	if err != nil {
		return // answered by Upgrade
	}
	query := r.URL.Query()
	c := newConn(ws, r.URL.Path, query.Get("compress") == "zlib-stream")
	d.wg.Go(c.write)
	defer c.end()
	d.mu.Lock()
	d.record(Event{Kind: "gateway", What: "connect", Path: r.URL.RequestURI()})
	d.touch()
	mute := d.gate.mute
	d.mu.Unlock()
	stop := make(chan struct{})
	defer close(stop)
	d.wg.Go(func() { // so that closing ends it
		select {
		case <-d.ctx.Done():
			_ = ws.Close()
		case <-stop:
		}
	})
	if version := query.Get("v"); version != "" && version != "9" && version != "10" {
		c.hangUp(CloseInvalidVersion, "Invalid API version")
		d.await(c)
		return
	}
	if !mute {
		c.send(payload{Op: OpHello, Data: must(object{"heartbeat_interval": d.config.Heartbeat.Milliseconds(), "_trace": []string{}})})
	}
	d.listen(c)
	d.mu.Lock()
	for id, s := range d.gate.sessions {
		if s.conn == c {
			s.conn, s.left = nil, d.now()
			if goodbye := c.left == websocket.CloseNormalClosure || c.left == websocket.CloseGoingAway; goodbye && !c.hungUp() {
				delete(d.gate.sessions, id) // Discord ends the session of who says goodbye first
			}
			d.record(Event{Kind: "gateway", What: "disconnect", Shard: s.shard, Status: c.left})
		}
	}
	d.touch()
	d.mu.Unlock()
}

// await reads until the other side has gone, so that it gets the close frame.
func (d *Discord) await(c *conn) {
	_ = c.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	for {
		if _, _, err := c.ws.ReadMessage(); err != nil {
			return
		}
	}
}

// listen answers what the bot says until it goes or does something that it must not.
func (d *Discord) listen(c *conn) {
	c.ws.SetReadLimit(1 << 20)
	for {
		// Who is not heard of in more than one interval has died.
		_ = c.ws.SetReadDeadline(time.Now().Add(d.config.Heartbeat*3/2 + 5*time.Second))
		_, raw, err := c.ws.ReadMessage()
		if err != nil {
			if closed := (*websocket.CloseError)(nil); errors.As(err, &closed) {
				c.left = closed.Code
			}
			return
		}
		if code, why := d.hear(c, raw); code != 0 {
			d.mu.Lock()
			d.record(Event{Kind: "gateway", What: "refused", Status: code, Refused: why})
			d.touch()
			d.mu.Unlock()
			c.hangUp(code, why)
			d.await(c)
			return
		}
	}
}

// hear answers one thing; code says why the connection must end.
func (d *Discord) hear(c *conn, raw []byte) (code int, why string) {
	var p payload
	if c.tooMany() {
		return CloseRateLimited, "Rate limited."
	}
	if len(raw) > largestGatewayEnvelope || json.Unmarshal(raw, &p) != nil {
		return CloseDecodeError, "Error while decoding payload."
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	defer d.touch()
	switch p.Op {
	case OpHeartbeat:
		if !d.gate.deaf {
			c.send(payload{Op: OpHeartbeatACK})
		}
		return 0, ""
	case OpIdentify, OpResume:
		if c.known {
			return CloseAlreadyAuthed, "Already authenticated."
		}
		if d.insteadOf(c, p) {
			return 0, ""
		}
		if p.Op == OpResume {
			return d.resume(c, p.Data)
		}
		return d.identify(c, p.Data)
	case OpPresence, OpVoiceState, OpRequestMembers:
		if !c.known {
			return CloseNotAuthenticated, "Not authenticated."
		}
		return 0, ""
	}
	return CloseUnknownOp, "Unknown opcode."
}

// identity is what identify carries.
type identity struct {
	Token      string `json:"token"`
	Intents    *int   `json:"intents"`
	Compress   bool   `json:"compress"`
	Shard      []int  `json:"shard"`
	Properties any    `json:"properties"`
}

func (d *Discord) identify(c *conn, raw json.RawMessage) (code int, why string) {
	var who identity
	if json.Unmarshal(raw, &who) != nil || who.Properties == nil || who.Intents == nil {
		return CloseDecodeError, "Error while decoding payload."
	}
	if trimBot(who.Token) != d.config.Token {
		return CloseAuthFailed, "Authentication failed."
	}
	s := &session{shards: 1, intents: *who.Intents}
	if who.Shard != nil {
		if len(who.Shard) != 2 || who.Shard[1] < 1 || who.Shard[0] < 0 || who.Shard[0] >= who.Shard[1] {
			return CloseInvalidShard, "Invalid shard."
		}
		s.shard, s.shards = who.Shard[0], who.Shard[1]
	}
	switch {
	case s.intents&^knownIntents != 0:
		return CloseInvalidIntents, "Invalid intent(s)."
	case s.intents&IntentMessageContent != 0 && d.config.NoMessageContent, s.intents&(IntentMembers|IntentPresences) != 0:
		return CloseDisallowedIntents, "Disallowed intent(s)."
	case len(d.guilds)/s.shards > guildsPerShard:
		return CloseShardingRequired, "Sharding required."
	}
	d.record(Event{Kind: "gateway", What: "identify", Shard: s.shard, Path: c.address})
	d.refill()
	key := s.shard % d.config.MaxConcurrency
	if last, ok := d.gate.identified[key]; ok && time.Since(last) < d.config.IdentifyEvery || d.gate.left == 0 {
		c.send(payload{Op: OpInvalidSession, Data: json.RawMessage("false")})
		return 0, ""
	}
	d.gate.identified[key] = time.Now()
	d.gate.left--
	c.known, c.compress = true, who.Compress
	s.id, s.conn = d.secret("session"), c
	d.gate.sessions[s.id] = s
	d.ready(s, who.Shard)
	return 0, ""
}

// ready says who the bot is and which guilds it is in.
func (d *Discord) ready(s *session, shard []int) {
	guilds := []object{}
	var own []*Guild
	for _, g := range d.joined() {
		if ShardOf(g.ID, s.shards) == s.shard {
			guilds = append(guilds, object{"id": g.ID, "unavailable": true})
			own = append(own, g)
		}
	}
	ready := object{
		"v": 10, "user": d.user, "guilds": guilds, "session_id": s.id, "resume_gateway_url": d.GatewayURL() + resumePath,
		"application": object{"id": d.user.ID, "flags": d.flags()}, "private_channels": []any{},
	}
	if shard != nil {
		ready["shard"] = shard
	}
	s.send("READY", must(ready))
	if s.intents&IntentGuilds == 0 {
		return
	}
	for _, g := range own {
		if !g.unavailable {
			s.send("GUILD_CREATE", must(g.full()))
		}
	}
}

func (d *Discord) resume(c *conn, raw json.RawMessage) (code int, why string) {
	var from struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int64  `json:"seq"`
	}
	if json.Unmarshal(raw, &from) != nil {
		return CloseDecodeError, "Error while decoding payload."
	}
	if trimBot(from.Token) != d.config.Token {
		return CloseAuthFailed, "Authentication failed."
	}
	s := d.gate.sessions[from.SessionID]
	known := s != nil && from.Seq <= s.seq && (s.conn != nil || d.now().Sub(s.left) < resumableFor)
	if known && len(s.sent) > 0 && *s.sent[0].Seq > from.Seq+1 {
		known = false // what it missed is no longer there
	}
	d.record(Event{Kind: "gateway", What: "resume", Path: c.address, OK: known})
	if !known {
		c.send(payload{Op: OpInvalidSession, Data: json.RawMessage("false")})
		return 0, ""
	}
	if old := s.conn; old != nil {
		s.conn = nil
		old.hangUp(0, "")
	}
	c.known = true
	s.conn = c
	for _, p := range s.sent {
		if *p.Seq > from.Seq {
			c.send(p)
		}
	}
	s.send("RESUMED", json.RawMessage(`{"_trace":[]}`))
	return 0, ""
}

func trimBot(token string) string {
	if len(token) > 4 && token[:4] == "Bot " {
		return token[4:]
	}
	return token
}

// flags of the application: what is switched on in the developer portal, as bots in few servers have it.
func (d *Discord) flags() int {
	const messageContentLimited = 1 << 19
	if d.config.NoMessageContent {
		return 0
	}
	return messageContentLimited
}

// refill lets sessions begin again when it is time.
func (d *Discord) refill() {
	if now := d.now(); !now.Before(d.gate.reset) {
		if !d.gate.reset.IsZero() {
			d.gate.left = sessionStarts
		}
		d.gate.reset = now.Add(24 * time.Hour)
	}
}

// gatewayBot says where the gateway is and how to connect.
func (d *Discord) gatewayBot(*call) (any, error) {
	d.refill()
	return object{
		"url": d.GatewayURL(), "shards": d.config.Shards,
		"session_start_limit": object{
			"total": sessionStarts, "remaining": d.gate.left, "reset_after": d.gate.reset.Sub(d.now()).Milliseconds(),
			"max_concurrency": d.config.MaxConcurrency,
		},
	}, nil
}

// Session is a logged-in connection, as tests see it.
type Session struct {
	ID            string
	Shard, Shards int
	Intents       int
	Connected     bool
	Seq           int64
}

// Sessions are those that could go on, by shard.
func (d *Discord) Sessions() []Session {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := []Session{}
	for _, s := range d.gate.sessions {
		all = append(all, Session{s.id, s.shard, s.shards, s.intents, s.conn != nil, s.seq})
	}
	slices.SortFunc(all, func(a, b Session) int {
		if a.Shard != b.Shard {
			return a.Shard - b.Shard
		}
		return len(a.ID) - len(b.ID)
	})
	return all
}

// Connected reports whether n sessions are logged in and connected.
func (d *Discord) Connected(n int) bool {
	connected := 0
	for _, s := range d.Sessions() {
		if s.Connected {
			connected++
		}
	}
	return connected >= n
}
