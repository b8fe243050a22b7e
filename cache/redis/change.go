package redis

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strconv"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// change is one change of what a guild sees, of one story or of many: read, worked out in memory, and written
// in one transaction that fails if another process changed the guild in between.
type change struct {
	tx      *goredis.Tx
	g       guildKeys
	last    int64                     // number of the last story
	stories int64                     // how many there are
	people  *people                   // who speak in what changes
	blocks  map[int64]*indexing       // the topic index, as far as it changes
	writes  []func(goredis.Pipeliner) // what else is to be written
}

// indexing is how a block of the topic index changes.
type indexing struct {
	old, fresh postings
	block      block // once a story was entered
}

// change runs do in a transaction on guild, again for as long as others interfere.
func (s *Store) change(ctx context.Context, g guildKeys, do func(*change) error) error {
	release, err := s.guilds.take(ctx, string(g))
	if err != nil {
		return err
	}
	defer release()
	return s.watched(ctx, g.meta(), func(tx *goredis.Tx) error {
		c := &change{tx: tx, g: g, blocks: map[int64]*indexing{}}
		if err := c.begin(ctx); err != nil {
			return err
		}
		if err := do(c); err != nil {
			return err
		}
		if len(c.writes) == 0 {
			return nil
		}
		cmds, err := tx.TxPipelined(ctx, func(pipe goredis.Pipeliner) error {
			pipe.HIncrBy(ctx, g.meta(), "rev", 1)
			for _, write := range c.writes {
				write(pipe)
			}
			c.people.write(ctx, pipe)
			for number, i := range c.blocks {
				writePostings(ctx, pipe, g, number, i.old, i.fresh)
			}
			return nil
		})
		return reason(cmds, err)
	})
}

func (c *change) begin(ctx context.Context) error {
	pipe := c.tx.Pipeline()
	meta := pipe.HMGet(ctx, c.g.meta(), "seq", "speakers")
	stories := pipe.ZCard(ctx, c.g.newest())
	if _, err := pipe.Exec(ctx); err != nil {
		return err
	}
	var speaker int64
	for i, number := range []*int64{&c.last, &speaker} {
		text, ok := meta.Val()[i].(string)
		if !ok {
			continue
		}
		var err error
		if *number, err = strconv.ParseInt(text, 10, 64); err != nil {
			return fmt.Errorf("meta %q: %w", text, cache.ErrCorrupt)
		}
	}
	c.stories, c.people = stories.Val(), newPeople(c.g, speaker)
	return nil
}

// indexing is the part of the topic index in which a story stands.
func (c *change) indexing(story int64) *indexing {
	number := blockOf(story)
	if c.blocks[number] == nil {
		c.blocks[number] = &indexing{old: postings{}, fresh: postings{}, block: block{number: number}}
	}
	return c.blocks[number]
}

func (c *change) write(w func(goredis.Pipeliner)) { c.writes = append(c.writes, w) }

// enter makes a number and a place in the lists for a story that the guild does not see yet.
func (c *change) enter(ctx context.Context, e *entry, at int64) (number int64, err error) {
	c.last++
	number = c.last
	e.FiledAt = at
	in := c.indexing(number)
	field := strconv.FormatInt(in.block.number, 10)
	if in.block.none() {
		found, err := c.tx.HGet(ctx, c.g.blocks(), field).Result()
		if err == nil {
			in.block, err = parseBlock(field, found)
		}
		if err != nil && !errors.Is(err, goredis.Nil) {
			return 0, err
		}
	}
	in.block = in.block.with(at)
	b := in.block
	c.write(func(pipe goredis.Pipeliner) {
		pipe.HSet(ctx, c.g.meta(), "seq", number)
		pipe.HSet(ctx, c.g.ids(), e.ID, number)
		pipe.ZAdd(ctx, c.g.newest(), goredis.Z{Score: score(at), Member: storyMember(number)})
		pipe.HSet(ctx, c.g.blocks(), field, b.String())
	})
	return number, nil
}

