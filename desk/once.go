package desk

import (
	"context"
	"errors"
	"time"

	"newsdesk/cache"
)

// Claims is what a store has that several processes share: the sole right to work on something. While one
// makes a story, the others wait and take what it made; the death of the one who has the claim ends it.
type Claims interface {
	// Claim returns a token above 0 if the claim on key is given, else the token of its holder.
	Claim(ctx context.Context, key string) (token, holder int64, err error)
	// Extend keeps a claim. When it was lost: [cache.ErrStale].
	Extend(ctx context.Context, key string, token int64) error
	// Release ends a claim of which the story filed under id came, "" for none.
	Release(ctx context.Context, key string, token int64, id string) error
	// Result returns the story that came of a claim or of a later one, or [cache.ErrNotFound].
	Result(ctx context.Context, key string, token int64) (cache.Story, error)
}

// How often those who wait for a claim ask, and those who hold one extend it: several times in the ten
// seconds that it lasts.
const (
	claimAsked    = 100 * time.Millisecond
	claimExtended = 2 * time.Second
)

// once makes the story of a request unless another process is making it: then it waits for that one's.
func (d *Desk) once(ctx context.Context, r Request, progress func(Progress)) (cache.Story, error) {
	claims, ok := d.store.(Claims)
	if !ok || r.key() == "" {
		return d.summarize(ctx, r, progress)
	}
	ticker := time.NewTicker(claimAsked)
	defer ticker.Stop()
	for others := int64(0); ; {
		token, holder, err := claims.Claim(ctx, r.key())
		switch {
		case ctx.Err() != nil:
			return cache.Story{}, About(r.Source.name, ctx.Err())
		case err != nil: // the story can be made and shown all the same
			d.log.WarnContext(ctx, "no claim", "error", err)
			return d.summarize(ctx, r, progress)
		case token > 0:
			return d.claimed(ctx, claims, token, others, r, progress)
		}
		if others == 0 {
			progress(Progress{Stage: StageReading})
		}
		others = holder
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return cache.Story{}, About(r.Source.name, ctx.Err())
		}
	}
}

// claimed makes and files the story of a request under a claim, unless it came of the claim that was waited
// for. What went wrong with filing it shows when the caller files it for itself.
func (d *Desk) claimed(ctx context.Context, claims Claims, token, others int64, r Request, progress func(Progress)) (story cache.Story, err error) {
	id := ""
	held, lost := context.WithCancel(ctx)
	extending := make(chan struct{})
	go func() {
		defer close(extending)
		d.extend(held, claims, r.key(), token)
	}()
	defer func() {
		lost()
		<-extending
		// Also when the caller has given up: others wait.
		after, cancel := context.WithTimeout(context.WithoutCancel(ctx), claimExtended)
		defer cancel()
		if err := claims.Release(after, r.key(), token, id); err != nil {
			d.log.WarnContext(ctx, "claim not released", "error", err)
		}
	}()
	if others > 0 {
		story, err := claims.Result(ctx, r.key(), others)
		if err == nil {
			id = story.ID
			return story, nil
		}
		if !errors.Is(err, cache.ErrNotFound) {
			d.log.WarnContext(ctx, "no result of a claim", "error", err)
		}
	}
	if story, err = d.summarize(ctx, r, progress); err != nil {
		return cache.Story{}, err
	}
	share, err := d.share(ctx, r)
	var filed cache.Story
	if err == nil {
		share.Fence = token
		filed, err = d.store.Put(ctx, story, share)
	}
	if err != nil {
		d.log.WarnContext(ctx, "not filed under its claim", "error", err)
		return story, nil
	}
	id = filed.ID
	return story, nil
}

// extend keeps a claim until its context ends, or it is lost.
func (d *Desk) extend(ctx context.Context, claims Claims, key string, token int64) {
	ticker := time.NewTicker(claimExtended)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := claims.Extend(ctx, key, token); errors.Is(err, cache.ErrStale) {
			d.log.WarnContext(ctx, "claim lost", "error", err) // filing is refused if another has filed since
			return
		}
	}
}
