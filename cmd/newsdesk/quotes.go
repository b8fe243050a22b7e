package main

import (
	"context"
	"encoding/json"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk"
)

// quotesCommand is `newsdesk quotes`.
type quotesCommand struct {
	source
	forms
	Speaker string      `help:"Who said it: any part of the name." placeholder:"NAME"`
	About   string      `help:"Words that the quote or the article's title holds." placeholder:"WORDS"`
	Since   *desk.Since `help:"Filed since then: 7d, 24h, 2w, or a day as 2026-01-31." placeholder:"WHEN"`
	Why     bool        `help:"Say of each quote how its speaker was found."`
	Limit   *int        `help:"At most so many; on a terminal 50 if not given." placeholder:"N"`
}

// usualLimit is how many quotes a terminal gets when nobody says.
const usualLimit = 50

// Help is what --help says beside the flags.
func (quotesCommand) Help() string {
	return `Without a SOURCE it looks through everything that was summarized. For instance:

  newsdesk quotes report.txt
  newsdesk quotes --speaker Rutte --since 7d
  newsdesk quotes --why report.txt
  newsdesk quotes --batch < articles.jsonl

--batch reads {"id","text"} and prints {"id","quotes":[…]}.`
}

func (c *quotesCommand) run(ctx context.Context, p *program) error {
	switch {
	case c.Batch && c.Source != "":
		return c.one("quotes", c.forms)
	case c.Limit != nil && *c.Limit < 1:
		return usagef("--limit is a number from 1 up; leave it out for all")
	case c.Why && c.Batch:
		return usagef("--why is for one SOURCE or for what is filed; leave out either it or --batch")
	case c.Since != nil && (c.Source != "" || c.Batch):
		return usagef("--since looks through what is filed; leave out either it or the SOURCE")
	case c.Batch:
		return c.batch(ctx, p)
	}
	query := c.query(p)
	list, a, story, err := c.find(ctx, p, query)
	if err != nil {
		return err
	}
	var why []explainedRecord
	if c.Why {
		if why, err = p.explained(list.Quotes, story); err != nil {
			return err
		}
	}
	switch {
	case c.JSON && c.Why:
		return p.print(struct {
			Quotes     []explainedRecord `json:"quotes"`
			Candidates []cache.Speaker   `json:"candidates,omitempty"`
		}{why, list.Candidates})
	case c.JSON:
		return p.print(quotesRecord{Quotes: listOf(list), Candidates: list.Candidates})
	}
	p.showQuotes(list, a, query)
	return nil
}

func (c *quotesCommand) query(p *program) desk.QuoteQuery {
	q := desk.QuoteQuery{Guild: cache.Local, Speaker: c.Speaker, About: c.About, Since: c.Since.From(p.now())}
	q.Dates = !c.JSON // people are shown them
	switch {
	case c.Limit != nil:
		q.Limit = *c.Limit
	case p.screen.terminal && !c.JSON:
		q.Limit = usualLimit
	}
	return q
}

// find looks into the SOURCE, whose article it returns as well, or into everything filed. The function that it
// returns reads the story of a quote that was found.
func (c *quotesCommand) find(ctx context.Context, p *program, q desk.QuoteQuery) (desk.QuoteList, *article.Article, func(id string) (cache.Story, error), error) {
	if c.Source != "" {
		story, err := p.newDesk(nil).Study(ctx, p.from(ctx, c.Source))
		if err != nil {
			return desk.QuoteList{}, nil, nil, err
		}
		return desk.QuotesIn(story, q), &story.Article, func(string) (cache.Story, error) { return story, nil }, nil
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return desk.QuoteList{}, nil, nil, err
	}
	d := p.newDesk(store)
	list, err := d.Quotes(ctx, q)
	return list, nil, p.filedStory(ctx, d), desk.About(p.storeName(), err)
}

// batch answers {"id","text"} with {"id","quotes"}.
func (c *quotesCommand) batch(ctx context.Context, p *program) error {
	d := p.newDesk(nil)
	query := desk.QuoteQuery{Speaker: c.Speaker, About: c.About}
	if c.Limit != nil {
		query.Limit = *c.Limit
	}
	return p.batch(ctx, func(ctx context.Context, line []byte, id json.RawMessage) (any, error) {
		var in struct {
			Text string `json:"text"`
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		story, err := d.Study(ctx, desk.FromText("", in.Text))
		if err != nil {
			return nil, err
		}
		return struct {
			ID json.RawMessage `json:"id"`
			quotesRecord
		}{id, quotesRecord{Quotes: listOf(desk.QuotesIn(story, query))}}, nil
	})
}

func listOf(l desk.QuoteList) []cache.FiledQuote { return list(l.Quotes) }
