package redis

import (
	"cmp"
	"context"
	"math"
	"slices"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// maxBlocks is how much of the topic index one search reads: the newest 262,144 stories.
const (
	maxBlocks  = 256
	blocksOnce = 32
)

// Search lists what guild has filed that holds any of words in its title or text, the best match
// first, at most limit of them (0 for all): the one with the most words, rare ones above all, then the
// newest. It looks at the newest 262,144 stories.
func (s *Store) Search(ctx context.Context, guild, words string, limit int) ([]cache.Story, error) {
	stories, err := s.search(ctx, guild, words, limit)
	return stories, s.mapped("read", err)
}

func (s *Store) search(ctx context.Context, guild, words string, limit int) ([]cache.Story, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	terms := slices.Concat(cache.QueryTerms(words)...)
	if len(terms) == 0 {
		return nil, nil
	}
	slices.Sort(terms)
	terms = slices.Compact(terms)
	g := s.keys.guild(guild)
	found, err := s.holding(ctx, g, terms)
	if err != nil {
		return nil, err
	}
	total, err := s.client.ZCard(ctx, g.newest()).Result()
	if err != nil {
		return nil, err
	}
	scores := map[int64]float64{}
	for _, stories := range found {
		rarity := math.Log(1 + (float64(total)-float64(len(stories))+0.5)/(float64(len(stories))+0.5))
		for _, n := range stories {
			scores[n] += rarity
		}
	}
	best := make([]int64, 0, len(scores))
	for n := range scores {
		best = append(best, n)
	}
	slices.SortFunc(best, func(a, b int64) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(b, a)) })
	if limit > 0 && len(best) > limit {
		best = best[:limit]
	}
	spots := make([]spot, 0, len(best))
	for _, n := range best {
		spots = append(spots, spot{story: n})
	}
	hits, err := s.hits(ctx, g, spots)
	if err != nil {
		return nil, err
	}
	var stories []cache.Story
	for some := range slices.Chunk(hits, perPage) {
		read, err := s.load(ctx, guild, some)
		if err != nil {
			return nil, err
		}
		stories = append(stories, read...)
	}
	return stories, nil
}

// holding lists the stories that hold each of terms.
func (s *Store) holding(ctx context.Context, g guildKeys, terms []string) ([][]int64, error) {
	blocks, err := s.blocks(ctx, g)
	if err != nil {
		return nil, err
	}
	blocks = blocks[:min(len(blocks), maxBlocks)]
	fields := make([]string, len(terms))
	for i, t := range terms {
		fields[i] = "s" + t
	}
	stories := make([][]int64, len(terms))
	for some := range slices.Chunk(blocks, blocksOnce) {
		pipe := s.client.Pipeline()
		found := make([]*goredis.SliceCmd, len(some))
		for i, b := range some {
			found[i] = pipe.HMGet(ctx, g.words(b.number), fields...)
		}
		if _, err := pipe.Exec(ctx); err != nil {
			return nil, err
		}
		for i, b := range some {
			for j, v := range found[i].Val() {
				if text, ok := v.(string); ok {
					stories[j] = append(stories[j], b.stories(text)...)
				}
			}
		}
	}
	return stories, nil
}
