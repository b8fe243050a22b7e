package storetest

import (
	"context"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/cache"
)

// benchGuild has what benchmarks read.
const benchGuild = "g1"

// perStory is how many quotes the stories have that benchmarks read: 100,000 of them make a million.
const perStory = 10

// BenchStories is how many stories benchmarks read from: [FewStories], or as NEWSDESK_BENCH_STORIES says.
func BenchStories() int {
	if n, err := strconv.Atoi(os.Getenv("NEWSDESK_BENCH_STORIES")); err == nil {
		return n
	}
	return FewStories
}

// Bulk is a store that files many stories faster together than one by one.
type Bulk interface {
	PutAll(ctx context.Context, stories []cache.Story, shares []cache.Share) error
}

// Fill fills s up to so many stories, and logs what it holds then. One that was filled up before goes on where it
// was.
func Fill(b *testing.B, s Store, want int) {
	b.Helper()
	before, err := s.Stats(b.Context(), benchGuild)
	if err != nil {
		b.Fatal(err)
	}
	p := NewPress(perStory)
	var stories []cache.Story
	var shares []cache.Share
	for n := 0; n < want && before.Stories < want; n++ {
		story := p.Story(n) // also those that are there, for the press to go on where it was
		if n < before.Stories {
			continue
		}
		stories = append(stories, story)
		shares = append(shares, cache.Share{Guild: benchGuild, At: noon.Add(time.Duration(n) * time.Minute)})
		if len(stories) == 200 || n == want-1 {
			putAll(b, s, stories, shares)
			stories, shares = stories[:0], shares[:0]
		}
	}
	st, err := s.Stats(b.Context(), benchGuild)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d stories, %d quotes, %d speakers, %.1f kB a story", st.Stories, st.Quotes, st.Speakers,
		float64(st.Bytes)/1000/float64(st.Stories))
}

func putAll(b *testing.B, s Store, stories []cache.Story, shares []cache.Share) {
	b.Helper()
	if bulk, ok := s.(Bulk); ok {
		if err := bulk.PutAll(b.Context(), stories, shares); err != nil {
			b.Fatal(err)
		}
		return
	}
	for i, story := range stories {
		if _, err := s.Put(b.Context(), story, shares[i]); err != nil {
			b.Fatal(err)
		}
	}
}

// Reading is something that people ask of a store.
type Reading struct {
	Name string
	Do   func(context.Context) error
}

// Readings are what benchmarks measure of a store that [Fill] has filled.
func Readings(b *testing.B, s Store) []Reading {
	b.Helper()
	most, err := s.Speakers(b.Context(), benchGuild)
	if err != nil {
		b.Fatal(err)
	}
	if len(most) == 0 {
		b.Fatal("nobody is quoted")
	}
	often, seldom := most[0].Name, most[len(most)-1].Name
	quotes := func(q cache.QuoteQuery) func(context.Context) error {
		q.Guild, q.Limit = benchGuild, 10
		return func(ctx context.Context) error { _, _, err := s.Quotes(ctx, q); return err }
	}
	like := func(name string) func(context.Context) error {
		return func(ctx context.Context) error { _, err := s.SpeakersLike(ctx, benchGuild, name, 25); return err }
	}
	return []Reading{
		{"newest 10 of the most quoted", quotes(cache.QuoteQuery{Speakers: []string{often}})},
		{"newest 10 of one seldom quoted", quotes(cache.QuoteQuery{Speakers: []string{seldom}})},
		{"newest 10", quotes(cache.QuoteQuery{})},
		{"newest 10 about a common word", quotes(cache.QuoteQuery{About: Word(20)})},
		{"newest 10 about a rare word", quotes(cache.QuoteQuery{About: Word(20000)})},
		{"newest 10 of the most quoted, about", quotes(cache.QuoteQuery{Speakers: []string{often}, About: Word(300)})},
		{"complete one letter", func(ctx context.Context) error {
			_, err := s.Complete(ctx, benchGuild, strings.ToLower(often[:1]), 25)
			return err
		}},
		{"speakers like", like(strings.Fields(often)[1])},
		{"nobody like", like("Xyzzy")},
		{"10 stories by 3 words", func(ctx context.Context) error {
			_, err := s.Search(ctx, benchGuild, Word(200)+" "+Word(900)+" "+Word(5000), 10)
			return err
		}},
	}
}

// InTurn does several things in turn, as often as b says, and returns what each of them took: what else the machine has to
// do meets them alike.
func InTurn(b *testing.B, things ...func(context.Context) error) [][]time.Duration {
	b.Helper()
	took := make([][]time.Duration, len(things))
	for b.Loop() {
		for i, do := range things {
			began := time.Now()
			if err := do(b.Context()); err != nil {
				b.Fatal(err)
			}
			took[i] = append(took[i], time.Since(began))
		}
	}
	return took
}

// FewStories are as many as the store holds that a large one is compared with: 10,000 quotes.
const FewStories = 1000

// Median sorts what something took, and is the middle of it.
func Median(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}

// ReportTimes reports the median and the 99th of a hundred of what something took, and returns the median.
func ReportTimes(b *testing.B, took []time.Duration) time.Duration {
	b.Helper()
	median := Median(took)
	b.ReportMetric(float64(median.Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	return median
}
