package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"newsdesk/article"
	"newsdesk/article/fetch"
	"newsdesk/bot"
	"newsdesk/cache"
	"newsdesk/cache/embedded"
	"newsdesk/cache/redis"
	"newsdesk/config"
	"newsdesk/desk"
	"newsdesk/meter"
	"newsdesk/queue"
	queuefile "newsdesk/queue/embedded"
	queueredis "newsdesk/queue/redis"
	"newsdesk/words"
)

// program is one run of newsdesk. Its streams and environment are fields so that a test can stand in
// for a terminal.
type program struct {
	in          io.Reader
	out, errors io.Writer
	getenv      func(string) string
	now         func() time.Time

	output *output // out, and what became of writing it
	named  string  // the configuration file that --config names, "" for none
	file   string  // the one that was read, "" for none
	config config.Config
	words  *words.Words
	screen *screen
	log    *slog.Logger
	meter  *meter.Meter            // counts what models cost; nil where nobody reads it
	beside map[article.Span]string // translations of the quotes of the story that is shown
	why    map[string][]string     // why the quotes that are shown have their speakers; see explained
	close  []func() error          // what was opened, in that order
	runs   bool                    // this is the one run on the store's file
}

// A command does one subcommand. The grammar has filled its fields in.
type command interface {
	run(ctx context.Context, p *program) error
}

// run does what the arguments say and returns the exit code.
func (p *program) run(ctx context.Context, args []string) int {
	p.words = words.For(locale(p.getenv)) // until the configuration is known
	p.output = &output{w: p.out}
	err := p.do(ctx, args)
	for i := len(p.close) - 1; i >= 0; i-- {
		err = errors.Join(err, p.close[i]())
	}
	switch {
	case ctx.Err() != nil && err != nil:
		err = ctx.Err() // whatever it broke
	case p.output.err != nil:
		err = p.output.err
	}
	if text := p.explain(err); text != "" {
		p.tell(text)
	}
	return exitCode(err)
}

func (p *program) do(ctx context.Context, args []string) error {
	var c commandLine
	parsed, err := p.parse(&c, args)
	if err != nil {
		return err
	}
	p.named = c.Config
	p.screen = newScreen(p.out, p.getenv, c.NoColor)
	p.screen.w.Reset(p.output)
	cmd, ok := parsed.Selected().Target.Addr().Interface().(command)
	if !ok {
		return fmt.Errorf("command %s does nothing", parsed.Command())
	}
	if _, free := cmd.(configFree); !free {
		if err := p.configure(c); err != nil {
			return err
		}
	}
	if err := cmd.run(ctx, p); err != nil {
		return errors.Join(err, p.screen.flush())
	}
	return p.screen.flush()
}

// configFree is a command that must work whatever stands in the configuration.
type configFree interface{ configFree() }

// configure reads the configuration; flags win over it.
func (p *program) configure(c commandLine) error {
	p.file = config.Find(p.named, p.getenv)
	cfg, err := config.Load(p.file, p.getenv)
	if err != nil {
		return err
	}
	if c.Store != "" {
		cfg.Store.Path, cfg.Redis.URL = c.Store, ""
	}
	p.config = cfg
	p.words = words.For(cmp.Or(cfg.Language, locale(p.getenv)))
	p.log = newLog(p.errors, cfg.Log.Level)
	return nil
}

// locale is the language of the terminal's words, as the environment names it (POSIX: LC_ALL, LC_MESSAGES, LANG),
// without its encoding: "de_AT.UTF-8@euro" is de_AT.
func locale(getenv func(string) string) string {
	named := cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
	named, _, _ = strings.Cut(named, "@")
	named, _, _ = strings.Cut(named, ".")
	return named
}

func newLog(w io.Writer, level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil { // "off"
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: l}))
}

// explain puts an error into the words for it, "" if there is nothing to say. What was typed wrongly is in
// words already.
func (p *program) explain(err error) string {
	var usage *usageError
	var wrong config.Error
	var field *fieldError
	var unwritten *outputError
	switch {
	case err == nil || errors.Is(err, errHelpShown):
		return ""
	case errors.As(err, &unwritten) && unwritten.closedPipe():
		return ""
	case errors.As(err, &unwritten):
		return p.words.Say("cli.output", "Reason", unwritten)
	case errors.As(err, &usage):
		return words.Line(usage.Error())
	case errors.As(err, &wrong):
		return words.Line(wrong.Error())
	case errors.Is(err, errLineTooLong), errors.Is(err, errNotObject), errors.As(err, &field):
		return words.Line(err.Error())
	case errors.Is(err, errUnwell):
		return p.words.Say("cli.unwell")
	case errors.Is(err, bot.ErrNoToken):
		return p.words.Say("cli.run.token")
	case errors.Is(err, bot.ErrRefused):
		return p.words.Say("cli.doctor.discord.refused")
	case errors.Is(err, errRunning):
		return p.words.Say("cli.run.twice", "Subject", p.storeName())
	}
	if p.log != nil {
		p.log.Error("failed", "error", err)
	}
	return desk.Explain(p.words, err)
}

