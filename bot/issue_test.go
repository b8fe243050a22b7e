package bot

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/article"
	"newsdesk/bot/discordtest"
	"newsdesk/cache"
	"newsdesk/cache/embedded"
	"newsdesk/cache/redis"
	"newsdesk/cache/redis/redistest"
	"newsdesk/desk"
	"newsdesk/digest"
	"newsdesk/queue"
	queuefile "newsdesk/queue/embedded"
	queueredis "newsdesk/queue/redis"
	"newsdesk/summarize"
)

// sundial is the time of everybody in a test, which moves when the test says so.
type sundial struct{ micros atomic.Int64 }

func (c *sundial) now() time.Time   { return time.UnixMicro(c.micros.Load()).UTC() }
func (c *sundial) set(at time.Time) { c.micros.Store(at.UnixMicro()) }

// replica is a process of newsdesk that looks after schedules and posts digests, as far as the world can tell: all that
// it does goes over connections, and when these are gone, so is it.
type replica struct {
	desk *desk.Desk
	bot  *Bot
	line *lifeline
	kill func() // no goodbye: from now on nothing that it does reaches anybody
	wait func() // until nothing of it is left; it must be dead, or stopped
	stop func() // as a process is told to
	// dieAfter kills it when its Redis has said so many bytes more.
	dieAfter func(bytes int)
}

// lifeline is a replica's way to Discord.
type lifeline struct {
	ctx  context.Context // ends with the replica
	next http.RoundTripper

	mu            sync.Mutex
	before, after func(*http.Request) // see on
}

// on has functions called before each request is made and after it was answered, nil for none; whatever they do to the
// replica happens then.
func (l *lifeline) on(before, after func(*http.Request)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.before, l.after = before, after
}

// RoundTrip makes a request if the replica lives, and returns the answer if it still does.
func (l *lifeline) RoundTrip(r *http.Request) (*http.Response, error) {
	l.mu.Lock()
	before, after := l.before, l.after
	l.mu.Unlock()
	if before != nil {
		before(r)
	}
	if l.ctx.Err() != nil {
		return nil, errDead
	}
	resp, err := l.next.RoundTrip(r)
	if after != nil {
		after(r)
	}
	if l.ctx.Err() != nil {
		if err == nil {
			_ = resp.Body.Close()
		}
		return nil, errDead
	}
	return resp, err
}

// lives reports whether nobody has killed it.
func (r *replica) lives() bool { return r.line.ctx.Err() == nil }

var errDead = errors.New("the process is dead")

// The times of a queue in these tests: a lease is what they wait for when a replica was killed with something in hand.
// It is the world's time, as in a Redis: the clock of the test may stand still.
func quick() queue.Options {
	return queue.Options{Lease: time.Second, Grace: 50 * time.Millisecond, Pause: func(int) time.Duration { return time.Millisecond }}
}

// newReplica starts a replica on a store. cut takes the store away from it, for good.
func newReplica(t *testing.T, d *discordtest.Discord, c *sundial, store desk.Store, q desk.Queue, cut func()) *replica {
	t.Helper()
	r := &replica{desk: desk.New(desk.Options{Store: store, Queue: q, Now: c.now})}
	b, err := New(Options{Token: d.Token(), APIURL: d.APIURL(), Desk: r.desk, Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	r.bot = b
	dead, die := context.WithCancel(context.Background())
	r.line = &lifeline{ctx: dead, next: b.session.Client.Transport}
	b.session.Client.Transport = r.line
	working, halt := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		for { // a Redis that is away when it begins ends it
			err := r.desk.Work(working, 8, map[string]desk.Runner{desk.Digests: r.desk.Issues(b), Errands: b.Run})
			if working.Err() != nil || dead.Err() != nil {
				return
			}
			if err == nil || !desk.Passing(err) {
				t.Errorf("worked until %v", err)
				return
			}
		}
	})
	running.Go(func() {
		ticker := time.NewTicker(20 * time.Millisecond) // as often as the clock may move
		defer ticker.Stop()
		for {
			if err := r.desk.Look(working); err != nil && working.Err() == nil && dead.Err() == nil && !desk.Passing(err) {
				t.Errorf("looked: %v", err)
			}
			select {
			case <-ticker.C:
			case <-working.Done():
				return
			}
		}
	})
	r.kill = sync.OnceFunc(func() { die(); cut(); halt() })
	r.wait = sync.OnceFunc(func() {
		running.Wait()
		r.desk.Close()
		b.halt()
		r.line.next.(*rebase).next.(*http.Transport).CloseIdleConnections()
	})
	r.stop = func() { halt(); r.wait() }
	t.Cleanup(func() { r.stop(); die() })
	return r
}

