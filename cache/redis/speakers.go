package redis

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"newsdesk/cache"
	"newsdesk/quote/name"
)

// perRange is how many members of a long list are read at a time.
const perRange = 1000

// Speakers lists everybody who is quoted in what guild sees, most quoted first.
func (s *Store) Speakers(ctx context.Context, guild string) ([]cache.Speaker, error) {
	all, err := s.speakers(ctx, guild)
	return all, s.mapped("read", err)
}

func (s *Store) speakers(ctx context.Context, guild string) ([]cache.Speaker, error) {
	g := s.keys.guild(guild)
	var all []cache.Speaker
	for from := int64(0); ; from += perRange {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		most, err := s.client.ZRevRangeWithScores(ctx, g.most(), from, from+perRange-1).Result()
		if err != nil {
			return nil, err
		}
		if len(most) > 0 {
			numbers := make([]string, len(most))
			for i, z := range most {
				numbers[i], _ = z.Member.(string)
			}
			names, err := s.client.HMGet(ctx, g.names(), numbers...).Result()
			if err != nil {
				return nil, err
			}
			for i, v := range names {
				if name, ok := v.(string); ok { // else they went meanwhile
					all = append(all, cache.Speaker{Name: name, Count: int(most[i].Score)})
				}
			}
		}
		if len(most) < perRange {
			slices.SortStableFunc(all, compareSpeakers)
			return all, nil
		}
	}
}

func compareSpeakers(a, b cache.Speaker) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
}

// SpeakersLike lists the speakers whom query may mean, most quoted first, at most limit of them (0 for
// all): any part of a name, in any case, with or without accents and titles. Where nobody fits
// exactly, those who do but for a typing error are listed.
func (s *Store) SpeakersLike(ctx context.Context, guild, query string, limit int) ([]cache.Speaker, error) {
	found, err := s.speakersLike(ctx, guild, query)
	if limit > 0 && len(found) > limit {
		found = found[:limit]
	}
	return found, s.mapped("read", err)
}

func (s *Store) speakersLike(ctx context.Context, guild, query string) ([]cache.Speaker, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	g := s.keys.guild(guild)
	numbers, err := speakersByWord(ctx, s.client, g, cache.SpeakerWords(query))
	if err != nil {
		return nil, err
	}
	asked := name.Asked(query)
	found, err := s.fitting(ctx, g, numbers, asked, cache.Fits)
	if err != nil || len(found) > 0 {
		return found, err
	}
	// A slip: no word of it need be the same.
	if numbers, err = s.loosely(ctx, g, asked); err != nil {
		return nil, err
	}
	return s.fitting(ctx, g, numbers, asked, cache.FitsLoosely)
}

// fitting returns those of the speakers that fit what was asked, most quoted first.
func (s *Store) fitting(ctx context.Context, g guildKeys, numbers []int64, asked name.Query,
	fits func(name.Query, []cache.Spelling) bool) ([]cache.Speaker, error) {
	wanted := map[int64]bool{}
	for _, n := range numbers {
		wanted[n] = true
	}
	persons, err := readPersons(ctx, s.client, g, wanted)
	if err != nil {
		return nil, err
	}
	var found []cache.Speaker
	for _, n := range slices.Sorted(maps.Keys(persons)) {
		who := persons[n]
		if spellings := who.spellings(); fits(asked, spellings) {
			found = append(found, cache.Speaker{Name: cache.Shown(spellings), Count: who.quotes()})
		}
	}
	slices.SortStableFunc(found, compareSpeakers)
	return found, nil
}

// loosely looks through every name for those that fit what was asked but for a typing error.
func (s *Store) loosely(ctx context.Context, g guildKeys, asked name.Query) ([]int64, error) {
	var numbers []int64
	var from uint64
	for {
		found, next, err := s.client.HScan(ctx, g.spellings(), from, "", perRange).Result()
		if err != nil {
			return nil, err
		}
		for i := 0; i+1 < len(found); i += 2 {
			if !asked.FitsLoosely(found[i]) {
				continue
			}
			number, err := strconv.ParseInt(found[i+1], 10, 64)
			if err != nil {
				return nil, fmt.Errorf("speaker of %q: %w", found[i], cache.ErrCorrupt)
			}
			numbers = append(numbers, number)
		}
		if from = next; from == 0 {
			return numbers, ctx.Err()
		}
	}
}
