package redis

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// again runs read until no story that it reads moves on in the middle.
func again(ctx context.Context, read func() error) error {
	for n := 0; ; n++ {
		err := read()
		if !errors.Is(err, errMoved) || n == 20 {
			return err
		}
		if err := pause(ctx, n); err != nil {
			return err
		}
	}
}

// Story returns what guild has filed under id, or cache.ErrNotFound.
func (s *Store) Story(ctx context.Context, guild, id string) (cache.Story, error) {
	story, err := s.one(ctx, guild, id)
	if errors.Is(err, errMoved) {
		err = fmt.Errorf("%q: %w", id, cache.ErrNotFound)
	}
	return story, s.mapped("read", err)
}

func (s *Store) one(ctx context.Context, guild, id string) (story cache.Story, err error) {
	if err := ctx.Err(); err != nil {
		return cache.Story{}, err
	}
	err = again(ctx, func() error {
		g := s.keys.guild(guild)
		number, e, found, err := entryOf(ctx, s.client, g, id)
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("%q: %w", id, cache.ErrNotFound)
		}
		if story, err = s.version(ctx, s.storyOf(guild, e), e.Version); err != nil {
			return err
		}
		story.ID, story.FiledAt = e.ID, moment(e.FiledAt)
		story, err = asSeen(ctx, s.client, g, number, e, story)
		return err
	})
	return story, err
}

// Find returns what guild has filed under ref: a canonical URL, the URL it was read from, or a file's
// name. Without one: cache.ErrNotFound.
func (s *Store) Find(ctx context.Context, guild, ref string) (cache.Story, error) {
	if err := ctx.Err(); err != nil {
		return cache.Story{}, s.mapped("read", err)
	}
	pipe := s.client.Pipeline()
	found := []*goredis.StringCmd{pipe.Get(ctx, s.keys.ref(guild, ref)), pipe.Get(ctx, s.keys.ref("", ref))}
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, goredis.Nil) {
		return cache.Story{}, s.mapped("read", err)
	}
	for _, f := range found {
		id := f.Val()
		if id == "" {
			continue
		}
		story, err := s.Story(ctx, guild, id)
		if !errors.Is(err, cache.ErrNotFound) {
			return story, err
		}
	}
	return cache.Story{}, s.mapped("read", fmt.Errorf("%q: %w", ref, cache.ErrNotFound))
}

// hit is something that a list found: where it stands, and what the guild knows of its story.
type hit struct {
	spot
	at int64
	entry
}

func (h hit) position() cache.Position {
	p := cache.Position{At: h.at, Story: h.story, N: h.n}
	if h.reported {
		p.Reported = 1
	}
	return p
}

// page reads members of sorted sets backwards, from where a cursor stands, each with the entry of its
// story. KEYS: the entries, the sets. ARGV: how many, the cursor's score, its story, its rank; "" for the
// beginning. It answers member, score, entry, member, …, of one set after the other.
var page = goredis.NewScript(`
local want, at, story, rank = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local answer = {}
for k = 2, #KEYS do
  local from = 0
  if at ~= '' then
    -- Members of the cursor's own score stand between these; halve until the first behind it is found.
    from = redis.call('ZCOUNT', KEYS[k], '(' .. at, '+inf')
    local past = redis.call('ZCOUNT', KEYS[k], at, '+inf')
    while from < past do
      local middle = math.floor((from + past) / 2)
      local member = redis.call('ZREVRANGE', KEYS[k], middle, middle)[1]
      local s, r = struct.unpack('>I4I4', member)
      if s < story or s == story and r < rank then past = middle else from = middle + 1 end
    end
  end
  local found = redis.call('ZREVRANGE', KEYS[k], from, from + want - 1, 'WITHSCORES')
  for i = 1, #found, 2 do
    local number = string.format('%.0f', (struct.unpack('>I4', found[i])))
    answer[#answer + 1] = found[i]
    answer[#answer + 1] = found[i + 1]
    answer[#answer + 1] = redis.call('HGET', KEYS[1], number) or ''
  end
end
return answer`)

// cursor is where a page begins: behind what stands at this place.
type cursor struct {
	at, story int64
	rank      uint32 // as in a member
}

// behind is the cursor behind a quote.
func behind(p *cache.Position) *cursor {
	if p == nil {
		return nil
	}
	rank := uint32(p.N)
	if p.Reported != 0 {
		rank |= reportedBit
	}
	return &cursor{p.At, p.Story, ^rank}
}