// onRedis starts a replica that has a Redis to itself and all others.
func onRedis(t *testing.T, d *discordtest.Discord, c *sundial, server *redistest.Server) *replica {
	t.Helper()
	proxy := redistest.Between(t, server)
	store, err := redis.Open(t.Context(), redis.Options{URL: proxy.URL()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() }) // maybe cut off
	r := newReplica(t, d, c, store, queueredis.New(store, quick()), proxy.Close)
	r.dieAfter = func(bytes int) { proxy.CloseAfter(bytes, r.kill) }
	return r
}

// onFile starts a replica on a file. Killed, it holds nothing of it: what it has open is closed under its hands.
func onFile(t *testing.T, d *discordtest.Discord, c *sundial, path string) *replica {
	t.Helper()
	store, err := embedded.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() }) // maybe once more
	return newReplica(t, d, c, store, queuefile.New(store, quick()), func() { _ = store.Close() })
}

// report is a made-up article, which has no more in common with any other than its outlet: nobody takes two of them for
// one story. It is told from them by its address.
func report(name string) cache.Story {
	dice := rand.New(rand.NewChaCha8(sha256.Sum256([]byte(name))))
	said := func(n int) string {
		var words []string
		for range n {
			word := ""
			for range 2 + dice.IntN(3) {
				word += string("bdfgklmnprstvz"[dice.IntN(14)]) + string("aeiou"[dice.IntN(5)])
			}
			words = append(words, word)
		}
		return strings.Join(words, " ")
	}
	title, text, address := said(4), said(20)+".", "https://example.org/"+name
	return cache.Story{
		Article: article.Article{URL: address, CanonicalURL: address, Title: title, Site: "Harbour Post", Text: text, Language: "en",
			Paragraphs: []article.Paragraph{{Span: article.Span{End: len(text)}, Kind: article.Text}}},
		Summary: summarize.Summary{Method: summarize.Extractive, Points: []summarize.Point{{Text: text}}},
	}
}

// desked is one server with a digest every day at nine in Berlin, on a file.
type desked struct {
	*testing.T
	*discordtest.Discord
	sundial
	ctx     context.Context
	path    string
	store   *embedded.Store // of the test
	guild   *discordtest.Guild
	channel *discordtest.Channel
	ada     *discordtest.User // who set it
	set     desk.Scheduled
	filed   int
}

// nine is nine o'clock in Berlin on a day of March 2026.
func nine(day int) time.Time {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return time.Date(2026, 3, day, 9, 0, 0, 0, berlin)
}

