package discordtest

import (
	"strconv"
	"time"
)

// epoch is the first second of 2015, from which Discord's ids count milliseconds.
const epoch = 1420070400000

// snowflakes makes ids (Discord: reference, snowflakes): 42 bits of milliseconds, then bits that tell
// the ids of one millisecond apart. Ids only grow, also where the clock does not.
type snowflakes struct{ last uint64 }

func (s *snowflakes) next(now time.Time) string {
	id := uint64(max(now.UnixMilli()-epoch, 0)) << 22
	s.last = max(s.last+1, id)
	return strconv.FormatUint(s.last, 10)
}

// nextMillisecond is an id of a later millisecond than all before it, so that guilds that are made at
// once are spread over the shards.
func (s *snowflakes) nextMillisecond(now time.Time) string {
	s.last = (s.last>>22 + 1) << 22
	return s.next(now)
}

// ShardOf says which of n shards a guild belongs to.
func ShardOf(guildID string, n int) int {
	id, err := strconv.ParseUint(guildID, 10, 64)
	if err != nil || n < 1 {
		return 0 // direct messages
	}
	return int((id >> 22) % uint64(n))
}

// numeric reports whether a string can be an id.
func numeric(id string) bool {
	_, err := strconv.ParseUint(id, 10, 64)
	return err == nil
}
