package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk/evidence"
	"newsdesk/quote"
	"newsdesk/quote/name"
	"newsdesk/summarize"
	"newsdesk/words"
)

// Question asks the desk something.
type Question struct {
	Text     string
	Guild    string       // whose filed stories are looked through, unless Story is set
	Story    *cache.Story // the only story to look through, filed or not; nil for everything filed
	Language string       // BCP 47: of the words of the answer that are ours; "" is English
	Limit    int          // at most so many quotes as evidence; 0 for 5
}

// Answer is what the desk found. Nothing in it is invented: Answer is put together from Quotes and
// Sources, each a stretch of an article.
type Answer struct {
	Answer  string             `json:"answer"`
	Method  summarize.Method   `json:"method"`  // [summarize.None]: nothing at hand answers the question
	Quotes  []cache.FiledQuote `json:"quotes"`  // the evidence, the best first
	Sources []summarize.Source `json:"sources"` // the sentences, or the places of the quotes
	Looked  Looked             `json:"-"`
}

// Looked is what was looked through for an answer.
type Looked struct{ Stories, Quotes int }

const (
	evidenceLimit = 5   // quotes shown, unless [Question.Limit] says otherwise
	storyLimit    = 40  // stories of the archive that are looked through, the best matches
	moreStories   = 20  // and those that further quotes lead to
	speakerLimit  = 200 // quotes that lead to them

	// How much of a question's weight its answer must hold; see [evidence.Hit].
	enoughSaid     = 0.5 // of what somebody said, in the quote and around it
	enoughWho      = 0.6 // of what is looked for, in the quote itself
	enoughSentence = 0.7 // of any other question, in the sentence and around it

	// A further quote is shown if its score is at least this share of the best one's.
	asGood = 0.5
)

// Ask answers a question from quotes where it asks who said something or what somebody said, and
// otherwise from the sentences that hold its words: the model, if there is one, puts those into an answer
// that has passed the check, and they stand for themselves if there is none or it fails. The store is looked through by
// topic and speaker; see [evidence] for how the evidence is understood and ranked. What somebody said is
// never answered with the words of somebody else.
func (d *Desk) Ask(ctx context.Context, q Question) (Answer, error) {
	asked := evidence.Parse(q.Text, d.now())
	if len(asked.Terms()) == 0 && asked.Speaker == "" {
		return Answer{}, ErrNoQuestion
	}
	stories, looked, err := d.storiesFor(ctx, q, asked)
	if err != nil {
		return Answer{}, err
	}
	if q.Limit <= 0 {
		q.Limit = evidenceLimit
	}
	answer := d.answer(ctx, asked, stories, q)
	answer.Looked = looked
	if answer.Method != summarize.LLM {
		answer.Answer = say(words.For(q.Language), asked, answer, q.Story != nil)
	}
	return answer, nil
}

// storiesFor gathers the stories that may hold the answer, and counts all that were within reach.
func (d *Desk) storiesFor(ctx context.Context, q Question, asked evidence.Question) ([]cache.Story, Looked, error) {
	if q.Story != nil {
		return []cache.Story{*q.Story}, Looked{Stories: 1, Quotes: len(q.Story.Quotes)}, nil
	}
	if d.store == nil {
		return nil, Looked{}, ErrNoStore
	}
	stats, err := d.store.Stats(ctx, q.Guild)
	if err != nil {
		return nil, Looked{}, fmt.Errorf("count the store: %w", err)
	}
	looked := Looked{Stories: stats.Stories, Quotes: stats.Quotes}
	stories, err := d.store.Search(ctx, q.Guild, asked.Speaker+" "+asked.Topic, storyLimit)
	if err != nil {
		return nil, looked, fmt.Errorf("search the store: %w", err)
	}
	if asked.Kind != evidence.Other {
		if stories, err = d.addQuoted(ctx, q.Guild, asked, stories); err != nil {
			return nil, looked, err
		}
	}
	return since(stories, asked.Since), looked, nil
}

