package redis

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/cache"
	"newsdesk/cache/redis/redistest"
)

// TestCutInEveryAnswer cuts the connection in the middle of the server's answers, a few bytes later each time, while a
// story is filed anew: what was asked is done and the answer is lost. Whatever the caller is told, nothing is done
// twice, and what the raw store holds in the end is the same to the byte as if nothing had been cut.
func TestCutInEveryAnswer(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	const url = "https://example.org/boats"
	first := press(url, "Boats", "Maya Lindqvist: The boat sails.", "Tom Weller: No boat sails.")
	second := press(url, "Boats again", "Maya J. Lindqvist: Two boats sail.", "Ana Duarte: The boat stays.", "Tom Weller: So it does.")
	prepare := func(prefix string) {
		s := openStore(t, server.URL(), prefix)
		for minutes, guild := range []string{"g1", "g2"} { // in this order: the raw store shows it
			if _, err := s.Put(t.Context(), first, share(guild, minutes)); err != nil {
				t.Fatal(err)
			}
		}
	}
	again := func(s *Store) error { _, err := s.Put(t.Context(), second, share("g1", 3)); return err }
	clean := "clean of the cut:"
	prepare(clean)
	s := openStore(t, server.URL(), clean)
	if err := again(s); err != nil {
		t.Fatal(err)
	}
	want := settled(t, clean, server)
	told := 0
	for bytes := 1; ; bytes += 61 {
		prefix := fmt.Sprintf("cut after %d:", bytes)
		prepare(prefix)
		proxy := redistest.Between(t, server)
		s := openStore(t, proxy.URL(), prefix)
		proxy.CutAfter(bytes)
		err := again(s)
		if !proxy.WasCut() {
			break
		}
		if err != nil {
			told++
			if !errors.Is(err, cache.ErrAway) {
				t.Errorf("cut after %d bytes: %v, want ErrAway", bytes, err)
			}
			if err := again(s); err != nil {
				t.Errorf("cut after %d bytes, and asked again: %v", bytes, err)
			}
		}
		for _, guild := range []string{"g1", "g2"} {
			if err := s.Mend(t.Context(), guild); err != nil {
				t.Errorf("cut after %d bytes: Mend: %v", bytes, err)
			}
		}
		if diff := cmp.Diff(want, settled(t, prefix, server)); diff != "" {
			t.Errorf("cut after %d bytes (error: %v): the raw store differs (-want +got):\n%s", bytes, err, diff)
		}
	}
	t.Logf("the caller heard of it %d times", told)
}

// TestSlowNetwork: a network that takes its time is waited for.
func TestSlowNetwork(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	proxy := redistest.Between(t, server)
	s := openStore(t, proxy.URL(), "")
	s.lease = lease
	proxy.Delay(15 * time.Millisecond)
	story := press("https://example.org/boats", "Boats", "Maya Lindqvist: The boat sails.")
	if _, err := s.Put(t.Context(), story, share("g1", 0)); err != nil {
		t.Fatal(err)
	}
	quotes, _, err := s.Quotes(t.Context(), cache.QuoteQuery{Guild: "g1", Speakers: []string{"Maya Lindqvist"}})
	if err != nil || len(quotes) != 1 {
		t.Errorf("%v, %v", quotes, err)
	}
}

// TestSilentNetwork: where nothing arrives any more and nothing is closed, calls end with what tells it, within the
// time that their context gives or a little more than [Silence], and the store is there again by itself.
func TestSilentNetwork(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	proxy := redistest.Between(t, server)
	s := openStore(t, proxy.URL(), "")
	story := press("https://example.org/boats", "Boats", "Maya Lindqvist: The boat sails.")
	if _, err := s.Put(t.Context(), story, share("g1", 0)); err != nil {
		t.Fatal(err)
	}
	proxy.Silence()
	if _, err := s.Find(t.Context(), "g1", "https://example.org/boats"); !errors.Is(err, cache.ErrAway) {
		t.Errorf("reading: %v, want ErrAway", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.Put(ctx, story, share("g2", 0)); !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, cache.ErrAway) {
		t.Errorf("filing: %v, want the deadline or ErrAway", err)
	}
	proxy.Speak()
	recovered(t, s)
	if _, err := s.Put(t.Context(), story, share("g2", 0)); err != nil {
		t.Errorf("filing when it is back: %v", err)
	}
}
