package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsdesk/cache"
)

func testStoryFilters(t *testing.T, d Driver) {
	s := d.Open(t)
	add := func(n int, site, title, by string) {
		st := story(fmt.Sprintf("https://example.org/%d", n), title, said("Eva Holm", fmt.Sprintf("Line %d.", n)))
		st.Article.Site = site
		put(t, s, st, cache.Share{Guild: "g1", By: by, At: noon.Add(time.Duration(n) * time.Minute)})
	}
	add(0, "Harbour Post", "Ferry fares rise", "ada")
	add(10, "Inland Echo", "Ferries are late", "bo")
	add(20, "Harbour Post", "Opera season opens", "ada")
	add(30, "harbour post", "Ferry strike ends", "bo")
	put(t, s, story("https://example.org/0", "Ferry fares rise", said("Eva Holm", "Line 0.")), share("g2", 40))
	again := story("https://example.org/20", "Opera season opens", said("Eva Holm", "Line 20."))
	put(t, s, again, cache.Share{Guild: "g1", By: "bo", At: noon.Add(50 * time.Minute)})

	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	for _, test := range []struct {
		name string
		q    cache.StoryQuery
		want []string
	}{
		{"all", cache.StoryQuery{}, []string{"Ferry strike ends", "Opera season opens", "Ferries are late", "Ferry fares rise"}},
		{"site, in any case", cache.StoryQuery{Site: "HARBOUR post"}, []string{"Ferry strike ends", "Opera season opens", "Ferry fares rise"}},
		{"site nobody has", cache.StoryQuery{Site: "Post"}, nil},
		{"sharer", cache.StoryQuery{By: "bo"}, []string{"Ferry strike ends", "Opera season opens", "Ferries are late"}},
		{"sharer who came first", cache.StoryQuery{By: "ada"}, []string{"Opera season opens", "Ferry fares rise"}},
		{"sharer nobody is", cache.StoryQuery{By: "cy"}, nil},
		{"sharer and site", cache.StoryQuery{By: "bo", Site: "Inland Echo"}, []string{"Ferries are late"}},
		{"words", cache.StoryQuery{About: "ferry"}, []string{"Ferry strike ends", "Ferries are late", "Ferry fares rise"}},
		{"words of title and text", cache.StoryQuery{About: "strikes line"}, []string{"Ferry strike ends"}},
		{"words of which one is missing", cache.StoryQuery{About: "strike submarine"}, nil},
		{"words and sharer", cache.StoryQuery{About: "ferry", By: "ada"}, []string{"Ferry fares rise"}},
		{"marks alone", cache.StoryQuery{About: "?!"}, nil},
		{"since", cache.StoryQuery{Since: at(20)}, []string{"Ferry strike ends", "Opera season opens"}},
		{"until", cache.StoryQuery{Until: at(20)}, []string{"Ferries are late", "Ferry fares rise"}},
		{"one day", cache.StoryQuery{Since: at(10), Until: at(30)}, []string{"Opera season opens", "Ferries are late"}},
		{"words, until", cache.StoryQuery{About: "ferry", Until: at(30)}, []string{"Ferries are late", "Ferry fares rise"}},
	} {
		test.q.Guild = "g1"
		for test.q.Limit = 0; test.q.Limit <= 5; test.q.Limit++ {
			same(t, fmt.Sprintf("%s, %d a page", test.name, test.q.Limit), test.want, allTitles(t, s, test.q))
		}
	}
	if _, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: "g1", After: "!!"}); !errors.Is(err, cache.ErrCursor) {
		t.Errorf("a cursor that is none: %v", err)
	}
}

// allTitles lists the titles of all pages, in order.
func allTitles(t *testing.T, s Store, q cache.StoryQuery) []string {
	t.Helper()
	var all []string
	for pages := 0; ; pages++ {
		stories, next, err := s.Stories(t.Context(), q)
		if err != nil {
			t.Fatalf("Stories %+v: %v", q, err)
		}
		if q.Limit > 0 && len(stories) > q.Limit {
			t.Fatalf("Stories %+v: %d on a page", q, len(stories))
		}
		all = append(all, titles(stories)...)
		if next == "" {
			return all
		}
		if pages > 1000 || len(stories) == 0 {
			t.Fatalf("Stories %+v: pages without end", q)
		}
		q.After = next
	}
}

