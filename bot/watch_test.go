package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/desk"
)

// watched opens a newsroom whose general channel is watched, as it is set by somebody who may.
func watched(t *testing.T, do desk.Watching, settings ...desk.Setting) *newsroom {
	t.Helper()
	n := open(t, discordtest.Config{}, desk.Limits{})
	for _, s := range settings {
		n.set(t, s, "true")
	}
	n.set(t, desk.Watch(n.general.ID), string(do))
	return n
}

func (n *newsroom) set(t *testing.T, s desk.Setting, value string) {
	t.Helper()
	if err := n.bot.desk.Set(n.ctx, n.guild.ID, s, value); err != nil {
		t.Fatal(err)
	}
}

// prints lets so many pages go.
func (n *newsroom) prints(pages int) {
	for range pages {
		n.press.print <- struct{}{}
	}
}

// answersTo waits until a message has so many answers in a channel, all whole, and returns them.
func (n *newsroom) answersTo(t *testing.T, m *discordtest.Message, c *discordtest.Channel, many int) (all []*discordtest.Message) {
	t.Helper()
	if err := n.Wait(n.ctx, fmt.Sprint(many, " answers"), func() bool {
		all = nil
		for _, a := range n.Messages(c) {
			if a.Author.ID == n.Bot().ID && (a.Reference != nil && a.Reference.MessageID == m.ID || c.ID == m.ID) {
				all = append(all, a)
			}
		}
		return len(all) == many
	}); err != nil {
		t.Fatalf("%v: there are %v", err, wordsOf(all))
	}
	return all
}

func wordsOf(all []*discordtest.Message) (said []string) {
	for _, m := range all {
		said = append(said, m.Text())
	}
	return said
}

// until waits until something is true that Discord does not hear of.
func (n *newsroom) until(t *testing.T, what string, is func() bool) {
	t.Helper()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for !is() {
		select {
		case <-look.C:
		case <-n.ctx.Done():
			t.Fatalf("%s: it does not happen", what)
		}
	}
}

// quiet sees that Discord refused nothing that the bot asked.
func (n *newsroom) quiet(t *testing.T, but ...string) {
	t.Helper()
	n.stop()
	for _, refused := range n.Refusals() {
		text := refused.String()
		if !slices.ContainsFunc(but, func(b string) bool { return strings.Contains(text, b) }) {
			t.Errorf("Discord refuses: %s", text)
		}
	}
}

// sentinel posts a link of ada's that gets a card, when all that was posted before has what it gets.
func (n *newsroom) sentinel(t *testing.T) {
	t.Helper()
	n.prints(1)
	n.answersTo(t, n.Post(n.general, n.ada, fmt.Sprint("https://example.org/sentinel/", time.Now().UnixNano())), n.general, 1)
}

// Each link that somebody shows in a watched channel has its card, once, as a reply that pings nobody; what is no link, or
// one that is not to be shown, has none, nor have bots.
func TestWatchedLinks(t *testing.T) {
	n := watched(t, desk.WatchReply)
	none := []*discordtest.Message{
		n.Post(n.general, n.ada, "no link here"),
		n.Post(n.general, n.ada, "<https://example.org/bare> and [text](<https://example.org/masked>)"),
		n.Post(n.general, n.ada, "`https://example.org/span` and ```\nhttps://example.org/block\n``` and ||https://example.org/spoiler||"),
		n.Post(n.general, n.ada, "https://discord.com/channels/1/2/3 https://cdn.discordapp.com/attachments/1/2/quay.png discord.gg/abc"),
		n.PostAs(n.general, "feed", "https://example.org/webhook"),
		n.Post(n.guild.Channel("elsewhere"), n.ada, "https://example.org/elsewhere"),
		n.Post(n.DM(n.ada), n.ada, "https://example.org/dm"),
	}
	n.prints(3)
	one := n.Post(n.general, n.ada, "look: https://example.org/one.")
	two := n.Post(n.general, n.ada, "https://example.org/two, [three](https://example.org/three) and https://example.org/two again")
	for i, m := range []*discordtest.Message{one, two} {
		for _, a := range n.answersTo(t, m, n.general, i+1) {
			if !isCard(a) || len(a.Mentions) > 0 {
				t.Errorf("it is answered with %s, which mentions %v", a.Text(), a.Mentions)
			}
		}
	}
	n.sentinel(t)
	for _, m := range none {
		n.answersTo(t, m, n.general, 0)
	}
	shares, err := n.bot.desk.Shares(n.ctx, n.guild.ID, storyOfCard(t, n.answersTo(t, one, n.general, 1)[0]))
	if err != nil || len(shares) != 1 || shares[0].By != n.ada.ID || shares[0].Where != n.guild.ID+"/"+n.general.ID+"/"+one.ID {
		t.Errorf("shared: %+v, %v", shares, err)
	}
	n.quiet(t)
}

