package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/article"
	"newsdesk/bot/discordtest"
	"newsdesk/cache"
	"newsdesk/cache/embedded"
	"newsdesk/desk"
	"newsdesk/queue"
	queuefile "newsdesk/queue/embedded"
)

// newsroom is a bot at work with a Discord that can be told to fail, and a press that can be stopped.
type newsroom struct {
	*discordtest.Discord
	ctx     context.Context
	guild   *discordtest.Guild
	general *discordtest.Channel
	ada     *discordtest.User
	press   press
	bot     *Bot
	store   *embedded.Store
	done    chan error   // takes what came of each errand
	ahead   atomic.Int64 // by how much everybody's clock was put forward
	there   func() bool  // whether it hears what people ask
	stop    func()       // stops the bot and waits for it
}

// press prints the page that is asked for, once it is let.
type press struct {
	asked chan string   // takes the address
	print chan struct{} // lets one page go
}

// Get returns a page with the address in its title.
func (p press) Get(ctx context.Context, address string) (article.Page, error) {
	p.asked <- address
	select {
	case <-p.print:
	case <-ctx.Done():
		return article.Page{}, ctx.Err()
	}
	return article.Page{URL: address, Body: []byte(printed(address)), ContentType: "text/html; charset=utf-8"}, nil
}

// printed is a page with its address in its title.
func printed(address string) string {
	return fmt.Sprintf(`<html lang=en><title>Ferries %[1]s</title><article><h1>Ferries %[1]s</h1>
		<p>The council of Tarnmouth voted on Monday night to bring back the night ferries, after four hours of debate.</p>
		<p>“Nobody should have to sleep in a waiting room,” said Helena Brandt, the mayor. “We close a gap tonight that we opened ourselves.”</p>
		<p>The plan passed by 14 votes to 9. The first boat leaves the harbour in May, and the last one returns at two.</p></article></html>`, address)
}

// open opens a newsroom and waits until the bot is connected.
func open(t *testing.T, config discordtest.Config, limits desk.Limits) *newsroom {
	t.Helper()
	return openWith(t, config, desk.Options{Limits: limits})
}

