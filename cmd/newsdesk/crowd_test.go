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
	"newsdesk/cache/redis/redistest"
)

// A crowd asks all at once: in several servers, crowdEach people of each, as many as its limits let, each person once.
const crowdServers = 5

// slower is how much slower Discord's clock goes in these stories: this machine does other things besides, and Discord's
// three seconds are not to be those that the processor was elsewhere.
const slower = 10

// serveCrowd is serve, with a clock that goes slower.
func serveCrowd(t *testing.T, store ...string) *service {
	t.Helper()
	began := time.Now()
	return serveWith(t, discordtest.Config{NoRateLimits: true, Now: func() time.Time { return began.Add(time.Since(began) / slower) }}, store...)
}

// crowd is what many people asked at once.
type crowd struct {
	d        *discordtest.Discord
	channels []*discordtest.Channel
	all      []*discordtest.Interaction
	wanted   map[string]string // by interaction, what its answer holds
}

// newCrowd has everybody ask: for summaries, some of the same page, and about what was filed before.
func newCrowd(t *testing.T, s *service) *crowd {
	t.Helper()
	c := &crowd{d: s.discord, wanted: map[string]string{}}
	for g := range crowdServers {
		guild := s.discord.Guild(fmt.Sprint("Server ", g))
		channel := guild.Channel("general")
		c.channels = append(c.channels, channel)
		whole(t, s.discord.Slash(channel, guild.Member("first"), "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "Delete")
	}
	for n := range crowdEach {
		for g, channel := range c.channels {
			who := s.discord.Guilds()[g].Member(fmt.Sprint("member ", n))
			command, options, wanted := "summarize", discordtest.Options{"url": fmt.Sprintf("%s/page-%d", s.site, n/2*crowdServers+g)}, "Delete"
			switch n % 4 {
			case 1:
				command, options, wanted = "quotes", discordtest.Options{"speaker": "brandt"}, "Helena Brandt"
			case 3:
				command, options, wanted = "ask", discordtest.Options{"question": "What did Reyl say about bread?"}, "his bread had been reaching the mainland"
			}
			i := s.discord.Slash(channel, who, command, options)
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
func (c *crowd) waitFor(t *testing.T, asked []*discordtest.Interaction) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
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
func (c *crowd) once(t *testing.T) {
	t.Helper()
	extra := 0
	for _, channel := range c.channels {
		for _, m := range c.d.Messages(channel) {
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

// latencies logs how long people waited for "is thinking", by this machine's clock.
func (c *crowd) latencies(t *testing.T) {
	t.Helper()
	var took []time.Duration
	for _, i := range c.acknowledged() {
		_, t := i.Answered()
		took = append(took, t*slower)
	}
	slices.Sort(took)
	t.Logf("%d of %d acknowledged; median %v, 95%% %v, all %v", len(took), len(c.all), took[len(took)/2], took[len(took)*95/100], took[len(took)-1])
}

// refusals are what Discord refused, but for what it says of an answer that overtook its acknowledgement by another
// process, and is sent again.
func refusals(t *testing.T, d *discordtest.Discord, but ...string) {
	t.Helper()
	for _, refused := range d.Refusals() {
		text := refused.String()
		if !slices.ContainsFunc(but, func(b string) bool { return strings.Contains(text, b) }) {
			t.Errorf("Discord refuses: %s", text)
		}
	}
}

// TestRunCrowd: all are acknowledged in time, before anything of their answers, and answered, once.
func TestRunCrowd(t *testing.T) {
	s := serveCrowd(t)
	stop := s.start(t)
	c := newCrowd(t, s)
	c.waitFor(t, c.all)
	stop(syscall.SIGTERM)
	c.once(t)
	c.latencies(t)
	refusals(t, s.discord)
}

// TestRunCrowdKilled: who was acknowledged is answered also if newsdesk is killed meanwhile, once it is there again.
func TestRunCrowdKilled(t *testing.T) {
	s := serveCrowd(t)
	stop := s.start(t)
	c := newCrowd(t, s)
	c.waitFor(t, c.all[:len(c.all)/5])
	stop(os.Kill)
	heard := c.acknowledged()
	stop = s.start(t)
	c.waitFor(t, heard)
	stop(syscall.SIGTERM)
	c.once(t)
	t.Logf("%d of %d were acknowledged when it was killed", len(heard), len(c.all))
}

// TestRunCrowdReplicas: two newsdesks share a Redis, and one is killed in the middle. Everybody is answered, once.
func TestRunCrowdReplicas(t *testing.T) {
	server := redistest.Start(t)
	s := serveCrowd(t, "REDIS_URL="+server.URL())
	stop := s.start(t)
	s.start(t)
	c := newCrowd(t, s)
	c.waitFor(t, c.all[:len(c.all)/5])
	stop(os.Kill)
	c.waitFor(t, c.all)
	c.once(t)
	c.latencies(t)
	refusals(t, s.discord, "Unknown Webhook")
}
