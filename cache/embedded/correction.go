package embedded

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"newsdesk/cache"
)

const corrections = `
-- Who said a quote by word of a guild's moderators (open = 0) or readers (1).
CREATE TABLE correction (
  guild  TEXT NOT NULL,
  story  INTEGER NOT NULL,
  quote  TEXT NOT NULL,          -- cache.QuoteKeys
  open   INTEGER NOT NULL,
  record BLOB NOT NULL,          -- cache.Correction
  PRIMARY KEY (guild, story, quote, open),
  FOREIGN KEY (guild, story) REFERENCES filing ON DELETE CASCADE
) WITHOUT ROWID;`

// Corrections lists the corrections and reports of guild, of one story or, without an ID, of all; the oldest first.
func (s *Store) Corrections(ctx context.Context, guild, id string) (all []cache.Correction, err error) {
	err = s.view(ctx, func(tx Tx) error {
		if ok, err := hasTable(ctx, tx, "correction"); err != nil || !ok {
			return err
		}
		sel := &selection{}
		sel.add(`SELECT record FROM correction WHERE guild = ?`, guild)
		if id != "" {
			sel.add(` AND story IN (SELECT story FROM story WHERE id = ? AND owner IN ('', ?))`, id, guild)
		}
		all, err = collect(ctx, tx, scanCorrection, sel.query.String(), sel.args...)
		return err
	})
	cache.SortCorrections(all)
	return all, err
}

func scanCorrection(rows *sql.Rows) (c cache.Correction, err error) {
	var record []byte
	if err := rows.Scan(&record); err != nil {
		return c, err
	}
	if err := json.Unmarshal(record, &c); err != nil {
		return c, fmt.Errorf("correction: %w: %w", cache.ErrCorrupt, err)
	}
	return c, nil
}

// Correct keeps c for guild, and has its lists speak so. It takes the place of the correction that the quote has, and
// ends the report; a report waits unless there is one already. Where guild has no such story: cache.ErrNotFound.
func (s *Store) Correct(ctx context.Context, guild string, c cache.Correction) error {
	return s.correct(ctx, guild, c, func(tx Tx, number int64) error {
		if !c.Open {
			if _, err := tx.ExecContext(ctx, `DELETE FROM correction WHERE guild = ? AND story = ? AND quote = ?`, guild, number, c.Quote); err != nil {
				return err
			}
		}
		c.At = cache.Moment(c.At)
		record, err := json.Marshal(c)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO correction (guild, story, quote, open, record) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, guild, number, c.Quote, c.Open, record)
		return err
	})
}

// Uncorrect takes a correction back, or a report; one that is not there is no error. Where guild has no such story:
// cache.ErrNotFound.
func (s *Store) Uncorrect(ctx context.Context, guild string, c cache.Correction) error {
	err := s.correct(ctx, guild, c, func(tx Tx, number int64) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM correction WHERE guild = ? AND story = ? AND quote = ? AND open = ?`,
			guild, number, c.Quote, c.Open)
		return err
	})
	if err != nil {
		return err
	}
	return s.truncateLog(ctx)
}

// correct changes the corrections of a story, and what guild's lists say of it.
func (s *Store) correct(ctx context.Context, guild string, c cache.Correction, do func(tx Tx, number int64) error) error {
	if _, err := s.Story(ctx, guild, c.Story); err != nil { // no file comes into being by this
		return err
	}
	return s.change(ctx, func(tx Tx) error {
		number, err := numberOf(ctx, tx, guild, c.Story)
		if err != nil {
			return err
		}
		waits, err := isUnlisted(ctx, tx, number)
		if err != nil {
			return err
		}
		if c.Open || waits {
			return do(tx, number)
		}
		if err := unindex(ctx, tx, guild, number); err != nil {
			return err
		}
		if err := do(tx, number); err != nil {
			return err
		}
		return index(ctx, tx, guild, number)
	})
}

// numberOf is the number of what guild has filed under id, or cache.ErrNotFound.
func numberOf(ctx context.Context, tx Tx, guild, id string) (number int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT f.story FROM story s JOIN filing f USING (story)
		WHERE f.guild = ? AND s.id = ? AND s.owner IN ('', ?)`, guild, id, guild).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("%q: %w", id, cache.ErrNotFound)
	}
	return number, err
}

// corrected is a story as guild has it.
func corrected(ctx context.Context, q source, guild string, number int64, story cache.Story) (cache.Story, error) {
	if ok, err := hasTable(ctx, q, "correction"); err != nil || !ok {
		return story, err
	}
	found, err := collect(ctx, q, scanCorrection, `SELECT record FROM correction WHERE guild = ? AND story = ? AND open = 0`, guild, number)
	return cache.Corrected(story, found), err
}

// correctListed gives a page of quotes the speakers that guild has corrected.
func correctListed(ctx context.Context, tx Tx, guild string, page []listed) error {
	if ok, err := hasTable(ctx, tx, "correction"); err != nil || !ok {
		return err
	}
	numbers, err := collect(ctx, tx, scanNumber, `SELECT DISTINCT story FROM correction WHERE guild = ? AND open = 0`, guild)
	if err != nil || len(numbers) == 0 {
		return err
	}
	stories := map[int64]*cache.Story{}
	for _, n := range numbers {
		stories[n] = nil
	}
	for i := range page {
		l := &page[i]
		story, concerned := stories[l.Story]
		if !concerned {
			continue
		}
		if story == nil {
			loaded, err := load(ctx, tx, guild, l.Story)
			if err != nil {
				return err
			}
			story, stories[l.Story] = &loaded, &loaded
		}
		l.Quote = story.Quotes[l.N]
	}
	return nil
}

// hasTable reports whether the file is of a version that has a table: one that was only read since may be older.
func hasTable(ctx context.Context, q querier, name string) (ok bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE name = ?`, name).Scan(&ok)
	return ok, err
}
