package embedded

import (
	"cmp"
	"context"
	"math"
	"slices"

	"newsdesk/cache"
)

// searched is how many of the newest stories that hold a word one search looks at.
const searched = 5000

// Search lists what guild has filed that holds any of words in its title or text, the best match
// first, at most limit of them (0 for all): the one with the most words, rare ones above all, then the
// newest. Of each word it looks at the newest 5,000 stories that hold it.
func (s *Store) Search(ctx context.Context, guild, words string, limit int) (stories []cache.Story, err error) {
	terms := slices.Concat(cache.QueryTerms(words)...)
	if len(terms) == 0 {
		return nil, nil
	}
	slices.Sort(terms)
	err = s.look(ctx, func(tx Tx) error {
		best, err := rank(ctx, tx, slices.Compact(terms))
		if err != nil {
			return err
		}
		for some := range slices.Chunk(best, 200) {
			// CROSS JOIN: few are looked up, and the guild's are not all read.
			theirs, err := collect(ctx, tx, scanNumber, `SELECT j.value FROM json_each(?) j
				CROSS JOIN filing f ON f.guild = ? AND f.story = j.value ORDER BY j.key`, jsonList(some), guild)
			if err != nil {
				return err
			}
			for _, number := range theirs {
				story, err := load(ctx, tx, guild, number)
				if err != nil {
					return err
				}
				if stories = append(stories, story); len(stories) == limit {
					return nil
				}
			}
		}
		return nil
	})
	return stories, err
}

// rank lists the stories, of all guilds, that hold any of terms, the best first.
func rank(ctx context.Context, tx Tx, terms []string) ([]int64, error) {
	var last int64
	if err := tx.QueryRowContext(ctx, `SELECT ifnull(max(story), 0) FROM story`).Scan(&last); err != nil {
		return nil, err
	}
	scores := map[int64]float64{}
	for _, term := range terms {
		holding, err := collect(ctx, tx, scanNumber, `SELECT rowid FROM story_words WHERE story_words MATCH ?
			ORDER BY rowid DESC LIMIT ?`, `"`+term+`"`, searched)
		if err != nil {
			return nil, err
		}
		common := float64(len(holding))
		if len(holding) == searched { // as common among the older ones
			common *= float64(last) / float64(last-holding[searched-1]+1)
		}
		common = min(common, float64(last))
		rarity := math.Log(1 + (float64(last)-common+0.5)/(common+0.5))
		for _, story := range holding {
			scores[story] += rarity
		}
	}
	best := make([]int64, 0, len(scores))
	for story := range scores {
		best = append(best, story)
	}
	slices.SortFunc(best, func(a, b int64) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(b, a)) })
	return best, nil
}
