package redis

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
	"newsdesk/quote/name"
)

// Shares lists who shared the story filed under id in guild, each person once with the moment they first
// did, the earliest first. Without such a story: cache.ErrNotFound.
func (s *Store) Shares(ctx context.Context, guild, id string) ([]cache.Share, error) {
	shares, err := s.SharesOf(ctx, guild, []string{id})
	if err == nil && len(shares) == 0 {
		err = s.mapped("read", fmt.Errorf("%q: %w", id, cache.ErrNotFound))
	}
	return shares[id], err
}

// SharesOf lists for many stories by their IDs, in one read, what Shares does for one. Those that are not there are not
// in it.
func (s *Store) SharesOf(ctx context.Context, guild string, ids []string) (map[string][]cache.Share, error) {
	shares := map[string][]cache.Share{}
	if len(ids) == 0 {
		return shares, nil
	}
	g, args := s.keys.guild(guild), make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	found, err := entriesOf.Run(ctx, s.client, []string{g.ids(), g.entries()}, args...).StringSlice()
	for i := 0; i < len(found) && err == nil; i++ {
		if found[i] == "" {
			continue
		}
		var e entry
		if e, err = parseEntry(found[i]); err != nil {
			break
		}
		for by, at := range e.Shares {
			shares[ids[i]] = append(shares[ids[i]], cache.Share{Guild: guild, By: by, At: moment(at), Where: e.Places[by]})
		}
		slices.SortFunc(shares[ids[i]], func(a, b cache.Share) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.By, b.By)) })
	}
	return shares, s.mapped("read", err)
}

var entriesOf = goredis.NewScript(`
local all = {}
for i, id in ipairs(ARGV) do
  local number = redis.call('HGET', KEYS[1], id)
  all[i] = number and redis.call('HGET', KEYS[2], number) or ''
end
return all`)

// Unshare forgets that by shared the story filed under id in guild. The story goes with the last of its
// shares, as by Forget. Where by has not shared it: cache.ErrNotFound.
func (s *Store) Unshare(ctx context.Context, guild, id, by string) error {
	if err := ctx.Err(); err != nil {
		return s.mapped("write", err)
	}
	g := s.keys.guild(guild)
	last := false
	err := s.change(ctx, g, func(c *change) error {
		number, e, found, err := entryOf(ctx, c.tx, g, id)
		if err != nil {
			return err
		}
		if _, shared := e.Shares[by]; !found || !shared {
			return fmt.Errorf("%q by %q: %w", id, by, cache.ErrNotFound)
		}
		if last = len(e.Shares) == 1; last {
			return nil
		}
		e.Shares = maps.Clone(e.Shares)
		delete(e.Shares, by)
		e.Places = maps.Clone(e.Places)
		delete(e.Places, by)
		c.keep(ctx, number, e)
		if by != "" {
			c.write(func(pipe goredis.Pipeliner) { pipe.ZRem(ctx, g.sharer(by), storyMember(number)) })
		}
		return nil
	})
	if err == nil && last {
		return s.Forget(ctx, guild, id)
	}
	return s.mapped("write", err)
}

// maxCompleted is how many parts of names one completion looks at.
const maxCompleted = 5000

// complete finds the most quoted speakers of whose name some part begins with the last word. KEYS: parts,
// most, names. ARGV: how many, the most parts to look at, the words; without words, the first of the most
// quoted are meant.
var complete = goredis.NewScript(`
local limit, bound = tonumber(ARGV[1]), tonumber(ARGV[2])
local found, seen = {}, {}
if #ARGV == 2 then
  for _, number in ipairs(redis.call('ZREVRANGE', KEYS[2], 0, limit - 1)) do found[#found + 1] = {0, number} end
else
  local prefix = ARGV[#ARGV]
  local parts = redis.call('ZRANGEBYLEX', KEYS[1], '[' .. prefix, '(' .. prefix .. '\255', 'LIMIT', 0, bound)
  for _, part in ipairs(parts) do
    local number = string.match(part, '%z(%d+)$')
    if not seen[number] then
      seen[number] = true
      local fits = true
      for w = 3, #ARGV - 1 do
        fits = fits and redis.call('ZSCORE', KEYS[1], ARGV[w] .. '\0' .. number)
      end
      if fits then found[#found + 1] = {tonumber(redis.call('ZSCORE', KEYS[2], number) or 0), number} end
    end
  end
  table.sort(found, function(a, b) return a[1] > b[1] or a[1] == b[1] and a[2] < b[2] end)
end
local answer = {}
for i = 1, math.min(limit, #found) do
  local number = found[i][2]
  answer[#answer + 1] = redis.call('HGET', KEYS[3], number) or ''
  answer[#answer + 1] = redis.call('ZSCORE', KEYS[2], number) or '0'
end
return answer`)

