package embedded

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newsdesk/cache"
	"newsdesk/cache/storetest"
)

// benchStore opens the store that NEWSDESK_BENCH_STORE names, which is kept for the next time, or a new one.
func benchStore(b *testing.B) (s *Store, path string) {
	b.Helper()
	if path = os.Getenv("NEWSDESK_BENCH_STORE"); path == "" {
		path = filepath.Join(b.TempDir(), "stories.db")
	}
	s, err := Open(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s, path
}

// bulk files many stories in one transaction, whose pages stay in memory.
type bulk struct{ *Store }

func (s bulk) PutAll(ctx context.Context, stories []cache.Story, shares []cache.Share) error {
	db, err := s.write(ctx)
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "PRAGMA cache_size = -400000"); err != nil {
		return err
	}
	return s.change(ctx, func(tx Tx) error {
		numbers := make([]int64, len(stories))
		for i, story := range stories {
			if numbers[i], err = file(ctx, tx, story, shares[i]); err != nil {
				return err
			}
		}
		return enter(ctx, tx, numbers)
	})
}

// BenchmarkPut files stories, each beside two bare synced commits of about the same bytes: to a file, and to a
// table of SQLite.
func BenchmarkPut(b *testing.B) {
	s, err := Open(filepath.Join(b.TempDir(), "stories.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // thrown away
	log, err := os.Create(filepath.Join(b.TempDir(), "log"))
	if err != nil {
		b.Fatal(err)
	}
	defer log.Close() //nolint:errcheck // thrown away
	plain, err := dial(b.Context(), filepath.Join(b.TempDir(), "plain.db"), 0, "_txlock=immediate&_pragma=journal_mode(WAL)")
	if err != nil {
		b.Fatal(err)
	}
	defer plain.Close() //nolint:errcheck // thrown away
	if _, err := plain.ExecContext(b.Context(), "CREATE TABLE plain (story BLOB)"); err != nil {
		b.Fatal(err)
	}
	p := storetest.NewPress(12)
	var took, toFile, toTable []time.Duration
	timed := func(all *[]time.Duration, do func() error) {
		began := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		*all = append(*all, time.Since(began))
	}
	for n := 0; b.Loop(); n++ {
		story := p.Story(n)
		timed(&took, func() error { _, err := s.Put(b.Context(), story, cache.Share{Guild: "g1"}); return err })
		data, err := cache.MarshalRecord(story)
		if err != nil {
			b.Fatal(err)
		}
		for _, q := range story.Quotes {
			data = append(data, cache.MarshalQuote(q)...)
		}
		timed(&toFile, func() error {
			if _, err := log.Write(data); err != nil {
				return err
			}
			return log.Sync()
		})
		timed(&toTable, func() error {
			_, err := plain.ExecContext(b.Context(), "INSERT INTO plain (story) VALUES (?)", data)
			return err
		})
	}
	median := float64(storetest.ReportTimes(b, took))
	b.ReportMetric(median/float64(storetest.Median(toFile)), "×file")
	b.ReportMetric(median/float64(storetest.Median(toTable)), "×table")
}

func BenchmarkRead(b *testing.B) {
	s, path := benchStore(b)
	storetest.Fill(b, bulk{s}, storetest.BenchStories())
	opened := storetest.Reading{Name: "open", Do: func(context.Context) error {
		s, err := Open(path)
		if err != nil {
			return err
		}
		return s.Close()
	}}
	for _, r := range append(storetest.Readings(b, s), opened) {
		b.Run(r.Name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				if err := r.Do(b.Context()); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			storetest.ReportTimes(b, took)
		})
	}
}
