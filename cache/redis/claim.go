package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// ClaimLease is how long a claim lasts that nobody extends: when its holder has died, others go on after
// that.
const ClaimLease = 10 * time.Second

// resultLasts is how long those who waited for a claim find what came of it.
const resultLasts = time.Minute

// Claim asks for the sole right to work on what key names, among all processes. token is above 0 when it is
// given, and higher than that of every claim before, whatever it was on: put into [cache.Share.Fence], it
// keeps a holder who lost the claim from filing over the work of the next. Otherwise holder is the token
// of whoever has it.
func (s *Store) Claim(ctx context.Context, key string) (token, holder int64, err error) {
	token, holder, err = s.claim(ctx, key)
	return token, holder, s.mapped("claim", err)
}

func (s *Store) claim(ctx context.Context, key string) (token, holder int64, err error) {
	k, mine := s.keys.claim(key), "new "+rand.Text()
	for n := 0; ; n++ {
		err = s.client.SetArgs(ctx, k, mine, goredis.SetArgs{Mode: "NX", TTL: s.claimLease}).Err()
		if err == nil {
			// Only who has the claim draws a number, so that it is higher than that of every holder before.
			if token, err = s.client.Incr(ctx, s.keys.fence()).Result(); err != nil {
				return 0, 0, err
			}
			held, err := nameIf.Run(ctx, s.client, []string{k}, mine, token).Int()
			if err != nil || held == 1 {
				return token, 0, err
			}
			continue // the lease ran out meanwhile
		}
		if !errors.Is(err, goredis.Nil) {
			return 0, 0, err
		}
		// Whoever is just drawing a number has none to tell yet.
		text, err := s.client.Get(ctx, k).Result()
		if err != nil && !errors.Is(err, goredis.Nil) {
			return 0, 0, err
		}
		if holder, err = strconv.ParseInt(text, 10, 64); err == nil {
			return 0, holder, nil
		}
		if err := pause(ctx, n); err != nil {
			return 0, 0, err
		}
	}
}

// nameIf puts a token into a claim that is still held.
var nameIf = goredis.NewScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1`)

// extendIf lets a claim last for another lease, if it is still held.
var extendIf = goredis.NewScript(`if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`)

// Extend lets a claim last another [ClaimLease] from now. When it was lost: cache.ErrStale.
func (s *Store) Extend(ctx context.Context, key string, token int64) error {
	held, err := extendIf.Run(ctx, s.client, []string{s.keys.claim(key)}, token, s.claimLease.Milliseconds()).Int()
	if err == nil && held == 0 {
		err = fmt.Errorf("claim %d: %w", token, cache.ErrStale)
	}
	return s.mapped("claim", err)
}

// Release gives a claim back. id is the ID of the story of the web that came of it, "" for none; who waited
// finds it by [Store.Result].
func (s *Store) Release(ctx context.Context, key string, token int64, id string) error {
	if id != "" {
		if err := s.client.Set(ctx, s.keys.result(key), fmt.Sprintf("%d %s", token, id), resultLasts).Err(); err != nil {
			return s.mapped("claim", err)
		}
	}
	return s.mapped("claim", deleteIf.Run(ctx, s.client, []string{s.keys.claim(key)}, token).Err())
}

// Result returns the story that came of the claim with a token or of a later one, whichever guild it was made
// for, and cache.ErrNotFound if none did. It is of the web, so its text is no secret of that guild; when it was
// filed there is not told.
func (s *Store) Result(ctx context.Context, key string, token int64) (cache.Story, error) {
	story, err := s.result(ctx, key, token)
	return story, s.mapped("read", err)
}

func (s *Store) result(ctx context.Context, key string, token int64) (cache.Story, error) {
	none := fmt.Errorf("claim %d: %w", token, cache.ErrNotFound)
	text, err := s.client.Get(ctx, s.keys.result(key)).Result()
	if errors.Is(err, goredis.Nil) {
		return cache.Story{}, none
	}
	if err != nil {
		return cache.Story{}, err
	}
	of, id, _ := strings.Cut(text, " ")
	if made, err := strconv.ParseInt(of, 10, 64); err != nil || made < token {
		return cache.Story{}, none
	}
	k := s.keys.story("", id)
	m, err := s.readMeta(ctx, k)
	if err != nil {
		return cache.Story{}, err
	}
	story, err := s.version(ctx, k, m.version)
	if errors.Is(err, errMoved) {
		return cache.Story{}, none // forgotten
	}
	story.ID = id
	return story, err
}
