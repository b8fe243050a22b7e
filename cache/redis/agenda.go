package redis

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// Appoint says when a setting of guild is to be looked after, in the place of what was said before; at no time, if at
// is zero.
func (s *Store) Appoint(ctx context.Context, guild, name string, at time.Time) error {
	if guild == "" || name == "" || strings.Contains(guild, appointmentParted) {
		return s.mapped("write", errors.New("an appointment has a guild and a name"))
	}
	key, member := s.keys.agenda(cache.AppointmentKind(name)), guild+appointmentParted+name
	if at.IsZero() {
		return s.mapped("write", s.client.ZRem(ctx, key, member).Err())
	}
	return s.mapped("write", s.client.ZAdd(ctx, key, goredis.Z{Score: float64(at.UnixMicro()), Member: member}).Err())
}

// appointmentParted stands between guild and name in the agenda.
const appointmentParted = "\x00"

// Agenda lists what of a kind is to be looked after until a moment, that one included, the earliest first; limit 0 lists all.
func (s *Store) Agenda(ctx context.Context, kind string, until time.Time, limit int) ([]cache.Appointment, error) {
	found, err := s.client.ZRangeByScoreWithScores(ctx, s.keys.agenda(kind), &goredis.ZRangeBy{
		Min: "-inf", Max: strconv.FormatInt(until.UnixMicro(), 10), Count: int64(limit),
	}).Result()
	var all []cache.Appointment
	for _, z := range found {
		member, _ := z.Member.(string)
		guild, name, _ := strings.Cut(member, appointmentParted)
		all = append(all, cache.Appointment{Guild: guild, Name: name, At: time.UnixMicro(int64(z.Score)).UTC()})
	}
	return all, s.mapped("read", err)
}
