package embedded

import (
	"context"
	"database/sql"
	"errors"
)

// source is a database or a transaction.
type source interface {
	querier
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// collect runs a query and scans all its rows.
func collect[T any](ctx context.Context, q source, scan func(*sql.Rows) (T, error), query string, args ...any) (all []T, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

func scanString(rows *sql.Rows) (s string, err error) { return s, rows.Scan(&s) }

func scanNumber(rows *sql.Rows) (n int64, err error) { return n, rows.Scan(&n) }
