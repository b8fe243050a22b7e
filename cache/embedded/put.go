package embedded

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"newsdesk/cache"
	"newsdesk/quote"
)

// Put files story for the guild of share, and returns it as that guild now has it. All of it is filed
// or nothing.
//
// A story of the same ID becomes a new version of it: article, quotes and summary are replaced, for
// every guild that shares it, and UpdatedAt is set if the text changed. A story of the same text under
// another name is filed as the one that is there: article and ID stay, quotes and summary are
// replaced, the new name finds it too. FiledAt is when the guild first shared it: share.At, else
// story.FiledAt, else now. What cache.Check refuses is cache.ErrInvalid.
func (s *Store) Put(ctx context.Context, story cache.Story, share cache.Share) (cache.Story, error) {
	if err := cache.Check(story, share); err != nil {
		return cache.Story{}, s.mapped("write", err)
	}
	story = cache.Uncorrected(story)
	var filed cache.Story
	err := s.change(ctx, func(tx Tx) error {
		number, err := file(ctx, tx, story, share)
		if err != nil {
			return err
		}
		filed, err = load(ctx, tx, share.Guild, number)
		return err
	})
	if err != nil {
		return cache.Story{}, err
	}
	s.noteFiled()
	return filed, nil
}

// file writes the rows of a story and returns its number. A new story has yet to be entered into the lists; one that
// stands there stays, for whoever looks at them at the same time has found nothing waiting.
func file(ctx context.Context, tx Tx, story cache.Story, share cache.Share) (int64, error) {
	at := cache.FiledNow(story, share)
	number, alike, err := place(ctx, tx, &story, share, at)
	if err != nil {
		return 0, err
	}
	guilds, err := guildsOf(ctx, tx, number)
	if err != nil {
		return 0, err
	}
	waits, err := isUnlisted(ctx, tx, number)
	if err != nil {
		return 0, err
	}
	listed := len(guilds) > 0 && !waits
	if alike {
		if alike, err = hasQuotes(ctx, tx, number, story); err != nil {
			return 0, err
		}
	}
	if !alike {
		if err := replaceQuotes(ctx, tx, number, guilds, story); err != nil {
			return 0, err
		}
	}
	if err := putSummary(ctx, tx, number, story); err != nil {
		return 0, err
	}
	if err := putFiling(ctx, tx, number, share, at); err != nil {
		return 0, err
	}
	switch {
	case !listed:
		_, err = tx.ExecContext(ctx, `INSERT INTO unlisted (story) VALUES (?) ON CONFLICT DO NOTHING`, number)
	case !alike:
		err = enter(ctx, tx, []int64{number})
	case !slices.Contains(guilds, share.Guild):
		err = index(ctx, tx, share.Guild, number)
	}
	return number, err
}

