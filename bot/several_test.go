package bot

import (
	"net/http"
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
	"newsdesk/desk"
)

// chosen has ada choose a message menu for a message of hers that links to pages, which are printed, and waits until
// there is a card for each.
func (n *newsroom) chosen(t *testing.T, menu string, is func(*discordtest.Message) bool, pages ...string) (*discordtest.Interaction, []*discordtest.Message) {
	t.Helper()
	text := ""
	for _, page := range pages {
		text += " https://example.org/" + page
		n.press.print <- struct{}{}
	}
	i := n.Menu(n.Post(n.general, n.ada, text), n.ada, menu)
	if _, err := i.WaitFor(n.ctx, "first answer", is); err != nil {
		t.Fatal(err)
	}
	if err := n.Wait(n.ctx, "answers", func() bool {
		return len(i.Followups()) == len(pages)-1 && !contains(i.Followups(), func(m *discordtest.Message) bool { return !is(m) })
	}); err != nil {
		t.Fatal(err)
	}
	return i, append([]*discordtest.Message{i.Reply()}, i.Followups()...)
}

func contains(all []*discordtest.Message, is func(*discordtest.Message) bool) bool {
	for _, m := range all {
		if is(m) {
			return true
		}
	}
	return false
}

// Of three links of a message each has its whole card, with a menu, buttons and all.
func TestSeveralLinks(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	_, cards := n.chosen(t, "Summarize", isCard, "one", "two", "three")
	for k, page := range []string{"one", "two", "three"} {
		for _, wanted := range []string{"/" + page, "sleep in a waiting room", "Longer", "Source"} {
			if !strings.Contains(cards[k].Text(), wanted) {
				if _, button := cards[k].Find(wanted); !button {
					t.Errorf("the card of %s lacks %q: %s", page, wanted, cards[k].Text())
				}
			}
		}
	}
	_, lists := n.chosen(t, "Who said what", func(m *discordtest.Message) bool { _, ask := m.Find("Ask"); return ask }, "one", "four")
	for k, page := range []string{"one", "four"} {
		if !strings.Contains(lists[k].Text(), "/"+page) || !strings.Contains(lists[k].Text(), "Helena Brandt") {
			t.Errorf("who is quoted in %s: %s", page, lists[k].Text())
		}
	}
	n.stop()
	for _, refused := range n.Refusals() {
		t.Errorf("Discord refuses: %s", refused)
	}
}

// Of more links than are read, the one who asked hears that there are others.
func TestMoreLinksThanAreRead(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.press.print <- struct{}{}
	n.press.print <- struct{}{}
	n.press.print <- struct{}{}
	i := n.Menu(n.Post(n.general, n.ada, "https://example.org/one https://example.org/two https://example.org/three https://example.org/four https://example.org/five"), n.ada, "Summarize")
	told := func(m *discordtest.Message) bool {
		return m.Ephemeral() && strings.Contains(m.Text(), "first 3 of 5 links")
	}
	if err := n.Wait(n.ctx, "word of the others", func() bool { return contains(i.Followups(), told) }); err != nil {
		t.Errorf("%v: it says %v", err, i.Followups())
	}
}

// Each card's buttons, and a reply to it, mean its own article, and the others stay as they are.
func TestSeveralCardsStandAlone(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	i, cards := n.chosen(t, "Summarize", isCard, "one", "two")
	n.press.print <- struct{}{}
	longer, err := n.Click(n.ada, cards[1], "Longer").WaitFor(n.ctx, "longer card", func(m *discordtest.Message) bool {
		_, more := m.Find("Longer")
		return isCard(m) && !more
	})
	if err != nil || longer.ID != cards[1].ID || !strings.Contains(longer.Text(), "/two") {
		t.Fatalf("longer is %v, %v", longer, err)
	}
	if now := i.Reply().Text(); now != cards[0].Text() {
		t.Errorf("the first card becomes %s", now)
	}
	n.Post(n.general, n.ada, "What did Brandt say about a waiting room?", longer)
	answer, err := n.WaitMessage(n.ctx, n.general, func(m *discordtest.Message) bool { return m.Interaction == nil && m.Author.Bot && m.Type != 0 })
	if err != nil {
		t.Fatal(err)
	}
	if more, ok := answer.Find("Ask more"); !ok || more.CustomID != mustFind(t, longer, "Ask").CustomID {
		t.Errorf("the reply to the second card is answered with %s", answer.Text())
	}
	n.Click(n.ada, longer, "Delete")
	if err := n.Wait(n.ctx, "deletion", func() bool { m, ok := n.Message(longer.ID); return !ok || m.Deleted }); err != nil {
		t.Fatal(err)
	}
	if m, ok := n.Message(cards[0].ID); !ok || m.Deleted || m.Text() != cards[0].Text() {
		t.Errorf("of the first card stays %v", m)
	}
}

func mustFind(t *testing.T, m *discordtest.Message, name string) discordtest.Component {
	t.Helper()
	c, ok := m.Find(name)
	if !ok {
		t.Fatalf("no %q in %s", name, m.Text())
	}
	return c
}

// Where nothing can follow the answer any more, the others are messages of the channel.
func TestSeveralLinksTooLate(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.Fault(discordtest.Fault{Route: "POST /webhooks/", Status: http.StatusNotFound, Body: `{"message": "Invalid Webhook Token", "code": 50027}`})
	n.press.print <- struct{}{}
	n.press.print <- struct{}{}
	i := n.Menu(n.Post(n.general, n.ada, "https://example.org/one https://example.org/two"), n.ada, "Summarize")
	n.whole(t, i)
	if m := n.card(t, n.general); !strings.Contains(m.Text(), "/two") || len(m.Mentions) > 0 {
		t.Errorf("in the channel: %s", m.Text())
	}
}

// A message that begins an answer, of an errand that was noted before, is taken away again.
func TestSeveralLinksOnceMore(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	i, _ := n.chosen(t, "Summarize", isCard, "one", "two")
	e := errand{Do: "summarize", By: n.ada.ID, Guild: n.guild.ID, Args: map[string]string{"url": "https://example.org/one", "url2": "https://example.org/two"},
		Reply: reply{ID: i.ID, App: n.bot.app, Token: i.Token, Channel: n.general.ID, Server: n.guild.ID, At: n.bot.now()}}
	if err := n.bot.apart(n.ctx, &e); err != nil {
		t.Fatal(err)
	}
	if left := i.Followups(); len(left) != 2 || !left[1].Deleted || !isCard(left[0]) {
		t.Errorf("it stands there %v", left)
	}
}

// A reply to a list of articles asks nothing.
func TestRepliesToLists(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	n.press.print <- struct{}{}
	card := n.whole(t, n.summarize("page", nil))
	list, err := n.Slash(n.general, n.ada, "articles", nil).WaitReply(n.ctx)
	if err != nil {
		t.Fatal(err)
	}
	n.Post(n.general, n.ada, "What did Brandt say about a waiting room?", list)
	n.Post(n.general, n.ada, "What did Brandt say about a gap?", card) // comes later, and is answered
	if _, err := n.WaitMessage(n.ctx, n.general, func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "about a gap?") && m.Author.Bot }); err != nil {
		t.Fatal(err)
	}
	n.stop()
	if said := strings.Join(n.said(n.general), "\n"); strings.Contains(said, "about a waiting room?") {
		t.Errorf("the list is answered: %s", said)
	}
}
