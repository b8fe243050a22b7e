package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/words"
)

// storeCommand is `newsdesk store`.
type storeCommand struct {
	Stats   storeStatsCommand   `cmd:"" help:"How much is remembered, and where."`
	Export  storeExportCommand  `cmd:"" help:"Print all that is remembered, one JSON object a line."`
	Import  storeImportCommand  `cmd:"" help:"Remember what export printed."`
	Forget  storeForgetCommand  `cmd:"" help:"Forget articles with their quotations."`
	Correct storeCorrectCommand `cmd:"" help:"Say who said a quotation, where newsdesk got it wrong."`
	Cases   storeCasesCommand   `cmd:"" help:"Write what was corrected as test cases."`
}

type storeStatsCommand struct {
	guildFlag
	JSON bool `help:"Print one JSON object." name:"json"`
}

// Help is what --help says beside the flags.
func (storeStatsCommand) Help() string { return "For instance:\n\n  newsdesk store stats" }

func (c *storeStatsCommand) run(ctx context.Context, p *program) error {
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	path := p.storeName()
	stats, err := store.Stats(ctx, c.guild())
	if err != nil {
		return desk.About(path, err)
	}
	if c.JSON {
		return p.print(struct {
			Path     string `json:"path"`
			Stories  int    `json:"stories"`
			Quotes   int    `json:"quotes"`
			Speakers int    `json:"speakers"`
			Bytes    int64  `json:"bytes"`
		}{path, stats.Stories, stats.Quotes, stats.Speakers, stats.Bytes})
	}
	p.screen.line(0, run{path, strong})
	for _, count := range []struct {
		key string
		n   int
	}{{"cli.stats.stories", stats.Stories}, {"cli.stats.quotes", stats.Quotes}, {"cli.stats.speakers", stats.Speakers}} {
		p.screen.line(2, run{text: "  " + p.words.Say(count.key, "Count", count.n)})
	}
	p.screen.line(2, run{text: "  " + size(stats.Bytes)})
	return nil
}

// size is a number of bytes for people.
func size(bytes int64) string {
	const k, m = 1000, 1000 * 1000
	switch {
	case bytes >= m:
		return fmt.Sprintf("%.1f MB", float64(bytes)/m)
	case bytes >= k:
		return fmt.Sprintf("%.1f kB", float64(bytes)/k)
	}
	return fmt.Sprintf("%d B", bytes)
}

// guildFlag says whose memory is meant.
type guildFlag struct {
	Guild string `help:"The Discord server (its number) whose memory is meant, instead of the command line's." placeholder:"ID"`
}

func (f guildFlag) guild() string {
	if f.Guild == "" {
		return cache.Local
	}
	return f.Guild
}

type storeForgetCommand struct {
	guildFlag
	Ref       string      `arg:"" optional:"" name:"REF" help:"The article's address, or its file's name."`
	Speaker   string      `help:"Forget every article that quotes this speaker." placeholder:"NAME"`
	Member    string      `help:"Forget what this member shared, and every article that nobody else did." placeholder:"ID"`
	OlderThan *desk.Since `help:"Forget what was filed before: an age (90d, 12h) or a day (2006-01-02)." placeholder:"AGE"`
	Expired   bool        `help:"Forget in every Discord server what is older than its retention, 90 days unless set otherwise."`
	All       bool        `help:"Forget everything, settings too."`
}

// Help is what --help says beside the flags.
func (storeForgetCommand) Help() string {
	return `For instance:

  newsdesk store forget https://example.org/story
  newsdesk store forget --speaker "Oskar Lindqvist"
  newsdesk store forget --older-than 90d`
}

func (c *storeForgetCommand) run(ctx context.Context, p *program) error {
	chosen := 0
	for _, given := range []bool{c.Ref != "", c.Speaker != "", c.Member != "", c.OlderThan != nil, c.Expired, c.All} {
		if given {
			chosen++
		}
	}
	if chosen != 1 {
		return usagef("say what to forget, one of: an article's address or file name, --speaker, --member, --older-than, --expired, --all")
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	if c.Ref != "" {
		return c.article(ctx, p, store)
	}
	n, err := c.many(ctx, p, store)
	if err != nil {
		return desk.About(p.storeName(), err)
	}
	p.screen.line(0, run{text: p.words.Say("cli.forgotten.many", "Count", n.Stories, "Quotes", n.Quotes)})
	return nil
}

// article forgets one article.
func (c *storeForgetCommand) article(ctx context.Context, p *program, store store) error {
	story, err := store.Find(ctx, c.guild(), c.Ref)
	if err == nil {
		err = store.Forget(ctx, c.guild(), story.ID)
	}
	switch {
	case errors.Is(err, cache.ErrNotFound):
		return desk.About(c.Ref, err)
	case err != nil:
		return desk.About(p.storeName(), err)
	}
	p.screen.line(0, run{text: p.words.Say("cli.forgotten", "Article", c.Ref, "Count", len(story.Quotes))})
	return nil
}

// many forgets what a flag names.
func (c *storeForgetCommand) many(ctx context.Context, p *program, store store) (cache.Counted, error) {
	switch {
	case c.Member != "":
		return p.newDesk(store).ForgetMember(ctx, c.guild(), c.Member)
	case c.OlderThan != nil:
		return cache.ForgetBefore(ctx, store, c.guild(), c.OlderThan.From(p.now()))
	case c.Expired:
		return cache.Expire(ctx, store, p.now())
	case c.All:
		if err := p.queue(store).Forget(ctx, c.guild()); err != nil {
			return cache.Counted{}, err
		}
		return cache.ForgetGuild(ctx, store, c.guild())
	}
	n, meant, err := p.newDesk(store).ForgetSpeaker(ctx, c.guild(), c.Speaker)
	if err != nil || len(meant) == 0 {
		return n, err
	}
	names := make([]string, 0, len(meant))
	for _, speaker := range meant {
		names = append(names, words.Line(speaker.Name))
	}
	return n, usagef("--speaker takes the whole name, one of: %s", strings.Join(names[:min(len(names), 10)], ", "))
}

type storeExportCommand struct {
	guildFlag
}

// Help is what --help says beside the flags.
func (storeExportCommand) Help() string {
	return `Prints one JSON object a line: an article with its quotations, summary, shares and corrections, or a setting. For instance:

  newsdesk store export > memory.jsonl
  REDIS_URL=redis://localhost newsdesk store import < memory.jsonl`
}

func (c *storeExportCommand) run(ctx context.Context, p *program) error {
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	_, err = cache.Export(ctx, store, c.guild(), p.screen.w)
	return desk.About(p.storeName(), err)
}

type storeImportCommand struct {
	guildFlag
}

// Help is what --help says beside the flags.
func (storeImportCommand) Help() string {
	return `Reads from standard input what export printed. What is there stays; to import twice changes nothing. For instance:

  newsdesk store import < memory.jsonl`
}

func (c *storeImportCommand) run(ctx context.Context, p *program) error {
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	n, err := cache.Import(ctx, store, c.guild(), input(ctx, p.in))
	if err == nil {
		err = p.newDesk(store).Reappoint(ctx, c.guild())
	}
	var wrong *cache.LineError
	switch {
	case errors.As(err, &wrong) && errors.Is(err, cache.ErrInvalid):
		return desk.About(p.words.Say("cli.import.line", "Line", wrong.Line), cache.ErrInvalid)
	case err != nil:
		return desk.About(p.storeName(), err)
	}
	p.screen.line(0, run{text: p.words.Say("cli.imported", "Count", n.Stories, "Quotes", n.Quotes)})
	return nil
}
