package redis

import (
	"context"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// Allow takes a token from one of guild's buckets, which is full when it is first named; wait is how long there is none
// to take, 0 when one was taken. All processes share it, and the server's clock.
func (s *Store) Allow(ctx context.Context, guild, name string, r cache.Rate) (wait time.Duration, err error) {
	if !r.Limited() {
		return 0, nil
	}
	over, err := allowScript.Run(ctx, s.client, []string{s.keys.meter(guild, name)}, r.Every.Microseconds(), int64(r.Burst)*r.Every.Microseconds()).Int64()
	return time.Duration(over) * time.Microsecond, s.mapped("write", err)
}

// What cache.Rate.Take does, in microseconds.
var allowScript = goredis.NewScript(`
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local every, most = tonumber(ARGV[1]), tonumber(ARGV[2])
local full = tonumber(redis.call('GET', KEYS[1]) or 0)
if full < now then full = now end
if full - now > most then full = now + most end
local over = full + every - now - most
if over > 0 then return over end
redis.call('SET', KEYS[1], string.format('%.0f', full + every), 'PX', math.ceil((full + every - now) / 1000))
return 0`)

// Count adds n to one of guild's counters, which counts from 0 and is forgotten at a time, and returns what it says
// then. To add 0 is to look.
func (s *Store) Count(ctx context.Context, guild, name string, n int, until time.Time) (total int, err error) {
	total, err = countScript.Run(ctx, s.client, []string{s.keys.meter(guild, name)}, n, until.UnixMilli()).Int()
	return total, s.mapped("write", err)
}

var countScript = goredis.NewScript(`
if ARGV[1] == '0' then return tonumber(redis.call('GET', KEYS[1]) or 0) end
local total = redis.call('INCRBY', KEYS[1], ARGV[1])
redis.call('PEXPIREAT', KEYS[1], ARGV[2])
return total`)
