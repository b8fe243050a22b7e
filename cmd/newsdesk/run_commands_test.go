package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
)

// newsroom is a guild with a newsdesk in it.
type newsroom struct {
	*service
	guild    *discordtest.Guild
	general  *discordtest.Channel
	ada, ben *discordtest.User
}

// unlimited lets a few people ask as much as a story takes.
var unlimited = []string{"NEWSDESK_LIMITS_MEMBER_PER_MINUTE=0", "NEWSDESK_LIMITS_GUILD_PER_MINUTE=0"}

// open starts a newsdesk for people to talk to. When the test ends, Discord must have refused nothing.
func open(t *testing.T) newsroom {
	t.Helper()
	s := serve(t)
	s.store = append(s.store, unlimited...)
	s.start(t)
	t.Cleanup(func() { refusals(t, s.discord, "Unknown Webhook") }) // an answer overtook its acknowledgement
	g := s.discord.Guild("Harbour News")
	return newsroom{s, g, g.Channel("general"), g.Member("ada"), g.Member("ben")}
}

// slash gives a command and waits for an answer that holds what is wanted.
func (n newsroom) slash(t *testing.T, u *discordtest.User, name string, options discordtest.Options, wanted ...string) *discordtest.Message {
	t.Helper()
	return whole(t, n.discord.Slash(n.general, u, name, options), wanted...)
}

// follows waits until the message that follows an answer holds what is wanted.
func (n newsroom) follows(t *testing.T, i *discordtest.Interaction, wanted ...string) (m *discordtest.Message) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := n.discord.Wait(ctx, strings.Join(wanted, ", "), func() bool {
		for _, m = range i.Followups() {
			return holds(m, wanted)
		}
		return false
	}); err != nil {
		t.Fatal(err)
	}
	return m
}

// Who said what in the articles that a message links to: of each a whole page, in a message of its own.
func TestRunWhoSaidWhat(t *testing.T) {
	n := open(t)
	post := n.discord.Post(n.general, n.ben, "look: <"+n.site+"/ferries>")
	list := whole(t, n.discord.Menu(post, n.ada, "Who said what"), "Helena Brandt", "Nobody should have to sleep", "▶", "Ask")
	next := whole(t, n.discord.Click(n.ada, list, "▶"), "Page 2", "union officials")
	whole(t, n.discord.Click(n.ada, next, "◀"), "Page 1", "Helena Brandt")

	two := n.discord.Post(n.general, n.ben, n.site+"/harbour and "+n.site+"/missing")
	both := n.discord.Menu(two, n.ada, "Who said what")
	n.follows(t, both, "/missing", "404", "Try again")
	whole(t, n.discord.Click(n.ben, whole(t, both, "Helena Brandt", "▶"), "▶"), "Page 2", "union officials")

	nowhere := n.discord.Post(n.general, n.ben, n.site+"/missing/1 "+n.site+"/missing/2")
	for _, menu := range []string{"Summarize", "Who said what"} {
		i := n.discord.Menu(nowhere, n.ada, menu)
		whole(t, i, "/missing/1", "404")
		n.follows(t, i, "/missing/2", "404")
	}

	same := n.discord.Post(n.general, n.ben, n.site+"/ferries "+n.site+"/harbour") // one story
	for menu, wanted := range map[string]string{"Summarize": "Delete", "Who said what": "Ask"} {
		i := n.discord.Menu(same, n.ada, menu)
		whole(t, i, "Tarnmouth", wanted)
		n.follows(t, i, "Tarnmouth", wanted)
	}

	none := n.discord.Post(n.general, n.ben, "no link here")
	whole(t, n.discord.Menu(none, n.ada, "Who said what"), "I see no link")
}

