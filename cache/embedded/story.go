package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsdesk/cache"
	"newsdesk/quote"
)

// view runs do on one state of the file. It does not run do where there is no file.
func (s *Store) view(ctx context.Context, do func(Tx) error) error {
	db, err := s.read(ctx)
	if err != nil || db == nil {
		return err
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.mapped("read", err)
	}
	return s.mapped("read", errors.Join(do(tx), tx.Rollback()))
}

// Story returns what guild has filed under id, or cache.ErrNotFound.
func (s *Store) Story(ctx context.Context, guild, id string) (cache.Story, error) {
	return s.one(ctx, guild, id, `SELECT f.story FROM story s JOIN filing f USING (story)
		WHERE f.guild = ? AND s.id = ? AND s.owner IN ('', ?)`, id)
}

// Find returns what guild has filed under ref: a canonical URL, the URL it was read from, or a file's
// name. Without one: cache.ErrNotFound.
func (s *Store) Find(ctx context.Context, guild, ref string) (cache.Story, error) {
	return s.one(ctx, guild, ref, `SELECT f.story FROM ref r JOIN filing f USING (story)
		WHERE f.guild = ? AND r.ref = ? AND r.owner IN ('', ?)`, ref)
}

func (s *Store) one(ctx context.Context, guild, wanted, query string, key string) (story cache.Story, err error) {
	found := false
	err = s.view(ctx, func(tx Tx) error {
		numbers, err := collect(ctx, tx, scanNumber, query, guild, key, guild)
		if err != nil || len(numbers) == 0 {
			return err
		}
		found = true
		story, err = load(ctx, tx, guild, numbers[0])
		return err
	})
	if err == nil && !found {
		err = fmt.Errorf("%q: %w", wanted, cache.ErrNotFound)
	}
	return story, err
}

// load reads one story as guild has it.
func load(ctx context.Context, q source, guild string, number int64) (cache.Story, error) {
	story, err := recorded(ctx, q, number)
	if err != nil {
		return cache.Story{}, err
	}
	var filed int64
	if err := q.QueryRowContext(ctx, `SELECT at FROM filing WHERE guild = ? AND story = ?`, guild, number).Scan(&filed); err != nil {
		return cache.Story{}, err
	}
	story.FiledAt = moment(filed)
	return corrected(ctx, q, guild, number, story)
}

// recorded reads one story as it was put.
func recorded(ctx context.Context, q source, number int64) (cache.Story, error) {
	var story cache.Story
	var record []byte
	var updated int64
	if err := q.QueryRowContext(ctx, `SELECT id, record, updated FROM story WHERE story = ?`, number).Scan(&story.ID, &record, &updated); err != nil {
		return cache.Story{}, err
	}
	if err := cache.UnmarshalRecord(record, &story); err != nil {
		return cache.Story{}, err
	}
	if updated != 0 {
		story.UpdatedAt = moment(updated)
	}
	scan := func(rows *sql.Rows) (quote.Quote, error) {
		var record []byte
		if err := rows.Scan(&record); err != nil {
			return quote.Quote{}, err
		}
		return cache.UnmarshalQuote(record)
	}
	var err error
	story.Quotes, err = collect(ctx, q, scan, `SELECT record FROM quote WHERE story = ? ORDER BY n`, number)
	return story, err
}

func moment(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// Stories lists what q asks for, newest first. next is the cursor of the page after this one, "" if it was
// the last. A cursor that this method did not return is cache.ErrCursor.
func (s *Store) Stories(ctx context.Context, q cache.StoryQuery) (stories []cache.Story, next string, err error) {
	after, err := cache.ParsePosition(q.After)
	if err != nil {
		return nil, "", err
	}
	sel := filed(q, after)
	if sel == nil {
		return nil, "", nil
	}
	scan := func(rows *sql.Rows) (p cache.Position, err error) { return p, rows.Scan(&p.At, &p.Story) }
	err = s.look(ctx, func(tx Tx) error {
		found, err := collect(ctx, tx, scan, sel.query.String(), sel.args...)
		if err != nil {
			return err
		}
		for i, p := range found {
			if q.Limit > 0 && i == q.Limit {
				next = found[i-1].Cursor()
				break
			}
			story, err := load(ctx, tx, q.Guild, p.Story)
			if err != nil {
				return err
			}
			stories = append(stories, story)
		}
		return nil
	})
	return stories, next, err
}

// filed makes the query that answers q, or nil if nothing can.
func filed(q cache.StoryQuery, after *cache.Position) *selection {
	sel := &selection{}
	sel.add(`SELECT o.at, o.story FROM filing o WHERE o.guild = ?`, q.Guild)
	if words := strings.TrimSpace(q.About); words != "" {
		match := matchAll(words)
		if match == "" {
			return nil // nothing but marks: no story holds that
		}
		sel.add(` AND o.story IN (SELECT rowid FROM story_words WHERE story_words MATCH ?)`, match)
	}
	if q.Site != "" {
		sel.add(` AND EXISTS (SELECT 1 FROM story s WHERE s.story = o.story AND s.site = ? COLLATE NOCASE)`, q.Site)
	}
	if q.By != "" {
		sel.add(` AND EXISTS (SELECT 1 FROM share h WHERE h.guild = o.guild AND h.story = o.story AND h.sharer = ?)`, q.By)
	}
	if !q.Since.IsZero() {
		sel.add(` AND o.at >= ?`, q.Since.UnixMicro())
	}
	if !q.Until.IsZero() {
		sel.add(` AND o.at < ?`, q.Until.UnixMicro())
	}
	if after != nil {
		sel.add(` AND o.at <= ? AND (o.at < ? OR o.story < ?)`, after.At, after.At, after.Story)
	}
	limit := -1
	if q.Limit > 0 {
		limit = q.Limit + 1 // one more tells whether there is a page after
	}
	sel.add(` ORDER BY o.at DESC, o.story DESC LIMIT ?`, limit)
	return sel
}

// Stats counts what guild has filed. Bytes is the size of the whole file.
func (s *Store) Stats(ctx context.Context, guild string) (st cache.Stats, err error) {
	err = s.look(ctx, func(tx Tx) error {
		return tx.QueryRowContext(ctx, `SELECT
			(SELECT count(*) FROM filing WHERE guild = ?1),
			(SELECT count(*) FROM filing f JOIN quote q USING (story) WHERE f.guild = ?1),
			(SELECT count(*) FROM speaker WHERE guild = ?1),
			(SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)`,
			guild).Scan(&st.Stories, &st.Quotes, &st.Speakers, &st.Bytes)
	})
	return st, err
}
