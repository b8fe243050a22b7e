package main

import (
	"context"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/words"
)

// askCommand is `newsdesk ask`.
type askCommand struct {
	Question string `arg:"" name:"QUESTION" help:"In quotation marks, so that it is one argument."`
	source
	Then []string `help:"A further question about the same article; may be given several times." placeholder:"QUESTION" sep:"none"`
	JSON bool     `help:"Print one JSON object." name:"json"`
}

// Help is what --help says beside the flags.
func (askCommand) Help() string {
	return `Without a SOURCE it answers from everything that was summarized. For instance:

  newsdesk ask "Who said more work is needed?"
  newsdesk ask "What did the mayor say about the budget?" report.txt
  newsdesk ask "Who said more work is needed?" --then "What else did she say?"`
}

func (c *askCommand) run(ctx context.Context, p *program) error {
	d, question, err := c.prepare(ctx, p)
	if err != nil {
		return err
	}
	for i, text := range append([]string{c.Question}, c.Then...) {
		question.Text = text
		answer, err := d.Ask(ctx, question)
		if err != nil && question.Story == nil {
			err = desk.About(p.storeName(), err)
		}
		if err != nil {
			return err
		}
		question.After = answer.Thread
		if c.JSON {
			answer.Quotes, answer.Sources = list(answer.Quotes), list(answer.Sources)
			if err := p.print(answer); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			p.screen.blank()
			p.heading(words.Line(text), "")
		}
		p.screen.line(0, run{text: words.Plain(answer.Answer)})
		p.whyNoModel(answer.Fallback)
		p.showEvidence(answer)
	}
	return nil
}

// prepare returns a desk with what is to be looked through, and the question without its words.
func (c *askCommand) prepare(ctx context.Context, p *program) (*desk.Desk, desk.Question, error) {
	question := desk.Question{Guild: cache.Local, Language: p.words.Tag()}
	if c.Source != "" {
		d := p.newDesk(nil)
		story, err := d.Study(ctx, p.from(ctx, c.Source))
		if err != nil {
			return nil, question, err
		}
		question.Story = &story
		return d, question, nil
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return nil, question, err
	}
	return p.newDesk(store), question, nil
}

// showEvidence prints the quotes that an answer rests on under their articles, and the sentences of
// which none is a part of such a quote.
func (p *program) showEvidence(a desk.Answer) {
	p.showQuoteList(a.Quotes, nil)
	sources := a.Unquoted()
	if len(sources) == 0 {
		return
	}
	p.screen.blank()
	p.heading(p.words.Say("cli.evidence"), "")
	for _, s := range sources {
		p.screen.line(4, run{"  “", good}, run{text: s.Text}, run{"”", good}, run{"  " + words.Line(s.Article), faint})
	}
}