// What was filed, a page at a time, with the way back to where it was shared.
func TestRunArticles(t *testing.T) {
	n := open(t)
	n.slash(t, n.ben, "articles", nil, "Nothing that was shared here")
	card := n.slash(t, n.ada, "summarize", discordtest.Options{"url": n.site + "/ferries"}, "Tarnmouth", "Delete")
	post := n.discord.Post(n.general, n.ben, n.site+"/harbour?night=1 <"+n.site+"/edition/bakery>")
	n.follows(t, n.discord.Menu(post, n.ben, "Summarize"), "/bakery", "Delete")
	n.slash(t, n.ada, "summarize", discordtest.Options{"url": n.site + "/edition/secret", "private": true}, "/secret", "Delete")

	all := n.slash(t, n.ben, "articles", nil, "Tarnmouth", "/bakery", "/secret", "Quotes (18)")
	for _, place := range []string{n.general.ID + "/" + card.ID, n.general.ID + "/" + post.ID} {
		if !strings.Contains(all.Text(), "https://discord.com/channels/"+n.guild.ID+"/"+place) {
			t.Errorf("no way to %s in %s", place, all.Text())
		}
	}
	if got := strings.Count(all.Text(), "discord.com/channels"); got != 2 { // /harbour is the same story as /ferries; nowhere to go to what was shared in private
		t.Errorf("%d ways back: %s", got, all.Text())
	}
	whole(t, n.discord.Click(n.ben, all, "Quotes (18)"), "Helena Brandt")
	of := n.slash(t, n.ben, "articles", discordtest.Options{"shared_by": n.ada, "about": "ferries"}, "/secret", "<@"+n.ada.ID+">")
	if strings.Contains(of.Text(), "/bakery") {
		t.Errorf("what ben shared is ada's: %s", of.Text())
	}
	n.slash(t, n.ben, "articles", discordtest.Options{"since": "yesterday"}, "no time to look back to")

	for i := range 12 {
		n.slash(t, n.ada, "summarize", discordtest.Options{"url": fmt.Sprint(n.site, "/edition/more", i)}, fmt.Sprint("/edition/more", i), "Delete")
	}
	first := n.slash(t, n.ben, "articles", nil, "/more11", "Page 1", "▶")
	second := whole(t, n.discord.Click(n.ben, first, "▶"), "Page 2", "/bakery")
	whole(t, n.discord.Click(n.ben, second, "◀"), "Page 1", "/more11")
}

// Claims and quotations, held against what was shared.
func TestRunVerify(t *testing.T) {
	n := open(t)
	verify := func(options discordtest.Options, wanted ...string) *discordtest.Message {
		t.Helper()
		return n.slash(t, n.ben, "verify", options, wanted...)
	}
	verify(discordtest.Options{"claim": "The council voted for the night ferries."}, "Nothing that was shared here speaks of this")
	n.slash(t, n.ada, "summarize", discordtest.Options{"url": n.site + "/ferries"}, "Tarnmouth", "Delete")

	verify(discordtest.Options{"claim": "The council of Tarnmouth voted on Monday night to bring back the night ferries."}, "### Borne out", "By this:", "#:~:text=")
	verify(discordtest.Options{"claim": "The council voted 15 to 8 for the night ferries."}, "Not borne out", "the article has no 15", "Tarnmouth Council Votes")
	verify(discordtest.Options{"quote": "That ship has been through worse than a vote.", "speaker": "Adeyemi"}, "word for word", "Ruth Adeyemi")
	altered := verify(discordtest.Options{"quote": "That ship has seen worse than a vote", "speaker": "Adeyemi"}, "in other words",
		"That ship has ~~seen~~ worse than a vote", "“That ship has __been through__ worse than a vote.”")
	if strings.Contains(altered.Text(), "not borne") {
		t.Errorf("two answers: %s", altered.Text())
	}
	verify(discordtest.Options{"quote": "That ship has been through worse than a vote.", "speaker": "Lindqvist"}, "by somebody else", "Ruth Adeyemi")
	verify(discordtest.Options{"quote": "We shall never run a ferry again"}, "Nobody is quoted so")

	verify(nil, "one thing to check")
	verify(discordtest.Options{"claim": "It rains.", "quote": "It rains."}, "one thing to check")
	verify(discordtest.Options{"claim": "It rains.", "speaker": "Brandt"}, "A speaker goes with a quote")
	verify(discordtest.Options{"claim": "It rains.", "article": "https://example.org/unread"}, "/summarize reads it")
	if m := verify(discordtest.Options{"quote": "a brave guess", "private": true}, "word for word", "Oskar Lindqvist"); !m.Ephemeral() {
		t.Error("a private answer is shown to all")
	}
	choices, err := n.discord.Autocomplete(t.Context(), n.general, n.ben, "verify", discordtest.Options{"speaker": "ade"}, "speaker")
	if err != nil || len(choices) != 1 {
		t.Errorf("ade is completed with %v, %v", choices, err)
	}
}

// Who was quoted most, as a list and as a chart that is described.
func TestRunSpeakers(t *testing.T) {
	n := open(t)
	n.slash(t, n.ben, "speakers", nil, "Nobody was quoted")
	n.slash(t, n.ada, "summarize", discordtest.Options{"url": n.site + "/ferries"}, "Tarnmouth", "Delete")
	for _, options := range []discordtest.Options{nil, {"since": "7d"}} {
		m := n.slash(t, n.ben, "speakers", options, "1. **Helena Brandt** · 4 quotes", "Oskar Lindqvist")
		var described string
		m.Walk(func(c discordtest.Component) {
			for _, item := range c.Items {
				described = item.Description
			}
		})
		if len(m.Attachments) != 1 || !strings.HasPrefix(m.Attachments[0].ContentType, "image/png") || !strings.Contains(described, "1. Helena Brandt: 4.") {
			t.Errorf("a chart of %+v, described %q", m.Attachments, described)
		}
	}
}

