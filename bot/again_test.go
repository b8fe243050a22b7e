package bot

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/article"
	"newsdesk/article/fetch"
	"newsdesk/bot/discordtest"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/llm"
	"newsdesk/words"
)

// kiosk is a server of pages, of which there are none until it is open, and the client that reads them.
type kiosk struct {
	url    string
	open   atomic.Bool
	client *fetch.Client
}

func newKiosk(t *testing.T) *kiosk {
	t.Helper()
	k := &kiosk{client: fetch.New(fetch.Options{AllowNetworks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Pause: time.Nanosecond})}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !k.open.Load() {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, printed("page"))
	}))
	t.Cleanup(server.Close)
	t.Cleanup(k.client.Close)
	k.url = server.URL
	return k
}

// missing has ada ask for a page that the kiosk does not have, and waits until she is told so.
func (n *newsroom) missing(t *testing.T, options discordtest.Options) *discordtest.Message {
	t.Helper()
	m, err := n.Slash(n.general, n.ada, "summarize", options).WaitFor(n.ctx, "failure", is404)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func is404(m *discordtest.Message) bool { return strings.Contains(m.Text(), "404") }

// Try again asks the server again, also where it failed a moment ago; who tries too often hears when to come again. The
// address is longer than a button's may be.
func TestTryAgain(t *testing.T) {
	k := newKiosk(t)
	n := openWith(t, discordtest.Config{}, desk.Options{Fetcher: k.client, Limits: desk.Limits{Member: cache.Rate{Burst: 4, Every: time.Hour}}})
	address := k.url + "/page?" + strings.Repeat("long", 200)
	m := n.missing(t, discordtest.Options{"url": address})
	m, err := n.Click(n.ada, m, "Try again").WaitFor(n.ctx, "the same failure", func(now *discordtest.Message) bool { return now.Edits > m.Edits && is404(now) })
	if err != nil {
		t.Fatal(err)
	}
	k.open.Store(true)
	card := n.whole(t, n.Click(n.ada, m, "Try again"))
	if card.ID != m.ID || !strings.Contains(card.Text(), "]("+address+")") {
		t.Errorf("no way to the article: %s", card.Text())
	}
	if m, err := n.Click(n.ada, card, "Source").WaitReply(n.ctx); err != nil || !m.Ephemeral() || !strings.Contains(m.Text(), "]("+address+")") {
		t.Errorf("Source leads to %v, %v", m, err)
	}
	wait, err := n.Click(n.ada, card, "Shorter").WaitReply(n.ctx)
	if err != nil || !wait.Ephemeral() || !strings.Contains(wait.Text(), "You have asked often") || !strings.Contains(wait.Text(), "Try again in 60 minutes") {
		t.Errorf("who tries too often is told %v, %v", wait, err)
	}
}

// A private card stays private whatever is pressed below it. Its article is filed for the one who asked alone, who can ask
// about it and have it forgotten where they are.
func TestPrivateCard(t *testing.T) {
	k := newKiosk(t)
	n := openWith(t, discordtest.Config{}, desk.Options{Fetcher: k.client})
	failed := n.missing(t, discordtest.Options{"url": k.url + "/page", "private": true})
	k.open.Store(true)
	card := n.whole(t, n.Click(n.ada, failed, "Try again"))
	shorter, err := n.Click(n.ada, card, "Shorter").WaitFor(n.ctx, "shorter card", func(m *discordtest.Message) bool {
		_, more := m.Find("Shorter")
		return isCard(m) && !more
	})
	if err != nil || shorter.ID != failed.ID || !shorter.Ephemeral() {
		t.Fatalf("%v, %v", shorter, err)
	}
	for where, wanted := range map[*discordtest.Channel]string{n.general: "Nothing that was shared here", n.DM(n.ada): "Ferries"} {
		articles, err := n.Slash(where, n.ada, "articles", nil).WaitReply(n.ctx)
		if err != nil || !strings.Contains(articles.Text(), wanted) || strings.Contains(articles.Text(), "discord.com/channels") {
			t.Errorf("articles in %s: %v, %v", where.Name, articles, err)
		}
	}
	asked := n.Click(n.ada, shorter, "Ask")
	if _, err := asked.WaitModal(n.ctx); err != nil {
		t.Fatal(err)
	}
	if m, err := asked.Submit(map[string]any{"question": "What did Brandt say about a waiting room?"}).WaitFor(n.ctx, "answer", func(m *discordtest.Message) bool {
		return strings.Contains(m.Text(), "sleep in a waiting room")
	}); err != nil || !m.Ephemeral() {
		t.Errorf("asked: %v, %v", m, err)
	}
	if m, err := n.Click(n.ada, shorter, "Quotes (2)").WaitFor(n.ctx, "quotes", func(m *discordtest.Message) bool {
		return strings.Contains(m.Text(), "sleep in a waiting room")
	}); err != nil || !m.Ephemeral() {
		t.Errorf("quotes: %v, %v", m, err)
	}
	choices, err := n.Autocomplete(n.ctx, n.general, n.ada, "forget article", discordtest.Options{"article": "ferries"}, "article")
	if err != nil || len(choices) != 1 {
		t.Fatalf("to forget there is %v, %v", choices, err)
	}
	if m, err := n.Slash(n.general, n.ada, "forget article", discordtest.Options{"article": choices[0].Value}).WaitReply(n.ctx); err != nil || !strings.Contains(m.Text(), "Forgotten") {
		t.Errorf("forgotten: %v, %v", m, err)
	}
}

// expire has Discord take no answer to an interaction any more: its token lives fifteen minutes.
func (n *newsroom) expire() {
	n.Fault(discordtest.Fault{Route: "PATCH /webhooks/", Times: -1, Status: http.StatusUnauthorized, Body: `{"message": "Invalid Webhook Token", "code": 50027}`})
}

// What is pressed is answered after fifteen minutes too: by a message that mentions nobody, and of a private card to the
// one who pressed it alone.
func TestLateButtons(t *testing.T) {
	for name, private := range map[string]bool{"of a card for all": false, "of a private one": true} {
		t.Run(name, func(t *testing.T) {
			n := open(t, discordtest.Config{}, desk.Limits{})
			n.press.print <- struct{}{}
			card := n.whole(t, n.summarize("page", discordtest.Options{"private": private}))
			<-n.done
			before := len(n.said(n.general))
			n.expire()
			n.Click(n.ada, card, "Longer")
			where := n.general
			if private {
				where = n.DM(n.ada)
			}
			if late := n.card(t, where); len(late.Mentions) > 0 {
				t.Errorf("it mentions %v", late.Mentions)
			}
			n.stop()
			if said := n.said(n.general); private && len(said) != before {
				t.Errorf("everybody sees %v", said)
			}
		})
	}
}

// filed waits until the errand behind an answer is done, and returns the card that it ended with.
func (n *newsroom) filed(t *testing.T, i *discordtest.Interaction) *discordtest.Message {
	t.Helper()
	n.whole(t, i)
	if err := <-n.done; err != nil {
		t.Fatal(err)
	}
	return i.Reply()
}

// refusedAlone waits for what the one who pressed is told alone, and sees that the card says what it said, to the bot's
// last word.
func (n *newsroom) refusedAlone(t *testing.T, i *discordtest.Interaction, card *discordtest.Message, why string) {
	t.Helper()
	told, err := i.WaitFollowup(n.ctx, 0)
	if err != nil || !told.Ephemeral() || told.VisibleTo != i.User.ID || !strings.Contains(told.Text(), why) {
		t.Fatalf("they are told %v, %v", told, err)
	}
	after, there := n.Message(card.ID)
	if !there || after.Text() != card.Text() {
		t.Errorf("the card is now %v", after)
	}
	for _, label := range []string{"Ask", "Longer", "Delete"} {
		if _, still := after.Find(label); !still {
			t.Errorf("it has lost %q", label)
		}
	}
}

// A card that cannot be had in another length stays, and only the one who pressed is told.
func TestCardOutlivesWhatFails(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.press.print <- struct{}{}
	card := n.filed(t, n.summarize("page", nil))
	if _, err := n.Slash(n.general, n.ada, "forget shares", nil).WaitReply(n.ctx); err != nil {
		t.Fatal(err)
	}
	mia := n.guild.Member("mia")
	n.refusedAlone(t, n.Click(mia, card, "Longer"), card, "not remembered here")

	n.expire()
	n.Fault(discordtest.Fault{Route: "POST /webhooks/", Times: -1, Status: http.StatusUnauthorized, Body: `{"message": "Invalid Webhook Token", "code": 50027}`})
	n.Click(mia, card, "Longer")
	if _, err := n.WaitMessage(n.ctx, n.DM(mia), func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "not remembered here") }); err != nil {
		t.Error(err)
	}
	n.stop()
	if said := n.said(n.general); len(said) != 1 || said[0] != card.Text() {
		t.Errorf("everybody sees %v", said)
	}
}