func storyOfCard(t *testing.T, m *discordtest.Message) string {
	t.Helper()
	_, id, _ := strings.Cut(mustFind(t, m, "Ask").CustomID, ":")
	return id
}

// Where bots and webhooks are read, so is what their messages are made of; the bot's own never are.
func TestWatchedBots(t *testing.T) {
	n := watched(t, desk.WatchReply, desk.SetBots)
	n.prints(2)
	n.answersTo(t, n.PostAs(n.general, "feed", "https://example.org/webhook"), n.general, 1)
	feed := n.guild.Member("another feed")
	feed.Bot = true
	n.answersTo(t, n.Post(n.general, feed, "", discordtest.Embed{Type: "rich", Title: "New", URL: "https://example.org/embedded"}), n.general, 1)
	n.quiet(t)
}

// Of more links than are read, the first have cards, and it is said that there are others.
func TestWatchedManyLinks(t *testing.T) {
	n := watched(t, desk.WatchReply)
	n.prints(3)
	text := ""
	for i := range 5 {
		text += fmt.Sprint(" https://example.org/", i)
	}
	m := n.Post(n.general, n.ada, text)
	said := strings.Join(wordsOf(n.answersTo(t, m, n.general, 4)), "\n")
	if !strings.Contains(said, "first 3 of 5 links") || !strings.Contains(said, "org/2") || strings.Contains(said, "org/3") {
		t.Errorf("it is answered with %s", said)
	}
	n.Edit(m, "https://example.org/0")
	n.answersTo(t, m, n.general, 1)
	n.quiet(t, "Unknown Message")
}

// What cannot be read is said to be so, with the next step; of pictures nothing is said.
func TestWatchedFailures(t *testing.T) {
	k := newKiosk(t)
	n := openWith(t, discordtest.Config{}, desk.Options{Fetcher: k.client})
	n.set(t, desk.Watch(n.general.ID), "reply")
	m := n.Post(n.general, n.ada, k.url+"/page")
	refusal := n.answersTo(t, m, n.general, 1)[0]
	if !is404(refusal) {
		t.Fatalf("it is answered with %s", refusal.Text())
	}
	k.open.Store(true)
	if _, err := n.Click(n.ada, refusal, "Try again").WaitFor(n.ctx, "card", isCard); err != nil {
		t.Error(err)
	}
	n.Delete(m)
	n.answersTo(t, m, n.general, 0)
	n.quiet(t, "Unknown Message")
}

// A link that was posted before leads to the card that it has, by whomever, wherever; and where nothing is left of that, it
// has a card.
func TestSharedBefore(t *testing.T) {
	n := watched(t, desk.WatchReply)
	ben, away := n.guild.Member("ben"), n.guild.Channel("away")
	n.set(t, desk.Watch(away.ID), "reply")
	n.prints(1)
	first := n.Post(n.general, n.ada, "https://example.org/page")
	card := n.answersTo(t, first, n.general, 1)[0]
	to := "https://discord.com/channels/" + n.guild.ID + "/" + n.general.ID + "/" + card.ID
	again := []*discordtest.Message{n.Post(away, ben, "https://example.org/page"), n.Post(away, n.ada, "news! https://example.org/page")}
	for _, m := range again {
		a := n.answersTo(t, m, away, 1)[0]
		if button := mustFind(t, a, "To the card and what was said about it"); isCard(a) || button.URL != to || !strings.Contains(a.Text(), "Already shared by <@"+n.ada.ID+">, <t:") {
			t.Errorf("shared again, it leads to %q: %s", button.URL, a.Text())
		}
	}
	story := storyOfCard(t, card)
	shares, err := n.bot.desk.Shares(n.ctx, n.guild.ID, story)
	if err != nil || len(shares) != 2 || shares[1].By != ben.ID {
		t.Errorf("shared: %+v, %v", shares, err)
	}
	n.Delete(first)
	n.answersTo(t, first, n.general, 0)
	n.until(t, "end of the first share", func() bool {
		shares, err := n.bot.desk.Shares(n.ctx, n.guild.ID, story)
		return err == nil && len(shares) == 1 && shares[0].By == ben.ID
	})
	n.prints(1)
	anew := n.answersTo(t, n.Post(n.general, n.ada, "https://example.org/page"), n.general, 1)[0]
	if !isCard(anew) {
		t.Errorf("where the first card is gone: %s", anew.Text())
	}
	n.quiet(t, "Unknown Message")
}

