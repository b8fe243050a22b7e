package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/cache/redis/redistest"
)

// service is a Discord, a site with articles, and the newsdesks that run between them.
type service struct {
	discord *discordtest.Discord
	site    string
	store   []string // the environment that names the store
	raced   bool     // its newsdesks are under the race detector where the test is
	mu      sync.Mutex
	fetched map[string]int
	printed string        // by the newsdesk that was stopped last
	slow    string        // the path that is held
	reached chan struct{} // told when somebody asks for that
	pass    chan struct{} // closed when it may be answered
}

// hold lets whoever asks for path wait until release is called.
func (s *service) hold(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.slow, s.reached, s.pass = path, make(chan struct{}, 10), make(chan struct{})
}

// held waits until somebody does.
func (s *service) held(t *testing.T) {
	t.Helper()
	select {
	case <-s.reached:
	case <-time.After(patience):
		t.Fatal("nobody asks for " + s.slow)
	}
}

func (s *service) release() { close(s.pass) }

const (
	// slower is how much slower Discord's clock goes than the machine's: it does other things besides, and Discord's
	// three seconds are not to be those that the processor was elsewhere.
	slower = 10
	// patience is how long a test waits for what must come; only a test that fails waits so long.
	patience = 2 * time.Minute
)

// serve starts a Discord with a slow clock, and the site; the store is a file, or what the environment names.
func serve(t testing.TB, store ...string) *service {
	t.Helper()
	return serveWith(t, slowly(discordtest.Config{NoRateLimits: true}), store...)
}

// slowly has Discord's clock go slower.
func slowly(config discordtest.Config) discordtest.Config {
	began := time.Now()
	config.Now = func() time.Time { return began.Add(time.Since(began) / slower) }
	return config
}

func serveWith(t testing.TB, config discordtest.Config, store ...string) *service {
	t.Helper()
	s := &service{discord: discordtest.Start(t, config), store: store, fetched: map[string]int{}}
	if len(store) == 0 {
		s.store = []string{"NEWSDESK_STORE_PATH=" + filepath.Join(t.TempDir(), "store.db")}
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "examples", "harbour-ferries.txt"))
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.fetched[r.URL.Path]++
		held, reached, pass := r.URL.Path == s.slow, s.reached, s.pass
		s.mu.Unlock()
		if held {
			reached <- struct{}{}
			<-pass
		}
		if strings.HasPrefix(r.URL.Path, "/missing") || r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		if r.URL.Path == "/feed.xml" {
			_, _ = fmt.Fprint(w, `<rss version="2.0"><channel><title>Courier Feed</title><item><title>Ferries</title><link>/edition/feed</link></item></channel></rss>`)
			return
		}
		page, outlet := text, "Tarnmouth Courier"
		if name, ok := strings.CutPrefix(r.URL.Path, "/news/"); ok { // NAME-OUTLET, one of the digest's articles
			found, _ := filepath.Glob(filepath.Join("..", "..", "digest", "testdata", "*", filepath.Base(name)+".txt"))
			if page, err = os.ReadFile(strings.Join(found, "")); err != nil {
				http.NotFound(w, r)
				return
			}
			outlet = name[strings.LastIndexByte(name, '-')+1:]
			outlet = "The " + strings.ToUpper(outlet[:1]) + outlet[1:]
		}
		title, body, _ := strings.Cut(string(page), "\n\n")
		if r.URL.Path != "/ferries" && outlet == "Tarnmouth Courier" {
			title += " " + r.URL.Path
		}
		if edition, ok := strings.CutPrefix(r.URL.Path, "/edition/"); ok { // another text, so another story
			body += "\n\nThis edition was printed for the readers of " + edition + " on Tuesday morning."
		}
		_, _ = fmt.Fprintf(w, "<html lang=en><head><title>%[1]s</title><meta property=og:site_name content=\"%[2]s\">"+
			"<meta name=author content=\"Ines Varga\"><meta property=article:published_time content=\"2026-11-24T07:00:00Z\"></head><body><article><h1>%[1]s</h1>", title, outlet)
		for p := range strings.SplitSeq(body, "\n\n") {
			if caption, again, _ := strings.Cut(p, "\n"); caption == again { // as a browser copies it
				_, _ = fmt.Fprintf(w, "<figure><img src=ferry.jpg><figcaption>%s</figcaption></figure>\n", caption)
				continue
			}
			_, _ = fmt.Fprintf(w, "<p>%s</p>\n", p)
		}
		_, _ = fmt.Fprint(w, "</article></body></html>")
	}))
	t.Cleanup(site.Close)
	s.site = site.URL
	return s
}

