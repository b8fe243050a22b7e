// Package embedded keeps work in hand in the store's own file: the queue that needs nothing else.
//
// It is the same file because there is one thing to back up, to move and to lose then, one lock, one version
// and one way of refusing a damaged one; what it costs is that a task waits for a story that is just being
// filed, some milliseconds. A task that [Queue.Add] took is on the disk when it returns, and survives kill -9
// and a power cut. Any number of processes may add and work; each looks for what others added every [Poll]. Their
// clock may jump: see silence.go.
package embedded

import (
	"context"
	"time"

	"newsdesk/cache/embedded"
	"newsdesk/queue"
)

// Poll is how often a worker that has nothing to do looks for what other processes added.
const Poll = 500 * time.Millisecond

// Queue is the queue in a store's file. It may be used by any number of goroutines.
type Queue struct {
	o     queue.Options
	store *embedded.Store
	hands queue.Hands   // of this process
	added chan struct{} // something may be due
}

// New returns the queue in the file of a store, which must stay open.
func New(store *embedded.Store, o queue.Options) *Queue {
	return &Queue{o: o.Filled(), store: store, added: make(chan struct{}, 1)}
}

// Add puts a task into the queue. It is on the disk when it returns. added is false if the ID names a task that is
// there already, or was within [queue.Remembered]; then nothing changes. Errors: queue.ErrInvalid, and those of the
// store.
func (q *Queue) Add(ctx context.Context, t queue.Task) (added bool, err error) {
	if err := queue.Check(t); err != nil {
		return false, err
	}
	due := t.At.UnixMicro()
	if t.At.IsZero() {
		due = atOnce + q.o.Now().UnixMicro()
	}
	err = q.store.Change(ctx, func(tx embedded.Tx) error {
		done, err := tx.ExecContext(ctx, `INSERT INTO task (id, kind, guild, payload, due, tries, holder, lease, over)
			VALUES (?, ?, ?, ?, ?, 0, '', 0, 0) ON CONFLICT DO NOTHING`, t.ID, t.Kind, t.Guild, notNull(t.Payload), due)
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		added = n == 1
		return err
	})
	if err != nil {
		return false, err
	}
	q.wake()
	return added, nil
}

// atOnce is so long ago that what is due then, in the order in which it was added, is due whatever becomes of the
// clock.
const atOnce = -1 << 62

// notNull tells an empty payload from none.
func notNull(payload []byte) []byte {
	if payload == nil {
		return []byte{}
	}
	return payload
}

// wake has an idle worker of this process look again.
func (q *Queue) wake() {
	select {
	case q.added <- struct{}{}:
	default: // it is going to anyway
	}
}

// Cancel takes a task that is not done out of the queue, and ends the context of whoever has it in hand: in this
// process at once, in another when it next extends its lease. The ID names nothing afterwards. What is not there
// is no error.
func (q *Queue) Cancel(ctx context.Context, id string) error {
	return q.drop(ctx, q.store.Change, `id = ? AND over = 0`, id)
}

// Forget is Cancel for all tasks of a guild, and forgets which there were.
func (q *Queue) Forget(ctx context.Context, guild string) error {
	return q.drop(ctx, q.store.Erase, `guild = ?`, guild)
}

// drop removes the tasks that a condition holds for, by one of the store's ways to change the file.
func (q *Queue) drop(ctx context.Context, change func(context.Context, func(embedded.Tx) error) error, where string, args ...any) error {
	var gone []string
	err := change(ctx, func(tx embedded.Tx) (err error) {
		gone, err = ids(ctx, tx, `DELETE FROM task WHERE `+where+` RETURNING id`, args...)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range gone {
		q.hands.End(id, queue.ErrCancelled)
	}
	return nil
}

// Stats counts what is in the queue.
func (q *Queue) Stats(ctx context.Context) (s queue.Stats, err error) {
	now := q.o.Now()
	err = q.store.Look(ctx, func(tx embedded.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT
			count(*) FILTER (WHERE over = 0 AND NOT `+held+` AND due <= ?1),
			count(*) FILTER (WHERE over = 0 AND NOT `+held+` AND due > ?1),
			count(*) FILTER (WHERE over = 0 AND `+held+`),
			count(*) FILTER (WHERE over = 2) FROM task`, now.UnixMicro(), now.Add(2*q.o.Lease).UnixMicro()).
			Scan(&s.Waiting, &s.Scheduled, &s.InHand, &s.GivenUp)
	})
	return s, err
}

// held says of a task that somebody has it in hand, at ?1; no lease ends as late as ?2, unless the clock was put
// back.
const held = `(holder <> '' AND lease > ?1 AND lease <= ?2)`

// ids runs a statement that returns IDs.
func ids(ctx context.Context, tx embedded.Tx, statement string, args ...any) (all []string, err error) {
	rows, err := tx.QueryContext(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // read to its end, or failed already
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}
