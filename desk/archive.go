package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"newsdesk/cache"
	"newsdesk/quote/name"
)

// This file looks into what is filed and takes things out of it.

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

// Stats counts what is kept for a guild.
func (d *Desk) Stats(ctx context.Context, guild string) (cache.Stats, error) {
	if d.store == nil {
		return cache.Stats{}, ErrNoStore
	}
	return d.store.Stats(ctx, guild)
}

// CompleteSpeaker lists at most limit speakers of whose name typed begins a part, most quoted first.
func (d *Desk) CompleteSpeaker(ctx context.Context, guild, typed string, limit int) ([]cache.Speaker, error) {
	if d.store == nil {
		return nil, ErrNoStore
	}
	return d.store.Complete(ctx, guild, typed, limit)
}

// countedQuotes is how many quotes [Desk.Speakers] looks at, newest first, where it counts since a day.
const countedQuotes = 20_000

// Speakers lists whose words a guild has filed, most quoted first; since a moment, or ever where it is zero.
func (d *Desk) Speakers(ctx context.Context, guild string, since time.Time) ([]cache.Speaker, error) {
	if d.store == nil {
		return nil, ErrNoStore
	}
	if since.IsZero() {
		return d.store.Speakers(ctx, guild)
	}
	all, err := d.store.Speakers(ctx, guild) // one entry a person, whatever the articles call them
	if err != nil {
		return nil, fmt.Errorf("list speakers: %w", err)
	}
	shown := make(map[string]string, len(all))
	for _, s := range all {
		shown[name.Fold(s.Name)] = s.Name
	}
	counts := map[string]int{}
	q := cache.QuoteQuery{Guild: guild, Since: since, Limit: 500}
	for looked := 0; looked < countedQuotes; {
		quotes, next, err := d.store.Quotes(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("count quotes: %w", err)
		}
		for _, found := range quotes {
			if !sure(found.Quote) {
				continue
			}
			who := found.Speaker
			if joined, ok := shown[name.Fold(who)]; ok {
				who = joined
			}
			counts[who]++
		}
		looked += len(quotes)
		if q.After = next; next == "" {
			break
		}
	}
	var out []cache.Speaker
	for who, n := range counts {
		out = append(out, cache.Speaker{Name: who, Count: n})
	}
	slices.SortFunc(out, func(a, b cache.Speaker) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Name, b.Name)) })
	return out, nil
}

// Forget takes a story away from a guild.
func (d *Desk) Forget(ctx context.Context, guild, id string) error {
	if d.store == nil {
		return ErrNoStore
	}
	return d.store.Forget(ctx, guild, id)
}

// ForgetMember forgets what a member shared in a guild, and the stories that nobody else did.
func (d *Desk) ForgetMember(ctx context.Context, guild, by string) (cache.Counted, error) {
	if d.store == nil {
		return cache.Counted{}, ErrNoStore
	}
	return cache.ForgetMember(ctx, d.store, guild, by)
}

// ForgetSpeaker forgets every story that quotes somebody, who must be named in full: to forget the wrong
// person's words cannot be undone. Others who may be meant are returned, and nothing is forgotten.
func (d *Desk) ForgetSpeaker(ctx context.Context, guild, typed string) (n cache.Counted, others []cache.Speaker, err error) {
	if d.store == nil {
		return n, nil, ErrNoStore
	}
	like, err := d.store.SpeakersLike(ctx, guild, typed, maxCandidates)
	if err != nil {
		return n, nil, fmt.Errorf("find speakers: %w", err)
	}
	for _, s := range like {
		if name.Fold(s.Name) == name.Fold(typed) {
			n, err = cache.ForgetSpeaker(ctx, d.store, guild, s.Name)
			return n, nil, err
		}
	}
	return n, like, nil
}

// ForgetGuild forgets all that a guild has.
func (d *Desk) ForgetGuild(ctx context.Context, guild string) (cache.Counted, error) {
	if d.store == nil {
		return cache.Counted{}, ErrNoStore
	}
	return cache.ForgetGuild(ctx, d.store, guild)
}
