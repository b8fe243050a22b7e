package embedded

import (
	"context"
	"database/sql"
	"encoding/json"

	"newsdesk/cache"
)

// Speakers lists everybody who is quoted in what guild sees, most quoted first.
func (s *Store) Speakers(ctx context.Context, guild string) ([]cache.Speaker, error) {
	var all []cache.Speaker
	err := s.view(ctx, func(tx *sql.Tx) (err error) {
		all, err = collect(ctx, tx, scanSpeaker,
			`SELECT name, quotes FROM speaker WHERE guild = ? ORDER BY quotes DESC, name`, guild)
		return err
	})
	return all, err
}

// SpeakersLike lists the speakers whom query may mean, most quoted first, at most limit of them (0 for
// all): any part of a name, in any case, with or without accents and titles. Where nobody fits
// exactly, those who do but for a typing error are listed.
func (s *Store) SpeakersLike(ctx context.Context, guild, query string, limit int) ([]cache.Speaker, error) {
	var found []cache.Speaker
	err := s.view(ctx, func(tx *sql.Tx) error {
		numbers, err := withAnyWord(ctx, tx, guild, cache.SpeakerWords(query))
		if err != nil {
			return err
		}
		if found, err = fitting(ctx, tx, numbers, query, limit, cache.Fits); err != nil || len(found) > 0 {
			return err
		}
		// Another transliteration, or a slip: no word of it need be the same.
		if numbers, err = collect(ctx, tx, scanNumber,
			`SELECT speaker FROM speaker WHERE guild = ? ORDER BY quotes DESC, name`, guild); err != nil {
			return err
		}
		found, err = fitting(ctx, tx, numbers, query, limit, cache.FitsLoosely)
		return err
	})
	return found, err
}

// fitting returns those of the speakers that fit query.
func fitting(ctx context.Context, q source, numbers []int64, query string, limit int,
	fits func(string, []cache.Spelling) bool) ([]cache.Speaker, error) {
	var found []cache.Speaker
	for _, number := range numbers {
		if limit > 0 && len(found) == limit {
			break
		}
		spellings, err := spellingsOf(ctx, q, number)
		if err != nil {
			return nil, err
		}
		if !fits(query, spellings) {
			continue
		}
		sp := cache.Speaker{Name: cache.Shown(spellings)}
		for _, s := range spellings {
			sp.Count += s.Count
		}
		found = append(found, sp)
	}
	return found, nil
}

// withAnyWord lists the speakers of guild with any of words in a spelling, most quoted first.
func withAnyWord(ctx context.Context, q source, guild string, words []string) ([]int64, error) {
	list, err := json.Marshal(words)
	if err != nil {
		return nil, err
	}
	return collect(ctx, q, scanNumber, `SELECT speaker FROM speaker WHERE speaker IN
		(SELECT speaker FROM speaker_word WHERE guild = ? AND word IN (SELECT value FROM json_each(?)))
		ORDER BY quotes DESC, name`, guild, string(list))
}

// spellingsOf lists how guild's articles name a speaker.
func spellingsOf(ctx context.Context, q source, speaker int64) ([]cache.Spelling, error) {
	scan := func(rows *sql.Rows) (sp cache.Spelling, err error) { return sp, rows.Scan(&sp.Name, &sp.Count) }
	return collect(ctx, q, scan, `SELECT name, quotes FROM spelling WHERE speaker = ? ORDER BY name`, speaker)
}

func scanSpeaker(rows *sql.Rows) (sp cache.Speaker, err error) {
	return sp, rows.Scan(&sp.Name, &sp.Count)
}
