package main

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
	"golang.org/x/sync/errgroup"

	"newsdesk/bot"
	"newsdesk/cache/redis"
	"newsdesk/desk"
	"newsdesk/meter"
	"newsdesk/words"
)

// runCommand is `newsdesk run`.
type runCommand struct{}

// Help is what --help says beside the flags.
func (runCommand) Help() string {
	return `Answers in Discord until it is stopped (Ctrl-C). It needs a token, from https://discord.com/developers:

  DISCORD_TOKEN=… newsdesk run

With REDIS_URL any number of them share the work; on a file there can be one.`
}

// errRunning is a second run on a store that is a file.
var errRunning = errors.New("another newsdesk run works with this store")

// errNoListener is an address of the configuration that it cannot be reached at.
var errNoListener = errors.New("another program uses the address, or it is not this machine's")

// errandsAtOnce is how many errands are run at the same time.
const errandsAtOnce = 16

func (runCommand) run(ctx context.Context, p *program) error {
	if p.config.Discord.Token == "" {
		return bot.ErrNoToken
	}
	if err := p.alone(); err != nil {
		return err
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	if err := store.Writable(ctx); err != nil {
		return desk.About(p.storeName(), err)
	}
	p.warn(ctx, store)
	listener, err := p.countFor(ctx)
	if err != nil {
		return err
	}
	endpoint, err := p.endpoint(ctx)
	if err != nil {
		return err
	}
	d := p.newDesk(store)
	p.close = append(p.close, func() error { d.Close(); return nil })
	o := bot.Options{
		Token: string(p.config.Discord.Token), APIURL: p.config.Discord.APIURL, Version: version(), Desk: d, Log: p.log,
		Endpoint: endpoint, Connected: p.connected, Waiting: p.waiting, Now: p.now,
	}
	o.Shards.Of, o.Shards.First, o.Shards.Last, o.Shards.Fixed, _ = p.config.Discord.Shards.Range()
	if shared, ok := store.(*redis.Store); ok {
		o.Replicas = shared
	}
	b, err := bot.New(o)
	if err != nil {
		return err
	}
	both, working := errgroup.WithContext(ctx)
	both.Go(func() error { return b.Listen(working) })
	both.Go(func() error {
		return d.Work(working, errandsAtOnce, map[string]desk.Runner{
			bot.Errands: b.Run, desk.Digests: d.Issues(b), desk.FeedPosts: b.PostFeed, desk.Following: d.Follower(b.Follow),
		})
	})
	both.Go(func() error { return d.KeepSchedules(working) })
	both.Go(func() error { return d.KeepFeeds(working) })
	both.Go(func() error { return d.Retain(working) })
	if listener != nil {
		both.Go(func() error { return p.meter.Serve(working, listener) })
	}
	err = both.Wait()
	if ctx.Err() != nil { // stopped, as asked, whatever that broke off
		p.log.Info("stopped", "error", err)
		err = nil
	}
	return err
}

// connected says who the bot is, where it remembers, and how it comes into a server.
func (p *program) connected(me bot.Me) {
	p.screen.line(2, run{text: p.words.Say("cli.run.connected", "Name", me.Name, "Count", me.Guilds)})
	switch {
	case me.Serves != "":
		p.screen.line(2, run{text: p.words.Say("cli.run.serves", "Address", me.Serves)})
	case me.Shards > 1 || me.Held == 0:
		p.screen.line(2, run{text: p.words.Say("cli.run.shards", "Held", me.Held, "Shards", me.Shards)})
	}
	p.screen.line(2, run{text: p.words.Say("cli.run.store", "Store", p.storeName())})
	p.screen.line(2, run{text: p.words.Say("cli.run.invite", "Address", bot.Invite(me.ApplicationID))})
	if err := p.screen.flush(); err != nil {
		p.log.Warn("nobody reads what it says", "error", err) // and it answers all the same
	}
}

// waiting says why it is not connected, and that this is no end.
func (p *program) waiting(err error) {
	text := p.words.Say("cli.run.waiting", "Address", p.config.Discord.APIURL, "Reason", words.Line(err.Error()))
	var exhausted *bot.ExhaustedError
	if errors.As(err, &exhausted) {
		text = p.words.Say("cli.run.exhausted", "Until", exhausted.Until.Format("2006-01-02 15:04 MST"))
	}
	p.screen.line(2, run{text: text})
	_ = p.screen.flush() // nobody may be reading
}

// endpoint is where interactions are taken over HTTP, if the configuration has it so.
func (p *program) endpoint(ctx context.Context) (*bot.Endpoint, error) {
	c := p.config.Discord
	if !c.OverHTTP() {
		return nil, nil //nolint:nilnil // over the gateway
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.HTTPAddress)
	if err != nil {
		return nil, desk.About("discord.http_address "+c.HTTPAddress, errors.Join(errNoListener, err))
	}
	return &bot.Endpoint{Listener: listener, PublicKey: c.PublicKey}, nil
}

// countFor begins to count, and returns where the counts are asked for, if the configuration names a place.
func (p *program) countFor(ctx context.Context) (net.Listener, error) {
	if p.config.Metrics.Address == "" {
		return nil, nil //nolint:nilnil // nobody asks
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", p.config.Metrics.Address)
	if err != nil {
		return nil, desk.About("metrics.address "+p.config.Metrics.Address, errors.Join(errNoListener, err))
	}
	p.meter = meter.New()
	return listener, nil
}

// alone sees to it that no other run works with the same file, until the program ends. The command line may.
func (p *program) alone() error {
	if p.config.Redis.Enabled() {
		return nil
	}
	file := p.config.Store.File()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return desk.About(file, desk.ErrUnreadable)
	}
	lock := flock.New(file + ".run")
	locked, err := lock.TryLock()
	switch {
	case err != nil:
		return desk.About(file, errors.Join(desk.ErrUnreadable, err))
	case !locked:
		return desk.About(file, errRunning)
	}
	p.close = append(p.close, lock.Close)
	p.runs = true
	return nil
}

// warn says what a Redis may lose of what it is given.
func (p *program) warn(ctx context.Context, store store) {
	shared, ok := store.(*redis.Store)
	if !ok {
		return
	}
	_, remarks, err := p.examine(ctx, shared, &finding{})
	if err != nil {
		p.log.WarnContext(ctx, "store not examined", "error", err)
	}
	for _, remark := range remarks {
		p.tell(words.Line(p.storeName()) + ": " + remark)
	}
}
