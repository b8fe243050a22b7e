package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/hibiken/asynq"

	"newsdesk/queue"
)

// shift is one call of Work.
type shift struct {
	*Queue
	name    string // in the records, of whoever has a task in hand
	do      queue.Worker
	inHand  context.Context // of all that is in hand
	mu      sync.Mutex
	stopped bool           // nothing more is begun
	running sync.WaitGroup // workers
}

// Work works tasks, up to workers at a time, until ctx ends. Then it begins no more, gives what is in hand
// [queue.Grace] to end, hands over what does not, and returns nil when the last worker has returned. The error is
// that of a Redis that is away when it begins; when that happens later, Work waits until it is back.
func (q *Queue) Work(ctx context.Context, workers int, do queue.Worker) error {
	if err := q.client.Ping(ctx).Err(); err != nil {
		return q.store.Mapped("read", err)
	}
	inHand, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	s := &shift{Queue: q, name: rand.Text(), do: do, inHand: inHand}
	server := asynq.NewServerFromRedisClient(q.client, asynq.Config{
		Concurrency:              max(1, workers),
		Queues:                   map[string]int{q.name: 1},
		TaskCheckInterval:        Poll,
		DelayedTaskCheckInterval: time.Second,
		RetryDelayFunc:           s.delay,
		ShutdownTimeout:          handOver,
		Logger:                   logger{q.o.Log},
	})
	if err := server.Start(asynq.HandlerFunc(s.work)); err != nil {
		return fmt.Errorf("work the queue: %w", err)
	}
	var beside sync.WaitGroup
	beside.Go(func() { s.keep(inHand) })
	beside.Go(func() { s.look(ctx) })
	<-ctx.Done()
	server.Stop()
	s.mu.Lock()
	s.stopped = true
	s.mu.Unlock()
	grace := time.AfterFunc(q.o.Grace, func() { s.hands.EndAll(s.name, queue.ErrStopped) })
	s.running.Wait()
	grace.Stop()
	server.Shutdown()
	end()
	beside.Wait()
	return nil
}

// handOver is how long asynq gets for its notes on the tasks that have ended, before it puts the others back.
const handOver = 500 * time.Millisecond

// work is asynq's handler: it has the task worked if the record gives it.
func (s *shift) work(asynqs context.Context, task *asynq.Task) error {
	s.mu.Lock()
	stopped := s.stopped
	if !stopped {
		s.running.Add(1)
	}
	s.mu.Unlock()
	if stopped {
		return putBack(asynqs)
	}
	id, _ := asynq.GetTaskID(asynqs)
	again, err := s.worked(id, task)
	s.running.Done()
	if again {
		return putBack(asynqs)
	}
	return err
}

// putBack waits for asynq to put a task back, which it does when its server shuts down.
func putBack(asynqs context.Context) error {
	<-asynqs.Done()
	return asynqs.Err()
}

// worked has a task worked. What it returns is for asynq: nil ends the task, an error brings it back later, and
// handedOver says that it is to be put back at once.
func (s *shift) worked(id string, task *asynq.Task) (handedOver bool, err error) {
	ctx, end := context.WithCancelCause(s.inHand)
	defer end(nil)
	if !s.hands.Take(id, s.name, end) {
		return false, &again{after: s.o.Lease, err: queue.ErrLost}
	}
	defer s.hands.Leave(id)
	n, err := s.begin(s.inHand, id, s.name)
	switch {
	case err != nil:
		return false, &again{after: time.Second, err: err}
	case n == over:
		return false, asynq.RevokeTask
	case n == elsewhere:
		return false, &again{after: s.o.Lease, err: queue.ErrLost}
	case n > queue.Tries: // its workers died of it
		return false, s.close(s.inHand, id, givenUp, asynq.RevokeTask)
	}
	s.hands.Begun(id)
	guild, payload := unpack(task.Payload())
	try := queue.Try{Task: queue.Task{ID: id, Kind: task.Type(), Guild: guild, Payload: payload}, N: n, Last: n >= queue.Tries}
	err = queue.Do(ctx, s.do, try)
	return s.outcome(ctx, try, err)
}

