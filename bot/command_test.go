package bot

import (
	"strings"
	"testing"
	"time"

	"newsdesk/article"
	"newsdesk/bot/discordtest"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/words"
)

// A language that there is not is refused at once, to the one who named it; one that there is is known by any of its codes.
func TestLanguages(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	m, err := n.summarize("page", discordtest.Options{"language": "xq"}).WaitReply(n.ctx)
	if err != nil || !m.Ephemeral() || !strings.Contains(m.Text(), "xq is no language") || !strings.Contains(m.Text(), "de for German") {
		t.Errorf("xq: %v, %v", m, err)
	}
	n.press.print <- struct{}{}
	card := n.whole(t, n.summarize("page", discordtest.Options{"language": "DEU"}))
	if longer := mustFind(t, card, "Longer"); !strings.Contains(longer.CustomID, ":de:") {
		t.Errorf("the language that the card goes on in: %s", longer.CustomID)
	}
}

// Where all together asked too often, the one who asks is not blamed.
func TestTooOftenTogether(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{Member: cache.Rate{Burst: 9, Every: time.Hour}, Guild: cache.Rate{Burst: 1, Every: time.Hour}})
	n.press.print <- struct{}{}
	n.whole(t, n.summarize("page", nil))
	m, err := n.Slash(n.general, n.guild.Member("ben"), "quotes", nil).WaitReply(n.ctx)
	if err != nil || !m.Ephemeral() || !strings.Contains(m.Text(), "Everybody in this server together") || !strings.Contains(m.Text(), "60 minutes") {
		t.Errorf("ben is told %v, %v", m, err)
	}
}

// How long an article is, is said as people write numbers.
func TestNumbersAreGrouped(t *testing.T) {
	text := strings.Repeat("ferry ", 1240)
	s := cache.Story{Article: article.Article{Text: text, Paragraphs: []article.Paragraph{{Span: article.Span{End: len(text)}, Kind: article.Text}}}}
	w := words.For("en")
	if said := w.Say("bot.readall", append(sizes(s, w), "Source", "example.org")...); !strings.Contains(said, "1,240 words, 0 quotes") {
		t.Error(said)
	}
}
