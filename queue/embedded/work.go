package embedded

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"newsdesk/cache/embedded"
	"newsdesk/queue"
)

// shift is one call of Work.
type shift struct {
	*Queue
	name    string // in the file, of whoever has a task in hand
	do      queue.Worker
	stopped context.Context // ends when no more work is to be begun
	free    chan struct{}   // holds one for each worker that is busy
	running sync.WaitGroup
	silent  silence // of those who hold tasks and do not extend them
}

// Work works tasks, up to workers at a time, until ctx ends. Then it begins no more, gives what is in hand
// [queue.Grace] to end, hands over what does not, and returns nil when the last worker has returned. The error is
// that of a store that cannot be written when it begins; when that happens later, Work waits until it can be.
func (q *Queue) Work(ctx context.Context, workers int, do queue.Worker) error {
	s := &shift{Queue: q, name: rand.Text(), do: do, stopped: ctx, free: make(chan struct{}, max(1, workers))}
	if err := s.clear(ctx); err != nil {
		return err
	}
	inHand, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	var extending sync.WaitGroup
	extending.Go(func() { s.extend(inHand) })
	s.begin(ctx, inHand)
	grace := time.AfterFunc(q.o.Grace, func() { s.hands.EndAll(s.name, queue.ErrStopped) })
	s.running.Wait()
	grace.Stop()
	end()
	extending.Wait()
	return nil
}

// begin takes tasks as long as ctx lasts; what is in hand lasts as long as inHand.
func (s *shift) begin(ctx, inHand context.Context) {
	cleared := time.Now()
	for {
		select {
		case s.free <- struct{}{}:
		case <-ctx.Done():
			return
		}
		if time.Since(cleared) > time.Hour {
			cleared = time.Now()
			s.logged(ctx, "old tasks not cleared away", s.clear(ctx))
		}
		try, wait, err := s.take(ctx)
		if try.ID != "" {
			s.run(inHand, try)
			continue
		}
		<-s.free
		if err != nil && ctx.Err() == nil {
			s.o.Log.ErrorContext(ctx, "queue cannot be read", "error", err)
		}
		timer := time.NewTimer(wait)
		select {
		case <-s.added:
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
		if ctx.Err() != nil {
			return
		}
	}
}

// run works a task in a goroutine of its own.
func (s *shift) run(ctx context.Context, try queue.Try) {
	ctx, end := context.WithCancelCause(ctx)
	s.hands.Take(try.ID, s.name, end) // nobody has it: see take
	s.hands.Begun(try.ID)
	s.running.Go(func() {
		defer func() { <-s.free; s.wake() }()
		err := queue.Do(ctx, s.do, try)
		s.finish(ctx, try, err)
		s.hands.Leave(try.ID)
		end(nil)
	})
}

// take takes the task that is due first, if there is one, and says when to look again if there is none.
func (s *shift) take(ctx context.Context) (try queue.Try, wait time.Duration, err error) {
	now := s.o.Now()
	moment, latest := now.UnixMicro(), now.Add(2*s.o.Lease).UnixMicro()
	wait = Poll
	next := sql.NullInt64{}
	var dead []string
	// Reading first: an idle worker does not keep others from writing.
	err = s.store.Look(ctx, func(tx embedded.Tx) error {
		expired, err := expired(ctx, tx, moment, latest)
		if err != nil {
			return err
		}
		dead = s.silent.longer(s.o.Lease/2, expired)
		return tx.QueryRowContext(ctx, `SELECT min(iif(`+early+`, ?1, due)) FROM task WHERE over = 0 AND holder = ''`,
			moment, latest, now.Add(longest).UnixMicro()).Scan(&next)
	})
	if err != nil || !next.Valid && len(dead) == 0 {
		return try, wait, err
	}
	if ahead := time.UnixMicro(next.Int64).Sub(now); ahead > 0 && len(dead) == 0 {
		return try, min(wait, ahead), nil
	}
	list, err := json.Marshal(dead)
	if err != nil {
		return try, wait, err
	}
	// Of what somebody here has in hand, the end is still being noted, or the lease is about to be extended: the disk was
	// full, or another process kept the file.
	here, err := json.Marshal(s.hands.All())
	if err != nil {
		return try, wait, err
	}
	err = s.store.Change(ctx, func(tx embedded.Tx) error {
		try = queue.Try{}
		err := tx.QueryRowContext(ctx, `UPDATE task SET holder = ?4, lease = ?5, tries = tries + 1 WHERE id =
			(SELECT id FROM task WHERE over = 0 AND (holder = '' AND (due <= ?1 OR `+early+`) OR
				NOT `+held+` AND `+claim+` IN (SELECT value FROM json_each(?6)))
				AND id NOT IN (SELECT value FROM json_each(?7)) ORDER BY due LIMIT 1)
			RETURNING id, kind, guild, payload, tries`,
			moment, latest, now.Add(longest).UnixMicro(), s.name, now.Add(s.o.Lease).UnixMicro(), string(list), string(here)).
			Scan(&try.ID, &try.Kind, &try.Guild, &try.Payload, &try.N)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // another was faster
		}
		try.Last = try.N >= queue.Tries
		return err
	})
	if err != nil { // as little could they extend theirs
		s.silent = nil
	}
	if err == nil && try.N > queue.Tries { // its workers died of it
		s.finish(ctx, try, errDeadly)
		return queue.Try{}, 0, nil
	}
	return try, wait, err
}

