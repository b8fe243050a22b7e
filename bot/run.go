package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
)

// Options are what a bot works with.
type Options struct {
	Token     string           // as Discord's developer portal shows it, without "Bot "
	APIURL    string           // "" for [DefaultAPIURL]
	Version   string           // of newsdesk, for /status
	Desk      *desk.Desk       // nil: one that remembers nothing
	Log       *slog.Logger     // nil: silent
	Shards    Shards           // what it connects for
	Replicas  Replicas         // the store, where several bots share it; nil where it is alone
	Endpoint  *Endpoint        // where it takes interactions instead of connecting; nil: it connects
	Connected func(Me)         // called once, when it hears Discord for the first time, or another does for it; may be nil
	Waiting   func(error)      // called the first time that Discord cannot be reached, which is tried again, and with an [ExhaustedError]; may be nil
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

	limits    limits
	preferred sync.Map // the locale that a server prefers, by its id
	promised  promised
	readings  readings
	content   atomic.Bool // Discord says what people write in servers

	shards    Shards
	replicas  Replicas
	starts    *starts
	readyTime time.Duration
	endpoint  *Endpoint

	ready     sync.Once
	connected func(Me)
	waiting   func(error)
	exhausted func(*ExhaustedError)

	app  string // the application's id
	self string // the bot's own user id

	verifyKey string // with which the application's interactions are signed

	base    context.Context // ends when the bot has stopped
	halt    context.CancelFunc
	mu      sync.Mutex
	me      Me
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
	b := &Bot{
		desk: o.Desk, session: s, log: o.Log, version: o.Version, now: o.Now, connected: o.Connected, started: time.Now(),
		shards: o.Shards, replicas: o.Replicas, endpoint: o.Endpoint, readyTime: readyTime,
	}
	if b.desk == nil {
		b.desk = desk.New(desk.Options{Log: o.Log})
	}
	if b.connected == nil {
		b.connected = func(Me) {}
	}
	b.waiting, b.exhausted = func(error) {}, func(*ExhaustedError) {}
	if o.Waiting != nil {
		var once sync.Once
		b.waiting = func(err error) { once.Do(func() { o.Waiting(err) }) }
		b.exhausted = func(err *ExhaustedError) { o.Waiting(err) }
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
	b.starts = b.newStarts()
	return b, nil
}

// Listen connects to Discord, or is there for it to connect, and takes what people ask until ctx ends; then it takes
// nothing new, ends what is being acknowledged, and leaves. What was promised is noted at the desk, which runs it with
// [Bot.Run]. [ErrRefused] is a token that Discord does not know; everything else it tries again.
func (b *Bot) Listen(ctx context.Context) error {
	defer b.halt()
	if err := b.reach(ctx, b.whoami); err != nil {
		return fmt.Errorf("ask for the application: %w", err)
	}
	if err := b.reach(ctx, b.register); err != nil {
		return fmt.Errorf("register the commands: %w", err)
	}
	if b.endpoint != nil {
		return b.serve(ctx)
	}
	return b.hear(ctx)
}

// happens takes an event. What it is about is done beside, so that the next is not held up; done is called when it is.
// An event that a bot which is stopping does not take is never done with.
func (b *Bot) happens(event string, data json.RawMessage, done func()) {
	do := func() {}
	var err error
	switch event {
	case "READY":
		go b.there()
		do, err = b.guildEvent(event, data)
	case "RESUMED":
		go b.there()
	case "INTERACTION_CREATE":
		var i discordgo.Interaction
		err = json.Unmarshal(data, &i)
		do = func() { b.interaction(&i, nil) }
	case "MESSAGE_CREATE":
		var m discordgo.Message
		watch, unread := b.watchedEvent(event, data)
		err = errors.Join(unread, json.Unmarshal(data, &m))
		do = func() {
			var watching sync.WaitGroup
			watching.Go(watch)
			b.message(&m)
			watching.Wait()
		}
	case "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "MESSAGE_REACTION_ADD":
		do, err = b.watchedEvent(event, data)
	case "GUILD_CREATE", "GUILD_DELETE", "CHANNEL_DELETE":
		do, err = b.guildEvent(event, data)
	default:
		done()
		return
	}
	if err != nil {
		b.log.Error("event not understood", "event", event, "error", err)
		done()
		return
	}
	go b.take(func() { do(); done() })
}

// holds notes how many shards there are, and how many are this process's.
func (b *Bot) holds(of, held int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.me.Shards, b.me.Held = of, held
}

// there says, once, that what people ask is heard.
func (b *Bot) there() {
	b.ready.Do(func() {
		b.mu.Lock()
		me := b.me
		b.mu.Unlock()
		b.connected(me)
	})
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

// take does something for an event unless the bot is stopping, and reports whether it did.
func (b *Bot) take(do func()) bool {
	b.mu.Lock()
	if b.closing {
		b.mu.Unlock()
		return false
	}
	b.events.Add(1)
	b.mu.Unlock()
	defer b.events.Done()
	do()
	return true
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
