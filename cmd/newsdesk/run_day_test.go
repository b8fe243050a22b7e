package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/cache/redis"
	"newsdesk/cache/redis/redistest"
	"newsdesk/queue"
	queueredis "newsdesk/queue/redis"
)

// wholeDay is the variable that has TestRunDay last a day, as `make day` does, and not the tenth of one.
const wholeDay = "NEWSDESK_TEST_DAY"

const (
	dayShards   = 16
	dayReplicas = 3
	// daySlower is how much slower Discord's clock goes than the machine's in the day.
	daySlower = 4
)

// day is one of a bot in many servers: three newsdesks that share a Redis, and what people do, a simulated quarter of an
// hour after the other. What happens in one is in hand while the next begins.
type day struct {
	*testing.T
	*service
	rand     *rand.Rand
	redis    *redistest.Server
	quarters int
	rooms    []newsroom
	articles int
	links    int // how many are shared
	replicas []*dayReplica
	shared   []*discordtest.Interaction
	deleted  map[*discordtest.Interaction]deletion // of the cards that answer these
}

// deletion is that of a card.
type deletion struct {
	message string
	press   *discordtest.Interaction
}

// dayReplica is a newsdesk, and where it shows its counts.
type dayReplica struct {
	metrics string
	stop    func(os.Signal)
}

// TestRunDay is a day of a busy bot in a few minutes, or the tenth of it: links are shared, cards deleted, messages written,
// changed and taken away, while in every quarter of an hour connections are lost in some way, every hour a newsdesk is
// killed and another started, and Redis is restarted twice. Whoever was acknowledged has one answer: the card, or an honest
// refusal; nobody has two; and the newsdesk that lived all day is no larger than it was.
func TestRunDay(t *testing.T) {
	server := redistest.Start(t)
	d := &day{T: t, redis: server, rand: rand.New(rand.NewPCG(1, 2)), quarters: 10, articles: 80, links: 500, deleted: map[*discordtest.Interaction]deletion{}} //nolint:gosec // the same each time
	servers := 50
	if os.Getenv(wholeDay) != "" {
		d.quarters, d.articles, d.links, servers = 96, 800, 5000, 500
	}
	began := time.Now()
	d.service = serveWith(t, discordtest.Config{
		NoRateLimits: true, Shards: dayShards, MaxConcurrency: dayShards,
		Now: func() time.Time { return began.Add(time.Since(began) / daySlower) },
	}, append(unlimited, "REDIS_URL="+server.URL())...)
	for n := range servers {
		d.rooms = append(d.rooms, d.newsroom(fmt.Sprint("Server ", n)))
	}
	for range dayReplicas {
		d.replicas = append(d.replicas, d.replica())
	}
	d.connected()
	var atFirst largeness
	for q := range d.quarters {
		before := len(d.shared)
		d.share(d.links*(q+1)/d.quarters - before)
		d.disturb(q)
		d.noise()
		d.answered(d.shared[:before])
		if q == 1 {
			d.answered(d.shared)
			atFirst = d.replicas[dayReplicas-1].size(t)
		}
	}
	d.connected()
	d.answered(d.shared)
	d.idle()
	d.judge()
	atLast := d.replicas[dayReplicas-1].size(t)
	t.Logf("%d links; at first %+v, at last %+v; %v", len(d.shared), atFirst, atLast, time.Since(began).Round(time.Second))
	if atLast.goroutines > atFirst.goroutines+100 {
		t.Errorf("goroutines have become %d, from %d", atLast.goroutines, atFirst.goroutines)
	}
	if atLast.heap > atFirst.heap+64<<20 {
		t.Errorf("the heap has become %d bytes, from %d", atLast.heap, atFirst.heap)
	}
	for _, r := range d.replicas {
		r.stop(syscall.SIGTERM)
	}
}

