package discordtest_test

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"newsdesk/bot/discordtest"
)

// wire is a connection to the gateway without a library.
type wire struct {
	t      *testing.T
	ws     *websocket.Conn
	stream io.Reader     // of zlib-stream
	in     *bytes.Buffer // what came for it
}

type packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Name string          `json:"t"`
}

func dial(t *testing.T, d *discordtest.Discord, query string) *wire {
	t.Helper()
	ws, _, err := websocket.DefaultDialer.DialContext(t.Context(), d.GatewayURL()+"/?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	if err := ws.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	return &wire{t: t, ws: ws, in: &bytes.Buffer{}}
}

func (w *wire) say(op int, data string) {
	w.t.Helper()
	if err := w.ws.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"op":%d,"d":%s}`, op, data)); err != nil {
		w.t.Fatal(err)
	}
}

func (w *wire) hear() packet {
	w.t.Helper()
	kind, raw, err := w.ws.ReadMessage()
	if err != nil {
		w.t.Fatal(err)
	}
	var p packet
	if kind == websocket.BinaryMessage {
		w.in.Write(raw)
		if w.stream == nil {
			if w.stream, err = zlib.NewReader(w.in); err != nil {
				w.t.Fatal(err)
			}
		}
		err = json.NewDecoder(w.stream).Decode(&p)
	} else {
		err = json.Unmarshal(raw, &p)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// until reads up to an event of this name, or an operation where that is "".
func (w *wire) until(op int, name string) packet {
	w.t.Helper()
	for {
		if p := w.hear(); p.Op == op && p.Name == name {
			return p
		}
	}
}

// closed is the code with which the gateway hangs up.
func (w *wire) closed() int {
	w.t.Helper()
	for {
		_, _, err := w.ws.ReadMessage()
		if closed := (*websocket.CloseError)(nil); errors.As(err, &closed) {
			return closed.Code
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

func identify(d *discordtest.Discord, intents int, more string) string {
	return fmt.Sprintf(`{"token":"Bot %s","intents":%d,"properties":{"os":"linux"}%s}`, d.Token(), intents, more)
}

func (w *wire) login(d *discordtest.Discord, intents int, more string) (sessionID string) {
	w.t.Helper()
	w.until(discordtest.OpHello, "")
	w.say(discordtest.OpIdentify, identify(d, intents, more))
	var ready struct {
		SessionID string `json:"session_id"`
	}
	if err := json.Unmarshal(w.until(0, "READY").Data, &ready); err != nil {
		w.t.Fatal(err)
	}
	return ready.SessionID
}

func TestGatewayHangsUp(t *testing.T) {
	d := discordtest.Start(t, discordtest.Config{NoMessageContent: true})
	tests := []struct {
		name, query string
		op          int
		data        string
		want        int
	}{
		{"version", "v=6", 0, "", discordtest.CloseInvalidVersion},
		{"token", "v=10", 2, `{"token":"x","intents":1,"properties":{}}`, discordtest.CloseAuthFailed},
		{"no intents", "v=10", 2, `{"token":"x","properties":{}}`, discordtest.CloseDecodeError},
		{"unknown intents", "v=10", 2, identify(d, 1<<30, ""), discordtest.CloseInvalidIntents},
		{"privileged intent", "v=10", 2, identify(d, discordtest.IntentMessageContent, ""), discordtest.CloseDisallowedIntents},
		{"shard", "v=9", 2, identify(d, 1, `,"shard":[2,2]`), discordtest.CloseInvalidShard},
		{"operation", "v=9", 42, `{}`, discordtest.CloseUnknownOp},
		{"not logged in", "v=9", 3, `{}`, discordtest.CloseNotAuthenticated},
	}
	for _, tt := range tests {
		w := dial(t, d, tt.query)
		if tt.data != "" {
			w.say(tt.op, tt.data)
		}
		if got := w.closed(); got != tt.want {
			t.Errorf("%s: closed with %d, want %d", tt.name, got, tt.want)
		}
	}
}

// Intents decide what is heard and how much of it.
func TestIntents(t *testing.T) {
	d := start(t)
	g := d.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	blind, seeing, idle := dial(t, d, "v=10"), dial(t, d, "v=10"), dial(t, d, "v=10")
	blind.login(d, discordtest.IntentGuilds|discordtest.IntentMessages, "")
	seeing.login(d, discordtest.IntentMessages|discordtest.IntentMessageContent, "")
	idle.login(d, 0, "")
	d.Post(general, ada, "https://news.example/a")
	d.Post(general, ada, "<@"+d.Bot().ID+"> hello")
	content := func(w *wire) string {
		var m struct{ Content string }
		if err := json.Unmarshal(w.until(0, "MESSAGE_CREATE").Data, &m); err != nil {
			t.Fatal(err)
		}
		return m.Content
	}
	if got := content(blind); got != "" {
		t.Errorf("without the intent the content is %q", got)
	}
	if got := content(blind); got == "" {
		t.Error("a mention of the bot is hidden from it")
	}
	if got := content(seeing); got == "" {
		t.Error("with the intent there is no content")
	}
	idle.say(discordtest.OpHeartbeat, "null")
	if p := idle.hear(); p.Op != discordtest.OpHeartbeatACK {
		t.Errorf("without intents it hears %+v", p)
	}
}

// A session goes on where it was; one that is unknown must begin anew.
func TestResume(t *testing.T) {
	for _, compress := range []string{"", "&compress=zlib-stream"} {
		d := start(t)
		g := d.Guild("Harbour News")
		general, ada := g.Channel("general"), g.Member("ada")
		w := dial(t, d, "v=10"+compress)
		id := w.login(d, discordtest.IntentMessages|discordtest.IntentMessageContent, "")
		d.Post(general, ada, "one")
		seq := w.until(0, "MESSAGE_CREATE").Seq
		w.ws.Close()
		if err := d.Wait(timeout(t), "line cut", func() bool { return !d.Connected(1) }); err != nil {
			t.Fatal(err)
		}
		d.Post(general, ada, "two")
		w = dial(t, d, "v=10"+compress)
		w.until(discordtest.OpHello, "")
		w.say(discordtest.OpResume, fmt.Sprintf(`{"token":"%s","session_id":"%s","seq":%d}`, d.Token(), id, seq))
		if p := w.hear(); p.Name != "MESSAGE_CREATE" || !bytes.Contains(p.Data, []byte(`"two"`)) {
			t.Errorf("what was missed comes as %+v", p)
		}
		w.until(0, "RESUMED")
		d.Forget()
		w = dial(t, d, "v=10"+compress)
		w.until(discordtest.OpHello, "")
		w.say(discordtest.OpResume, fmt.Sprintf(`{"token":"%s","session_id":"%s","seq":%d}`, d.Token(), id, seq))
		if p := w.until(discordtest.OpInvalidSession, ""); string(p.Data) != "false" {
			t.Errorf("invalid session %s", p.Data)
		}
		w.say(discordtest.OpIdentify, identify(d, 1, ""))
		w.until(0, "READY")
	}
}

func TestShards(t *testing.T) {
	d := start(t)
	var channels []*discordtest.Channel
	people := map[string]*discordtest.User{}
	for i := range 20 {
		g := d.Guild(fmt.Sprint("guild", i))
		c := g.Channel("general")
		channels, people[c.ID] = append(channels, c), g.Member("ada")
	}
	var shards []*wire
	for n := range 2 {
		w := dial(t, d, "v=10")
		w.login(d, discordtest.IntentMessages, fmt.Sprintf(`,"shard":[%d,2]`, n))
		shards = append(shards, w)
	}
	for _, c := range channels {
		d.Post(c, people[c.ID], "hello")
		w := shards[discordtest.ShardOf(c.GuildID, 2)]
		var m struct {
			ChannelID string `json:"channel_id"`
		}
		if err := json.Unmarshal(w.until(0, "MESSAGE_CREATE").Data, &m); err != nil || m.ChannelID != c.ID {
			t.Fatalf("channel %s, want %s (%v)", m.ChannelID, c.ID, err)
		}
	}
}

// discordgo lives through what the gateway can do to it.
func TestDiscordgoReconnects(t *testing.T) {
	d := start(t)
	g := d.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	heard := make(chan string, 100)
	s := newBot(t, d)
	s.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { heard <- m.Content })
	connect(t, d, s)
	hear := func(want string) {
		t.Helper()
		select {
		case got := <-heard:
			if got != want {
				t.Errorf("heard %q, want %q", got, want)
			}
		case <-timeout(t).Done():
			t.Fatalf("%q was not heard; log: %v", want, d.Log())
		}
	}
	resumed := func() int {
		n := 0
		for _, e := range d.Log() {
			if e.What == "resume" && e.OK {
				n++
			}
		}
		return n
	}
	d.Post(general, ada, "one")
	hear("one")
	d.Reconnect()
	if err := d.Wait(timeout(t), "resume", func() bool { return resumed() == 1 && d.Connected(1) }); err != nil {
		t.Fatal(err)
	}
	d.Post(general, ada, "two")
	hear("two")
	d.HangUp(4000)
	if err := d.Wait(timeout(t), "second resume", func() bool { return resumed() == 2 && d.Connected(1) }); err != nil {
		t.Fatal(err)
	}
	d.Post(general, ada, "three")
	hear("three")
}

// The dead-lock of bwmarrin/discordgo#1694: Reconnect in place of READY hangs Open for good.
func TestInsteadOfReady(t *testing.T) {
	d := start(t)
	d.InsteadOfReady(discordtest.OpReconnect)
	w := dial(t, d, "v=10")
	w.until(discordtest.OpHello, "")
	w.say(discordtest.OpIdentify, identify(d, 1, ""))
	if p := w.hear(); p.Op != discordtest.OpReconnect {
		t.Errorf("instead of READY: %+v", p)
	}
	w = dial(t, d, "v=10")
	w.login(d, 1, "") // the next is served as usual
}

// Who is not heard of is taken for dead.
func TestLostHeartbeats(t *testing.T) {
	d := discordtest.Start(t, discordtest.Config{Heartbeat: 50 * time.Millisecond})
	d.LoseHeartbeats(true)
	s := newBot(t, d)
	connect(t, d, s)
	again := func() bool {
		n := 0
		for _, e := range d.Log() {
			if e.What == "resume" {
				n++
			}
		}
		return n > 0
	}
	if err := d.Wait(timeout(t), "connect anew", again); err != nil {
		t.Fatal(err)
	}
	d.LoseHeartbeats(false)
}
