package storetest

import (
	"errors"
	"testing"
	"time"

	"newsdesk/article"
	"newsdesk/cache"
)

func testEmpty(t *testing.T, d Driver) {
	s := d.Open(t)
	isEmpty(t, s, cache.Local)
	if _, err := s.Story(t.Context(), cache.Local, "none"); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("Story: %v, want ErrNotFound", err)
	}
	if _, err := s.Find(t.Context(), cache.Local, "https://example.org/none"); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("Find: %v, want ErrNotFound", err)
	}
	if err := s.Forget(t.Context(), cache.Local, "none"); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("Forget: %v, want ErrNotFound", err)
	}
	found, err := s.Search(t.Context(), cache.Local, "anything", 5)
	if err != nil || len(found) > 0 {
		t.Errorf("Search: %v, %v", found, err)
	}
	like, err := s.SpeakersLike(t.Context(), cache.Local, "anyone", 5)
	if err != nil || len(like) > 0 {
		t.Errorf("SpeakersLike: %v, %v", like, err)
	}
}

func testRoundTrip(t *testing.T, d Driver) {
	s := d.Open(t)
	given := story("https://example.org/ferry", "Ferry returns",
		said("Maya Lindqvist", "We sail on Monday."), reported("port officials", "the pier holds"))
	given.Quotes[1].Mention = nil
	filed := put(t, s, given, share("g1", 0))

	want := given
	want.ID, want.FiledAt = cache.StoryID(&given.Article), noon
	same(t, "as filed", want, filed)
	same(t, "as read", want, get(t, s, "g1", filed.ID))

	quotes, next, err := s.Quotes(t.Context(), cache.QuoteQuery{Guild: "g1"})
	if err != nil || next != "" {
		t.Fatalf("Quotes: %v, next %q", err, next)
	}
	wantQuotes := make([]cache.FiledQuote, 0, len(given.Quotes))
	for _, q := range given.Quotes {
		wantQuotes = append(wantQuotes, cache.FiledQuote{Quote: q, Article: "https://example.org/ferry",
			StoryID: filed.ID, Title: "Ferry returns", Site: "Harbour Post", FiledAt: noon})
	}
	same(t, "quotes", wantQuotes, quotes)

	st, err := s.Stats(t.Context(), "g1")
	if err != nil || st.Bytes <= 0 {
		t.Errorf("Stats: %+v, %v", st, err)
	}
	st.Bytes = 0
	same(t, "stats", cache.Stats{Stories: 1, Quotes: 2, Speakers: 2}, st)
}

func testNewVersion(t *testing.T, d Driver) {
	s := d.Open(t)
	const url = "https://example.org/bridge"
	first := put(t, s, story(url, "Bridge closes", said("Tomas Weller", "It is not safe.")), share("g1", 0))

	again := put(t, s, story(url, "Bridge closes", said("Tomas Weller", "It is not safe.")), share("g1", 5))
	same(t, "the same once more", first, again)

	retold := story(url, "Bridge closes", said("Tomas Weller", "It is not safe."))
	retold.Summary.Headline = "The bridge is shut"
	resummed := put(t, s, retold, share("g1", 6))
	if resummed.Summary.Headline != "The bridge is shut" || !resummed.UpdatedAt.IsZero() {
		t.Errorf("a new summary of the same text: %+v, updated %v", resummed.Summary, resummed.UpdatedAt)
	}

	changed := story(url, "Bridge reopens", said("Oksana Brandt", "Lorries may cross."))
	updated := put(t, s, changed, share("g1", 9))
	want := changed
	want.ID, want.FiledAt, want.UpdatedAt = first.ID, noon, noon.Add(9*time.Minute)
	same(t, "the new version", want, updated)
	same(t, "read back", want, get(t, s, "g1", first.ID))
	same(t, "quotes", []string{"Lorries may cross."}, texts(t, s, cache.QuoteQuery{Guild: "g1"}))
	same(t, "quotes about the old text", nil, texts(t, s, cache.QuoteQuery{Guild: "g1", About: "safe"}))
	same(t, "speakers", []cache.Speaker{{Name: "Oksana Brandt", Count: 1}}, speakers(t, s, "g1"))
	found, err := s.Search(t.Context(), "g1", "closes", 0)
	if err != nil || len(found) > 0 {
		t.Errorf("the old text is still found: %v, %v", titles(found), err)
	}
}

