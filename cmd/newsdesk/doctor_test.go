package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsdesk/cache/embedded"
	"newsdesk/queue"
	embeddedqueue "newsdesk/queue/embedded"
)

// TestDoctorOnTheQueue: doctor says what work is in hand, and warns of what was given up; of an empty queue it is silent.
func TestDoctorOnTheQueue(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stories.db")
	finding := func() string {
		t.Helper()
		var out strings.Builder
		p := &program{in: strings.NewReader(""), out: &out, errors: &out, now: time.Now, getenv: func(string) string { return "" }}
		if code := p.run(t.Context(), []string{"doctor", "--store", path}); code != 0 {
			t.Fatalf("code %d:\n%s", code, &out)
		}
		for line := range strings.Lines(out.String()) {
			if strings.Contains(line, " Store ") {
				return line
			}
		}
		t.Fatalf("nothing of the store:\n%s", &out)
		return ""
	}
	work := func(do func(*embeddedqueue.Queue)) {
		t.Helper()
		store, err := embedded.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		do(embeddedqueue.New(store, queue.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil))}))
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	add := func(q *embeddedqueue.Queue, task queue.Task) {
		t.Helper()
		if added, err := q.Add(t.Context(), task); err != nil || !added {
			t.Fatal(added, err)
		}
	}
	if line := finding(); !strings.HasPrefix(line, "✓") || strings.Contains(line, "Work in hand") {
		t.Errorf("nothing to do: %s", line)
	}
	work(func(q *embeddedqueue.Queue) {
		add(q, queue.Task{ID: "hopeless", Kind: "test"})
		ctx, stop := context.WithCancel(t.Context())
		err := q.Work(ctx, 1, func(context.Context, queue.Try) error {
			stop()
			return queue.GiveUp(errors.New("a test's"))
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	if line := finding(); !strings.HasPrefix(line, "!") || !strings.Contains(line, "1 request was given up") {
		t.Errorf("one was given up: %s", line)
	}
	work(func(q *embeddedqueue.Queue) {
		add(q, queue.Task{ID: "now", Kind: "test"})
		add(q, queue.Task{ID: "tomorrow", Kind: "test", At: time.Now().Add(24 * time.Hour)})
	})
	if line := finding(); !strings.Contains(line, "Work in hand: 1 waiting, 0 being done, 1 for later.") {
		t.Errorf("two wait: %s", line)
	}
}
