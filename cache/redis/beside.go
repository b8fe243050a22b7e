package redis

import goredis "github.com/redis/go-redis/v9"

// What follows is for the room that keeps something of its own beside the stories: queue/redis.

// Client is the store's connection. It ends with the store.
func (s *Store) Client() goredis.UniversalClient { return s.client }

// Prefix is what all keys of the store begin with, its layout included: "newsdesk:1:".
func (s *Store) Prefix() string { return string(s.keys) }

// Mapped wraps an error of the client with what was done, and with the sentinel of package cache that tells what it
// is. It is nil for nil.
func (s *Store) Mapped(done string, err error) error { return s.mapped(done, err) }
