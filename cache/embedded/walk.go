package embedded

import (
	"context"
	"errors"

	"newsdesk/cache"
)

// fewMatches are looked up in the topic index and sorted in no time. What more quotes hold is common: to sort them all
// for a page of the newest takes seconds where there are a million.
const fewMatches = 8000

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
// until the page is full.
func walk(ctx context.Context, tx Tx, q cache.QuoteQuery, after *cache.Position) (found []listed, err error) {
	readings, want := cache.QueryTerms(q.About), q.Limit+1
	q.About, q.Limit = "", 0
	sel, err := selecting(ctx, tx, q, after)
	if err != nil || sel == nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, sel.query.String(), sel.args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var story cache.Story // of the last quote
	number := int64(-1)
	for len(found) < want && rows.Next() {
		l, err := scanListed(rows)
		if err != nil {
			return nil, err
		}
		if l.Story != number {
			number = l.Story
			var record []byte
			if err := tx.QueryRowContext(ctx, `SELECT record FROM story WHERE story = ?`, number).Scan(&record); err != nil {
				return nil, err
			}
			if err := cache.UnmarshalRecord(record, &story); err != nil {
				return nil, err
			}
		}
		if cache.Holds(cache.QuoteTerms(&story.Article, l.Quote), readings) {
			found = append(found, l)
		}
	}
	return found, rows.Err()
}