// Forgetting: what one shared oneself; a speaker and everything, for those who manage the server.
func TestRunForget(t *testing.T) {
	n := open(t)
	share := func(u *discordtest.User, path string) {
		t.Helper()
		n.slash(t, u, "summarize", discordtest.Options{"url": n.site + path}, "Tarnmouth", "Delete")
	}
	share(n.ada, "/ferries")
	share(n.ben, "/ferries")
	share(n.ada, "/edition/harbour")
	article := func(u *discordtest.User, path string, wanted ...string) {
		t.Helper()
		if m := n.slash(t, u, "forget article", discordtest.Options{"article": n.site + path}, wanted...); !m.Ephemeral() {
			t.Error("what was forgotten is shown to all")
		}
	}
	article(n.ben, "/ferries", "Forgotten: that you shared", "so the article stays")
	choices, err := n.discord.Autocomplete(t.Context(), n.general, n.ben, "forget article", discordtest.Options{"article": "harbour"}, "article")
	if err != nil || len(choices) == 0 {
		t.Errorf("night is completed with %v, %v", choices, err)
	}
	article(n.ben, "/edition/harbour", "others shared that")
	article(n.ben, "/nowhere", "not remembered here")
	n.slash(t, n.ada, "forget shares", nil, "Forgotten: that you shared 2 articles.", "stays there until it is deleted")
	n.slash(t, n.ada, "forget shares", nil, "nothing to forget")

	share(n.ada, "/ferries")
	n.slash(t, n.ben, "forget speaker", discordtest.Options{"speaker": "Oskar Lindqvist"}, "those who manage this server")
	n.slash(t, n.ben, "forget everything", nil, "those who manage this server")
	keeper := n.guild.Member("keeper", discordtest.ManageGuild)
	n.slash(t, keeper, "forget speaker", discordtest.Options{"speaker": "Lindqvist"}, "Several people may be meant", "Oskar Lindqvist")
	n.slash(t, keeper, "forget speaker", discordtest.Options{"speaker": "Oskar Lindqvist"}, "Forgotten: 1 article")
	n.slash(t, n.ben, "quotes", nil, "Nothing that was shared here")

	share(n.ada, "/ferries")
	asks := n.slash(t, keeper, "forget everything", nil, "cannot be undone", "Keep it")
	whole(t, n.discord.Click(keeper, asks, "Keep it"), "Nothing was forgotten")
	n.slash(t, n.ben, "quotes", nil, "Helena Brandt")
	asks = n.slash(t, keeper, "forget everything", nil, "cannot be undone")
	whole(t, n.discord.Click(keeper, asks, "Forget everything"), "Forgotten: 1 article, with 18 quotes")
	n.slash(t, n.ben, "quotes", nil, "Nothing that was shared here")
}

// In direct messages the bot remembers for one person, who may have all of it forgotten.
func TestRunDirectMessages(t *testing.T) {
	n := open(t)
	dm := n.discord.DM(n.ada)
	slash := func(name string, options discordtest.Options, wanted ...string) *discordtest.Message {
		t.Helper()
		return whole(t, n.discord.Slash(dm, n.ada, name, options), wanted...)
	}
	card := slash("summarize", discordtest.Options{"url": n.site + "/ferries"}, "Tarnmouth", "Delete")
	slash("articles", nil, "Tarnmouth", "https://discord.com/channels/@me/"+dm.ID+"/"+card.ID)
	slash("speakers", discordtest.Options{"since": "24h"}, "Helena Brandt")
	n.slash(t, n.ada, "articles", nil, "Nothing that was shared here")
	asks := slash("forget everything", nil, "cannot be undone")
	whole(t, n.discord.Click(n.ada, asks, "Forget everything"), "Forgotten: 1 article")
	slash("articles", nil, "Nothing that was shared here")
}

// What the bot says of itself, to the one who asks.
func TestRunAboutItself(t *testing.T) {
	n := open(t)
	for name, wanted := range map[string][]string{
		"help":    {"/summarize", "/quotes", "/ask", "/articles", "/verify", "/forget", "/privacy", "/status", "Who said what"},
		"privacy": {"after 90 days", "Nothing of them goes to anybody else", "/forget"},
		"status":  {"0 articles", "No model is set up", "also those that do not mention me", "in 1 server"},
	} {
		m := n.slash(t, n.ben, name, nil, wanted...)
		if !m.Ephemeral() || strings.Contains(m.Text(), n.discord.Token()) || strings.Contains(m.Text(), "127.0.0.1") {
			t.Errorf("/%s tells all, or too much: %s", name, m.Text())
		}
	}
}
