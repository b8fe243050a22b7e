package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsdesk/cache"
	"newsdesk/quote/name"
)

// Shares lists who shared the story filed under id in guild, each person once with the moment they first
// did, the earliest first. Without such a story: cache.ErrNotFound.
func (s *Store) Shares(ctx context.Context, guild, id string) ([]cache.Share, error) {
	shares, err := s.SharesOf(ctx, guild, []string{id})
	if err == nil && len(shares) == 0 {
		err = fmt.Errorf("%q: %w", id, cache.ErrNotFound)
	}
	return shares[id], err
}

// SharesOf lists for many stories by their IDs, in one read, what Shares does for one. Those that are not there are not
// in it.
func (s *Store) SharesOf(ctx context.Context, guild string, ids []string) (map[string][]cache.Share, error) {
	shares := map[string][]cache.Share{}
	scan := func(rows *sql.Rows) (struct{}, error) {
		var id string
		var at int64
		sh := cache.Share{Guild: guild}
		err := rows.Scan(&id, &sh.By, &at, &sh.Where)
		sh.At = moment(at)
		shares[id] = append(shares[id], sh)
		return struct{}{}, err
	}
	err := s.view(ctx, func(tx Tx) error {
		place := `''`
		if ok, err := hasPlaces(ctx, tx); err != nil {
			return err
		} else if ok {
			place = `coalesce((SELECT p.place FROM share p WHERE p.guild = h.guild AND p.story = h.story AND p.sharer = h.sharer
				AND p.place <> '' ORDER BY p.at LIMIT 1), '')`
		}
		_, err := collect(ctx, tx, scan, `SELECT s.id, h.sharer, min(h.at), `+place+` FROM story s JOIN share h USING (story)
			WHERE h.guild = ?1 AND s.id IN (SELECT value FROM json_each(?2)) AND s.owner IN ('', ?1) GROUP BY s.id, h.sharer ORDER BY 3, 2`,
			guild, jsonList(ids))
		return err
	})
	return shares, err
}

// Unshare forgets that by shared the story filed under id in guild. The story goes with the last of its
// shares, as by Forget. Where by has not shared it: cache.ErrNotFound.
func (s *Store) Unshare(ctx context.Context, guild, id, by string) error {
	shares, err := s.Shares(ctx, guild, id)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(shares, func(sh cache.Share) bool { return sh.By == by }) {
		return fmt.Errorf("%q by %q: %w", id, by, cache.ErrNotFound)
	}
	err = s.change(ctx, func(tx Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM share WHERE guild = ? AND sharer = ? AND story IN
			(SELECT story FROM story WHERE id = ? AND owner IN ('', ?))`, guild, by, id, guild); err != nil {
			return err
		}
		var left int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM share JOIN story USING (story)
			WHERE guild = ? AND id = ? AND owner IN ('', ?)`, guild, id, guild).Scan(&left); err != nil || left > 0 {
			return err
		}
		return forget(ctx, tx, guild, id)
	})
	if err != nil {
		return err
	}
	return s.truncateLog(ctx)
}

// Complete lists the speakers of whose name prefix begins any part, or continues the first of it ("donald
// tr"), most quoted first, at most limit of them.
func (s *Store) Complete(ctx context.Context, guild, prefix string, limit int) (speakers []cache.Speaker, err error) {
	words := strings.Fields(name.Fold(prefix))
	sel := &selection{}
	sel.add(`SELECT name, quotes FROM speaker p WHERE guild = ?`, guild)
	for i, w := range words {
		if i == len(words)-1 {
			// No folded word holds the last of all characters.
			sel.add(` AND speaker IN (SELECT speaker FROM speaker_word WHERE guild = ? AND word >= ? AND word < ?)`, guild, w, w+"\U0010FFFF")
		} else {
			sel.add(` AND speaker IN (SELECT speaker FROM speaker_word WHERE guild = ? AND word = ?)`, guild, w)
		}
	}
	sel.add(` ORDER BY quotes DESC, name LIMIT ?`, limit)
	err = s.look(ctx, func(tx Tx) (err error) {
		speakers, err = collect(ctx, tx, scanSpeaker, sel.query.String(), sel.args...)
		return err
	})
	return speakers, err
}

// day is one in microseconds.
const day = int64(24 * time.Hour / time.Microsecond)

// Days counts, for each of so many days from a moment on, the quotes that were filed of a speaker.
func (s *Store) Days(ctx context.Context, guild, speaker string, from time.Time, days int) (counts []int, err error) {
	counts = make([]int, days)
	first := from.UnixMicro()
	scan := func(rows *sql.Rows) (struct{}, error) {
		var n, count int
		err := rows.Scan(&n, &count)
		if err == nil {
			counts[n] = count
		}
		return struct{}{}, err
	}
	err = s.look(ctx, func(tx Tx) error {
		_, err := collect(ctx, tx, scan, `SELECT (o.at - ?1) / ?2, count(*) FROM spelling p JOIN said o USING (speaker)
			WHERE p.guild = ?3 AND p.name = ?4 AND o.at >= ?1 AND o.at < ?5 GROUP BY 1`,
			first, day, guild, speaker, first+int64(days)*day)
		return err
	})
	return counts, err
}

// Guilds lists who has filed anything or set anything, sorted.
func (s *Store) Guilds(ctx context.Context) (guilds []string, err error) {
	err = s.view(ctx, func(tx Tx) (err error) {
		query := `SELECT DISTINCT guild FROM filing ORDER BY 1`
		if ok, err := hasTable(ctx, tx, "setting"); err != nil {
			return err
		} else if ok {
			query = `SELECT guild FROM filing UNION SELECT guild FROM setting ORDER BY 1`
		}
		guilds, err = collect(ctx, tx, scanString, query)
		return err
	})
	return guilds, err
}

// Settings returns what is set for guild, by name.
func (s *Store) Settings(ctx context.Context, guild string) (settings map[string]string, err error) {
	settings = map[string]string{}
	scan := func(rows *sql.Rows) (struct{}, error) {
		var name, value string
		err := rows.Scan(&name, &value)
		settings[name] = value
		return struct{}{}, err
	}
	err = s.view(ctx, func(tx Tx) error {
		if ok, err := hasTable(ctx, tx, "setting"); err != nil || !ok {
			return err
		}
		_, err := collect(ctx, tx, scan, `SELECT name, value FROM setting WHERE guild = ?`, guild)
		return err
	})
	return settings, err
}

// hasPlaces reports whether the file is of a version that has the places of shares.
func hasPlaces(ctx context.Context, q querier) (ok bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM pragma_table_info('share') WHERE name = 'place'`).Scan(&ok)
	return ok, err
}

// Set sets something for guild; the value "" takes it away.
func (s *Store) Set(ctx context.Context, guild, name, value string) error {
	if guild == "" || name == "" {
		return s.mapped("write", errors.New("a setting has a guild and a name"))
	}
	err := s.change(ctx, func(tx Tx) error {
		if value == "" {
			_, err := tx.ExecContext(ctx, `DELETE FROM setting WHERE guild = ?1 AND name = ?2; DELETE FROM appointment WHERE guild = ?1 AND name = ?2`, guild, name)
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO setting (guild, name, value) VALUES (?, ?, ?)`, guild, name, value)
		return err
	})
	if err != nil || value != "" {
		return err
	}
	return s.truncateLog(ctx)
}
