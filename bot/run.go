package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
)

// Options are what a bot works with.
type Options struct {
	Token   string // as Discord's developer portal shows it, without "Bot "
	APIURL  string // "" for [DefaultAPIURL]
	Version string // of newsdesk, for /status
	Desk    *desk.Desk
	Log     *slog.Logger     // nil: silent
	Now     func() time.Time // nil: time.Now; by which it is too late to answer
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
	barredIn daily // channels where the bot may not write, that their owner was told of

	app  string // the application's id
	self string // the bot's own user id

	base    context.Context // ends when the bot has stopped
	halt    context.CancelFunc
	mu      sync.Mutex
	closing bool // nothing new is taken
	events  sync.WaitGroup
}

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
	s.Identify.Intents = discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	s.LogLevel = discordgo.LogWarning
	b := &Bot{desk: o.Desk, session: s, log: o.Log, version: o.Version, now: o.Now, started: time.Now()}
	if b.now == nil {
		b.now = time.Now
	}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	b.base, b.halt = context.WithCancel(context.Background())
	return b, nil
}

// Listen connects to Discord and takes what people ask until ctx ends; then it takes nothing new, ends what is
// being acknowledged, and leaves. What was promised is noted at the desk, which runs it with [Bot.Run].
// [ErrRefused] is a token that Discord does not know; everything else it tries again.
func (b *Bot) Listen(ctx context.Context) error {
	defer b.halt()
	if err := b.whoami(ctx); err != nil {
		return fmt.Errorf("ask for the application: %w", err)
	}
	if err := b.register(ctx); err != nil {
		return fmt.Errorf("register the commands: %w", err)
	}
	b.session.AddHandler(func(_ *discordgo.Session, i *discordgo.InteractionCreate) {
		b.take(func() { b.interaction(i.Interaction) })
	})
	b.session.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) {
		b.take(func() { b.message(m.Message) })
	})
	if err := b.connect(ctx); err != nil {
		return err
	}
	b.log.InfoContext(ctx, "connected", "application", b.app)
	<-ctx.Done()
	b.mu.Lock()
	b.closing = true
	b.mu.Unlock()
	b.waitEvents(stopTime)
	if err := b.session.Close(); err != nil {
		b.log.WarnContext(ctx, "connection not closed in order", "error", err)
	}
	return nil
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

// connect opens the gateway, again until it goes well or ctx ends.
func (b *Bot) connect(ctx context.Context) error {
	wait := time.Second
	for {
		err := b.session.Open()
		if err == nil {
			return nil
		}
		b.log.WarnContext(ctx, "no connection to the gateway", "error", err, "wait", wait)
		if sleep(ctx, wait) != nil {
			return nil //nolint:nilerr // told to stop
		}
		wait = min(wait*2, time.Minute)
	}
}

// whoami asks for the application, again until Discord answers.
func (b *Bot) whoami(ctx context.Context) error {
	var app struct {
		ID    string `json:"id"`
		Flags int    `json:"flags"`
		Bot   struct {
			ID string `json:"id"`
		} `json:"bot"`
	}
	for {
		err := b.call(ctx, http.MethodGet, discordgo.EndpointApplication("@me"), "application", nil, nil, &app)
		switch {
		case err == nil && app.ID == "":
			return fmt.Errorf("%w: an application without an id", ErrUnusable)
		case err == nil:
			b.app, b.self = app.ID, app.Bot.ID
			if b.self == "" {
				b.self = app.ID
			}
			// Who asks for it where it is switched off is shut out.
			if app.Flags&(flagMessageContent|flagMessageContentLimited) != 0 {
				b.session.Identify.Intents |= discordgo.IntentMessageContent
			}
			return nil
		case !errors.Is(err, ErrUnreachable):
			return err
		}
		b.log.WarnContext(ctx, "Discord cannot be reached", "error", err)
		if err := sleep(ctx, 5*time.Second); err != nil {
			return err
		}
	}
}
