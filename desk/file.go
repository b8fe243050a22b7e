package desk

import (
	"context"
	"fmt"

	"newsdesk/cache"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/extractive"
)

// Request asks for a summary of an article.
type Request struct {
	Source   Source
	Guild    string           // who may see it once filed; [cache.Local] for the command line
	By       string           // who shared it, "" on the command line
	Length   summarize.Length // "" is [summarize.Standard]
	Words    int              // above 0: a summary of the article's own sentences that fills so many words
	Language string           // BCP 47: what a model should write in; "" is the article's own
}

// Stage says how far a request has come.
type Stage string

// The stages, in their order.
const (
	StageReading Stage = "reading" // the source is being fetched and read; the story is empty
	StageQuotes  Stage = "quotes"  // article and quotes are known
	StageFirst   Stage = "first"   // the summary of the article's own sentences is there
)

// Progress is what is known of a story while it is made.
type Progress struct {
	Stage Stage
	Story cache.Story
}

// Study reads a source and finds its quotes. It makes no summary and files nothing.
func (d *Desk) Study(ctx context.Context, s Source) (cache.Story, error) {
	a, err := d.Read(ctx, s)
	if err != nil {
		return cache.Story{}, err
	}
	return cache.Story{ID: cache.StoryID(a), Article: *a, Quotes: quote.Find(a)}, nil
}

// Summarize makes a story with its summary and files nothing. What is known on the way goes to progress,
// which may be nil and is called from the caller's goroutine. A failing model is no error: the story's
// summary is then the article's own sentences, and its Fallback says why.
func (d *Desk) Summarize(ctx context.Context, r Request, progress func(Progress)) (cache.Story, error) {
	if progress == nil {
		progress = func(Progress) {}
	}
	return d.work.fly(ctx, r.key(), progress, func(ctx context.Context, progress func(Progress)) (cache.Story, error) {
		return d.summarize(ctx, r, progress)
	})
}

// File is [Desk.Summarize], and files the story for the request's guild. If the store fails, the story
// comes back all the same, beside the error: what was made can be shown.
func (d *Desk) File(ctx context.Context, r Request, progress func(Progress)) (cache.Story, error) {
	if d.store == nil {
		return cache.Story{}, ErrNoStore
	}
	story, err := d.Summarize(ctx, r, progress)
	if err != nil {
		return cache.Story{}, err
	}
	filed, err := d.store.Put(ctx, story, cache.Share{Guild: r.Guild, By: r.By, At: d.now()})
	if err != nil {
		return story, fmt.Errorf("file the story: %w", err)
	}
	return filed, nil
}

// key is the same for two requests that one piece of work answers; guild and person play no part.
func (r Request) key() string {
	if r.Source.key == "" {
		return ""
	}
	return fmt.Sprintf("%s\n%s %d %s", r.Source.key, r.Length, r.Words, r.Language)
}

func (d *Desk) summarize(ctx context.Context, r Request, progress func(Progress)) (cache.Story, error) {
	progress(Progress{Stage: StageReading})
	story, err := d.Study(ctx, r.Source)
	if err != nil {
		return cache.Story{}, err
	}
	progress(Progress{Stage: StageQuotes, Story: story})
	if r.Length == "" {
		r.Length = summarize.Standard
	}
	story.Summary = extractive.Summarize(&story.Article, story.Quotes, extractive.Options{Length: r.Length, Words: r.Words})
	progress(Progress{Stage: StageFirst, Story: story})
	return story, nil
}
