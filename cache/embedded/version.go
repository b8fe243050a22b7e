package embedded

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"newsdesk/cache"
)

// querier is a database or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// empty is the version of a file without tables: a new one, or one whose maker was killed before it wrote any.
const empty = 0

// inspect tells a store from other databases, and returns its version, or empty.
func inspect(ctx context.Context, q querier) (int, error) {
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
	return user, nil
}

// steps are what each version has over the one before, from version 1 on, which schema.sql describes.
func steps() []string {
	return []string{schema, settings, tasks, places, summaries, corrections, lists, agenda, kept}
}

const settings = `
-- What a guild has set: retention, schedules, and whatever else has a name.
CREATE TABLE setting (
  guild TEXT NOT NULL,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (guild, name)
) WITHOUT ROWID;`

const tasks = `
-- Work in hand, of package queue/embedded, and what it remembers of work that is done.
CREATE TABLE task (
  id      TEXT PRIMARY KEY,
  kind    TEXT NOT NULL,
  guild   TEXT NOT NULL,
  payload BLOB,                   -- NULL once it is over
  due     INTEGER NOT NULL,       -- not to be worked before; once it is over, when it ended
  tries   INTEGER NOT NULL,       -- that began
  holder  TEXT NOT NULL,          -- who has it in hand, '' for nobody
  lease   INTEGER NOT NULL,       -- until when, unless it is extended
  over    INTEGER NOT NULL        -- 0 not yet, 1 done, 2 given up
) WITHOUT ROWID;
CREATE INDEX task_due ON task (over, due);
CREATE INDEX task_guild ON task (guild);

-- Buckets and counters of limits.
CREATE TABLE meter (
  guild TEXT NOT NULL,
  name  TEXT NOT NULL,
  value INTEGER NOT NULL,         -- what was counted, or when the bucket is full again
  until INTEGER NOT NULL,         -- then it is forgotten
  PRIMARY KEY (guild, name)
) WITHOUT ROWID;
CREATE INDEX meter_until ON meter (until);`

const places = `
-- Where it was shared, as cache.Share has it.
ALTER TABLE share ADD COLUMN place TEXT NOT NULL DEFAULT '';`

const summaries = `
-- What models wrote of a story, whichever of them it shows.
CREATE TABLE summary (
  story  INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
  key    TEXT NOT NULL,           -- cache.SummaryKey
  record BLOB NOT NULL,           -- cache.MarshalSummary
  until  INTEGER NOT NULL,        -- then it is forgotten
  PRIMARY KEY (story, key)
) WITHOUT ROWID;
CREATE INDEX summary_until ON summary (until);`

// prepare makes the tables of a new store, all in one transaction, brings an older one forward, and checks
// one that is there. Two processes may do it at once: then one finds the file busy, and tries again.
func prepare(ctx context.Context, db *sql.DB) error {
	if found, err := inspect(ctx, db); err != nil || found == version {
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
	if err != nil || found == version {
		return err
	}
	tables := strings.Join(steps()[found:], "")
	// PRAGMA takes no parameters.
	header := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, version)
	if _, err := tx.ExecContext(ctx, header+tables); err != nil {
		return err
	}
	return tx.Commit()
}
