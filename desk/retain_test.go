package desk

import (
	"testing"
	"time"

	"newsdesk/cache"
)

// What a guild has remembered for as long as it wants is forgotten, once an hour, by one of those who share the store.
func TestRetain(t *testing.T) {
	store := openStore(t)
	now := time.Now()
	d := New(Options{Store: store, Now: func() time.Time { return now }})
	other := New(Options{Store: store, Now: func() time.Time { return now }})
	file := func(guild string) {
		t.Helper()
		if _, err := d.File(t.Context(), Request{Source: FromText("", report), Guild: guild}, nil); err != nil {
			t.Fatal(err)
		}
	}
	stories := func(guild string) int {
		t.Helper()
		all, _, err := d.Stories(t.Context(), cache.StoryQuery{Guild: guild})
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	file("9")
	file("8")
	if err := d.Set(t.Context(), "9", SetRetention, "7"); err != nil {
		t.Fatal(err)
	}
	d.retain(t.Context())
	now = now.Add(8 * 24 * time.Hour)
	other.retain(t.Context())
	if stories("9") != 1 {
		t.Error("two of them forget in one hour of the store")
	}
	if _, err := store.Count(t.Context(), everybody, "once retained", -1, time.Now().Add(time.Hour)); err != nil { // the hour is over
		t.Fatal(err)
	}
	other.retain(t.Context())
	if stories("9") != 0 || stories("8") != 1 {
		t.Errorf("after 8 days, of 7 that it wants one has %d, and of 90 another %d", stories("9"), stories("8"))
	}
}