// place finds or makes the row of story, brings its record up to date, and returns its number. Where
// the text is filed already under another name, story takes over that article. alike is whether it was there before, and
// is found by the same words.
func place(ctx context.Context, tx Tx, story *cache.Story, share cache.Share, at time.Time) (number int64, alike bool, err error) {
	given := story.Article
	owner, content := cache.Owner(&given, share.Guild), cache.ContentKey(&given)
	story.ID = cache.StoryID(&given)

	var changed bool
	var before cache.Story
	var record []byte
	err = tx.QueryRowContext(ctx, `SELECT story, content <> ?, record FROM story WHERE owner = ? AND id = ?`,
		content, owner, story.ID).Scan(&number, &changed, &record)
	renamed := errors.Is(err, sql.ErrNoRows)
	if renamed {
		err = tx.QueryRowContext(ctx, `SELECT story, id, record FROM story WHERE owner = ? AND content = ?
			ORDER BY story LIMIT 1`, owner, content).Scan(&number, &story.ID, &record)
	}
	if err == nil {
		err = cache.UnmarshalRecord(record, &before)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, false, err
	}
	if renamed && number != 0 {
		story.Article = before.Article
	}
	record, err = cache.MarshalRecord(*story)
	if err != nil {
		return 0, false, err
	}
	a := &story.Article
	alike = number != 0 && cache.SameTerms(&before.Article, a)
	if number == 0 {
		var updated int64 // when it comes from another store
		if !story.UpdatedAt.IsZero() {
			updated = story.UpdatedAt.UnixMicro()
		}
		err = tx.QueryRowContext(ctx, `INSERT INTO story
			(owner, id, content, version, updated, name, title, site, record)
			VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?) RETURNING story`,
			owner, story.ID, content, updated, cache.Name(a), a.Title, a.Site, record).Scan(&number)
	} else {
		_, err = tx.ExecContext(ctx, `UPDATE story SET content = ?, version = version + ?,
			updated = iif(?, ?, updated), name = ?, title = ?, site = ?, record = ? WHERE story = ?`,
			content, changed, changed, at.UnixMicro(), cache.Name(a), a.Title, a.Site, record, number)
	}
	if err != nil {
		return 0, false, err
	}
	for _, ref := range cache.Refs(&given) {
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO ref (owner, ref, story) VALUES (?, ?, ?)`,
			owner, ref, number); err != nil {
			return 0, false, err
		}
	}
	return number, alike, nil
}

// hasQuotes reports whether the quotes of a story are kept as it has them.
func hasQuotes(ctx context.Context, tx Tx, number int64, story cache.Story) (bool, error) {
	kept, err := collect(ctx, tx, scanString, `SELECT record FROM quote WHERE story = ? ORDER BY n`, number)
	return slices.EqualFunc(kept, story.Quotes, func(record string, q quote.Quote) bool {
		return record == string(cache.MarshalQuote(q))
	}), err
}

// replaceQuotes puts the quotes of a story in the place of those that it has, which go with all that hangs on them.
func replaceQuotes(ctx context.Context, tx Tx, number int64, guilds []string, story cache.Story) error {
	for _, guild := range guilds {
		if err := unindex(ctx, tx, guild, number); err != nil {
			return err
		}
	}
	if len(guilds) > 0 {
		if err := dropQuotes(ctx, tx, number); err != nil {
			return err
		}
	}
	return putQuotes(ctx, tx, number, story)
}

// putQuotes writes the quotes of a story that has none.
func putQuotes(ctx context.Context, tx Tx, number int64, story cache.Story) error {
	for n, q := range story.Quotes {
		if _, err := tx.ExecContext(ctx, `INSERT INTO quote (story, reported, n, record) VALUES (?, ?, ?, ?)`,
			number, q.Kind == quote.Indirect, n, cache.MarshalQuote(q)); err != nil {
			return err
		}
	}
	return nil
}

// putWords enters a story and its quotes into the topic indexes.
func putWords(ctx context.Context, tx Tx, number int64) error {
	story, err := recorded(ctx, tx, number)
	if err != nil {
		return err
	}
	rows, err := collect(ctx, tx, scanNumber, `SELECT quote FROM quote WHERE story = ? ORDER BY n`, number)
	if err != nil {
		return err
	}
	terms := cache.TermsOf(story)
	for n, row := range rows {
		if _, err := tx.ExecContext(ctx, `INSERT INTO quote_words (rowid, terms) VALUES (?, ?)`, row, joined(terms.Quotes[n])); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO story_words (rowid, terms) VALUES (?, ?)`, number, joined(terms.Story))
	return err
}

// dropQuotes removes the quotes of a story and its words in the topic indexes.
func dropQuotes(ctx context.Context, tx Tx, number int64) error {
	for _, statement := range []string{
		`DELETE FROM quote_words WHERE rowid IN (SELECT quote FROM quote WHERE story = ?)`,
		`DELETE FROM quote WHERE story = ?`,
		`DELETE FROM story_words WHERE rowid = ?`,
	} {
		if _, err := tx.ExecContext(ctx, statement, number); err != nil {
			return err
		}
	}
	return nil
}

// putFiling lets the guild of share see a story. The first time it was shared there stays.
func putFiling(ctx context.Context, tx Tx, number int64, share cache.Share, at time.Time) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO filing (guild, story, at) VALUES (?, ?, ?)
		ON CONFLICT DO NOTHING`, share.Guild, number, at.UnixMicro()); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO share (guild, story, sharer, at, place) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, share.Guild, number, share.By, at.UnixMicro(), share.Where)
	return err
}

// guildsOf lists the guilds that share a story.
func guildsOf(ctx context.Context, tx Tx, number int64) ([]string, error) {
	return collect(ctx, tx, scanString, `SELECT guild FROM filing WHERE story = ?`, number)
}

func joined(terms []string) string { return strings.Join(terms, " ") }
