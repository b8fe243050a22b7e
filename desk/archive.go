package desk

import (
	"context"

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
