package main

import (
	"newsdesk/article"
	"newsdesk/desk"
	"newsdesk/words"
)

// showQuotes prints what quotes found: the quotes, or whom the name typed may mean, or that there are
// none. a is the article that was looked into, nil for everything filed.
func (p *program) showQuotes(list desk.QuoteList, a *article.Article, q desk.QuoteQuery) {
	switch {
	case len(list.Candidates) > 0:
		p.screen.line(0, run{text: p.words.Say("cli.candidates", "Name", q.Speaker)})
		for _, s := range list.Candidates {
			p.screen.line(4, run{"  " + words.Line(s.Name), strong}, run{"  " + p.words.Say("cli.stats.quotes", "Count", s.Count), faint})
		}
		return
	case len(list.Quotes) == 0 && a != nil && q.Speaker == "" && q.About == "":
		p.screen.line(0, run{text: p.words.Say("cli.quotes.nobody")})
		return
	case len(list.Quotes) == 0 && a != nil:
		p.screen.line(0, run{text: p.words.Say("cli.quotes.none.here")})
		return
	case len(list.Quotes) == 0:
		p.screen.line(0, run{text: p.words.Say("cli.quotes.none")})
		return
	}
	p.showQuoteList(list.Quotes, a)
	if list.Next != "" {
		p.screen.blank()
		p.screen.line(0, run{p.words.Say("cli.quotes.more", "Count", len(list.Quotes)), faint})
	}
}
