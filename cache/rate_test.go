package cache

import (
	"testing"
	"time"
)

func TestRate(t *testing.T) {
	r := Rate{Burst: 3, Every: 10 * time.Second}
	now := time.Date(2026, time.March, 10, 9, 0, 0, 0, time.UTC)
	full := time.Time{}
	for i, step := range []struct {
		after, wait time.Duration
	}{
		{0, 0}, {0, 0}, {0, 0},
		{0, 10 * time.Second},
		{4 * time.Second, 6 * time.Second},
		{6 * time.Second, 0},
		{0, 10 * time.Second},
		{time.Hour, 0}, {0, 0}, {0, 0}, // no more than three, however long it was
		{0, 10 * time.Second},
		{-time.Hour, 10 * time.Second}, // the clock was put back
		{10 * time.Second, 0},
	} {
		now = now.Add(step.after)
		var wait time.Duration
		if full, wait = r.Take(full, now); wait != step.wait {
			t.Errorf("step %d: wait %v, want %v", i, wait, step.wait)
		}
	}
}
