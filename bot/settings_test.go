package bot

import (
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
	"newsdesk/desk"
)

// panel opens the panel as somebody.
func (n *newsroom) panel(t *testing.T, u *discordtest.User) *discordtest.Message {
	t.Helper()
	m, err := n.Slash(n.general, u, "settings", nil).WaitFor(n.ctx, "panel", func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "Settings of this server") })
	if err != nil {
		t.Fatal(err)
	}
	if !m.Ephemeral() {
		t.Error("everybody sees the panel")
	}
	return m
}

// choose chooses on a panel, and waits until it says something.
func (n *newsroom) choose(t *testing.T, u *discordtest.User, m *discordtest.Message, menu, value, says string) *discordtest.Message {
	t.Helper()
	now, err := n.Select(u, m, menu, value).WaitFor(n.ctx, menu, func(now *discordtest.Message) bool { return now.Edits > m.Edits && strings.Contains(now.Text(), says) })
	if err != nil {
		t.Fatalf("%s: %v", menu, err)
	}
	return now
}

// chosenOf is what a menu shows as chosen.
func chosenOf(t *testing.T, m *discordtest.Message, menu string) string {
	t.Helper()
	for _, o := range mustFind(t, m, menu).Options {
		if o.Default {
			return o.Value
		}
	}
	return ""
}

// Who manages the server sets it on a panel, which says what holds after each change.
func TestSettingsPanel(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	mia := n.guild.Member("mia", discordtest.ManageGuild)
	m := n.panel(t, mia)
	m = n.choose(t, mia, m, "set:channel", n.general.ID, "What is done with links in <#"+n.general.ID+">?")
	watch := "set:watch:" + n.general.ID
	if now := chosenOf(t, m, watch); now != nothing {
		t.Errorf("what is not watched shows %q", now)
	}
	m = n.choose(t, mia, m, watch, "reply", "<#"+n.general.ID+">: a card as a reply")
	m = n.choose(t, mia, m, "set:channel", n.general.ID, "What is done")
	if now := chosenOf(t, m, watch); now != "reply" || !strings.Contains(m.Text(), "- <#"+n.general.ID+"> · a card as a reply") {
		t.Errorf("it shows %q: %s", now, m.Text())
	}
	m = n.choose(t, mia, m, watch, nothing, "<#"+n.general.ID+">: nothing")
	for _, s := range []struct{ menu, value, says string }{
		{"set:server.length", "brief", "Length of summaries: brief"},
		{"set:server.language", "de", "Language of summaries: Deutsch"},
		{"set:server.without_models", "true", "Who writes summaries: nobody"},
		{"set:server.daily_tokens", "50000", "What a model may cost in a day: 50,000 tokens"},
		{"set:retention", "30", "How long articles are remembered: 30 days"},
		{"set:server.read_bots", "true", "Whose links are read in watched channels: those of people, bots and webhooks"},
		{"set:server.offer_anywhere", "true", "Where 📰 below a message asks for a card: in every channel"},
		{"set:server.language", nothing, "Language of summaries: the article's own"},
	} {
		if m = n.choose(t, mia, m, s.menu, s.value, s.says); chosenOf(t, m, s.menu) != s.value {
			t.Errorf("%s is set to %s and shows %s", s.menu, s.value, chosenOf(t, m, s.menu))
		}
	}
	set, err := n.bot.desk.SettingsNow(n.ctx, n.guild.ID)
	if err != nil || len(set.Watched) != 0 || set.Length != "brief" || set.Language != "" || !set.NoModel || set.Tokens != 50000 || !set.Bots || !set.Anywhere {
		t.Errorf("set: %+v, %v", set, err)
	}
	n.quiet(t)
}

// What is pressed is checked where it arrives: who may no longer, sets nothing; nor is a channel watched in which the bot
// may not do what is set, by any of the ways in which that is kept from it.
func TestSettingsAreChecked(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	mia := n.guild.Member("mia", discordtest.ManageGuild)
	m := n.panel(t, mia)
	for way, c := range map[string]struct {
		bars  func(*discordtest.Channel)
		lacks string
	}{
		"offer":  {func(c *discordtest.Channel) { c.Deny(n.Bot(), discordtest.AddReactions) }, "Add Reactions"},
		"reply":  {func(c *discordtest.Channel) { c.Deny(n.Bot(), discordtest.SendMessages) }, "Send Messages"},
		"thread": {func(c *discordtest.Channel) { c.Deny(n.Bot(), discordtest.CreatePublicThreads) }, "Create Public Threads"},
	} {
		channel := n.guild.Channel("barred " + way)
		c.bars(channel)
		m = n.choose(t, mia, m, "set:channel", channel.ID, "What is done with links in <#"+channel.ID)
		m = n.choose(t, mia, m, "set:watch:"+channel.ID, way, "in <#"+channel.ID+">, as my role lacks there: "+c.lacks)
	}
	hidden := n.guild.Channel("hidden")
	hidden.Deny(n.Bot(), discordtest.ViewChannel)
	m = n.choose(t, mia, m, "set:channel", hidden.ID, "What is done")
	m = n.choose(t, mia, m, "set:watch:"+hidden.ID, "offer", "as my role lacks there: View Channel.")

	m = n.choose(t, mia, m, "set:channel", n.general.ID, "What is done")
	n.guild.Join(mia) // as anybody
	for menu, value := range map[string]string{"set:watch:" + n.general.ID: "reply", "set:server.length": "brief"} {
		told, err := n.Select(mia, m, menu, value).WaitReply(n.ctx)
		if err != nil || !strings.Contains(told.Text(), "those who manage this server") {
			t.Errorf("%s: %v, %v", menu, told, err)
		}
	}
	set, err := n.bot.desk.SettingsNow(n.ctx, n.guild.ID)
	if err != nil || len(set.Watched) != 0 || set.Length != "standard" {
		t.Errorf("set: %+v, %v", set, err)
	}
	if offered := n.Slash(n.general, n.ada, "settings", nil); offered.Err() == nil {
		t.Error("/settings is offered to everybody")
	}
	n.quiet(t, "Missing Access")
}

// What a server has set is what its summaries are by.
func TestSettingsHoldForCards(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.set(t, desk.SetLength, "detailed")
	n.prints(1)
	card := n.whole(t, n.summarize("page", nil))
	if _, more := card.Find("Longer"); more {
		t.Errorf("it can be longer: %s", card.Text())
	}
}
