package redis

import (
	"context"
	"errors"
	"strconv"
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
	_, err := s.client.TxPipelined(ctx, func(pipe goredis.Pipeliner) error {
		pipe.HSet(ctx, g.kept(about), name, value)
		pipe.ExpireNX(ctx, g.kept(about), time.Until(until)) // to GT, what has no time has one without end
		pipe.ExpireGT(ctx, g.kept(about), time.Until(until))
		pipe.ZAddArgs(ctx, g.allKept(), goredis.ZAddArgs{GT: true, Members: []goredis.Z{{Score: float64(until.Unix() + 1), Member: about}}})
		pipe.ZRemRangeByScore(ctx, g.allKept(), "-inf", strconv.FormatInt(time.Now().Add(-time.Hour).Unix(), 10))
		return nil
	})
	return s.mapped("write", err)
}

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
