package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"newsdesk/cache"
)

// primary is SQLite's primary result code of err, or 0.
func primary(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

func isBusy(err error) bool {
	code := primary(err)
	return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
}

// isClosedToUs reports whether SQLite could not make the files that it needs beside the store.
func isClosedToUs(err error) bool {
	code := primary(err)
	return code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_READONLY
}

// mapped wraps err with what was done to which file, and with the sentinel of package cache that tells
// a caller what it is. It is nil for nil.
func (s *Store) mapped(done string, err error) error {
	if err == nil {
		return nil
	}
	if sentinel := sentinels[primary(err)]; sentinel != nil {
		return fmt.Errorf("%s store %s: %w: %w", done, s.path, sentinel, err)
	}
	return fmt.Errorf("%s store %s: %w", done, s.path, err)
}

// sentinels by SQLite's primary result code.
var sentinels = map[int]error{
	sqlite3.SQLITE_BUSY:     cache.ErrLocked,
	sqlite3.SQLITE_LOCKED:   cache.ErrLocked,
	sqlite3.SQLITE_READONLY: cache.ErrReadOnly,
	sqlite3.SQLITE_CORRUPT:  cache.ErrCorrupt,
	sqlite3.SQLITE_FORMAT:   cache.ErrCorrupt,
	sqlite3.SQLITE_NOTADB:   cache.ErrNotStore,
	sqlite3.SQLITE_FULL:     cache.ErrFull,
}

// asReadOnly marks what SQLite calls "unable to open" while writing: the folder is closed to us.
func asReadOnly(err error) error {
	if primary(err) == sqlite3.SQLITE_CANTOPEN {
		return fmt.Errorf("%w: %w", cache.ErrReadOnly, err)
	}
	return err
}

// notWritable marks errors of making files and folders.
func notWritable(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %w", cache.ErrReadOnly, err)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: %w", cache.ErrFull, err)
	}
	return err
}
