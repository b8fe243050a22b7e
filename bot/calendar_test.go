package bot

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/cache"
	"newsdesk/cache/redis"
	"newsdesk/cache/redis/redistest"
	"newsdesk/desk"
	"newsdesk/digest"
)

// wholeCalendar in the environment has TestDigestCalendar run through all of its days; see the Makefile.
const wholeCalendar = "NEWSDESK_CALENDAR"

// TestDigestCalendar runs through days of many servers in many zones, with two replicas on a Redis. Again and again one
// of the replicas is killed, at a request to Discord or somewhere in what Redis says to it, the server of Redis is
// killed and started anew, and for hours nobody is there. In the end every digest was posted once, in its minute or
// saying that it is late, or it was skipped as it would have been too late, which the next one says; and every article
// was told once, in the channel and to each subscriber.
func TestDigestCalendar(t *testing.T) {
	days := 2
	if os.Getenv(wholeCalendar) != "" {
		days = 30
	}
	for name, first := range map[string]time.Time{
		// America's clocks change on 8 March, Europe's on 29 March, back go Australia's and Chile's on 5 April.
		"spring": time.Date(2026, 4, 6, 12, 0, 0, 0, time.UTC).AddDate(0, 0, -days),
		// Australia's change on 4 October, Europe's go back on 25 October, America's on 1 November.
		"autumn": time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC).AddDate(0, 0, -days),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCalendar(t, first)
			c.run(first.AddDate(0, 0, days))
			c.check()
		})
	}
}

// The zones of the servers: twelve, with each way in which clocks change, and some in which they don't.
var calendarZones = []string{
	"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago", "Europe/London",
	"Asia/Tokyo", "America/St_Johns", "Pacific/Chatham", "Africa/Cairo", "America/Nuuk", "UTC",
}

// The times of day at which servers have their digests; some of them are left out or come twice when clocks change.
var calendarClocks = []string{"09:00", "02:30", "18:15", "01:45", "00:00", "23:30", "07:00"}

// planned is the link to an article of the test.
var planned = regexp.MustCompile(`\(https://example\.org/(plan-\d+-\d+)\)`)

// calendarPatience is how long is waited for what must happen, on the slowest of machines.
const calendarPatience = 5 * time.Minute

// calendarServer is a server of the calendar.
type calendarServer struct {
	guild   *discordtest.Guild
	channel *discordtest.Channel
	reader  *discordtest.User // who has subscribed; nil for nobody
	times   digest.Times
	filed   int         // articles
	due     []time.Time // so far
	skipped map[int64]bool
}

// calendar is the world of the test.
type calendar struct {
	*testing.T
	*discordtest.Discord
	sundial
	ctx      context.Context
	redis    *redistest.Server
	store    *redis.Store // the test's own
	servers  []*calendarServer
	replicas []*replica
	dice     *rand.Rand
	killed   int
	restarts int
	gaps     int
}

func newCalendar(t *testing.T, first time.Time) *calendar {
	t.Helper()
	c := &calendar{T: t, dice: rand.New(rand.NewPCG(1, uint64(first.Unix())))}
	c.set(first)
	c.Discord = discordtest.Start(t, discordtest.Config{Now: c.now, NoRateLimits: true})
	c.redis = redistest.Start(t)
	var cancel context.CancelFunc
	c.ctx, cancel = context.WithCancel(t.Context())
	t.Cleanup(cancel)
	var err error
	if c.store, err = redis.Open(c.ctx, redis.Options{URL: c.redis.URL()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.store.Close() })
	d := desk.New(desk.Options{Store: c.store, Now: c.now})
	for i := range 50 {
		g := c.Guild(fmt.Sprint("Server ", i))
		s := &calendarServer{guild: g, channel: g.Channel("news"), skipped: map[int64]bool{}}
		if s.times, err = digest.ParseTimes(calendarClocks[i%len(calendarClocks)], calendarZones[i%len(calendarZones)], "daily"); err != nil {
			t.Fatal(err)
		}
		set, err := d.SetSchedule(c.ctx, g.ID, desk.Schedule{Channel: s.channel.ID, Times: s.times, By: g.Owner().ID, Empty: true})
		if err != nil {
			t.Fatal(err)
		}
		if i%5 == 0 {
			s.reader = g.Member(fmt.Sprint("reader ", i))
			if _, err := d.Subscribe(c.ctx, g.ID, set.ID, s.reader.ID, ""); err != nil {
				t.Fatal(err)
			}
		}
		c.servers = append(c.servers, s)
	}
	c.replicas = []*replica{onRedis(t, c.Discord, &c.sundial, c.redis), onRedis(t, c.Discord, &c.sundial, c.redis)}
	return c
}

