package bot

import (
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
	"newsdesk/cache"
	"newsdesk/desk"
)

// A text that one box of the form does not hold goes on in the others, and is read as one.
func TestLongTextIsPasted(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	asked := n.Slash(n.general, n.ada, "summarize", nil)
	_, err := asked.WaitModal(n.ctx)
	if err != nil {
		t.Fatal(err)
	}
	sentence := "The harbour board met on Monday and spoke about the boats. "
	box := strings.Repeat(sentence, 4000/len(sentence))
	n.whole(t, asked.Submit(map[string]any{
		"title": "The long night", "text": box, "text+2": box, "text+4": "“It ends here,” said Helena Brandt, the mayor of the town.",
	}))
	stories, _, err := n.bot.desk.Stories(n.ctx, cache.StoryQuery{Guild: n.guild.ID, Limit: 2})
	if err != nil || len(stories) != 1 {
		t.Fatalf("%d stories, %v", len(stories), err)
	}
	if text := stories[0].Article.Text; strings.Count(text, strings.TrimSpace(sentence)) != 2*(4000/len(sentence)) || len(stories[0].Quotes) != 1 {
		t.Errorf("%d characters and %d quotes are read", len(text), len(stories[0].Quotes))
	}
}

// A link and a file together are refused, as it would be a guess which of them is meant.
func TestLinkAndFileAreRefused(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	m, err := n.summarize("page", discordtest.Options{"file": discordtest.File{Name: "a.txt", Type: "text/plain", Data: []byte("text")}}).WaitReply(n.ctx)
	if err != nil || !m.Ephemeral() || !strings.Contains(m.Text(), "not both") {
		t.Errorf("it answers %v, %v", m, err)
	}
}
