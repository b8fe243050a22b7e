package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/summarize"
)

// Summary returns what a model wrote of an article that was filed, in whatever guild may see it, under a summary's key;
// else cache.ErrNotFound. It is kept for cache.KeepSummaries.
func (s *Store) Summary(ctx context.Context, guild string, a *article.Article, key string) (written summarize.Summary, err error) {
	err = s.Look(ctx, func(tx Tx) error {
		var record []byte
		err := tx.QueryRowContext(ctx, `SELECT m.record FROM summary m JOIN story s USING (story)
			WHERE s.owner = ? AND s.id = ? AND m.key = ? AND m.until > ?`,
			cache.Owner(a, guild), cache.StoryID(a), cache.SummaryKey(a.Text, key), time.Now().UnixMicro()).Scan(&record)
		if err == nil {
			written, err = cache.UnmarshalSummary(record)
		}
		return err
	})
	if errors.Is(err, sql.ErrNoRows) || err == nil && written.Method == "" {
		err = fmt.Errorf("summary: %w", cache.ErrNotFound)
	}
	return written, err
}

// putSummary keeps the summary of a story if a model wrote it, and clears away those whose time has come.
func putSummary(ctx context.Context, tx Tx, number int64, story cache.Story) error {
	if !cache.Written(story) {
		return nil
	}
	now := time.Now()
	if _, err := tx.ExecContext(ctx, `DELETE FROM summary WHERE until <= ?`, now.UnixMicro()); err != nil {
		return err
	}
	record, err := cache.MarshalSummary(story.Summary)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO summary (story, key, record, until) VALUES (?, ?, ?, ?)`,
		number, cache.SummaryKey(story.Article.Text, story.Summary.Key), record, now.Add(cache.KeepSummaries).UnixMicro())
	return err
}
