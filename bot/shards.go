package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/sync/errgroup"

	"newsdesk/cache"
)

// Shards says for which parts of all servers a process connects (Discord: sharding). The zero value is all of them, in
// as many parts as Discord recommends. Direct messages come to shard 0.
type Shards struct {
	Of          int // how many there are in all; 0 for as many as Discord recommends
	Fixed       bool
	First, Last int // where Fixed: those that are this process's, and never another's
}

// Replicas is what a store does for the processes of a bot that share it; see *redis.Store.
type Replicas interface {
	// Divide says that a member is there, and returns what it has of what a pool divides among its members.
	Divide(ctx context.Context, pool, member string, of int, held []cache.Lease) (cache.Portion, error)
	// Return gives leases back.
	Return(ctx context.Context, pool, member string, leases []cache.Lease, leaves bool) error
	// Allow takes a token from a bucket that all share, or says how long there is none.
	Allow(ctx context.Context, guild, name string, r cache.Rate) (wait time.Duration, err error)
}

const (
	// divideEvery is how often a process says that it is there.
	divideEvery = time.Second
	// divideTime is how long that may take, and for how long its answer holds: no longer than the store counts the
	// process as alive, for another connects after that.
	divideTime = 4 * time.Second
)

// hear keeps the connections of all shards of this process until ctx ends. What came over them is done with, or
// another hears of it, when it returns.
func (b *Bot) hear(ctx context.Context) error {
	of := b.shards.Of
	if of == 0 {
		if err := b.reach(ctx, func(ctx context.Context) error {
			g, err := b.starts.gateway(ctx, false)
			of = max(g.Shards, 1)
			return err
		}); err != nil {
			return err
		}
	}
	if b.replicas != nil && !b.shards.Fixed {
		return b.hearTogether(ctx, of)
	}
	first, last := 0, of-1
	if b.shards.Fixed {
		first, last = b.shards.First, b.shards.Last
	}
	b.holds(of, last-first+1)
	all, listening := errgroup.WithContext(ctx)
	for n := first; n <= last; n++ {
		g := b.gateway(n, of)
		all.Go(func() error { return g.keep(listening) })
	}
	err := all.Wait()
	b.close()
	return err
}

// gateway is the connection for a shard.
func (b *Bot) gateway(nth, of int) *gateway {
	return &gateway{
		token: b.session.Token, intents: b.session.Identify.Intents, shard: [2]int{nth, of}, dialer: b.session.Dialer, log: b.log,
		starts: b.starts, readyTime: b.readyTime, happens: b.happens, failed: b.waiting,
		may: func(context.Context) error { return nil }, begun: func() {},
		withheld: func() {
			b.content.Store(false)
			b.log.Warn("Message Content Intent is switched off: going on without; links in watched channels are not seen")
		},
	}
}

// newStarts is when the bot may begin sessions.
func (b *Bot) newStarts() *starts {
	allow := new(ownTurns).allow
	if b.replicas != nil {
		allow = func(ctx context.Context, key string, r cache.Rate) (time.Duration, error) {
			return b.replicas.Allow(ctx, "", key, r)
		}
	}
	return &starts{
		ask: func(ctx context.Context) (g discordgo.GatewayBotResponse, err error) {
			return g, b.call(ctx, http.MethodGet, discordgo.EndpointGatewayBot, "gateway", nil, nil, &g)
		},
		allow: allow, every: startEvery, used: b.exhausted, log: b.log,
	}
}

// together are the shards that a process has of those that it divides with others.
type together struct {
	*Bot
	pool, member string
	of           int
	running      map[int]*holding
	ended        chan *holding
	news         chan struct{}   // there are sessions that the store does not know yet
	confirmed    assurance       // when it was last sure of its shards
	settling     context.Context // ends when nothing more is done about what was heard
	settled      context.CancelFunc
}

// holding is a shard that a process has.
type holding struct {
	*gateway
	lease  cache.Lease
	stop   context.CancelFunc
	leaves bool  // it is to be given back
	lost   bool  // another has it
	err    error // that ended it
}

// now is the lease, with what the next holder is to find.
func (h *holding) now() cache.Lease {
	l := h.lease
	if s := h.session.Load(); s != nil {
		l.State = s.state()
	}
	return l
}

