package embedded

import (
	"context"
	"database/sql"
	"iter"

	"newsdesk/cache"
	"newsdesk/quote/name"
)

// Speakers lists everybody who is quoted in what guild sees, most quoted first.
func (s *Store) Speakers(ctx context.Context, guild string) ([]cache.Speaker, error) {
	var all []cache.Speaker
	err := s.look(ctx, func(tx Tx) (err error) {
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
	asked := name.Asked(query)
	err := s.look(ctx, func(tx Tx) error {
		candidates, err := collect(ctx, tx, scanCandidate, candidatesByWord, guild, jsonList(cache.SpeakerWords(query)))
		if err != nil {
			return err
		}
		if found = fitting(candidates, asked, limit, cache.Fits); len(found) > 0 {
			return nil
		}
		// A slip: no word of it need be the same.
		if candidates, err = collect(ctx, tx, scanCandidate, candidatesAll, guild); err != nil {
			return err
		}
		found = fitting(candidates, asked, limit, cache.FitsLoosely)
		return nil
	})
	return found, err
}

// candidate is one spelling of a speaker; the spellings of one follow each other.
type candidate struct {
	speaker int64
	cache.Spelling
}

const (
	candidatesAll = `SELECT p.speaker, s.name, s.quotes FROM speaker p JOIN spelling s USING (speaker)
		WHERE p.guild = ? ORDER BY p.quotes DESC, p.name, p.speaker, s.name`
	candidatesByWord = `SELECT p.speaker, s.name, s.quotes FROM speaker p JOIN spelling s USING (speaker)
		WHERE p.speaker IN (SELECT speaker FROM speaker_word
			WHERE guild = ? AND word IN (SELECT value FROM json_each(?)))
		ORDER BY p.quotes DESC, p.name, p.speaker, s.name`
)

func scanCandidate(rows *sql.Rows) (c candidate, err error) {
	return c, rows.Scan(&c.speaker, &c.Name, &c.Count)
}

// fitting returns those of the candidates that fit what was asked.
func fitting(candidates []candidate, asked name.Query, limit int,
	fits func(name.Query, []cache.Spelling) bool) []cache.Speaker {
	var found []cache.Speaker
	for _, spellings := range bySpeaker(candidates) {
		if limit > 0 && len(found) == limit {
			break
		}
		if !fits(asked, spellings) {
			continue
		}
		sp := cache.Speaker{Name: cache.Shown(spellings)}
		for _, s := range spellings {
			sp.Count += s.Count
		}
		found = append(found, sp)
	}
	return found
}

// bySpeaker gives the spellings of each speaker in turn.
func bySpeaker(candidates []candidate) iter.Seq2[int64, []cache.Spelling] {
	return func(yield func(int64, []cache.Spelling) bool) {
		for len(candidates) > 0 {
			speaker := candidates[0].speaker
			var spellings []cache.Spelling
			for len(candidates) > 0 && candidates[0].speaker == speaker {
				spellings, candidates = append(spellings, candidates[0].Spelling), candidates[1:]
			}
			if !yield(speaker, spellings) {
				return
			}
		}
	}
}

// spellingsOf lists how guild's articles name a speaker.
func spellingsOf(ctx context.Context, q source, speaker int64) ([]cache.Spelling, error) {
	scan := func(rows *sql.Rows) (sp cache.Spelling, err error) { return sp, rows.Scan(&sp.Name, &sp.Count) }
	return collect(ctx, q, scan, `SELECT name, quotes FROM spelling WHERE speaker = ? ORDER BY name`, speaker)
}

func scanSpeaker(rows *sql.Rows) (sp cache.Speaker, err error) {
	return sp, rows.Scan(&sp.Name, &sp.Count)
}
