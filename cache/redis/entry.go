package redis

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
	"newsdesk/quote"
)

// entry is what a guild knows of a story. FiledAt and the times of shares are microseconds since 1970.
type entry struct {
	ID      string           `json:"i"`
	Owned   bool             `json:"o,omitempty"` // it belongs to the guild
	Version int64            `json:"v"`           // which one the guild's lists speak of
	Quotes  int              `json:"n"`
	FiledAt int64            `json:"a"`
	Shares  map[string]int64 `json:"s"` // who shared it here → when first
	// Places are where they did, if that is known: who → where.
	Places map[string]string `json:"p,omitempty"`
	// Corrected says that there are corrections or reports of it.
	Corrected bool `json:"c,omitempty"`
}

// sharing is who shared a story, when and where.
type sharing struct {
	by    string
	at    int64
	where string
}

// knows reports whether a sharing tells nothing new.
func (e entry) knows(s sharing) bool {
	_, shared := e.Shares[s.by]
	return shared && (s.where == "" || e.Places[s.by] != "")
}

// parseEntry reads what [entry.String] wrote, or the first versions: those wrote JSON.
func parseEntry(data string) (entry, error) {
	var e entry
	if strings.HasPrefix(data, "{") {
		if err := json.Unmarshal([]byte(data), &e); err != nil {
			return e, fmt.Errorf("entry: %w: %w", cache.ErrCorrupt, err)
		}
		return e, nil
	}
	part := strings.Split(data, " ")
	if len(part) < 4 || len(part)%2 != 0 {
		return e, fmt.Errorf("entry %.40q: %w", data, cache.ErrCorrupt)
	}
	id, corrected := strings.CutSuffix(part[0], "*")
	id, owned := strings.CutSuffix(id, "!")
	version, wrong1 := strconv.ParseInt(part[1], 10, 64)
	quotes, wrong2 := strconv.Atoi(part[2])
	filed, wrong3 := strconv.ParseInt(part[3], 10, 64)
	e = entry{ID: id, Owned: owned, Version: version, Quotes: quotes, FiledAt: filed, Corrected: corrected, Shares: make(map[string]int64, len(part)/2-2)}
	err := errors.Join(wrong1, wrong2, wrong3)
	for part = part[4:]; len(part) > 0; part = part[2:] {
		by, where, known := strings.Cut(part[0], "@")
		by, wrong1 := url.QueryUnescape(by)
		where, wrong2 := url.QueryUnescape(where)
		at, wrong3 := strconv.ParseInt(part[1], 10, 64)
		err = errors.Join(err, wrong1, wrong2, wrong3)
		e.Shares[by] = at
		if known && e.Places == nil {
			e.Places = map[string]string{}
		}
		if known {
			e.Places[by] = where
		}
	}
	if err != nil {
		return e, fmt.Errorf("entry: %w: %w", cache.ErrCorrupt, err)
	}
	return e, nil
}

