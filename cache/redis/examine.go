package redis

import (
	"context"
	"fmt"
	"sync"

	goredis "github.com/redis/go-redis/v9"
)

// Health is what [Store.Examine] finds of the server, or of the worst of a Cluster.
type Health struct {
	Kind    string // Redis or Valkey
	Version string
	Masters int    // 1, or how many a Cluster has
	Old     bool   // older than what this package needs
	Policy  string // maxmemory-policy
	Evicts  bool   // its memory has a bound, and at that it throws keys away
	Forgets bool   // nothing is written to a disk
}

// The version that this package needs: ZMSCORE came with it.
const oldestMajor, oldestMinor = 6, 2

// Examine asks the server for what decides whether it keeps what it is given. Nothing of what is kept
// here may be evicted.
func (s *Store) Examine(ctx context.Context) (Health, error) {
	var h Health
	var mu sync.Mutex
	err := s.eachMaster(ctx, func(ctx context.Context, c goredis.Cmdable) error {
		info, err := c.Info(ctx).Result()
		if err != nil {
			return err
		}
		// Servers that are hired forbid CONFIG; their owners see to the disk.
		snapshots := true
		if config, err := c.ConfigGet(ctx, "save").Result(); err == nil {
			snapshots = config["save"] != ""
		}
		mu.Lock()
		defer mu.Unlock()
		h.add(info, snapshots)
		return nil
	})
	return h, s.mapped("examine", err)
}

// add makes one of several servers part of the finding.
func (h *Health) add(info string, snapshots bool) {
	h.Masters++
	h.Kind, h.Version = "Redis", field(info, "redis_version")
	if v := field(info, "valkey_version"); v != "" {
		h.Kind, h.Version = "Valkey", v
	} else {
		var major, minor int
		if n, _ := fmt.Sscanf(h.Version, "%d.%d", &major, &minor); n == 2 {
			h.Old = h.Old || major < oldestMajor || major == oldestMajor && minor < oldestMinor
		}
	}
	policy := field(info, "maxmemory_policy")
	if bound := field(info, "maxmemory"); bound != "" && bound != "0" && policy != "noeviction" && policy != "" {
		h.Evicts, h.Policy = true, policy
	}
	if h.Policy == "" {
		h.Policy = policy
	}
	h.Forgets = h.Forgets || field(info, "aof_enabled") == "0" && !snapshots
}

// Writable reports whether a story could be put now: nil, or what [Store.Put] would fail with.
func (s *Store) Writable(ctx context.Context) error {
	// The layout is written again as it stands: a server that is full or may only be read refuses that too.
	return s.mapped("write", s.client.Set(ctx, s.layoutKey, layout, 0).Err())
}
