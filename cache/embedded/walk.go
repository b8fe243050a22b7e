package embedded

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"newsdesk/cache"
)

// fewMatches are looked up in the topic index and sorted in no time. What more quotes hold is common: to sort them all
// for a page of the newest takes seconds where there are a million.
const fewMatches = 2000

// reach is how many quotes one walk looks at before it ends, with a cursor to go on from.
const reach = 10_000

// isCommon reports whether more than [fewMatches] quotes are about what a page of quotes is asked about.
func isCommon(ctx context.Context, tx Tx, q cache.QuoteQuery) (bool, error) {
	about := matchAll(q.About)
	if about == "" || q.Limit <= 0 || q.StoryID != "" {
		return false, nil
	}
	var n int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM
		(SELECT 1 FROM quote_words WHERE quote_words MATCH ? LIMIT ?)`, about, fewMatches+1).Scan(&n)
	return n > fewMatches, err
}

// walk answers a query about something common: it reads the quotes newest first, and keeps those that hold the words,
// until there is a page and one quote more. stopped is where to go on if it looked at so many quotes as reach before.
func walk(ctx context.Context, tx Tx, q cache.QuoteQuery, after *cache.Position, reach int) (found []listed, stopped *cache.Position, err error) {
	readings, want := cache.QueryTerms(q.About), q.Limit+1
	q.About, q.Limit = "", reach
	sel, err := selecting(ctx, tx, q, after, `, (SELECT terms FROM quote_words WHERE rowid = q.quote)`)
	if err != nil || sel == nil {
		return nil, nil, err
	}
	rows, err := tx.QueryContext(ctx, sel.query.String(), sel.args...)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var last cache.Position
	for looked := 0; len(found) < want && rows.Next(); looked++ {
		if looked == reach { // there is one more
			return found, &last, nil
		}
		var terms sql.RawBytes // the topic index's own
		l, record, err := scanRecorded(rows, &terms)
		if err != nil {
			return nil, nil, err
		}
		if last = l.Position; !cache.Holds(strings.Fields(string(terms)), readings) {
			continue
		}
		if l.Quote, err = cache.UnmarshalQuote(record); err != nil {
			return nil, nil, err
		}
		found = append(found, l)
	}
	return found, nil, rows.Err()
}