// replica starts a newsdesk.
func (d *day) replica() *dayReplica {
	d.Helper()
	r := &dayReplica{metrics: freeAddress(d.T)}
	store := d.store
	d.store = append(slices.Clone(store), "NEWSDESK_METRICS_ADDRESS="+r.metrics, "NEWSDESK_LOG_LEVEL=error")
	r.stop = d.start(d)
	d.store = store
	return r
}

// share has people share links, at random places.
func (d *day) share(n int) {
	for range n {
		room := d.rooms[d.rand.IntN(len(d.rooms))]
		url := fmt.Sprintf("%s/edition/%d", d.site, d.rand.IntN(d.articles))
		d.shared = append(d.shared, d.discord.Slash(room.general, room.ada, "summarize", discordtest.Options{"url": url}))
	}
}

// noise is what people do besides: some cards are deleted, and messages come and go that are nothing to the bot.
func (d *day) noise() {
	for range 3 {
		room := d.rooms[d.rand.IntN(len(d.rooms))]
		m := d.discord.Post(room.general, room.ben, "Has anybody read "+d.site+"/ferries?")
		d.discord.React(room.ada, m, "👍")
		d.discord.Edit(m, "Never mind.")
		d.discord.Delete(m)
		i := d.shared[d.rand.IntN(len(d.shared))]
		if card := i.Reply(); card != nil && !d.isDeleted(i) && isCard(card) {
			d.deleted[i] = deletion{card.ID, d.discord.Click(i.User, card, "Delete")}
		}
	}
}

// disturb has something happen to connections, in another way each time, every hour to a newsdesk, and twice to Redis.
func (d *day) disturb(q int) {
	some := []int{d.rand.IntN(dayShards), d.rand.IntN(dayShards), d.rand.IntN(dayShards), d.rand.IntN(dayShards)}
	ways := []func(){
		func() { d.discord.Reconnect(some...) },
		func() { d.discord.HangUp(0, some...) },
		func() { d.discord.AskResume(some...) },
		func() { d.discord.HangUp(discordtest.CloseUnknownOp, some...) },
		func() { d.discord.Invalidate(some[0]) },
		func() { d.discord.InsteadOfReady(discordtest.OpReconnect); d.discord.HangUp(0, some...) },
		func() { d.discord.HangUp(discordtest.CloseTimedOut, some[0]) },
		func() { d.discord.ResumableInsteadOfReady(); d.discord.Reconnect(some...) },
		func() {
			d.discord.LoseResumeAddress(true)
			d.discord.HangUp(0, some...)
			d.connected()
			d.discord.LoseResumeAddress(false)
		},
		func() {
			d.discord.Fault(discordtest.Fault{Route: "GET /gateway/bot", Status: http.StatusInternalServerError})
			d.discord.InsteadOfReady(discordtest.OpInvalidSession)
			d.discord.Invalidate(some[0])
		},
		func() { d.discord.Reconnect() },
	}
	ways[q%len(ways)]()
	if q%4 == 3 {
		victim := q / 4 % (dayReplicas - 1) // the last one lives all day
		d.replicas[victim].stop(os.Kill)
		d.replicas[victim] = d.replica()
	}
	if q == d.quarters/3 || q == d.quarters*2/3 {
		d.redis.Kill()
		d.redis.Restart()
	}
	d.connected()
}

// connected waits until every shard is heard.
func (d *day) connected() {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.Context(), patience)
	defer cancel()
	if err := d.discord.Wait(ctx, "all shards", func() bool { return d.discord.Connected(dayShards) }); err != nil {
		d.Fatal(err)
	}
}

// answered waits until Discord's time to acknowledge these is over, and all of those that were are answered.
func (d *day) answered(shared []*discordtest.Interaction) {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.Context(), patience)
	defer cancel()
	for n, i := range shared {
		if _, err := i.WaitAck(ctx); errors.Is(err, discordtest.ErrNoAnswer) || d.isDeleted(i) {
			continue // Discord has said so
		}
		if _, err := i.WaitFor(ctx, "an answer", func(m *discordtest.Message) bool { return isCard(m) || isRefusal(m) }); err != nil && !d.isDeleted(i) {
			says := "nothing"
			if m := i.Reply(); m != nil {
				says = m.Text()
			}
			d.Fatalf("link %d: %v; it says: %s", n, err, says)
		}
	}
}

