package bot

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/cache/redis"
	"newsdesk/cache/redis/redistest"
	"newsdesk/desk"
)

// A process that is to have certain shards connects for these alone.
func TestFixedShards(t *testing.T) {
	d := discordtest.Start(t)
	b, err := New(Options{Token: d.Token(), APIURL: d.APIURL(), Desk: desk.New(desk.Options{}), Shards: Shards{Of: 5, Fixed: true, First: 2, Last: 3}})
	if err != nil {
		t.Fatal(err)
	}
	b.starts.every = time.Millisecond
	var me Me
	told := make(chan struct{})
	b.connected = func(m Me) { me = m; close(told) }
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- b.Listen(ctx) }()
	waitFor(t, d, "two shards", func() bool { return d.Connected(2) })
	<-told
	if me.Shards != 5 || me.Held != 2 {
		t.Errorf("it says that it has %d of %d", me.Held, me.Shards)
	}
	for n, s := range d.Sessions() {
		if s.Shard != n+2 || s.Shards != 5 {
			t.Errorf("it has shard %d of %d", s.Shard, s.Shards)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func waitFor(t *testing.T, d *discordtest.Discord, what string, is func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := d.Wait(ctx, what, is); err != nil {
		t.Fatal(err)
	}
}

// shareholder is one of several bots that share a Redis.
type shareholder struct {
	*Bot
	stop func()
}

func startShareholder(t *testing.T, d *discordtest.Discord, url string) *shareholder {
	t.Helper()
	store, err := redis.Open(t.Context(), redis.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	dk := desk.New(desk.Options{Store: store})
	b, err := New(Options{Token: d.Token(), APIURL: d.APIURL(), Replicas: store, Desk: dk, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	b.starts.every = time.Millisecond
	told := make(chan struct{})
	b.connected = func(Me) { close(told) }
	ctx, halt := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- b.Listen(ctx) }()
	r := &shareholder{Bot: b, stop: sync.OnceFunc(func() {
		halt()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		dk.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})}
	t.Cleanup(r.stop)
	<-told
	return r
}

// has waits until a replica knows that it has so many shards.
func (r *shareholder) has(t *testing.T, want int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		r.mu.Lock()
		held := r.me.Held
		r.mu.Unlock()
		if held == want {
			return
		}
		if err := sleep(ctx, 10*time.Millisecond); err != nil {
			t.Fatalf("it has %d shards, want %d", held, want)
		}
	}
}

// Replicas have as many shards each as whole ones can be shared out; who joins gets some of the others', who leaves has
// the others go on with their sessions, and each shard has one session at any time, which misses nothing.
func TestReplicasDivideShards(t *testing.T) {
	d := discordtest.Start(t, discordtest.Config{Shards: 4, MaxConcurrency: 4})
	server := redistest.Start(t, "--appendonly", "no")
	one := startShareholder(t, d, server.URL())
	waitFor(t, d, "one with all", func() bool { return d.Connected(4) })
	var sessions []string
	ids := func() (ids []string) {
		for _, s := range d.Sessions() {
			ids = append(ids, s.ID)
		}
		return ids
	}
	sessions = ids()
	two := startShareholder(t, d, server.URL())
	resumed := func(n int) func() bool {
		return func() bool {
			times := 0
			for _, e := range d.Log() {
				if e.What == "resume" && e.OK {
					times++
				}
			}
			return times >= n && d.Connected(4)
		}
	}
	waitFor(t, d, "two with two each", resumed(2))
	one.has(t, 2)
	two.has(t, 2)
	// Nobody is there for a moment who would hear what is asked.
	g := d.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	one.stop()
	i := d.Slash(general, ada, "help", nil)
	waitFor(t, d, "the other with all", resumed(4))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := i.WaitReply(ctx); err != nil {
		t.Error(err)
	}
	if now := ids(); !slices.Equal(now, sessions) {
		t.Errorf("the sessions %v are now %v", sessions, now)
	}
	two.stop()
	three := startShareholder(t, d, server.URL())
	waitFor(t, d, "the sessions of who left before", resumed(8))
	three.has(t, 4)
}

// While the store is away, connections stay, and none is opened; when it is back, so are they.
func TestReplicaWithoutStore(t *testing.T) {
	d := discordtest.Start(t, discordtest.Config{Shards: 2, MaxConcurrency: 2})
	server := redistest.Start(t)
	r := startShareholder(t, d, server.URL())
	waitFor(t, d, "all", func() bool { return d.Connected(2) })
	sure := &assurance{}
	if err := sure.wait(canceled(t)); err == nil {
		t.Error("it is sure of what it never had")
	}
	server.Kill()
	d.HangUp(0, 1)
	waitFor(t, d, "an end", func() bool { return !d.Connected(2) })
	server.Restart()
	waitFor(t, d, "all again", func() bool { return d.Connected(2) })
	r.has(t, 2)
}

func canceled(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
