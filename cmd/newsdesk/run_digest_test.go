package main

import (
	"context"
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
)

// storyMenu is the menu of a digest's stories, and its first choice.
func storyMenu(t testing.TB, digest *discordtest.Message) (menu, first string) {
	t.Helper()
	digest.Walk(func(c discordtest.Component) {
		if strings.HasPrefix(c.CustomID, "story:") {
			menu, first = c.CustomID, c.Options[0].Value
		}
	})
	if menu == "" {
		t.Fatalf("no stories to choose from in %s", digest.Text())
	}
	return menu, first
}

// scheduleID is the schedule that is offered to whoever types a part of its name.
func scheduleID(t testing.TB, n newsroom, u *discordtest.User, typed string) string {
	t.Helper()
	choices, err := n.discord.Autocomplete(t.Context(), n.general, u, "digest subscribe", discordtest.Options{"digest": typed}, "digest")
	if err != nil || len(choices) != 1 {
		t.Fatalf("%s is completed with %v, %v", typed, choices, err)
	}
	id, _ := choices[0].Value.(string)
	return id
}

// The digest: one to oneself, one posted by schedule, one by direct message.
func digests(t *testing.T, n newsroom) {
	n.slash(t, n.ben, "digest now", nil, "Nothing was shared here in this time")
	n.shares(t, n.ada, "/ferries")
	n.slash(t, n.ben, "summarize", discordtest.Options{"url": n.site + "/news/16-bridge-daily"}, "The Daily", "Delete")
	n.slash(t, n.ada, "summarize", discordtest.Options{"url": n.site + "/news/16-bridge-bulletin"}, "The Bulletin", "Delete")
	news := n.slash(t, n.ben, "digest now", discordtest.Options{"since": "7d", "length": "detailed"}, "The news", "Most quoted",
		"shared by <@"+n.ada.ID+">", "The Daily", "The Bulletin", "Discussion", "Tarnmouth Courier")
	if !news.Ephemeral() || len(news.Attachments) != 1 {
		t.Errorf("a preview that all see: %t, with %d charts", !news.Ephemeral(), len(news.Attachments))
	}
	menu, bridge := storyMenu(t, news)
	whole(t, n.discord.Select(n.ben, news, menu, bridge), "shared by <@"+n.ben.ID+">", "shared by <@"+n.ada.ID+">", "Quotes (")
	n.slash(t, n.ben, "digest now", discordtest.Options{"since": "tomorrow"}, "no time to look back to")

	editor := n.guild.Member("editor", discordtest.ManageGuild)
	schedule := func(u *discordtest.User, options discordtest.Options, wanted ...string) *discordtest.Message {
		t.Helper()
		return n.slash(t, u, "digest schedule", options, wanted...)
	}
	nine := discordtest.Options{"time": "9am", "timezone": "Berlin"}
	schedule(n.ben, nine, "Manage Server")
	schedule(editor, discordtest.Options{"time": "nine", "timezone": "Berlin"}, "no time of day", "9am")
	schedule(editor, discordtest.Options{"time": "9", "timezone": "Atlantis"}, "no time zone")
	schedule(editor, discordtest.Options{"time": "9", "timezone": "Berlin", "language": "xx1"}, "no language")
	n.slash(t, n.ben, "digest status", nil, "No digest is scheduled here")
	n.slash(t, n.ben, "digest subscribe", nil, "No digest is scheduled here")
	zones, err := n.discord.Autocomplete(t.Context(), n.general, editor, "digest schedule", discordtest.Options{"timezone": "kiev"}, "timezone")
	if err != nil || len(zones) != 1 || zones[0].Value != "Europe/Kyiv" || !strings.Contains(zones[0].Name, "Ukraine") {
		t.Errorf("kiev is completed with %v, %v", zones, err)
	}

	evening := n.guild.Channel("evening")
	evening.Deny(n.discord.Bot(), discordtest.SendMessages)
	late := discordtest.Options{"time": "21.30", "timezone": "Europe/Kyiv", "days": "friday", "channel": evening, "length": "brief", "language": "uk", "empty": true}
	schedule(editor, late, "<#"+evening.ID+">", "my role lacks there: Send Messages")
	evening.Allow(n.discord.Bot(), discordtest.SendMessages)
	schedule(editor, late, "is scheduled", "every Friday at 21:30 (Europe/Kyiv)", "brief", "next <t:")
	schedule(editor, nine, "is scheduled", "every day at 09:00 (Europe/Berlin)", "<#"+n.general.ID+">")
	n.slash(t, editor, "digest off", nil, "several digests")
	nineAgain := discordtest.Options{"time": "9:15", "timezone": "Berlin", "days": "weekdays", "digest": scheduleID(t, n, editor, "09:00")}
	schedule(editor, nineAgain, "Monday to Friday at 09:15")

	n.slash(t, n.ben, "digest subscribe", nil, "several digests")
	morning := discordtest.Options{"digest": scheduleID(t, n, n.ben, "09:15")}
	n.slash(t, n.ben, "digest subscribe", morning, "from now on")
	n.slash(t, n.ben, "digest subscribe", morning, "already", "Stop sending")
	n.slash(t, n.ben, "digest status", nil, "21:30", "09:15", "1 person gets it", "You get it", "Stop sending")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	welcome, err := n.discord.WaitMessage(ctx, n.discord.DM(n.ben), func(m *discordtest.Message) bool { return holds(m, []string{"you get the digest", "Stop sending"}) })
	if err != nil {
		t.Fatal(err)
	}
	whole(t, n.discord.Click(n.ben, welcome, "Stop sending"), "no more")
	whole(t, n.discord.Click(n.ben, welcome, "Stop sending"), "did not get that digest")

	n.slash(t, n.ben, "digest off", morning, "Manage Server")
	n.slash(t, editor, "digest off", morning, "no longer posted in <#"+n.general.ID+">")
	n.slash(t, editor, "digest off", nil, "no longer posted in <#"+evening.ID+">")
	n.slash(t, editor, "digest off", nil, "No digest is scheduled here")
	whole(t, n.discord.Slash(n.discord.DM(n.ben), n.ben, "digest status", nil), "in servers")
}