// leave takes a story out of the lists. The last to leave puts out the light: nothing of a guild
// without stories is left.
func (c *change) leave(ctx context.Context, number int64, e entry) {
	c.write(func(pipe goredis.Pipeliner) {
		field := strconv.FormatInt(number, 10)
		pipe.HDel(ctx, c.g.ids(), e.ID)
		pipe.HDel(ctx, c.g.entries(), field)
		pipe.ZRem(ctx, c.g.newest(), storyMember(number))
		for by := range e.Shares {
			if by != "" {
				pipe.ZRem(ctx, c.g.sharer(by), storyMember(number))
			}
		}
		if e.Corrected {
			pipe.Del(ctx, c.g.corrections(number))
			pipe.SRem(ctx, c.g.corrected(), number)
		}
		if c.stories == 1 {
			pipe.Del(ctx, c.g.meta(), c.g.blocks())
		}
	})
}

// relist replaces what the lists say of a story, from one version to another; a story without text
// stands for none.
func (c *change) relist(ctx context.Context, number, at int64, old, fresh cache.Story) error {
	if len(fresh.Quotes) >= maxQuotes {
		return fmt.Errorf("%w: it has %d quotes", cache.ErrInvalid, len(fresh.Quotes))
	}
	var names []string
	for _, story := range []cache.Story{old, fresh} {
		for _, q := range story.Quotes {
			if q.Speaker != "" {
				names = append(names, q.Speaker)
			}
		}
	}
	if err := c.people.know(ctx, c.tx, names); err != nil {
		return err
	}
	gone, come := saidIn(number, old, c.people.drop), saidIn(number, fresh, c.people.add)
	in := c.indexing(number)
	in.old.add(number, old)
	in.fresh.add(number, fresh)
	c.write(func(pipe goredis.Pipeliner) {
		for speaker, members := range gone {
			pipe.ZRem(ctx, c.g.said(speaker), members...)
		}
		for speaker, members := range come {
			scored := make([]goredis.Z, 0, len(members))
			for _, m := range members {
				scored = append(scored, goredis.Z{Score: score(at), Member: m})
			}
			pipe.ZAdd(ctx, c.g.said(speaker), scored...)
		}
		if from, to := old.Article.Site, fresh.Article.Site; lower(from) != lower(to) {
			if from != "" {
				pipe.ZRem(ctx, c.g.site(from), storyMember(number))
			}
			if to != "" {
				pipe.ZAdd(ctx, c.g.site(to), goredis.Z{Score: score(at), Member: storyMember(number)})
			}
		}
		pipe.HIncrBy(ctx, c.g.meta(), "quotes", int64(len(fresh.Quotes)-len(old.Quotes)))
		pipe.HSet(ctx, c.g.meta(), "speakers", c.people.last)
	})
	return nil
}

// saidIn are the members of what each speaker says in a story; whose tells whose a name is.
func saidIn(number int64, story cache.Story, whose func(name string) int64) map[int64][]any {
	said := map[int64][]any{}
	for n, q := range story.Quotes {
		if q.Speaker != "" {
			who := whose(q.Speaker)
			said[who] = append(said[who], spotOf(number, n, q).member())
		}
	}
	return said
}

// keep writes the entry of a story.
func (c *change) keep(ctx context.Context, number int64, e entry) {
	c.write(func(pipe goredis.Pipeliner) {
		pipe.HSet(ctx, c.g.entries(), strconv.FormatInt(number, 10), e.String())
	})
}

// share notes who shared a story and when they first did.
func (c *change) share(ctx context.Context, number int64, e *entry, s sharing) {
	if s.where != "" && e.Places[s.by] == "" {
		e.Places = maps.Clone(e.Places)
		if e.Places == nil {
			e.Places = map[string]string{}
		}
		e.Places[s.by] = s.where
	}
	if _, known := e.Shares[s.by]; known {
		return
	}
	e.Shares = maps.Clone(e.Shares)
	if e.Shares == nil {
		e.Shares = map[string]int64{}
	}
	e.Shares[s.by] = s.at
	if s.by != "" {
		c.write(func(pipe goredis.Pipeliner) {
			pipe.ZAdd(ctx, c.g.sharer(s.by), goredis.Z{Score: score(e.FiledAt), Member: storyMember(number)})
		})
	}
}
