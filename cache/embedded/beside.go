package embedded

import (
	"context"
	"database/sql"
)

// Tx is what [Store.Look] and [Store.Change] give: statements on the store's own file.
type Tx interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Change runs do in a transaction of its own, for the room that keeps its tables in the same file
// (queue/embedded): all of it is done or nothing, and it is on the disk when Change returns. do may be run more
// than once while another process writes.
func (s *Store) Change(ctx context.Context, do func(Tx) error) error {
	return s.change(ctx, do)
}

// Erase is [Store.Change], after which nothing is left in the file of what was removed. In a store that is not there
// yet, there is nothing to remove.
func (s *Store) Erase(ctx context.Context, do func(Tx) error) error {
	there := false
	if err := s.Look(ctx, func(Tx) error { there = true; return nil }); err != nil || !there {
		return err
	}
	if err := s.Change(ctx, do); err != nil {
		return err
	}
	return s.truncateLog(ctx)
}

// Look runs do on what the file holds, for the same room. A file that is not there, or was not written by this
// version yet, is not looked at.
func (s *Store) Look(ctx context.Context, do func(Tx) error) error {
	db, err := s.read(ctx)
	if err != nil || db == nil {
		return err
	}
	if !s.current.Load() {
		found, err := inspect(ctx, db)
		if err != nil || found != version {
			return s.mapped("read", err)
		}
		s.current.Store(true)
	}
	return s.mapped("read", do(db))
}
