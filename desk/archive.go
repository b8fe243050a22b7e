package desk

import (
	"context"
	"errors"
	"strings"

	"newsdesk/cache"
)

// This file looks into what is filed.

// Story returns what a guild has filed under an ID, an address or a file's name; without one
// [cache.ErrNotFound] with ref as its subject.
func (d *Desk) Story(ctx context.Context, guild, ref string) (cache.Story, error) {
	if d.store == nil {
		return cache.Story{}, ErrNoStore
	}
	story, err := d.store.Story(ctx, guild, ref)
	if err != nil {
		story, err = d.store.Find(ctx, guild, ref)
	}
	return story, About(ref, err)
}

// ErrSeveral is for words that stand in the titles of several stories.
var ErrSeveral = errors.New("several stories have that in their titles")

// titled is how many stories that hold some words are looked at for one that has them in its title.
const titled = 100

// Meant is Story for what somebody typed: where that is none, the one story whose title holds all its words.
// [ErrSeveral] if there are several.
func (d *Desk) Meant(ctx context.Context, guild, typed string) (cache.Story, error) {
	story, err := d.Story(ctx, guild, typed)
	fields := strings.Fields(strings.ToLower(typed))
	if !errors.Is(err, cache.ErrNotFound) || len(fields) == 0 {
		return story, err
	}
	stories, _, findErr := d.store.Stories(ctx, cache.StoryQuery{Guild: guild, About: typed, Limit: titled})
	if findErr != nil {
		return story, findErr
	}
	found := 0
	for _, s := range stories {
		title, holds := strings.ToLower(s.Article.Title), true
		for _, f := range fields {
			holds = holds && strings.Contains(title, f)
		}
		if holds {
			story, found = s, found+1
		}
	}
	switch found {
	case 0:
		return cache.Story{}, err
	case 1:
		return story, nil
	}
	return cache.Story{}, About(typed, ErrSeveral)
}

// Stories lists what is filed, newest first, and the cursor of the page behind.
func (d *Desk) Stories(ctx context.Context, q cache.StoryQuery) (stories []cache.Story, next string, err error) {
	if d.store == nil {
		return nil, "", ErrNoStore
	}
	return d.store.Stories(ctx, q)
}

// Shares lists who shared a story in a guild, the first one first.
func (d *Desk) Shares(ctx context.Context, guild, id string) ([]cache.Share, error) {
	if d.store == nil {
		return nil, ErrNoStore
	}
	return d.store.Shares(ctx, guild, id)
}

// CompleteSpeaker lists at most limit speakers of whose name typed begins a part, most quoted first.
func (d *Desk) CompleteSpeaker(ctx context.Context, guild, typed string, limit int) ([]cache.Speaker, error) {
	if d.store == nil {
		return nil, ErrNoStore
	}
	return d.store.Complete(ctx, guild, typed, limit)
}
