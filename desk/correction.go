package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"newsdesk/cache"
	"newsdesk/quote/name"
	"newsdesk/words"
)

// Remark says that a quote has the wrong speaker.
type Remark struct {
	Guild   string
	Story   string // its ID
	Quote   string // [QuoteRef]
	Speaker string // who said it, as a person types it; "" where nobody did
	By      string // opaque id of the person
}

// mostReports is how many reports of a guild wait at most: more than its moderators look through.
const mostReports = 100

// longestName is how long the name of a speaker may be, in characters.
const longestName = 100

// Correct sets the speaker of a quote right for a guild, by word of somebody who may; a report of it is decided by
// that. A part of a name that the article gives in full stands for that.
func (d *Desk) Correct(ctx context.Context, r Remark) (cache.Correction, error) {
	c, err := d.remarked(ctx, r)
	if err != nil {
		return c, err
	}
	return c, d.correct(ctx, r.Guild, c)
}

// Report notes for a guild's moderators that a quote has the wrong speaker. Where it is reported already, that
// report stays. [ErrManyReports]: they have as many as they can look through.
func (d *Desk) Report(ctx context.Context, r Remark) (cache.Correction, error) {
	c, err := d.remarked(ctx, r)
	if err != nil {
		return c, err
	}
	all, err := d.store.Corrections(ctx, r.Guild, "")
	if err != nil {
		return c, fmt.Errorf("count reports: %w", err)
	}
	if waiting := slices.DeleteFunc(all, func(c cache.Correction) bool { return !c.Open }); len(waiting) >= mostReports {
		return c, ErrManyReports
	}
	c.Open = true
	return c, d.correct(ctx, r.Guild, c)
}

// remarked is the correction that a remark asks for.
func (d *Desk) remarked(ctx context.Context, r Remark) (cache.Correction, error) {
	story, n, err := d.Quote(ctx, r.Guild, r.Story, r.Quote)
	if err != nil {
		return cache.Correction{}, err
	}
	typed := words.Line(r.Speaker)
	if utf8.RuneCountInString(typed) > longestName {
		return cache.Correction{}, ErrNoName
	}
	return cache.Correction{
		Story: story.ID, Quote: cache.QuoteKeys(story.Quotes)[n], Words: story.Quotes[n].Text,
		Speaker: inFull(typed, story), By: r.By, At: d.now(),
	}, nil
}

// inFull is the name in full that an article gives whom was typed, else what was typed.
func inFull(typed string, story cache.Story) string {
	if typed == "" {
		return ""
	}
	meant := whoIsMeant(typed, speakersLike(typed, story.Quotes))
	if len(meant) == 1 && name.Fits(typed, meant[0].Name) {
		return meant[0].Name
	}
	return typed
}

func (d *Desk) correct(ctx context.Context, guild string, c cache.Correction) error {
	if err := d.store.Correct(ctx, guild, c); err != nil {
		return fmt.Errorf("correct a quote: %w", err)
	}
	return nil
}

// Uncorrect takes a guild's correction of a quote back: it has the speaker again whom the engine found.
func (d *Desk) Uncorrect(ctx context.Context, guild, id, ref string) error {
	story, n, err := d.Quote(ctx, guild, id, ref)
	if err != nil {
		return err
	}
	return d.store.Uncorrect(ctx, guild, cache.Correction{Story: story.ID, Quote: cache.QuoteKeys(story.Quotes)[n]})
}

// Reported is a report with the story that it is about, as the guild has it.
type Reported struct {
	cache.Correction
	In cache.Story
	N  int // which of its quotes
}

// Reports lists the reports that wait for a guild's moderators, the oldest first. A report of a quote that its article
// no longer has waits for nobody.
func (d *Desk) Reports(ctx context.Context, guild string) ([]Reported, error) {
	if d.store == nil {
		return nil, ErrNoStore
	}
	all, err := d.store.Corrections(ctx, guild, "")
	if err != nil {
		return nil, fmt.Errorf("list reports: %w", err)
	}
	var out []Reported
	for _, c := range all {
		if !c.Open {
			continue
		}
		story, err := d.Story(ctx, guild, c.Story)
		if err != nil {
			continue // forgotten meanwhile
		}
		if n := slices.Index(cache.QuoteKeys(story.Quotes), c.Quote); n >= 0 {
			out = append(out, Reported{Correction: c, In: story, N: n})
		}
	}
	return out, nil
}

// Decide has a report hold, by word of whom it names, or dismisses it. One that is decided already is left alone.
func (d *Desk) Decide(ctx context.Context, guild, id, key string, holds bool, by string) error {
	all, err := d.store.Corrections(ctx, guild, id)
	if err != nil {
		return fmt.Errorf("read reports: %w", err)
	}
	for _, c := range all {
		switch {
		case !c.Open || c.Quote != key:
		case holds:
			c.Open, c.By, c.At = false, by, d.now()
			return d.correct(ctx, guild, c)
		default:
			return d.store.Uncorrect(ctx, guild, c)
		}
	}
	return nil
}

// asSeenIn hands progress on with what the guild has corrected: the story is made for everybody.
func (d *Desk) asSeenIn(ctx context.Context, guild string, progress func(Progress)) func(Progress) {
	var known string
	var of []cache.Correction
	return func(p Progress) {
		if id := p.Story.ID; id != "" && id != known {
			found, err := d.store.Corrections(ctx, guild, id)
			if err != nil {
				d.log.WarnContext(ctx, "shown without corrections", "error", err)
			}
			known, of = id, found
		}
		p.Story = cache.Corrected(p.Story, of)
		progress(p)
	}
}

// FindQuote returns which of a story's quotes has these words, white space and marks at the ends aside; [ErrNoQuote]
// if none has.
func FindQuote(story cache.Story, said string) (int, error) {
	trim := func(s string) string { return strings.Trim(words.Line(s), "“”„«»\"'‘’ ") }
	for i, q := range story.Quotes {
		if trim(q.Text) == trim(said) && trim(said) != "" {
			return i, nil
		}
	}
	return 0, ErrNoQuote
}
