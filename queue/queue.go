// Package queue is work in hand that survives a crash.
//
// A [Task] is put into a queue and, from the moment that this returned without an error, will be worked:
// by whichever process works the queue, as soon as it may be, again if that fails, and by another if its
// worker dies. What the work is, the queue does not know: a task has a kind and a payload that only its
// worker understands.
//
//	added, err := q.Add(ctx, queue.Task{ID: "post-7-2026-03-10", Kind: "post", Payload: p, At: nine})
//	err := q.Work(ctx, 8, func(ctx context.Context, t queue.Try) error { … })
//
// Two drivers keep tasks: queue/embedded in the store's file, queue/redis in a Redis that many share.
// queue/queuetest is the suite that both pass.
//
// # What is promised
//
// An ID names one task: what is added twice is worked once, also if the second time is after it was
// done, for as long as [Remembered] says. At any moment one worker has a task. It holds it by a lease
// that it extends; when it dies, the lease runs out and another takes the task. A worker that cannot
// extend (it slept, it is cut off) has its context cancelled before another may begin.
//
// A worker that dies between what it did and the note that it is done leaves the one thing that no queue
// can know: whether it was done. [Try.N] is above 1 then, and what must happen exactly once has to be
// asked for in a way that can be repeated (Discord: an edit, or a message with an enforced nonce).
package queue

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"
)

// Task is a piece of work.
type Task struct {
	ID      string    // names it in all processes; 1 to [MaxID] bytes of UTF-8
	Kind    string    // what kind of work it is, for the worker; not ""
	Guild   string    // whose it is, for [Forget]; "" for nobody's
	Payload []byte    // what the worker needs, at most [MaxPayload] bytes; gone from the queue once it is done
	At      time.Time // not to be worked before; zero for at once. A worker is not told
}

// What a task may be, in bytes.
const (
	MaxID      = 200
	MaxPayload = 1 << 20
)

// Try is one attempt at a task.
type Try struct {
	Task
	N    int  // 1 for the first; above, somebody may have done it, in part or altogether, and died
	Last bool // if it fails, none follows
}

// Worker does a task. Nil is done. An error has it tried again, after [Pause], up to [Tries] times, unless
// it is a [GiveUp]. When its context ends, it should end soon: the process stops and another is to go on, the
// task was cancelled, or its lease was lost; context.Cause tells which. A panic is an error.
type Worker func(ctx context.Context, t Try) error

// Why the context of a [Worker] ends, as its cause.
var (
	ErrStopped   = errors.New("work is handed over to another")
	ErrCancelled = errors.New("work was cancelled")
	ErrLost      = errors.New("work was taken over by another")
)

// ErrInvalid is what [Check] refuses.
var ErrInvalid = errors.New("not a task")

const (
	// Tries is how often a task is tried that fails. What was interrupted by a stop does not count; what its
	// worker died of does, so that a task which kills its workers does not go on for ever.
	Tries = 6
	// Remembered is how long the ID of a task that is done, or was given up, still names it.
	Remembered = 48 * time.Hour
	// Grace is how long work in hand may go on, once its process is to stop, before it is handed over.
	Grace = 5 * time.Second
)

// longestPause is before the last try.
const longestPause = 162 * time.Second

// Pause is how long after the nth try that failed the next may begin: 2, 6, 18, 54, 162 seconds, and up to
// a quarter less, so that what failed together does not come back together. All of them end within the
// 15 minutes that Discord lets an interaction be answered.
func Pause(n int) time.Duration {
	d := 2 * time.Second
	for ; n > 1 && d < longestPause; n-- {
		d *= 3
	}
	return d - rand.N(d/4) //nolint:gosec // no secret, only not in step
}

// giveUp is an error after which nothing is tried again.
type giveUp struct{ error }

func (g giveUp) Unwrap() error { return g.error }

// GiveUp marks the error of a worker: trying again would not help. It keeps nil.
func GiveUp(err error) error {
	if err == nil {
		return nil
	}
	return giveUp{err}
}

// GivenUp reports whether an error was marked by [GiveUp].
func GivenUp(err error) bool {
	var g giveUp
	return errors.As(err, &g)
}

// Check says whether a driver may take t, or [ErrInvalid] with the reason.
func Check(t Task) error {
	switch {
	case t.ID == "" || len(t.ID) > MaxID || !utf8.ValidString(t.ID):
		return fmt.Errorf("%w: its ID is 1 to %d bytes of UTF-8", ErrInvalid, MaxID)
	case t.Kind == "":
		return fmt.Errorf("%w: it has no kind", ErrInvalid)
	case strings.ContainsRune(t.Guild, 0):
		return fmt.Errorf("%w: its guild holds a NUL", ErrInvalid)
	case len(t.Payload) > MaxPayload:
		return fmt.Errorf("%w: it carries %d bytes, the most are %d", ErrInvalid, len(t.Payload), MaxPayload)
	}
	return nil
}

// Do runs w, and makes an error of a panic: one task must not take the others down with it.
func Do(ctx context.Context, w Worker, t Try) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("task %s of kind %s panicked: %v", t.ID, t.Kind, r)
		}
	}()
	return w(ctx, t)
}

// Stats counts what a queue holds.
type Stats struct {
	Waiting   int // could be worked now
	Scheduled int // for later, or waiting to be tried again
	InHand    int // being worked
	GivenUp   int // failed for good, within what is [Remembered]
}
