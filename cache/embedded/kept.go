package embedded

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// kept are the tables of the eighth version.
const kept = `
-- Small things that a front end keeps of a guild for a time.
CREATE TABLE kept (
  guild TEXT NOT NULL,
  about TEXT NOT NULL,            -- what they are about: they are read together
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  until INTEGER NOT NULL,         -- then it is forgotten
  PRIMARY KEY (guild, about, name)
) WITHOUT ROWID;
CREATE INDEX kept_until ON kept (until);`

// Keep keeps a value for guild until a time, under a name among those about something; the value "" takes it away.
func (s *Store) Keep(ctx context.Context, guild, about, name, value string, until time.Time) error {
	if guild == "" || about == "" || name == "" {
		return s.mapped("write", errors.New("what is kept has a guild, a name, and something that it is about"))
	}
	return s.change(ctx, func(tx Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM kept WHERE until <= ? OR guild = ? AND about = ? AND name = ?`,
			time.Now().UnixMicro(), guild, about, name); err != nil || value == "" {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO kept (guild, about, name, value, until) VALUES (?, ?, ?, ?, ?)`, guild, about, name, value, until.UnixMicro())
		return err
	})
}

// Kept returns what is kept for guild about something, by name.
func (s *Store) Kept(ctx context.Context, guild, about string) (values map[string]string, err error) {
	values = map[string]string{}
	scan := func(rows *sql.Rows) (struct{}, error) {
		var name, value string
		err := rows.Scan(&name, &value)
		values[name] = value
		return struct{}{}, err
	}
	err = s.view(ctx, func(tx Tx) error {
		if ok, err := hasTable(ctx, tx, "kept"); err != nil || !ok {
			return err
		}
		_, err := collect(ctx, tx, scan, `SELECT name, value FROM kept WHERE guild = ? AND about = ? AND until > ?`, guild, about, time.Now().UnixMicro())
		return err
	})
	return values, err
}

// Discard takes all away that is kept for guild.
func (s *Store) Discard(ctx context.Context, guild string) error {
	return s.Erase(ctx, func(tx Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM kept WHERE guild = ?`, guild)
		return err
	})
}
