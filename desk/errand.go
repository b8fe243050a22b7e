package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newsdesk/cache"
	"newsdesk/queue"
)

// Queue is what the desk keeps errands in. Both drivers below queue are one.
type Queue interface {
	// Add takes a task durably; added is false if its ID names one already.
	Add(ctx context.Context, t queue.Task) (added bool, err error)
	// Cancel takes a task away, also from whoever works it.
	Cancel(ctx context.Context, id string) error
	// Forget takes all of a guild's away.
	Forget(ctx context.Context, guild string) error
	// Work works tasks until ctx ends, and hands over what is then in hand.
	Work(ctx context.Context, workers int, do queue.Worker) error
	// Stats counts them.
	Stats(ctx context.Context) (queue.Stats, error)
}

// Errand is something that somebody was promised: a request that is answered later, a post when its time has come.
// A front end notes it ([Desk.Note]), may then say that it has been heard, and whichever process has taken the
// work up ([Desk.Work]) runs it, also if this one is gone by then.
type Errand struct {
	// ID is the same whoever notes it, so that it is run once: of an interaction its own ID, of a scheduled post
	// its guild and its day.
	ID    string          `json:"-"`
	Kind  string          `json:"-"`     // which [Runner] runs it
	Guild string          `json:"-"`     // whose it is
	Reply string          `json:"reply"` // where the answer goes, for the runner: the desk does not look into it
	Args  json.RawMessage `json:"args"`  // what is asked, for the runner
	Noted time.Time       `json:"noted"` // when, by [Desk.Note]
	At    time.Time       `json:"-"`     // not to be run before; zero for at once
	Try   int             `json:"-"`     // for the runner: 1, and above if it was begun before and failed, or its process died
	Last  bool            `json:"-"`     // for the runner: if it fails now, it is not run again
}

// Runner runs errands of one kind: it does what is asked with the desk's use cases, progress and all, and brings
// the answer to where the errand's Reply says. Nil: it is done. An error has it run again, by whatever process,
// unless it is Last or the error is marked by queue.GiveUp; what nobody can run any better ([Passing] tells) is
// an answer too, and no error. See [queue.Worker] for why its context may end.
type Runner func(ctx context.Context, e Errand) error

// noteTime is how long noting an errand may take: whoever asked in Discord is to hear within three seconds, also that
// it failed.
const noteTime = 2 * time.Second

// Note takes an errand durably: when it returns nil, it will be run. fresh is false if it was noted before, here or in
// another process. It takes one write of the store.
func (d *Desk) Note(ctx context.Context, e Errand) (fresh bool, err error) {
	if d.queue == nil {
		return false, ErrNoQueue
	}
	e.Noted = d.now().UTC()
	payload, err := json.Marshal(e)
	if err != nil {
		return false, fmt.Errorf("errand %s: %w", e.ID, err)
	}
	noting, cancel := context.WithTimeout(ctx, noteTime)
	defer cancel()
	fresh, err = d.queue.Add(noting, queue.Task{ID: e.ID, Kind: e.Kind, Guild: e.Guild, Payload: payload, At: e.At})
	if err != nil && noting.Err() != nil && ctx.Err() == nil {
		err = fmt.Errorf("%w: %w", cache.ErrAway, err) // it says nothing at all
	}
	if errors.Is(err, context.DeadlineExceeded) { // whoever waits has waited long enough
		err = fmt.Errorf("%w: %w", cache.ErrAway, err)
	}
	if err != nil {
		return false, fmt.Errorf("note errand %s: %w", e.ID, err)
	}
	return fresh, nil
}

// Drop takes an errand back that is not done, whoever runs it; one that is not there is no error.
func (d *Desk) Drop(ctx context.Context, id string) error {
	if d.queue == nil {
		return ErrNoQueue
	}
	if err := d.queue.Cancel(ctx, id); err != nil {
		return fmt.Errorf("drop errand %s: %w", id, err)
	}
	return nil
}

// Work runs errands, up to so many at a time, until ctx ends; those in hand then get [queue.Grace] to end before they
// are left to another process. An errand of a kind that no runner is for is left to one that has it: a newer
// newsdesk noted it.
func (d *Desk) Work(ctx context.Context, most int, runners map[string]Runner) error {
	if d.queue == nil {
		return ErrNoQueue
	}
	return d.queue.Work(ctx, most, func(ctx context.Context, t queue.Try) error {
		run := runners[t.Kind]
		if t.Kind == feedItems {
			run = d.fileItem
		}
		if run == nil {
			return fmt.Errorf("nobody here runs errands of kind %q", t.Kind)
		}
		e := Errand{ID: t.ID, Kind: t.Kind, Guild: t.Guild, Try: t.N, Last: t.Last}
		if err := json.Unmarshal(t.Payload, &e); err != nil {
			return queue.GiveUp(fmt.Errorf("errand %s: %w", t.ID, err))
		}
		began := d.now()
		if err := run(ctx, e); err != nil {
			return err // the queue logs it
		}
		d.log.InfoContext(ctx, "errand done", "errand", e.ID, "kind", e.Kind, "try", e.Try, "waited", began.Sub(e.Noted), "took", d.now().Sub(began))
		return nil
	})
}

// Pending counts the errands.
func (d *Desk) Pending(ctx context.Context) (queue.Stats, error) {
	if d.queue == nil {
		return queue.Stats{}, ErrNoQueue
	}
	return d.queue.Stats(ctx)
}

// Passing reports whether an error may be gone when the same is tried again: the store is away, in use or full, or
// the work was interrupted. A runner returns such an error as long as its errand is not Last.
func Passing(err error) bool {
	for _, passing := range []error{cache.ErrAway, cache.ErrLocked, cache.ErrFull, cache.ErrStale, context.Canceled} {
		if errors.Is(err, passing) {
			return true
		}
	}
	return false
}
