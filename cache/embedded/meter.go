package embedded

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"newsdesk/cache"
)

// Allow takes a token from one of guild's buckets, which is full when it is first named; wait is how long there is none
// to take, 0 when one was taken. What was taken is remembered when the process ends.
func (s *Store) Allow(ctx context.Context, guild, name string, r cache.Rate) (wait time.Duration, err error) {
	if !r.Limited() {
		return 0, nil
	}
	err = s.change(ctx, func(tx Tx) error {
		now := time.Now()
		full, err := meter(ctx, tx, guild, name, now)
		if err != nil {
			return err
		}
		then, over := r.Take(time.UnixMicro(full), now)
		if wait = over; wait > 0 {
			return nil
		}
		return putMeter(ctx, tx, guild, name, then.UnixMicro(), then)
	})
	return wait, err
}

// Count adds n to one of guild's counters, which counts from 0 and is forgotten at a time, and returns what it says
// then. To add 0 is to look.
func (s *Store) Count(ctx context.Context, guild, name string, n int, until time.Time) (total int, err error) {
	if n == 0 {
		err = s.Look(ctx, func(tx Tx) error {
			value, err := meter(ctx, tx, guild, name, time.Now())
			total = int(value)
			return err
		})
		return total, err
	}
	err = s.change(ctx, func(tx Tx) error {
		value, err := meter(ctx, tx, guild, name, time.Now())
		if err != nil {
			return err
		}
		total = int(value) + n
		return putMeter(ctx, tx, guild, name, int64(total), until)
	})
	return total, err
}

// meter reads one, 0 if there is none any more.
func meter(ctx context.Context, q querier, guild, name string, now time.Time) (value int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT value FROM meter WHERE guild = ? AND name = ? AND until > ?`, guild, name, now.UnixMicro()).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return value, err
}

// putMeter writes one, and clears away those whose time has come.
func putMeter(ctx context.Context, tx Tx, guild, name string, value int64, until time.Time) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM meter WHERE until <= ?`, time.Now().UnixMicro()); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO meter (guild, name, value, until) VALUES (?, ?, ?, ?)`, guild, name, value, until.UnixMicro())
	return err
}
