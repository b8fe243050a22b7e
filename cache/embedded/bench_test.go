package embedded

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"newsdesk/cache"
	"newsdesk/cache/storetest"
)

// benchStories is how many stories of 12 quotes the reading benchmarks read from. NEWSDESK_BENCH_STORIES
// sets another number: 83000 make a million quotes.
const benchStories = 2000

func BenchmarkPut(b *testing.B) {
	s, err := Open(filepath.Join(b.TempDir(), "stories.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // thrown away
	p, n := storetest.NewPress(), 0
	for b.Loop() {
		if _, err := s.Put(b.Context(), p.Story(n), cache.Share{Guild: "g1"}); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

// BenchmarkBareCommit is what the machine's disk takes for the bytes of a story, to hold BenchmarkPut
// against.
func BenchmarkBareCommit(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "log"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // thrown away
	data := []byte(storetest.NewPress().Story(1).Article.Text)
	for b.Loop() {
		if _, err := f.Write(data); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	path := os.Getenv("NEWSDESK_BENCH_STORE")
	if path == "" {
		path = filepath.Join(b.TempDir(), "stories.db")
	}
	s, err := Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // only read
	fillBench(b, s)
	most, err := s.Speakers(b.Context(), "g1")
	if err != nil {
		b.Fatal(err)
	}
	names := func(i int) []string { return []string{most[i].Name} }
	for name, q := range map[string]cache.QuoteQuery{
		"newest 10":                           {Limit: 10},
		"newest 10 of the most quoted":        {Limit: 10, Speakers: names(0)},
		"newest 10 of one seldom quoted":      {Limit: 10, Speakers: names(len(most) - 1)},
		"newest 10 about a common word":       {Limit: 10, About: storetest.Word(20)},
		"newest 10 about a rare word":         {Limit: 10, About: storetest.Word(20000)},
		"newest 10 of the most quoted, about": {Limit: 10, Speakers: names(0), About: storetest.Word(300)},
	} {
		q.Guild = "g1"
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := s.Quotes(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("speakers like", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.SpeakersLike(b.Context(), "g1", strings.Fields(most[0].Name)[1], 25); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("nobody like", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.SpeakersLike(b.Context(), "g1", "Xyzzy", 25); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("10 stories by 3 words", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Search(b.Context(), "g1", storetest.Word(200)+" "+storetest.Word(900)+" "+storetest.Word(5000), 10); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			s, err := Open(path)
			if err != nil {
				b.Fatal(err)
			}
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
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
	for n := st.Stories; n < want; n++ {
		if _, err := s.Put(b.Context(), p.Story(n), cache.Share{Guild: "g1"}); err != nil {
			b.Fatal(err)
		}
	}
	if st, err = s.Stats(b.Context(), "g1"); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d stories, %d quotes, %d speakers, %.1f kB a story", st.Stories, st.Quotes, st.Speakers,
		float64(st.Bytes)/1000/float64(st.Stories))
}
