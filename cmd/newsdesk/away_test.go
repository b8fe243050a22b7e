package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/cache/redis/redistest"
)

// TestRunWithoutRedis takes Redis away from a bot at work: it is killed, then nothing arrives from it any more. What
// was in hand is shown all the same; what is asked meanwhile is told, in time, that it is away; and when it is
// back, the same process answers again, from what it had remembered.
func TestRunWithoutRedis(t *testing.T) {
	server := redistest.Start(t)
	proxy := redistest.Between(t, server)
	s := serve(t, "REDIS_URL="+proxy.URL())
	s.start(t)
	d := s.discord
	g := d.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	whole(t, d.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "Source", "Delete")

	ask := func() *discordtest.Interaction {
		return d.Slash(general, ada, "quotes", discordtest.Options{"speaker": "brandt"})
	}
	for _, absence := range []struct {
		name         string
		begin, until func()
	}{
		{"killed", server.Kill, server.Restart},
		{"silent", proxy.Silence, proxy.Speak},
	} {
		t.Run(absence.name, func(t *testing.T) {
			s.hold("/" + absence.name)
			inHand := d.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/" + absence.name})
			s.held(t)
			absence.begin()
			s.release()
			if m := whole(t, ask(), "cannot be reached at the moment"); !m.Ephemeral() {
				t.Error("that it is away is told to all")
			}
			whole(t, inHand, "Tarnmouth", absence.name)
			absence.until()
			answered(t, ask)
			again := d.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/" + absence.name})
			whole(t, again, "Tarnmouth", "Source", "Delete")
		})
	}
}

// answered asks until the answer is what was remembered.
func answered(t *testing.T, ask func() *discordtest.Interaction) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		m, err := ask().WaitFor(ctx, "an answer", func(m *discordtest.Message) bool {
			return strings.Contains(m.Text(), "Helena Brandt") || strings.Contains(m.Text(), "cannot be reached")
		})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(m.Text(), "Nobody should have to sleep") {
			return
		}
	}
}
