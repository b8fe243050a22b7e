package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"newsdesk/cache"
)

func testQuoteOrder(t *testing.T, d Driver) {
	s := d.Open(t)
	put(t, s, story("https://example.org/1", "One", said("Eva Holm", "1b"), reported("Eva Holm", "1c"), said("Jo Falk", "1a")), share("g1", 10))
	put(t, s, story("https://example.org/2", "Two", reported("Eva Holm", "2b"), said("Eva Holm", "2a")), share("g1", 20))
	put(t, s, story("https://example.org/0", "Nought", said("Eva Holm", "0a")), share("g1", 0))

	same(t, "all", []string{"2a", "2b", "1b", "1a", "1c", "0a"}, texts(t, s, cache.QuoteQuery{Guild: "g1"}))
	same(t, "of one speaker", []string{"2a", "2b", "1b", "1c", "0a"},
		texts(t, s, cache.QuoteQuery{Guild: "g1", Speakers: []string{"Eva Holm"}}))
	same(t, "of two", []string{"2a", "2b", "1b", "1a", "1c", "0a"},
		texts(t, s, cache.QuoteQuery{Guild: "g1", Speakers: []string{"Jo Falk", "Eva Holm"}}))

	// Shared again, a story does not move: it was filed when it was shared first.
	put(t, s, story("https://example.org/0", "Nought", said("Eva Holm", "0a")), share("g1", 50))
	same(t, "after another share", []string{"2a", "2b", "1b", "1a", "1c", "0a"}, texts(t, s, cache.QuoteQuery{Guild: "g1"}))
}

func testQuoteFilters(t *testing.T, d Driver) {
	s := d.Open(t)
	one := story("https://example.org/1", "Tariffs on timber",
		said("Eva Holm", "Nobody wins a trade war."), reported("Jo Falk", "sanctions will follow"), said("", "special status"))
	one.Article.Site = "Érable Daily"
	first := put(t, s, one, share("g1", 0))
	two := story("https://example.org/2", "La paix est proche", said("Jo Falk", "Les élections seront libres, l’accord tient."))
	two.Article.Language = "fr"
	put(t, s, two, share("g1", 60))
	three := story("https://example.org/3", "三国会談", said("佐藤 花子", "会談は成功した"))
	three.Article.Language = "ja"
	put(t, s, three, share("g1", 120))

	const a1, a2, a3, b1, c1 = "Nobody wins a trade war.", "special status", "sanctions will follow",
		"Les élections seront libres, l’accord tient.", "会談は成功した"
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	for _, test := range []struct {
		name string
		q    cache.QuoteQuery
		want []string
	}{
		{"a speaker nobody is", cache.QuoteQuery{Speakers: []string{"Eva"}}, nil},
		{"one speaker of two is there", cache.QuoteQuery{Speakers: []string{"Nobody", "Eva Holm"}}, []string{a1}},
		{"about a word of the quote", cache.QuoteQuery{About: "trade"}, []string{a1}},
		{"about a word in another form", cache.QuoteQuery{About: "sanction"}, []string{a3}},
		{"about a word of the title", cache.QuoteQuery{About: "TIMBER"}, []string{a1, a2, a3}},
		{"about words of quote and title", cache.QuoteQuery{About: "trade timber"}, []string{a1}},
		{"about words of which one is missing", cache.QuoteQuery{About: "trade steel"}, nil},
		{"about words that say nothing but one", cache.QuoteQuery{About: "the war"}, []string{a1}},
		{"about, in French, without accents", cache.QuoteQuery{About: "election"}, []string{b1}},
		{"about a word behind an elision", cache.QuoteQuery{About: "accord"}, []string{b1}},
		{"about, in Japanese", cache.QuoteQuery{About: "会談"}, []string{c1}},
		{"about marks alone", cache.QuoteQuery{About: "?!"}, nil},
		{"about blanks", cache.QuoteQuery{About: "  "}, []string{c1, b1, a1, a2, a3}},
		{"about and speaker", cache.QuoteQuery{About: "timber", Speakers: []string{"Jo Falk"}}, []string{a3}},
		{"a query's syntax is no syntax", cache.QuoteQuery{About: `trade OR steel" NEAR(`}, nil},
		{"site, in any case", cache.QuoteQuery{Site: "ÉRABLE daily"}, []string{a1, a2, a3}},
		{"site nobody has", cache.QuoteQuery{Site: "Daily"}, nil},
		{"story", cache.QuoteQuery{StoryID: first.ID}, []string{a1, a2, a3}},
		{"story and speaker", cache.QuoteQuery{StoryID: first.ID, Speakers: []string{"Jo Falk"}}, []string{a3}},
		{"since", cache.QuoteQuery{Since: at(60)}, []string{c1, b1}},
		{"since, and speaker", cache.QuoteQuery{Since: at(60), Speakers: []string{"Jo Falk"}}, []string{b1}},
		{"since tomorrow", cache.QuoteQuery{Since: at(1440)}, nil},
		{"two pages", cache.QuoteQuery{Limit: 2}, []string{c1, b1, a1, a2, a3}},
	} {
		test.q.Guild = "g1"
		same(t, test.name, test.want, texts(t, s, test.q))
	}
}

