package main

import (
	"context"
	"encoding/json"

	"newsdesk/article"
	"newsdesk/desk"
)

// extractCommand is `newsdesk extract`.
type extractCommand struct {
	source
	forms
}

// Help is what --help says beside the flags.
func (extractCommand) Help() string {
	return `For instance:

  newsdesk extract https://example.org/story
  newsdesk extract --json page.html
  newsdesk extract --batch < pages.jsonl

--batch reads {"id","url","html"} and prints {"id","url","canonical_url","title",…,"text","paragraphs"}.`
}

func (c *extractCommand) run(ctx context.Context, p *program) error {
	if err := c.one("extract", c.forms); err != nil {
		return err
	}
	d := p.newDesk(nil)
	if c.Batch {
		return c.batch(ctx, p, d)
	}
	a, err := d.Read(ctx, p.from(ctx, c.Source))
	if err != nil {
		return err
	}
	if c.JSON {
		return p.print(newExtractRecord(a))
	}
	p.showArticle(a)
	return nil
}

// batch answers {"id","url","html"} with the article.
func (c *extractCommand) batch(ctx context.Context, p *program, d *desk.Desk) error {
	return p.batch(ctx, func(ctx context.Context, line []byte, id json.RawMessage) (any, error) {
		var in struct {
			URL  string `json:"url"`
			HTML string `json:"html"`
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		// JSON is UTF-8, so the page is, whatever encoding it was served in and still declares.
		page := article.Page{URL: in.URL, ContentType: "text/html; charset=utf-8", Body: []byte(in.HTML)}
		a, err := d.Read(ctx, desk.FromPage(page))
		if err != nil {
			return nil, err
		}
		return struct {
			ID json.RawMessage `json:"id"`
			extractRecord
		}{id, newExtractRecord(a)}, nil
	})
}
