package redis

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
	"newsdesk/quote"
)

// The topic index. Plain Redis has no full text search, and a set per word would take more room than
// the articles. So the stories of a guild are parted by their number into blocks of blockSize; of each
// block a hash holds, by term, where the term stands, packed:
//
//	s + term → two bytes a story: its number within the block
//	q + term → four bytes a quote: ten bits of its story's number within the block, one bit for reported
//	           speech, 21 bits of the quote's number
//
// Blocks are read newest first, and filed into by one small script. The size is a compromise that was
// measured: larger blocks repeat fewer words, in smaller ones less has to be moved to file a story.
const (
	blockSize  = 1024
	storyWidth = 2
	quoteWidth = 4
	maxQuotes  = 1 << 21 // of one story; an article of 8 MB has fewer
)

func blockOf(story int64) int64 { return story / blockSize }

// postings are the fields that stand for stories in their block's hash.
type postings map[string]string

// add adds those of a story; one without text has none.
func (p postings) add(number int64, story cache.Story) {
	if story.Article.Text == "" {
		return
	}
	within := number % blockSize
	terms := cache.TermsOf(story)
	one := string(binary.BigEndian.AppendUint16(nil, uint16(within)))
	for _, term := range terms.Story {
		p["s"+term] += one
	}
	for n, q := range story.Quotes {
		packed := uint32(within)<<22 | uint32(n)
		if q.Kind == quote.Indirect {
			packed |= 1 << 21
		}
		at := string(binary.BigEndian.AppendUint32(nil, packed))
		for _, term := range terms.Quotes[n] {
			p["q"+term] += at
		}
	}
}

// replace is the script's arguments that turn fields from old into fresh.
func replace(old, fresh postings) []any {
	var args []any
	for field, was := range old {
		if is := fresh[field]; is != was {
			args = append(args, field, was, is)
		}
	}
	for field, is := range fresh {
		if _, there := old[field]; !there {
			args = append(args, field, "", is)
		}
	}
	return args
}

// post changes fields of a block: of each, it cuts the second argument's pieces out and appends the
// third. They are short, the scripts of one story together take about a millisecond.
const post = `
for i = 1, #ARGV, 3 do
  local field, out, new = ARGV[i], ARGV[i+1], ARGV[i+2]
  local value = redis.call('HGET', KEYS[1], field) or ''
  local width = string.sub(field, 1, 1) == 's' and 2 or 4
  for at = 1, #out, width do
    local piece, from = string.sub(out, at, at + width - 1), 1
    while true do
      local found = string.find(value, piece, from, true)
      if not found then break end
      if (found - 1) % width == 0 then
        value = string.sub(value, 1, found - 1) .. string.sub(value, found + width)
        break
      end
      from = found + 1
    end
  end
  value = value .. new
  if value == '' then redis.call('HDEL', KEYS[1], field) else redis.call('HSET', KEYS[1], field, value) end
end
return 0`

// perScript is how many fields one call of post changes; few stories have more.
const perScript = 2000

func writePostings(ctx context.Context, pipe goredis.Pipeliner, g guildKeys, block int64, old, fresh postings) {
	for args := range slices.Chunk(replace(old, fresh), 3*perScript) {
		pipe.Eval(ctx, post, []string{g.words(block)}, args...)
	}
}

// block is a part of the topic index and when its stories were filed; the stories that are left may
// cover less.
type block struct {
	number, first, last int64
	mixed               bool // some story was filed with an earlier moment than one before it
}

func (b block) String() string {
	mixed := 0
	if b.mixed {
		mixed = 1
	}
	return fmt.Sprintf("%d %d %d", b.first, b.last, mixed)
}

// none reports whether b has no story yet.
func (b block) none() bool { return b.first == 0 && b.last == 0 }

// with is b with a story filed at.
func (b block) with(at int64) block {
	if b.none() {
		return block{b.number, at, at, false}
	}
	return block{b.number, min(b.first, at), max(b.last, at), b.mixed || at < b.last}
}

func parseBlock(number, text string) (block, error) {
	var b block
	var mixed int
	if _, err := fmt.Sscanf(text, "%d %d %d", &b.first, &b.last, &mixed); err != nil {
		return b, fmt.Errorf("block %q: %w", text, cache.ErrCorrupt)
	}
	b.mixed = mixed != 0
	var err error
	if b.number, err = strconv.ParseInt(number, 10, 64); err != nil {
		return b, fmt.Errorf("block number %q: %w", number, cache.ErrCorrupt)
	}
	return b, nil
}

// blocks lists the blocks of a guild, the one with the newest story first. There is one for 1,024
// stories, so the list is short.
func (s *Store) blocks(ctx context.Context, g guildKeys) ([]block, error) {
	found, err := s.client.HGetAll(ctx, g.blocks()).Result()
	if err != nil {
		return nil, err
	}
	all := make([]block, 0, len(found))
	for number, text := range found {
		b, err := parseBlock(number, text)
		if err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b block) int {
		return cmp.Or(cmp.Compare(b.last, a.last), cmp.Compare(b.number, a.number))
	})
	return all, nil
}

// stories unpacks a field of stories.
func (b block) stories(value string) []int64 {
	all := make([]int64, 0, len(value)/storyWidth)
	for data := []byte(value); len(data) >= storyWidth; data = data[storyWidth:] {
		all = append(all, b.number*blockSize+int64(binary.BigEndian.Uint16(data)))
	}
	return all
}

// packedStories unpacks a field of stories as if each were the first quote of its story, sorted.
func (b block) packedStories(value string) []uint32 {
	all := make([]uint32, 0, len(value)/storyWidth)
	for _, n := range b.stories(value) {
		all = append(all, uint32(n%blockSize)<<22)
	}
	slices.Sort(all)
	return all
}

// packedQuotes unpacks a field of quotes, sorted.
func packedQuotes(value string) []uint32 {
	all := make([]uint32, 0, len(value)/quoteWidth)
	for data := []byte(value); len(data) >= quoteWidth; data = data[quoteWidth:] {
		all = append(all, binary.BigEndian.Uint32(data))
	}
	slices.Sort(all)
	return all
}

func (b block) spot(packed uint32) spot {
	return spot{b.number*blockSize + int64(packed>>22), packed&(1<<21) != 0, int64(packed & (1<<21 - 1))}
}

// spots unpacks quotes, sorted as packed, in the order of lists: the last story first.
func (b block) spots(packed []uint32) []spot {
	spots := make([]spot, 0, len(packed))
	for end := len(packed); end > 0; {
		begin := end - 1
		for begin > 0 && packed[begin-1]>>22 == packed[begin]>>22 {
			begin--
		}
		for _, p := range packed[begin:end] {
			spots = append(spots, b.spot(p))
		}
		end = begin
	}
	return spots
}