// newsdesk is one that is yet to be started, at home in a folder.
func (s *service) newsdesk(t testing.TB, home string, args ...string) *exec.Cmd {
	t.Helper()
	program := programFile(t)
	if s.raced {
		var err error
		if program, err = os.Executable(); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = home
	cmd.Env = append([]string{
		asNewsdesk + "=1", "HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_CONFIG_HOME=" + home, "GORACE=atexit_sleep_ms=0",
		"DISCORD_TOKEN=" + s.discord.Token(), "NEWSDESK_DISCORD_API_URL=" + s.discord.APIURL(),
		"NEWSDESK_FETCH_ALLOW_NETWORKS=127.0.0.0/8", "NEWSDESK_LOG_LEVEL=info",
	}, s.store...)
	return cmd
}

// start starts a newsdesk and waits until it is connected. stop ends it: by SIGTERM it must end by itself.
func (s *service) start(t testing.TB) (stop func(os.Signal)) {
	t.Helper()
	cmd := s.newsdesk(t, t.TempDir(), "run")
	out := watched{words: "Connected to Discord", seen: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	stopped := false
	stop = func(sig os.Signal) {
		if stopped {
			return
		}
		stopped = true
		_ = cmd.Process.Signal(sig)
		if err := <-ended; err != nil && sig == syscall.SIGTERM {
			t.Errorf("newsdesk run ends with %v:\n%s", err, out.String())
		}
		s.printed = out.String()
		if strings.Contains(s.printed, s.discord.Token()) {
			t.Error("the token stands in the log")
		}
		if t.Failed() {
			t.Logf("newsdesk run:\n%s", out.String())
		}
	}
	t.Cleanup(func() { stop(syscall.SIGTERM) })
	select {
	case <-out.seen:
	case <-time.After(patience):
		stop(syscall.SIGKILL)
		t.Fatalf("newsdesk is not connected:\n%s", out.String())
	}
	return stop
}

// watched is what a newsdesk prints; it tells when some words are among it.
type watched struct {
	words string
	seen  chan struct{}

	mu   sync.Mutex
	text bytes.Buffer
	told bool
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text.Write(p)
	if !w.told && bytes.Contains(w.text.Bytes(), []byte(w.words)) {
		w.told = true
		close(w.seen)
	}
	return len(p), nil
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// holds reports whether a message has all that is wanted in its words or on its buttons.
func holds(m *discordtest.Message, wanted []string) bool {
	for _, w := range wanted {
		if _, button := m.Find(w); !button && !strings.Contains(m.Text(), w) {
			return false
		}
	}
	return true
}

// whole waits until an answer is no longer being made, and is as wanted.
func whole(t testing.TB, i *discordtest.Interaction, wanted ...string) *discordtest.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	m, err := i.WaitFor(ctx, strings.Join(wanted, ", "), func(m *discordtest.Message) bool { return holds(m, wanted) })
	if err != nil {
		says := ""
		if r := i.Reply(); r != nil {
			says = r.Text()
		}
		t.Fatalf("%v; it says: %s", err, says)
	}
	return m
}

// storyID is the story that a card is about.
func storyID(t testing.TB, m *discordtest.Message) (id string) {
	t.Helper()
	m.Walk(func(c discordtest.Component) {
		if rest, ok := strings.CutPrefix(c.CustomID, "ask:"); ok {
			id = rest
		}
	})
	if id == "" {
		t.Fatalf("no story in %s", m.Text())
	}
	return id
}

// newsroom is a server of a service, with people in it.
type newsroom struct {
	*service
	guild    *discordtest.Guild
	general  *discordtest.Channel
	ada, ben *discordtest.User
}

// newsroom opens one.
func (s *service) newsroom(name string) newsroom {
	g := s.discord.Guild(name)
	return newsroom{s, g, g.Channel("general"), g.Member("ada"), g.Member("ben")}
}

// slash gives a command and waits for an answer that holds what is wanted.
func (n newsroom) slash(t *testing.T, u *discordtest.User, name string, options discordtest.Options, wanted ...string) *discordtest.Message {
	t.Helper()
	return whole(t, n.discord.Slash(n.general, u, name, options), wanted...)
}

// follows waits until the message that follows an answer holds what is wanted.
func (n newsroom) follows(t *testing.T, i *discordtest.Interaction, wanted ...string) (m *discordtest.Message) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := n.discord.Wait(ctx, strings.Join(wanted, ", "), func() bool {
		for _, m = range i.Followups() {
			return holds(m, wanted)
		}
		return false
	}); err != nil {
		t.Fatal(err)
	}
	return m
}

// shares has somebody summarize a page of the site.
func (n newsroom) shares(t *testing.T, u *discordtest.User, path string) *discordtest.Message {
	t.Helper()
	return n.slash(t, u, "summarize", discordtest.Options{"url": n.site + path}, "Tarnmouth", "Delete")
}

// unlimited lets a few people ask as much as a story takes.
var unlimited = []string{"NEWSDESK_LIMITS_MEMBER_PER_MINUTE=0", "NEWSDESK_LIMITS_GUILD_PER_MINUTE=0"}

// A setting is what newsdesk remembers in, and how many of it share that.
type setting struct {
	name      string
	newsdesks int
	redis     bool
	tolerated []string // what Discord may refuse
}

// overtaken is what Discord refuses where a message goes that is just being looked after: whether its links are still in
// it, and which of those who see that it is gone deletes its card.
var overtaken = []string{
	"GET /channels/{channel}/messages/{message} 404 Unknown Message", "DELETE /channels/{channel}/messages/{message} 404 Unknown Message",
}

// settings are all in which people must find the same newsdesk.
var settings = []setting{
	{name: "embedded", newsdesks: 1, tolerated: overtaken},
	// An answer may overtake its acknowledgement by another process, and is sent again; and who waits a second for another
	// to acknowledge does it then, which Discord takes once.
	{name: "redis, two newsdesks", newsdesks: 2, redis: true, tolerated: append([]string{"Unknown Webhook", "already been acknowledged"}, overtaken...)},
}

// discord is one that has a shard for each newsdesk.
func (k setting) discord() discordtest.Config {
	return discordtest.Config{NoRateLimits: true, Shards: k.newsdesks, MaxConcurrency: k.newsdesks}
}

// store is the environment that names one, none for a file.
func (k setting) store(t testing.TB) []string {
	t.Helper()
	if k.redis {
		return []string{"REDIS_URL=" + redistest.Start(t).URL()}
	}
	return nil
}

// start starts all newsdesks of the setting; stops end one each.
func (k setting) start(t testing.TB, s *service) (stops []func(os.Signal)) {
	t.Helper()
	for range k.newsdesks {
		stops = append(stops, s.start(t))
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := s.discord.Wait(ctx, "shards", func() bool { return s.discord.Connected(k.newsdesks) }); err != nil {
		t.Fatal(err)
	}
	return stops
}

// refusals are what Discord refused of what the bot asked, but for what may be.
func refusals(t testing.TB, d *discordtest.Discord, but ...string) {
	t.Helper()
	for _, refused := range d.Refusals() {
		text := refused.String()
		if !slices.ContainsFunc(but, func(b string) bool { return strings.Contains(text, b) }) {
			t.Errorf("Discord refuses: %s", text)
		}
	}
}
