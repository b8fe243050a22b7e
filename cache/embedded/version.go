package embedded

import (
	"context"
	"database/sql"
	"fmt"

	"newsdesk/cache"
)

// state is what a database file turned out to be.
type state int

const (
	empty   state = iota // no tables yet: a new file, or one whose maker was killed before it wrote any
	older                // a store of a version below
	current              // a store of this version
)

// querier is a database or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// inspect tells a store from other databases.
func inspect(ctx context.Context, q querier) (state, error) {
	var app, user, tables int
	err := q.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema)`).Scan(&app, &user, &tables)
	switch {
	case err != nil:
		return empty, err
	case app == 0 && user == 0 && tables == 0:
		return empty, nil
	case app != applicationID:
		return empty, fmt.Errorf("%w: another program's database", cache.ErrNotStore)
	case user > version:
		return empty, fmt.Errorf("%w: version %d, this newsdesk reads %d", cache.ErrNewer, user, version)
	case user < 1:
		return empty, fmt.Errorf("%w: version %d", cache.ErrCorrupt, user)
	}
	if user < version {
		return older, nil
	}
	return current, nil
}

// since1 makes what version 2 has over version 1, which schema.sql describes.
const since1 = `
-- What a guild has set: retention, schedules, and whatever else has a name.
CREATE TABLE setting (
  guild TEXT NOT NULL,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (guild, name)
) WITHOUT ROWID;`

// prepare makes the tables of a new store, all in one transaction, brings an older one forward, and checks
// one that is there. Two processes may do it at once: then one finds the file busy, and tries again.
func prepare(ctx context.Context, db *sql.DB) error {
	if found, err := inspect(ctx, db); err != nil || found == current {
		return err
	}
	// A write-ahead log lets readers go on beside a writer. The file remembers it, and it can only be
	// chosen while nobody else reads, so before there is anything to read.
	if _, err := db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing to roll back after Commit
	found, err := inspect(ctx, tx)
	if err != nil || found == current {
		return err
	}
	tables := schema
	if found == older {
		tables = ""
	}
	// PRAGMA takes no parameters.
	header := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, version)
	if _, err := tx.ExecContext(ctx, header+tables+since1); err != nil {
		return err
	}
	return tx.Commit()
}
