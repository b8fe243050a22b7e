package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"newsdesk/cache"
)

// countedQuotes is how many quotes [Desk.Speakers] looks at, newest first, where it counts since a day.
const countedQuotes = 20_000

// Speakers lists whose words a guild has filed, most quoted first; since a moment, or ever where it is zero.
func (d *Desk) Speakers(ctx context.Context, guild string, since time.Time) ([]cache.Speaker, error) {
	if d.store == nil {
		return nil, ErrNoStore
	}
	all, err := d.store.Speakers(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("list speakers: %w", err)
	}
	if since.IsZero() {
		return all, nil
	}
	counts, err := d.countQuotes(ctx, guild, since)
	if err != nil {
		return nil, err
	}
	person, joined := personIn(all), map[string]int{}
	for who, n := range counts {
		joined[person(who)] += n
	}
	out := make([]cache.Speaker, 0, len(joined))
	for who, n := range joined {
		out = append(out, cache.Speaker{Name: who, Count: n})
	}
	slices.SortFunc(out, func(a, b cache.Speaker) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Name, b.Name)) })
	return out, nil
}

// personIn returns by what name a store knows a person whom an article names in another way.
func personIn(all []cache.Speaker) func(named string) string {
	byWord, known := map[string][]string{}, map[string]bool{}
	for _, s := range all {
		known[s.Name] = true
		for _, word := range cache.SpeakerWords(s.Name) {
			byWord[word] = append(byWord[word], s.Name)
		}
	}
	return func(named string) string {
		if known[named] {
			return named
		}
		for _, word := range cache.SpeakerWords(named) {
			for _, full := range byWord[word] {
				if cache.Joins(named, []cache.Spelling{{Name: full}}) {
					return full
				}
			}
		}
		return named
	}
}

// countQuotes counts the quotes of each speaker since a moment, as the articles name them.
func (d *Desk) countQuotes(ctx context.Context, guild string, since time.Time) (map[string]int, error) {
	counts := map[string]int{}
	q := cache.QuoteQuery{Guild: guild, Since: since, Limit: 500}
	for looked := 0; looked < countedQuotes; {
		quotes, next, err := d.store.Quotes(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("count quotes: %w", err)
		}
		for _, found := range quotes {
			if found.Speaker != "" {
				counts[found.Speaker]++
			}
		}
		looked += len(quotes)
		if q.After = next; next == "" {
			break
		}
	}
	return counts, nil
}
