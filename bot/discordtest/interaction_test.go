package discordtest_test

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/bot/discordtest"
)

// clock is moved by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// start starts a Discord whose time stands still, so that a slow machine is never too late.
func start(t *testing.T) *discordtest.Discord {
	t.Helper()
	c := &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	return discordtest.Start(t, discordtest.Config{Now: c.Now})
}

func (c *clock) pass(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// next is the interaction that the bot hears of next.
func next(t *testing.T, s *discordgo.Session) chan *discordgo.Interaction {
	t.Helper()
	heard := make(chan *discordgo.Interaction, 100)
	s.AddHandler(func(_ *discordgo.Session, i *discordgo.InteractionCreate) { heard <- i.Interaction })
	return heard
}

// The first answer is due in 3 seconds, and the token lives for 15 minutes.
func TestTimeIsUp(t *testing.T) {
	c := &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	d := discordtest.Start(t, discordtest.Config{Now: c.Now})
	g := d.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	s := newBot(t, d)
	heard := next(t, s)
	connect(t, d, s)
	register(t, d, s)

	late := d.Slash(general, ada, "summarize", nil)
	i := <-heard
	c.pass(discordtest.AnswerWithin + time.Millisecond)
	if got := code(t, s.InteractionRespond(i, text("late", 0))); got != 10062 {
		t.Errorf("late answer: %d", got)
	}
	if _, err := late.WaitReply(timeout(t)); !errors.Is(err, discordtest.ErrNoAnswer) {
		t.Errorf("ada sees %v", err)
	}

	d.Slash(general, ada, "summarize", nil)
	i = <-heard
	hello := "hello"
	if _, err := s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &hello}); code(t, err) != 10015 {
		t.Errorf("edit before the first answer: %v", err)
	}
	c.pass(discordtest.AnswerWithin)
	if err := s.InteractionRespond(i, text("in time", 0)); err != nil {
		t.Error(err)
	}
	c.pass(discordtest.TokenLives - discordtest.AnswerWithin)
	if _, err := s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &hello}); err != nil {
		t.Error(err)
	}
	c.pass(time.Millisecond)
	if _, err := s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &hello}); code(t, err) != 50027 {
		t.Errorf("edit after 15 minutes: %v", err)
	}
}

// One answer of each kind: a form, its submission, a button, a menu, autocomplete, a message's menu.
func TestEveryKind(t *testing.T) {
	d := start(t)
	g := d.Guild("Harbour News")
	general, ada, ben := g.Channel("general"), g.Member("ada"), g.Member("ben")
	s := newBot(t, d)
	answer(t, s, func(i *discordgo.Interaction) *discordgo.InteractionResponse {
		switch i.Type {
		case discordgo.InteractionApplicationCommandAutocomplete:
			typed := i.ApplicationCommandData().GetOption("speaker")
			if !typed.Focused {
				t.Error("the option has no focus")
			}
			return &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult, Data: &discordgo.InteractionResponseData{
				Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: typed.StringValue() + "…", Value: "v"}},
			}}
		case discordgo.InteractionModalSubmit:
			row := i.ModalSubmitData().Components[0].(*discordgo.ActionsRow)
			r := text("got "+row.Components[0].(*discordgo.TextInput).Value, 0)
			r.Data.Components = []discordgo.MessageComponent{
				discordgo.ActionsRow{Components: []discordgo.MessageComponent{
					discordgo.Button{Label: "Next", CustomID: "next"}, discordgo.Button{Label: "Gone", CustomID: "gone", Disabled: true},
				}},
				discordgo.ActionsRow{Components: []discordgo.MessageComponent{
					discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: "length", Options: []discordgo.SelectMenuOption{{Label: "Short", Value: "short"}}},
				}},
			}
			return r
		case discordgo.InteractionMessageComponent:
			data := i.MessageComponentData()
			r := text(i.Message.Content+", "+data.CustomID+strings.Join(data.Values, ""), 0)
			r.Type, r.Data.Components = discordgo.InteractionResponseUpdateMessage, i.Message.Components
			return r
		}
		data := i.ApplicationCommandData()
		if data.TargetID != "" {
			return text("about "+data.Resolved.Messages[data.TargetID].Content, 0)
		}
		return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{
			CustomID: "paste", Title: "Paste the text", Components: []discordgo.MessageComponent{
				discordgo.ActionsRow{Components: []discordgo.MessageComponent{
					discordgo.TextInput{CustomID: "text", Label: "Text", Style: discordgo.TextInputParagraph, Required: true},
				}},
			},
		}}
	})
	connect(t, d, s)
	register(t, d, s)
	ctx := timeout(t)
	said := func(i *discordtest.Interaction, want string) *discordtest.Message {
		t.Helper()
		m, err := i.WaitReply(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if m.Content != want {
			t.Errorf("content %q, want %q", m.Content, want)
		}
		return m
	}
	i := d.Slash(general, ada, "summarize", nil)
	if form, err := i.WaitModal(ctx); err != nil || form.Title != "Paste the text" {
		t.Fatalf("form %+v, %v", form, err)
	}
	m := said(i.Submit(map[string]any{"text": "words"}), "got words")
	m = said(d.Click(ben, m, "Next"), "got words, next")
	m = said(d.Select(ben, m, "length", "short"), "got words, next, lengthshort")
	if m.Edits != 2 || len(d.Messages(general)) != 1 {
		t.Errorf("%d edits of %d messages", m.Edits, len(d.Messages(general)))
	}
	choices, err := d.Autocomplete(ctx, general, ada, "summarize", discordtest.Options{"speaker": "Ru"}, "speaker")
	if err != nil || len(choices) != 1 || choices[0].Name != "Ru…" {
		t.Errorf("choices %v, %v", choices, err)
	}
	said(d.Menu(d.Post(general, ben, "a link"), ada, "Who said what"), "about a link")
	if refused := d.Refusals(); len(refused) > 0 {
		t.Errorf("refused: %v", refused)
	}
}