// hearTogether is hear where processes divide the shards: each says every second that it is there, and which session it is
// to be replaced in if it is not any more. Whoever connects is sure to be the one: who cannot ask the store keeps the
// connections that it has, and opens none.
func (b *Bot) hearTogether(ctx context.Context, of int) error {
	t := &together{Bot: b, pool: "shards", member: rand.Text(), of: of, running: map[int]*holding{}, ended: make(chan *holding), news: make(chan struct{}, 1)}
	t.settling, t.settled = context.WithCancel(b.base)
	if b.shards.Of != 0 { // those that count in another way are another bot's, as far as shards go
		t.pool = fmt.Sprint("shards of ", of)
	}
	ticker := time.NewTicker(divideEvery)
	defer ticker.Stop()
	var failed error
	for failed == nil && ctx.Err() == nil {
		t.divide(ctx)
		select {
		case <-ticker.C:
		case <-t.news:
		case h := <-t.ended:
			failed = t.end(ctx, h)
		case <-ctx.Done():
		}
	}
	return errors.Join(failed, t.goodbye(ctx))
}

// divide says that the process is there, and does what that has as its answer.
func (t *together) divide(ctx context.Context) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, divideTime)
	defer cancel()
	p, err := t.replicas.Divide(ctx, t.pool, t.member, t.of, t.leases())
	if err != nil {
		t.log.WarnContext(ctx, "not known which shards are its own", "error", err)
		return
	}
	t.confirmed.set(began)
	has := map[int]cache.Lease{}
	for _, l := range p.Leases {
		has[l.Nth] = l
	}
	for nth, h := range t.running {
		l, ok := has[nth]
		if !ok || p.Of != h.shard[1] {
			h.lost = true
			h.stop()
			continue
		}
		h.lease.Fence = l.Fence
	}
	for _, l := range p.Leases {
		if t.running[l.Nth] == nil {
			t.begin(l, p.Of)
		}
	}
	for _, h := range t.running {
		if h.leaves && !h.lost {
			p.Excess-- // is on its way
		}
	}
	for nth := p.Of - 1; nth >= 0 && p.Excess > 0; nth-- {
		if h := t.running[nth]; h != nil && !h.lost && !h.leaves {
			p.Excess--
			h.leaves = true
			h.stop()
		}
	}
	t.of = p.Of
	t.holds(p.Of, len(p.Leases))
	if len(p.Leases) == 0 {
		t.there() // others hear
	}
}

// leases are what the process has.
func (t *together) leases() (held []cache.Lease) {
	for _, h := range t.running {
		if !h.lost {
			held = append(held, h.now())
		}
	}
	return held
}

// begin takes a shard up where it was left.
func (t *together) begin(l cache.Lease, of int) {
	h := &holding{gateway: t.gateway(l.Nth, of), lease: l}
	h.passes, h.may = true, t.confirmed.wait
	h.begun = func() {
		select {
		case t.news <- struct{}{}:
		default:
		}
	}
	var left *session
	if left = sessionOf(l.State); left != nil {
		h.session.Store(left)
	}
	t.log.Info("shard taken up", "shard", l.Nth, "of", of, "fence", l.Fence, "resume", left != nil)
	ctx, stop := context.WithCancel(t.base)
	h.stop = stop
	t.running[l.Nth] = h
	go func() {
		h.err = h.keep(ctx)
		settling, cancel := context.WithTimeout(t.settling, ackTime)
		defer cancel()
		h.session.Load().settle(settling)
		t.ended <- h
	}()
}

// assurance is when a process was last sure of what it has.
type assurance struct {
	mu sync.Mutex
	at time.Time
}

func (m *assurance) set(at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at = at
}

func (m *assurance) sure() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return time.Since(m.at) < divideTime
}

// wait waits until it is sure.
func (m *assurance) wait(ctx context.Context) error {
	for !m.sure() {
		if err := sleep(ctx, divideEvery/4); err != nil {
			return err
		}
	}
	return nil
}

// end is that of a shard: it was given up, or no other try would mend it.
func (t *together) end(ctx context.Context, h *holding) error {
	h.stop()
	if h.leaves && !h.lost {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), divideTime)
		defer cancel()
		if err := t.replicas.Return(ctx, t.pool, t.member, []cache.Lease{h.now()}, false); err != nil {
			t.log.WarnContext(ctx, "shard not given back", "shard", h.shard[0], "error", err) // it is begun anew, or another's
		}
	}
	t.log.InfoContext(ctx, "shard given up", "shard", h.shard[0], "lost", h.lost, "error", h.err)
	delete(t.running, h.shard[0])
	return h.err
}

// goodbye leaves all shards, each in the state in which another can go on.
func (t *together) goodbye(ctx context.Context) error {
	for _, h := range t.running {
		h.stop()
	}
	t.close()
	t.settled()
	var left []cache.Lease
	var errs []error
	for range t.running {
		h := <-t.ended
		errs = append(errs, h.err)
		if !h.lost {
			left = append(left, h.now())
		}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), divideTime)
	defer cancel()
	if err := t.replicas.Return(ctx, t.pool, t.member, left, true); err != nil {
		t.log.WarnContext(ctx, "shards not given back", "error", err) // others take them after a while
	}
	return errors.Join(errs...)
}
