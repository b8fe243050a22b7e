package embedded

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// SQLite lets the next writer in by chance: whoever tries in the moment between two transactions of
// another. So a store that writes one after the other leaves a gap between them, a quarter of the time
// that the last one took, and one that waits tries again well within such a gap.
const (
	minGap = time.Millisecond
	retry  = time.Millisecond / 2
)

// alone runs do in a transaction of its own, once more whenever another process is writing, for as
// long as [Patience] lasts.
func (s *Store) alone(ctx context.Context, do func(Tx) error) error {
	db, err := s.write(ctx)
	if err != nil {
		return err
	}
	if err := s.prepared.prepare(ctx, db); err != nil {
		return s.mapped("write", err)
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return s.mapped("write", err)
	}
	defer conn.Close() //nolint:errcheck // gives the connection back
	if err := wait(ctx, time.Until(s.gapEnd)); err != nil {
		return s.mapped("write", err)
	}
	err = patiently(ctx, func() error {
		began := time.Now()
		defer func() { s.gapEnd = time.Now().Add(max(minGap, time.Since(began)/4)) }()
		return s.inTx(ctx, conn, do)
	})
	return s.mapped("write", err)
}

// patiently runs do until it no longer finds the file locked, or [Patience] is at its end.
func patiently(ctx context.Context, do func() error) error {
	deadline := time.Now().Add(Patience)
	for {
		err := do()
		if !isBusy(err) || time.Now().After(deadline) {
			return err
		}
		if err := wait(ctx, retry/2+rand.N(retry)); err != nil { //nolint:gosec // no secret, only not in step
			return err
		}
	}
}

// inTx runs do in a transaction: all of it or nothing.
func (s *Store) inTx(ctx context.Context, conn *sql.Conn, do func(Tx) error) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(preparedTx{tx, &s.prepared}); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// wait waits for d, if it is positive, or until ctx is done, and then returns its error.
func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Writable reports whether a story could be put now: nil, or what [Store.Put] would fail with. It
// writes nothing, but makes the folder of a store that is yet to be made.
func (s *Store) Writable(ctx context.Context) error {
	if _, err := os.Stat(s.path); errors.Is(err, fs.ErrNotExist) { //nolint:gosec // the path is the user's own
		return s.mapped("write", s.makeable())
	}
	return s.change(ctx, func(Tx) error { return nil })
}

// write returns the handle for writing, and makes the file and its folders if there are none.
func (s *Store) write(ctx context.Context) (*sql.DB, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, s.mapped("write", fs.ErrClosed)
	}
	if s.writer != nil {
		return s.writer, nil
	}
	if err := s.makeFile(); err != nil {
		return nil, s.mapped("write", err)
	}
	var db *sql.DB
	err := patiently(ctx, func() (err error) {
		if db, err = dial(ctx, s.path, 0, "_txlock=immediate&mode=rw"); err != nil {
			return asReadOnly(err)
		}
		db.SetMaxOpenConns(1)
		if err = prepare(ctx, db); err != nil {
			return errors.Join(err, db.Close())
		}
		return nil
	})
	if err != nil {
		return nil, s.mapped("write", err)
	}
	s.writer = db
	return db, nil
}

// makeFile makes an empty file that only its owner reads, and its folders, unless it is there.
func (s *Store) makeFile() error {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil { //nolint:gosec // the path is the user's own
		return notWritable(err)
	}
	// Exclusively: to open and close a file that is in use would drop this process's locks on it.
	f, err := os.OpenFile(s.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the path is the user's own
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return notWritable(err)
	}
	return f.Close()
}

// makeable tries whether makeFile would succeed, by making and removing another file beside it.
func (s *Store) makeable() error {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil { //nolint:gosec // the path is the user's own
		return notWritable(err)
	}
	f, err := os.CreateTemp(filepath.Dir(s.path), ".newsdesk-*")
	if err != nil {
		return notWritable(err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name())) //nolint:gosec // the path is the user's own
}
