package redis

import (
	"context"
	"fmt"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// MemberLease is how long a process that divides something with others counts as alive after it was last heard of,
// and with it its leases.
const MemberLease = 5 * time.Second

// Divide says that a process is there, and returns what it has of the things that all of a pool divide among
// themselves, as evenly as whole things can be; it is to be called again and again, well within [MemberLease]. of is
// how many things there are: whoever comes first decides that, until nobody is left. held is what the process has,
// with the state that whoever gets it next is to find.
//
// What is free goes to those who have less than their share; what they still lack others are told to give back
// ([cache.Portion.Excess]). A lease that is not among the portion any more was lost. When a server has forgotten all,
// each keeps what it holds.
func (s *Store) Divide(ctx context.Context, pool, member string, of int, held []cache.Lease) (cache.Portion, error) {
	args := []any{member, s.memberLease.Milliseconds(), of}
	answer, err := divideScript.Run(ctx, s.client, []string{s.keys.pool(pool)}, append(args, flat(held)...)...).Slice()
	if err != nil {
		return cache.Portion{}, s.mapped("divide", err)
	}
	var p cache.Portion
	excess := int64(0)
	for n := 0; n < len(answer); n += 3 {
		nth, isNth := answer[n].(int64)
		fence, isFence := answer[n+1].(int64)
		state, isState := answer[n+2].(string)
		if !isNth || !isFence || !isState {
			return cache.Portion{}, fmt.Errorf("divide: %w: %v", cache.ErrCorrupt, answer)
		}
		if n == 0 { // of the whole
			p.Of, excess = int(nth), fence
			continue
		}
		p.Leases = append(p.Leases, cache.Lease{Nth: int(nth), Fence: fence, State: state})
	}
	p.Excess = int(excess)
	return p, nil
}

// Return gives leases back, each with the state that whoever gets it next is to find. Those that were lost stay with
// who has them. A member that leaves is no longer counted.
func (s *Store) Return(ctx context.Context, pool, member string, leases []cache.Lease, leaves bool) error {
	args := []any{member, 0}
	if leaves {
		args[1] = 1
	}
	return s.mapped("give back", returnScript.Run(ctx, s.client, []string{s.keys.pool(pool)}, append(args, flat(leases)...)...).Err())
}

func flat(leases []cache.Lease) []any {
	var args []any
	for _, l := range leases {
		args = append(args, l.Nth, l.Fence, l.State)
	}
	return args
}

// A pool is a hash: of; joined and fence (the last of their kind); m:MEMBER → when it joined among the others, and until
// when it is heard of, in milliseconds; l:NTH → who has it, and its fence; s:NTH → its state.
var divideScript = goredis.NewScript(`
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local pool, me, lease = KEYS[1], ARGV[1], tonumber(ARGV[2])
local all = redis.call('HGETALL', pool)
local kept, joined, others = {}, {}, 0
for i = 1, #all, 2 do kept[all[i]] = all[i + 1] end
for field, value in pairs(kept) do
  local member = string.match(field, '^m:(.+)$')
  if member then
    local nth, till = string.match(value, '^(%d+) (%d+)$')
    if tonumber(till) > now then
      joined[member] = tonumber(nth)
      if member ~= me then others = others + 1 end
    else
      redis.call('HDEL', pool, field)
    end
  end
end
local of = tonumber(ARGV[3])
if others > 0 and kept.of then of = tonumber(kept.of) end
redis.call('HSET', pool, 'of', of)
local new = not joined[me]
if new then joined[me] = redis.call('HINCRBY', pool, 'joined', 1) end
redis.call('HSET', pool, 'm:' .. me, joined[me] .. ' ' .. string.format('%.0f', now + lease))
redis.call('PEXPIRE', pool, 3600000)

local fences, mine = {}, 0
local taken = {}
for n = 0, of - 1 do
  local by, fence = string.match(kept['l:' .. n] or '', '^(%S+) (%d+)$')
  if by and joined[by] then
    taken[n] = true
    if by == me then fences[n] = fence; mine = mine + 1 end
  end
end
local function grant(n)
  fences[n] = redis.call('HINCRBY', pool, 'fence', 1)
  redis.call('HSET', pool, 'l:' .. n, me .. ' ' .. fences[n])
  taken[n], mine = true, mine + 1
end
for i = 4, #ARGV, 3 do
  local n = tonumber(ARGV[i])
  if n < of and not taken[n] then grant(n); ARGV[i + 1] = tostring(fences[n]) end
  if fences[n] and tostring(fences[n]) == ARGV[i + 1] then
    redis.call('HSET', pool, 's:' .. n, ARGV[i + 2])
    kept['s:' .. n] = ARGV[i + 2]
  end
end
local members, before = 0, 0
for _, nth in pairs(joined) do
  members = members + 1
  if nth < joined[me] then before = before + 1 end
end
local share = math.floor(of / members)
if before < of % members then share = share + 1 end
-- Who holds what a server has forgotten leaves the others the time to say what they hold.
if not new or #ARGV == 3 then
  for n = 0, of - 1 do
    if mine >= share then break end
    if not taken[n] then grant(n) end
  end
end
local answer = {of, math.max(0, mine - share), ''}
for n = 0, of - 1 do
  if fences[n] then
    answer[#answer + 1] = n
    answer[#answer + 1] = tonumber(fences[n])
    answer[#answer + 1] = kept['s:' .. n] or ''
  end
end
return answer`)

var returnScript = goredis.NewScript(`
local pool, me = KEYS[1], ARGV[1]
for i = 3, #ARGV, 3 do
  if redis.call('HGET', pool, 'l:' .. ARGV[i]) == me .. ' ' .. ARGV[i + 1] then
    redis.call('HDEL', pool, 'l:' .. ARGV[i])
    redis.call('HSET', pool, 's:' .. ARGV[i], ARGV[i + 2])
  end
end
if ARGV[2] == '1' then redis.call('HDEL', pool, 'm:' .. me) end
return 0`)
