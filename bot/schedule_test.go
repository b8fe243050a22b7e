package bot

import (
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
	"newsdesk/desk"
	"newsdesk/digest"
)

// Who takes no direct messages hears so when they subscribe, and is no subscriber.
func TestSubscribingWithClosedDirectMessages(t *testing.T) {
	n := open(t, discordtest.Config{NoRateLimits: true}, desk.Limits{})
	times, err := digest.ParseTimes("09:00", "Europe/Berlin", "daily")
	if err != nil {
		t.Fatal(err)
	}
	set, err := n.bot.desk.SetSchedule(n.ctx, n.guild.ID, desk.Schedule{Channel: n.general.ID, Times: times, By: n.ada.ID})
	if err != nil {
		t.Fatal(err)
	}
	subscribe := func(wanted string, subscribed int) {
		t.Helper()
		m, err := n.Slash(n.general, n.ada, "digest subscribe", nil).WaitFor(n.ctx, wanted, func(m *discordtest.Message) bool { return strings.Contains(m.Text(), wanted) })
		if err != nil {
			t.Fatal(err)
		}
		ids, err := n.bot.desk.Subscriptions(n.ctx, n.guild.ID, n.ada.ID)
		if err != nil || len(ids) != subscribed || !m.Ephemeral() {
			t.Errorf("subscribed to %v, %v, told so to all: %t", ids, err, !m.Ephemeral())
		}
	}
	n.Fault(discordtest.Fault{Route: "POST /channels/{channel}/messages", Status: 403, Body: `{"code":50007,"message":"Cannot send messages to this user"}`})
	subscribe("does not let me write to you", 0)
	subscribe("from now on", 1)
	subscribe("already", 1)

	// A schedule that is gone has nobody who gets it.
	if err := n.bot.desk.RemoveSchedule(n.ctx, n.guild.ID, set.ID); err != nil {
		t.Fatal(err)
	}
	subscribe("No digest is scheduled here", 0)
}
