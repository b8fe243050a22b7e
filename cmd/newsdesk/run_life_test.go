package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/discordtest"
	"newsdesk/cache/redis/redistest"
)

// Without any configuration a token is enough. Who starts it sees that it is connected, as whom, in how many servers,
// where it remembers, and how it comes into another.
func TestRunWithoutConfiguration(t *testing.T) {
	s := serve(t)
	s.store = []string{"NEWSDESK_LOG_LEVEL=off"} // which is what it is without configuration
	s.discord.Guild("One")
	g := s.discord.Guild("Two")
	stop := s.start(t)
	whole(t, s.discord.Slash(g.Channel("general"), g.Member("ada"), "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "Delete")
	stop(syscall.SIGTERM)
	for _, wanted := range []string{
		"Connected to Discord as newsdesk, in 2 servers.", filepath.Join("newsdesk", "newsdesk.db"),
		"https://discord.com/oauth2/authorize?client_id=" + s.discord.Bot().ID + "&permissions=274878008320&scope=bot+applications.commands",
	} {
		if !strings.Contains(s.printed, wanted) {
			t.Errorf("it does not say %q: %s", wanted, s.printed)
		}
	}
	doctor := s.newsdesk(t, t.TempDir(), "doctor")
	if said, err := doctor.CombinedOutput(); err != nil || !strings.Contains(string(said), bot.Invite(s.discord.Bot().ID)) {
		t.Errorf("doctor does not say how to invite it: %v, %s", err, said)
	}
	if lines := strings.Count(s.printed, "\n"); lines != 3 {
		t.Errorf("it says %d lines: %s", lines, s.printed)
	}
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
	case <-time.After(time.Minute): // twenty seconds, on a machine that does nothing else
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

// What people upload is read, whatever it is, and several links of one message, each by itself.
func TestRunReadsUploads(t *testing.T) {
	s := serve(t)
	s.start(t)
	g := s.discord.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	text, err := os.ReadFile(filepath.Join("..", "..", "examples", "harbour-ferries.txt"))
	if err != nil {
		t.Fatal(err)
	}
	title, body, _ := strings.Cut(string(text), "\n\n")
	for name, data := range map[string]string{
		"ferries.txt":  string(text),
		"ferries.md":   "# " + title + "\n\n" + body,
		"ferries.html": "<html lang=en><title>" + title + "</title><article><h1>" + title + "</h1><p>" + strings.ReplaceAll(body, "\n\n", "</p><p>") + "</p></article></html>",
		"ferries.eml": "From: Desk <desk@harbour.example>\r\nSubject: " + title + "\r\nDate: Mon, 02 Mar 2026 10:30:00 +0100\r\nMIME-Version: 1.0\r\n" +
			"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(body)) + "\r\n",
		"ferries.pdf": pdf("The council of Tarnmouth voted on Monday night", "to bring back the night ferries, after four hours",
			"of debate. Nobody should have to sleep in a room,", "said the mayor, Helena Brandt, on the quay."),
	} {
		t.Run(name, func(t *testing.T) {
			m := whole(t, s.discord.Slash(general, ada, "summarize", discordtest.Options{"file": discordtest.File{Name: name, Data: []byte(data)}}), "Tarnmouth", "Delete")
			if _, linked := m.Find("Source"); linked {
				t.Error("a file has no source to go to")
			}
		})
	}
	t.Run("a picture", func(t *testing.T) {
		whole(t, s.discord.Slash(general, ada, "summarize", discordtest.Options{"file": discordtest.File{Name: "quay.png", Data: []byte("\x89PNG\r\n\x1a\n\x00\x00")}}), "quay.png")
	})
	t.Run("links", func(t *testing.T) {
		post := s.discord.Post(general, ada, fmt.Sprintf("One <%[1]s/ferries>, two %[1]s/missing, and %[1]s/ferries again.", s.site))
		i := s.discord.Menu(post, ada, "Summarize")
		whole(t, i, "Tarnmouth", "Delete")
		newsroom{service: s}.follows(t, i, "404")
	})
	refusals(t, s.discord)
}

// pdf is a page with these lines.
func pdf(lines ...string) string {
	var content strings.Builder
	for i, line := range lines {
		fmt.Fprintf(&content, "BT /F1 10 Tf 1 0 0 1 72 %d Tm (%s) Tj ET\n", 700-14*i, line)
	}
	return fmt.Sprintf("%%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"+
		"2 0 obj <</Type/Pages/Kids[4 0 R]/Resources<</Font<</F1 3 0 R>>>>>> endobj\n"+
		"3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj\n"+
		"4 0 obj <</Type/Page/Parent 2 0 R/Contents 5 0 R>> endobj\n"+
		"5 0 obj <</Length %d>> stream\n%s\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%%%EOF", content.Len(), content.String())
}

// The story of the bot in Discord is the same where two newsdesks share a Redis.
func TestRunAnswersFromReplicas(t *testing.T) {
	server := redistest.Start(t)
	s := serve(t, "REDIS_URL="+server.URL())
	s.start(t)
	s.start(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := s.discord.Wait(ctx, "two newsdesks", func() bool { return s.discord.Connected(2) }); err != nil {
		t.Fatal(err)
	}
	tell(t, s)
}

// Who starts it while Discord is down is told so, and that it goes on trying; when Discord is back it is connected.
func TestRunWaitsForDiscord(t *testing.T) {
	s := serve(t)
	s.store = append(s.store, "NEWSDESK_LOG_LEVEL=off")
	s.discord.Fault(discordtest.Fault{Route: "GET /applications/@me", Status: http.StatusServiceUnavailable, Times: 6})
	s.start(t)(syscall.SIGTERM)
	down, up := strings.Index(s.printed, "Discord cannot be reached at http://127.0.0.1"), strings.Index(s.printed, "Connected to Discord")
	if down < 0 || up < down {
		t.Errorf("it says %s", s.printed)
	}
}