func isCard(m *discordtest.Message) bool {
	_, ok := m.Find("Delete")
	return ok
}

// isRefusal reports whether a message says that Redis is away, the only thing that can be in a link's way.
func isRefusal(m *discordtest.Message) bool {
	return strings.Contains(m.Text(), "cannot be reached at the moment")
}

// isDeleted reports whether somebody has the card that answers deleted.
func (d *day) isDeleted(i *discordtest.Interaction) bool {
	_, pressed := d.deleted[i]
	return pressed
}

// idle waits until no newsdesk has anything left to do.
func (d *day) idle() {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.Context(), patience)
	defer cancel()
	store, err := redis.Open(ctx, redis.Options{URL: d.redis.URL()})
	if err != nil {
		d.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // nothing was written
	for {
		work, err := queueredis.New(store, queue.Options{}).Stats(ctx)
		if err != nil {
			d.Fatal(err)
		}
		if work.GivenUp > 0 {
			d.Errorf("%d errands were given up", work.GivenUp)
		}
		if work.Waiting+work.InHand+work.Scheduled == 0 {
			return
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			d.Fatalf("there is still work in hand: %+v", work)
		}
	}
}

// judge sees that everybody has one answer and nobody two, and that what was deleted is gone.
func (d *day) judge() {
	d.Helper()
	var cards, deleted, refused, unheard, late int
	for _, i := range d.shared {
		m := i.Reply()
		kind, _ := i.Answered()
		switch {
		case kind == 0:
			unheard++ // which Discord says: the application did not respond
		case d.isDeleted(i):
			deleted++
			gone := d.deleted[i]
			if kind, _ := gone.press.Answered(); kind != 0 {
				if _, there := d.discord.Message(gone.message); there {
					d.Errorf("message %s is still there", gone.message)
				}
			}
		case m == nil:
			d.Errorf("%s has no answer", i.ID)
		case isCard(m):
			cards++
		case isRefusal(m):
			refused++
		default:
			d.Errorf("%s is answered with %s", i.ID, m.Text())
		}
		if n := len(i.Followups()); n > 0 {
			d.Errorf("%s has %d answers besides its answer", i.ID, n)
		}
	}
	for _, room := range d.rooms {
		for _, m := range d.discord.Messages(room.general) {
			if m.Author.Bot && m.Interaction == nil {
				late++
			}
		}
	}
	if late > unheard {
		d.Errorf("%d messages answer nobody's interaction, where %d were not acknowledged", late, unheard)
	}
	d.Logf("%d cards, %d refused, %d not heard (%d of them answered late), %d deleted", cards, refused, unheard, late, deleted)
	if unheard > len(d.shared)/10 || cards < len(d.shared)/2 {
		d.Errorf("only %d of %d were heard, and only %d read", len(d.shared)-unheard, len(d.shared), cards)
	}
}

// largeness is how large a newsdesk is.
type largeness struct{ goroutines, heap int }

var gauge = regexp.MustCompile(`(?m)^(go_goroutines|go_memstats_heap_inuse_bytes) ([0-9.e+]+)$`)

// size asks a newsdesk how large it is.
func (r *dayReplica) size(t *testing.T) (s largeness) {
	t.Helper()
	counts, err := http.Get("http://" + r.metrics + "/metrics") //nolint:noctx // on this machine
	if err != nil {
		t.Fatal(err)
	}
	defer counts.Body.Close() //nolint:errcheck // read
	text, err := io.ReadAll(counts.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range gauge.FindAllStringSubmatch(string(text), -1) {
		value, err := strconv.ParseFloat(found[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		if found[1] == "go_goroutines" {
			s.goroutines = int(value)
		} else {
			s.heap = int(value)
		}
	}
	if s.goroutines == 0 || s.heap == 0 {
		t.Fatalf("it does not say how large it is: %s", text)
	}
	return s
}
