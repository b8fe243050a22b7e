package redis

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// turns lets the goroutines of this process work under a key one after the other, so that only
// processes have to contend by way of the server. The zero value is ready.
type turns struct {
	mu      sync.Mutex
	waiting map[string]*turn
}

type turn struct {
	free  chan struct{} // holds one token while nobody works
	users int
}

// take waits for the turn of key. release gives it on.
func (t *turns) take(ctx context.Context, key string) (release func(), err error) {
	t.mu.Lock()
	if t.waiting == nil {
		t.waiting = map[string]*turn{}
	}
	mine := t.waiting[key]
	if mine == nil {
		mine = &turn{free: make(chan struct{}, 1)}
		mine.free <- struct{}{}
		t.waiting[key] = mine
	}
	mine.users++
	t.mu.Unlock()
	leave := func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if mine.users--; mine.users == 0 {
			delete(t.waiting, key)
		}
	}
	select {
	case <-mine.free:
		return func() { mine.free <- struct{}{}; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}

// pause is how long to wait before the n-th try: from one millisecond on, 30 at most, not in step with
// others.
func pause(ctx context.Context, n int) error {
	most := min(time.Millisecond<<min(n, 5), 30*time.Millisecond)
	timer := time.NewTimer(most/2 + rand.N(most)) //nolint:gosec // no secret, only not in step
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// watched runs do in an optimistic transaction on key, anew whenever another process changed what key
// holds in the meantime, for as long as [Patience] lasts.
func (s *Store) watched(ctx context.Context, key string, do func(*goredis.Tx) error) error {
	deadline := time.Now().Add(Patience)
	for n := 0; ; n++ {
		err := s.client.Watch(ctx, do, key)
		if !errors.Is(err, goredis.TxFailedErr) || time.Now().After(deadline) {
			return err
		}
		if err := pause(ctx, n); err != nil {
			return err
		}
	}
}

// reason is why a transaction was not carried out: what the server had against one of its commands.
func reason(cmds []goredis.Cmder, err error) error {
	if !goredis.IsExecAbortError(err) {
		return err
	}
	for _, cmd := range cmds {
		if why := cmd.Err(); why != nil && !goredis.IsExecAbortError(why) {
			return why
		}
	}
	return err
}

// lease is how long a lock outlives its holder: longer than filing ever takes, and as long as others wait
// for a process that died.
const lease = 5 * time.Second

// unlock gives a lock back if it is still held.
var deleteIf = goredis.NewScript(`if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`)

// locked runs do while this process alone files or forgets a story. That nobody else does keeps the
// steps of a filing together; each step by itself is safe without.
func (s *Store) locked(ctx context.Context, k storyKeys, do func() error) error {
	release, err := s.stories.take(ctx, string(k))
	if err != nil {
		return err
	}
	defer release()
	mine := token()
	deadline := time.Now().Add(Patience)
	for n := 0; ; n++ {
		err := s.client.SetArgs(ctx, k.lock(), mine, goredis.SetArgs{Mode: "NX", TTL: s.lease}).Err()
		if err == nil {
			break
		}
		if !errors.Is(err, goredis.Nil) {
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%w: another process is filing the story", cache.ErrLocked)
		}
		if err := pause(ctx, n); err != nil {
			return err
		}
	}
	err = do()
	// Also when the caller has given up: who waits for the lock has not.
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if unlockErr := deleteIf.Run(after, s.client, []string{k.lock()}, mine).Err(); err == nil && unlockErr != nil && ctx.Err() == nil {
		return nil // it was filed; the lock ends with its lease
	}
	return err
}
