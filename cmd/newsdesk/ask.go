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
	JSON bool `help:"Print one JSON object." name:"json"`
}

// Help is what --help says beside the flags.
func (askCommand) Help() string {
	return `Without a SOURCE it answers from everything that was summarized. For instance:

  newsdesk ask "Who said more work is needed?"
  newsdesk ask "What did the mayor say about the budget?" report.txt`
}

func (c *askCommand) run(ctx context.Context, p *program) error {
	answer, err := c.answer(ctx, p)
	if err != nil {
		return err
	}
	if c.JSON {
		answer.Quotes, answer.Sources = list(answer.Quotes), list(answer.Sources)
		return p.print(answer)
	}
	p.screen.line(0, run{text: words.Plain(answer.Answer)})
	p.showEvidence(answer)
	return nil
}

func (c *askCommand) answer(ctx context.Context, p *program) (desk.Answer, error) {
	question := desk.Question{Text: c.Question, Guild: cache.Local, Language: p.config.Language}
	if c.Source != "" {
		d := p.newDesk(nil)
		story, err := d.Study(ctx, p.from(ctx, c.Source))
		if err != nil {
			return desk.Answer{}, err
		}
		question.Story = &story
		return d.Ask(ctx, question)
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return desk.Answer{}, err
	}
	answer, err := p.newDesk(store).Ask(ctx, question)
	return answer, desk.About(p.storeName(), err)
}

// showEvidence prints the quotes that an answer rests on under their articles, and the sentences of
// which none is a part of such a quote.
func (p *program) showEvidence(a desk.Answer) {
	p.showQuoteList(a.Quotes, nil)
	if len(a.Quotes) > 0 || len(a.Sources) == 0 {
		return
	}
	p.screen.blank()
	p.heading(p.words.Say("cli.evidence"), "")
	for _, s := range a.Sources {
		p.screen.line(4, run{"  “", good}, run{text: s.Text}, run{"”", good}, run{"  " + words.Line(s.Article), faint})
	}
}