// openWith is open with a desk of one's own; what it lacks is added. All of it may be changed before the bot listens.
func openWith(t *testing.T, config discordtest.Config, o desk.Options, change ...func(*newsroom)) *newsroom {
	t.Helper()
	n := &newsroom{press: press{make(chan string, 100), make(chan struct{}, 100)}, done: make(chan error, 100)}
	now := func() time.Time { return time.Now().Add(time.Duration(n.ahead.Load())) }
	config.Now = now
	n.Discord = discordtest.Start(t, config)
	n.guild = n.Guild("Harbour News")
	n.general, n.ada = n.guild.Channel("general"), n.guild.Member("ada")
	store, err := embedded.Open(filepath.Join(t.TempDir(), "stories.db"))
	if err != nil {
		t.Fatal(err)
	}
	o.Store, o.Queue = store, queuefile.New(store, queue.Options{})
	if o.Fetcher == nil {
		o.Fetcher = n.press
	}
	d := desk.New(o)
	b, err := New(Options{Token: n.Token(), APIURL: n.APIURL(), Desk: d, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	n.bot, n.store = b, store
	n.there = func() bool { return n.Connected(max(config.Shards, 1)) }
	for _, c := range change {
		c(n)
	}
	ctx, halt := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() {
		if err := b.Listen(ctx); err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	working.Go(func() {
		if err := d.Work(ctx, 4, map[string]desk.Runner{Errands: func(ctx context.Context, e desk.Errand) error {
			err := b.Run(ctx, e)
			n.done <- err
			return err
		}, desk.FeedPosts: b.PostFeed}); err != nil && !errors.Is(err, context.Canceled) { // a test may be over before it has begun
			t.Error(err)
		}
	})
	n.stop = sync.OnceFunc(func() {
		halt()
		working.Wait()
		d.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { n.stop() })
	var cancel context.CancelFunc
	n.ctx, cancel = context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	if err := n.Wait(n.ctx, "connection", n.there); err != nil {
		t.Fatal(err)
	}
	return n
}

// summarize has ada ask for the summary of a page.
func (n *newsroom) summarize(page string, options discordtest.Options) *discordtest.Interaction {
	if options == nil {
		options = discordtest.Options{}
	}
	options["url"] = "https://example.org/" + page
	return n.Slash(n.general, n.ada, "summarize", options)
}

// whole waits until an answer is a whole card.
func (n *newsroom) whole(t *testing.T, i *discordtest.Interaction) *discordtest.Message {
	t.Helper()
	m, err := i.WaitFor(n.ctx, "card", isCard)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func isCard(m *discordtest.Message) bool {
	_, card := m.Find("Delete")
	return card
}

// card waits for a whole card in a channel that answers no interaction.
func (n *newsroom) card(t *testing.T, c *discordtest.Channel) *discordtest.Message {
	t.Helper()
	m, err := n.WaitMessage(n.ctx, c, func(m *discordtest.Message) bool { return m.Interaction == nil && isCard(m) })
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// said is what everybody, or the two of a direct message, read of the bot in a channel.
func (n *newsroom) said(c *discordtest.Channel) (all []string) {
	for _, m := range n.Messages(c) {
		if m.Author.Bot && !m.Thinking() {
			all = append(all, m.Text())
		}
	}
	return all
}

// Whatever goes wrong on the way to Discord, and passes, everybody has one answer.
func TestFaultsThatPass(t *testing.T) {
	callback, edit := "/callback", "PATCH /webhooks/"
	for name, fault := range map[string]discordtest.Fault{
		"the acknowledgement meets a failing server": {Route: callback, Status: http.StatusServiceUnavailable},
		"it meets a gateway without one":             {Route: callback, Status: http.StatusBadGateway},
		"its connection is cut":                      {Route: callback, Drop: true},
		"its answer is lost":                         {Route: callback, Lose: true},
		"it comes too often":                         {Route: callback, RetryAfter: 100 * time.Millisecond},
		"everything comes too often":                 {Route: callback, RetryAfter: 100 * time.Millisecond, Global: true},
		"the answer meets a failing server":          {Route: edit, Status: http.StatusInternalServerError, Times: 3},
		"the answer's connection is cut":             {Route: edit, Drop: true, Times: 2},
		"the answer's answer is lost":                {Route: edit, Lose: true, Times: 2},
		"the answer comes too often":                 {Route: edit, RetryAfter: 300 * time.Millisecond, Times: 3},
		"the answer comes too often, by its edge":    {Route: edit, Status: http.StatusTooManyRequests, Times: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := open(t, discordtest.Config{}, desk.Limits{})
			n.Fault(fault)
			n.press.print <- struct{}{}
			n.whole(t, n.summarize("page", nil))
			n.stop()
			if said := n.said(n.general); len(said) != 1 {
				t.Errorf("%d answers: %v", len(said), said)
			}
			for _, refused := range n.Refusals() {
				if !strings.Contains(refused.String(), "already been acknowledged") {
					t.Errorf("Discord refuses: %s", refused)
				}
			}
		})
	}
}

// late has ada ask for a page, and everybody's clock go forward by more than an interaction lives before it is printed.
func (n *newsroom) late(t *testing.T, options discordtest.Options) {
	t.Helper()
	i := n.summarize("page", options)
	if _, err := i.WaitAck(n.ctx); err != nil {
		t.Fatal(err)
	}
	<-n.press.asked
	n.ahead.Add(int64(16 * time.Minute))
	n.press.print <- struct{}{}
}

// After fifteen minutes an answer is a message of its own, which mentions nobody.
func TestLateAnswer(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.late(t, nil)
	if m := n.card(t, n.general); m.Ephemeral() || len(m.Mentions) > 0 {
		t.Errorf("it mentions %v", m.Mentions)
	}
}

// A private one stays private then.
func TestLatePrivateAnswer(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.late(t, discordtest.Options{"private": true})
	n.card(t, n.DM(n.ada))
	n.stop()
	if said := n.said(n.general); len(said) > 0 {
		t.Errorf("everybody sees %v", said)
	}
}

// An acknowledgement that comes after Discord has given up is no end: the answer is a message of its own.
func TestUnknownInteraction(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.Fault(discordtest.Fault{Route: "/callback", Status: http.StatusNotFound, Body: `{"message": "Unknown interaction", "code": 10062}`})
	n.summarize("page", nil)
	<-n.press.asked
	n.ahead.Add(int64(10 * time.Second)) // nobody waits for the acknowledgement any longer
	n.press.print <- struct{}{}
	n.card(t, n.general)
}

// Who deletes what the bot is thinking over wants no answer, and gets none.
func TestAnswerDeletedUnderIt(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	i := n.summarize("page", nil)
	if _, err := i.WaitAck(n.ctx); err != nil {
		t.Fatal(err)
	}
	<-n.press.asked
	n.Delete(i.Reply())
	n.press.print <- struct{}{}
	n.gone(t, "Unknown Message", 0)
}

// gone waits until Discord refused something for what it says, and sees that nothing is said besides what was.
func (n *newsroom) gone(t *testing.T, why string, before int) {
	t.Helper()
	if err := n.Wait(n.ctx, why, func() bool {
		for _, refused := range n.Refusals() {
			if strings.Contains(refused.String(), why) {
				return true
			}
		}
		return false
	}); err != nil {
		t.Fatal(err)
	}
	n.stop()
	if said := n.said(n.general); len(said) != before {
		t.Errorf("it says %v", said)
	}
}

// A channel that is deleted takes its answers with it.
func TestChannelDeletedUnderIt(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.press.print <- struct{}{}
	card := n.whole(t, n.summarize("page", nil))
	n.Fault(discordtest.Fault{Route: "POST /channels", Stall: time.Second, Status: http.StatusServiceUnavailable})
	n.Post(n.general, n.ada, "What did Brandt say about a waiting room?", card)
	if err := n.Wait(n.ctx, "answer", func() bool { return len(n.Calls("POST /channels/{channel}/messages")) > 0 }); err != nil {
		t.Fatal(err)
	}
	n.general.Delete()
	n.gone(t, "Unknown Channel", 1)
}

// Where the bot may not write, the one who asked gets the answer, and the owner hears which permission is missing, once.
func TestMissingPermissions(t *testing.T) {
	for name, c := range map[string]struct {
		everyone []uint64
		missing  string
	}{
		"to write":        {[]uint64{discordtest.ViewChannel, discordtest.ReadMessageHistory, discordtest.UseApplicationCommands}, "Send Messages"},
		"to see what was": {[]uint64{discordtest.ViewChannel, discordtest.SendMessages, discordtest.UseApplicationCommands}, "Read Message History"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := open(t, discordtest.Config{}, desk.Limits{})
			n.press.print <- struct{}{}
			card := n.whole(t, n.summarize("page", nil))
			n.guild.Everyone(c.everyone...)
			n.guild.BotPermissions()
			n.guild.Join(n.ada, discordtest.SendMessages, discordtest.ReadMessageHistory)
			for range 2 {
				n.Post(n.general, n.ada, "What did Brandt say about a waiting room?", card)
			}
			hers := n.DM(n.ada)
			if err := n.Wait(n.ctx, "answers to ada", func() bool { return len(n.said(hers)) == 4 }); err != nil {
				t.Fatal(err)
			}
			said := strings.Join(n.said(hers), "\n")
			if strings.Count(said, "lacks a permission there: "+c.missing) != 2 || strings.Count(said, "> “Nobody should have to sleep in a waiting room") != 2 {
				t.Errorf("ada is told %q", said)
			}
			n.stop()
			owner := n.DM(n.guild.Owner())
			if said := n.said(owner); len(said) != 1 || !strings.Contains(said[0], c.missing) || !strings.Contains(said[0], "Harbour News") {
				t.Errorf("the owner is told %q", said)
			}
		})
	}
}

// Where only its pictures are not allowed, the answer comes without them, and the owner hears which permission that is.
func TestMissingAttachFiles(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.press.print <- struct{}{}
	n.whole(t, n.summarize("page", nil))
	<-n.done
	n.guild.Everyone(discordtest.ViewChannel, discordtest.ReadMessageHistory, discordtest.SendMessages, discordtest.UseApplicationCommands)
	n.guild.BotPermissions()
	n.expire()
	n.Slash(n.general, n.ada, "speakers", nil)
	m, err := n.WaitMessage(n.ctx, n.general, func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "Who was quoted most") })
	if err != nil || len(m.Attachments) > 0 || !strings.Contains(m.Text(), "Helena Brandt") {
		t.Fatalf("%v, %v", m, err)
	}
	n.stop()
	if said := n.said(n.DM(n.guild.Owner())); len(said) != 1 || !strings.Contains(said[0], "Attach Files") || strings.Contains(said[0], "Send Messages") {
		t.Errorf("the owner is told %q", said)
	}
	if said := n.said(n.DM(n.ada)); len(said) > 0 {
		t.Errorf("ada is told %q", said)
	}
}

// Of bots that share a store one tells the owner, and the other does not tell it again.
func TestOwnerIsToldByOne(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	other, err := New(Options{Token: n.Token(), APIURL: n.APIURL(), Desk: n.bot.desk, Now: n.bot.now})
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range []*Bot{n.bot, other, n.bot} {
		e := errand{By: n.ada.ID, Reply: reply{ID: fmt.Sprint("1", i), Channel: n.general.ID, Server: n.guild.ID}}
		if err := b.tellOwner(n.ctx, e, "bot.forbidden.owner", "bot.permission.send"); err != nil {
			t.Fatal(err)
		}
	}
	if said := n.said(n.DM(n.guild.Owner())); len(said) != 1 {
		t.Errorf("the owner is told %q", said)
	}
}

// Who asks too often is told so alone, and when to come again; the others are not.
func TestTooOften(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{Member: cache.Rate{Burst: 2, Every: time.Hour}})
	n.press.print <- struct{}{}
	card := n.whole(t, n.summarize("page", nil))
	n.whole(t, n.Click(n.ada, card, "Shorter"))
	m, err := n.summarize("page", nil).WaitReply(n.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !m.Ephemeral() || !strings.Contains(m.Text(), "Try again in 60 minutes") {
		t.Errorf("she is told, for all to see or not (%v): %s", !m.Ephemeral(), m.Text())
	}
	n.Post(n.general, n.ada, "What did Brandt say about a waiting room?", card)
	if _, err := n.WaitMessage(n.ctx, n.DM(n.ada), func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "Try again in 60 minutes") }); err != nil {
		t.Error(err)
	}
	ben := n.guild.Member("ben")
	if m, err := n.Slash(n.general, ben, "quotes", discordtest.Options{"speaker": "Brandt"}).WaitReply(n.ctx); err != nil || !strings.Contains(m.Text(), "sleep in a waiting room") {
		t.Errorf("ben is told %v, %v", m, err)
	}
}
