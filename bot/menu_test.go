package bot

import (
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
	"newsdesk/desk"
	"newsdesk/words"
)

// Of a message without a link it is said what to do instead.
func TestMenuWithoutLink(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	posted := n.Post(n.general, n.ada, "no link here")
	m, err := n.Menu(posted, n.ada, menuName(words.For("en"), "bot.menu.summarize")).WaitReply(n.ctx)
	if err != nil || !m.Ephemeral() || !strings.Contains(m.Text(), "/summarize") {
		t.Errorf("it answers %v, %v", m, err)
	}
}
