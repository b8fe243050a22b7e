package embedded

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// prepared keeps the statements that transactions use, for SQLite to read each of them once: to read a statement takes
// it as long as to carry out a short one. One that is new is prepared before the next transaction, for inside of one
// there is no second connection to do it.
type prepared struct {
	mu    sync.Mutex
	ready map[string]*sql.Stmt
	asked []string // for the first time
}

// prepare prepares what was asked for since the last time.
func (p *prepared) prepare(ctx context.Context, db *sql.DB) error {
	p.mu.Lock()
	asked := p.asked
	p.asked = nil
	p.mu.Unlock()
	for _, query := range asked {
		stmt, err := db.PrepareContext(ctx, query) //nolint:sqlclosecheck // by close
		if err != nil {
			return err
		}
		p.mu.Lock()
		if p.ready == nil {
			p.ready = map[string]*sql.Stmt{}
		}
		old := p.ready[query]
		p.ready[query] = stmt
		p.mu.Unlock()
		if old != nil { // asked for by two
			if err := old.Close(); err != nil {
				return err
			}
		}
	}
	return nil
}

// of is a statement that is ready, or nil.
func (p *prepared) of(query string) *sql.Stmt {
	p.mu.Lock()
	defer p.mu.Unlock()
	stmt := p.ready[query]
	if stmt == nil {
		p.asked = append(p.asked, query)
	}
	return stmt
}

// close closes all of them.
func (p *prepared) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	for _, stmt := range p.ready {
		errs = append(errs, stmt.Close())
	}
	p.ready = nil
	return errors.Join(errs...)
}

// preparedTx is a transaction that uses them.
type preparedTx struct {
	*sql.Tx
	*prepared
}

func (t preparedTx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if stmt := t.of(query); stmt != nil {
		return t.StmtContext(ctx, stmt).ExecContext(ctx, args...) //nolint:sqlclosecheck // ends with the transaction
	}
	return t.Tx.ExecContext(ctx, query, args...) //nolint:gosec // a statement of this package
}

func (t preparedTx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := t.of(query); stmt != nil {
		return t.StmtContext(ctx, stmt).QueryContext(ctx, args...) //nolint:sqlclosecheck // the same
	}
	return t.Tx.QueryContext(ctx, query, args...) //nolint:gosec // the same
}

func (t preparedTx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if stmt := t.of(query); stmt != nil {
		return t.StmtContext(ctx, stmt).QueryRowContext(ctx, args...) //nolint:sqlclosecheck // the same
	}
	return t.Tx.QueryRowContext(ctx, query, args...) //nolint:gosec // the same
}
