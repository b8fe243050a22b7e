package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"golang.org/x/sync/errgroup"

	"newsdesk/cache"
)

// testWriters files, reads and forgets from many goroutines, over two handles, and demands that
// nothing is lost, doubled or half there.
func testWriters(t *testing.T, d Driver) {
	first := d.Open(t)
	handles := []Store{first, d.Beside(t, first)}
	const writers, each = 6, 4
	g, ctx := errgroup.WithContext(t.Context())
	for w := range writers {
		s := handles[w%len(handles)]
		g.Go(func() error {
			for i := range each {
				if err := fileTwice(ctx, s, w, i); err != nil {
					return fmt.Errorf("writer %d: %w", w, err)
				}
			}
			return nil
		})
	}
	for _, s := range handles {
		g.Go(func() error { return readWhole(ctx, s, 10) })
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	// Every writer filed the shared story and stories of its own, and forgot every other of these.
	const stories = 1 + writers*each/2
	for i, s := range handles {
		st, err := s.Stats(t.Context(), "g1")
		if err != nil {
			t.Fatal(err)
		}
		st.Bytes = 0
		same(t, fmt.Sprintf("stats by handle %d", i), cache.Stats{Stories: stories, Quotes: 3 * stories, Speakers: 2}, st)
		same(t, "speakers", []cache.Speaker{{Name: "Eva Holm", Count: 2 * stories}, {Name: "Jo Falk", Count: stories}},
			speakers(t, s, "g1"))
		if got := texts(t, s, cache.QuoteQuery{Guild: "g1", Speakers: []string{"Jo Falk"}, Limit: 5}); len(got) != stories {
			t.Errorf("%d quotes of Jo Falk by handle %d, want %d", len(got), i, stories)
		}
	}
}

// fileTwice files the story that all writers share and one of this writer's own, and forgets the
// latter if i is odd.
func fileTwice(ctx context.Context, s Store, writer, i int) error {
	if _, err := s.Put(ctx, numbered(0), share("g1", 0)); err != nil {
		return err
	}
	own, err := s.Put(ctx, numbered(1000+100*writer+i), share("g1", 1+i))
	if err != nil || i%2 == 0 {
		return err
	}
	return s.Forget(ctx, "g1", own.ID)
}

// readWhole reads so many times, and fails if a story is there in part.
func readWhole(ctx context.Context, s Store, times int) error {
	for range times {
		stories, _, err := s.Stories(ctx, cache.StoryQuery{Guild: "g1"})
		if err != nil {
			return err
		}
		for _, st := range stories {
			if len(st.Quotes) != 3 || st.Article.Text == "" || st.Summary.Headline == "" {
				return fmt.Errorf("half a story: %+v", st)
			}
		}
	}
	return nil
}

func testBeside(t *testing.T, d Driver) {
	one := d.Open(t)
	two := d.Beside(t, one) // before there is anything to share
	filed := put(t, one, numbered(1), share("g1", 0))
	same(t, "read by the other", filed, get(t, two, "g1", filed.ID))
	later := put(t, two, numbered(2), share("g1", 1))
	same(t, "read by the first", later, get(t, one, "g1", later.ID))
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}
	same(t, "after the first is closed", []string{"2 first", "2 second", "2 last", "1 first", "1 second", "1 last"},
		texts(t, two, cache.QuoteQuery{Guild: "g1"}))
	if _, err := one.Story(t.Context(), "g1", filed.ID); err == nil {
		t.Error("a closed store answers")
	}
	if _, err := one.Put(t.Context(), numbered(3), share("g1", 2)); err == nil {
		t.Error("a closed store files")
	}
}

func testCancelled(t *testing.T, d Driver) {
	s := d.Open(t)
	filed := put(t, s, numbered(1), share("g1", 0))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, putErr := s.Put(ctx, numbered(2), share("g1", 1))
	_, storyErr := s.Story(ctx, "g1", filed.ID)
	_, _, quotesErr := s.Quotes(ctx, cache.QuoteQuery{Guild: "g1"})
	for what, err := range map[string]error{"Put": putErr, "Story": storyErr, "Quotes": quotesErr, "Forget": s.Forget(ctx, "g1", filed.ID)} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want context.Canceled", what, err)
		}
	}
	same(t, "the store after", []string{"1 first", "1 second", "1 last"}, texts(t, s, cache.QuoteQuery{Guild: "g1"}))
}
