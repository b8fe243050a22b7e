package digest

import (
	"slices"
	"testing"
	"time"

	"newsdesk/cache"
)

// What people shared comes first, however fresh what feeds brought is and however many outlets tell it; a feed is nobody.
func TestFedComesLast(t *testing.T) {
	stories, event := labelled(t, "held")
	until := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	since := until.Add(-24 * time.Hour)
	shared := event[len(event)-1] // of one event, long ago
	var items []Item
	for i, s := range stories {
		share := cache.Share{By: cache.ByFeed("f"), At: until.Add(-time.Minute)}
		if event[i] == shared {
			share = cache.Share{By: "ann", At: since}
		}
		s.FiledAt = share.At
		items = append(items, Item{Story: s, Shares: []cache.Share{share, {By: cache.ByFeed("g"), At: share.At}}})
	}
	d := Of(items, Period{since, until})
	if len(d.Stories) != Most {
		t.Fatalf("%d stories", len(d.Stories))
	}
	if first := d.Stories[0]; first.Fed || !slices.Equal(first.SharedBy, []string{"ann"}) {
		t.Errorf("first is %q, fed %v, shared by %v", first.Headline, first.Fed, first.SharedBy)
	}
	for _, s := range d.Stories[1:] {
		if !s.Fed || len(s.SharedBy) > 0 {
			t.Errorf("%q is fed %v, shared by %v", s.Headline, s.Fed, s.SharedBy)
		}
	}
}
