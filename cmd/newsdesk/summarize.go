package main

import (
	"context"
	"encoding/json"
	"strings"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/summarize"
	"newsdesk/words"
)

// summarizeCommand is `newsdesk summarize`.
type summarizeCommand struct {
	source
	forms
	Length   string `help:"brief, standard or detailed." enum:"brief,standard,detailed" default:"standard"`
	Words    int    `help:"Fill so many words with the article's own sentences, instead of --length." placeholder:"N"`
	Language string `help:"Two-letter code of the language a model writes in; the article's own if not given." placeholder:"CODE"`
}

// Help is what --help says beside the flags.
func (summarizeCommand) Help() string {
	return `For instance:

  newsdesk summarize report.txt
  newsdesk summarize --json --length brief https://example.org/story
  newsdesk summarize --batch --words 100 < articles.jsonl

--batch reads {"id","text"} and prints {"id","summary"}.`
}

func (c *summarizeCommand) run(ctx context.Context, p *program) error {
	if err := c.one("summarize", c.forms); err != nil {
		return err
	}
	if c.Words < 0 {
		return usagef("--words is a number of words, for instance --words 100")
	}
	switch code, known := words.Language(c.Language); {
	case c.Language == "":
		c.Language = p.config.Language
	case !known:
		return usagef("%q is no language; name it in two letters, for instance en, de or fr", c.Language)
	default:
		c.Language = code
	}
	if c.Batch {
		return c.batch(ctx, p)
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	// What cannot be remembered is said before the work, not after it.
	if err := store.Writable(ctx); err != nil {
		return desk.About(p.storeName(), err)
	}
	progress := p.progressLine()
	story, err := p.newDesk(store).File(ctx, c.request(p.from(ctx, c.Source)), progress.show)
	progress.clear()
	if err != nil {
		return desk.About(p.storeName(), err)
	}
	quotes := desk.QuotesIn(story, desk.QuoteQuery{}).Quotes
	if c.JSON {
		return p.print(newSummaryRecord(story, quotes))
	}
	p.showStory(story, quotes)
	return nil
}

func (c *summarizeCommand) request(s desk.Source) desk.Request {
	return desk.Request{
		Source: s, Guild: cache.Local,
		Length: summarize.Length(c.Length), Words: c.Words, Language: c.Language,
	}
}

// batch answers {"id","text"} with {"id","summary"}.
func (c *summarizeCommand) batch(ctx context.Context, p *program) error {
	d := p.newDesk(nil)
	return p.batch(ctx, func(ctx context.Context, line []byte, id json.RawMessage) (any, error) {
		var in struct {
			Text string `json:"text"`
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		story, err := d.Summarize(ctx, c.request(desk.FromText("", in.Text)), nil)
		if err != nil {
			return nil, err
		}
		points := make([]string, len(story.Summary.Points))
		for i, point := range story.Summary.Points {
			points[i] = point.Text
		}
		return struct {
			ID      json.RawMessage `json:"id"`
			Summary string          `json:"summary"`
		}{id, strings.Join(points, " ")}, nil
	})
}