// addQuoted adds the stories with quotes that hold all of the topic's words, and the newest that quote
// whoever is asked about: where the words are common and spread, a search for stories passes them over.
func (d *Desk) addQuoted(ctx context.Context, guild string, asked evidence.Question, stories []cache.Story) ([]cache.Story, error) {
	query := cache.QuoteQuery{Guild: guild, Since: asked.Since, Limit: speakerLimit}
	if asked.Speaker != "" {
		like, err := d.store.SpeakersLike(ctx, guild, asked.Speaker, maxCandidates)
		if err != nil {
			return nil, fmt.Errorf("find speakers: %w", err)
		}
		for _, s := range whoIsMeant(asked.Speaker, like) {
			query.Speakers = append(query.Speakers, s.Name)
		}
		if len(query.Speakers) == 0 {
			return stories, nil // somebody is described: the search for stories has to do
		}
	}
	topic := strings.Join(asked.Terms(), " ")
	if topic != "" {
		query.About = topic
		var err error
		if stories, err = d.addStories(ctx, query, stories); err != nil {
			return nil, err
		}
		query.About = ""
	}
	if len(query.Speakers) > 0 {
		return d.addStories(ctx, query, stories)
	}
	return stories, nil
}

// addStories adds the stories of the quotes that a query finds.
func (d *Desk) addStories(ctx context.Context, query cache.QuoteQuery, stories []cache.Story) ([]cache.Story, error) {
	quotes, _, err := d.store.Quotes(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("find quotes: %w", err)
	}
	have := make(map[string]bool)
	for _, s := range stories {
		have[s.ID] = true
	}
	added := 0
	for _, q := range quotes {
		if have[q.StoryID] || added == moreStories {
			continue
		}
		have[q.StoryID] = true
		story, err := d.store.Story(ctx, query.Guild, q.StoryID)
		if errors.Is(err, cache.ErrNotFound) {
			continue // forgotten in the meantime
		}
		if err != nil {
			return nil, fmt.Errorf("read story %s: %w", q.StoryID, err)
		}
		stories = append(stories, story)
		added++
	}
	return stories, nil
}

func since(stories []cache.Story, from time.Time) []cache.Story {
	var out []cache.Story
	for _, s := range stories {
		if from.IsZero() || !s.FiledAt.Before(from) {
			out = append(out, s)
		}
	}
	return out
}

// answer finds the evidence and answers with it. What it returns is complete but for the words of an
// answer that no model wrote.
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
	return d.sentenceAnswer(ctx, asked, stories, q.Text)
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

// candidate is a quote with the story that it stands in.
type candidate struct {
	quote cache.FiledQuote
	story *cache.Story
}

// anybody chooses every speaker of a story.
func anybody(*cache.Story) func(quote.Quote) bool { return func(quote.Quote) bool { return true } }

// candidates gathers the quotes of the speakers that choose chooses in each story.
func candidates(stories []cache.Story, choose func(*cache.Story) func(quote.Quote) bool) []candidate {
	var out []candidate
	for i := range stories {
		chosen := choose(&stories[i])
		for _, q := range stories[i].Quotes {
			if chosen(q) {
				out = append(out, candidate{filed(stories[i], q), &stories[i]})
			}
		}
	}
	return out
}

// passages are what the evidence is ranked by.
func passages(cs []candidate) []evidence.Passage {
	out := make([]evidence.Passage, 0, len(cs))
	for _, c := range cs {
		p := evidence.Passage{Text: c.quote.Text, Around: around(&c.story.Article, c.quote.Start), Title: c.quote.Title, Language: c.story.Article.Language}
		if c.quote.Kind == quote.Indirect {
			p.Weight = 0.7 // a reporter's words, where the speaker's own are at hand
		}
		out = append(out, p)
	}
	return out
}

// around is the paragraph of a place in an article.
func around(a *article.Article, at int) string {
	if i := a.ParagraphAt(at); i >= 0 {
		return a.Slice(a.Paragraphs[i].Span)
	}
	return ""
}

// quoted ranks quotes that hold what somebody is asked to have said.
func quoted(asked evidence.Question, cs []candidate) []candidate {
	hits := evidence.Rank(asked, passages(cs))
	var out []candidate
	best := 0.0
	for _, h := range hits {
		// The words of a statement may stand in part in the sentence that leads to it.
		if (h.Covered+h.Touching)/2 < enoughWho || h.Score < asGood*best {
			continue
		}
		best = max(best, h.Score)
		out = append(out, cs[h.Index])
	}
	return out
}

