package embedded

import (
	"context"
)

// Forget takes the story filed under id away from guild: its shares, what its speakers said in the
// guild's lists, and, when no other guild shares it, the story itself, overwritten in the file. Where
// guild has filed no such story: cache.ErrNotFound.
func (s *Store) Forget(ctx context.Context, guild, id string) error {
	// A store that is not there yet must not come into being by forgetting.
	if _, err := s.Story(ctx, guild, id); err != nil {
		return err
	}
	if err := s.change(ctx, func(tx Tx) error { return forget(ctx, tx, guild, id) }); err != nil {
		return err
	}
	return s.truncateLog(ctx)
}

// truncateLog clears away what the file has taken over.
func (s *Store) truncateLog(ctx context.Context) error {
	// The write-ahead log still holds pages from before. Whoever reads just now keeps it for a moment;
	// then the last to close the file clears it away.
	db, err := s.write(ctx)
	if err != nil {
		return err
	}
	var busy, pages, moved int
	err = db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
	if isBusy(err) {
		err = nil
	}
	return s.mapped("write", err)
}

func forget(ctx context.Context, tx Tx, guild, id string) error {
	number, err := numberOf(ctx, tx, guild, id)
	if err != nil {
		return err
	}
	if err := unindex(ctx, tx, guild, number); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM filing WHERE guild = ? AND story = ?`, guild, number); err != nil {
		return err
	}
	guilds, err := guildsOf(ctx, tx, number)
	if err != nil || len(guilds) > 0 {
		return err
	}
	if err := dropQuotes(ctx, tx, number); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM story WHERE story = ?`, number)
	return err
}