// String is e for its key, short and quickly read, for lists read dozens of them: ID, with "!" behind it if the
// guild owns the story and "*" if it corrects it, version, quotes, when it was filed, and each member who shared it,
// with "@" and where if that is known, and when.
func (e entry) String() string {
	mark := ""
	if e.Owned {
		mark = "!"
	}
	if e.Corrected {
		mark += "*"
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s%s %d %d %d", e.ID, mark, e.Version, e.Quotes, e.FiledAt)
	for _, by := range slices.Sorted(maps.Keys(e.Shares)) {
		out.WriteString(" " + url.QueryEscape(by))
		if where := e.Places[by]; where != "" {
			out.WriteString("@" + url.QueryEscape(where))
		}
		fmt.Fprintf(&out, " %d", e.Shares[by])
	}
	return out.String()
}

// story names where the story of e is kept.
func (s *Store) storyOf(guild string, e entry) storyKeys {
	if e.Owned {
		return s.keys.story(guild, e.ID)
	}
	return s.keys.story("", e.ID)
}

// spot is where something stands among what was filed at the same moment, as [cache.Position] has it. As
// a member of a sorted set it is written so that reading backwards gives the order of lists: the story
// with the highest number first, in it quotations before reported statements, the first of them first.
type spot struct {
	story    int64
	reported bool
	n        int64
}

const reportedBit = 1 << 31

func (p spot) member() string {
	rank := uint32(p.n)
	if p.reported {
		rank |= reportedBit
	}
	var b [8]byte
	binary.BigEndian.PutUint32(b[:4], uint32(p.story))
	binary.BigEndian.PutUint32(b[4:], ^rank)
	return string(b[:])
}

func parseMember(m string) (spot, error) {
	if len(m) != 8 {
		return spot{}, fmt.Errorf("member of %d bytes: %w", len(m), cache.ErrCorrupt)
	}
	rank := ^binary.BigEndian.Uint32([]byte(m[4:]))
	return spot{
		story:    int64(binary.BigEndian.Uint32([]byte(m[:4]))),
		reported: rank&reportedBit != 0,
		n:        int64(rank &^ reportedBit),
	}, nil
}

func spotOf(story int64, n int, q quote.Quote) spot {
	return spot{story, q.Kind == quote.Indirect, int64(n)}
}

// storyMember is the member for a story itself; it stands before all of its quotes.
func storyMember(story int64) string { return spot{story: story}.member() }

// errMoved says that what an entry names is no longer there: the story was filed anew or forgotten
// between two steps of a reader, who begins again.
var errMoved = errors.New("story moved on")

// fields of a version's hash besides the quotes, which have their number.
const (
	fieldRecord  = "r"
	fieldQuotes  = "q"
	fieldName    = "name"
	fieldTitle   = "title"
	fieldSite    = "site"
	fieldUpdated = "u"
)

// versionFields is the hash of a version.
func versionFields(story cache.Story) ([]any, error) {
	record, err := cache.MarshalRecord(story)
	if err != nil {
		return nil, err
	}
	a := &story.Article
	fields := []any{fieldRecord, record, fieldQuotes, len(story.Quotes), fieldName, cache.Name(a),
		fieldTitle, a.Title, fieldSite, a.Site, fieldUpdated, micros(story.UpdatedAt)}
	for n, q := range story.Quotes {
		fields = append(fields, strconv.Itoa(n), cache.MarshalQuote(q))
	}
	return fields, nil
}

// version reads a version of a story; ID and FiledAt are for the entry to say. One that is not there is
// errMoved.
func (s *Store) version(ctx context.Context, k storyKeys, v int64) (cache.Story, error) {
	fields, err := s.client.HGetAll(ctx, k.version(v)).Result()
	if err != nil {
		return cache.Story{}, err
	}
	return storyFrom(fields)
}

func storyFrom(fields map[string]string) (cache.Story, error) {
	var story cache.Story
	if len(fields) == 0 {
		return story, errMoved
	}
	if err := cache.UnmarshalRecord([]byte(fields[fieldRecord]), &story); err != nil {
		return story, err
	}
	quotes, err := strconv.Atoi(fields[fieldQuotes])
	if err != nil || quotes > len(fields) {
		return story, fmt.Errorf("%q quotes: %w", fields[fieldQuotes], cache.ErrCorrupt)
	}
	for n := range quotes {
		q, err := cache.UnmarshalQuote([]byte(fields[strconv.Itoa(n)]))
		if err != nil {
			return story, err
		}
		story.Quotes = append(story.Quotes, q)
	}
	updated, err := strconv.ParseInt(fields[fieldUpdated], 10, 64)
	if err != nil {
		return story, fmt.Errorf("updated %q: %w", fields[fieldUpdated], cache.ErrCorrupt)
	}
	if updated != 0 {
		story.UpdatedAt = moment(updated)
	}
	return story, nil
}

func moment(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// micros is t for a key, 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// score is microseconds since 1970 as a sorted set orders them: exact until the year 2255.
func score(micros int64) float64 { return float64(micros) }

// entryOf reads what a guild knows of the story filed under id, and its number there.
func entryOf(ctx context.Context, c goredis.Cmdable, g guildKeys, id string) (number int64, e entry, found bool, err error) {
	found1, err := lookUp.Run(ctx, c, []string{g.ids(), g.entries()}, id).StringSlice()
	if errors.Is(err, goredis.Nil) {
		return 0, entry{}, false, nil
	}
	if err != nil {
		return 0, entry{}, false, err
	}
	if number, err = strconv.ParseInt(found1[0], 10, 64); err != nil {
		return 0, entry{}, false, fmt.Errorf("number %q: %w", found1[0], cache.ErrCorrupt)
	}
	e, err = parseEntry(found1[1])
	return number, e, err == nil, err
}

var lookUp = goredis.NewScript(`
local number = redis.call('HGET', KEYS[1], ARGV[1])
if not number then return false end
local entry = redis.call('HGET', KEYS[2], number)
if not entry then return false end
return {number, entry}`)
