package redis

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/queue"
)

// records names what is kept of each task beside asynq's, in the same Cluster slot. A record is a hash:
//
//	tries   how often it was begun
//	holder  who has it in hand, by the name of a shift
//	beat    when that one last said so, or, if nobody ever did, when it was first seen in hand; milliseconds since 1970
//	over    done, given up or cancelled
//
// It is named by a digest of the ID, so that what remains of a task that is over tells nothing of it.
type records string

func (r records) of(id string) string {
	sum := sha256.Sum256([]byte(id))
	return string(r) + base64.RawURLEncoding.EncodeToString(sum[:15])
}

// givenUp is the zset of the records of tasks that were given up, by when.
func (r records) givenUp() string { return string(r) + "givenup" }

// kept is how long the record of a task is kept that is not over: longer than all its tries take.
const kept = 7 * 24 * time.Hour

const clock = `local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)
`

// fresh says whether an ID may be added: no task has it now, and none that was done or given up had it.
func (q *Queue) fresh(ctx context.Context, id string) (bool, error) {
	n, err := freshScript.Run(ctx, q.client, []string{q.records.of(id), q.key("t:" + id)}).Int()
	return n == 1, err
}

var freshScript = goredis.NewScript(`
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
local over = redis.call('HGET', KEYS[1], 'over')
if over and over ~= 'cancelled' then return 0 end
redis.call('DEL', KEYS[1])
return 1`)

// What begin returns instead of a number of the try.
const (
	elsewhere = 0  // another has it in hand
	over      = -1 // there is nothing more to do
)

// begin takes a task for a shift and returns the number of the try, or why it is not to be begun.
func (q *Queue) begin(ctx context.Context, id, shift string) (int, error) {
	return beginScript.Run(ctx, q.client, []string{q.records.of(id)}, shift, q.o.Lease.Milliseconds(), kept.Milliseconds()).Int()
}

var beginScript = goredis.NewScript(clock + `
local r = redis.call('HMGET', KEYS[1], 'over', 'holder', 'beat')
if r[1] then return -1 end
if r[2] and r[2] ~= ARGV[1] and now - r[3] < tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'beat', now)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return redis.call('HINCRBY', KEYS[1], 'tries', 1)`)

// How a try ended, for the record.
const (
	done     = "done"
	givenUp  = "given up"
	failed   = "failed"
	returned = "returned" // handed over: it counts as no try
)

// end notes how a try ended, unless another has taken the task over meanwhile.
func (q *Queue) end(ctx context.Context, id, shift, how string) error {
	return endScript.Run(ctx, q.client, []string{q.records.of(id), q.records.givenUp()}, shift, how, queue.Remembered.Milliseconds()).Err()
}

var endScript = goredis.NewScript(clock + `
if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end
redis.call('HDEL', KEYS[1], 'holder', 'beat')
if ARGV[2] == 'returned' then redis.call('HINCRBY', KEYS[1], 'tries', -1) end
if ARGV[2] == 'done' or ARGV[2] == 'given up' then
  redis.call('HSET', KEYS[1], 'over', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
if ARGV[2] == 'given up' then
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[3])
  redis.call('ZADD', KEYS[2], now, KEYS[1])
end
return 1`)

// cancel notes that a task which somebody has in hand is to end; that one finds it there.
func (q *Queue) cancel(ctx context.Context, id string) error {
	return cancelScript.Run(ctx, q.client, []string{q.records.of(id)}, queue.Remembered.Milliseconds()).Err()
}

var cancelScript = goredis.NewScript(`
if redis.call('HEXISTS', KEYS[1], 'over') == 1 then return 0 end
redis.call('HSET', KEYS[1], 'over', 'cancelled')
return redis.call('PEXPIRE', KEYS[1], ARGV[1])`)

// extend says of tasks that a shift still has them, in one round trip, and returns why those must end that it no
// longer has.
func (q *Queue) extend(ctx context.Context, ids []string, shift string) (lost map[string]error, err error) {
	answers := make(map[string]*goredis.Cmd, len(ids))
	_, err = q.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
		for _, id := range ids {
			answers[id] = extendScript.Eval(ctx, p, []string{q.records.of(id)}, shift)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	lost = map[string]error{}
	for id, answer := range answers {
		switch answer.Val() {
		case "cancelled":
			lost[id] = queue.ErrCancelled
		case "lost":
			lost[id] = queue.ErrLost
		case "held":
		default:
			return nil, fmt.Errorf("record of task %s: %v", id, answer.Val())
		}
	}
	return lost, nil
}

var extendScript = goredis.NewScript(clock + `
local r = redis.call('HMGET', KEYS[1], 'holder', 'over')
if r[1] ~= ARGV[1] then return 'lost' end
if r[2] == 'cancelled' then return 'cancelled' end
redis.call('HSET', KEYS[1], 'beat', now)
return 'held'`)
