package redis

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// mapped wraps err with what was done and where, and with the sentinel of package cache that tells a
// caller what it is. It is nil for nil.
func (s *Store) mapped(done string, err error) error {
	if err == nil {
		return nil
	}
	if sentinel := sentinelOf(err); sentinel != nil && !errors.Is(err, sentinel) {
		return fmt.Errorf("%s store %s: %w: %w", done, s.name, sentinel, err)
	}
	return fmt.Errorf("%s store %s: %w", done, s.name, err)
}

// sentinelOf tells what an error of the client or the server means, nil if it is none of theirs.
func sentinelOf(err error) error {
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return nil // the caller's own doing
	case goredis.IsOOMError(err), says(err, "MISCONF"): // MISCONF: it cannot write its disk
		return cache.ErrFull
	case goredis.IsReadOnlyError(err):
		return cache.ErrReadOnly
	case goredis.IsAuthError(err), goredis.IsPermissionError(err):
		return cache.ErrDenied
	case says(err, "WRONGTYPE"):
		return cache.ErrCorrupt
	case goredis.IsLoadingError(err), goredis.IsClusterDownError(err), goredis.IsMasterDownError(err),
		goredis.IsTryAgainError(err), goredis.IsMaxClientsError(err), goredis.IsNoReplicasError(err),
		errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, goredis.ErrPoolTimeout),
		says(err, "redis: all sentinels"), says(err, "redis: cluster"):
		return cache.ErrAway
	case errors.Is(err, goredis.TxFailedErr):
		return cache.ErrLocked
	}
	return nil
}

// says reports whether an error of the server or the client begins with words. The library gives these
// no type of their own.
func says(err error, words string) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		if strings.HasPrefix(err.Error(), words) {
			return true
		}
	}
	return false
}
