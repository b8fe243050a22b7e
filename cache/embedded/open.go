// Package embedded keeps stories in one file: the store that needs nothing else.
//
// [Open] a path, and use the [Store]; the file and its folders come into being with the first story
// that is put. Any number of processes may read and write the same file at the same time: readers
// never wait, a writer waits up to [Patience] for another. A file or a folder that may only be read is
// read, and refuses to be written with cache.ErrReadOnly.
//
// # What is kept how
//
// The file is an SQLite database (modernc.org/sqlite, in Go), told from others by its application id
// and versioned by its user version; schema.sql says what its tables hold. A story is filed once, as a
// compressed record and its quotes. Everything that depends on who sees it (since when, which speakers
// there are, what each said) is kept once per guild that shares it. Topic search reads two FTS5
// indexes of folded and stemmed words. A story enters these lists after it was filed, before the next look at any of
// them: see lists.go.
//
// # What is promised
//
// A call that returned without an error is on the disk, and survives kill -9 and a power cut; one that
// did not return has left nothing behind. While a process has the file open, two more stand beside it
// (-wal and -shm); the last to close it clears them away, or the next to open it after a crash. What
// is forgotten is overwritten with zeros, in the indexes too. A file that is not a store, is damaged
// or was written by a newer newsdesk is refused and left as it is.
package embedded

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"newsdesk/cache"
)

// Patience is how long a call waits for another process that is writing, before it gives up with
// cache.ErrLocked.
const Patience = 3 * time.Second

const (
	applicationID = 0x4e657773 // "News", in the file's header, where file(1) finds it
	version       = 9          // of the tables; a file of a higher one is refused
)

//go:embed schema.sql
var schema string

// Store is an open store. It may be used by any number of goroutines. Close it when done.
type Store struct {
	path string

	mu     sync.Mutex
	reader *sql.DB // nil until there is a file
	writer *sql.DB // nil until the first write; one connection, so that this process queues by itself
	closed bool

	current atomic.Bool // the file is of this version, as it has been seen

	prepared prepared // of writer
	lister   lister

	writing writing
	gapEnd  time.Time // until when other processes have their turn; for whoever holds writer's connection
}

// Open opens the store at path, in a few milliseconds. Where there is no file, the store is empty and
// the file is made when the first story is put. Errors are wrapped with the path: cache.ErrNotStore (a
// folder, another file), cache.ErrCorrupt, cache.ErrNewer, cache.ErrLocked, fs.ErrPermission.
func Open(path string) (*Store, error) {
	if path == "" {
		return nil, fmt.Errorf("open store: %w: it has no path", cache.ErrNotStore)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	s := &Store{path: abs, writing: writing{turn: make(chan struct{}, 1)}}
	if _, err := s.read(context.Background()); err != nil {
		return nil, err
	}
	return s, nil
}

// Close lets go of the file. The store is not usable afterwards.
func (s *Store) Close() error {
	s.stopListing()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	errs := []error{s.prepared.close()}
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	s.reader, s.writer = nil, nil
	return s.mapped("close", errors.Join(errs...))
}

// read returns the handle for reading, or nil as long as there is no file.
func (s *Store) read(ctx context.Context) (*sql.DB, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, s.mapped("read", fs.ErrClosed)
	}
	if s.reader != nil {
		return s.reader, nil
	}
	info, err := os.Stat(s.path) //nolint:gosec // the path is the user's own
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, s.mapped("open", err)
	case !info.Mode().IsRegular():
		return nil, s.mapped("open", fmt.Errorf("%w: not a file", cache.ErrNotStore))
	}
	db, err := s.connect(ctx)
	if err != nil {
		return nil, s.mapped("open", err)
	}
	found, err := inspect(ctx, db)
	if err != nil || found == empty {
		// An empty file is a store to be, the next call looks again.
		return nil, s.mapped("open", errors.Join(err, db.Close()))
	}
	s.reader = db
	return db, nil
}

// connect opens the file for reading. A folder that cannot be written has no room for the files that
// readers and writers meet in; what lies there alone can then be read as it is, for nobody writes it.
func (s *Store) connect(ctx context.Context) (*sql.DB, error) {
	db, err := dial(ctx, s.path, Patience, "_pragma=query_only(1)&mode=rw")
	if err == nil || !isClosedToUs(err) {
		return db, err
	}
	// Not before: to close a file that is in use would drop this process's locks on it.
	f, permErr := os.Open(s.path) //nolint:gosec // the path is the user's own
	if permErr != nil {
		return nil, permErr
	}
	_ = f.Close()
	if _, walErr := os.Stat(s.path + "-wal"); walErr == nil { //nolint:gosec // the same
		return nil, err
	}
	return dial(ctx, s.path, Patience, "_pragma=query_only(1)&mode=ro&immutable=1")
}

// dial opens one handle on the file. busy is how long a statement waits for another connection.
// secure_delete: what is forgotten is overwritten. synchronous: a commit is on the disk when it returns.
func dial(ctx context.Context, path string, busy time.Duration, options string) (*sql.DB, error) {
	dsn := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() +
		fmt.Sprintf("?_pragma=busy_timeout(%d)", busy.Milliseconds()) +
		"&_pragma=foreign_keys(1)&_pragma=secure_delete(1)&_pragma=synchronous(FULL)&" + options
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(4)
	db.SetMaxIdleConns(4)
	// Reading the header shows early what is no database, or cannot be reached.
	var pages int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&pages); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}
