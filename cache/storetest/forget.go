package storetest

import (
	"bytes"
	"errors"
	"testing"

	"newsdesk/cache"
)

func testForget(t *testing.T, d Driver) {
	s := d.Open(t)
	kept := put(t, s, story("https://example.org/kept", "Kept", said("Eva Holm", "This stays.")), share("g1", 0))
	gone := story("https://example.org/gone", "Gone", said("Eva Holm", "This goes."), said("Jo Falk", "So does this."))
	id := put(t, s, gone, share("g1", 1)).ID
	put(t, s, gone, share("g2", 2))

	if err := s.Forget(t.Context(), "g1", id); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Story(t.Context(), "g1", id); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("Story after Forget: %v", err)
	}
	if _, err := s.Find(t.Context(), "g1", "https://example.org/gone"); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("Find after Forget: %v", err)
	}
	if err := s.Forget(t.Context(), "g1", id); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("Forget twice: %v", err)
	}
	same(t, "g1's quotes", []string{"This stays."}, texts(t, s, cache.QuoteQuery{Guild: "g1"}))
	same(t, "g1's quotes by word", nil, texts(t, s, cache.QuoteQuery{Guild: "g1", About: "goes"}))
	same(t, "g1's speakers", []cache.Speaker{{Name: "Eva Holm", Count: 1}}, speakers(t, s, "g1"))
	same(t, "g1's other story", kept, get(t, s, "g1", kept.ID))
	same(t, "g2's quotes", []string{"This goes.", "So does this."}, texts(t, s, cache.QuoteQuery{Guild: "g2"}))

	again := put(t, s, gone, share("g1", 30))
	if again.FiledAt.Equal(noon) || again.ID != id {
		t.Errorf("filed anew: %q at %v", again.ID, again.FiledAt)
	}
}

// testForgetRaw demands that nothing is left of what was forgotten, anywhere in what the store keeps.
func testForgetRaw(t *testing.T, d Driver) {
	s := d.Open(t)
	// In words that nothing else holds.
	secret := story("https://vexbrandt.example/krumlachti", "Snorvelig", said("Quxberrow Zyvandel", "The wobblefrith is mine."))
	secret.Article.Site, secret.Article.Byline = "Plimthoque", []string{"Plimthoque"}
	older := story("https://vexbrandt.example/krumlachti", "Snorvelig", said("Quxberrow Zyvandel", "The plimthoque is yours."))

	for i := range 12 {
		put(t, s, numbered(i), share("g1", i))
	}
	put(t, s, older, share("guild-jexquorn", 41))
	id := put(t, s, secret, share("guild-jexquorn", 42)).ID
	put(t, s, secret, share("g1", 43))
	for i := range 12 {
		put(t, s, numbered(100+i), share("g1", 50+i))
	}
	marks := []string{"Quxberrow", "Zyvandel", "wobblefrith", "krumlachti", "snorvelig", "plimthoque", "vexbrandt", "jexquorn", id}
	if !contains(d.Raw(t, s), "zyvandel") || !contains(d.Raw(t, s), "jexquorn") {
		t.Fatal("the raw store does not show what it keeps: this test would prove nothing")
	}
	for _, guild := range []string{"guild-jexquorn", "g1"} {
		if err := s.Forget(t.Context(), guild, id); err != nil {
			t.Fatal(err)
		}
	}
	raw := d.Raw(t, s)
	for _, m := range marks {
		if contains(raw, m) {
			t.Errorf("%s is still in the store", m)
		}
	}
	same(t, "what was not forgotten", 72, len(texts(t, s, cache.QuoteQuery{Guild: "g1"})))

	// And to the last story: then the store holds what an empty one does.
	stories, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: "g1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, st := range stories {
		if err := s.Forget(t.Context(), "g1", st.ID); err != nil {
			t.Fatal(err)
		}
	}
	isEmpty(t, s, "g1")
	raw = d.Raw(t, s)
	for _, m := range []string{"Eva Holm", "eva", "Jo Falk", "Number 7", "example.org/numbered", "Harbour Post", "member-7"} {
		if contains(raw, m) {
			t.Errorf("%q is still in the store after the last story was forgotten", m)
		}
	}
}

func contains(raw []byte, word string) bool {
	return bytes.Contains(bytes.ToLower(raw), bytes.ToLower([]byte(word)))
}
