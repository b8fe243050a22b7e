package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/bot/discordtest"
)

// bot shows a form for /ask, answers it with a button, and that with a new text.
func bot(t *testing.T, d *discordtest.Discord) {
	t.Helper()
	s, err := discordgo.New("Bot " + d.Token())
	if err != nil {
		t.Fatal(err)
	}
	s.Client = d.Client()
	s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		r := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{
			CustomID: "form", Title: "Ask", Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
				discordgo.TextInput{CustomID: "question", Label: "Question", Style: discordgo.TextInputShort, Required: true},
			}}},
		}}
		button := []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "More", CustomID: "more"}}}}
		switch i.Type {
		case discordgo.InteractionModalSubmit:
			row := i.ModalSubmitData().Components[0].(*discordgo.ActionsRow)
			r = &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: &discordgo.InteractionResponseData{
				Content: "You asked: " + row.Components[0].(*discordgo.TextInput).Value, Components: button,
			}}
		case discordgo.InteractionMessageComponent:
			r = &discordgo.InteractionResponse{Type: discordgo.InteractionResponseUpdateMessage, Data: &discordgo.InteractionResponseData{Content: "More", Components: button}}
		}
		if err := s.InteractionRespond(i.Interaction, r); err != nil {
			t.Error(err)
		}
	})
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.ShouldReconnectOnError = false; _ = s.Close() })
	if _, err := s.ApplicationCommandBulkOverwrite(d.Bot().ID, "", []*discordgo.ApplicationCommand{{
		Name: "ask", Description: "Ask a question", Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionInteger, Name: "points", Description: "How many"},
			{Type: discordgo.ApplicationCommandOptionAttachment, Name: "file", Description: "A file"},
		},
	}}); err != nil {
		t.Fatal(err)
	}
}

// still is a time that does not pass, so that a slow machine is never too late.
func still() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// What the page asks for, from a slash command to the button of its answer.
func TestRoom(t *testing.T) {
	d := discordtest.Start(t, discordtest.Config{Now: still})
	r := newRoom(d)
	bot(t, d)
	server := httptest.NewServer(r.handler())
	defer server.Close()
	do := func(body string) int {
		t.Helper()
		resp, err := http.Post(server.URL+"/do", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	type view struct {
		Messages []*discordtest.Message
		Forms    []form
	}
	look := func() (v view) {
		t.Helper()
		resp, err := http.Get(server.URL + "/state?user=0")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	until := func(what string, is func(view) bool) (v view) {
		t.Helper()
		if err := d.Wait(t.Context(), what, func() bool { v = look(); return is(v) }); err != nil {
			t.Fatal(err)
		}
		return v
	}
	if status := do(`{"user":"0","what":"slash","name":"ask","options":{"points":"3"},"files":[{"name":"a.txt","data":"YQ==","field":"file"}]}`); status != http.StatusNoContent {
		t.Fatalf("slash: %d", status)
	}
	v := until("form", func(v view) bool { return len(v.Forms) == 1 })
	if status := do(`{"user":"0","what":"submit","name":"` + v.Forms[0].Interaction + `","options":{"question":"Who?"}}`); status != http.StatusNoContent {
		t.Fatalf("submit: %d", status)
	}
	v = until("answer", func(v view) bool { return len(v.Messages) == 1 && v.Messages[0].Content == "You asked: Who?" })
	if status := do(`{"user":"1","what":"click","name":"more","message":"` + v.Messages[0].ID + `"}`); status != http.StatusNoContent {
		t.Fatalf("click: %d", status)
	}
	until("change", func(v view) bool { return v.Messages[0].Content == "More" })
	if status := do(`{"user":"0","what":"post","text":"hello"}`); status != http.StatusNoContent {
		t.Errorf("post: %d", status)
	}
	if n := len(look().Messages); n != 2 {
		t.Errorf("%d messages", n)
	}
	if status := do(`{"user":"0","what":"dance"}`); status != http.StatusBadRequest {
		t.Errorf("unknown: %d", status)
	}
}

// Other sites, and names that someone lets point here, get nothing.
func TestRoomIsForThisMachineOnly(t *testing.T) {
	d := discordtest.Start(t)
	handler := newRoom(d).handler()
	tests := []struct {
		name, host, origin string
		want               int
	}{
		{"own page", "127.0.0.1:4781", "http://127.0.0.1:4781", http.StatusNoContent},
		{"another site", "127.0.0.1:4781", "https://evil.example", http.StatusForbidden},
		{"another name", "evil.example:4781", "http://evil.example:4781", http.StatusForbidden},
	}
	for _, tt := range tests {
		r := httptest.NewRequest(http.MethodPost, "/do", strings.NewReader(`{"what":"post","text":"a"}`))
		r.Host = tt.host
		r.Header.Set("Origin", tt.origin)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, w.Code, tt.want)
		}
	}
}

// The page itself, in a browser: what is written is shown. NEWSDESK_PICTURES names a folder to keep a
// picture of it in.
func TestRoomInBrowser(t *testing.T) {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on this machine; bot/discordtest/render/setup.sh installs it")
	}
	d := discordtest.Start(t, discordtest.Config{Now: still})
	r := newRoom(d)
	bot(t, d)
	r.d.Post(r.channel, r.people[0], "<script>alert(1)</script> **bold** https://news.example/a")
	server := httptest.NewServer(r.handler())
	defer server.Close()
	browse := func(arguments ...string) string {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), chromium, append(append([]string{
			"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=900,700",
			"--user-data-dir=" + t.TempDir(), "--virtual-time-budget=3000",
		}, arguments...), server.URL)...).Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	dom := browse("--dump-dom")
	for _, want := range []string{"&lt;script&gt;alert(1)&lt;/script&gt; <b>bold</b>", `href="https://news.example/a"`, "bot online"} {
		if !strings.Contains(dom, want) {
			t.Errorf("the page lacks %s: %s", want, dom)
		}
	}
	if dir := os.Getenv("NEWSDESK_PICTURES"); dir != "" {
		browse("--screenshot=" + filepath.Join(dir, "room.png"))
	}
}
