package embedded

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"newsdesk/cache"
	"newsdesk/cache/storetest"
)

// benchStore opens the store that NEWSDESK_BENCH_STORE names, which is kept for the next time, or a new one.
func benchStore(b *testing.B) (s *Store, path string) {
	b.Helper()
	if path = os.Getenv("NEWSDESK_BENCH_STORE"); path != "" {
		return openedFor(b, path), path
	}
	return newStore(b)
}

func newStore(b *testing.B) (s *Store, path string) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "stories.db")
	return openedFor(b, path), path
}

// openedFor opens a store that is closed with the test.
func openedFor(tb testing.TB, path string) *Store {
	tb.Helper()
	s, err := Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	return s
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
	s, _ := newStore(b)
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
	p, n := storetest.NewPress(12), 0
	var story cache.Story
	var data []byte
	took := storetest.InTurn(b,
		func(context.Context) (err error) {
			story = p.Story(n)
			n++
			data, err = cache.MarshalRecord(story)
			for _, q := range story.Quotes {
				data = append(data, cache.MarshalQuote(q)...)
			}
			return err
		},
		func(ctx context.Context) error { _, err := s.Put(ctx, story, cache.Share{Guild: "g1"}); return err },
		func(context.Context) error {
			if _, err := log.Write(data); err != nil {
				return err
			}
			return log.Sync()
		},
		func(ctx context.Context) error {
			_, err := plain.ExecContext(ctx, "INSERT INTO plain (story) VALUES (?)", data)
			return err
		})
	median := float64(storetest.ReportTimes(b, took[1]))
	b.ReportMetric(median/float64(storetest.Median(took[2])), "×file")
	b.ReportMetric(median/float64(storetest.Median(took[3])), "×table")
}

// BenchmarkRead measures each list, and says how many times as long it takes as in a store of [storetest.FewStories].
func BenchmarkRead(b *testing.B) {
	s, path := benchStore(b)
	storetest.Fill(b, bulk{s}, storetest.BenchStories())
	small, smallPath := newStore(b)
	storetest.Fill(b, bulk{small}, storetest.FewStories)
	opening := func(path string) storetest.Reading {
		return storetest.Reading{Name: "open", Do: func(context.Context) error {
			s, err := Open(path)
			if err != nil {
				return err
			}
			return s.Close()
		}}
	}
	few := append(storetest.Readings(b, small), opening(smallPath))
	for i, r := range append(storetest.Readings(b, s), opening(path)) {
		b.Run(r.Name, func(b *testing.B) {
			took := storetest.InTurn(b, r.Do, few[i].Do)
			b.ReportMetric(float64(storetest.ReportTimes(b, took[0]))/float64(storetest.Median(took[1])), "×few")
		})
	}
}