func testComplete(t *testing.T, d Driver) {
	s := d.Open(t)
	put(t, s, story("https://example.org/1", "One", said("Martin Oakley", "1"), said("Martin Oakley", "2"),
		said("Martha Oduya", "3"), said("Zoë Ångström", "4"), said("Zoë Ångström", "5"), said("Zoë Ångström", "6"),
		reported("US officials", "7")), share("g1", 0))
	put(t, s, story("https://example.org/2", "Two", said("Martin Oakley-Brandt", "8")), share("g2", 0))
	angstrom, oakley := cache.Speaker{Name: "Zoë Ångström", Count: 3}, cache.Speaker{Name: "Martin Oakley", Count: 2}
	oduya, officials := cache.Speaker{Name: "Martha Oduya", Count: 1}, cache.Speaker{Name: "US officials", Count: 1}
	for _, test := range []struct {
		prefix string
		limit  int
		want   []cache.Speaker
	}{
		{"o", 25, []cache.Speaker{oakley, oduya, officials}},
		{"MAR", 25, []cache.Speaker{oakley, oduya}},
		{"mar", 1, []cache.Speaker{oakley}},
		{"ang", 25, []cache.Speaker{angstrom}},
		{"martin o", 25, []cache.Speaker{oakley}},
		{"oduya mar", 25, []cache.Speaker{oduya}},
		{"oakley", 25, []cache.Speaker{oakley}},
		{"akley", 25, nil},
		{"", 2, []cache.Speaker{angstrom, oakley}},
		{"%", 25, []cache.Speaker{angstrom, oakley, oduya, officials}}, // marks are no part of a name
		{"x", 25, nil},
		{"Å", 25, []cache.Speaker{angstrom}},
		{"oa", 25, []cache.Speaker{oakley}},
		{"o", 2, []cache.Speaker{oakley, oduya}},
		{"m o", 25, nil}, // the first word is whole
	} {
		got, err := s.Complete(t.Context(), "g1", test.prefix, test.limit)
		if err != nil {
			t.Fatalf("%q: %v", test.prefix, err)
		}
		same(t, fmt.Sprintf("completing %q", test.prefix), test.want, got)
	}
}

func testDays(t *testing.T, d Driver) {
	s := d.Open(t)
	const perDay = 24 * 60
	put(t, s, story("https://example.org/1", "One", said("Eva Holm", "1"), said("Eva Holm", "2")), share("g1", 0))
	put(t, s, story("https://example.org/2", "Two", reported("Eva Holm", "3"), said("Jo Falk", "4")), share("g1", perDay+5))
	put(t, s, story("https://example.org/3", "Three", said("Eva Holm", "5")), share("g1", 3*perDay-1))
	put(t, s, story("https://example.org/4", "Four", said("Eva Holm", "6")), share("g2", perDay))
	for _, test := range []struct {
		speaker string
		from    time.Time
		days    int
		want    []int
	}{
		{"Eva Holm", noon, 4, []int{2, 1, 1, 0}},
		{"Eva Holm", noon.Add(time.Microsecond), 2, []int{0, 1}},
		{"Jo Falk", noon, 3, []int{0, 1, 0}},
		{"Nobody", noon, 2, []int{0, 0}},
		{"Eva Holm", noon.Add(-72 * time.Hour), 3, []int{0, 0, 0}},
	} {
		got, err := s.Days(t.Context(), "g1", test.speaker, test.from, test.days)
		if err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprintf("days of %s from %v", test.speaker, test.from), test.want, got)
	}
}

