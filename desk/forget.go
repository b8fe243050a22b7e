package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"newsdesk/cache"
	"newsdesk/quote/name"
)

// ErrOthers is a story that whoever wants it forgotten has not shared.
var ErrOthers = errors.New("others shared it")

// Forgotten is what became of a story that somebody wants forgotten.
type Forgotten struct {
	Story cache.Story
	Stays bool // others shared it too: only the share is forgotten
}

// ForgetStory takes a story away from a guild. Without all, only what by shared: that share goes, and with the last
// one the story; if there is none, [ErrOthers].
func (d *Desk) ForgetStory(ctx context.Context, guild, ref, by string, all bool) (Forgotten, error) {
	story, err := d.Story(ctx, guild, ref)
	if err != nil {
		return Forgotten{}, err
	}
	gone := Forgotten{Story: story}
	if all {
		return gone, About(ref, d.store.Forget(ctx, guild, story.ID))
	}
	shares, err := d.store.Shares(ctx, guild, story.ID)
	if err != nil {
		return Forgotten{}, About(ref, err)
	}
	if !slices.ContainsFunc(shares, func(s cache.Share) bool { return s.By == by }) {
		return Forgotten{}, About(ref, ErrOthers)
	}
	gone.Stays = len(shares) > 1
	return gone, About(ref, d.store.Unshare(ctx, guild, story.ID, by))
}

// ForgetMember forgets what a member shared in a guild, and the stories that nobody else did; and that they set or get
// digests.
func (d *Desk) ForgetMember(ctx context.Context, guild, by string) (cache.Counted, error) {
	if d.store == nil {
		return cache.Counted{}, ErrNoStore
	}
	if err := d.unsubscribeAll(ctx, guild, by); err != nil {
		return cache.Counted{}, err
	}
	return cache.ForgetMember(ctx, d.store, guild, by)
}

// ForgetSpeaker forgets every story that quotes somebody, who must be named in full: to forget the wrong person's
// words cannot be undone. Where nobody has that name, those who may be meant are returned, and nothing is forgotten.
func (d *Desk) ForgetSpeaker(ctx context.Context, guild, typed string) (n cache.Counted, meant []cache.Speaker, err error) {
	if d.store == nil {
		return n, nil, ErrNoStore
	}
	like, err := d.store.SpeakersLike(ctx, guild, typed, 0)
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

// Leave forgets all that a guild has, and what was to be done for it: whoever it was done for is gone.
func (d *Desk) Leave(ctx context.Context, guild string) error {
	if _, err := d.ForgetGuild(ctx, guild); err != nil {
		return err
	}
	if d.queue == nil {
		return nil
	}
	return d.queue.Forget(ctx, guild)
}

// Guilds lists who has filed or set anything.
func (d *Desk) Guilds(ctx context.Context) ([]string, error) {
	lists, ok := d.store.(interface {
		Guilds(ctx context.Context) ([]string, error)
	})
	if !ok {
		return nil, ErrNoStore
	}
	return lists.Guilds(ctx)
}

// ForgetGuild forgets all that a guild has, its settings too. Work in hand is not recalled.
func (d *Desk) ForgetGuild(ctx context.Context, guild string) (cache.Counted, error) {
	if d.store == nil {
		return cache.Counted{}, ErrNoStore
	}
	defer d.forgetSettings(guild)
	return cache.ForgetGuild(ctx, d.store, guild)
}