// writer is a model that writes when it is let.
type writer chan struct{}

func (writer) Model() string { return "writer" }

func (w writer) Summarize(ctx context.Context, _ *article.Article, _ []quote.Quote, _ llm.Request) (summarize.Summary, error) {
	select {
	case <-w:
	case <-ctx.Done():
	}
	return summarize.Summary{Method: summarize.LLM, Model: "writer", Points: []summarize.Point{{Text: "The ferries are back."}}}, nil
}

func (writer) Answer(context.Context, string, []llm.Evidence, string) (llm.Answer, error) {
	return llm.Answer{}, nil
}

// What was shown on the way is taken away when nothing comes of it, and the card is as it was.
func TestCardComesBack(t *testing.T) {
	w := make(writer, 1)
	n := openWith(t, discordtest.Config{}, desk.Options{Model: w})
	n.press.print <- struct{}{}
	w <- struct{}{}
	card := n.filed(t, n.summarize("page", nil))
	i := n.Click(n.ada, card, "Shorter")
	if _, err := i.WaitFor(n.ctx, "progress", func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "a model is writing") }); err != nil {
		t.Fatal(err)
	}
	n.Fault(discordtest.Fault{Route: "PATCH /webhooks/", Status: http.StatusBadRequest, Body: `{"message": "Invalid Form Body", "code": 50035}`})
	w <- struct{}{}
	n.refusedAlone(t, i, card, "Discord does not take my answer")
}

