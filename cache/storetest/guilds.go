package storetest

import (
	"errors"
	"testing"
	"time"

	"newsdesk/cache"
)

func testVisibility(t *testing.T, d Driver) {
	s := d.Open(t)
	only1 := put(t, s, story("https://example.org/1", "Dredging halts", said("Eva Holm", "We stop."), said("Jo Falk", "At last.")), share("g1", 0))
	both := story("https://example.org/2", "Harbour reopens", said("Eva Holm", "We start."))
	put(t, s, both, share("g1", 1))
	shared := put(t, s, both, share("g2", 7))
	if want := noon.Add(7 * time.Minute); !shared.FiledAt.Equal(want) {
		t.Errorf("g2 has the story since %v, want %v, when it was shared there", shared.FiledAt, want)
	}

	if _, err := s.Story(t.Context(), "g2", only1.ID); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("g2 reads g1's story by ID: %v", err)
	}
	if _, err := s.Find(t.Context(), "g2", "https://example.org/1"); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("g2 finds g1's story by URL: %v", err)
	}
	if err := s.Forget(t.Context(), "g2", only1.ID); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("g2 forgets g1's story: %v", err)
	}
	same(t, "g1's quotes", []string{"We start.", "We stop.", "At last."}, texts(t, s, cache.QuoteQuery{Guild: "g1"}))
	for what, q := range map[string]cache.QuoteQuery{
		"all":        {Guild: "g2"},
		"by speaker": {Guild: "g2", Speakers: []string{"Eva Holm"}},
		"about":      {Guild: "g2", About: "we"},
	} {
		same(t, "g2's quotes, "+what, []string{"We start."}, texts(t, s, q))
	}
	same(t, "g2's quotes in g1's story", nil, texts(t, s, cache.QuoteQuery{Guild: "g2", StoryID: only1.ID}))
	same(t, "g1's speakers", []cache.Speaker{{Name: "Eva Holm", Count: 2}, {Name: "Jo Falk", Count: 1}}, speakers(t, s, "g1"))
	same(t, "g2's speakers", []cache.Speaker{{Name: "Eva Holm", Count: 1}}, speakers(t, s, "g2"))
	if like, err := s.SpeakersLike(t.Context(), "g2", "Falk", 0); err != nil || len(like) > 0 {
		t.Errorf("g2 finds g1's speaker: %v, %v", like, err)
	}
	if found, err := s.Search(t.Context(), "g2", "dredging", 0); err != nil || len(found) > 0 {
		t.Errorf("g2 finds g1's story by its words: %v, %v", titles(found), err)
	}
	isEmpty(t, s, "g3")
	isEmpty(t, s, "")
	isEmpty(t, s, "g%")

	// A new version, shared in one guild, is the version of both.
	put(t, s, story("https://example.org/2", "Harbour closes", said("Jo Falk", "We stop again.")), share("g1", 20))
	same(t, "g2's quotes of the new version", []string{"We stop again."}, texts(t, s, cache.QuoteQuery{Guild: "g2"}))
	same(t, "g2's speakers in the new version", []cache.Speaker{{Name: "Jo Falk", Count: 1}}, speakers(t, s, "g2"))
}

func testFilesBelong(t *testing.T, d Driver) {
	s := d.Open(t)
	upload := func(secret string) cache.Story {
		st := story("message.txt", "Minutes", said("Eva Holm", secret))
		st.Article.URL = ""
		return st
	}
	one := put(t, s, upload("Ours is blue."), share("g1", 0))
	two := put(t, s, upload("Ours is red."), share("g2", 1))
	same(t, "g1's file", one, get(t, s, "g1", one.ID))
	same(t, "g2's file", two, get(t, s, "g2", two.ID))
	found, err := s.Find(t.Context(), "g1", "message.txt")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "g1's file by name", one, found)

	// The same words pasted by another guild do not show where the first had them from.
	leaked := upload("Ours is blue.")
	leaked.Article.CanonicalURL = ""
	three := put(t, s, leaked, share("g3", 2))
	same(t, "name of g3's text", "", three.Article.CanonicalURL)
	if _, err := s.Story(t.Context(), "g3", one.ID); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("g3 reads g1's file: %v", err)
	}

	// Within a guild an edited file is the same article, another file of that name is not.
	edited := put(t, s, upload("Ours is green."), share("g1", 3))
	same(t, "ID of the edited file", one.ID, edited.ID)
	other := story("message.txt", "Agenda", said("Eva Holm", "Ours is grey."))
	if filed := put(t, s, other, share("g1", 4)); filed.ID == one.ID {
		t.Errorf("another file took the place of the first of that name")
	}
	same(t, "g1's quotes", []string{"Ours is grey.", "Ours is green."}, texts(t, s, cache.QuoteQuery{Guild: "g1"}))
	same(t, "g2's quotes", []string{"Ours is red."}, texts(t, s, cache.QuoteQuery{Guild: "g2"}))
}