func testSameContent(t *testing.T, d Driver) {
	s := d.Open(t)
	const url, mirror = "https://example.org/wire", "https://mirror.example.net/wire"
	given := story(url, "Wire report", said("Ana Duarte", "The vote stands."))
	first := put(t, s, given, share("g1", 0))

	copied := given
	copied.Article.URL, copied.Article.CanonicalURL, copied.Article.Site = mirror, mirror, "Mirror"
	second := put(t, s, copied, share("g1", 3))
	same(t, "the copy", first, second)
	same(t, "quotes", []string{"The vote stands."}, texts(t, s, cache.QuoteQuery{Guild: "g1"}))
	for _, ref := range []string{url, mirror} {
		found, err := s.Find(t.Context(), "g1", ref)
		if err != nil || found.ID != first.ID {
			t.Errorf("Find(%s) = %q, %v; want %q", ref, found.ID, err, first.ID)
		}
	}

	// The mirror goes its own way: now it is another article.
	apart := put(t, s, story(mirror, "Wire report, corrected", said("Ana Duarte", "The vote falls.")), share("g1", 4))
	if apart.ID == first.ID {
		t.Errorf("a mirror whose text differs took the place of the first article")
	}
	same(t, "the first stays", first, get(t, s, "g1", first.ID))
	found, err := s.Find(t.Context(), "g1", mirror)
	if err != nil || found.ID != apart.ID {
		t.Errorf("Find(mirror) = %q, %v; want %q", found.ID, err, apart.ID)
	}
}

func testFind(t *testing.T, d Driver) {
	s := d.Open(t)
	filed := put(t, s, story("https://example.org/a", "A", said("Eva Holm", "Yes.")), share("g1", 0))
	note := story("notes.txt", "Notes", said("Eva Holm", "No."))
	note.Article.URL = ""
	note = put(t, s, note, share("g1", 1))
	pasted := story("", "", said("Eva Holm", "Perhaps."))
	pasted.Article.URL = ""
	pasted = put(t, s, pasted, share("g1", 2))

	for ref, id := range map[string]string{
		"https://example.org/a":           filed.ID,
		"https://example.org/a?from=feed": filed.ID,
		"notes.txt":                       note.ID,
	} {
		found, err := s.Find(t.Context(), "g1", ref)
		if err != nil || found.ID != id {
			t.Errorf("Find(%q) = %q, %v; want %q", ref, found.ID, err, id)
		}
	}
	for _, ref := range []string{"", "https://example.org", "NOTES.TXT", "%", "https://example.org/b"} {
		if found, err := s.Find(t.Context(), "g1", ref); !errors.Is(err, cache.ErrNotFound) {
			t.Errorf("Find(%q) = %q, %v; want ErrNotFound", ref, found.ID, err)
		}
	}
	same(t, "pasted text by its ID", pasted, get(t, s, "g1", pasted.ID))
}

func testRefused(t *testing.T, d Driver) {
	s := d.Open(t)
	good := story("https://example.org/a", "A", said("Eva Holm", "We agreed."))
	altered := good
	altered.Quotes = append(altered.Quotes[:0:0], altered.Quotes...)
	altered.Quotes[0].Text = "We refused"
	outside := good
	outside.Quotes = append(outside.Quotes[:0:0], outside.Quotes...)
	outside.Quotes[0].Span = article.Span{Start: 5, End: 5000}
	backwards := good
	backwards.Quotes = append(backwards.Quotes[:0:0], backwards.Quotes...)
	backwards.Quotes[0].Span = article.Span{Start: 9, End: 5}
	rubbish := good
	rubbish.Article.Text, rubbish.Quotes = "\xff\xfe\x00", nil
	blank := good
	blank.Article.Text, blank.Quotes = " \n", nil

	for name, st := range map[string]cache.Story{"altered quote": altered, "quote outside the text": outside,
		"quote that ends before it starts": backwards, "not UTF-8": rubbish, "no text": blank} {
		if _, err := s.Put(t.Context(), st, share("g1", 0)); !errors.Is(err, cache.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
	if _, err := s.Put(t.Context(), good, cache.Share{}); !errors.Is(err, cache.ErrInvalid) {
		t.Errorf("no guild: %v, want ErrInvalid", err)
	}
	isEmpty(t, s, "g1")
}

func testStories(t *testing.T, d Driver) {
	s := d.Open(t)
	put(t, s, story("https://example.org/1", "One", said("Eva Holm", "1")), share("g1", 0))
	put(t, s, story("https://example.org/3", "Three", said("Eva Holm", "3")), share("g1", 20))
	put(t, s, story("https://example.org/2", "Two", said("Eva Holm", "2")), share("g1", 10))
	put(t, s, story("https://example.org/1", "One", said("Eva Holm", "1")), share("g1", 30)) // shared first at 0
	put(t, s, story("https://example.org/4", "Four", said("Eva Holm", "4")), share("g2", 5))

	for _, test := range []struct {
		since time.Time
		limit int
		want  []string
	}{
		{time.Time{}, 0, []string{"Three", "Two", "One"}},
		{time.Time{}, 2, []string{"Three", "Two"}},
		{noon.Add(10 * time.Minute), 0, []string{"Three", "Two"}},
		{noon.Add(10*time.Minute + time.Microsecond), 5, []string{"Three"}},
		{noon.Add(time.Hour), 0, nil},
	} {
		got, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: "g1", Since: test.since, Limit: test.limit})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "stories", test.want, titles(got))
	}
}
