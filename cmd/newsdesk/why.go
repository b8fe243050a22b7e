package main

import (
	"context"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/words"
)

// explainedRecord is a quote as quotes --why prints it: with the steps from the words beside it to its speaker.
type explainedRecord struct {
	cache.FiledQuote
	Why []quote.Step `json:"why"`
}

// explained are quotes with their steps, and the steps in words by [desk.QuoteRef] and story. story returns the one of
// an ID.
func (p *program) explained(quotes []cache.FiledQuote, story func(id string) (cache.Story, error)) ([]explainedRecord, error) {
	records := make([]explainedRecord, 0, len(quotes))
	stories := map[string]cache.Story{}
	p.why = map[string][]string{}
	for _, q := range quotes {
		s, known := stories[q.StoryID]
		if !known {
			var err error
			if s, err = story(q.StoryID); err != nil {
				return nil, err
			}
			stories[q.StoryID] = s
		}
		r := explainedRecord{FiledQuote: q, Why: []quote.Step{}}
		for n, its := range s.Quotes {
			if its.Span == q.Span && its.Kind == q.Kind {
				steps, _ := quote.Explain(&s.Article, s.Quotes, n)
				r.Why = list(steps)
				p.why[whyKey(q)] = desk.Why(p.words, &s, n, words.Line)
			}
		}
		records = append(records, r)
	}
	return records, nil
}

func whyKey(q cache.FiledQuote) string { return q.StoryID + desk.QuoteRef(q.Quote) }

// filedStory reads what is filed for the command line.
func (p *program) filedStory(ctx context.Context, d *desk.Desk) func(id string) (cache.Story, error) {
	return func(id string) (cache.Story, error) { return d.Story(ctx, cache.Local, id) }
}

// showWhy prints why a quote has its speaker, if that is asked for.
func (p *program) showWhy(q cache.FiledQuote) {
	for _, reason := range p.why[whyKey(q)] {
		p.screen.line(8, run{"      – " + reason, faint})
	}
}