// outcome notes what became of a try.
func (s *shift) outcome(ctx context.Context, try queue.Try, err error) (handedOver bool, _ error) {
	why := context.Cause(ctx)
	switch {
	case err == nil:
		return false, s.close(ctx, try.ID, done, nil)
	case errors.Is(why, queue.ErrCancelled):
		return false, asynq.RevokeTask
	case errors.Is(why, queue.ErrLost):
		return false, &again{after: s.o.Lease, err: why}
	case errors.Is(why, queue.ErrStopped):
		s.logged(ctx, "task not noted as handed over", s.close(ctx, try.ID, returned, nil))
		return true, nil
	case try.Last, queue.GivenUp(err):
		s.o.Log.ErrorContext(ctx, "task given up", "task", try.ID, "kind", try.Kind, "tries", try.N, "error", err)
		return false, s.close(ctx, try.ID, givenUp, asynq.RevokeTask)
	}
	s.o.Log.WarnContext(ctx, "task failed", "task", try.ID, "kind", try.Kind, "try", try.N, "error", err)
	return false, s.close(ctx, try.ID, failed, &again{after: s.o.Pause(try.N), err: errFailed})
}

// errFailed stands in asynq's records for what went wrong, which is nobody's business there.
var errFailed = errors.New("it failed")

// close notes in the record how a try ended. It insists: what is done must not be done again because the server was
// away, and as long as it is there is nothing else to do. It returns what asynq is told then.
func (s *shift) close(ctx context.Context, id, how string, then error) error {
	ctx = context.WithoutCancel(ctx) // also once the work itself is over
	for began := time.Now(); ; {
		err := s.end(ctx, id, s.name, how)
		if err == nil {
			return then
		}
		if s.isStopped() && time.Since(began) > s.o.Grace {
			s.logged(ctx, "task not noted as "+how, err)
			return &again{after: s.o.Lease, err: errFailed}
		}
		time.Sleep(Poll) // the goroutine of a worker, whose process waits for it
	}
}

func (s *shift) isStopped() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopped
}

// again tells asynq when to bring a task back.
type again struct {
	after time.Duration
	err   error
}

func (a *again) Error() string { return a.err.Error() }

// Unwrap returns the error itself.
func (a *again) Unwrap() error { return a.err }

// delay is how long asynq keeps a task that failed.
func (s *shift) delay(_ int, err error, _ *asynq.Task) time.Duration {
	var a *again
	if errors.As(err, &a) {
		return a.after
	}
	return s.o.Lease // asynq itself found it dead
}

// keep extends the records of what is in hand until ctx ends, several times in a lease; by that a worker also hears
// that its task was cancelled elsewhere.
func (s *shift) keep(ctx context.Context) {
	every(ctx, min(time.Second, s.o.Lease/4), func(since time.Duration) bool {
		mine := s.hands.Of(s.name)
		if len(mine) == 0 {
			return true
		}
		var all []string
		for id := range mine {
			all = append(all, id)
		}
		asking, cancel := context.WithTimeout(ctx, s.o.Lease/4)
		defer cancel()
		lost, err := s.extend(asking, all, s.name)
		for id, why := range lost {
			mine[id](why)
		}
		if err != nil && since > s.o.Lease/2 { // the next chance comes too late
			s.hands.EndAll(s.name, queue.ErrLost)
		}
		s.logged(ctx, "tasks not extended", err)
		return err == nil
	})
}

// look brings back what others left, until ctx ends. While the server was away nobody could extend anything, nor note
// what ended: from when it answers again, everybody gets a lease's time for it, and so from when the shift begins.
func (s *shift) look(ctx context.Context) {
	var answers time.Time // since then; zero if it does not
	every(ctx, s.o.Lease/4, func(time.Duration) bool {
		err := s.client.Ping(ctx).Err()
		if err == nil && answers.IsZero() {
			answers = time.Now()
		}
		if err == nil && time.Since(answers) >= s.o.Lease {
			err = s.adopt(ctx)
		}
		if err != nil {
			answers = time.Time{}
		}
		if ctx.Err() == nil {
			s.logged(ctx, "tasks of the dead not looked for", err)
		}
		return err == nil
	})
}

// every does something over and over until ctx ends, and tells it how long ago it last went well.
func every(ctx context.Context, pause time.Duration, do func(since time.Duration) bool) {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for well := time.Now(); ; {
		if do(time.Since(well)) {
			well = time.Now()
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// logged logs an error, if it is one.
func (s *shift) logged(ctx context.Context, what string, err error) {
	if err != nil {
		s.o.Log.ErrorContext(ctx, what, "error", err)
	}
}
