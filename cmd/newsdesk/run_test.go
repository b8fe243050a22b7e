package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
)

// asNewsdesk is set for processes that are to be newsdesk itself.
const asNewsdesk = "NEWSDESK_TEST_IS_NEWSDESK"

// service is a Discord, a site with articles, and the newsdesks that run between them.
type service struct {
	discord *discordtest.Discord
	site    string
	store   []string // the environment that names the store
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
	case <-time.After(time.Minute):
		t.Fatal("nobody asks for " + s.slow)
	}
}

func (s *service) release() { close(s.pass) }

// serve starts Discord and the site; the store is a file, or what the environment names.
func serve(t *testing.T, store ...string) *service {
	t.Helper()
	return serveWith(t, discordtest.Config{NoRateLimits: true}, store...)
}

func serveWith(t *testing.T, config discordtest.Config, store ...string) *service {
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
		if strings.HasPrefix(r.URL.Path, "/missing") {
			http.NotFound(w, r)
			return
		}
		title, body, _ := strings.Cut(string(text), "\n\n")
		if r.URL.Path != "/ferries" {
			title += " " + r.URL.Path
		}
		if edition, ok := strings.CutPrefix(r.URL.Path, "/edition/"); ok { // another text, so another story
			body += "\n\nThis edition was printed for the readers of " + edition + " on Tuesday morning."
		}
		_, _ = fmt.Fprintf(w, "<html lang=en><head><title>%s</title><meta property=og:site_name content=\"Tarnmouth Courier\">"+
			"<meta name=author content=\"Ines Varga\"><meta property=article:published_time content=\"2026-11-24T07:00:00Z\"></head><body><article><h1>%s</h1>", title, title)
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
func (s *service) newsdesk(t *testing.T, home string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Dir = home
	cmd.Env = append([]string{
		asNewsdesk + "=1", "HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_CONFIG_HOME=" + home, "GORACE=atexit_sleep_ms=0",
		"DISCORD_TOKEN=" + s.discord.Token(), "NEWSDESK_DISCORD_API_URL=" + s.discord.APIURL(),
		"NEWSDESK_FETCH_ALLOW_NETWORKS=127.0.0.0/8", "NEWSDESK_LOG_LEVEL=info",
	}, s.store...)
	return cmd
}

// start starts a newsdesk and waits until it is connected. stop ends it: by SIGTERM it must end by itself.
func (s *service) start(t *testing.T) (stop func(os.Signal)) {
	t.Helper()
	cmd := s.newsdesk(t, t.TempDir(), "run")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	before := len(s.discord.Sessions())
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
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := s.discord.Wait(ctx, "newsdesk", func() bool { return len(s.discord.Sessions()) > before && s.discord.Connected(1) }); err != nil {
		stop(syscall.SIGKILL)
		t.Fatalf("%v:\n%s", err, out.String())
	}
	return stop
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
func whole(t *testing.T, i *discordtest.Interaction, wanted ...string) *discordtest.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
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

// tell plays what people do with the bot, from the first link to questions about it.
func tell(t *testing.T, s *service) {
	d := s.discord
	g := d.Guild("Harbour News")
	general, ada, ben := g.Channel("general"), g.Member("ada"), g.Member("ben")

	card := whole(t, d.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "“", "Source", "Ask", "Delete")
	if text := card.Text(); !strings.Contains(text, "Nobody should have to sleep in a waiting room") || !strings.Contains(text, "#:~:text=") {
		t.Errorf("the card lacks a quotation with its place: %s", text)
	}
	list := whole(t, d.Slash(general, ben, "quotes", discordtest.Options{"speaker": "brandt"}), "Helena Brandt", "Nobody should have to sleep")
	if strings.Contains(list.Text(), "My father baked") {
		t.Error("the mayor is given the baker's words")
	}
	whole(t, d.Slash(general, ben, "ask", discordtest.Options{"question": "What did Reyl say about bread?"}), "Tomas Reyl", "his bread had been reaching the mainland")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	choices, err := d.Autocomplete(ctx, general, ben, "quotes", discordtest.Options{"speaker": "ade"}, "speaker")
	if err != nil || len(choices) != 1 || !strings.Contains(fmt.Sprint(choices[0]), "Ruth Adeyemi") {
		t.Errorf("ade is completed with %v, %v", choices, err)
	}

	// The card's buttons: its quotes for the one who presses alone, a question in a form, another length.
	if m := whole(t, d.Click(ben, card, "quotes:"+storyID(t, card)), "Tomas Reyl", "Oskar Lindqvist"); !m.Ephemeral() {
		t.Error("the quotes of a card are shown to all")
	}
	form := d.Click(ben, card, "ask:"+storyID(t, card))
	if _, err := form.WaitModal(ctx); err != nil {
		t.Fatal(err)
	}
	whole(t, form.Submit(map[string]any{"question": "Who said that the ship has been through worse?"}), "Ruth Adeyemi", "That ship has been through worse than a vote.")
	whole(t, d.Click(ada, card, "Shorter"), "Tarnmouth", "Longer")

	// A form for text, and what cannot be read.
	form = d.Slash(general, ada, "summarize", discordtest.Options{"private": true})
	if _, err := form.WaitModal(ctx); err != nil {
		t.Fatal(err)
	}
	pasted := form.Submit(map[string]any{"title": "Bridge", "text": "The bridge opens on Monday, officials said on Friday.\n\n“We are glad that it is done at last,” said Mayor Ida Holm. “It took far too long for all of us.”"})
	if m := whole(t, pasted, "Ida Holm", "Ask"); !m.Ephemeral() {
		t.Error("a private card is shown to all")
	} else {
		question := d.Click(ada, m, "Ask")
		if _, err := question.WaitModal(ctx); err != nil {
			t.Fatal(err)
		}
		if m := whole(t, question.Submit(map[string]any{"question": "Who is glad that it is done?"}), "Who is glad"); !m.Ephemeral() {
			t.Error("what is asked of a private card is answered to all")
		}
	}
	whole(t, d.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/missing"}), "404", "Try again")

	// A message's links, and a reply to a card.
	post := d.Post(general, ben, "look: <"+s.site+"/harbour>")
	whole(t, d.Menu(post, ada, "Summarize"), "Tarnmouth", "Ask") // the same text elsewhere is the same story
	d.Post(general, ben, "What did Lindqvist call the budget?", card)
	if _, err := d.WaitMessage(ctx, general, func(m *discordtest.Message) bool {
		return strings.Contains(m.Text(), "a brave guess") && m.ID != card.ID && m.Interaction == nil
	}); err != nil {
		t.Error(err)
	}
	if i := d.Click(ben, card, "Delete"); true {
		if m, err := i.WaitReply(ctx); err != nil || !m.Ephemeral() {
			t.Errorf("who did not share a card deletes it: %v", err)
		}
	}
	d.Click(ada, card, "Delete")
	if err := d.Wait(ctx, "the card's end", func() bool { _, there := d.Message(card.ID); return !there }); err != nil {
		t.Error(err)
	}
}

// storyID is the story that a card is about.
func storyID(t *testing.T, m *discordtest.Message) (id string) {
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

func TestRunAnswers(t *testing.T) {
	s := serve(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_ = free.Close() // newsdesk takes it
	s.store = append(s.store, "NEWSDESK_METRICS_ADDRESS="+address)
	stop := s.start(t)
	tell(t, s)
	counts, err := http.Get("http://" + address + "/metrics") //nolint:noctx // on this machine
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(counts.Body); err != nil || !strings.Contains(string(text), "process_cpu_seconds_total") {
		t.Errorf("no counts at %s: %v, %s", address, err, text)
	}
	_ = counts.Body.Close()
	stop(syscall.SIGTERM)
	refusals(t, s.discord)
}
