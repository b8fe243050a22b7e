package main

import (
	"context"
	"encoding/json"
	"fmt"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/summarize/ground"
	"newsdesk/words"
)

// verifyCommand is `newsdesk verify`.
type verifyCommand struct {
	source
	forms
	Claim   string `help:"A sentence: does the article bear it out?" placeholder:"TEXT"`
	Quote   string `help:"Words: did anyone say them like that?" placeholder:"WORDS"`
	Speaker string `help:"Who is said to have said --quote." placeholder:"NAME"`
}

// Help is what --help says beside the flags.
func (verifyCommand) Help() string {
	return `For instance:

  newsdesk verify --claim "The council agreed on Monday." report.txt
  newsdesk verify --quote "a brave guess" --speaker Lindqvist
  newsdesk verify --batch < claims.jsonl

--quote without a SOURCE looks through everything that was summarized.
--batch reads {"id","article","sentence"} and prints {"id","supported","score","reasons"}.`
}

// claimRecord is what verify --claim prints.
type claimRecord struct {
	Supported bool     `json:"supported"`
	Score     float64  `json:"score"`
	Reasons   []string `json:"reasons"`
}

func (c *verifyCommand) run(ctx context.Context, p *program) error {
	switch {
	case c.Batch && (c.Claim != "" || c.Quote != ""):
		return usagef("--batch reads the sentences to check from standard input; leave --claim and --quote out")
	case c.Batch && c.Source != "":
		return c.one("verify", c.forms)
	case c.Batch:
		return c.batch(ctx, p)
	case (c.Claim == "") == (c.Quote == ""):
		return usagef("give either --claim or --quote, for instance `newsdesk verify --claim \"It rained.\" article.txt`")
	case c.Claim != "" && c.Speaker != "":
		return usagef("--speaker goes with --quote; leave it out with --claim")
	case c.Claim != "" && c.Source == "":
		return usagef("--claim needs the article: newsdesk verify --claim TEXT SOURCE")
	case c.Claim != "":
		return c.claim(ctx, p)
	}
	return c.quote(ctx, p)
}

func (c *verifyCommand) claim(ctx context.Context, p *program) error {
	d := p.newDesk(nil)
	a, err := d.Read(ctx, p.from(ctx, c.Source))
	if err != nil {
		return err
	}
	verdict, err := d.CheckClaim(ctx, c.Claim, a)
	if err != nil {
		return err
	}
	record := newClaimRecord(p.words, verdict)
	if c.JSON {
		return p.print(record)
	}
	if record.Supported {
		p.screen.line(0, run{p.words.Say("cli.claim.supported"), good}, run{p.score(record.Score), faint})
	} else {
		p.screen.line(0, run{p.words.Say("cli.claim.unsupported"), bad}, run{p.score(record.Score), faint})
	}
	for _, reason := range record.Reasons {
		p.screen.line(4, run{text: "  • " + words.Line(reason)})
	}
	return nil
}

func (p *program) score(score float64) string { return fmt.Sprintf("  %.2f", score) }

func newClaimRecord(w *words.Words, v ground.Verdict) claimRecord {
	r := claimRecord{Supported: v.Supported, Score: v.Score, Reasons: make([]string, 0, len(v.Reasons))}
	for _, reason := range v.Reasons {
		r.Reasons = append(r.Reasons, desk.SayReason(w, reason))
	}
	return r
}

func (c *verifyCommand) quote(ctx context.Context, p *program) error {
	claim := desk.QuoteClaim{Words: c.Quote, Speaker: c.Speaker, Guild: cache.Local}
	d, subject := p.newDesk(nil), c.Source
	var a *article.Article
	if c.Source != "" {
		story, err := d.Study(ctx, p.from(ctx, c.Source))
		if err != nil {
			return err
		}
		claim.Story, a = &story, &story.Article
	} else {
		store, err := p.openStore(ctx)
		if err != nil {
			return err
		}
		d, subject = p.newDesk(store), p.storeName()
	}
	verdict, err := d.CheckQuote(ctx, claim)
	if err != nil {
		return desk.About(subject, err)
	}
	if c.JSON {
		verdict.Quotes, verdict.Differences = list(verdict.Quotes), list(verdict.Differences)
		return p.print(verdict)
	}
	p.showQuoteVerdict(verdict, a)
	return nil
}

// outcomes are the sentences for what became of words that were looked up.
var outcomes = map[desk.Verdict]string{
	desk.Verbatim:     "cli.quote.verbatim",
	desk.Altered:      "cli.quote.altered",
	desk.OtherSpeaker: "cli.quote.other",
	desk.NotFound:     "cli.quote.missing",
}

func (p *program) showQuoteVerdict(v desk.QuoteVerdict, a *article.Article) {
	look := bad
	if v.Verdict == desk.Verbatim {
		look = good
	}
	p.screen.line(0, run{p.words.Say(outcomes[v.Verdict]), look})
	for _, d := range v.Differences {
		key := "cli.quote.difference"
		switch {
		case d.Said == "":
			key = "cli.quote.added"
		case d.Claimed == "":
			key = "cli.quote.dropped"
		}
		p.screen.line(4, run{text: "  " + p.words.Say(key, "Said", d.Said, "Claimed", d.Claimed)})
	}
	p.showQuoteList(v.Quotes, a)
}

// batch answers {"id","article","sentence"} with {"id","supported","score","reasons"}.
func (c *verifyCommand) batch(ctx context.Context, p *program) error {
	d := p.newDesk(nil)
	return p.batch(ctx, func(ctx context.Context, line []byte, id json.RawMessage) (any, error) {
		var in struct {
			Article  string `json:"article"`
			Sentence string `json:"sentence"`
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		a, err := d.Read(ctx, desk.FromText("", in.Article))
		if err != nil {
			return nil, err
		}
		verdict, err := d.CheckClaim(ctx, in.Sentence, a)
		if err != nil {
			return nil, err
		}
		return struct {
			ID json.RawMessage `json:"id"`
			claimRecord
		}{id, newClaimRecord(p.words, verdict)}, nil
	})
}
