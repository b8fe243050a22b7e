package main

import (
	"context"
	"errors"
	"fmt"

	"newsdesk/cache"
	"newsdesk/desk"
)

// storeCommand is `newsdesk store`.
type storeCommand struct {
	Stats  storeStatsCommand  `cmd:"" help:"How much is remembered, and where."`
	Forget storeForgetCommand `cmd:"" help:"Forget an article with its quotations."`
}

type storeStatsCommand struct {
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
	stats, err := store.Stats(ctx, cache.Local)
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

type storeForgetCommand struct {
	Ref string `arg:"" name:"REF" help:"The article's address, or its file's name."`
}

// Help is what --help says beside the flags.
func (storeForgetCommand) Help() string {
	return "For instance:\n\n  newsdesk store forget https://example.org/story\n  newsdesk store forget report.txt"
}

func (c *storeForgetCommand) run(ctx context.Context, p *program) error {
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	story, err := store.Find(ctx, cache.Local, c.Ref)
	if err == nil {
		err = store.Forget(ctx, cache.Local, story.ID)
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