func testSharesOf(t *testing.T, d Driver) {
	s := d.Open(t)
	by := func(name string, minutes int) cache.Share {
		return cache.Share{Guild: "g1", By: name, At: noon.Add(time.Duration(minutes) * time.Minute)}
	}
	one := put(t, s, numbered(1), by("ada", 1)).ID
	put(t, s, numbered(1), by("bo", 2))
	two := put(t, s, numbered(2), by("bo", 3)).ID
	elsewhere := put(t, s, numbered(3), share("g2", 4)).ID
	for _, test := range []struct {
		ids  []string
		want map[string][]cache.Share
	}{
		{[]string{two, elsewhere, "none", one}, map[string][]cache.Share{one: {by("ada", 1), by("bo", 2)}, two: {by("bo", 3)}}},
		{[]string{"none"}, map[string][]cache.Share{}},
		{nil, map[string][]cache.Share{}},
	} {
		shares, err := s.SharesOf(t.Context(), "g1", test.ids)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "shares of several", test.want, shares)
	}
}

func testShares(t *testing.T, d Driver) {
	s := d.Open(t)
	by := func(name string, minutes int) cache.Share {
		return cache.Share{Guild: "g1", By: name, At: noon.Add(time.Duration(minutes) * time.Minute)}
	}
	at := func(where string, share cache.Share) cache.Share { share.Where = where; return share }
	given := story("https://example.org/1", "One", said("Eva Holm", "1"))
	id := put(t, s, given, by("ada", 0)).ID
	put(t, s, given, at("square", by("bo", 5)))
	put(t, s, given, at("quay", by("ada", 9))) // once more: she did first at noon, nobody knows where
	put(t, s, given, at("harbour", by("ada", 10)))
	put(t, s, given, by("ada", 11))
	put(t, s, given, cache.Share{Guild: "g2", By: "cy", At: noon})

	shares, err := s.Shares(t.Context(), "g1", id)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "shares", []cache.Share{at("quay", by("ada", 0)), at("square", by("bo", 5))}, shares)
	if _, err := s.Shares(t.Context(), "g3", id); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("shares where it was not shared: %v", err)
	}
	if err := s.Unshare(t.Context(), "g1", id, "cy"); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("unshared by somebody else: %v", err)
	}
	if err := s.Unshare(t.Context(), "g1", id, "ada"); err != nil {
		t.Fatal(err)
	}
	if shares, err = s.Shares(t.Context(), "g1", id); err != nil {
		t.Fatal(err)
	}
	same(t, "the shares left", []cache.Share{at("square", by("bo", 5))}, shares)
	same(t, "the quotes stay", []string{"1"}, texts(t, s, cache.QuoteQuery{Guild: "g1"}))
	if err := s.Unshare(t.Context(), "g1", id, "bo"); err != nil {
		t.Fatal(err)
	}
	isEmpty(t, s, "g1")
	same(t, "where others shared it, it stays", []string{"1"}, texts(t, s, cache.QuoteQuery{Guild: "g2"}))
}

