package main

import (
	"context"
	"strings"
	"time"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/digest"
	"newsdesk/words"
)

// digestCommand is `newsdesk digest`.
type digestCommand struct {
	Since *desk.Since `help:"Filed since then: 24h if not given, 7d, 2w, or a day as 2026-01-31." placeholder:"WHEN"`
	JSON  bool        `help:"Print one JSON object." name:"json"`
}

// Help is what --help says beside the flags.
func (digestCommand) Help() string {
	return `The news of what was summarized: the same story from several outlets is told once. For instance:

  newsdesk digest
  newsdesk digest --since 7d
  newsdesk digest --json --since 2026-01-31`
}

// usualPeriod is what a digest is of when nobody says.
const usualPeriod = 24 * time.Hour

func (c *digestCommand) run(ctx context.Context, p *program) error {
	until := p.now()
	since := until.Add(-usualPeriod)
	if c.Since != nil {
		since = c.Since.From(until)
	}
	if since.After(until) {
		return usagef("--since is a day that has not come yet; write for instance --since 7d")
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	news, err := p.newDesk(store).Digest(ctx, cache.Local, since, until)
	if err != nil {
		return desk.About(p.storeName(), err)
	}
	if c.JSON {
		return p.print(newDigestRecord(news))
	}
	p.showDigest(news)
	return nil
}

// digestRecord is what digest prints.
type digestRecord struct {
	Since      time.Time           `json:"since"`
	Until      time.Time           `json:"until"`
	Stories    []digestStoryRecord `json:"stories"`
	MostQuoted []cache.Speaker     `json:"most_quoted"`
	LeftOut    int                 `json:"left_out"`
}

type digestStoryRecord struct {
	Headline string                `json:"headline"`
	Sentence string                `json:"sentence"`
	Articles []digestArticleRecord `json:"articles"`
	Quote    *cache.FiledQuote     `json:"quote"`
	Voices   []cache.FiledQuote    `json:"voices"`
	Only     []onlyRecord          `json:"only"`
	SharedBy []string              `json:"shared_by"`
}

type digestArticleRecord struct {
	Article   string `json:"article"`
	Title     string `json:"title"`
	Site      string `json:"site"`
	Published string `json:"published"`
}

// onlyRecord is what only one outlet has.
type onlyRecord struct {
	Article  string   `json:"article"`
	Speakers []string `json:"speakers"`
	Sentence string   `json:"sentence"`
	Words    []string `json:"words"`
}

func newDigestRecord(d digest.Digest) digestRecord {
	r := digestRecord{Since: d.Since, Until: d.Until, Stories: []digestStoryRecord{}, MostQuoted: list(d.MostQuoted), LeftOut: d.LeftOut}
	for _, s := range d.Stories {
		story := digestStoryRecord{
			Headline: s.Headline, Sentence: s.Sentence.Text, Quote: s.Quote,
			Voices: list(s.Voices), Only: []onlyRecord{}, SharedBy: list(s.SharedBy),
		}
		for _, i := range s.Items {
			a := &i.Story.Article
			story.Articles = append(story.Articles, digestArticleRecord{cache.Name(a), a.Title, a.Site, a.Published})
		}
		for _, o := range s.Only {
			story.Only = append(story.Only, onlyRecord{cache.Name(&s.Items[o.Item].Story.Article), list(o.Speakers), o.Point.Text, list(o.Words)})
		}
		r.Stories = append(r.Stories, story)
	}
	return r
}

// showDigest prints the news for people.
func (p *program) showDigest(d digest.Digest) {
	since, until := p.words.Moment(d.Since.Local()), p.words.Moment(d.Until.Local())
	if len(d.Stories) == 0 {
		p.screen.line(0, run{text: p.words.Say("cli.digest.none", "Since", since)})
		return
	}
	p.heading(p.words.Say("edition.title"), p.words.Say("cli.digest.period", "Since", since, "Until", until))
	for i := range d.Stories {
		s := &d.Stories[i]
		if i > 0 && s.Fed && !d.Stories[i-1].Fed {
			p.screen.blank()
			p.heading(p.words.Say("edition.feeds"), "")
		}
		p.screen.blank()
		p.showDigestStory(s, d.Quotation(s))
	}
	if s := d.Disagreement(); s != nil {
		p.screen.blank()
		p.heading(p.words.Say("edition.voices"), words.Line(s.Headline))
		for _, q := range s.Voices {
			p.showTold(q)
		}
	}
	if len(d.MostQuoted) > 0 {
		p.screen.blank()
		p.heading(p.words.Say("edition.quoted"), "")
		for _, s := range d.MostQuoted {
			p.screen.line(4, run{"  " + words.Line(s.Name), strong}, run{"  " + p.words.Say("cli.stats.quotes", "Count", s.Count), faint})
		}
	}
	if d.LeftOut > 0 {
		p.screen.blank()
		p.screen.line(0, run{p.words.Say("edition.left", "Count", d.LeftOut), faint})
	}
}

// showDigestStory prints one story: its headline and outlets, a sentence, a quotation, and what only one outlet has.
func (p *program) showDigestStory(s *digest.Story, quotation *cache.FiledQuote) {
	p.screen.line(0, run{words.Line(s.Headline), strong})
	var outlets []string
	for _, i := range s.Outlets() {
		outlets = append(outlets, words.Line(i.Outlet()))
	}
	p.screen.line(0, run{strings.Join(outlets, " · "), faint})
	if s.Sentence.Text != "" {
		p.screen.line(2, run{"• ", accent}, run{text: words.Line(s.Sentence.Text)})
	}
	if quotation != nil {
		p.showTold(*quotation)
	}
	for _, o := range s.Only {
		site := words.Line(s.Items[o.Item].Outlet())
		if len(o.Speakers) > 0 {
			p.screen.line(4, run{"  " + p.words.Say("edition.only.speakers", "Site", site, "Speakers", words.Line(strings.Join(o.Speakers, ", "))), faint})
		}
		if len(o.Words) > 0 {
			p.screen.line(4, run{"  " + p.words.Say("edition.only.facts", "Site", site), faint}, run{" " + words.Line(o.Point.Text), faint})
		}
	}
}

// showTold prints a quotation of a story: who said it, in which outlet, and the words.
func (p *program) showTold(q cache.FiledQuote) {
	p.screen.line(2, run{"  " + desk.SpeakerShown(q.Quote), strong}, run{"  " + words.Line(cache.Outlet(q.Site, q.Article)), faint})
	p.showQuote(q, nil)
}
