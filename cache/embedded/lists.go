package embedded

import (
	"context"
	"errors"
	"time"

	"newsdesk/cache"
)

// Lists are what is looked through: who said what, speakers, and the topic indexes. To enter a story there changes some
// sixty pages of the file and takes five times as long as to file it. So filing a new one notes only that it is still to
// be done, and it is done, for several stories at a time, before anybody looks at a list, by whoever looks; otherwise when
// nothing more was filed for a moment. What stands in the lists stays there while it is filed anew: whoever found nothing
// waiting, or has just entered what was, looks a moment later.

const lists = `
-- Stories that are filed and stand in no list yet: not in said, speaker and what hangs on it, story_words, quote_words.
CREATE TABLE unlisted (
  story INTEGER PRIMARY KEY REFERENCES story ON DELETE CASCADE
);`

const (
	quiet        = 200 * time.Millisecond // that moment
	mostUnlisted = 32                     // so many are entered without waiting for it, for whoever looks next not to wait for long
	listedAtOnce = 4                      // in one transaction, for which another filing has to wait
)

// look runs do on the lists, with all in them that was filed before. Where the file cannot be written, or another
// process keeps it for longer than [Patience], it runs on those that there are.
func (s *Store) look(ctx context.Context, do func(Tx) error) error {
	waiting := false
	err := s.Look(ctx, func(tx Tx) error {
		return tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM unlisted)`).Scan(&waiting)
	})
	if err == nil && waiting {
		err = s.enlist(ctx)
	}
	if err != nil && !errors.Is(err, cache.ErrReadOnly) && !errors.Is(err, cache.ErrFull) && !errors.Is(err, cache.ErrLocked) {
		return err
	}
	return s.view(ctx, do)
}

// enlist enters all stories that wait for it, some in each transaction.
func (s *Store) enlist(ctx context.Context) error {
	for more := true; more; {
		err := s.change(ctx, func(tx Tx) error {
			some, err := collect(ctx, tx, scanNumber, `SELECT story FROM unlisted ORDER BY story LIMIT ?`, listedAtOnce)
			if err != nil {
				return err
			}
			more = len(some) == listedAtOnce
			return enter(ctx, tx, some)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// enter enters stories into the lists of every guild that shares them, and into the topic indexes. These come last:
// FTS5 gathers what it is given, and writes it out whenever a statement on another table sets a savepoint.
func enter(ctx context.Context, tx Tx, stories []int64) error {
	if len(stories) == 0 {
		return nil
	}
	for _, number := range stories {
		guilds, err := guildsOf(ctx, tx, number)
		if err != nil {
			return err
		}
		for _, guild := range guilds {
			if err := index(ctx, tx, guild, number); err != nil {
				return err
			}
		}
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM unlisted WHERE story IN (SELECT value FROM json_each(?))`, jsonList(stories)); err != nil {
		return err
	}
	for _, number := range stories {
		if err := putWords(ctx, tx, number); err != nil {
			return err
		}
	}
	return nil
}

// isUnlisted reports whether a story stands in no list.
func isUnlisted(ctx context.Context, tx Tx, number int64) (waits bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM unlisted WHERE story = ?)`, number).Scan(&waits)
	return waits, err
}

// lister enters into the lists what this process files, when nothing more comes for a moment.
type lister struct {
	filed   chan struct{} // nil before the first; closed by stopListing
	done    chan struct{} // closed when it has ended
	stopped bool
}

// noteFiled tells the store's lister, and begins it with the first story.
func (s *Store) noteFiled() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lister.stopped {
		return
	}
	if s.lister.filed == nil {
		s.lister = lister{filed: make(chan struct{}, mostUnlisted), done: make(chan struct{})}
		go s.list(s.lister)
	}
	select {
	case s.lister.filed <- struct{}{}:
	default: // it is told enough
	}
}

// list is the lister's work, until its channel is closed; then it enters what still waits.
func (s *Store) list(l lister) {
	defer close(l.done)
	for range l.filed {
		l.rest()
		// What does not succeed here is tried again by whoever looks, who hears of it.
		_ = s.enlist(context.Background())
	}
}

// rest waits until nothing was filed for a moment, or so much that it is to be entered at once.
func (l lister) rest() {
	timer := time.NewTimer(quiet)
	defer timer.Stop()
	for range mostUnlisted {
		select {
		case _, more := <-l.filed:
			if !more {
				return
			}
			timer.Reset(quiet)
		case <-timer.C:
			return
		}
	}
}

// stopListing ends the lister for good, and waits for it.
func (s *Store) stopListing() {
	s.mu.Lock()
	l := s.lister
	s.lister.stopped = true
	s.mu.Unlock()
	if l.filed != nil && !l.stopped {
		close(l.filed)
		<-l.done
	}
}
