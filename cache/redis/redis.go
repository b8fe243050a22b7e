// Package redis keeps stories in Redis (6.2 or newer, or Valkey): the store that any number of
// processes, on any number of machines, share.
//
// [Open] the address of a single server, of a Cluster (any node of it will do) or of Sentinels; the
// [Store] is the same. No module is needed.
//
// # What is kept how
//
// All keys begin with "newsdesk:" and the version of their layout, and none is ever looked for by
// KEYS or SCAN. A story of the web is filed once: its versions stand in keys of its own Cluster slot,
// written whole and never changed. Everything that depends on who sees it (since when, which speakers
// there are, what each said, the words by which it is found) is kept once per guild, in that guild's
// slot, and names the version that it speaks of. What belongs to a guild, files and pasted text, stands
// in the guild's slot altogether. key.go says what each key holds.
//
// # What is promised
//
// A guild sees a story from one moment to the next, whole: one transaction in its slot changes all of
// its lists. Since a transaction cannot span slots, a filing is noted in the guild before it begins; a
// process that dies halfway leaves the note, and the next that writes in the guild finishes what it
// was about ([Store.Mend]). How much a server that dies forgets is for its own configuration to say
// (appendonly, appendfsync). Nothing here may be evicted: see [Store.Examine].
package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// Patience is how long a call waits for others who write the same story or in the same guild, before
// it gives up with cache.ErrLocked.
const Patience = 30 * time.Second

// Options say which Redis.
type Options struct {
	// URL is redis://, rediss:// (TLS) or unix://; several servers, and Sentinels, as in
	// redis://one:6379?addr=two:6379 and redis://one:26379?addr=two:26379&master_name=news.
	URL string
	// Prefix is what all keys begin with; "" for "newsdesk:".
	Prefix string
}

// Store is an open store. It may be used by any number of goroutines. Close it when done.
type Store struct {
	client goredis.UniversalClient
	keys   keys
	name   string // of the server, for messages; without its password

	layoutKey string // holds the layout's version

	lease           time.Duration // of a lock
	claimLease      time.Duration
	memberLease     time.Duration
	reach           int
	guilds, stories turns // who of this process writes next

	mu     sync.Mutex
	mended map[string]time.Time // when this process last looked for what was left unfinished in a guild
}

// Open connects to a Redis and looks at what it is. Errors: cache.ErrAway, cache.ErrDenied,
// cache.ErrNewer, cache.ErrNotStore (no address of a Redis).
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Prefix == "" {
		o.Prefix = "newsdesk:"
	}
	quiet.Do(func() { goredis.SetLogger(silence{}) })
	s := &Store{keys: keys(o.Prefix + layout + ":"), name: Name(o.URL), layoutKey: o.Prefix + "layout", lease: lease, claimLease: ClaimLease, memberLease: MemberLease, reach: reach, mended: map[string]time.Time{}}
	var err error
	if s.client, err = dial(ctx, o.URL); err != nil {
		return nil, s.mapped("open", err)
	}
	if err := s.checkVersion(ctx); err != nil {
		return nil, s.mapped("open", errors.Join(err, s.client.Close()))
	}
	return s, nil
}

// What the library has to say is in its errors; on standard error nobody asked for it.
var quiet sync.Once

type silence struct{}

func (silence) Printf(context.Context, string, ...any) {}

// Close lets go of the connections. The store is not usable afterwards.
func (s *Store) Close() error { return s.mapped("close", s.client.Close()) }

// Name is what the server at a URL may be called in messages: its address without user and password.
func Name(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" && u.Path == "" {
		return "Redis"
	}
	var others strings.Builder
	for _, addr := range u.Query()["addr"] {
		others.WriteString("," + addr)
	}
	return u.Scheme + "://" + u.Host + others.String() + u.Path
}

// dial makes the client that suits the address, and asks the server whether it is there.
func dial(ctx context.Context, raw string) (goredis.UniversalClient, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: not an address", cache.ErrNotStore) // the error would show the password
	}
	switch {
	case u.Query().Has("master_name"):
		o, err := goredis.ParseFailoverURL(raw)
		if err != nil {
			return nil, notAddress(err)
		}
		o.ContextTimeoutEnabled = true
		bound(&o.DialTimeout, &o.ReadTimeout, &o.MaxRetries)
		return answering(ctx, goredis.NewFailoverClient(o))
	case u.Query().Has("addr"):
		return dialCluster(ctx, raw)
	}
	o, err := goredis.ParseURL(raw)
	if err != nil {
		return nil, notAddress(err)
	}
	o.ContextTimeoutEnabled = true
	bound(&o.DialTimeout, &o.ReadTimeout, &o.MaxRetries)
	client, err := answering(ctx, goredis.NewClient(o))
	if err != nil {
		return nil, err
	}
	info, err := client.Info(ctx, "cluster").Result()
	if err == nil && strings.Contains(info, "cluster_enabled:1") && u.Scheme != "unix" {
		return dialClusterInstead(ctx, raw, client)
	}
	return client, nil
}

func dialClusterInstead(ctx context.Context, raw string, single goredis.UniversalClient) (goredis.UniversalClient, error) {
	if err := single.Close(); err != nil {
		return nil, err
	}
	return dialCluster(ctx, raw)
}

func dialCluster(ctx context.Context, raw string) (goredis.UniversalClient, error) {
	o, err := goredis.ParseClusterURL(raw)
	if err != nil {
		return nil, notAddress(err)
	}
	o.ContextTimeoutEnabled = true
	bound(&o.DialTimeout, &o.ReadTimeout, &o.MaxRetries)
	return answering(ctx, goredis.NewClusterClient(o))
}

// Silence is how long a server may say nothing to a command, which is then sent once more, before it counts as
// away. The URL may set others (dial_timeout, read_timeout, max_retries).
const Silence = 3 * time.Second

// bound sets what the URL leaves open. The library's own is several times five seconds: longer than anybody waits
// in Discord.
func bound(dial, read *time.Duration, retries *int) {
	if *dial == 0 {
		*dial = Silence
	}
	if *read == 0 {
		*read = Silence
	}
	if *retries == 0 {
		*retries = 1
	}
}

func answering(ctx context.Context, client goredis.UniversalClient) (goredis.UniversalClient, error) {
	if err := client.Ping(ctx).Err(); err != nil {
		return nil, errors.Join(err, client.Close())
	}
	return client, nil
}

// notAddress is what is wrong with a URL; the library's errors name the part, not the password.
func notAddress(err error) error { return fmt.Errorf("%w: %w", cache.ErrNotStore, err) }

// checkVersion refuses a Redis whose data a newer newsdesk wrote, and says in a new one which layout
// is used.
func (s *Store) checkVersion(ctx context.Context) error {
	found, err := s.client.Get(ctx, s.layoutKey).Int()
	switch {
	case errors.Is(err, goredis.Nil):
		err = s.client.SetNX(ctx, s.layoutKey, layout, 0).Err()
		if goredis.IsReadOnlyError(err) || goredis.IsOOMError(err) {
			err = nil // it can be read all the same
		}
		return err
	case err != nil:
		return err
	case found > version:
		return fmt.Errorf("%w: layout %d, this newsdesk knows %d", cache.ErrNewer, found, version)
	}
	return nil
}

// token tells one holder of a lock from every other.
func token() string { return rand.Text() }
