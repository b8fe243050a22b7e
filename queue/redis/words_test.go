package redis

import (
	"context"
	"errors"
	"testing"

	"newsdesk/cache"
	"newsdesk/cache/redis"
	"newsdesk/cache/redis/redistest"
)

// What asynq says of its scripts is taken for what it is about.
func TestWordsOfScripts(t *testing.T) {
	store, err := redis.Open(t.Context(), redis.Options{URL: redistest.Start(t).URL()})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // nothing was written
	other := errors.New("NOT_FOUND: no such task")
	for said, want := range map[error]error{
		errors.New("UNKNOWN: redis eval error: LOADING Redis is loading the dataset in memory"):          cache.ErrAway,
		errors.New("UNKNOWN: redis eval error: EOF"):                                                     cache.ErrAway,
		errors.New("UNKNOWN: redis eval error: dial tcp 127.0.0.1:6379: connect: connection refused"):    cache.ErrAway,
		errors.New("UNKNOWN: redis eval error: OOM command not allowed when used memory > 'maxmemory'."): cache.ErrFull,
		errors.New("UNKNOWN: redis eval error: READONLY You can't write against a read only replica."):   cache.ErrReadOnly,
		other: other,
	} {
		if got := store.Mapped("write", meant(t.Context(), said)); !errors.Is(got, want) {
			t.Errorf("%v is %v, want %v", said, got, want)
		}
	}
	if meant(t.Context(), nil) != nil {
		t.Error("there is an error of nothing")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if got := meant(ended, errors.New("UNKNOWN: redis eval error: context canceled")); !errors.Is(got, context.Canceled) {
		t.Errorf("what was called off is %v", got)
	}
}