// withStory is the cursor before which a story's own member stands no longer: it is read again.
func withStory(p *cache.Position) *cursor {
	if p == nil {
		return nil
	}
	return &cursor{p.At, p.Story + 1, 0}
}

func (s *Store) page(ctx context.Context, g guildKeys, sets []string, from *cursor, want int) ([]hit, error) {
	args := []any{want, "", "", ""}
	if from != nil {
		args = []any{want, from.at, from.story, from.rank}
	}
	answer, err := page.Run(ctx, s.client, append([]string{g.entries()}, sets...), args...).StringSlice()
	if err != nil {
		return nil, err
	}
	hits := make([]hit, 0, len(answer)/3)
	for i := 0; i+2 < len(answer); i += 3 {
		var h hit
		if h.spot, err = parseMember(answer[i]); err != nil {
			return nil, err
		}
		at, err := strconv.ParseFloat(answer[i+1], 64)
		if err != nil {
			return nil, fmt.Errorf("score %q: %w", answer[i+1], cache.ErrCorrupt)
		}
		h.at = int64(at)
		if h.entry, err = parseEntry(answer[i+2]); err != nil {
			return nil, err
		}
		hits = append(hits, h)
	}
	return hits, nil
}

// perPage is how many stories are read at a time where a list asks for many.
const perPage = 100

// load reads the stories of hits in their order, and leaves out those that were forgotten meanwhile.
func (s *Store) load(ctx context.Context, guild string, hits []hit) ([]cache.Story, error) {
	pipe := s.client.Pipeline()
	found := make([]*goredis.MapStringStringCmd, len(hits))
	for i, h := range hits {
		found[i] = pipe.HGetAll(ctx, s.storyOf(guild, h.entry).version(h.Version))
	}
	if len(hits) > 0 {
		if _, err := pipe.Exec(ctx); err != nil {
			return nil, err
		}
	}
	stories := make([]cache.Story, 0, len(hits))
	for i, h := range hits {
		story, err := storyFrom(found[i].Val())
		if errors.Is(err, errMoved) {
			story, err = s.one(ctx, guild, h.ID)
			if errors.Is(err, cache.ErrNotFound) || errors.Is(err, errMoved) {
				continue
			}
		}
		if err != nil {
			return nil, err
		}
		if story.ID == "" {
			story.ID, story.FiledAt = h.ID, moment(h.at)
			if story, err = asSeen(ctx, s.client, s.keys.guild(guild), h.story, h.entry, story); err != nil {
				return nil, err
			}
		}
		stories = append(stories, story)
	}
	return stories, nil
}

// Stats counts what guild has filed. Bytes is the memory that the server, or all of a Cluster, uses.
func (s *Store) Stats(ctx context.Context, guild string) (cache.Stats, error) {
	if err := ctx.Err(); err != nil {
		return cache.Stats{}, s.mapped("read", err)
	}
	g := s.keys.guild(guild)
	pipe := s.client.Pipeline()
	stories, quotes, speakers := pipe.ZCard(ctx, g.newest()), pipe.HGet(ctx, g.meta(), "quotes"), pipe.ZCard(ctx, g.most())
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, goredis.Nil) {
		return cache.Stats{}, s.mapped("read", err)
	}
	st := cache.Stats{Stories: int(stories.Val()), Speakers: int(speakers.Val())}
	st.Quotes, _ = quotes.Int() // none is 0
	var err error
	st.Bytes, err = s.memory(ctx)
	return st, s.mapped("read", err)
}

func (s *Store) memory(ctx context.Context) (sum int64, err error) {
	var mu sync.Mutex
	err = s.eachMaster(ctx, func(ctx context.Context, c goredis.Cmdable) error {
		info, err := c.Info(ctx, "memory").Result()
		if err != nil {
			return err
		}
		bytes, err := strconv.ParseInt(field(info, "used_memory"), 10, 64)
		mu.Lock()
		defer mu.Unlock()
		sum += bytes
		return err
	})
	return sum, err
}

// eachMaster runs do on every server that holds data of its own.
func (s *Store) eachMaster(ctx context.Context, do func(context.Context, goredis.Cmdable) error) error {
	if cluster, ok := s.client.(*goredis.ClusterClient); ok {
		return cluster.ForEachMaster(ctx, func(ctx context.Context, c *goredis.Client) error { return do(ctx, c) })
	}
	return do(ctx, s.client)
}

// field is one line of INFO.
func field(info, name string) string {
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
