package redis_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"newsdesk/cache/redis"
	"newsdesk/cache/redis/redistest"
	"newsdesk/cache/storetest"
)

// store is a Store that remembers where it is.
type store struct {
	*redis.Store
	o redis.Options
}

func openWith(t *testing.T, o redis.Options) store {
	t.Helper()
	s, err := redis.Open(t.Context(), o)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { _ = s.Close() }) // a test may have closed it
	return store{s, o}
}

// driver opens stores at a URL, each under a prefix of its own.
func driver(url string, servers ...*redistest.Server) storetest.Driver {
	var opened atomic.Int64
	return storetest.Driver{
		Open: func(t *testing.T) storetest.Store {
			return openWith(t, redis.Options{URL: url, Prefix: fmt.Sprintf("test %d:", opened.Add(1))})
		},
		Beside: func(t *testing.T, s storetest.Store) storetest.Store { return openWith(t, s.(store).o) },
		Raw: func(t *testing.T, s storetest.Store) []byte {
			return redistest.Dump(t, s.(store).o.Prefix, servers...)
		},
	}
}

func TestStore(t *testing.T) {
	server := redistest.Start(t)
	storetest.Run(t, driver(server.URL(), server))
}

func TestStoreInCluster(t *testing.T) {
	cluster := redistest.StartCluster(t)
	if !strings.Contains(cluster.URL(), "addr=") {
		t.Fatalf("%s names one server", cluster.URL())
	}
	storetest.Run(t, driver(cluster.URL(), cluster.Servers...))
}