// store is what the commands use of a store. Either driver is one.
type store interface {
	desk.Store
	Find(ctx context.Context, guild, ref string) (cache.Story, error)
	cache.Keeper
	Guilds(context.Context) ([]string, error)
	Writable(context.Context) error
	Close() error
}

// openStore opens the store: the Redis that is named, else the file. The run closes it.
func (p *program) openStore(ctx context.Context) (store, error) {
	s, err := p.dialStore(ctx)
	if errors.Is(err, cache.ErrCorrupt) && !p.config.Redis.Enabled() {
		if err = p.setAside(); err == nil {
			s, err = p.dialStore(ctx)
		}
	}
	if err != nil {
		return nil, desk.About(p.storeName(), err)
	}
	p.close = append(p.close, s.Close)
	return s, nil
}

// setAside puts a damaged file out of the way, for a new one to take its place, and says so. While a bot runs on the
// file it stays.
func (p *program) setAside() error {
	file := p.config.Store.File()
	if !p.runs {
		lock := flock.New(file + ".run")
		if locked, err := lock.TryLock(); err != nil || !locked {
			return errors.Join(cache.ErrCorrupt, err)
		}
		defer lock.Close() //nolint:errcheck // a lock
	}
	aside, err := embedded.SetAside(file)
	if err != nil {
		return err
	}
	p.tell(p.words.Say("cli.aside", "Subject", file, "Aside", aside))
	return nil
}

// tell says a sentence beside what the command prints, on one line.
func (p *program) tell(sentence string) {
	_, _ = fmt.Fprintf(p.errors, "newsdesk: %s\n", strings.Join(strings.Fields(sentence), " "))
}

func (p *program) dialStore(ctx context.Context) (store, error) {
	if p.config.Redis.Enabled() {
		return redis.Open(ctx, redis.Options{URL: string(p.config.Redis.URL)})
	}
	return embedded.Open(p.config.Store.File())
}

// storeName is what the store is called in messages.
func (p *program) storeName() string {
	if p.config.Redis.Enabled() {
		return redis.Name(string(p.config.Redis.URL))
	}
	return p.config.Store.File()
}

// newDesk builds the desk of the configuration, with a store if there is to be one.
func (p *program) newDesk(store desk.Store) *desk.Desk {
	o := desk.Options{
		Store: store,
		Fetcher: fetch.New(fetch.Options{
			AllowNetworks: p.config.Fetch.AllowNetworks,
			Ports:         p.config.Fetch.Ports,
			Timeout:       p.config.Fetch.Timeout,
			Contact:       p.config.Fetch.Contact,
			Robots:        p.config.Fetch.Robots == "obey",
			Proxy:         p.config.Fetch.ProxyURL(),
		}),
		Limits: desk.Limits{Member: perMinute(p.config.Limits.MemberPerMinute), Guild: perMinute(p.config.Limits.GuildPerMinute)},
		Log:    p.log,
		Now:    p.now,

		Lateness: p.config.Digest.MaxLateness,
	}
	o.FeedsEvery = p.config.Feeds.Every
	for _, f := range p.config.Feeds.Sources {
		o.Feeds = append(o.Feeds, desk.GuildFeed{Guild: f.Guild(), URL: f.URL()})
	}
	if m := p.model(); m != nil {
		o.Model = m
	}
	o.Queue = p.queue(store)
	if l := p.config.LLM; l.DailyTokens > 0 || l.DailyTokensEach > 0 {
		meter, _ := store.(desk.Meter)
		o.Budget = desk.NewBudget(int(l.DailyTokens), int(l.DailyTokensEach), meter)
	}
	return desk.New(o)
}

// queue is the queue that stands where a store does, nil where there is none.
func (p *program) queue(store desk.Store) desk.Queue {
	switch store := store.(type) {
	case *embedded.Store:
		return queuefile.New(store, queue.Options{Log: p.log, Now: p.now})
	case *redis.Store:
		return queueredis.New(store, queue.Options{Log: p.log})
	}
	return nil
}

// perMinute is so often a minute, 0 for any number.
func perMinute(n uint32) cache.Rate {
	if n == 0 {
		return cache.Rate{}
	}
	return cache.Rate{Burst: int(n), Every: time.Minute / time.Duration(n)}
}

// from is the source that was typed; - is standard input.
func (p *program) from(ctx context.Context, typed string) desk.Source {
	if typed == "-" {
		return desk.FromReader("stdin", input(ctx, p.in))
	}
	return desk.SourceOf(typed)
}

// print writes v as JSON: on one line, or indented where a person reads it.
func (p *program) print(v any) error {
	indent := ""
	if p.screen.terminal {
		indent = "  "
	}
	encoded, err := encode(v, indent)
	if err != nil {
		return err
	}
	_, err = p.screen.w.Write(encoded)
	return err
}
