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
	quotes, found, stopped, err := pass(ctx, tx, q, after, reach)
	if err != nil {
		return nil, nil, err
	}
	return found, stopped, tell(ctx, tx, quotes, found)
}

// pass walks and returns which quotes it found, and their places.
func pass(ctx context.Context, tx Tx, q cache.QuoteQuery, after *cache.Position, reach int) (quotes []int64, found []listed, stopped *cache.Position, err error) {
	readings, want := cache.QueryTerms(q.About), q.Limit+1
	q.About, q.Limit = "", reach
	sel, err := selecting(ctx, tx, q, after, `, p.quote, (SELECT terms FROM quote_words WHERE rowid = p.quote)`)
	if err != nil || sel == nil {
		return nil, nil, nil, err
	}
	rows, err := tx.QueryContext(ctx, sel.query.String(), sel.args...)
	if err != nil {
		return nil, nil, nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var last cache.Position
	for looked := 0; len(found) < want && rows.Next(); looked++ {
		if looked == reach { // there is one more
			return quotes, found, &last, nil
		}
		var l listed
		var quote int64
		var terms sql.RawBytes // the topic index's own
		if err := rows.Scan(&l.At, &l.Story, &l.Reported, &l.N, &quote, &terms); err != nil {
			return nil, nil, nil, err
		}
		if last = l.Position; cache.Holds(strings.Fields(string(terms)), readings) {
			quotes, found = append(quotes, quote), append(found, l)
		}
	}
	return quotes, found, nil, rows.Err()
}

// tell reads what is told of quotes whose places are known.
func tell(ctx context.Context, tx Tx, quotes []int64, places []listed) error {
	all, err := collect(ctx, tx, scanListed, `SELECT 0, q.story, q.reported, q.n`+told+` FROM json_each(?) j
		CROSS JOIN quote q ON q.quote = j.value CROSS JOIN story s ON s.story = q.story ORDER BY j.key`, jsonList(quotes))
	if err != nil {
		return err
	}
	for i, l := range all {
		l.Position, l.FiledAt = places[i].Position, moment(places[i].At)
		places[i] = l
	}
	return nil
}
