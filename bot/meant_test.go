package bot

import (
	"errors"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/bot/discordtest"
	"newsdesk/cache"
	"newsdesk/desk"
)

// An article that was typed and not chosen is the one whose title holds the words; of several one is to be chosen.
func TestTypedArticle(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	for title, page := range map[string]string{"Ferries return": "a", "Bridges close": "b", "Bridges open": "c"} {
		a := article.Article{Title: title, URL: "https://example.org/" + page, Text: "Here it says of " + page + ": " + title + "."}
		a.Paragraphs = []article.Paragraph{{Span: article.Span{End: len(a.Text)}, Kind: article.Text}}
		if _, err := n.store.Put(n.ctx, cache.Story{Article: a}, cache.Share{Guild: n.guild.ID, By: n.ada.ID}); err != nil {
			t.Fatal(err)
		}
	}
	for typed, want := range map[string]error{"ferries": nil, "Bridges": desk.ErrSeveral, "Tunnels": cache.ErrNotFound, "open bridges": nil} {
		story, err := n.bot.desk.Meant(n.ctx, n.guild.ID, typed)
		if !errors.Is(err, want) || err == nil && story.Article.Title == "" {
			t.Errorf("%s: %q, %v", typed, story.Article.Title, err)
		}
	}
	for typed, wanted := range map[string]string{"Ferries": "Nobody is quoted in Ferries return", "Bridges": "Choose one from the list"} {
		m, err := n.Slash(n.general, n.ada, "quotes", discordtest.Options{"article": typed}).WaitReply(n.ctx)
		if err != nil || !strings.Contains(m.Text(), wanted) {
			t.Errorf("%s: %v, %v", typed, m, err)
		}
	}
}
