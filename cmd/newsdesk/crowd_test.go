package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
)

// A crowd asks all at once: in several servers, so many people of each, as its limits let them, each person once.
const (
	crowdServers = 5
	crowdEach    = 40
)

// crowd is what many people asked at once.
type crowd struct {
	d      *discordtest.Discord
	guilds []*discordtest.Guild
	all    []*discordtest.Interaction
	wanted map[string]string // by interaction, what its answer holds
}

// newCrowd has everybody ask: for summaries, some of the same page, and about what was filed before.
func newCrowd(t testing.TB, s *service) *crowd {
	t.Helper()
	c := &crowd{d: s.discord, wanted: map[string]string{}}
	for g := range crowdServers {
		guild := s.discord.Guild(fmt.Sprint("Server ", g))
		c.guilds = append(c.guilds, guild)
		whole(t, s.discord.Slash(guild.Channel("general"), guild.Member("first"), "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "Delete")
	}
	for n := range crowdEach {
		for g, guild := range c.guilds {
			who := guild.Member(fmt.Sprint("member ", n))
			command, options, wanted := "summarize", discordtest.Options{"url": fmt.Sprintf("%s/page-%d", s.site, n/2*crowdServers+g)}, "Delete"
			switch n % 4 {
			case 1:
				command, options, wanted = "quotes", discordtest.Options{"speaker": "brandt"}, "Helena Brandt"
			case 3:
				command, options, wanted = "ask", discordtest.Options{"question": "What did Reyl say about bread?"}, "his bread had been reaching the mainland"
			}
			i := s.discord.Slash(guild.Channel("general"), who, command, options)
			c.all, c.wanted[i.ID] = append(c.all, i), wanted
		}
	}
	return c
}

// holds reports whether a message is the whole answer to an interaction.
func (c *crowd) holds(i *discordtest.Interaction, m *discordtest.Message) bool {
	_, button := m.Find(c.wanted[i.ID])
	return button || strings.Contains(m.Text(), c.wanted[i.ID])
}

// acknowledged are those that Discord knows to be heard.
func (c *crowd) acknowledged() (heard []*discordtest.Interaction) {
	return slices.DeleteFunc(slices.Clone(c.all), func(i *discordtest.Interaction) bool {
		kind, _ := i.Answered()
		return kind == 0
	})
}

// waitFor waits until these have their whole answers.
func (c *crowd) waitFor(t testing.TB, asked []*discordtest.Interaction) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for n, i := range asked {
		if _, err := i.WaitFor(ctx, c.wanted[i.ID], func(m *discordtest.Message) bool { return c.holds(i, m) }); err != nil {
			says := "nothing"
			if m := i.Reply(); m != nil {
				says = m.Text()
			}
			t.Fatalf("answer %d of %d: %v; it says: %s", n+1, len(asked), err, says)
		}
	}
}

// once says of all that were heard that nobody has two answers, and of the others that they have one at most.
func (c *crowd) once(t testing.TB) {
	t.Helper()
	extra := 0
	for _, guild := range c.guilds {
		for _, m := range c.d.Messages(guild.Channel("general")) {
			if m.Interaction == nil {
				extra++
			}
		}
	}
	for _, i := range c.all {
		if n := len(i.Followups()); n > 0 {
			t.Errorf("%s has %d answers besides its answer", i.Name, n)
		}
	}
	if unheard := len(c.all) - len(c.acknowledged()); extra > unheard {
		t.Errorf("%d messages answer nobody's interaction, where %d were not acknowledged", extra, unheard)
	}
}

// latencies are how long people waited for "is thinking", by Discord's clock.
func (c *crowd) latencies() (took []time.Duration) {
	for _, i := range c.acknowledged() {
		_, by := i.Answered()
		took = append(took, by)
	}
	return took
}

// TestRunCrowd: everybody is acknowledged within Discord's three seconds, by its slow clock, and answered, once.
func TestRunCrowd(t *testing.T) {
	for _, k := range settings {
		t.Run(k.name, func(t *testing.T) {
			s := serveWith(t, slowly(k.discord()), k.store(t)...)
			stops := k.start(t, s)
			c := newCrowd(t, s)
			c.waitFor(t, c.all)
			for _, stop := range stops {
				stop(syscall.SIGTERM)
			}
			c.once(t)
			refusals(t, s.discord, k.tolerated...)
		})
	}
}

// TestRunCrowdKilled: who was acknowledged is answered, once, also if a newsdesk is killed meanwhile and started again.
// Where there is another, everybody is acknowledged.
func TestRunCrowdKilled(t *testing.T) {
	for _, k := range settings {
		t.Run(k.name, func(t *testing.T) {
			s := serveWith(t, slowly(k.discord()), k.store(t)...)
			stops := k.start(t, s)
			c := newCrowd(t, s)
			c.waitFor(t, c.all[:len(c.all)/5])
			stops[0](os.Kill)
			heard := c.acknowledged()
			t.Logf("%d of %d are acknowledged when it is killed", len(heard), len(c.all))
			if k.newsdesks > 1 {
				heard = c.all
			}
			stops[0] = s.start(t)
			c.waitFor(t, heard)
			for _, stop := range stops {
				stop(syscall.SIGTERM)
			}
			c.once(t)
			refusals(t, s.discord, k.tolerated...)
		})
	}
}

// BenchmarkRunCrowd measures how long a crowd of 200 that asks at once waits for its acknowledgements, by the true
// clock: the half of it, 99 of 100, and the last. Discord gives three seconds.
func BenchmarkRunCrowd(b *testing.B) {
	for _, k := range settings {
		b.Run(k.name, func(b *testing.B) {
			s := serveWith(b, k.discord(), k.store(b)...)
			k.start(b, s)
			var took []time.Duration
			for b.Loop() {
				c := newCrowd(b, s)
				c.waitFor(b, c.all)
				took = append(took, c.latencies()...)
			}
			slices.Sort(took)
			for name, part := range map[string]int{"p50": 50, "p99": 99, "max": 100} {
				b.ReportMetric(float64(took[(len(took)-1)*part/100].Milliseconds()), name+"-ms")
			}
		})
	}
}
