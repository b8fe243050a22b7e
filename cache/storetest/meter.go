package storetest

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/cache"
)

// testAllow: a bucket gives what it holds and no more, whoever takes it and however many at once.
func testAllow(t *testing.T, d Driver) {
	s := d.Open(t)
	other := d.Beside(t, s)
	r := cache.Rate{Burst: 5, Every: time.Hour}
	var given atomic.Int64
	var all sync.WaitGroup
	for i := range 12 {
		from := []Store{s, other}[i%2]
		all.Go(func() {
			wait, err := from.Allow(t.Context(), "g1", "member 1", r)
			if err != nil {
				t.Error(err)
			}
			if wait == 0 {
				given.Add(1)
			} else if wait > time.Hour || wait < 50*time.Minute {
				t.Errorf("wait %v, want up to an hour", wait)
			}
		})
	}
	all.Wait()
	if given.Load() != 5 {
		t.Errorf("%d were given, want 5", given.Load())
	}
	for guild, name := range map[string]string{"g1": "member 2", "g2": "member 1"} {
		if wait, err := s.Allow(t.Context(), guild, name, r); wait != 0 || err != nil {
			t.Errorf("%s of %s shares a bucket: %v, %v", name, guild, wait, err)
		}
	}
	for range 20 {
		if wait, err := s.Allow(t.Context(), "g1", "free", cache.Rate{}); wait != 0 || err != nil {
			t.Errorf("without a limit: %v, %v", wait, err)
		}
	}
	// It drips: after as long as it said, there is one.
	quick := cache.Rate{Burst: 1, Every: 300 * time.Millisecond}
	if wait, err := s.Allow(t.Context(), "g1", "quick", quick); wait != 0 || err != nil {
		t.Fatal(wait, err)
	}
	for taken := time.Now(); ; {
		wait, err := other.Allow(t.Context(), "g1", "quick", quick)
		if err != nil {
			t.Fatal(err)
		}
		if wait == 0 {
			if time.Since(taken) < quick.Every/2 {
				t.Error("it was full at once")
			}
			return
		}
		<-time.After(wait)
	}
}

// testCount: counters add up among all who count, and end.
func testCount(t *testing.T, d Driver) {
	s := d.Open(t)
	other := d.Beside(t, s)
	tomorrow := time.Now().Add(24 * time.Hour)
	for i, step := range []struct {
		guild    string
		add, sum int
	}{{"g1", 0, 0}, {"g1", 5, 5}, {"g1", 7, 12}, {"g2", 1, 1}, {"", 3, 3}, {"g1", 0, 12}, {"", 0, 3}} {
		if total, err := []Store{s, other}[i%2].Count(t.Context(), step.guild, "tokens 2026-03-10", step.add, tomorrow); err != nil || total != step.sum {
			t.Errorf("step %d: %d, %v; want %d", i, total, err, step.sum)
		}
	}
	if _, err := s.Count(t.Context(), "g1", "over", 5, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if total, err := s.Count(t.Context(), "g1", "over", 0, tomorrow); err != nil || total != 0 {
		t.Errorf("a counter whose time has come says %d, %v", total, err)
	}
}
