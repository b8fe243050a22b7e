package embedded

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/cache"
	"newsdesk/cache/storetest"
)

// TestWalk: to walk through the quotes for those about something finds what the topic index finds, page by page.
func TestWalk(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), "stories.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // of the test
	p := storetest.NewPress(10)
	var stories []cache.Story
	var shares []cache.Share
	for n := range 40 {
		stories = append(stories, p.Story(n))
		// Some at one moment, some before those that were filed before them.
		shares = append(shares, cache.Share{Guild: "g1", At: time.Date(2031, 5, 4, 12, n*7%30/3, 0, 0, time.UTC)})
	}
	if err := (bulk{s}).PutAll(t.Context(), stories, shares); err != nil {
		t.Fatal(err)
	}
	often := stories[0].Quotes[0].Speaker
	for _, q := range []cache.QuoteQuery{
		{About: storetest.Word(1)},
		{About: storetest.Word(1) + " " + storetest.Word(2)},
		{About: storetest.Word(3), Speakers: []string{often}},
		{About: storetest.Word(3), Since: shares[3].At},
	} {
		q.Guild, q.Limit = "g1", 7
		pages := 0
		for after := (*cache.Position)(nil); ; pages++ {
			err := s.view(t.Context(), func(tx Tx) error {
				sel, err := selecting(t.Context(), tx, q, after, told)
				if err != nil {
					return err
				}
				want, err := collect(t.Context(), tx, scanListed, sel.query.String(), sel.args...)
				if err != nil {
					return err
				}
				got, _, err := walk(t.Context(), tx, q, after, reach)
				if diff := cmp.Diff(want, got); err != nil || diff != "" {
					t.Errorf("%q of %q, page %d: %v (-index +walk):\n%s", q.About, q.Speakers, pages, err, diff)
				}
				after = nil
				if len(want) > q.Limit {
					after = &want[q.Limit-1].Position
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if after == nil {
				break
			}
		}
		if pages < 1 {
			t.Errorf("%q of %q fills no page", q.About, q.Speakers)
		}
	}
}

// TestWalkInSteps: a walk that ends before the page is full says where to go on, and misses nothing and repeats nothing.
func TestWalkInSteps(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), "stories.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // of the test
	filedAlone(t, s, "g1", crowded(1), crowded(2), crowded(3), crowded(4))
	all := cache.QuoteQuery{Guild: "g1", About: "motion"}
	want, _, err := s.Quotes(t.Context(), all)
	if err != nil || len(want) != 4*crowd {
		t.Fatal(len(want), err)
	}
	all.Limit = len(want)
	var got []cache.FiledQuote
	steps := 0
	for after, more := (*cache.Position)(nil), true; more; steps++ {
		err := s.view(t.Context(), func(tx Tx) error {
			page, stopped, err := walk(t.Context(), tx, all, after, 7)
			for _, l := range page {
				got = append(got, l.FiledQuote)
			}
			after, more = stopped, stopped != nil
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || steps != 7 {
		t.Errorf("after %d steps (-want +got):\n%s", steps, diff)
	}
}
