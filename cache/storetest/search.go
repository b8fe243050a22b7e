package storetest

import (
	"testing"

	"newsdesk/cache"
)

func testSearch(t *testing.T, d Driver) {
	s := d.Open(t)
	put(t, s, story("https://example.org/1", "Ferry strike ends", said("Eva Holm", "The crews return on Monday.")), share("g1", 0))
	put(t, s, story("https://example.org/2", "Ferry fares rise", said("Eva Holm", "Fuel costs more.")), share("g1", 1))
	put(t, s, story("https://example.org/3", "Opera season opens", said("Jo Falk", "The strings were superb.")), share("g1", 2))
	german := story("https://example.org/4", "Häuser werden teurer", said("Jo Falk", "Die Mieten steigen."))
	german.Article.Language = "de"
	put(t, s, german, share("g1", 3))

	for _, test := range []struct {
		words string
		limit int
		want  []string
	}{
		{"ferry strikes", 0, []string{"Ferry strike ends", "Ferry fares rise"}},
		{"ferry strikes", 1, []string{"Ferry strike ends"}},
		{"Who said that the crew returns?", 1, []string{"Ferry strike ends"}},
		{"superb OPERA", 0, []string{"Opera season opens"}},
		{"Haus Miete", 0, []string{"Häuser werden teurer"}},
		{"submarine", 0, nil},
		{"", 0, nil},
		{`") OR *`, 0, nil},
	} {
		found, err := s.Search(t.Context(), "g1", test.words, test.limit)
		if err != nil {
			t.Fatalf("%q: %v", test.words, err)
		}
		same(t, "search "+test.words, test.want, titles(found))
	}
	found, err := s.Search(t.Context(), "g1", "superb", 1)
	if err != nil || len(found) != 1 {
		t.Fatalf("Search: %v, %v", titles(found), err)
	}
	same(t, "a hit is the whole story", get(t, s, "g1", found[0].ID), found[0])
	same(t, "its quotes", []string{"The strings were superb."}, texts(t, s, cache.QuoteQuery{Guild: "g1", StoryID: found[0].ID}))
}
