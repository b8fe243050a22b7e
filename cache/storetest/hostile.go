package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/quote"
)

// hostile are strings that break stores which paste them into queries, keys or formats.
var hostile = []string{
	"'; DROP TABLE story; --", `"quoted" \ back`, "nul\x00inside", "line\nbreak\r\n", "tab\t", "{braces}:colons:{tag}",
	"*?[a-z]", "%s %d %n", "NULL", "-1", "\u202egnp.exe", "e\u0301 and é", "🏳️‍🌈 flag", "\ufeffmark", "  edges  ",
	"<script>&amp;", "$1 ?1 :name @p", strings.Repeat("long ", 3000), "ΑΓΓΕΛΟΣ ς", "İstanbul ıi", "\u2028\u2029",
}

func testHostile(t *testing.T, d Driver) {
	s := d.Open(t)
	for i, h := range hostile {
		guild := "guild " + h
		st := story(fmt.Sprintf("https://example.org/%d/%s", i, h), h, said("Speaker "+h, h), said(h, "plain "+h))
		st.Article.Site, st.Article.Byline = h, []string{h}
		filed := put(t, s, st, cache.Share{Guild: guild, By: h, At: noon})
		same(t, "story", filed, get(t, s, guild, filed.ID))
		same(t, "text", st.Article.Text, filed.Article.Text)
		found, err := s.Find(t.Context(), guild, st.Article.CanonicalURL)
		if err != nil || found.ID != filed.ID {
			t.Errorf("Find(%.40q) = %q, %v", h, found.ID, err)
		}
		for _, q := range []cache.QuoteQuery{
			{Guild: guild}, {Guild: guild, Site: h}, {Guild: guild, StoryID: filed.ID},
			{Guild: guild, Speakers: []string{"Speaker " + h, h}},
		} {
			if got := texts(t, s, q); len(got) != 2 {
				t.Errorf("%.80q: quotes %.80q, want 2", fmt.Sprint(q), got)
			}
		}
		if _, _, err := s.Quotes(t.Context(), cache.QuoteQuery{Guild: guild, About: h}); err != nil {
			t.Errorf("about %.40q: %v", h, err)
		}
		if _, err := s.SpeakersLike(t.Context(), guild, h, 3); err != nil {
			t.Errorf("like %.40q: %v", h, err)
		}
		if _, err := s.Search(t.Context(), guild, h, 3); err != nil {
			t.Errorf("search %.40q: %v", h, err)
		}
		if _, err := s.Story(t.Context(), h, h); !errors.Is(err, cache.ErrNotFound) {
			t.Errorf("Story(%.40q): %v, want ErrNotFound", h, err)
		}
	}
	for i, h := range hostile {
		if st, err := s.Stats(t.Context(), "guild "+h); err != nil || st.Stories != 1 || st.Quotes != 2 {
			t.Errorf("guild %d: %+v, %v; want its one story", i, st, err)
		}
	}

	// An article of megabytes, and one with hundreds of quotes.
	big := story("https://example.org/big", "Big", said("Eva Holm", strings.Repeat("words and more words ", 20_000)))
	filed := put(t, s, big, share("g1", 0))
	same(t, "length of the text", len(big.Article.Text), len(get(t, s, "g1", filed.ID).Article.Text))
	lines := make([]line, 0, 200)
	for i := range 200 {
		lines = append(lines, line{fmt.Sprintf("Witness %d", i%50), fmt.Sprintf("statement %d", i), quote.Direct})
	}
	put(t, s, story("https://example.org/many", "Many", lines...), share("g2", 0))
	if got := texts(t, s, cache.QuoteQuery{Guild: "g2", Limit: 80}); len(got) != 200 {
		t.Errorf("%d of 200 quotes", len(got))
	}
	empty := story("https://example.org/empty", "Empty", said("Eva Holm", ""))
	empty.Quotes[0].Span = article.Span{Start: 3, End: 3}
	put(t, s, empty, share("g3", 0))
}
