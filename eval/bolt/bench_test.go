// Package bolt holds the embedded store against one in bbolt, the other single-file store in pure Go that was considered. It
// is a module of its own: bbolt is part of no program.
//
// What stands here of bbolt is the least that files a story and answers the same: its record, its quotes in the order of
// each speaker's list, and a posting for each word of each quote. Speakers are not joined, guilds not told apart,
// nothing can be forgotten. So it does less for each story than the store that it is held against.
package bolt

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"newsdesk/cache"
	"newsdesk/cache/embedded"
	"newsdesk/cache/storetest"
)

// stories of ten quotes each.
const stories = 2000

var noon = time.Date(2031, 5, 4, 12, 0, 0, 0, time.UTC)

// bolt is the store in bbolt.
type bolt struct{ db *bbolt.DB }

var (
	record  = []byte("record")  // number → record
	said    = []byte("said")    // speaker NUL number n → quote
	posting = []byte("posting") // word NUL number n → nothing
)

func open(path string) (bolt, error) {
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		return bolt{}, err
	}
	return bolt{db}, db.Update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{record, said, posting} {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return nil
	})
}

func place(number uint32, n int) []byte {
	return binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint32(nil, number), uint16(n))
}

func (b bolt) put(number uint32, story cache.Story) error {
	data, err := cache.MarshalRecord(story)
	if err != nil {
		return err
	}
	terms := cache.TermsOf(story)
	return b.db.Update(func(tx *bbolt.Tx) error {
		if err := tx.Bucket(record).Put(place(number, 0), data); err != nil {
			return err
		}
		for n, q := range story.Quotes {
			at := place(number, n)
			if err := tx.Bucket(said).Put(append([]byte(q.Speaker+"\x00"), at...), cache.MarshalQuote(q)); err != nil {
				return err
			}
			for _, term := range terms.Quotes[n] {
				if err := tx.Bucket(posting).Put(append([]byte(term+"\x00"), at...), nil); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// last reads the last ten keys of a bucket that begin with a word.
func (b bolt) last(bucket []byte, word string) (n int, err error) {
	err = b.db.View(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucket).Cursor()
		c.Seek([]byte(word + "\x01"))
		for k, v := c.Prev(); k != nil && n < 10 && len(k) > len(word) && string(k[:len(word)+1]) == word+"\x00"; k, v = c.Prev() {
			if len(v) > 0 {
				if _, err := cache.UnmarshalQuote(v); err != nil {
					return err
				}
			}
			n++
		}
		return nil
	})
	return n, err
}

func Benchmark(b *testing.B) {
	dir := b.TempDir()
	files := map[string]string{"sqlite": filepath.Join(dir, "stories.db"), "bbolt": filepath.Join(dir, "stories.bolt")}
	lite, err := embedded.Open(files["sqlite"])
	if err != nil {
		b.Fatal(err)
	}
	defer lite.Close() //nolint:errcheck // thrown away
	other, err := open(files["bbolt"])
	if err != nil {
		b.Fatal(err)
	}
	defer other.db.Close() //nolint:errcheck // thrown away
	p := storetest.NewPress(10)
	took := map[string][]time.Duration{}
	timed := func(name string, do func() error) {
		began := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		took[name] = append(took[name], time.Since(began))
	}
	ctx := context.Background()
	often := ""
	for n := range stories {
		story := p.Story(n)
		often = story.Quotes[0].Speaker
		share := cache.Share{Guild: "g", At: noon.Add(time.Duration(n) * time.Minute)}
		timed("sqlite", func() error { _, err := lite.Put(ctx, story, share); return err })
		timed("bbolt", func() error { return other.put(uint32(n), story) })
	}
	quotes := func(q cache.QuoteQuery) func() error {
		q.Guild, q.Limit = "g", 10
		return func() error { _, _, err := lite.Quotes(ctx, q); return err }
	}
	last := func(bucket []byte, word string) func() error {
		return func() error { _, err := other.last(bucket, word); return err }
	}
	common := cache.QueryTerms(storetest.Word(20))[0][0]
	for _, bench := range []struct {
		name string
		do   func() error
	}{
		{"sqlite: newest 10 of a speaker", quotes(cache.QuoteQuery{Speakers: []string{often}})},
		{"bbolt: newest 10 of a speaker", last(said, often)},
		{"sqlite: newest 10 about a common word", quotes(cache.QuoteQuery{About: storetest.Word(20)})},
		{"bbolt: newest 10 about a common word, places only", last(posting, common)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				if err := bench.do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for name, path := range files {
		b.Run(name+": filing", func(b *testing.B) {
			for b.Loop() { //nolint:revive // it is measured above
			}
			info, err := os.Stat(path)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(info.Size())/stories, "B/story")
			storetest.ReportTimes(b, took[name])
		})
	}
}
