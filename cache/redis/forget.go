package redis

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newsdesk/cache"
)

// Forget takes the story filed under id away from guild: its shares, what its speakers said in the
// guild's lists, and, when no other guild shares it, the story itself. Where guild has filed no such
// story: cache.ErrNotFound. A server that keeps a log of its commands (appendonly) has the words in
// there until it next rewrites it.
func (s *Store) Forget(ctx context.Context, guild, id string) error {
	if err := ctx.Err(); err != nil {
		return s.mapped("write", err)
	}
	if err := s.mendNow(ctx, guild); err != nil {
		return s.mapped("write", err)
	}
	_, e, found, err := entryOf(ctx, s.client, s.keys.guild(guild), id)
	if err == nil && !found {
		err = fmt.Errorf("%q: %w", id, cache.ErrNotFound)
	}
	if err != nil {
		return s.mapped("write", err)
	}
	k, n := s.storyOf(guild, e), note{ID: id, Forget: true}
	if e.Owned {
		n.Owner = guild
	}
	return s.mapped("write", s.locked(ctx, k, func() error {
		if err := s.note(ctx, guild, k, n); err != nil {
			return err
		}
		return s.forget(ctx, guild, k, n)
	}))
}

// forget does what a note says.
func (s *Store) forget(ctx context.Context, guild string, k storyKeys, n note) error {
	if err := s.unlist(ctx, guild, k, n.ID); err != nil {
		return err
	}
	if err := s.letGo(ctx, guild, k, n); err != nil {
		return err
	}
	if err := s.unlistGuild(ctx, guild); err != nil {
		return err
	}
	return s.client.HDel(ctx, s.keys.guild(guild).begun(), string(k)).Err()
}

// unlist takes a story out of all of a guild's lists.
func (s *Store) unlist(ctx context.Context, guild string, k storyKeys, id string) error {
	g := s.keys.guild(guild)
	return s.change(ctx, g, func(c *change) error {
		number, e, found, err := entryOf(ctx, c.tx, g, id)
		if err != nil || !found {
			return err
		}
		old, err := s.version(ctx, k, e.Version)
		if err == nil {
			old, err = asSeen(ctx, c.tx, g, number, e, old)
		}
		if err != nil {
			return err
		}
		if err := c.relist(ctx, number, e.FiledAt, old, cache.Story{}); err != nil {
			return err
		}
		c.leave(ctx, number, e)
		return nil
	})
}

// letGo removes a guild from those who share a story, and the story when it was the last.
func (s *Store) letGo(ctx context.Context, guild string, k storyKeys, n note) error {
	m, err := s.readMeta(ctx, k)
	if err != nil {
		return err
	}
	delete(m.guilds, guild)
	if len(m.guilds) > 0 {
		return s.client.HDel(ctx, k.meta(), "g:"+guild).Err()
	}
	for _, ref := range m.refs {
		if err := deleteIf.Run(ctx, s.client, []string{s.keys.ref(n.Owner, ref)}, n.ID).Err(); err != nil {
			return err
		}
	}
	if m.content != "" {
		if err := deleteIf.Run(ctx, s.client, []string{s.keys.content(n.Owner, m.content)}, n.ID).Err(); err != nil {
			return err
		}
	}
	gone := []string{k.meta(), k.summaries()}
	for v := m.low; v <= m.version; v++ {
		gone = append(gone, k.version(v))
	}
	return s.client.Del(ctx, gone...).Err()
}

// Mend finishes what processes that died were about in guild: a story whose text had been written is
// filed, one that was being forgotten is gone. What other processes are about now is left to them.
func (s *Store) Mend(ctx context.Context, guild string) error {
	return s.mapped("mend", s.mend(ctx, guild))
}

func (s *Store) mend(ctx context.Context, guild string) error {
	notes, err := s.client.HGetAll(ctx, s.keys.guild(guild).begun()).Result()
	if err != nil {
		return err
	}
	for name, data := range notes {
		k := storyKeys(name)
		var n note
		if err := json.Unmarshal([]byte(data), &n); err != nil {
			return fmt.Errorf("note of %s: %w: %w", name, cache.ErrCorrupt, err)
		}
		err := s.locked(ctx, k, func() error { return s.finish(ctx, guild, k) })
		if err != nil && !errors.Is(err, errMoved) {
			return err
		}
	}
	return nil
}

// finish does what a note says that is still there.
func (s *Store) finish(ctx context.Context, guild string, k storyKeys) error {
	n, ok, err := s.noteOf(ctx, guild, k)
	if err != nil || !ok {
		return err
	}
	if n.Forget {
		return s.forget(ctx, guild, k, n)
	}
	m, err := s.readMeta(ctx, k)
	if err != nil {
		return err
	}
	if _, begun := m.guilds[guild]; begun {
		f := entry{ID: n.ID, Owned: n.Owner != ""}
		if err := s.index(ctx, guild, k, f, m.version, sharing{n.By, n.At, n.Where}); err != nil {
			return err
		}
		for _, ref := range m.refs {
			if err := s.client.SetNX(ctx, s.keys.ref(n.Owner, ref), n.ID, 0).Err(); err != nil {
				return err
			}
		}
		return s.settle(ctx, k, guild)
	}
	// Not a word of it was written.
	return s.client.HDel(ctx, s.keys.guild(guild).begun(), string(k)).Err()
}

// mendEvery is how often a process looks for what others have left unfinished in a guild that it writes in.
const mendEvery = time.Minute

// mendNow and then mends a guild in which this process is about to write.
func (s *Store) mendNow(ctx context.Context, guild string) error {
	s.mu.Lock()
	last, now := s.mended[guild], time.Now()
	due := now.Sub(last) >= mendEvery
	if due {
		s.mended[guild] = now
	}
	s.mu.Unlock()
	if !due {
		return nil
	}
	err := s.mend(ctx, guild)
	if err != nil {
		s.mu.Lock()
		delete(s.mended, guild)
		s.mu.Unlock()
	}
	return err
}
