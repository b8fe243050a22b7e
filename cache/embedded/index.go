package embedded

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"newsdesk/cache"
)

// spoken is one quote of a story as the speaker index needs it.
type spoken struct {
	row      int64 // quote.quote
	n        int64
	reported bool
	speaker  string // as the article names them
}

// spokenIn lists the quotes of a story that have a speaker in guild's lists, in the story's order.
func spokenIn(ctx context.Context, tx Tx, guild string, number int64) ([]spoken, error) {
	var story cache.Story
	scan := func(rows *sql.Rows) (s spoken, err error) {
		var record []byte
		if err := rows.Scan(&s.row, &s.n, &s.reported, &record); err != nil {
			return s, err
		}
		q, err := cache.UnmarshalQuote(record)
		story.Quotes = append(story.Quotes, q)
		return s, err
	}
	all, err := collect(ctx, tx, scan, `SELECT quote, n, reported, record FROM quote WHERE story = ? ORDER BY n`, number)
	if err != nil {
		return nil, err
	}
	if story, err = corrected(ctx, tx, guild, number, story); err != nil {
		return nil, err
	}
	var named []spoken
	for i, s := range all {
		if s.speaker = story.Quotes[i].Speaker; s.speaker != "" {
			named = append(named, s)
		}
	}
	return named, nil
}

// index enters what the speakers of a story said into the lists of guild.
func index(ctx context.Context, tx Tx, guild string, number int64) error {
	quotes, err := spokenIn(ctx, tx, guild, number)
	if err != nil {
		return err
	}
	var at int64
	if err := tx.QueryRowContext(ctx, `SELECT at FROM filing WHERE guild = ? AND story = ?`,
		guild, number).Scan(&at); err != nil {
		return err
	}
	touched := map[int64]bool{}
	for name, of := range byName(quotes) {
		speaker, fresh, err := credit(ctx, tx, guild, name, len(of))
		if err != nil {
			return err
		}
		for _, q := range of {
			if _, err := tx.ExecContext(ctx, `INSERT INTO said (speaker, at, story, reported, n, quote) VALUES (?, ?, ?, ?, ?, ?)`,
				speaker, at, number, q.reported, q.n, q.row); err != nil {
				return err
			}
		}
		touched[speaker] = touched[speaker] || fresh
	}
	return tally(ctx, tx, guild, touched)
}

// byName gives the quotes of each speaker, in the order in which they first speak, so that speakers are
// joined alike whenever a story is filed anew.
func byName(quotes []spoken) iter.Seq2[string, []spoken] {
	return func(yield func(string, []spoken) bool) {
		var order []string
		of := map[string][]spoken{}
		for _, q := range quotes {
			if of[q.speaker] == nil {
				order = append(order, q.speaker)
			}
			of[q.speaker] = append(of[q.speaker], q)
		}
		for _, name := range order {
			if !yield(name, of[name]) {
				return
			}
		}
	}
}

// unindex takes what the speakers of a story said out of the lists of guild, if it stands there.
func unindex(ctx context.Context, tx Tx, guild string, number int64) error {
	if waits, err := isUnlisted(ctx, tx, number); err != nil || waits {
		return err
	}
	quotes, err := spokenIn(ctx, tx, guild, number)
	if err != nil {
		return err
	}
	touched := map[int64]bool{}
	for name, of := range byName(quotes) {
		var speaker int64
		if err := tx.QueryRowContext(ctx, `UPDATE spelling SET quotes = quotes - ?
			WHERE guild = ? AND name = ? RETURNING speaker`, len(of), guild, name).Scan(&speaker); err != nil {
			return err
		}
		touched[speaker] = false
	}
	for speaker := range touched {
		if _, err := tx.ExecContext(ctx, `DELETE FROM said WHERE speaker = ? AND story = ? AND at =
			(SELECT at FROM filing WHERE guild = ? AND story = ?)`, speaker, number, guild, number); err != nil {
			return err
		}
	}
	return tally(ctx, tx, guild, touched)
}

// credit counts so many quotes more for the speaker whom guild's articles name so, and makes one if
// there is none. fresh is true if nobody was named so before.
func credit(ctx context.Context, tx Tx, guild, full string, quotes int) (speaker int64, fresh bool, err error) {
	err = tx.QueryRowContext(ctx, `UPDATE spelling SET quotes = quotes + ? WHERE guild = ? AND name = ?
		RETURNING speaker`, quotes, guild, full).Scan(&speaker)
	if !errors.Is(err, sql.ErrNoRows) {
		return speaker, false, err
	}
	if speaker, err = join(ctx, tx, guild, full); err != nil {
		return 0, false, err
	}
	if speaker == 0 {
		err = tx.QueryRowContext(ctx, `INSERT INTO speaker (guild, name, quotes) VALUES (?, ?, 0)
			RETURNING speaker`, guild, full).Scan(&speaker)
		if err != nil {
			return 0, false, err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO spelling (guild, name, speaker, quotes) VALUES (?, ?, ?, ?)`,
		guild, full, speaker, quotes)
	return speaker, true, err
}

// join returns the most quoted speaker of guild who is the same person as full under every spelling,
// or 0.
func join(ctx context.Context, tx Tx, guild, full string) (int64, error) {
	candidates, err := collect(ctx, tx, scanCandidate, candidatesByWord, guild, jsonList(cache.SpeakerWords(full)))
	if err != nil {
		return 0, err
	}
	for speaker, spellings := range bySpeaker(candidates) {
		if cache.Joins(full, spellings) {
			return speaker, nil
		}
	}
	return 0, nil
}

// tally brings the speakers whose spellings changed up to date: name, number of quotes, and, of those who have a
// fresh one or lost one, the words that find them. Those without a quote left go.
func tally(ctx context.Context, tx Tx, guild string, speakers map[int64]bool) error {
	for speaker, fresh := range speakers {
		lost, err := tx.ExecContext(ctx, `DELETE FROM spelling WHERE speaker = ? AND quotes = 0`, speaker)
		if err != nil {
			return err
		}
		gone, err := lost.RowsAffected()
		if err != nil {
			return err
		}
		spellings, err := spellingsOf(ctx, tx, speaker)
		if err != nil {
			return err
		}
		if fresh || gone > 0 {
			if err := respell(ctx, tx, guild, speaker, spellings); err != nil {
				return err
			}
		}
		if len(spellings) == 0 {
			if _, err := tx.ExecContext(ctx, `DELETE FROM speaker WHERE speaker = ?`, speaker); err != nil {
				return err
			}
			continue
		}
		quotes := 0
		for _, s := range spellings {
			quotes += s.Count
		}
		if _, err := tx.ExecContext(ctx, `UPDATE speaker SET name = ?, quotes = ? WHERE speaker = ?`,
			cache.Shown(spellings), quotes, speaker); err != nil {
			return err
		}
	}
	return nil
}

// respell replaces the words that find a speaker.
func respell(ctx context.Context, tx Tx, guild string, speaker int64, spellings []cache.Spelling) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM speaker_word WHERE speaker = ?`, speaker); err != nil {
		return err
	}
	for _, s := range spellings {
		for _, w := range cache.SpeakerWords(s.Name) {
			if _, err := tx.ExecContext(ctx, `INSERT INTO speaker_word (guild, word, speaker)
				VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, guild, w, speaker); err != nil {
				return err
			}
		}
	}
	return nil
}
