package main

import (
	"fmt"
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
)

// newsroom is a guild with a newsdesk in it.
type newsroom struct {
	*service
	guild    *discordtest.Guild
	general  *discordtest.Channel
	ada, ben *discordtest.User
}

// open starts a newsdesk for people to talk to. When the test ends, Discord must have refused nothing.
func open(t *testing.T) newsroom {
	t.Helper()
	s := serve(t)
	s.start(t)
	t.Cleanup(func() {
		for _, refused := range s.discord.Refusals() {
			if text := fmt.Sprint(refused); !strings.Contains(text, "Unknown Webhook") { // an answer overtook its acknowledgement
				t.Errorf("Discord refuses: %s", text)
			}
		}
	})
	g := s.discord.Guild("Harbour News")
	return newsroom{s, g, g.Channel("general"), g.Member("ada"), g.Member("ben")}
}

// slash gives a command and waits for an answer that holds what is wanted.
func (n newsroom) slash(t *testing.T, u *discordtest.User, name string, options discordtest.Options, wanted ...string) *discordtest.Message {
	t.Helper()
	return whole(t, n.discord.Slash(n.general, u, name, options), wanted...)
}

// Who said what in the articles that a message links to: of one a whole page, of two some of each.
func TestRunWhoSaidWhat(t *testing.T) {
	n := open(t)
	post := n.discord.Post(n.general, n.ben, "look: <"+n.site+"/ferries>")
	list := whole(t, n.discord.Menu(post, n.ada, "Who said what"), "Helena Brandt", "Nobody should have to sleep", "▶", "Ask")
	next := whole(t, n.discord.Click(n.ada, list, "▶"), "Page 2", "Jonas Feld")
	whole(t, n.discord.Click(n.ada, next, "◀"), "Page 1", "Helena Brandt")

	two := n.discord.Post(n.general, n.ben, n.site+"/harbour and "+n.site+"/missing")
	both := whole(t, n.discord.Menu(two, n.ada, "Who said what"), "Quotes (18)", "404")
	whole(t, n.discord.Click(n.ben, both, "Quotes (18)"), "Tomas Reyl", "Page 1")

	none := n.discord.Post(n.general, n.ben, "no link here")
	whole(t, n.discord.Menu(none, n.ada, "Who said what"), "I see no link")
}
