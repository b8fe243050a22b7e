package storetest

import (
	"testing"

	"newsdesk/cache"
)

func testSpeakersJoined(t *testing.T, d Driver) {
	s := d.Open(t)
	put(t, s, story("https://example.org/1", "One", said("Martin Oakley", "1"), said("Martin Oakley", "2")), share("g1", 0))
	middle := put(t, s, story("https://example.org/2", "Two", said("Martin J. Oakley", "3")), share("g1", 1))
	put(t, s, story("https://example.org/3", "Three", said("Martin Oakley Jr.", "4"), said("Helen Oakley", "5")), share("g1", 2))
	put(t, s, story("https://example.org/4", "Four", reported("US officials", "6"), reported("officials", "7")), share("g1", 3))

	same(t, "speakers", []cache.Speaker{{Name: "Martin J. Oakley", Count: 3}, {Name: "Helen Oakley", Count: 1},
		{Name: "Martin Oakley Jr.", Count: 1}, {Name: "US officials", Count: 1}, {Name: "officials", Count: 1}},
		speakers(t, s, "g1"))
	for _, name := range []string{"Martin J. Oakley", "Martin Oakley"} {
		same(t, "quotes of "+name, []string{"3", "1", "2"}, texts(t, s, cache.QuoteQuery{Guild: "g1", Speakers: []string{name}}))
	}
	same(t, "quotes of both spellings at once", []string{"3", "1", "2"},
		texts(t, s, cache.QuoteQuery{Guild: "g1", Speakers: []string{"Martin Oakley", "Martin J. Oakley"}}))
	same(t, "quotes of the son", []string{"4"}, texts(t, s, cache.QuoteQuery{Guild: "g1", Speakers: []string{"Martin Oakley Jr."}}))

	// An uncommon spelling is not the one shown, however full.
	put(t, s, story("https://example.org/5", "Five", said("Martin Oakley", "8"), said("Martin Oakley", "9")), share("g1", 4))
	same(t, "the commonest", cache.Speaker{Name: "Martin Oakley", Count: 5}, speakers(t, s, "g1")[0])

	// Transliterations meet, be no word of them the same.
	put(t, s, story("https://example.org/6", "Six", said("Olha Tymoshchuk", "10")), share("g2", 5))
	put(t, s, story("https://example.org/7", "Seven", said("Olha Timoshchuk", "11")), share("g2", 6))
	same(t, "transliterations", []cache.Speaker{{Name: "Olha Timoshchuk", Count: 2}}, speakers(t, s, "g2"))

	// The spelling goes with its only story.
	if err := s.Forget(t.Context(), "g1", middle.ID); err != nil {
		t.Fatal(err)
	}
	same(t, "after forgetting", cache.Speaker{Name: "Martin Oakley", Count: 4}, speakers(t, s, "g1")[0])
	same(t, "quotes of a spelling that is gone", nil,
		texts(t, s, cache.QuoteQuery{Guild: "g1", Speakers: []string{"Martin J. Oakley"}}))
}

func testSpeakersLike(t *testing.T, d Driver) {
	s := d.Open(t)
	put(t, s, story("https://example.org/1", "One", said("Martin Oakley", "1"), said("Martin Oakley", "2"),
		said("Helen Oakley", "3"), said("Martin Oakley Jr.", "4"), said("Zoë Ångström", "5"),
		reported("US officials", "6")), share("g1", 0))
	for _, test := range []struct {
		query string
		limit int
		want  []cache.Speaker
	}{
		{"Oakley", 0, []cache.Speaker{{Name: "Martin Oakley", Count: 2}, {Name: "Helen Oakley", Count: 1}, {Name: "Martin Oakley Jr.", Count: 1}}},
		{"oakley", 1, []cache.Speaker{{Name: "Martin Oakley", Count: 2}}},
		{"MARTIN OAKLEY", 0, []cache.Speaker{{Name: "Martin Oakley", Count: 2}}},
		{"President Martin Oakley", 0, []cache.Speaker{{Name: "Martin Oakley", Count: 2}}},
		{"Helen", 0, []cache.Speaker{{Name: "Helen Oakley", Count: 1}}},
		{"Martin Oakley Jr", 0, []cache.Speaker{{Name: "Martin Oakley Jr.", Count: 1}}},
		{"angstrom", 0, []cache.Speaker{{Name: "Zoë Ångström", Count: 1}}},
		{"ZOE", 0, []cache.Speaker{{Name: "Zoë Ångström", Count: 1}}},
		{"us officials", 0, []cache.Speaker{{Name: "US officials", Count: 1}}},
		{"Oakly", 1, []cache.Speaker{{Name: "Martin Oakley", Count: 2}}},
		{"Macron", 0, nil},
		{"", 0, nil},
		{"%", 0, nil},
	} {
		got, err := s.SpeakersLike(t.Context(), "g1", test.query, test.limit)
		if err != nil {
			t.Fatalf("%q: %v", test.query, err)
		}
		same(t, "like "+test.query, test.want, got)
	}
}
