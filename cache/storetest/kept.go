package storetest

import (
	"testing"
	"time"
)

// What is kept about one thing is read together, by everybody who shares the store, and is gone when its time has come,
// when it is taken away, or when all of its guild is.
func testKept(t *testing.T, d Driver) {
	s := d.Open(t)
	kept := func(s Store, guild, about string) map[string]string {
		t.Helper()
		values, err := s.Kept(t.Context(), guild, about)
		if err != nil {
			t.Fatal(err)
		}
		return values
	}
	same(t, "in an empty store", map[string]string{}, kept(s, "g1", "message 5"))
	if err := s.Discard(t.Context(), "g1"); err != nil {
		t.Fatal(err)
	}
	tomorrow := time.Now().Add(24 * time.Hour)
	keep := func(guild, about, name, value string, until time.Time) {
		t.Helper()
		if err := s.Keep(t.Context(), guild, about, name, value, until); err != nil {
			t.Fatal(err)
		}
	}
	keep("g1", "message 5", "a", "1", tomorrow)
	keep("g1", "message 5", "b", "two", tomorrow)
	keep("g1", "message 5", "a", "3", tomorrow.Add(-time.Hour))
	keep("g1", "message 6", "a", "of another", tomorrow)
	keep("g2", "message 5", "a", "of another guild", tomorrow)
	other := d.Beside(t, s)
	same(t, "about one thing", map[string]string{"a": "3", "b": "two"}, kept(other, "g1", "message 5"))
	keep("g1", "message 5", "a", "", tomorrow)
	same(t, "what is left", map[string]string{"b": "two"}, kept(other, "g1", "message 5"))

	keep("g1", "message 7", "a", "for no time", time.Now().Add(-time.Minute))
	same(t, "whose time has come", map[string]string{}, kept(s, "g1", "message 7"))

	if err := s.Discard(t.Context(), "g1"); err != nil {
		t.Fatal(err)
	}
	for _, about := range []string{"message 5", "message 6"} {
		same(t, "of a guild of which all was taken away", map[string]string{}, kept(other, "g1", about))
	}
	same(t, "of another guild", map[string]string{"a": "of another guild"}, kept(other, "g2", "message 5"))
	if s.Keep(t.Context(), "", "a", "b", "c", tomorrow) == nil || s.Keep(t.Context(), "g1", "", "b", "c", tomorrow) == nil || s.Keep(t.Context(), "g1", "a", "", "c", tomorrow) == nil {
		t.Error("kept for nobody, or under no name")
	}
}
