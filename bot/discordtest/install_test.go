package discordtest_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/bwmarrin/discordgo"

	"newsdesk/bot/discordtest"
)

// Who has the bot among their apps has its commands everywhere, those that are for users, and where it is not itself
// it does nothing but answer them.
func TestInstalledToAUser(t *testing.T) {
	d := start(t)
	home, away := d.Guild("Home"), d.Elsewhere("Away")
	ada, ben := away.Member("ada"), away.Member("ben")
	home.Join(ben)
	square := away.Channel("square")
	private := d.PrivateChannel(ada, ben)
	s := newBot(t, d)
	heard := next(t, s)
	connect(t, d, s)
	guild, user := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}, []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationUserInstall}
	both := append(append([]discordgo.ApplicationIntegrationType{}, guild...), user...)
	if _, err := s.ApplicationCommandBulkOverwrite(d.Bot().ID, "", []*discordgo.ApplicationCommand{
		{Name: "ask", Description: "Ask", IntegrationTypes: &both},
		{Name: "ours", Description: "In servers that have it", IntegrationTypes: &guild},
		{Name: "mine", Description: "For people who have it", IntegrationTypes: &user, Contexts: &[]discordgo.InteractionContextType{discordgo.InteractionContextPrivateChannel}},
	}); err != nil {
		t.Fatal(err)
	}
	offered := func(c *discordtest.Channel, u *discordtest.User, name string) *discordtest.Interaction {
		t.Helper()
		i := d.Slash(c, u, name, nil)
		if i.Err() != nil {
			t.Fatalf("/%s: %v", name, i.Err())
		}
		return i
	}
	refused := func(c *discordtest.Channel, u *discordtest.User, name string) {
		t.Helper()
		if i := d.Slash(c, u, name, nil); !errors.Is(i.Err(), discordtest.ErrNotOffered) {
			t.Errorf("/%s is offered: %v", name, i.Err())
		}
	}
	brought := func(context discordgo.InteractionContextType, owners string) *discordgo.Interaction {
		t.Helper()
		i := <-heard
		if got := fmt.Sprint(i.AuthorizingIntegrationOwners); i.Context != context || got != owners {
			t.Errorf("in context %d by %s, want %d by %s", i.Context, got, context, owners)
		}
		return i
	}
	refused(square, ada, "ask")
	refused(d.DM(ada), ada, "ask") // they share no server
	d.Install(ada)
	refused(square, ada, "ours")
	refused(square, ada, "mine") // not in this context
	refused(square, ben, "ask")
	offered(private, ada, "mine")
	brought(discordgo.InteractionContextPrivateChannel, "map[1:"+ada.ID+"]")
	offered(d.DM(ada), ada, "ask")
	brought(discordgo.InteractionContextBotDM, "map[1:"+ada.ID+"]")
	offered(d.DM(ben), ben, "ask")
	brought(discordgo.InteractionContextBotDM, "map[0:0]")
	home.Join(ada)
	offered(home.Channel("general"), ada, "ask")
	brought(discordgo.InteractionContextGuild, "map[0:"+home.ID+" 1:"+ada.ID+"]")

	// The bot is not there: it answers, and whoever presses a button finds it by ada's install.
	shown := offered(square, ada, "ask")
	i := brought(discordgo.InteractionContextGuild, "map[1:"+ada.ID+"]")
	if i.GuildID != away.ID || i.Member == nil || i.Member.User.ID != ada.ID {
		t.Errorf("it came from %s by %+v", i.GuildID, i.Member)
	}
	r := text("hello", 0)
	r.Data.Components = []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "Go", CustomID: "go"}}}}
	if err := s.InteractionRespond(i, r); err != nil {
		t.Fatal(err)
	}
	if len(d.Messages(square)) != 1 {
		t.Error("not everybody sees it")
	}
	d.Click(ben, shown.Reply(), "Go")
	if pressed := brought(discordgo.InteractionContextGuild, "map[1:"+ada.ID+"]"); pressed.Member.User.ID != ben.ID {
		t.Errorf("%s pressed", pressed.Member.User.ID)
	}
	if _, err := s.ChannelMessageSend(square.ID, "I am here"); code(t, err) != 50001 {
		t.Errorf("it writes where it is not: %v", err)
	}
	if _, err := s.ChannelMessage(private.ID, "1"); code(t, err) != 50001 {
		t.Errorf("it reads what is private: %v", err)
	}
	for n := range 6 {
		_, err := s.FollowupMessageCreate(i, false, &discordgo.WebhookParams{Content: "more"})
		if last := n == 5; last && code(t, err) != 40094 || !last && err != nil {
			t.Errorf("followup %d: %v", n, err)
		}
	}

	// Where external apps may not speak to all, only the one who asked sees the answer.
	away.Everyone(discordtest.EveryonePermissions &^ discordtest.UseExternalApps)
	quiet := offered(square, ada, "ask")
	if err := s.InteractionRespond(brought(discordgo.InteractionContextGuild, "map[1:"+ada.ID+"]"), text("hush", 0)); err != nil {
		t.Fatal(err)
	}
	if m := quiet.Reply(); !m.Ephemeral() || m.VisibleTo != ada.ID {
		t.Errorf("all see %+v", m)
	}
}
