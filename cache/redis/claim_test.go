package redis

import (
	"errors"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"newsdesk/cache"
	"newsdesk/cache/redis/redistest"
)

// claimedBy claims key as soon as it can be had.
func claimedBy(t *testing.T, s *Store, key string) int64 {
	t.Helper()
	for n := 0; ; n++ {
		token, _, err := s.Claim(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		if token > 0 {
			return token
		}
		if err := pause(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
}

func TestClaims(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	one, two := openStore(t, server.URL(), ""), openStore(t, server.URL(), "")
	const key = "url https://example.org/boats"

	token := claimedBy(t, one, key)
	if got, holder, err := two.Claim(t.Context(), key); got != 0 || holder != token || err != nil {
		t.Errorf("a second claim: %d, holder %d, %v; want holder %d", got, holder, err, token)
	}
	if other := claimedBy(t, two, key+"2"); other <= token {
		t.Errorf("token %d of a later claim, after %d", other, token)
	}
	if err := one.Extend(t.Context(), key, token); err != nil {
		t.Errorf("Extend: %v", err)
	}
	if err := two.Extend(t.Context(), key, token+100); !errors.Is(err, cache.ErrStale) {
		t.Errorf("somebody else extends: %v, want ErrStale", err)
	}
	if err := two.Release(t.Context(), key, token+100, ""); err != nil {
		t.Fatal(err)
	}
	if got, _, err := two.Claim(t.Context(), key); got != 0 || err != nil {
		t.Errorf("somebody else released it: %d, %v", got, err)
	}

	story := press("https://example.org/boats", "Boats", "Maya Lindqvist: The boat sails.")
	filed, err := one.Put(t.Context(), story, cache.Share{Guild: "g1", At: noon, Fence: token})
	if err != nil {
		t.Fatal(err)
	}
	if err := one.Release(t.Context(), key, token, filed.ID); err != nil {
		t.Fatal(err)
	}
	result, err := two.Result(t.Context(), key, token)
	if err != nil || result.ID != filed.ID || result.Article.Text != story.Article.Text || len(result.Quotes) != 1 {
		t.Errorf("Result: %+v, %v", result, err)
	}
	if _, err := two.Result(t.Context(), key, token+1); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("the result of another claim: %v", err)
	}
	if err := two.Forget(t.Context(), "g1", filed.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := two.Result(t.Context(), key, token); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("a result that was forgotten: %v", err)
	}
}

// TestClaimOfTheDead: the claim of a process that died goes to the next, and should it only have slept, it
// cannot file over what the next has filed.
func TestClaimOfTheDead(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	dead, next := openStore(t, server.URL(), ""), openStore(t, server.URL(), "")
	dead.claimLease = 20 * time.Millisecond
	const key = "url https://example.org/boats"
	stale := claimedBy(t, dead, key)
	fresh := claimedBy(t, next, key) // once the lease has run out
	if fresh <= stale {
		t.Fatalf("token %d after %d", fresh, stale)
	}
	if err := dead.Extend(t.Context(), key, stale); !errors.Is(err, cache.ErrStale) {
		t.Errorf("Extend of a claim that was lost: %v, want ErrStale", err)
	}
	story := press("https://example.org/boats", "Boats", "Maya Lindqvist: The new boat sails.")
	if _, err := next.Put(t.Context(), story, cache.Share{Guild: "g1", At: noon, Fence: fresh}); err != nil {
		t.Fatal(err)
	}
	old := press("https://example.org/boats", "Boats", "Maya Lindqvist: The old boat sails.")
	if _, err := dead.Put(t.Context(), old, cache.Share{Guild: "g1", At: noon, Fence: stale}); !errors.Is(err, cache.ErrStale) {
		t.Errorf("filed under a claim that was lost: %v, want ErrStale", err)
	}
	got, err := next.Find(t.Context(), "g1", "https://example.org/boats")
	if err != nil || got.Article.Text != story.Article.Text {
		t.Errorf("%q is filed, %v", got.Article.Text, err)
	}
	if err := dead.Release(t.Context(), key, stale, ""); err != nil {
		t.Fatal(err)
	}
	if token, holder, err := dead.Claim(t.Context(), key); token != 0 || holder != fresh || err != nil {
		t.Errorf("the dead released the claim of the next: %d, %d, %v", token, holder, err)
	}
}

// TestClaimsByMany: of many who claim at once, from several stores, one at a time has it.
func TestClaimsByMany(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	stores := []*Store{openStore(t, server.URL(), ""), openStore(t, server.URL(), ""), openStore(t, server.URL(), "")}
	var g errgroup.Group
	holding, tokens := make(chan struct{}, 1), make(chan int64, 60)
	for i := range 60 {
		s := stores[i%len(stores)]
		g.Go(func() error {
			for n := 0; ; n++ {
				token, _, err := s.Claim(t.Context(), "k")
				if err != nil {
					return err
				}
				if token == 0 {
					if err := pause(t.Context(), n); err != nil {
						return err
					}
					continue
				}
				select {
				case holding <- struct{}{}:
				default:
					return errors.New("two hold one claim")
				}
				tokens <- token
				<-holding
				return s.Release(t.Context(), "k", token, "")
			}
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	close(tokens)
	last := int64(0)
	for token := range tokens {
		if token <= last {
			t.Errorf("token %d after %d", token, last)
		}
		last = token
	}
}
