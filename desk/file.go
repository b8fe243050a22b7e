package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsdesk/article"
	"newsdesk/article/fetch"
	"newsdesk/cache"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/extractive"
	"newsdesk/summarize/llm"
)

// Request asks for a summary of an article.
type Request struct {
	Source   Source
	Story    *cache.Story     // filed for the guild already: Source, By and Where play no part; nil otherwise
	Guild    string           // who may see it once filed; [cache.Local] for the command line
	By       string           // who shared it, "" on the command line
	Where    string           // where that was, as [cache.Share.Where]
	Length   summarize.Length // "" is [summarize.Standard]
	Words    int              // above 0: a summary of the article's own sentences that fills so many words
	Language string           // BCP 47: what a model should write in; "" is the article's own
	Anew     bool             // the source is asked again, also where it failed a moment ago
	NoModel  bool             // no model is asked, as where the guild has set that
	Unasked  bool             // no person wants it: robots.txt is obeyed, and no model is asked
}

// Stage says how far a request has come.
type Stage string

// The stages, in their order. StageModel is reported only if a model is asked.
const (
	StageReading Stage = "reading" // the source is being fetched and read; the story is empty
	StageQuotes  Stage = "quotes"  // article and quotes are known
	StageFirst   Stage = "first"   // the summary of the article's own sentences is there
	StageModel   Stage = "model"   // the model is writing; nothing new to show
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

// study is the story of a request without a summary.
func (d *Desk) study(ctx context.Context, r Request) (cache.Story, error) {
	if r.Story == nil {
		if r.Anew {
			ctx = fetch.Anew(ctx)
		}
		if r.Unasked {
			ctx = fetch.Unasked(ctx)
		}
		return d.Study(ctx, r.Source)
	}
	story := cache.Uncorrected(*r.Story)
	story.Summary = summarize.Summary{}
	return story, nil
}

// Summarize makes a story with its summary and files nothing. What is known on the way goes to progress,
// which may be nil and is called from the caller's goroutine. A failing model is no error: the story's
// summary is then the article's own sentences, and its Fallback says why.
func (d *Desk) Summarize(ctx context.Context, r Request, progress func(Progress)) (cache.Story, error) {
	if progress == nil {
		progress = func(Progress) {}
	}
	d.heed(ctx, &r)
	return d.work.fly(ctx, r.key(), progress, func(ctx context.Context, progress func(Progress)) (cache.Story, error) {
		return d.summarize(ctx, r, progress)
	})
}

// heed gives a request what its guild has set, where it does not say otherwise itself. Where that cannot be read, no model
// reads what a guild may keep from it.
func (d *Desk) heed(ctx context.Context, r *Request) {
	set, err := d.Settings(ctx, r.Guild)
	if err != nil {
		d.log.WarnContext(ctx, "settings not read", "error", err) // the story can be made and shown all the same
		set.NoModel = r.Guild != cache.Local
	}
	r.NoModel = r.NoModel || set.NoModel
	if r.Length == "" {
		r.Length = set.Length
	}
	if r.Language == "" {
		r.Language = set.Language
	}
}

// File is [Desk.Summarize], and files the story for the request's guild. If the store fails, the story
// comes back all the same, beside the error: what was made can be shown. To summarize a filed story anew is no
// sharing; of one that was forgotten meanwhile nothing is filed: [cache.ErrNotFound].
func (d *Desk) File(ctx context.Context, r Request, progress func(Progress)) (cache.Story, error) {
	if d.store == nil {
		return cache.Story{}, ErrNoStore
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	progress = d.asSeenIn(ctx, r.Guild, progress)
	d.heed(ctx, &r)
	key := r.key()
	if key != "" {
		key = "file " + key
	}
	story, err := d.work.fly(ctx, key, progress, func(ctx context.Context, progress func(Progress)) (cache.Story, error) {
		return d.once(ctx, r, progress)
	})
	if err != nil {
		return cache.Story{}, err
	}
	share, err := d.share(ctx, r)
	if errors.Is(err, cache.ErrNotFound) {
		return cache.Story{}, About(cache.Name(&story.Article), err)
	}
	var filed cache.Story
	if err == nil {
		filed, err = d.store.Put(ctx, story, share)
	}
	if err != nil {
		return story, fmt.Errorf("file the story: %w", err)
	}
	d.noteFollowed(ctx, r.Guild, filed)
	return filed, nil
}

// share is under what the story of a request is filed: a sharing of its own, or, where the story is filed, the first one
// that it has.
func (d *Desk) share(ctx context.Context, r Request) (cache.Share, error) {
	if r.Story == nil {
		return cache.Share{Guild: r.Guild, By: r.By, At: d.now(), Where: r.Where}, nil
	}
	shares, err := d.store.Shares(ctx, r.Guild, r.Story.ID)
	if err != nil {
		return cache.Share{}, err
	}
	return shares[0], nil
}

// key is the same for two requests that one piece of work answers; guild and person play no part.
func (r Request) key() string {
	source := r.Source.key
	if r.Story != nil {
		source = "story " + cache.Owner(&r.Story.Article, r.Guild) + " " + r.Story.ID
	}
	if source == "" {
		return ""
	}
	if r.Anew {
		source += " anew"
	}
	if r.NoModel {
		source += " without a model"
	}
	if r.Unasked {
		source += " unasked"
	}
	return fmt.Sprintf("%s\n%s %d %s", source, r.Length, r.Words, r.Language)
}

func (d *Desk) summarize(ctx context.Context, r Request, progress func(Progress)) (cache.Story, error) {
	progress(Progress{Stage: StageReading})
	story, err := d.study(ctx, r)
	if err != nil {
		return cache.Story{}, err
	}
	progress(Progress{Stage: StageQuotes, Story: story})
	if r.Length == "" {
		r.Length = summarize.Standard
	}
	story.Summary = extractive.Summarize(&story.Article, story.Quotes, extractive.Options{Length: r.Length, Words: r.Words})
	progress(Progress{Stage: StageFirst, Story: story})
	if d.model == nil || r.NoModel || r.Words > 0 {
		return story, nil
	}
	if written, ok := d.written(ctx, story, r); ok {
		story.Summary = written
		return story, nil
	}
	if r.Unasked {
		return story, nil
	}
	if !d.mayAsk(ctx, r.Guild) {
		story.Summary.Fallback = overBudget
		return story, nil
	}
	progress(Progress{Stage: StageModel, Story: story})
	written, err := d.write(ctx, &story.Article, story.Quotes, r)
	switch {
	case err == nil:
		story.Summary = written
	case ctx.Err() != nil:
		return cache.Story{}, About(r.Source.name, ctx.Err())
	default:
		story.Summary.Fallback, story.Summary.Check = fallback(err), written.Check
	}
	return story, nil
}

// mayAsk reports whether the day's tokens of a guild are not spent, its own limit included where that can be read.
func (d *Desk) mayAsk(ctx context.Context, guild string) bool {
	set, _ := d.Settings(ctx, guild)
	return d.budget.left(ctx, guild, set.Tokens, d.now())
}

// summaryKey is the same for requests that one summary of an article answers.
func (d *Desk) summaryKey(r Request) string {
	return fmt.Sprintf("%s %s %s %d", d.model.Model(), r.Length, r.Language, llm.PromptVersion)
}

// written returns what the same model wrote before of the same text, in the same length and language, if the store
// still has it. So nobody pays twice for it.
func (d *Desk) written(ctx context.Context, story cache.Story, r Request) (summarize.Summary, bool) {
	if d.store == nil {
		return summarize.Summary{}, false
	}
	written, err := d.store.Summary(ctx, r.Guild, &story.Article, d.summaryKey(r))
	return written, err == nil
}

// write has the model write the summary and logs what came of it, without any of the text.
func (d *Desk) write(ctx context.Context, a *article.Article, quotes []quote.Quote, r Request) (summarize.Summary, error) {
	began := time.Now()
	written, err := d.model.Summarize(ctx, a, quotes, llm.Request{Length: r.Length, Language: r.Language})
	d.budget.spend(ctx, r.Guild, written.TokensIn+written.TokensOut, d.now())
	written.Key = d.summaryKey(r)
	if err != nil {
		d.log.WarnContext(ctx, "model summary failed", "article", a.CanonicalURL, "took", time.Since(began), "error", err)
		d.logRefusal(ctx, err)
		return written, err
	}
	d.log.InfoContext(ctx, "model summary", "article", a.CanonicalURL, "took", time.Since(began), "model", written.Model,
		"points", len(written.Points), "tokens_in", written.TokensIn, "tokens_out", written.TokensOut)
	return written, nil
}
