package redis

import (
	"context"
	"slices"

	goredis "github.com/redis/go-redis/v9"
)

// adopt brings back what is in asynq's list of tasks in hand and nobody has extended for a lease: its worker has died,
// or its lease was lost. What this process has in hand is not: its end is still being noted.
func (q *Queue) adopt(ctx context.Context) error {
	// The list is as long as all workers of all replicas are many.
	ids, err := q.client.LRange(ctx, q.key("active"), 0, -1).Result()
	if err != nil {
		return err
	}
	here := q.hands.All()
	for _, id := range ids {
		if slices.Contains(here, id) {
			continue
		}
		adopted, err := adoptScript.Run(ctx, q.client,
			[]string{q.records.of(id), q.key("active"), q.key("lease"), q.key("pending"), q.key("t:" + id)}, id, q.o.Lease.Milliseconds(), kept.Milliseconds()).Bool()
		if err != nil {
			return err
		}
		if adopted {
			q.o.Log.WarnContext(ctx, "task brought back that nobody worked", "task", id)
		}
	}
	return nil
}

// What asynq's own script for handing a task back does (internal/rdb, requeueCmd), with or without a lease. A task
// that was taken a moment ago and not begun yet has no beat; it gets one, and its time counts from then.
var adoptScript = goredis.NewScript(clock + `
local beat = redis.call('HGET', KEYS[1], 'beat')
if not beat then
  redis.call('HSET', KEYS[1], 'beat', now)
  if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
  return 0
end
if now - beat < tonumber(ARGV[2]) then return 0 end
if redis.call('LREM', KEYS[2], 0, ARGV[1]) == 0 then return 0 end
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('HDEL', KEYS[1], 'beat', 'holder')
if redis.call('EXISTS', KEYS[5]) == 0 then return 0 end
redis.call('RPUSH', KEYS[4], ARGV[1])
redis.call('HSET', KEYS[5], 'state', 'pending')
return 1`)
