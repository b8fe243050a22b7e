package embedded

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"newsdesk/cache"
)

const agenda = `
-- When something that a guild has set is to be looked after: cache.Appointment.
CREATE TABLE appointment (
  guild TEXT NOT NULL,
  name  TEXT NOT NULL,            -- of the setting
  kind  TEXT NOT NULL,            -- cache.AppointmentKind
  at    INTEGER NOT NULL,
  PRIMARY KEY (guild, name)
) WITHOUT ROWID;
CREATE INDEX appointment_at ON appointment (kind, at);`

// Appoint says when a setting of guild is to be looked after, in the place of what was said before; at no time, if at
// is zero.
func (s *Store) Appoint(ctx context.Context, guild, name string, at time.Time) error {
	if guild == "" || name == "" {
		return s.mapped("write", errors.New("an appointment has a guild and a name"))
	}
	return s.change(ctx, func(tx Tx) (err error) {
		if at.IsZero() {
			_, err = tx.ExecContext(ctx, `DELETE FROM appointment WHERE guild = ? AND name = ?`, guild, name)
		} else {
			_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO appointment (guild, name, kind, at) VALUES (?, ?, ?, ?)`,
				guild, name, cache.AppointmentKind(name), at.UnixMicro())
		}
		return err
	})
}

// Agenda lists what of a kind is to be looked after until a moment, that one included, the earliest first; limit 0 lists all.
func (s *Store) Agenda(ctx context.Context, kind string, until time.Time, limit int) (all []cache.Appointment, err error) {
	if limit <= 0 {
		limit = -1
	}
	scan := func(rows *sql.Rows) (a cache.Appointment, err error) {
		var at int64
		err = rows.Scan(&a.Guild, &a.Name, &at)
		a.At = time.UnixMicro(at).UTC()
		return a, err
	}
	err = s.view(ctx, func(tx Tx) error {
		if ok, err := hasTable(ctx, tx, "appointment"); err != nil || !ok {
			return err
		}
		all, err = collect(ctx, tx, scan, `SELECT guild, name, at FROM appointment WHERE kind = ? AND at <= ? ORDER BY at, guild, name LIMIT ?`,
			kind, until.UnixMicro(), limit)
		return err
	})
	return all, err
}
