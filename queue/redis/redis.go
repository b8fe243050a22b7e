// Package redis keeps work in hand in the store's Redis, for any number of processes to work.
//
// # Two halves
//
// hibiken/asynq moves tasks: it keeps them, holds back those whose time has not come, hands each to an idle worker
// and brings failed ones back ("asynq:{newsdesk}:…"). Who may work a task, how often it was tried and whether it is
// over stands beside that, in a record of our own for each ID ("newsdesk:1:{newsdesk}:task:…", see record.go). A
// worker begins nothing that the record does not give it, so whatever becomes of asynq's lists, nothing runs twice
// that is done or in hand elsewhere.
//
// asynq knows of a task only for how long its lease was extended, not by whom. A lease that is lost (a key evicted,
// a fail-over) leaves the task for ever in the list of those in hand (hibiken/asynq#1144), and one of a worker that
// died is looked for once a minute. So who works extends the record, and orphan.go brings back what nobody has
// extended for [queue.Lease], whatever asynq's own lease says. All times are those of the server's clock: a replica
// whose clock jumps does no harm.
//
// # What it costs
//
// An idle replica asks ten times a second whether there is work ([Poll]): asynq has no other way, and a second, its
// own default, is too long for somebody who waits. Tasks for later come up to two seconds after their time, never
// before it.
package redis

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/hibiken/asynq"
	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache/redis"
	"newsdesk/queue"
)

// Poll is how often a worker that has nothing to do asks for work.
const Poll = 100 * time.Millisecond

// Queue is the queue in a Redis. It may be used by any number of goroutines.
type Queue struct {
	o         queue.Options
	store     *redis.Store
	client    goredis.UniversalClient
	tasks     *asynq.Client
	inspector *asynq.Inspector
	name      string // asynq's queue
	records   records
	hands     queue.Hands // of this process
}

// New returns the queue in the Redis of a store, which must stay open.
func New(store *redis.Store, o queue.Options) *Queue {
	client := calm{store.Client()}
	// "newsdesk:1:" is the layout's; the queue has its own, asynq's.
	name, _, _ := strings.Cut(store.Prefix(), ":")
	return &Queue{o: o.Filled(), store: store, client: client,
		tasks: asynq.NewClientFromRedisClient(client), inspector: asynq.NewInspectorFromRedisClient(client),
		name: name, records: records(store.Prefix() + "{" + name + "}:task:")}
}

// parcel is the payload that asynq carries: whose task it is, and what it needs.
func parcel(t queue.Task) []byte { return append([]byte(t.Guild+"\x00"), t.Payload...) }

// unpack opens a parcel.
func unpack(parcel []byte) (guild string, payload []byte) {
	owner, payload, _ := bytes.Cut(parcel, []byte{0})
	return string(owner), payload
}

// mostTime is how long a try may take by asynq's count; who works sets bounds of its own.
const mostTime = 24 * time.Hour

// Add puts a task into the queue; when it returns, it is as safe as anything in that Redis. added is false if the ID
// names a task that is there already, or was within [queue.Remembered]; then nothing changes. Errors:
// queue.ErrInvalid, and those of the store.
func (q *Queue) Add(ctx context.Context, t queue.Task) (added bool, err error) {
	if err := queue.Check(t); err != nil {
		return false, err
	}
	fresh, err := q.fresh(ctx, t.ID)
	if err != nil || !fresh {
		return false, q.store.Mapped("write", err)
	}
	options := []asynq.Option{asynq.TaskID(t.ID), asynq.Queue(q.name), asynq.MaxRetry(math.MaxInt32), asynq.Timeout(mostTime)}
	if !t.At.IsZero() {
		// asynq keeps whole seconds, and drops what is left of them.
		options = append(options, asynq.ProcessAt(t.At.Add(time.Second-1).Truncate(time.Second)))
	}
	_, err = q.tasks.EnqueueContext(ctx, asynq.NewTask(t.Kind, parcel(t)), options...)
	if errors.Is(err, asynq.ErrTaskIDConflict) {
		return false, nil
	}
	return err == nil, q.store.Mapped("write", meant(ctx, err))
}

// Cancel takes a task that is not done out of the queue, and ends the context of whoever has it in hand: in this
// process at once, in another when it next extends its lease. The ID names nothing once that one has ended. What is
// not there is no error.
func (q *Queue) Cancel(ctx context.Context, id string) error {
	err := q.inspector.DeleteTask(q.name, id)
	switch {
	case err == nil:
		err = q.client.Del(ctx, q.records.of(id)).Err()
	case errors.Is(err, asynq.ErrTaskNotFound), errors.Is(err, asynq.ErrQueueNotFound):
		err = nil
	default: // somebody has it in hand, or Redis is away, which shows now
		err = q.cancel(ctx, id)
	}
	if err != nil {
		return q.store.Mapped("write", err)
	}
	q.hands.End(id, queue.ErrCancelled)
	return nil
}

// Forget is Cancel for all tasks of a guild, and forgets which there were. What is in hand is gone when whoever has
// it ends.
func (q *Queue) Forget(ctx context.Context, guild string) error {
	for _, list := range []func(string, ...asynq.ListOption) ([]*asynq.TaskInfo, error){
		q.inspector.ListScheduledTasks, q.inspector.ListRetryTasks, q.inspector.ListPendingTasks, q.inspector.ListActiveTasks,
	} {
		if err := q.forget(ctx, guild, list); err != nil {
			return err
		}
	}
	return nil
}

// forget cancels what one of asynq's lists holds of a guild.
func (q *Queue) forget(ctx context.Context, guild string, list func(string, ...asynq.ListOption) ([]*asynq.TaskInfo, error)) error {
	const atOnce = 200
	var theirs []string
	for page := 1; ; page++ {
		tasks, err := list(q.name, asynq.PageSize(atOnce), asynq.Page(page))
		if errors.Is(err, asynq.ErrQueueNotFound) {
			return nil
		}
		if err != nil {
			return q.store.Mapped("read", err)
		}
		for _, t := range tasks {
			if of, _ := unpack(t.Payload); of == guild {
				theirs = append(theirs, t.ID)
			}
		}
		if len(tasks) < atOnce {
			break
		}
	}
	for _, id := range theirs {
		if err := q.Cancel(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// Stats counts what is in the queue, in one round trip. What its worker died of counts as in hand until it is brought
// back.
func (q *Queue) Stats(ctx context.Context) (queue.Stats, error) {
	var waiting, scheduled, failed, inHand, givenUp *goredis.IntCmd
	_, err := q.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
		waiting, inHand = p.LLen(ctx, q.key("pending")), p.LLen(ctx, q.key("active"))
		scheduled, failed = p.ZCard(ctx, q.key("scheduled")), p.ZCard(ctx, q.key("retry"))
		givenUp = p.ZCount(ctx, q.records.givenUp(), strconv.FormatInt(time.Now().Add(-queue.Remembered).UnixMilli(), 10), "+inf")
		return nil
	})
	if err != nil {
		return queue.Stats{}, q.store.Mapped("read", err)
	}
	return queue.Stats{Waiting: int(waiting.Val()), Scheduled: int(scheduled.Val() + failed.Val()), InHand: int(inHand.Val()), GivenUp: int(givenUp.Val())}, nil
}

// key is one of asynq's keys of the queue; a test holds asynq to this layout.
func (q *Queue) key(name string) string { return "asynq:{" + q.name + "}:" + name }