// Cards of a message go into one thread, which is opened once, also where somebody has opened one before.
func TestWatchedThreads(t *testing.T) {
	n := watched(t, desk.WatchThread)
	n.prints(2)
	m := n.Post(n.general, n.ada, "https://example.org/one https://example.org/two")
	thread := func() *discordtest.Channel {
		for _, c := range n.guild.Channels() {
			if c.ID == m.ID {
				return c
			}
		}
		return nil
	}
	if err := n.Wait(n.ctx, "thread", func() bool { return thread() != nil }); err != nil {
		t.Fatal(err)
	}
	cards := n.answersTo(t, m, thread(), 2)
	if !isCard(cards[0]) || !isCard(cards[1]) || !strings.HasPrefix(thread().Name, "Ferries") {
		t.Errorf("the thread %q has %v", thread().Name, wordsOf(cards))
	}
	n.Edit(m, "https://example.org/two")
	if left := n.answersTo(t, m, thread(), 1)[0]; !strings.Contains(left.Text(), "/two") {
		t.Errorf("what is left is %s", left.Text())
	}
	n.BotPermissions(discordtest.ViewChannel | discordtest.SendMessages | discordtest.ReadMessageHistory)
	n.guild.Everyone(discordtest.ViewChannel | discordtest.SendMessages | discordtest.ReadMessageHistory)
	n.prints(1)
	reply := n.answersTo(t, n.Post(n.general, n.ada, "https://example.org/three"), n.general, 1)[0]
	if !isCard(reply) {
		t.Errorf("without a thread: %s", reply.Text())
	}
	if _, err := n.WaitMessage(n.ctx, n.DM(n.guild.Owner()), func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "Create Public Threads") }); err != nil {
		t.Error(err)
	}
	n.quiet(t, "Missing Permissions", "already been created", "Unknown Message")
}

// BotPermissions sets what the bot may do in the guild.
func (n *newsroom) BotPermissions(all ...uint64) { n.guild.BotPermissions(all...) }

// A card that is offered comes when somebody presses the reaction; where the server allows it, below any message that has a
// link, shown or not.
func TestOffers(t *testing.T) {
	n := watched(t, desk.WatchOffer)
	ben := n.guild.Member("ben")
	m := n.Post(n.general, n.ada, "https://example.org/one")
	isOffered := func() bool {
		now, _ := n.Message(m.ID)
		return slices.ContainsFunc(now.Reactions, func(r discordtest.Reaction) bool { return r.Emoji.Name == offered && r.Me })
	}
	if err := n.Wait(n.ctx, "offer", isOffered); err != nil {
		t.Fatal(err)
	}
	n.answersTo(t, m, n.general, 0)
	n.prints(1)
	n.React(ben, m, "👍")
	n.React(ben, m, offered)
	n.React(n.ada, m, offered)
	if a := n.answersTo(t, m, n.general, 1)[0]; !isCard(a) {
		t.Errorf("it is answered with %s", a.Text())
	}

	away := n.guild.Channel("away")
	other := n.Post(away, n.ada, "see <https://example.org/two>")
	unheeded := reaction{User: ben.ID, Channel: away.ID, Message: other.ID, Server: n.guild.ID}
	unheeded.Emoji.Name = offered
	n.bot.reacted(unheeded)
	n.set(t, desk.SetAnywhere, "true")
	n.prints(1)
	hidden := n.Post(away, n.ada, "and <https://example.org/three>")
	n.React(ben, hidden, offered)
	n.answersTo(t, hidden, away, 1)
	n.answersTo(t, other, away, 0)
	n.answersTo(t, m, n.general, 1)
	shares, err := n.bot.desk.Shares(n.ctx, n.guild.ID, storyOfCard(t, n.answersTo(t, hidden, away, 1)[0]))
	if err != nil || len(shares) != 1 || shares[0].By != n.ada.ID {
		t.Errorf("shared, by whom it was written: %+v, %v", shares, err)
	}
	n.quiet(t)
}