// run lets time pass until a moment: from one at which any digest is due to the next.
func (c *calendar) run(until time.Time) {
	for day := 0; ; {
		at := c.next(c.now()).UTC()
		if at.After(until) {
			return
		}
		if at.Day() != day {
			day = at.Day()
			c.Logf("%v: %d replicas were killed so far, Redis %d times, and %d times nobody was there", at, c.killed, c.restarts, c.gaps)
		}
		c.file()
		switch dice := c.dice.IntN(100); {
		case dice < 4:
			c.nobodyThere(at)
		case dice < 10:
			c.withoutRedis(at)
		case dice < 40:
			c.armed(c.replicas[c.dice.IntN(2)])
			c.pass(at)
		default:
			c.pass(at)
		}
		c.wait()
	}
}

// next is when the next digest of any server is due.
func (c *calendar) next(after time.Time) time.Time {
	var first time.Time
	for _, s := range c.servers {
		if at := s.times.Next(after); first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first
}

// pass moves the clock, and notes what is due by that.
func (c *calendar) pass(to time.Time) {
	from := c.now()
	for _, s := range c.servers {
		for at := s.times.Next(from); !at.After(to); at = s.times.Next(at) {
			s.due = append(s.due, at)
			if to.Sub(at) > desk.DefaultLateness {
				s.skipped[at.Unix()] = true
			}
		}
	}
	c.set(to)
}

// file files an article in some of the servers, a moment after what was due last.
func (c *calendar) file() {
	c.Helper()
	for i, s := range c.servers {
		if c.dice.IntN(30) > 0 {
			continue
		}
		s.filed++
		_, err := c.store.Put(c.ctx, report(fmt.Sprintf("plan-%d-%d", i, s.filed)), cache.Share{Guild: s.guild.ID, By: s.guild.Owner().ID, At: c.now().Add(time.Second)})
		if err != nil {
			c.Fatal(err)
		}
	}
}

// nobodyThere has all replicas killed before a moment, and others started up to five hours after it.
func (c *calendar) nobodyThere(at time.Time) {
	c.gaps++
	for _, r := range c.replicas {
		r.kill()
		r.wait()
	}
	at = at.Add(time.Duration(c.dice.IntN(300)) * time.Minute)
	c.pass(at)
}

// withoutRedis has Redis killed before a moment, and started minutes after it.
func (c *calendar) withoutRedis(at time.Time) {
	c.restarts++
	c.redis.Kill()
	at = at.Add(time.Duration(c.dice.IntN(20)) * time.Minute)
	c.pass(at)
	c.redis.Restart()
}

// armed has a replica die at one of its next requests to Discord, before it is made or when it is answered, or somewhere
// in what Redis is about to say to it. A replica that has nothing to do lives on.
func (c *calendar) armed(r *replica) {
	if bytes := c.dice.IntN(4000); c.dice.IntN(2) == 0 {
		r.dieAfter(bytes)
		return
	}
	var left atomic.Int32
	left.Store(int32(1 + c.dice.IntN(3)))
	dies := func(*http.Request) {
		if left.Add(-1) == 0 {
			r.kill()
		}
	}
	if c.dice.IntN(2) == 0 {
		r.line.on(dies, nil)
	} else {
		r.line.on(nil, dies)
	}
}

// wait waits until all that is due has been posted, or skipped, and was sent to those who have subscribed. One that dies
// is not replaced before that, unless nobody is left.
func (c *calendar) wait() {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, calendarPatience)
	defer cancel()
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	stalls := time.NewTicker(calendarPatience / 10)
	defer stalls.Stop()
	for len(c.missing()) > 0 {
		if !slices.ContainsFunc(c.replicas, (*replica).lives) {
			c.replace()
		}
		select {
		case <-ticker.C:
		case <-stalls.C: // on a machine that is too busy to keep a lease the queue gives up, and it is noted anew a while later
			c.pass(c.now().Add(16 * time.Minute))
		case <-ctx.Done():
			c.Fatalf("at %v there are too few posts: %v", c.now(), c.missing())
		}
	}
	c.replace()
}