// Complete lists the speakers of whose name prefix begins any part, or continues the first of it ("donald
// tr"), most quoted first, at most limit of them. It takes one round trip.
func (s *Store) Complete(ctx context.Context, guild, prefix string, limit int) ([]cache.Speaker, error) {
	if err := ctx.Err(); err != nil {
		return nil, s.mapped("read", err)
	}
	g := s.keys.guild(guild)
	most, words := g.most(), strings.Fields(name.Fold(prefix))
	if len(words) == 1 && utf8.RuneCountInString(words[0]) <= 2 {
		most, words = g.begin(words[0]), nil // many; they are kept sorted
	}
	// A few more, for those who are quoted equally often are listed by name.
	args := []any{2*limit + 50, maxCompleted}
	for _, w := range words {
		args = append(args, w)
	}
	answer, err := complete.Run(ctx, s.client, []string{g.parts(), most, g.names()}, args...).StringSlice()
	if err != nil {
		return nil, s.mapped("read", err)
	}
	var speakers []cache.Speaker
	for i := 0; i+1 < len(answer); i += 2 {
		count, err := strconv.ParseFloat(answer[i+1], 64)
		if err != nil {
			return nil, s.mapped("read", fmt.Errorf("count %q: %w", answer[i+1], cache.ErrCorrupt))
		}
		speakers = append(speakers, cache.Speaker{Name: answer[i], Count: int(count)})
	}
	slices.SortStableFunc(speakers, compareSpeakers)
	return speakers[:min(limit, len(speakers))], nil
}

// Days counts, for each of so many days from a moment on, the quotes that were filed of a speaker.
func (s *Store) Days(ctx context.Context, guild, speaker string, from time.Time, days int) ([]int, error) {
	counts := make([]int, days)
	if err := ctx.Err(); err != nil {
		return nil, s.mapped("read", err)
	}
	g := s.keys.guild(guild)
	numbers, err := numbersOf(ctx, s.client, g, []string{speaker})
	if err != nil || len(numbers) == 0 || days == 0 {
		return counts, s.mapped("read", err)
	}
	pipe := s.client.Pipeline()
	found := make([]*goredis.IntCmd, days)
	for i := range found {
		first := from.Add(time.Duration(i) * 24 * time.Hour).UnixMicro()
		past := from.Add(time.Duration(i+1) * 24 * time.Hour).UnixMicro()
		found[i] = pipe.ZCount(ctx, g.said(numbers[0]), strconv.FormatInt(first, 10), "("+strconv.FormatInt(past, 10))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, s.mapped("read", err)
	}
	for i, f := range found {
		counts[i] = int(f.Val())
	}
	return counts, nil
}

// Guilds lists who has filed anything or set anything, sorted.
func (s *Store) Guilds(ctx context.Context) ([]string, error) {
	guilds, err := s.client.SMembers(ctx, s.keys.guilds()).Result()
	if err != nil || len(guilds) == 0 {
		return nil, s.mapped("read", err)
	}
	slices.Sort(guilds)
	return guilds, nil
}

// Settings returns what is set for guild, by name.
func (s *Store) Settings(ctx context.Context, guild string) (map[string]string, error) {
	settings, err := s.client.HGetAll(ctx, s.keys.guild(guild).settings()).Result()
	return settings, s.mapped("read", err)
}

// Set sets something for guild; the value "" takes it away.
func (s *Store) Set(ctx context.Context, guild, name, value string) error {
	if guild == "" || name == "" {
		return s.mapped("write", errors.New("a setting has a guild and a name"))
	}
	key := s.keys.guild(guild).settings()
	if value == "" {
		return s.mapped("write", errors.Join(s.client.HDel(ctx, key, name).Err(), s.Appoint(ctx, guild, name, time.Time{}), s.unlistGuild(ctx, guild)))
	}
	return s.mapped("write", errors.Join(s.listGuild(ctx, guild), s.client.HSet(ctx, key, name, value).Err()))
}

// listGuild makes guild one of those that Guilds lists.
func (s *Store) listGuild(ctx context.Context, guild string) error {
	return s.client.SAdd(ctx, s.keys.guilds(), guild).Err()
}

// unlistGuild takes a guild off that list when nothing of it is left. Who comes back between the look and
// the step is listed again with its next story.
func (s *Store) unlistGuild(ctx context.Context, guild string) error {
	g := s.keys.guild(guild)
	left, err := s.client.Exists(ctx, g.newest(), g.settings()).Result()
	if err != nil || left > 0 {
		return err
	}
	return s.client.SRem(ctx, s.keys.guilds(), guild).Err()
}