func newDesked(t *testing.T) *desked {
	t.Helper()
	n := &desked{T: t, path: filepath.Join(t.TempDir(), "stories.db")}
	n.sundial.set(nine(2).Add(-time.Hour))
	n.Discord = discordtest.Start(t, discordtest.Config{Now: n.now})
	n.guild = n.Guild("Harbour News")
	n.channel, n.ada = n.guild.Channel("news"), n.guild.Member("ada")
	var cancel context.CancelFunc
	n.ctx, cancel = context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	store, err := embedded.Open(n.path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	n.store = store
	times, err := digest.ParseTimes("09:00", "Europe/Berlin", "daily")
	if err != nil {
		t.Fatal(err)
	}
	n.set, err = n.desk().SetSchedule(n.ctx, n.guild.ID, desk.Schedule{Channel: n.channel.ID, Times: times, By: n.ada.ID})
	if err != nil {
		t.Fatal(err)
	}
	n.file()
	return n
}

// desk is the test's own look at the store.
func (n *desked) desk() *desk.Desk { return desk.New(desk.Options{Store: n.store, Now: n.now}) }

// start starts a replica.
func (n *desked) start() *replica { return onFile(n.T, n.Discord, &n.sundial, n.path) }

// file files the next article, now.
func (n *desked) file() {
	n.Helper()
	n.filed++
	if _, err := n.store.Put(n.ctx, report(fmt.Sprintf("plan-%d", n.filed)), cache.Share{Guild: n.guild.ID, By: n.ada.ID, At: n.now()}); err != nil {
		n.Fatal(err)
	}
}

// posts waits until there are as many digests in a channel, and until it is remembered up to when they tell.
func (n *desked) posts(c *discordtest.Channel, want int) []*discordtest.Message {
	n.Helper()
	if err := n.Wait(n.ctx, fmt.Sprintf("%d posts", want), func() bool { return len(n.Messages(c)) >= want }); err != nil {
		n.Fatal(err)
	}
	posts := n.Messages(c)
	if len(posts) != want {
		n.Fatalf("%d posts, want %d", len(posts), want)
	}
	return posts
}

// done waits until the schedule is appointed to its next moment: all before it is done with.
func (n *desked) done() desk.Scheduled {
	n.Helper()
	for {
		agenda, err := n.store.Agenda(n.ctx, desk.Digests, n.now().AddDate(1, 0, 0), 0)
		if err != nil {
			n.Fatal(err)
		}
		all, err := n.desk().Schedules(n.ctx, n.guild.ID)
		if err != nil || len(all) != 1 {
			n.Fatalf("%v, %v", all, err)
		}
		if len(agenda) == 0 && all[0].Stopped || len(agenda) == 1 && agenda[0].At.Equal(all[0].Next) {
			return all[0]
		}
	}
}

// says checks what a post says, and what not.
func (n *desked) says(m *discordtest.Message, what string, not ...string) {
	n.Helper()
	if !strings.Contains(m.Text(), what) {
		n.Errorf("%q is not in %s", what, m.Text())
	}
	for _, no := range not {
		if strings.Contains(m.Text(), no) {
			n.Errorf("%q is in %s", no, m.Text())
		}
	}
}

// What stands in a digest that is late, and in one before which others are missing.
const (
	saysLate   = "when I was away"
	saysMissed = "could not be posted"
)

func TestDigestIsPosted(t *testing.T) {
	n := newDesked(t)
	eve, ben := n.guild.Member("eve"), n.guild.Member("ben")
	if _, err := n.desk().Subscribe(n.ctx, n.guild.ID, n.set.ID, eve.ID, "en"); err != nil {
		t.Fatal(err)
	}
	one, other := n.start(), n.start()
	n.sundial.set(nine(2))
	m := n.posts(n.channel, 1)[0]
	n.says(m, "/plan-1)", saysLate, saysMissed)
	n.says(n.posts(n.DM(eve), 1)[0], "/plan-1)")
	set := n.done()
	if set.Message != m.ID || set.ToldIn != n.channel.ID || !set.Told.Equal(nine(2)) || !set.Next.Equal(nine(3)) {
		t.Errorf("remembered: %+v", set)
	}

	// Nothing was shared: nothing is posted. Then something was.
	n.sundial.set(nine(3))
	n.done()
	n.file()
	n.sundial.set(nine(4))
	n.says(n.posts(n.channel, 2)[1], "/plan-2)", "/plan-1)", saysLate, saysMissed)
	direct := n.posts(n.DM(eve), 2)[1]
	n.done()
	one.stop()
	other.stop()
	for _, call := range n.Refusals() {
		t.Error(call)
	}

	// Below it one subscribes, and stops.
	b := onFile(t, n.Discord, &n.sundial, n.path)
	ctx, halt := context.WithCancel(n.ctx)
	var listening sync.WaitGroup
	listening.Go(func() { _ = b.bot.Listen(ctx) })
	defer listening.Wait()
	defer halt()
	if err := n.Wait(n.ctx, "connection", func() bool { return n.Connected(1) }); err != nil {
		t.Fatal(err)
	}
	for _, press := range []struct {
		who    *discordtest.User
		on     *discordtest.Message
		button string
		says   string
		gets   int
	}{
		{ben, m, "Send it to me", "from now on", 1},
		{ben, m, "Send it to me", "already", 1},
		{eve, direct, "Stop sending", "no more", 0},
	} {
		answer, err := n.Click(press.who, press.on, press.button).WaitFor(n.ctx, press.says, func(m *discordtest.Message) bool { return strings.Contains(m.Text(), press.says) })
		if err != nil || !answer.Ephemeral() {
			t.Errorf("%s: %v, %v", press.button, answer, err)
		}
		if ids, err := n.desk().Subscriptions(n.ctx, n.guild.ID, press.who.ID); err != nil || len(ids) != press.gets {
			t.Errorf("%s: gets %v, %v", press.button, ids, err)
		}
	}
}

// A process that dies when its post has arrived and nobody knows of it, or before it has: there is one post in the end,
// also where the next process comes hours later, when Discord has forgotten the nonce, and much was written since.
func TestDigestKilledAroundThePost(t *testing.T) {
	for name, test := range map[string]struct {
		arrived bool
		later   time.Duration
		says    string
	}{
		"arrived, and at once":          {true, 0, ""},
		"arrived, and an hour later":    {true, time.Hour, ""},
		"arrived, and four hours later": {true, 4 * time.Hour, ""},
		"on its way, and at once":       {false, 0, ""},
		"on its way, and an hour later": {false, time.Hour, saysLate},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newDesked(t)
			eve := n.guild.Member("eve")
			if _, err := n.desk().Subscribe(n.ctx, n.guild.ID, n.set.ID, eve.ID, ""); err != nil {
				t.Fatal(err)
			}
			first, died := n.start(), make(chan struct{})
			dies := func(r *http.Request) {
				if r.Method == http.MethodPost && strings.Contains(r.URL.Path, "/channels/"+n.channel.ID+"/messages") {
					first.kill()
					select {
					case <-died:
					default:
						close(died)
					}
				}
			}
			if test.arrived {
				first.line.on(nil, dies)
			} else {
				first.line.on(dies, nil)
			}
			n.sundial.set(nine(2))
			<-died
			first.wait()
			for i := range 150 {
				n.Post(n.channel, n.ada, "talk "+strconv.Itoa(i))
			}
			n.sundial.set(nine(2).Add(test.later))
			n.start()
			set := n.done()
			var posts []*discordtest.Message
			for _, m := range n.Messages(n.channel) {
				if m.Author.ID == n.Bot().ID {
					posts = append(posts, m)
				}
			}
			if len(posts) != 1 || set.Message != posts[0].ID || !set.Told.Equal(nine(2)) {
				t.Fatalf("%d posts, remembered %+v", len(posts), set)
			}
			n.says(posts[0], "/plan-1)")
			n.says(posts[0], test.says)
			if test.later <= desk.DefaultLateness {
				n.posts(n.DM(eve), 1)
			}
			for _, call := range n.Refusals() {
				t.Error(call)
			}
		})
	}
}