// replace starts others for those that died.
func (c *calendar) replace() {
	for i, r := range c.replicas {
		if !r.lives() {
			c.killed++
			c.replicas[i] = onRedis(c.T, c.Discord, &c.sundial, c.redis)
		}
	}
}

// missing says where less was posted than was due and not skipped.
func (c *calendar) missing() (where []string) {
	for i, s := range c.servers {
		want := len(s.due) - len(s.skipped)
		if got := len(c.Messages(s.channel)); got < want {
			where = append(where, fmt.Sprintf("server %d: %d of %d", i, got, want))
		}
		if s.reader == nil {
			continue
		}
		if got := len(c.Messages(c.DM(s.reader))); got < want {
			where = append(where, fmt.Sprintf("reader %d: %d of %d", i, got, want))
		}
	}
	return where
}

// check looks at all that was posted.
func (c *calendar) check() {
	posts, late, skipped := 0, 0, 0
	for i, s := range c.servers {
		places := []*discordtest.Channel{s.channel}
		if s.reader != nil {
			places = append(places, c.DM(s.reader))
		}
		for _, place := range places {
			all := c.Messages(place)
			told := map[string]int{}
			missed := 0
			for _, due := range s.due {
				if s.skipped[due.Unix()] {
					missed++
					skipped++
					continue
				}
				if len(all) == 0 {
					c.Errorf("server %d: no digest for %v", i, due)
					break
				}
				m := all[0]
				all = all[1:]
				posts++
				if lateness := m.Timestamp.Sub(due); lateness < 0 || lateness > desk.DefaultLateness {
					c.Errorf("server %d: the digest of %v was posted at %v", i, due, m.Timestamp)
				} else if says := strings.Contains(m.Text(), saysLate); says != (lateness >= time.Minute) {
					c.Errorf("server %d: %v late, and says so: %v", i, lateness, says)
				} else if says {
					late++
				}
				if says := strings.Contains(m.Text(), saysMissed); says != (missed > 0) {
					c.Errorf("server %d: %d before %v were skipped, and it says so: %v", i, missed, due, says)
				}
				missed = 0
				for _, found := range planned.FindAllStringSubmatch(m.Text(), -1) {
					told[found[1]]++
				}
			}
			if len(all) > 0 {
				c.Errorf("server %d: %d digests too many", i, len(all))
			}
			c.checkTold(i, s, told)
		}
	}
	for _, call := range c.Refusals() {
		c.Error(call)
	}
	c.Logf("%d posts, %d of them late, %d skipped; %d replicas were killed, Redis %d times, and %d times nobody was there", posts, late, skipped, c.killed, c.restarts, c.gaps)
	if c.killed == 0 || c.restarts == 0 || c.gaps == 0 || late == 0 || skipped == 0 {
		c.Error("nothing went wrong")
	}
}

// checkTold holds what was told in a place against what was filed: each article once, but for those that came after the
// last digest.
func (c *calendar) checkTold(i int, s *calendarServer, told map[string]int) {
	var wrong []string
	for n := 1; n <= s.filed; n++ {
		if times := told[fmt.Sprintf("plan-%d-%d", i, n)]; times != 1 {
			wrong = append(wrong, fmt.Sprintf("%d of %d: %d times", n, s.filed, times))
		}
	}
	if s.skipped[s.due[len(s.due)-1].Unix()] { // what the last would have told
		return
	}
	stories, _, err := c.store.Stories(c.ctx, cache.StoryQuery{Guild: s.guild.ID, Since: s.due[len(s.due)-1]})
	if err != nil {
		c.Fatal(err)
	}
	slices.Sort(wrong)
	if len(wrong) > len(stories) {
		c.Errorf("server %d told articles: %v, and %d wait for the next digest", i, wrong, len(stories))
	}
}
