package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"newsdesk/cache"
	"newsdesk/cache/embedded"
	"newsdesk/queue"
	queuefile "newsdesk/queue/embedded"
	"newsdesk/summarize"
)

// withQueue is a desk as a process has it that works on the file at path.
func withQueue(t *testing.T, path string, m Model) *Desk {
	t.Helper()
	store, err := embedded.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	d := New(Options{Store: store, Queue: queuefile.New(store, queue.Options{}), Model: m})
	t.Cleanup(func() {
		d.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// Whoever notes an errand need not be who runs it; its answer comes with the progress before it, to where the
// errand says, once.
func TestErrand(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stories.db")
	one := withQueue(t, path, nil)
	args, err := json.Marshal(map[string]string{"text": report})
	if err != nil {
		t.Fatal(err)
	}
	errand := Errand{ID: "interaction-1", Kind: "summarize", Guild: "g", Reply: "application/token", Args: args}
	for i, want := range []bool{true, false} {
		if fresh, err := one.Note(t.Context(), errand); err != nil || fresh != want {
			t.Fatalf("noted for the %d. time: %v, %v", i+1, fresh, err)
		}
	}
	if fresh, err := one.Note(t.Context(), Errand{ID: "unknown", Kind: "of tomorrow"}); err != nil || !fresh {
		t.Fatal(fresh, err)
	}

	other := withQueue(t, path, model{summary: summarize.Summary{Method: summarize.LLM, Points: []summarize.Point{{Text: "A bridge comes."}}}})
	ctx, stop := context.WithCancel(t.Context())
	answers := make(chan string, 20)
	working := make(chan error, 1)
	go func() {
		working <- other.Work(ctx, 2, map[string]Runner{"summarize": func(ctx context.Context, e Errand) error {
			var in struct {
				Text string `json:"text"`
			}
			if err := json.Unmarshal(e.Args, &in); err != nil {
				return queue.GiveUp(err)
			}
			story, err := other.File(ctx, Request{Source: FromText("report", in.Text), Guild: e.Guild}, func(p Progress) {
				answers <- fmt.Sprint(e.Reply, " ", p.Stage)
			})
			answers <- fmt.Sprint(e.Reply, " ", story.Summary.Method, " ", e.Try, " ", e.Last, " ", e.Noted.IsZero())
			return err
		}})
	}()
	for _, want := range []string{"reading", "quotes", "first", "model", "llm 1 false false"} {
		if got := <-answers; got != "application/token "+want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if err := other.Drop(t.Context(), "unknown"); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := <-working; err != nil {
		t.Fatal(err)
	}
	if left, err := one.Pending(t.Context()); err != nil || left != (queue.Stats{}) || len(answers) > 0 {
		t.Errorf("left: %+v, %v, %d answers", left, err, len(answers))
	}
	if stats, err := one.store.Stats(t.Context(), "g"); err != nil || stats.Stories != 1 {
		t.Errorf("filed: %+v, %v", stats, err)
	}
}

func TestPassing(t *testing.T) {
	for err, want := range map[error]bool{
		fmt.Errorf("file: %w", cache.ErrAway): true, context.Canceled: true, cache.ErrFull: true,
		ErrEmpty: false, errors.New("other"): false, cache.ErrCorrupt: false,
	} {
		if Passing(err) != want {
			t.Errorf("%v: %v", err, !want)
		}
	}
}