// What somebody has for themselves alone is nobody else's to press: the others are told so alone, and what to do.
func TestCardOfSomebodyElse(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	away := n.Elsewhere("Away")
	eve, mia := away.Member("eve"), away.Member("mia")
	square := away.Channel("square")
	n.Install(eve)
	n.press.print <- struct{}{}
	card := n.filed(t, n.Slash(square, eve, "summarize", discordtest.Options{"url": "https://example.org/page"}))
	for _, label := range []string{"Longer", "Ask", "Quotes (2)"} {
		told, err := n.Click(mia, card, label).WaitReply(n.ctx)
		if err != nil || !told.Ephemeral() || !strings.Contains(told.Text(), "somebody who has me for themselves alone") {
			t.Errorf("%s: mia is told %v, %v", label, told, err)
		}
	}
	if after, there := n.Message(card.ID); !there || after.Text() != card.Text() {
		t.Errorf("the card is now %v", after)
	}
	n.whole(t, n.Click(eve, card, "Shorter"))
}

// Who has had it forgotten that they shared an article is not named again because somebody reads their card longer.
func TestForgottenShareStaysForgotten(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	mia := n.guild.Member("mia")
	n.press.print <- struct{}{}
	n.press.print <- struct{}{}
	card := n.filed(t, n.summarize("page", nil))
	n.filed(t, n.Slash(n.general, mia, "summarize", discordtest.Options{"url": "https://example.org/page"}))
	for _, ask := range []func() *discordtest.Interaction{
		func() *discordtest.Interaction { return n.Slash(n.general, n.ada, "forget shares", nil) },
		func() *discordtest.Interaction { return n.Click(mia, card, "Longer") },
	} {
		if _, err := ask().WaitReply(n.ctx); err != nil {
			t.Fatal(err)
		}
		if err := <-n.done; err != nil {
			t.Fatal(err)
		}
	}
	for u, wanted := range map[*discordtest.User]string{n.ada: "Nothing that was shared here", mia: "Ferries"} {
		if m, err := n.Slash(n.general, mia, "articles", discordtest.Options{"shared_by": u}).WaitReply(n.ctx); err != nil || !strings.Contains(m.Text(), wanted) {
			t.Errorf("shared by %s: %v, %v", u.Username, m, err)
		}
	}
}

// Who wants a card deleted that cannot be is told so alone.
func TestDeleteThatFails(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.press.print <- struct{}{}
	card := n.filed(t, n.summarize("page", nil))
	n.Fault(discordtest.Fault{Route: "DELETE /webhooks/", Status: http.StatusForbidden, Body: `{"message": "Missing Permissions", "code": 50013}`})
	n.refusedAlone(t, n.Click(n.ada, card, "Delete"), card, "does not let me delete")
	n.Click(n.ada, card, "Delete")
	if err := n.Wait(n.ctx, "deletion", func() bool { _, there := n.Message(card.ID); return !there }); err != nil {
		t.Error(err)
	}
}

// What an error is about shows as it is written, and so does our own sentence.
func TestErrorIsDefusedOnce(t *testing.T) {
	w := words.For("en")
	for err, wanted := range map[error]string{
		desk.About("**bold** <@1>", desk.ErrUnreadable): `\*\*bold\*\* \<@1\> cannot`,
		desk.About("page", cache.ErrAway):               "with `newsdesk doctor`.",
	} {
		if data, _ := json.Marshal(sorry(errand{}, w, err).components); !strings.Contains(string(data), strings.Trim(string(must(t, wanted)), `"`)) {
			t.Errorf("want %q in %s", wanted, data)
		}
	}
}

func must(t *testing.T, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