// Cards follow their message: a link that is added has one, that of a link which is taken out goes, and all go with the
// message, with what was shared; also where that happens before anybody knows of a card.
func TestCardsFollow(t *testing.T) {
	n := watched(t, desk.WatchReply)
	n.prints(1)
	m := n.Post(n.general, n.ada, "https://example.org/one")
	one := n.answersTo(t, m, n.general, 1)[0]
	n.prints(1)
	n.Edit(m, "https://example.org/one https://example.org/two")
	n.answersTo(t, m, n.general, 2)
	n.Edit(m, "now without a preview: <https://example.org/two>")
	if left := n.answersTo(t, m, n.general, 1)[0]; !strings.Contains(left.Text(), "/two") {
		t.Errorf("what is left is %s", left.Text())
	}
	shared := func(id string) bool {
		_, err := n.bot.desk.Shares(n.ctx, n.guild.ID, id)
		return err == nil
	}
	two := storyOfCard(t, n.answersTo(t, m, n.general, 1)[0])
	n.until(t, "end of the first share", func() bool { return !shared(storyOfCard(t, one)) })
	if !shared(two) {
		t.Error("what is there is no longer shared")
	}
	n.Delete(m)
	n.answersTo(t, m, n.general, 0)
	n.until(t, "end of the share", func() bool { return !shared(two) })

	for name, change := range map[string]func(*discordtest.Message){
		"deleted while it is read": n.Delete,
		"edited while it is read":  func(m *discordtest.Message) { n.Edit(m, "never mind") },
	} {
		for len(n.press.asked) > 0 {
			<-n.press.asked
		}
		hasty := n.Post(n.general, n.ada, "https://example.org/hasty/"+strings.Fields(name)[0])
		<-n.press.asked
		change(hasty)
		before := len(n.Calls("POST /channels/{channel}/messages"))
		n.prints(1)
		if err := n.Wait(n.ctx, name, func() bool {
			return len(n.Calls("POST /channels/{channel}/messages")) > before && len(n.Calls("DELETE /channels/{channel}/messages/{message}")) > 0
		}); err != nil {
			t.Fatal(err)
		}
		n.answersTo(t, hasty, n.general, 0)
	}
	n.quiet(t, "Unknown Message")
}

// What is written while a session is lost, or edited or deleted then, is not missed; and nothing is answered twice.
func TestNothingIsMissed(t *testing.T) {
	n := watched(t, desk.WatchReply)
	n.prints(2)
	before := n.Post(n.general, n.ada, "https://example.org/before")
	n.answersTo(t, before, n.general, 1)
	goes := n.Post(n.general, n.ada, "https://example.org/goes")
	n.answersTo(t, goes, n.general, 1)
	n.Forget()
	n.Delete(goes)
	missed := n.Post(n.general, n.ada, "https://example.org/missed")
	n.prints(1)
	for range 130 {
		n.Post(n.general, n.ada, "and so on")
	}
	n.prints(1)
	last := n.Post(n.general, n.ada, "https://example.org/last")
	n.answersTo(t, missed, n.general, 1)
	n.answersTo(t, last, n.general, 1)
	n.answersTo(t, before, n.general, 1)
	n.answersTo(t, goes, n.general, 0)
	n.quiet(t, "Unknown Message")
}

// Without the Message Content intent the bot goes on: commands and menus work, and it says what is missing.
func TestContentSwitchedOff(t *testing.T) {
	n := watched(t, desk.WatchReply)
	n.SwitchContent(false)
	n.Forget()
	if err := n.Wait(n.ctx, "another session", func() bool { return n.count("identify", false) == 2 && n.Connected(1) }); err != nil {
		t.Fatal(err)
	}
	status, err := n.Slash(n.general, n.ada, "status", nil).WaitReply(n.ctx)
	if err != nil || !strings.Contains(status.Text(), "I cannot see what people write") {
		t.Errorf("status: %v, %v", status, err)
	}
	n.prints(1)
	n.whole(t, n.Menu(n.Post(n.general, n.ada, "https://example.org/menu"), n.ada, "Summarize"))
	n.quiet(t, "Disallowed intent")
}
