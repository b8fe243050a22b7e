package redis

import (
	"fmt"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
	"newsdesk/cache/redis/redistest"
	"newsdesk/cache/storetest"
)

// benchStories is how many stories of 12 quotes are read from. NEWSDESK_BENCH_STORIES sets another number,
// NEWSDESK_BENCH_REDIS a server that keeps them for the next time.
const benchStories = 1000

func benchStore(b *testing.B) *Store {
	b.Helper()
	address := os.Getenv("NEWSDESK_BENCH_REDIS")
	if address == "" {
		address = redistest.Start(b, "--appendonly", "no").URL()
	}
	if _, err := url.Parse(address); err != nil {
		b.Fatal(err)
	}
	s, err := Open(b.Context(), Options{URL: address})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

// fillBench fills s up to the number of stories wanted.
func fillBench(b *testing.B, s *Store) {
	b.Helper()
	want := benchStories
	if v, err := strconv.Atoi(os.Getenv("NEWSDESK_BENCH_STORIES")); err == nil {
		want = v
	}
	st, err := s.Stats(b.Context(), "g1")
	if err != nil {
		b.Fatal(err)
	}
	p := storetest.NewPress()
	for n := range want {
		story := p.Story(n) // also those that are there, for the press to go on where it was
		if n < st.Stories {
			continue
		}
		if _, err := s.Put(b.Context(), story, cache.Share{Guild: "g1", At: noon.Add(time.Duration(n) * time.Minute)}); err != nil {
			b.Fatal(err)
		}
	}
	if st, err = s.Stats(b.Context(), "g1"); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d stories, %d quotes, %d speakers, %.1f kB a story", st.Stories, st.Quotes, st.Speakers,
		float64(st.Bytes)/1000/float64(st.Stories))
}

