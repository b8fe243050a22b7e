package main

import (
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/discordtest"
	"newsdesk/cache/redis/redistest"
)

// Without any configuration a token is enough: what README has people type leads to the first card. Who starts it sees that
// it is connected, as whom, in how many servers, where it remembers, and how it comes into another.
func TestRunWithoutConfiguration(t *testing.T) {
	s := serve(t)
	s.raced = true
	s.store = []string{"NEWSDESK_LOG_LEVEL=off"} // which is what it is without configuration
	typed, permitted := inDiscord(t)
	if !slices.Equal(typed, []string{"doctor", "run"}) || permitted != bot.Permissions {
		t.Errorf("README has people type %q, and permit %d", typed, permitted)
	}
	doctor := s.newsdesk(t, t.TempDir(), "doctor")
	if said, err := doctor.CombinedOutput(); err != nil || !strings.Contains(string(said), bot.Invite(s.discord.Bot().ID)) {
		t.Errorf("doctor does not say how to invite it: %v, %s", err, said)
	}
	s.discord.Guild("One")
	g := s.discord.Guild("Two")
	stop := s.start(t)
	general, ada := g.Channel("general"), g.Member("ada")
	whole(t, s.discord.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "Delete")
	whole(t, s.discord.Slash(general, ada, "status", nil), "in 2 servers", "1 article")
	stop(syscall.SIGTERM)
	for _, wanted := range []string{
		"Connected to Discord as newsdesk, in 2 servers.", filepath.Join("newsdesk", "newsdesk.db"),
		"https://discord.com/oauth2/authorize?client_id=" + s.discord.Bot().ID + "&permissions=309237746752&scope=bot+applications.commands",
	} {
		if !strings.Contains(s.printed, wanted) {
			t.Errorf("it does not say %q: %s", wanted, s.printed)
		}
	}
	if lines := strings.Count(s.printed, "\n"); lines != 3 {
		t.Errorf("it says %d lines: %s", lines, s.printed)
	}
}

// What it counts is asked for over HTTP, at the address that the configuration names.
func TestRunShowsCounts(t *testing.T) {
	s := serve(t)
	address := freeAddress(t)
	s.store = append(s.store, "NEWSDESK_METRICS_ADDRESS="+address)
	s.start(t)
	counts, err := http.Get("http://" + address + "/metrics") //nolint:noctx // on this machine
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(counts.Body); err != nil || !strings.Contains(string(text), "process_cpu_seconds_total") {
		t.Errorf("no counts at %s: %v, %s", address, err, text)
	}
	_ = counts.Body.Close()
}

// Commands are registered once, and again only when what Discord has differs.
func TestRunRegistersOnce(t *testing.T) {
	s := serve(t)
	const put = "PUT /applications/{application}/commands"
	registered := func() int { return len(s.discord.Calls(put)) }
	s.start(t)(syscall.SIGTERM)
	s.start(t)(syscall.SIGTERM)
	if n := registered(); n != 1 {
		t.Errorf("registered %d times by two starts", n)
	}
	// An older newsdesk had other ones.
	old, err := http.NewRequestWithContext(t.Context(), http.MethodPut, s.discord.APIURL()+"v10/applications/"+s.discord.Bot().ID+"/commands",
		strings.NewReader(`[{"name":"summarize","description":"What an older newsdesk said","type":1}]`))
	if err != nil {
		t.Fatal(err)
	}
	old.Header.Set("Authorization", "Bot "+s.discord.Token())
	old.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(old)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(resp, err)
	}
	_ = resp.Body.Close()
	s.start(t)(syscall.SIGTERM)
	s.start(t)(syscall.SIGTERM)
	if n := registered(); n != 3 {
		t.Errorf("registered %d times in all, want 3: by the first, the older and the one after that", n)
	}
}

// Told to stop in the middle of something, newsdesk takes nothing new, leaves within its twenty seconds, and another
// brings the answer.
func TestRunHandsOver(t *testing.T) {
	server := redistest.Start(t)
	s := serve(t, "REDIS_URL="+server.URL())
	s.hold("/slow")
	stop := s.start(t)
	g := s.discord.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	i := s.discord.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/slow"})
	s.held(t)
	ended := make(chan struct{})
	go func() { stop(syscall.SIGTERM); close(ended) }()
	select {
	case <-ended:
	case <-time.After(patience): // stop_test.go of package bot says how long it may take
		t.Fatal("it does not stop")
	}
	if m := i.Reply(); m == nil || strings.Contains(m.Text(), "Tarnmouth") {
		t.Fatalf("before the page is there it says %v", m)
	}
	s.start(t)
	s.release()
	whole(t, i, "Tarnmouth", "Delete")
	if n := len(s.discord.Messages(general)); n != 1 {
		t.Errorf("there are %d messages", n)
	}
}

// Who starts it while Discord is down is told so, and that it goes on trying; when Discord is back it is connected.
func TestRunWaitsForDiscord(t *testing.T) {
	s := serve(t)
	s.store = append(s.store, "NEWSDESK_LOG_LEVEL=off")
	s.discord.Fault(discordtest.Fault{Route: "GET /applications/@me", Status: http.StatusServiceUnavailable, Times: 6})
	stop := s.start(t)
	n := s.newsroom("Harbour News")
	n.slash(t, n.ada, "help", nil, "/summarize") // so it has heard of its connection
	stop(syscall.SIGTERM)
	down, up := strings.Index(s.printed, "Discord cannot be reached at http://127.0.0.1"), strings.Index(s.printed, "Connected to Discord")
	if down < 0 || up < down {
		t.Errorf("it says %s", s.printed)
	}
}