var errDeadly = queue.GiveUp(errors.New("every worker that took it has died"))

// longest is more than any pause between tries, and early says of a task that it waits for longer: the clock was
// put back.
const (
	longest = 5 * time.Minute
	early   = `(tries > 0 AND due > ?3)`
)

// finish notes what became of a try. It insists: what is done must not be done again because a disk was full for
// a moment.
func (s *shift) finish(ctx context.Context, try queue.Try, err error) {
	statement, args := s.outcome(ctx, try, err)
	if statement == "" {
		return
	}
	for n := 1; ; n++ {
		// Also once the work itself is over.
		failed := s.store.Change(context.WithoutCancel(ctx), func(tx embedded.Tx) error {
			_, err := tx.ExecContext(context.WithoutCancel(ctx), `UPDATE task SET holder = '', lease = 0, `+statement+` WHERE id = ? AND holder = ?`,
				append(args, try.ID, s.name)...)
			return err
		})
		if failed == nil || s.stopped.Err() != nil && n > 1 {
			s.logged(ctx, "task not noted as over", failed)
			return
		}
		timer := time.NewTimer(Poll)
		select {
		case <-timer.C:
		case <-s.stopped.Done():
		}
		timer.Stop()
	}
}

// outcome is what changes in the row of a task, "" for nothing.
func (s *shift) outcome(ctx context.Context, try queue.Try, err error) (statement string, args []any) {
	now := s.o.Now()
	why := context.Cause(ctx)
	switch {
	case err == nil:
		return `over = 1, payload = NULL, due = ?`, []any{now.UnixMicro()}
	case errors.Is(why, queue.ErrCancelled), errors.Is(why, queue.ErrLost):
		return "", nil
	case errors.Is(why, queue.ErrStopped):
		return `tries = tries - 1`, nil
	}
	if try.Last || queue.GivenUp(err) {
		s.o.Log.ErrorContext(ctx, "task given up", "task", try.ID, "kind", try.Kind, "tries", try.N, "error", err)
		return `over = 2, payload = NULL, due = ?`, []any{now.UnixMicro()}
	}
	s.o.Log.WarnContext(ctx, "task failed", "task", try.ID, "kind", try.Kind, "try", try.N, "error", err)
	return `due = ?`, []any{now.Add(s.o.Pause(try.N)).UnixMicro()}
}

// extend extends the leases of what is in hand, several times while one lasts, until ctx ends.
func (s *shift) extend(ctx context.Context) {
	ticker := time.NewTicker(s.o.Lease / 3)
	defer ticker.Stop()
	extended := time.Now()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		err := s.extendAll(ctx)
		switch {
		case err == nil:
			extended = time.Now()
		case time.Since(extended) > s.o.Lease/2: // the next chance comes too late
			s.hands.EndAll(s.name, queue.ErrLost)
		}
		s.logged(ctx, "leases not extended", err)
	}
}

// extendAll extends all leases of this shift, and ends the work that it lost.
func (s *shift) extendAll(ctx context.Context) error {
	mine := s.hands.Of(s.name)
	if len(mine) == 0 {
		return nil
	}
	return s.store.Change(ctx, func(tx embedded.Tx) error {
		kept, err := ids(ctx, tx, `UPDATE task SET lease = ? WHERE holder = ? RETURNING id`, s.o.Now().Add(s.o.Lease).UnixMicro(), s.name)
		if err != nil {
			return err
		}
		for _, id := range kept {
			delete(mine, id)
		}
		for id, end := range mine {
			var there int
			if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM task WHERE id = ?`, id).Scan(&there); err != nil {
				return err
			}
			if there == 0 {
				end(queue.ErrCancelled)
			} else {
				end(queue.ErrLost)
			}
		}
		return nil
	})
}

// clear removes what need not be remembered any more.
func (s *shift) clear(ctx context.Context) error {
	return s.store.Change(ctx, func(tx embedded.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM task WHERE over > 0 AND due < ?`, s.o.Now().Add(-queue.Remembered).UnixMicro())
		return err
	})
}

// logged logs an error, if it is one.
func (s *shift) logged(ctx context.Context, what string, err error) {
	if err != nil {
		s.o.Log.ErrorContext(ctx, what, "error", err)
	}
}
