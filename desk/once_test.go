package desk

import (
	"errors"
	"testing"

	"golang.org/x/sync/errgroup"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/cache/redis"
	"newsdesk/cache/redis/redistest"
)

// onRedis opens a store on a Redis that other desks share.
func onRedis(t *testing.T, url string) *redis.Store {
	t.Helper()
	store, err := redis.Open(t.Context(), redis.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// TestTheOtherFails: who waits for another process that fails does the work.
func TestTheOtherFails(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	failing, asked := make(chan struct{}), make(chan struct{})
	one := New(Options{Store: onRedis(t, server.URL()), Fetcher: fetcherFunc(func(string) (article.Page, error) {
		close(asked)
		<-failing
		return article.Page{}, errors.New("the network is down here")
	})})
	two := New(Options{Store: onRedis(t, server.URL()), Fetcher: fetcherFunc(func(url string) (article.Page, error) {
		return article.Page{URL: url, ContentType: "text/plain", Body: []byte(report)}, nil
	})})
	t.Cleanup(one.Close)
	t.Cleanup(two.Close)
	request := Request{Source: FromURL("https://example.org/bridge"), Guild: "g"}
	var g errgroup.Group
	g.Go(func() error {
		if _, err := one.File(t.Context(), request, nil); err == nil {
			return errors.New("the first desk filed what it could not fetch")
		}
		return nil
	})
	<-asked
	g.Go(func() error {
		waits := make(chan struct{}, 1)
		_, err := two.File(t.Context(), request, func(p Progress) {
			if p.Stage == StageReading {
				select {
				case waits <- struct{}{}:
					close(failing) // it is known to wait
				default:
				}
			}
		})
		return err
	})
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := onRedis(t, server.URL()).Find(t.Context(), "g", "https://example.org/bridge"); err != nil {
		t.Errorf("it is not filed: %v", err)
	}
}

// TestWithoutClaims: when no claim can be had because the store is away, the story is made and comes back
// beside the error.
func TestWithoutClaims(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	d := New(Options{Store: onRedis(t, server.URL()), Fetcher: fetcherFunc(func(url string) (article.Page, error) {
		return article.Page{URL: url, ContentType: "text/plain", Body: []byte(report)}, nil
	})})
	t.Cleanup(d.Close)
	server.Kill()
	story, err := d.File(t.Context(), Request{Source: FromURL("https://example.org/bridge"), Guild: "g"}, nil)
	if !errors.Is(err, cache.ErrAway) || len(story.Quotes) == 0 {
		t.Errorf("%d quotes, %v; want the story and ErrAway", len(story.Quotes), err)
	}
}
