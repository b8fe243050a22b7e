package bot

import (
	"context"
	"slices"
	"testing"

	"newsdesk/bot/discordtest"
	"newsdesk/desk"
)

// What the bot lacks in a channel is what Discord would refuse there.
func TestPermissionsThatAreLacking(t *testing.T) {
	n := open(t, discordtest.Config{NoRateLimits: true}, desk.Limits{})
	const view, send, history, attach = "bot.permission.view", "bot.permission.send", "bot.permission.history", "bot.permission.attach"
	is := func(what string, c *discordtest.Channel, want ...string) {
		t.Helper()
		got, err := n.bot.lacks(context.Background(), n.guild.ID, c.ID, toPost)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: lacks %v, %v, not %v", what, got, err, want)
		}
		err = n.bot.post(context.Background(), reply{ID: what, Token: "is no reply", Channel: c.ID}, note(calm, what))
		if refused := slices.Contains(want, view) || slices.Contains(want, send); refused != (err != nil) {
			t.Errorf("%s: lacks %v, and to post gives %v", what, got, err)
		}
	}
	me := &discordtest.User{ID: n.bot.self}
	open := n.guild.Channel("open")
	is("as invited", open)
	n.guild.Everyone(discordtest.ViewChannel)
	is("by its own role", open)

	quiet := n.guild.Channel("quiet")
	quiet.Deny(me, discordtest.SendMessages, discordtest.AttachFiles)
	is("denied", quiet, send, attach)
	quiet.Allow(me, discordtest.SendMessages)
	is("allowed again", quiet)
	hidden := n.guild.Channel("hidden")
	hidden.Deny(me, discordtest.ViewChannel)
	is("hidden", hidden, view)
	forgetful := n.guild.Channel("forgetful")
	forgetful.Deny(&discordtest.User{ID: n.guild.ID}, discordtest.ReadMessageHistory) // everyone's role
	is("denied to everyone", forgetful, history)

	n.guild.BotPermissions(discordtest.ViewChannel | discordtest.AttachFiles | discordtest.ReadMessageHistory)
	is("a role without", open, send)
	n.guild.BotPermissions(discordtest.Administrator)
	is("an administrator", hidden)
}
