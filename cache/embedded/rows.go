package embedded

import (
	"context"
	"database/sql"
	"encoding/json"
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

// jsonList is values as a parameter for json_each, which takes any number of them.
func jsonList[T string | int64](values []T) string {
	data, _ := json.Marshal(values) // of strings and numbers: cannot fail
	return string(data)
}
