package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk/evidence"
)

// How much of everything filed is read for one question.
const (
	storyLimit   = 40  // stories: the best matches
	moreStories  = 20  // and so many to which quotes lead, twice
	speakerLimit = 200 // quotes that are looked at for that
)

// storiesFor gathers the stories that may hold the answer, and counts all that were within reach.
func (d *Desk) storiesFor(ctx context.Context, q Question, asked evidence.Question) ([]cache.Story, Looked, error) {
	if q.Story != nil {
		return []cache.Story{*q.Story}, Looked{Stories: 1, Sentences: len(article.Sentences(&q.Story.Article)), Quotes: len(q.Story.Quotes)}, nil
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