// said finds what the speaker asked about has said on the topic.
func said(asked evidence.Question, stories []cache.Story) []candidate {
	cs := candidates(stories, speaking(asked.Speaker, stories))
	if len(asked.Terms()) == 0 {
		return bySubstance(cs)
	}
	hits := evidence.Rank(asked, passages(cs))
	var out []candidate
	best := 0.0
	for _, h := range hits {
		if h.Touching < enoughSaid || h.Score < asGood*best {
			continue
		}
		best = max(best, h.Score)
		out = append(out, cs[h.Index])
	}
	return out
}

// speaking returns who is meant by what was typed, in each story: those of that name; if nobody anywhere
// has it, those whom the article describes so ("NATO's chief"); if nobody is, those whose name it nearly
// is.
func speaking(typed string, stories []cache.Story) func(*cache.Story) func(quote.Quote) bool {
	if typed == "" {
		return anybody
	}
	byName := func(fits func(query, full string) bool) func(*cache.Story) func(quote.Quote) bool {
		return func(*cache.Story) func(quote.Quote) bool {
			return func(q quote.Quote) bool { return q.Speaker != "" && fits(typed, q.Speaker) }
		}
	}
	described := func(s *cache.Story) func(quote.Quote) bool {
		fitting := describedAs(typed, s)
		return func(q quote.Quote) bool { return fitting[q.Speaker] }
	}
	for _, choose := range []func(*cache.Story) func(quote.Quote) bool{byName(name.Fits), described, byName(name.FitsLoosely)} {
		if len(candidates(stories, choose)) > 0 {
			return choose
		}
	}
	return func(*cache.Story) func(quote.Quote) bool { return func(quote.Quote) bool { return false } }
}

// describedAs returns the speakers of a story whom its article describes as asked.
func describedAs(asked string, s *cache.Story) map[string]bool {
	mentions := make(map[string][]string)
	for _, q := range s.Quotes {
		if q.Speaker == "" {
			continue
		}
		mentions[q.Speaker] = append(mentions[q.Speaker], "")
		if q.Mention != nil {
			mentions[q.Speaker] = append(mentions[q.Speaker], q.Mention.Text)
		}
	}
	fitting := make(map[string]bool)
	for speaker, ms := range mentions {
		fitting[speaker] = evidence.Describe(s.Article.Text, speaker, ms).Fits(asked)
	}
	return fitting
}

// bySubstance orders the quotes of a speaker who is asked about without a topic: the newest story first,
// in it quotations before reported statements, the one that says most first.
func bySubstance(cs []candidate) []candidate {
	substance := func(c candidate) (rank, length int) {
		if c.quote.Kind == quote.Indirect {
			rank = 1
		}
		return rank, len(strings.Fields(c.quote.Text))
	}
	out := append([]candidate(nil), cs...)
	slices.SortStableFunc(out, func(a, b candidate) int {
		if c := b.quote.FiledAt.Compare(a.quote.FiledAt); c != 0 {
			return c
		}
		ra, la := substance(a)
		rb, lb := substance(b)
		if ra != rb {
			return ra - rb
		}
		return lb - la
	})
	return out
}

// say puts an answer into words. Only what stands in an article word for word stands in marks.
func say(w *words.Words, asked evidence.Question, a Answer, oneStory bool) string {
	if a.Method == summarize.None && oneStory {
		return w.Say("ask.none_here")
	}
	if a.Method == summarize.None {
		return w.Say("ask.none", "Count", a.Looked.Stories, "Quotes", a.Looked.Quotes)
	}
	if asked.Kind == evidence.Other || len(a.Quotes) == 0 {
		return words.Line(a.Sources[0].Text)
	}
	best := a.Quotes[0]
	speaker, text := SpeakerShown(best.Quote), words.Line(best.Text)
	switch {
	case best.Kind == quote.Indirect && speaker == "":
		return text
	case best.Kind == quote.Indirect:
		return w.Say("ask.reported", "Speaker", speaker, "Text", text)
	case speaker == "":
		return w.Say("ask.unnamed", "Text", text)
	}
	return w.Say("ask.said", "Speaker", speaker, "Text", text)
}

// sureEnough is the confidence from which a speaker's name is shown to people.
const sureEnough = 0.5

// SpeakerShown is who is said to have said a quote: the name if it is sure enough, else the words that
// the article uses there, or "" if there are none.
func SpeakerShown(q quote.Quote) string {
	if q.Confidence >= sureEnough || q.Mention == nil {
		return words.Line(q.Speaker)
	}
	return words.Line(q.Mention.Text)
}