// What a person cannot do fails.
func TestImpossible(t *testing.T) {
	var failed []error
	d := discordtest.Start(t, discordtest.Config{Fail: func(err error) { failed = append(failed, err) }})
	g := d.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	s := newBot(t, d)
	register(t, d, s)
	m, err := s.ChannelMessageSendComplex(general.ID, &discordgo.MessageSend{Content: "a", Components: []discordgo.MessageComponent{
		discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "Gone", CustomID: "gone", Disabled: true}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	sent, _ := d.Message(m.ID)
	tries := []*discordtest.Interaction{
		d.Slash(general, ada, "unknown", nil),
		d.Slash(general, ada, "summarize", discordtest.Options{"unknown": 1}),
		d.Slash(general, ada, "summarize", discordtest.Options{"points": "four"}),
		d.Click(ada, sent, "gone"),
		d.Click(ada, sent, "never there"),
	}
	for n, i := range tries {
		if _, err := i.WaitReply(timeout(t)); err == nil {
			t.Errorf("try %d worked", n)
		}
	}
	if len(failed) != len(tries) {
		t.Errorf("%d failures: %v", len(failed), failed)
	}
}

func TestPermissions(t *testing.T) {
	d := discordtest.Start(t, discordtest.Config{NoRateLimits: true})
	g := d.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	s := newBot(t, d)
	m := d.Post(general, ada, "a link")
	send := func() error { _, err := s.ChannelMessageSend(general.ID, "hello"); return err }
	tests := []struct {
		name string
		deny uint64
		do   func() error
		want int
	}{
		{"view", discordtest.ViewChannel, send, 50001},
		{"send", discordtest.SendMessages, send, 50013},
		{"embed", discordtest.EmbedLinks, func() error {
			_, err := s.ChannelMessageSendEmbed(general.ID, &discordgo.MessageEmbed{Title: "t"})
			return err
		}, 50013},
		{"attach", discordtest.AttachFiles, func() error {
			_, err := s.ChannelFileSend(general.ID, "a.txt", strings.NewReader("a"))
			return err
		}, 50013},
		{"read", discordtest.ReadMessageHistory, func() error { _, err := s.ChannelMessage(general.ID, m.ID); return err }, 50013},
		{"reply", discordtest.ReadMessageHistory, func() error {
			_, err := s.ChannelMessageSendReply(general.ID, "hello", &discordgo.MessageReference{MessageID: m.ID})
			return err
		}, 160002},
		{"react", discordtest.AddReactions, func() error { return s.MessageReactionAdd(general.ID, m.ID, "📰") }, 50013},
		{"thread", discordtest.CreatePublicThreads, func() error {
			_, err := s.MessageThreadStart(general.ID, m.ID, "talk", 60)
			return err
		}, 50013},
		{"others' messages", discordtest.ManageMessages, func() error { return s.ChannelMessageDelete(general.ID, m.ID) }, 50013},
	}
	for _, tt := range tests {
		if tt.deny != 0 {
			general.Deny(d.Bot(), tt.deny)
		}
		if got := code(t, tt.do()); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
		general.Allow(d.Bot(), discordtest.ManageMessages)
		if tt.deny != 0 {
			if err := tt.do(); err != nil {
				t.Errorf("%s, allowed: %v", tt.name, err)
			}
		}
	}
	theirs := d.Post(general, ada, "my words")
	if _, err := s.ChannelMessageEdit(general.ID, theirs.ID, "mine"); code(t, err) != 50005 {
		t.Errorf("change of others' words: %v", err)
	}
	ben := d.User("ben")
	ben.NoDMs = true
	dm, err := s.UserChannelCreate(ben.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ChannelMessageSend(dm.ID, "psst"); code(t, err) != 50007 {
		t.Errorf("message to who wants none: %v", err)
	}
}

// A nonce that is enforced makes of two requests one message, also when the first answer was lost.
func TestNonceAndFaults(t *testing.T) {
	d := start(t)
	general := d.Guild("Harbour News").Channel("general")
	const body = `{"content":"once","nonce":"n1","enforce_nonce":true}`
	path := "v10/channels/" + general.ID + "/messages"
	d.Fault(discordtest.Fault{Route: "POST /channels", Lose: true})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.APIURL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+d.Token())
	r.Header.Set("Content-Type", "application/json")
	if resp, err := http.DefaultClient.Do(r); err == nil {
		resp.Body.Close()
		t.Error("the answer was not lost")
	}
	if status, _ := raw(t, d, http.MethodPost, path, body); status != http.StatusOK {
		t.Errorf("again: %d", status)
	}
	if n := len(d.Messages(general)); n != 1 {
		t.Errorf("%d messages", n)
	}
	d.Fault(discordtest.Fault{Route: "POST /channels", Status: 503, Times: 2, Skip: 1})
	for n, want := range []int{200, 503, 503, 200} {
		if status, _ := raw(t, d, http.MethodPost, path, `{"content":"a"}`); status != want {
			t.Errorf("request %d: %d, want %d", n, status, want)
		}
	}
}

// discordgo keeps the limits that the headers tell it, and hears of those that they don't.
func TestRateLimits(t *testing.T) {
	d := start(t)
	general := d.Guild("Harbour News").Channel("general")
	d.Rate("POST /channels/{channel}/messages", 2, 300*time.Millisecond)
	s := newBot(t, d)
	for range 5 {
		if _, err := s.ChannelMessageSend(general.ID, "a"); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range d.Calls("POST /channels") {
		if e.Status != http.StatusOK {
			t.Errorf("a bot that reads the headers gets %d", e.Status)
		}
	}
	d.Rate("POST /channels/{channel}/messages", 1, time.Hour)
	other := d.Guild("Other").Channel("general")
	path := "v9/channels/" + other.ID + "/messages"
	raw(t, d, http.MethodPost, path, `{"content":"a"}`)
	if status, answer := raw(t, d, http.MethodPost, path, `{"content":"a"}`); status != http.StatusTooManyRequests || !strings.Contains(answer, `"global":false`) {
		t.Errorf("over the limit: %d %s", status, answer)
	}
	d.Fault(discordtest.Fault{Route: "GET /users/@me", RetryAfter: 2 * time.Second, Global: true})
	if status, answer := raw(t, d, http.MethodGet, "v9/users/@me", ""); status != http.StatusTooManyRequests || !strings.Contains(answer, `"global":true`) {
		t.Errorf("global limit: %d %s", status, answer)
	}
}

// pings are nobody's unless the bot says so.
func TestAllowedMentions(t *testing.T) {
	d := start(t)
	g := d.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	g.BotPermissions(discordtest.InvitePermissions, discordtest.MentionEveryone)
	s := newBot(t, d)
	content := fmt.Sprintf("<@%s> <@&7> @everyone", ada.ID)
	for _, allowed := range []*discordgo.MessageAllowedMentions{nil, {Parse: []discordgo.AllowedMentionType{}}} {
		sent, err := s.ChannelMessageSendComplex(general.ID, &discordgo.MessageSend{Content: content, AllowedMentions: allowed})
		if err != nil {
			t.Fatal(err)
		}
		m, _ := d.Message(sent.ID)
		if all := len(m.Mentions) == 1 && len(m.MentionRoles) == 1 && m.MentionEveryone; all != (allowed == nil) {
			t.Errorf("allowed %v: mentions %v %v %v", allowed, m.Mentions, m.MentionRoles, m.MentionEveryone)
		}
	}
}

// An address for interactions is tried with a right and a wrong signature before it is used.
func TestInteractionsOverHTTP(t *testing.T) {
	d := start(t)
	g := d.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	key, err := hex.DecodeString(d.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	careless := false
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		signature, _ := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
		if !careless && !ed25519.Verify(key, append([]byte(r.Header.Get("X-Signature-Timestamp")), body...), signature) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		if strings.Contains(string(body), `"type":1,"token":"ping"`) {
			_, _ = w.Write([]byte(`{"type":1}`))
			return
		}
		_, _ = w.Write([]byte(`{"type":4,"data":{"content":"over HTTP"}}`))
	}))
	defer bot.Close()
	s := newBot(t, d)
	register(t, d, s)
	careless = true
	if err := d.InteractionsURL(t.Context(), bot.URL); !errors.Is(err, discordtest.ErrEndpoint) {
		t.Errorf("a bot that checks nothing: %v", err)
	}
	careless = false
	if err := d.InteractionsURL(t.Context(), bot.URL); err != nil {
		t.Fatal(err)
	}
	m, err := d.Slash(general, ada, "summarize", nil).WaitReply(timeout(t))
	if err != nil || m.Content != "over HTTP" {
		t.Errorf("%+v, %v", m, err)
	}
}

// 200 people at once are all answered, each once.
func TestManyAtOnce(t *testing.T) {
	d := start(t)
	g := d.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	s := newBot(t, d)
	answer(t, s, func(i *discordgo.Interaction) *discordgo.InteractionResponse { return text("answer", 0) })
	connect(t, d, s)
	register(t, d, s)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var wg sync.WaitGroup
	for range 200 {
		wg.Go(func() {
			if _, err := d.Slash(general, ada, "summarize", nil).WaitAck(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(d.Messages(general)); n != 200 {
		t.Errorf("%d answers", n)
	}
}
