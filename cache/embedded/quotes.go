package embedded

import (
	"context"
	"database/sql"
	"strings"

	"newsdesk/cache"
)

// Quotes lists what q asks for. next is the cursor of the page after this one, "" if it was the last;
// what is filed or forgotten in between moves no other quote to another page. About something common, one call
// looks at the newest 10,000 quotes; if there may be more, next says where to go on, also when the page is not full.
// A cursor that this method did not return is cache.ErrCursor.
func (s *Store) Quotes(ctx context.Context, q cache.QuoteQuery) (quotes []cache.FiledQuote, next string, err error) {
	after, err := cache.ParsePosition(q.After)
	if err != nil {
		return nil, "", err
	}
	err = s.look(ctx, func(tx Tx) error {
		found, stopped, err := list(ctx, tx, q, after)
		if err == nil {
			err = correctListed(ctx, tx, q.Guild, found)
		}
		if err != nil {
			return err
		}
		var last cache.Position
		for i, l := range found {
			if q.Limit > 0 && i == q.Limit {
				next = last.Cursor()
				break
			}
			quotes, last = append(quotes, l.FiledQuote), l.Position
		}
		if stopped != nil {
			next = stopped.Cursor()
		}
		return nil
	})
	return quotes, next, err
}

// list lists a page, and one quote more if there is a page after it; or what it found before it stopped.
func list(ctx context.Context, tx Tx, q cache.QuoteQuery, after *cache.Position) (page []listed, stopped *cache.Position, err error) {
	common, err := isCommon(ctx, tx, q)
	if err != nil {
		return nil, nil, err
	}
	if common {
		return walk(ctx, tx, q, after, reach)
	}
	sel, err := selecting(ctx, tx, q, after, told)
	if err != nil || sel == nil {
		return nil, nil, err
	}
	page, err = collect(ctx, tx, scanListed, sel.query.String(), sel.args...)
	return page, nil, err
}

// told is what a list tells of a quote besides its place.
const told = `, q.record, s.id, s.name, s.title, s.site`

// listed is a quote and where it stands in the list.
type listed struct {
	cache.FiledQuote
	cache.Position
}

func scanListed(rows *sql.Rows) (listed, error) {
	var l listed
	var record sql.RawBytes
	err := rows.Scan(&l.At, &l.Story, &l.Reported, &l.N, &record, &l.StoryID, &l.Article, &l.Title, &l.Site)
	if err != nil {
		return l, err
	}
	l.FiledAt = moment(l.At)
	l.Quote, err = cache.UnmarshalQuote(record)
	return l, err
}

// selection is a query in the making.
type selection struct {
	query strings.Builder
	args  []any
}

func (s *selection) add(sql string, args ...any) {
	s.query.WriteString(sql)
	s.args = append(s.args, args...)
}

// selecting makes the query that answers q, or nil if nothing can: the place of each quote, and what else columns name. CROSS
// JOIN holds SQLite to the order of the tables, which is chosen so that the rows of a page come out sorted, or few of them are;
// those of stories are long, so they are only read where something of them is wanted.
func selecting(ctx context.Context, tx Tx, q cache.QuoteQuery, after *cache.Position, columns string) (*selection, error) {
	sel, place, stories, quotes := &selection{}, "q", "", ""
	if columns == told || q.Site != "" {
		stories = ` CROSS JOIN story s ON s.story = o.story`
	}
	if len(q.Speakers) > 0 {
		place = "o" // said has it, sorted
		if columns == told {
			quotes = ` CROSS JOIN quote q ON q.quote = o.quote`
		}
	}
	sel.add(`SELECT o.at, o.story, ` + place + `.reported, ` + place + `.n` + strings.ReplaceAll(columns, `p.`, place+`.`))
	about := ""
	if words := strings.TrimSpace(q.About); words != "" {
		if about = matchAll(words); about == "" {
			return nil, nil // nothing but marks: no quote holds that
		}
	}
	switch {
	case len(q.Speakers) > 0:
		speakers, err := numbersOf(ctx, tx, q.Guild, q.Speakers)
		if err != nil {
			return nil, err
		}
		sel.add(` FROM said o` + quotes + stories + ` WHERE o.speaker `)
		if len(speakers) == 1 {
			sel.add(`= ?`, speakers[0]) // said has them sorted; several are sorted together
		} else {
			sel.add(`IN (SELECT value FROM json_each(?))`, jsonList(speakers))
		}
		if about != "" {
			sel.add(` AND o.quote IN (SELECT rowid FROM quote_words WHERE quote_words MATCH ?)`, about)
		}
	case about != "":
		sel.add(` FROM quote_words w CROSS JOIN quote q ON q.quote = w.rowid
			CROSS JOIN filing o ON o.guild = ? AND o.story = q.story`+stories+` WHERE quote_words MATCH ?`, q.Guild, about)
	default:
		sel.add(` FROM filing o`+stories+` CROSS JOIN quote q ON q.story = o.story WHERE o.guild = ?`, q.Guild)
	}
	if q.StoryID != "" {
		sel.add(` AND o.story IN (SELECT story FROM story WHERE id = ? AND owner IN ('', ?))`, q.StoryID, q.Guild)
	}
	if q.Site != "" {
		sel.add(` AND s.site = ? COLLATE NOCASE`, q.Site)
	}
	if !q.Since.IsZero() {
		sel.add(` AND o.at >= ?`, q.Since.UnixMicro())
	}
	if after != nil {
		sel.add(` AND o.at <= ? AND (o.at < ? OR o.story < ? OR o.story = ? AND (`+place+`.reported, `+place+`.n) > (?, ?))`,
			after.At, after.At, after.Story, after.Story, after.Reported, after.N)
	}
	limit := -1
	if q.Limit > 0 {
		limit = q.Limit + 1 // one more tells whether there is a page after
	}
	sel.add(` ORDER BY o.at DESC, o.story DESC, `+place+`.reported, `+place+`.n LIMIT ?`, limit)
	return sel, nil
}

// numbersOf lists the speakers of guild that are written as any of names.
func numbersOf(ctx context.Context, tx Tx, guild string, names []string) ([]int64, error) {
	return collect(ctx, tx, scanNumber, `SELECT DISTINCT speaker FROM spelling
		WHERE guild = ? AND name IN (SELECT value FROM json_each(?))`, guild, jsonList(names))
}
