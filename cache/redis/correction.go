package redis

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// Corrections lists the corrections and reports of guild, of one story or, without an ID, of all; the oldest first.
func (s *Store) Corrections(ctx context.Context, guild, id string) ([]cache.Correction, error) {
	all, err := s.corrections(ctx, s.keys.guild(guild), id)
	cache.SortCorrections(all)
	return all, s.mapped("read", err)
}

func (s *Store) corrections(ctx context.Context, g guildKeys, id string) ([]cache.Correction, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if id != "" {
		number, e, found, err := entryOf(ctx, s.client, g, id)
		if err != nil || !found || !e.Corrected {
			return nil, err
		}
		return correctionsOf(ctx, s.client, g, number)
	}
	numbers, err := s.client.SMembers(ctx, g.corrected()).Result()
	if err != nil {
		return nil, err
	}
	var all []cache.Correction
	for _, text := range numbers {
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("corrected story %q: %w", text, cache.ErrCorrupt)
		}
		of, err := correctionsOf(ctx, s.client, g, number)
		if err != nil {
			return nil, err
		}
		all = append(all, of...)
	}
	return all, nil
}

// correctionsOf reads the corrections and reports of the story of a number.
func correctionsOf(ctx context.Context, c goredis.Cmdable, g guildKeys, number int64) ([]cache.Correction, error) {
	fields, err := c.HGetAll(ctx, g.corrections(number)).Result()
	if err != nil {
		return nil, err
	}
	var all []cache.Correction
	for _, data := range fields {
		var one cache.Correction
		if err := json.Unmarshal([]byte(data), &one); err != nil {
			return nil, fmt.Errorf("correction: %w: %w", cache.ErrCorrupt, err)
		}
		all = append(all, one)
	}
	return all, nil
}

// Correct keeps c for guild, and has its lists speak so. It takes the place of the correction that the quote has, and
// ends the report; a report waits unless there is one already. Where guild has no such story: cache.ErrNotFound.
func (s *Store) Correct(ctx context.Context, guild string, c cache.Correction) error {
	c.At = cache.Moment(c.At)
	return s.correct(ctx, guild, c, func(of map[string]cache.Correction) {
		if !c.Open {
			delete(of, correctionField(c.Quote, true))
		} else if _, waits := of[correctionField(c.Quote, true)]; waits {
			return
		}
		of[correctionField(c.Quote, c.Open)] = c
	})
}

// Uncorrect takes a correction back, or a report; one that is not there is no error. Where guild has no such story:
// cache.ErrNotFound.
func (s *Store) Uncorrect(ctx context.Context, guild string, c cache.Correction) error {
	return s.correct(ctx, guild, c, func(of map[string]cache.Correction) { delete(of, correctionField(c.Quote, c.Open)) })
}

// correctionField names a correction, or a report, in the hash of its story.
func correctionField(key string, open bool) string {
	if open {
		return key + " open"
	}
	return key
}

// correct changes the corrections of a story, by field, and what guild's lists say of it.
func (s *Store) correct(ctx context.Context, guild string, c cache.Correction, do func(map[string]cache.Correction)) error {
	g := s.keys.guild(guild)
	return s.mapped("write", s.change(ctx, g, func(ch *change) error {
		number, e, found, err := entryOf(ctx, ch.tx, g, c.Story)
		if err == nil && !found {
			err = fmt.Errorf("%q: %w", c.Story, cache.ErrNotFound)
		}
		if err != nil {
			return err
		}
		before, err := correctionsOf(ctx, ch.tx, g, number)
		if err != nil {
			return err
		}
		after := map[string]cache.Correction{}
		for _, one := range before {
			after[correctionField(one.Quote, one.Open)] = one
		}
		do(after)
		if !c.Open {
			story, err := s.version(ctx, s.storyOf(guild, e), e.Version)
			if err != nil {
				return err
			}
			all := make([]cache.Correction, 0, len(after))
			for _, one := range after {
				all = append(all, one)
			}
			if err := ch.relist(ctx, number, e.FiledAt, cache.Corrected(story, before), cache.Corrected(story, all)); err != nil {
				return err
			}
		}
		e.Corrected = len(after) > 0
		ch.keep(ctx, number, e)
		return ch.keepCorrections(ctx, number, after)
	}))
}

// keepCorrections writes the corrections of a story.
func (c *change) keepCorrections(ctx context.Context, number int64, of map[string]cache.Correction) error {
	fields := make([]any, 0, 2*len(of))
	for field, one := range of {
		data, err := json.Marshal(one)
		if err != nil {
			return err
		}
		fields = append(fields, field, data)
	}
	c.write(func(pipe goredis.Pipeliner) {
		pipe.Del(ctx, c.g.corrections(number))
		if len(of) == 0 {
			pipe.SRem(ctx, c.g.corrected(), number)
			return
		}
		pipe.HSet(ctx, c.g.corrections(number), fields...)
		pipe.SAdd(ctx, c.g.corrected(), number)
	})
	return nil
}

// asSeen is a story as the guild has it that knows it by e.
func asSeen(ctx context.Context, c goredis.Cmdable, g guildKeys, number int64, e entry, story cache.Story) (cache.Story, error) {
	if !e.Corrected {
		return story, nil
	}
	of, err := correctionsOf(ctx, c, g, number)
	return cache.Corrected(story, of), err
}

// correctQuotes gives the quotes of hits, which are of one story, the speakers that the guild has corrected. Which of
// several quotes of the same words one is, only the whole story tells.
func (l *list) correctQuotes(ctx context.Context, hits []hit, quotes []placed) error {
	h := hits[0]
	if !h.Corrected {
		return nil
	}
	story, err := l.s.version(ctx, l.s.storyOf(l.q.Guild, h.entry), h.Version)
	if err != nil {
		return err
	}
	if story, err = asSeen(ctx, l.s.client, l.g, h.story, h.entry, story); err != nil {
		return err
	}
	for i := range quotes {
		quotes[i].Quote = story.Quotes[quotes[i].N]
	}
	return nil
}

func (k guildKeys) corrected() string { return string(k) + "corrected" }
func (k guildKeys) corrections(n int64) string {
	return string(k) + "correction:" + strconv.FormatInt(n, 10)
}