func testPages(t *testing.T, d Driver) {
	s := d.Open(t)
	const stories = 7
	for i := range stories {
		put(t, s, numbered(i), share("g1", i/2)) // some at the same moment
	}
	for _, q := range []cache.QuoteQuery{
		{Guild: "g1"},
		{Guild: "g1", Speakers: []string{"Eva Holm", "Jo Falk"}},
		{Guild: "g1", Speakers: []string{"Eva Holm"}},
		{Guild: "g1", About: "number"},
		{Guild: "g1", Since: noon.Add(time.Minute)},
	} {
		whole := texts(t, s, q)
		if len(whole) < stories {
			t.Fatalf("%+v: only %v", q, whole)
		}
		for q.Limit = 1; q.Limit <= len(whole)+1; q.Limit++ {
			same(t, fmt.Sprintf("pages of %+v", q), whole, texts(t, s, q))
		}
	}

	// What comes and goes between two pages moves nothing else.
	q := cache.QuoteQuery{Guild: "g1", Limit: 4}
	whole := texts(t, s, cache.QuoteQuery{Guild: "g1"})
	first, next, err := s.Quotes(t.Context(), q)
	if err != nil || len(first) != 4 {
		t.Fatalf("first page: %v, %v", first, err)
	}
	put(t, s, story("https://example.org/new", "News", said("Eva Holm", "just now")), share("g1", 99))
	if err := s.Forget(t.Context(), "g1", first[3].StoryID); err != nil {
		t.Fatal(err)
	}
	q.After = next
	rest := texts(t, s, q)
	kept := whole[4:]
	for len(kept) > 0 && len(rest) > 0 && kept[0] != rest[0] {
		kept = kept[1:] // what was left of the story just forgotten
	}
	if len(whole)-len(kept) > 6 {
		t.Errorf("the second page starts at %v of %v", rest, whole)
	}
	same(t, "the pages after", kept, rest)

	for _, cursor := range []string{"x", "!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\x00", next + "A"} {
		if _, _, err := s.Quotes(t.Context(), cache.QuoteQuery{Guild: "g1", After: cursor}); !errors.Is(err, cache.ErrCursor) {
			t.Errorf("cursor %q: %v, want ErrCursor", cursor, err)
		}
	}
}

// numbered is a story with three quotes of two speakers that tell it from every other.
func numbered(i int) cache.Story {
	return story(fmt.Sprintf("https://example.org/numbered/%d", i), fmt.Sprintf("Number %d", i),
		said("Eva Holm", fmt.Sprintf("%d first", i)),
		reported("Eva Holm", fmt.Sprintf("%d last", i)),
		said("Jo Falk", fmt.Sprintf("%d second", i)))
}
