package redis

import (
	"context"
	"errors"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// Keep keeps a value for guild until a time, under a name among those about something; the value "" takes it away. What
// is about one thing is forgotten together, when the last of it is.
func (s *Store) Keep(ctx context.Context, guild, about, name, value string, until time.Time) error {
	if guild == "" || about == "" || name == "" {
		return s.mapped("write", errors.New("what is kept has a guild, a name, and something that it is about"))
	}
	g := s.keys.guild(guild)
	if value == "" {
		return s.mapped("write", s.client.HDel(ctx, g.kept(about), name).Err())
	}
	err := keepScript.Run(ctx, s.client, []string{g.kept(about), g.allKept()}, name, value, until.UnixMilli(), about).Err()
	return s.mapped("write", err)
}

// What is about one thing stays as long as the last of it; EXPIRE's own GT is not to be had before Redis 7.
var keepScript = goredis.NewScript(`
local t = redis.call('TIME')
local now, till = t[1] * 1000 + math.floor(t[2] / 1000), tonumber(ARGV[3])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
local left = redis.call('PTTL', KEYS[1])
if left < 0 or now + left < till then redis.call('PEXPIREAT', KEYS[1], ARGV[3]) end
redis.call('ZADD', KEYS[2], 'GT', ARGV[3], ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - 3600000)
return 1`)

// Kept returns what is kept for guild about something, by name.
func (s *Store) Kept(ctx context.Context, guild, about string) (map[string]string, error) {
	values, err := s.client.HGetAll(ctx, s.keys.guild(guild).kept(about)).Result()
	return values, s.mapped("read", err)
}

// Discard takes all away that is kept for guild.
func (s *Store) Discard(ctx context.Context, guild string) error {
	g := s.keys.guild(guild)
	all, err := s.client.ZRange(ctx, g.allKept(), 0, -1).Result()
	if err != nil {
		return s.mapped("read", err)
	}
	_, err = s.client.Pipelined(ctx, func(pipe goredis.Pipeliner) error {
		for _, about := range all {
			pipe.Del(ctx, g.kept(about))
		}
		pipe.Del(ctx, g.allKept())
		return nil
	})
	return s.mapped("write", err)
}