// Nobody is there when it is due: it is posted late, and says so, or skipped, and the next one says so and tells all.
func TestDigestHoursLate(t *testing.T) {
	n := newDesked(t)
	n.sundial.set(nine(2).Add(2*time.Hour + 59*time.Minute))
	r := n.start()
	n.says(n.posts(n.channel, 1)[0], saysLate, saysMissed)
	n.done()
	r.stop()
	n.file()
	n.sundial.set(nine(3).Add(3*time.Hour + time.Minute))
	n.file()
	r = n.start()
	if set := n.done(); !set.Told.Equal(nine(2)) {
		t.Errorf("skipped: %+v", set)
	}
	n.sundial.set(nine(4))
	m := n.posts(n.channel, 2)[1]
	n.says(m, "/plan-2)", saysLate)
	n.says(m, "/plan-3)")
	n.says(m, "1 digest before this one")
	n.done()
	r.stop()

	// Days without anybody are one gap.
	n.file()
	n.sundial.set(nine(9).Add(time.Minute))
	n.start()
	m = n.posts(n.channel, 3)[2]
	n.says(m, "4 digests before this one")
	n.says(m, saysLate)
	n.done()
}

// A channel that takes nothing: who set the schedule hears of it each day, and that it stops after the third. Set anew
// it goes on.
func TestDigestChannelTakesNothing(t *testing.T) {
	for name, test := range map[string]struct {
		close func(*desked)
		says  string
	}{
		"gone": {func(n *desked) { n.channel.Delete() }, "its channel is gone"},
		"locked": {func(n *desked) {
			n.guild.BotPermissions(discordtest.ViewChannel)
			n.guild.Everyone(discordtest.ViewChannel)
		}, "I lack a permission there: Send Messages"},
		"hidden": {func(n *desked) { n.guild.BotPermissions(discordtest.ReadMessageHistory); n.guild.Everyone() }, "View Channel"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newDesked(t)
			test.close(n)
			n.start()
			direct := n.DM(n.ada)
			for day := 1; day <= 3; day++ {
				n.sundial.set(nine(1 + day))
				set := n.done()
				m := n.posts(direct, day)[day-1]
				n.says(m, test.says)
				if set.Refused != day || set.Stopped != (day == 3) {
					t.Errorf("day %d: %+v", day, set)
				}
				if stops := strings.Contains(m.Text(), "so I stop"); stops != set.Stopped {
					t.Errorf("day %d: %s", day, m.Text())
				}
				n.file()
			}
			n.sundial.set(nine(5))
			if set := n.done(); !set.Next.IsZero() {
				t.Errorf("stopped, and next %v", set.Next)
			}
			other := n.guild.Channel("other")
			n.guild.BotPermissions(discordtest.ViewChannel, discordtest.SendMessages)
			s := n.set.Schedule
			s.Channel = other.ID
			if set, err := n.desk().SetSchedule(n.ctx, n.guild.ID, s); err != nil || set.Stopped || !set.Next.Equal(nine(6)) {
				t.Fatalf("%+v, %v", set, err)
			}
			n.file()
			n.sundial.set(nine(6))
			n.says(n.posts(other, 1)[0], "/plan-5)", "/plan-4)", saysMissed, saysLate)
			n.posts(direct, 3)
		})
	}
}

