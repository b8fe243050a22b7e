package main

import (
	"context"
	"net"
	"strings"
	"syscall"
	"testing"

	"newsdesk/bot/discordtest"
)

// TestRunOverHTTP has some stories happen where Discord posts what people do, after it has tried the endpoint out.
func TestRunOverHTTP(t *testing.T) {
	s := serveWith(t, slowly(discordtest.Config{NoRateLimits: true}))
	address := freeAddress(t)
	s.store = append(append(s.store, unlimited...), "NEWSDESK_DISCORD_INTERACTIONS=http", "NEWSDESK_DISCORD_HTTP_ADDRESS="+address)
	if said := s.doctor(t); !strings.Contains(said, "Discord does not post its commands yet") || !strings.Contains(said, "leads to "+address) {
		t.Errorf("before it is told to, doctor says %s", said)
	}
	stop := s.start(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := s.discord.InteractionsURL(ctx, "http://"+address); err != nil {
		t.Fatal(err)
	}
	if said := s.doctor(t); !strings.Contains(said, "Discord posts its commands to http://"+address) || !strings.Contains(said, "recommends 1 shard") {
		t.Errorf("doctor says %s", said)
	}
	t.Run("stories", func(t *testing.T) {
		for _, story := range stories[1:4] { // in the first a message is written, which is not heard
			n := s.newsroom(story.name)
			t.Run(story.name, func(t *testing.T) {
				t.Parallel()
				story.play(t, n)
			})
		}
	})
	stop(syscall.SIGTERM)
	refusals(t, s.discord, "Unknown Webhook") // an answer may overtake its acknowledgement, and is sent again
	if len(s.discord.Sessions()) > 0 || len(s.discord.Calls("callback")) > 0 {
		t.Error("it has a session, or answers over the API")
	}
	if !strings.Contains(s.printed, "Takes commands over HTTP at "+address) {
		t.Errorf("it says %s", s.printed)
	}
}

// doctor is what `newsdesk doctor` says.
func (s *service) doctor(t *testing.T) string {
	t.Helper()
	said, err := s.newsdesk(t, t.TempDir(), "doctor").CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, said)
	}
	return string(said)
}

// freeAddress is one that nobody uses.
func freeAddress(t *testing.T) string {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer free.Close() //nolint:errcheck // newsdesk takes it
	return free.Addr().String()
}
