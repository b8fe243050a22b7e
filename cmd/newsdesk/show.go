package main

import (
	"fmt"
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/words"
)

// showStory prints a summarized article: title, source, summary, quotations.
func (p *program) showStory(story cache.Story, quotes []cache.FiledQuote) {
	p.showHead(&story.Article)
	if !story.UpdatedAt.IsZero() {
		p.screen.line(0, run{p.words.Say("cli.updated", "When", p.words.Moment(story.UpdatedAt.Local())), faint})
	}
	p.screen.blank()
	title := p.words.Say("cli.summary")
	if story.Article.Partial != article.Whole {
		title = p.words.Say("cli.summary.partial")
	}
	p.heading(title, p.method(story.Summary))
	p.whyNoModel(story.Summary.Fallback)
	for _, point := range story.Summary.Points {
		p.screen.line(2, run{"• ", accent}, run{text: words.Line(point.Text)})
	}
	p.beside = map[article.Span]string{}
	for _, q := range story.Summary.Quotes {
		p.beside[q.Span] = q.Translation
	}
	p.showQuoteList(quotes, &story.Article)
}

// showHead prints the title and the source line, and says so if what follows is not the whole article.
func (p *program) showHead(a *article.Article) {
	if a.Title != "" {
		p.screen.line(0, run{words.Line(a.Title), strong})
	}
	p.screen.line(0, run{p.sourceLine(a), faint})
	p.showPartial(a)
}

// showPartial says so if what follows is not the whole article.
func (p *program) showPartial(a *article.Article) {
	if key := partials[a.Partial]; key != "" {
		p.screen.line(0, run{p.words.Say(key), bad})
	}
}

// partials are the sentences for why an article is not whole.
var partials = map[article.Partial]string{
	article.Subscribers: "cli.partial.subscribers",
	article.Cut:         "cli.partial.cut",
	article.Consent:     "cli.partial.consent",
	article.Media:       "cli.partial.media",
}

// sourceLine is where an article comes from: site · byline · date · reading time · words.
func (p *program) sourceLine(a *article.Article) string {
	n := a.Words()
	parts := []string{
		siteOf(a), strings.Join(a.Byline, ", "), p.dayOf(a.Published),
		p.words.Say("cli.minutes", "Count", a.Minutes()),
		p.words.Say("cli.words", "Count", n),
	}
	for i, part := range parts {
		parts[i] = words.Line(part)
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

// siteOf is the outlet of an article.
func siteOf(a *article.Article) string { return cache.Outlet(a.Site, cache.Name(a)) }

// dayOf is the day of a published date, "" if there is none.
func (p *program) dayOf(published string) string {
	day, ok := article.Day(published)
	if !ok {
		return ""
	}
	return p.words.Day(day)
}

// heading prints the heading of a section with a remark.
func (p *program) heading(text, remark string) {
	runs := []run{{text, accent}}
	if remark != "" {
		runs = append(runs, run{text: "  "}, run{remark, faint})
	}
	p.screen.line(0, runs...)
}

// method says how a summary was made.
func (p *program) method(s summarize.Summary) string {
	if s.Method == summarize.LLM {
		return p.words.Say("cli.method.llm", "Model", s.Model)
	}
	return p.words.Say("cli.method.extractive")
}

// whyNoModel prints why something is not the model's, if it should be.
func (p *program) whyNoModel(fallback string) {
	if why := desk.ExplainFallback(p.words, "", fallback); why != "" {
		p.screen.line(0, run{why, faint})
	}
}

// showQuoteList prints quotations under their speakers in the order of the article, then what nobody is
// named for, then reported statements. a is the article they stand in, nil if they are of several.
func (p *program) showQuoteList(quotes []cache.FiledQuote, a *article.Article) {
	var said, unnamed, reported []cache.FiledQuote
	for _, q := range quotes {
		switch {
		case q.Kind == quote.Indirect:
			reported = append(reported, q)
		case q.Speaker == "" && desk.SpeakerShown(q.Quote) == "":
			unnamed = append(unnamed, q)
		default:
			said = append(said, q)
		}
	}
	p.quoteSection(p.words.Say("cli.quotations", "Count", len(said)), "", said, a)
	p.quoteSection(p.words.Say("cli.unnamed", "Count", len(unnamed)), p.words.Say("cli.unnamed.remark"), unnamed, a)
	p.quoteSection(p.words.Say("cli.reported", "Count", len(reported)), p.words.Say("cli.reported.remark"), reported, a)
}

func (p *program) quoteSection(title, remark string, quotes []cache.FiledQuote, a *article.Article) {
	if len(quotes) == 0 {
		return
	}
	p.screen.blank()
	p.heading(title, remark)
	speaker, story := "", ""
	for i, q := range quotes {
		if a == nil && (i == 0 || q.StoryID != story) {
			p.screen.line(2, run{"  " + words.Line(q.Title), strong}, run{p.where(q), faint})
			speaker, story = "", q.StoryID
		}
		s := desk.SpeakerShown(q.Quote)
		if s == "" && q.Speaker != "" {
			s = p.words.Say("cli.unsure")
		}
		if s != speaker && s != "" {
			p.screen.line(2, run{"  " + s, strong})
		}
		speaker = s
		p.showQuote(q, a)
	}
}

// showQuote prints one quote and where it stands. Only what is verbatim stands in quotation marks.
func (p *program) showQuote(q cache.FiledQuote, a *article.Article) {
	runs, said := []run{{text: "    "}}, words.Line(article.Line(q.Text))
	if q.Kind == quote.Indirect {
		runs = append(runs, run{"… ", faint}, run{text: said})
	} else {
		runs = append(runs, run{"“", good}, run{text: said}, run{"”", good})
	}
	if a != nil {
		if n := a.BodyParagraph(q.Paragraph); n > 0 {
			runs = append(runs, run{fmt.Sprintf("  ¶%d", n), faint})
		}
	}
	if q.Corrected != nil {
		runs = append(runs, run{"  " + p.words.Say("cli.corrected"), faint})
	}
	p.screen.line(5, runs...)
	if translation := p.beside[q.Span]; translation != "" {
		p.screen.line(6, run{"      " + p.words.Say("cli.translated") + " ", faint}, run{text: words.Line(translation)})
	}
	p.showWhy(q)
}

// where is the outlet of a quote and the day it was published, or filed where no one knows that.
func (p *program) where(q cache.FiledQuote) string {
	site := q.Site
	if site == "" {
		site = q.Article
	}
	text := "  " + words.Line(site)
	switch day := p.dayOf(q.Published); {
	case day != "":
		text += " · " + day
	case !q.FiledAt.IsZero():
		text += " · " + p.words.Say("cli.filed", "Day", p.words.Day(q.FiledAt.Local()))
	}
	return text
}
