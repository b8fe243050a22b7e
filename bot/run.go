package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
)

// Options are what a bot works with.
type Options struct {
	Token     string // as Discord's developer portal shows it, without "Bot "
	APIURL    string // "" for [DefaultAPIURL]
	Version   string // of newsdesk, for /status
	Desk      *desk.Desk
	Log       *slog.Logger     // nil: silent
	Connected func(Me)         // called once, when it hears Discord for the first time; may be nil
	Waiting   func(error)      // called the first time that Discord cannot be reached, which is tried again; may be nil
	Now       func() time.Time // nil: time.Now; by which it is too late to answer
}

// Bot is newsdesk in Discord. Make one with [New].
type Bot struct {
	desk    *desk.Desk
	session *discordgo.Session
	log     *slog.Logger
	version string
	now     func() time.Time
	started time.Time

	limits   limits
	promised promised
	readings readings
	content  atomic.Bool // Discord says what people write in servers

	ready     sync.Once
	connected func(Me)
	waiting   func(error)
	me        Me

	app  string // the application's id
	self string // the bot's own user id

	base    context.Context // ends when the bot has stopped
	halt    context.CancelFunc
	mu      sync.Mutex
	closing bool // nothing new is taken
	events  sync.WaitGroup
}

// intents are what the bot asks to hear of; none of it is privileged. [Bot.whoami] adds what people write, where that is
// switched on.
const intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentGuildMessageReactions | discordgo.IntentDirectMessages

// readsContent reports whether Discord says what people write in servers.
func (b *Bot) readsContent() bool { return b.content.Load() }

// stopTime is how long the bot has to end what it is doing when it is told to stop.
const stopTime = 15 * time.Second

// New returns a bot that is not connected yet. Errors are as those of [Check].
func New(o Options) (*Bot, error) {
	if o.Token == "" {
		return nil, ErrNoToken
	}
	if o.APIURL == "" {
		o.APIURL = DefaultAPIURL
	}
	s, err := newSession(o.Token, o.APIURL)
	if err != nil {
		return nil, err
	}
	s.StateEnabled = false // all that an answer needs comes with the question
	s.Identify.Intents = intents
	b := &Bot{desk: o.Desk, session: s, log: o.Log, version: o.Version, now: o.Now, connected: o.Connected, started: time.Now()}
	if b.connected == nil {
		b.connected = func(Me) {}
	}
	b.waiting = func(error) {}
	if o.Waiting != nil {
		var once sync.Once
		b.waiting = func(err error) { once.Do(func() { o.Waiting(err) }) }
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	b.base, b.halt = context.WithCancel(context.Background())
	b.readings.turns = make(chan struct{}, readAtOnce)
	b.readings.going, b.readings.end = context.WithCancel(b.base)
	return b, nil
}

// Listen connects to Discord and takes what people ask until ctx ends; then it takes nothing new, ends what is
// being acknowledged, and leaves. What was promised is noted at the desk, which runs it with [Bot.Run].
// [ErrRefused] is a token that Discord does not know; everything else it tries again.
func (b *Bot) Listen(ctx context.Context) error {
	defer b.halt()
	if err := b.reach(ctx, b.whoami); err != nil {
		return fmt.Errorf("ask for the application: %w", err)
	}
	if err := b.reach(ctx, b.register); err != nil {
		return fmt.Errorf("register the commands: %w", err)
	}
	err := b.gateway().keep(ctx)
	b.close()
	return err
}

// gateway is the connection that the bot listens on.
func (b *Bot) gateway() *gateway {
	return &gateway{
		token: b.session.Token, intents: b.session.Identify.Intents, dialer: b.session.Dialer, log: b.log,
		address: func(ctx context.Context) (string, error) {
			var g discordgo.GatewayBotResponse
			err := b.call(ctx, http.MethodGet, discordgo.EndpointGatewayBot, "gateway", nil, nil, &g)
			return g.URL, err
		},
		happens: b.happens, failed: b.waiting, withheld: func() {
			b.content.Store(false)
			b.log.Warn("Message Content Intent is switched off: going on without; links in watched channels are not seen")
		},
	}
}

// happens takes an event. What it is about is done beside, so that the next is not held up.
func (b *Bot) happens(event string, data json.RawMessage) {
	var err error
	switch event {
	case "READY":
		b.ready.Do(func() { b.connected(b.me) })
		err = b.guildEvent(event, data)
	case "INTERACTION_CREATE":
		var i discordgo.Interaction
		if err = json.Unmarshal(data, &i); err == nil {
			go b.take(func() { b.interaction(&i) })
		}
	case "MESSAGE_CREATE":
		var m discordgo.Message
		if err = json.Unmarshal(data, &m); err == nil {
			go b.take(func() { b.message(&m) })
		}
		err = errors.Join(err, b.watchedEvent(event, data))
	case "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "MESSAGE_REACTION_ADD":
		err = b.watchedEvent(event, data)
	case "GUILD_CREATE", "GUILD_DELETE", "CHANNEL_DELETE":
		err = b.guildEvent(event, data)
	}
	if err != nil {
		b.log.Error("event not understood", "event", event, "error", err)
	}
}

// close takes nothing new, and waits for what was taken, though not for ever.
func (b *Bot) close() {
	b.mu.Lock()
	b.closing = true
	b.mu.Unlock()
	b.readings.end()
	b.waitEvents(stopTime)
	ctx, cancel := context.WithTimeout(b.base, ackTime)
	defer cancel()
	b.markAll(ctx)
}

// take does something for an event unless the bot is stopping.
func (b *Bot) take(do func()) {
	b.mu.Lock()
	if b.closing {
		b.mu.Unlock()
		return
	}
	b.events.Add(1)
	b.mu.Unlock()
	defer b.events.Done()
	do()
}

// waitEvents waits for what is being taken in, but no longer than most.
func (b *Bot) waitEvents(most time.Duration) {
	done := make(chan struct{})
	go func() { b.events.Wait(); close(done) }()
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	}
}