// A reader who takes no messages, or has left the server, is sent none any more, and keeps nobody else from theirs.
func TestDigestReaders(t *testing.T) {
	n := newDesked(t)
	shut, gone, eve := n.guild.Member("shut"), n.User("gone"), n.guild.Member("eve")
	shut.NoDMs = true
	for _, u := range []*discordtest.User{shut, gone, eve} {
		if _, err := n.desk().Subscribe(n.ctx, n.guild.ID, n.set.ID, u.ID, ""); err != nil {
			t.Fatal(err)
		}
	}
	n.start()
	for day := 1; day <= 3; day++ {
		n.sundial.set(nine(1 + day))
		n.posts(n.DM(eve), day)
		set := n.done()
		if want := map[int]int{1: 2, 2: 2, 3: 1}[day]; set.Readers != want {
			t.Errorf("day %d: %d readers, want %d", day, set.Readers, want)
		}
		n.file()
	}
	if m := n.Messages(n.DM(gone)); len(m) > 0 {
		t.Errorf("who left is sent %v", m)
	}
}

// Redis is away when it is due: it is posted when Redis is back.
func TestDigestRedisAway(t *testing.T) {
	server := redistest.Start(t)
	n := newDesked(t) // its Discord and its clock
	store, err := redis.Open(t.Context(), redis.Options{URL: server.URL()})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // of the test
	own := desk.New(desk.Options{Store: store, Now: n.now})
	if _, err := own.SetSchedule(n.ctx, n.guild.ID, desk.Schedule{Channel: n.channel.ID, Times: n.set.Times, By: n.ada.ID, Empty: true}); err != nil {
		t.Fatal(err)
	}
	onRedis(t, n.Discord, &n.sundial, server)
	onRedis(t, n.Discord, &n.sundial, server)
	server.Kill()
	n.sundial.set(nine(2))
	n.sundial.set(nine(2).Add(20 * time.Minute))
	server.Restart()
	n.says(n.posts(n.channel, 1)[0], saysLate, saysMissed)
	n.sundial.set(nine(3))
	n.says(n.posts(n.channel, 2)[1], "Nothing was shared", saysLate, saysMissed)
}
