package storetest

import (
	"errors"
	"strings"
	"testing"

	"newsdesk/cache"
	"newsdesk/summarize"
)

// testSummaries: what models wrote of a text is there under its key, whichever the story shows, for all who may see the
// story; not of another text, nor of a guild's own file for others; and it goes with the story.
func testSummaries(t *testing.T, d Driver) {
	s := d.Open(t)
	written := func(st cache.Story, key string) cache.Story {
		st.Summary = summarize.Summary{Method: summarize.LLM, Model: "m", Key: key, Headline: "headline-of-" + key,
			Points: []summarize.Point{{Text: "Point of " + key}}}
		return st
	}
	find := func(guild string, st cache.Story, key string, want bool) {
		t.Helper()
		got, err := s.Summary(t.Context(), guild, &st.Article, key)
		switch {
		case !want && !errors.Is(err, cache.ErrNotFound):
			t.Errorf("%s for %s: %+v, %v; want ErrNotFound", key, guild, got, err)
		case want && err != nil:
			t.Errorf("%s for %s: %v", key, guild, err)
		case want:
			same(t, key, written(st, key).Summary, got)
		}
	}
	bridge := story("https://example.org/bridge", "Bridge closes", said("Tomas Weller", "It is not safe."))
	find("g1", bridge, "short", false)
	put(t, s, bridge, share("g1", 0)) // no model wrote that
	find("g1", bridge, "", false)
	put(t, s, written(bridge, "short"), share("g1", 1))
	put(t, s, written(bridge, "long"), share("g1", 2))
	for _, guild := range []string{"g1", "g2"} { // one of the web is nobody's
		find(guild, bridge, "short", true)
		find(guild, bridge, "long", true)
		find(guild, bridge, "standard", false)
	}
	changed := story("https://example.org/bridge", "Bridge reopens", said("Tomas Weller", "It is safe."))
	put(t, s, written(changed, "long"), share("g1", 3))
	find("g1", changed, "long", true)
	find("g1", changed, "short", false)

	file := story("https://example.org/x", "Minutes", said("Ana Duarte", "The vote stands."))
	file.Article.URL, file.Article.CanonicalURL = "minutes.txt", ""
	put(t, s, written(file, "secret"), share("g1", 4))
	find("g1", file, "secret", true)
	find("g2", file, "secret", false)

	for _, st := range []cache.Story{bridge, file} {
		if err := s.Forget(t.Context(), "g1", cache.StoryID(&st.Article)); err != nil {
			t.Fatal(err)
		}
	}
	find("g1", changed, "long", false)
	if strings.Contains(string(d.Raw(t, s)), "headline-of-") {
		t.Error("something of the summaries is still there")
	}
}
