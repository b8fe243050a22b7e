package desk

import (
	"context"
	"slices"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk/evidence"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/words"
)

// Question asks the desk something.
type Question struct {
	Text     string
	Guild    string       // whose filed stories are looked through, unless Story is set
	Story    *cache.Story // the only story to look through, filed or not; nil for everything filed
	Language string       // BCP 47: of the words of the answer that are ours; "" is English
	After    *Thread      // of the answer that it follows upon: its article is looked through first; nil for none
	Limit    int          // at most so many quotes as evidence; 0 for 5
	NoModel  bool         // no model is asked, as where the guild has set that
}

// Answer is what the desk found. Nothing in it is invented: Answer is put together from Quotes and
// Sources, each a stretch of an article.
type Answer struct {
	Answer  string             `json:"answer"`
	Method  summarize.Method   `json:"method"`  // [summarize.None]: nothing at hand answers the question
	Quotes  []cache.FiledQuote `json:"quotes"`  // the evidence, the best first
	Sources []summarize.Source `json:"sources"` // the sentences, or the places of the quotes
	// Statements are the sentences of an answer that a model wrote, each with what it rests on.
	Statements []Statement `json:"statements,omitempty"`
	// Fallback says in a word why a model that should have answered did not; see [summarize.Summary.Fallback]. If
	// Method is [summarize.None] too, Sources are the sentences that come nearest.
	Fallback string  `json:"fallback,omitempty"`
	Looked   Looked  `json:"-"`
	Thread   *Thread `json:"-"` // for a question that follows
}

// Statement is one sentence of an answer.
type Statement struct {
	Text    string `json:"text"`
	Sources []int  `json:"sources"` // indices into [Answer.Sources]
}

// Looked is what was looked through for an answer.
type Looked struct{ Stories, Sentences, Quotes int }

// evidenceLimit is how many quotes are shown, unless [Question.Limit] says otherwise.
const evidenceLimit = 5

// Ask answers a question from quotes where it asks who said something or what somebody said, and
// otherwise from the sentences that hold its words: the model, if there is one, puts those into an answer
// that has passed the check, and they stand for themselves if there is none or it fails. The store is
// looked through by topic and speaker; package evidence understands the question and ranks what is found.
// What somebody said is never answered with the words of somebody else.
func (d *Desk) Ask(ctx context.Context, q Question) (Answer, error) {
	asked := q.After.goOn(q.Text, evidence.Parse(q.Text, d.now()))
	if len(asked.Terms()) == 0 && asked.Speaker == "" {
		return Answer{}, ErrNoQuestion
	}
	if q.Limit <= 0 {
		q.Limit = evidenceLimit
	}
	if d.model != nil {
		set, err := d.Settings(ctx, q.Guild)
		q.NoModel = q.NoModel || set.NoModel || err != nil && q.Guild != cache.Local
	}
	if q.Story == nil && q.After != nil && q.After.Story != nil {
		in := q
		in.Story = q.After.Story
		if answer, err := d.look(ctx, asked, in); err == nil && answer.Method != summarize.None {
			return answer, nil
		}
	}
	return d.look(ctx, asked, q)
}

// look answers from the story that is given, or from everything filed.
func (d *Desk) look(ctx context.Context, asked evidence.Question, q Question) (Answer, error) {
	stories, looked, err := d.storiesFor(ctx, q, asked)
	if err != nil {
		return Answer{}, err
	}
	answer := d.answer(ctx, asked, stories, q)
	answer.Looked = looked
	answer.Thread = thread(asked, answer, stories, q.After)
	if answer.Answer == "" {
		answer.Answer = say(words.For(q.Language), answer, q.Story != nil)
	}
	return answer, nil
}

// answer finds the evidence and answers with it. What it returns is complete but for the words of an
// answer that is a quote, or none.
func (d *Desk) answer(ctx context.Context, asked evidence.Question, stories []cache.Story, q Question) Answer {
	var quotes []candidate
	switch asked.Kind {
	case evidence.WhatSaid:
		quotes = said(asked, stories)
	case evidence.WhoSaid:
		quotes = quoted(asked, candidates(stories, anybody))
	}
	if len(quotes) > 0 {
		return quoteAnswer(quotes[:min(q.Limit, len(quotes))])
	}
	if asked.Kind == evidence.WhatSaid {
		return none()
	}
	return d.sentenceAnswer(ctx, asked, stories, q)
}

func none() Answer {
	return Answer{Method: summarize.None, Quotes: []cache.FiledQuote{}, Sources: []summarize.Source{}}
}

func quoteAnswer(quotes []candidate) Answer {
	a := Answer{Method: summarize.Extractive}
	for _, c := range quotes {
		a.Quotes = append(a.Quotes, c.quote)
		a.Sources = append(a.Sources, summarize.Source{Span: c.quote.Span, Text: c.quote.Text, Article: c.quote.Article})
	}
	return a
}

// say puts the best quote into words, or that there is none. Only what stands in an article word for word stands in marks.
func say(w *words.Words, a Answer, oneStory bool) string {
	switch {
	case a.Method == summarize.None && len(a.Sources) > 0:
		return w.Say("ask.nearest")
	case a.Method == summarize.None && oneStory:
		return w.Say("ask.none_here", "Count", a.Looked.Sentences, "Quotes", a.Looked.Quotes)
	case a.Method == summarize.None:
		return w.Say("ask.none", "Count", a.Looked.Stories, "Quotes", a.Looked.Quotes)
	}
	best := a.Quotes[0]
	speaker, text := SpeakerShown(best.Quote), words.Line(article.Line(best.Text))
	switch {
	case best.Kind == quote.Indirect && speaker == "":
		return text
	case best.Kind == quote.Indirect:
		return w.Say("ask.reported", "Speaker", speaker, "Text", text)
	case speaker == "" && best.Speaker != "":
		return w.Say("ask.unsure", "Text", text)
	case speaker == "":
		return w.Say("ask.unnamed", "Text", text)
	}
	return w.Say("ask.said", "Speaker", speaker, "Text", text)
}

// Unquoted returns the sources of which no quote is a part: what an answer rests on beside the quotes.
func (a Answer) Unquoted() []summarize.Source {
	var out []summarize.Source
	for _, s := range a.Sources {
		if !slices.ContainsFunc(a.Quotes, func(q cache.FiledQuote) bool { return q.Article == s.Article && s.Contains(q.Span) }) {
			out = append(out, s)
		}
	}
	return out
}