func BenchmarkPut(b *testing.B) {
	s, p, n := benchStore(b), storetest.NewPress(), 0
	for b.Loop() {
		if _, err := s.Put(b.Context(), p.Story(n), cache.Share{Guild: "put"}); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

// BenchmarkRead measures each list, and says how many round trips it takes and how many times as long as
// bare round trips: as many GETs, one after the other, that bring the same number of bytes in all.
func BenchmarkRead(b *testing.B) {
	s := benchStore(b)
	fillBench(b, s)
	most, err := s.Speakers(b.Context(), "g1")
	if err != nil {
		b.Fatal(err)
	}
	quotes := func(q cache.QuoteQuery) func() (int, error) {
		q.Guild, q.Limit = "g1", 10
		return func() (int, error) {
			found, _, err := s.Quotes(b.Context(), q)
			bytes := 0
			for _, f := range found {
				bytes += 350 + len(f.Text) + len(f.Title) // its record, and its story's entry
			}
			return bytes, err
		}
	}
	for _, bench := range []struct {
		name string
		do   func() (bytes int, err error)
	}{
		{"newest 10 of the most quoted", quotes(cache.QuoteQuery{Speakers: []string{most[0].Name}})},
		{"newest 10 of one seldom quoted", quotes(cache.QuoteQuery{Speakers: []string{most[len(most)-1].Name}})},
		{"newest 10", quotes(cache.QuoteQuery{})},
		{"newest 10 about a common word", quotes(cache.QuoteQuery{About: storetest.Word(20)})},
		{"newest 10 about a rare word", quotes(cache.QuoteQuery{About: storetest.Word(20000)})},
		{"newest 10 of the most quoted, about", quotes(cache.QuoteQuery{Speakers: []string{most[0].Name}, About: storetest.Word(300)})},
		{"complete one letter", func() (int, error) {
			found, err := s.Complete(b.Context(), "g1", strings.ToLower(most[0].Name[:1]), 25)
			return 30 * len(found), err
		}},
		{"speakers like", func() (int, error) {
			found, err := s.SpeakersLike(b.Context(), "g1", strings.Fields(most[0].Name)[1], 25)
			return 60 * len(found), err
		}},
		{"10 stories by 3 words", func() (int, error) {
			found, err := s.Search(b.Context(), "g1", storetest.Word(200)+" "+storetest.Word(900)+" "+storetest.Word(5000), 10)
			return 8000 * len(found), err
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			trips, bytes := s.count(b, bench.do)
			bare := bareTrips(b, s, trips, bytes)
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				if _, err := bench.do(); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(trips), "trips")
			b.ReportMetric(float64(took[len(took)/2])/float64(bare), "×bare")
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		})
	}
}

// count does once what is measured, through a client that counts.
func (s *Store) count(b *testing.B, do func() (int, error)) (trips, bytes int) {
	b.Helper()
	kept := s.client
	defer func() { s.client = kept }()
	counting, ok := kept.(*goredis.Client)
	if !ok {
		b.Skip("round trips are counted on a single server")
	}
	clone := goredis.NewClient(counting.Options())
	defer clone.Close() //nolint:errcheck // of the benchmark
	if err := clone.Ping(b.Context()).Err(); err != nil {
		b.Fatal(err)
	}
	s.client = clone
	if _, err := do(); err != nil { // the server learns the scripts
		b.Fatal(err)
	}
	counter := &mortal{1 << 30}
	clone.AddHook(counter)
	bytes, err := do()
	if err != nil {
		b.Fatal(err)
	}
	return 1<<30 - counter.left, max(bytes, 1)
}

// bareTrips is the median time of so many GETs that bring bytes in all.
func bareTrips(b *testing.B, s *Store, trips, bytes int) time.Duration {
	b.Helper()
	key := "newsdesk:bare"
	if err := s.client.Set(b.Context(), key, strings.Repeat("x", max(bytes/trips, 1)), time.Hour).Err(); err != nil {
		b.Fatal(err)
	}
	took := make([]time.Duration, 200)
	for i := range took {
		began := time.Now()
		for range trips {
			if err := s.client.Get(b.Context(), key).Err(); err != nil {
				b.Fatal(err)
			}
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// BenchmarkMemory says what an article of 5 kB with 12 quotes takes in the server's memory, as a multiple of
// its compressed text and its quotes.
func BenchmarkMemory(b *testing.B) {
	s := benchStore(b)
	fillBench(b, s)
	var plain float64
	p := storetest.NewPress()
	const sample = 200
	for n := range sample {
		story := p.Story(n)
		record, err := cache.MarshalRecord(story)
		if err != nil {
			b.Fatal(err)
		}
		plain += float64(len(record))
		for _, q := range story.Quotes {
			data, err := cache.MarshalQuote(q)
			if err != nil {
				b.Fatal(err)
			}
			plain += float64(len(data))
		}
	}
	plain /= sample
	st, err := s.Stats(b.Context(), "g1")
	if err != nil {
		b.Fatal(err)
	}
	parts, total := map[string]float64{}, 0.0
	for keys := s.client.Scan(b.Context(), 0, "newsdesk:1:*", 1000).Iterator(); keys.Next(b.Context()); {
		bytes, err := s.client.MemoryUsage(b.Context(), keys.Val(), 20).Result()
		if err != nil {
			b.Fatal(err)
		}
		parts[kind(keys.Val())] += float64(bytes)
		total += float64(bytes)
	}
	for name, bytes := range parts {
		b.Logf("%8.0f bytes a story: %s", bytes/float64(st.Stories), name)
	}
	for b.Loop() { //nolint:revive // it is measured once, above
	}
	b.ReportMetric(plain, "plain-B/story")
	b.ReportMetric(total/float64(st.Stories), "B/story")
	b.ReportMetric(total/float64(st.Stories)/plain, "×plain")
}

// kind is what a key holds: its name without what tells it from others of its kind.
func kind(key string) string {
	_, name, _ := strings.Cut(key, "}")
	switch {
	case strings.Contains(key, "{s.") && strings.HasPrefix(name, ":v"):
		return "the story and its quotes"
	case strings.Contains(key, "{s."), strings.Contains(key, "{r."), strings.Contains(key, "{c."):
		return "its names"
	}
	name, _, _ = strings.Cut(strings.TrimPrefix(name, ":"), ":")
	return fmt.Sprintf("the guild's %q", name)
}
