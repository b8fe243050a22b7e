package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"newsdesk/bot/discordtest"
)

// set has somebody choose on the panel of a server's settings, and waits until it says what is set.
func (n newsroom) set(t testing.TB, keeper *discordtest.User, panel *discordtest.Message, menu, value, says string) *discordtest.Message {
	t.Helper()
	return whole(t, n.discord.Select(keeper, panel, menu, value), says)
}

// watch has a channel watched.
func (n newsroom) watch(t testing.TB, keeper *discordtest.User, c *discordtest.Channel, way, says string) {
	t.Helper()
	panel := whole(t, n.discord.Slash(n.general, keeper, "settings", nil), "Settings of this server")
	panel = n.set(t, keeper, panel, "set:channel", c.ID, "What is done with links in <#"+c.ID)
	n.set(t, keeper, panel, "set:watch:"+c.ID, way, "<#"+c.ID+">: "+says)
}

// answered waits until a message has so many answers of the bot in a channel, which hold what is wanted, and returns them.
func (n newsroom) answered(t testing.TB, m *discordtest.Message, c *discordtest.Channel, many int, wanted ...string) (all []*discordtest.Message) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := n.discord.Wait(ctx, fmt.Sprint(many, " answers"), func() bool {
		all = nil
		for _, a := range n.discord.Messages(c) {
			if a.Author.ID == n.discord.Bot().ID && (c.ID == m.ID || a.Reference != nil && a.Reference.MessageID == m.ID) && holds(a, wanted) {
				all = append(all, a)
			}
		}
		return len(all) == many
	}); err != nil {
		t.Fatalf("%v: to %q there are %d", err, m.Content, len(all))
	}
	return all
}

// Links that are shared without a command, from the panel on which a channel is watched to the card that goes with its
// message.
func watchesChannels(t *testing.T, n newsroom) {
	d := n.discord
	keeper := n.guild.Member("keeper", discordtest.ManageGuild)
	n.watch(t, keeper, n.general, "reply", "a card as a reply")
	first := d.Post(n.general, n.ada, "The ferries are back! "+n.site+"/edition/watched")
	card := n.answered(t, first, n.general, 1, "Tarnmouth", "Delete")[0]
	whole(t, d.Click(n.ben, card, "Quotes (18)"), "Helena Brandt")
	n.slash(t, n.ben, "articles", nil, "/watched", "<@"+n.ada.ID+">", "https://discord.com/channels/"+n.guild.ID+"/"+n.general.ID+"/"+first.ID)
	n.answered(t, d.Post(n.general, n.ben, "have you seen "+n.site+"/edition/watched"), n.general, 1, "Already shared by <@"+n.ada.ID+">", "To the card and what was said about it")
	n.answered(t, d.Post(n.general, n.ben, n.site+"/missing/watched"), n.general, 1, "404", "Try again", "Source")

	threads, offers := n.guild.Channel("threads"), n.guild.Channel("offers")
	n.watch(t, keeper, threads, "thread", "a card in a thread")
	opens := d.Post(threads, n.ada, n.site+"/edition/thread")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	thread := &discordtest.Channel{}
	if err := d.Wait(ctx, "thread", func() bool {
		for _, c := range n.guild.Channels() {
			if c.ID == opens.ID {
				thread = c
			}
		}
		return thread.ID != ""
	}); err != nil {
		t.Fatal(err)
	}
	n.answered(t, opens, thread, 1, "Tarnmouth", "Delete")

	n.watch(t, keeper, offers, "offer", "a card is offered, by 📰")
	offer := d.Post(offers, n.ada, n.site+"/edition/offer")
	if err := d.Wait(ctx, "offer", func() bool { m, _ := d.Message(offer.ID); return len(m.Reactions) == 1 }); err != nil {
		t.Fatal(err)
	}
	d.React(n.ben, offer, "📰")
	n.answered(t, offer, offers, 1, "Tarnmouth", "Delete")

	d.Edit(first, "The ferries are back! "+n.site+"/edition/edited")
	n.answered(t, first, n.general, 1, "/edited", "Delete")
	d.Delete(first)
	n.answered(t, first, n.general, 0)

	panel := whole(t, d.Slash(n.general, keeper, "settings", nil), "Settings of this server", "· a card in a thread")
	panel = n.set(t, keeper, panel, "set:server.length", "detailed", "Length of summaries: detailed")
	panel = n.set(t, keeper, panel, "set:retention", "7", "How long articles are remembered: 7 days")
	if detailed := n.shares(t, n.ada, "/edition/detailed"); strings.Contains(detailed.Text(), "Longer") {
		t.Errorf("what is set to be detailed can be longer: %s", detailed.Text())
	}
	n.slash(t, n.ben, "privacy", nil, "after 7 days")
	n.set(t, keeper, panel, "set:server.read_bots", "true", "those of people, bots and webhooks")
	n.answered(t, d.PostAs(n.general, "feed", n.site+"/edition/webhook"), n.general, 1, "Tarnmouth", "Delete")
}

// What is written in a watched channel while no newsdesk is there is read when one is back, and what was answered before is
// not answered again.
func TestRunReadsBack(t *testing.T) {
	for _, k := range settings {
		t.Run(k.name, func(t *testing.T) {
			s := serveWith(t, slowly(k.discord()), k.store(t)...)
			s.store = append(s.store, unlimited...)
			stops := k.start(t, s)
			n := s.newsroom("Harbour News")
			keeper := n.guild.Member("keeper", discordtest.ManageGuild)
			early := s.discord.Post(n.general, n.ada, n.site+"/edition/early")
			n.watch(t, keeper, n.general, "reply", "a card as a reply")
			before := s.discord.Post(n.general, n.ada, n.site+"/edition/before")
			n.answered(t, before, n.general, 1, "Tarnmouth", "Delete")
			signals := []os.Signal{syscall.SIGTERM, syscall.SIGKILL}
			for i, stop := range stops {
				stop(signals[i%2])
			}
			missed := s.discord.Post(n.general, n.ben, n.site+"/edition/missed and "+n.site+"/missing")
			gone := s.discord.Post(n.general, n.ben, n.site+"/edition/gone")
			s.discord.Delete(gone)
			stops = k.start(t, s)
			n.answered(t, missed, n.general, 1, "Tarnmouth", "Delete")
			n.answered(t, missed, n.general, 2)
			n.answered(t, s.discord.Post(n.general, n.ada, n.site+"/edition/last"), n.general, 1, "Tarnmouth", "Delete")
			for _, stop := range stops {
				stop(syscall.SIGTERM)
			}
			n.answered(t, before, n.general, 1)
			n.answered(t, early, n.general, 0)
			n.answered(t, gone, n.general, 0)
			refusals(t, s.discord, k.tolerated...)
		})
	}
}