func testSettings(t *testing.T, d Driver) {
	s := d.Open(t)
	read := func(guild string) map[string]string {
		t.Helper()
		settings, err := s.Settings(t.Context(), guild)
		if err != nil {
			t.Fatal(err)
		}
		return settings
	}
	set := func(guild, name, value string) {
		t.Helper()
		if err := s.Set(t.Context(), guild, name, value); err != nil {
			t.Fatal(err)
		}
	}
	guilds := func() []string {
		t.Helper()
		all, err := s.Guilds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	same(t, "nothing set", map[string]string{}, read("g1"))
	same(t, "no guilds", nil, guilds())
	set("g1", "retention", "90")
	set("g1", "schedule/8", `{"at":"08:00"}`)
	set("g2", "retention", "7")
	set("g1", "retention", "30")
	put(t, s, numbered(1), share("g3", 0))
	same(t, "g1", map[string]string{"retention": "30", "schedule/8": `{"at":"08:00"}`}, read("g1"))
	same(t, "guilds", []string{"g1", "g2", "g3"}, guilds())
	set("g1", "schedule/8", "")
	set("g2", "retention", "")
	same(t, "g1 after one was taken away", map[string]string{"retention": "30"}, read("g1"))
	same(t, "g2 after all were", map[string]string{}, read("g2"))
	same(t, "guilds after", []string{"g1", "g3"}, guilds())
	isEmpty(t, s, "g1") // settings are no stories
	if s.Set(t.Context(), "", "a", "b") == nil || s.Set(t.Context(), "g1", "", "b") == nil {
		t.Error("a setting without a guild or a name is taken")
	}
}

func testExport(t *testing.T, d Driver) {
	from, to := d.Open(t), d.Open(t)
	for i := range 7 {
		put(t, from, numbered(i), cache.Share{Guild: "g1", By: "ada", At: noon.Add(time.Duration(i) * time.Minute)})
	}
	put(t, from, numbered(3), cache.Share{Guild: "g1", By: "bo", At: noon.Add(time.Hour), Where: "square"})
	changed := numbered(4)
	changed.Article.Text += "\n\nCorrected."
	updated := put(t, from, changed, cache.Share{Guild: "g1", By: "ada", At: noon.Add(2 * time.Hour)})
	if updated.UpdatedAt.IsZero() {
		t.Fatal("the fixture was not updated: this test would prove less")
	}
	note := story("notes.txt", "Notes", said("Zoë Ångström", "“Ours” & <yours>."))
	put(t, from, note, share("g1", 90))
	put(t, from, numbered(50), share("g2", 0))
	if err := from.Set(t.Context(), "g1", "retention", "30"); err != nil {
		t.Fatal(err)
	}

	var first, second bytes.Buffer
	n, err := cache.Export(t.Context(), from, "g1", &first)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "exported", cache.Counted{Stories: 8, Quotes: 22, Settings: 1}, n)
	for range 2 { // twice is as good as once
		n, err := cache.Import(t.Context(), to, "g1", bytes.NewReader(first.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		same(t, "imported", cache.Counted{Stories: 8, Quotes: 22, Settings: 1}, n)
	}
	if _, err := cache.Export(t.Context(), to, "g1", &second); err != nil {
		t.Fatal(err)
	}
	same(t, "export of the import", first.String(), second.String())
	same(t, "quotes", texts(t, from, cache.QuoteQuery{Guild: "g1"}), texts(t, to, cache.QuoteQuery{Guild: "g1"}))
	same(t, "quotes about", texts(t, from, cache.QuoteQuery{Guild: "g1", About: "number"}), texts(t, to, cache.QuoteQuery{Guild: "g1", About: "number"}))
	same(t, "speakers", speakers(t, from, "g1"), speakers(t, to, "g1"))
	isEmpty(t, to, "g2")

	// Bad lines are named, and nothing of them is filed.
	for line, content := range map[string]string{
		"neither story nor setting": `{}`,
		"no JSON":                   `{"story":`,
		"altered":                   strings.Replace(first.String(), "Ours", "Hours", 1),
	} {
		_, err := cache.Import(t.Context(), to, "g4", strings.NewReader("\n"+content))
		var wrong *cache.LineError
		if !errors.As(err, &wrong) || wrong.Line != 2 || !errors.Is(err, cache.ErrInvalid) {
			t.Errorf("%s: %v, want line 2 and ErrInvalid", line, err)
		}
		isEmpty(t, to, "g4")
	}
}

// testForgetMany forgets by speaker, by member, by age and by guild, and demands each time that nothing is
// left of it in the raw store.
func testForgetMany(t *testing.T, d Driver) {
	s := d.Open(t)
	by := func(guild, name string, minutes int) cache.Share {
		return cache.Share{Guild: guild, By: name, At: noon.Add(time.Duration(minutes) * time.Minute)}
	}
	gone := func(words ...string) {
		t.Helper()
		raw := d.Raw(t, s)
		for _, w := range words {
			if contains(raw, w) {
				t.Errorf("%s is still in the store", w)
			}
		}
	}
	put(t, s, story("https://example.org/kept", "Kept", said("Eva Holm", "This stays.")), by("g1", "bo", 500))
	put(t, s, story("https://example.org/1", "Blorvex", said("Quxberrow Zyvandel", "Wobblefrith."), said("Eva Holm", "Also.")), by("g1", "bo", 501))
	put(t, s, story("https://example.org/2", "Snorvel", said("Quxberrow K. Zyvandel", "Plimthoque.")), by("g1", "bo", 502))
	put(t, s, story("https://example.org/3", "Drumblewick", said("Jo Falk", "Hers alone.")), by("g1", "member-krumlach", 503))
	both := story("https://example.org/4", "Shared by both", said("Jo Falk", "Of both."))
	put(t, s, both, by("g1", "member-krumlach", 504))
	put(t, s, both, by("g1", "bo", 505))
	put(t, s, story("https://example.org/5", "Grintovec", said("Old Fernsby", "Long ago.")), by("g1", "bo", 1))
	put(t, s, story("https://example.org/6", "Oxtabloom", said("Pia Vostermann", "Theirs.")), by("guild-jexquorn", "cy", 506))
	if err := s.Set(t.Context(), "guild-jexquorn", "greeting", "Halloumbra"); err != nil {
		t.Fatal(err)
	}
	if err := s.Keep(t.Context(), "guild-jexquorn", "card", "one", "Trimblesnood", time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if raw := d.Raw(t, s); !contains(raw, "Trimblesnood") || !contains(raw, "zyvandel") || !contains(raw, "member-krumlach") || !contains(raw, "Halloumbra") {
		t.Fatal("the raw store does not show what it keeps: this test would prove nothing")
	}

	n, err := cache.ForgetSpeaker(t.Context(), s, "g1", "Quxberrow Zyvandel")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "of the speaker", cache.Counted{Stories: 2, Quotes: 3}, n)
	gone("Quxberrow", "Zyvandel", "wobblefrith", "plimthoque", "blorvex", "snorvel")

	if n, err = cache.ForgetMember(t.Context(), s, "g1", "member-krumlach"); err != nil {
		t.Fatal(err)
	}
	same(t, "of the member", cache.Counted{Stories: 2, Quotes: 2}, n)
	gone("krumlach", "drumblewick", "hers alone")

	if n, err = cache.ForgetBefore(t.Context(), s, "g1", noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	same(t, "of what is old", cache.Counted{Stories: 1, Quotes: 1}, n)
	gone("grintovec", "fernsby")
	same(t, "what is left", []string{"Of both.", "This stays."}, texts(t, s, cache.QuoteQuery{Guild: "g1"}))

	if n, err = cache.ForgetGuild(t.Context(), s, "guild-jexquorn"); err != nil {
		t.Fatal(err)
	}
	same(t, "of the guild", cache.Counted{Stories: 1, Quotes: 1, Settings: 1}, n)
	gone("jexquorn", "trimblesnood", "oxtabloom", "vostermann", "halloumbra", "greeting")
	same(t, "what is left in the end", []string{"Of both.", "This stays."}, texts(t, s, cache.QuoteQuery{Guild: "g1"}))
}

func testExpire(t *testing.T, d Driver) {
	s := d.Open(t)
	const perDay = 24 * 60
	for guild, retention := range map[string]string{"short": "7", "usual": "", "odd": "-3", "long": "200", "ever": "forever", cache.Local: ""} {
		for i, age := range []int{0, 30, 89, 91, 300} {
			put(t, s, numbered(i), share(guild, -age*perDay))
		}
		if err := s.Set(t.Context(), guild, cache.RetentionSetting, retention); err != nil {
			t.Fatal(err)
		}
	}
	n, err := cache.Expire(t.Context(), s, noon)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "forgotten", cache.Counted{Stories: 4 + 2 + 2 + 1, Quotes: 3 * 9}, n)
	for guild, want := range map[string]int{"short": 1, "usual": 3, "odd": 3, "long": 4, "ever": 5, cache.Local: 5} {
		st, err := s.Stats(t.Context(), guild)
		if err != nil || st.Stories != want {
			t.Errorf("%s has %d stories, %v; want %d", guild, st.Stories, err, want)
		}
	}
}
