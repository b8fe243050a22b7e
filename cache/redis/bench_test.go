package redis

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
	"newsdesk/cache/redis/redistest"
	"newsdesk/cache/storetest"
)

// benchStore opens a store in the Redis that NEWSDESK_BENCH_REDIS names, which keeps it for the next time, or in a new
// one.
func benchStore(b *testing.B, prefix string) *Store {
	b.Helper()
	address := os.Getenv("NEWSDESK_BENCH_REDIS")
	if address == "" {
		address = redistest.Start(b, "--appendonly", "no").URL()
	}
	s, err := Open(b.Context(), Options{URL: address, Prefix: prefix})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

// bulk files many stories of the web that are new, in a few steps for all of them together: what Put would have
// written of each.
type bulk struct{ *Store }

func (s bulk) PutAll(ctx context.Context, stories []cache.Story, shares []cache.Share) error {
	guild := shares[0].Guild
	if err := s.listGuild(ctx, guild); err != nil {
		return err
	}
	pipe := s.client.Pipeline()
	for _, story := range stories {
		f := filing{store: s.Store, given: story, guild: guild, content: cache.ContentKey(&story.Article)}
		id := cache.StoryID(&story.Article)
		k := s.keys.story("", id)
		fields, err := versionFields(story)
		if err != nil {
			return err
		}
		pipe.HSet(ctx, k.version(1), fields...)
		pipe.HSet(ctx, k.meta(), "v", 1, "c", f.content, "u", 0, "low", 1, "g:"+guild, 1)
		pipe.Set(ctx, s.keys.content("", f.content), id, 0)
		for _, ref := range cache.Refs(&story.Article) {
			pipe.HSet(ctx, k.meta(), "r:"+ref, 1)
			pipe.Set(ctx, s.keys.ref("", ref), id, 0)
		}
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return err
	}
	return s.change(ctx, s.keys.guild(guild), func(c *change) error {
		for i, story := range stories {
			e := entry{ID: cache.StoryID(&story.Article), Version: 1, Quotes: len(story.Quotes)}
			at := shares[i].At.UnixMicro()
			number, err := c.enter(ctx, &e, at)
			if err != nil {
				return err
			}
			c.share(ctx, number, &e, sharing{by: shares[i].By, at: at, where: shares[i].Where})
			if err := c.relist(ctx, number, at, cache.Story{}, story); err != nil {
				return err
			}
			c.keep(ctx, number, e)
		}
		return nil
	})
}

// TestBulk: what benchmarks read is what Put writes, to the byte.
func TestBulk(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	p := storetest.NewPress(10)
	one, all := openStore(t, server.URL(), "test one:"), openStore(t, server.URL(), "test all:")
	var stories []cache.Story
	var shares []cache.Share
	for n := range 30 {
		stories, shares = append(stories, p.Story(n)), append(shares, share("g1", n))
		if _, err := one.Put(t.Context(), stories[n], shares[n]); err != nil {
			t.Fatal(err)
		}
	}
	if err := (bulk{all}).PutAll(t.Context(), stories, shares); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(settled(t, "test one:", server), settled(t, "test all:", server)); diff != "" {
		t.Errorf("-one by one +in bulk:\n%s", diff)
	}
}

func BenchmarkPut(b *testing.B) {
	s, p := benchStore(b, "put:"), storetest.NewPress(12)
	for n := 0; b.Loop(); n++ {
		if _, err := s.Put(b.Context(), p.Story(n), cache.Share{Guild: "put"}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRead measures each list, and says how many round trips it takes and how many times as long as bare ones,
// which it makes in turn with them: as many GETs, one after the other, that bring the same number of bytes in all. So
// are those of a store of [storetest.FewStories].
func BenchmarkRead(b *testing.B) {
	s := benchStore(b, "")
	storetest.Fill(b, bulk{s}, storetest.BenchStories())
	small := benchStore(b, "few:")
	storetest.Fill(b, bulk{small}, storetest.FewStories)
	few := storetest.Readings(b, small)
	for i, r := range storetest.Readings(b, s) {
		b.Run(r.Name, func(b *testing.B) {
			trips, bytes := s.count(b, r.Do)
			key := s.keys.claim("bare")
			if err := s.client.Set(b.Context(), key, strings.Repeat("x", max(bytes/trips, 1)), time.Hour).Err(); err != nil {
				b.Fatal(err)
			}
			took := storetest.InTurn(b, r.Do, func(ctx context.Context) error {
				for range trips {
					if err := s.client.Get(ctx, key).Err(); err != nil {
						return err
					}
				}
				return nil
			}, few[i].Do)
			median := float64(storetest.ReportTimes(b, took[0]))
			b.ReportMetric(median/float64(storetest.Median(took[1])), "×bare")
			b.ReportMetric(median/float64(storetest.Median(took[2])), "×few")
			b.ReportMetric(float64(trips), "trips")
			b.ReportMetric(float64(bytes), "B")
		})
	}
}

// count does once what is measured, through a client that counts round trips and the bytes that came.
func (s *Store) count(b *testing.B, do func(context.Context) error) (trips, bytes int) {
	b.Helper()
	kept := s.client
	defer func() { s.client = kept }()
	single, ok := kept.(*goredis.Client)
	if !ok {
		b.Skip("round trips are counted on a single server")
	}
	o := *single.Options()
	counted := &countingConn{}
	o.Dialer = func(ctx context.Context, network, addr string) (conn net.Conn, err error) {
		counted.Conn, err = (&net.Dialer{}).DialContext(ctx, network, addr)
		return counted, err
	}
	o.PoolSize = 1
	clone := goredis.NewClient(&o)
	defer clone.Close() //nolint:errcheck // of the benchmark
	s.client = clone
	if err := do(b.Context()); err != nil { // the connection is made, and the server learns the scripts
		b.Fatal(err)
	}
	counter := &mortal{1 << 30}
	clone.AddHook(counter)
	counted.bytes = 0
	if err := do(b.Context()); err != nil {
		b.Fatal(err)
	}
	return 1<<30 - counter.left, counted.bytes
}

// countingConn counts what comes by a connection.
type countingConn struct {
	net.Conn
	bytes int
}

func (c *countingConn) Read(p []byte) (n int, err error) {
	n, err = c.Conn.Read(p)
	c.bytes += n
	return n, err
}

// BenchmarkMemory says what an article of 5 kB with 12 quotes takes in the server's memory, as a multiple of
// its compressed text and its quotes.
func BenchmarkMemory(b *testing.B) {
	s := benchStore(b, "")
	storetest.Fill(b, bulk{s}, storetest.BenchStories())
	var plain float64
	p := storetest.NewPress(10)
	const sample = 200
	for n := range sample {
		story := p.Story(n)
		record, err := cache.MarshalRecord(story)
		if err != nil {
			b.Fatal(err)
		}
		plain += float64(len(record))
		for _, q := range story.Quotes {
			plain += float64(len(cache.MarshalQuote(q)))
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
