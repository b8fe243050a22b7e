package bot

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/article/fetch"
	"newsdesk/bot/discordtest"
	"newsdesk/desk"
)

// What a feed brings after it was followed is posted as a card where its server wants it, once; if the channel does not
// take it, who set the feed up is told, once a day.
func TestFeedIsPosted(t *testing.T) {
	var items, ahead atomic.Int64
	items.Store(2)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/feed":
			_, _ = fmt.Fprint(w, `<rss version="2.0"><channel><title>Harbour *Herald*</title>`)
			for n := items.Load(); n > 0; n-- {
				_, _ = fmt.Fprintf(w, "<item><title>Ferry %d</title><link>/page/%[1]d</link></item>", n)
			}
			_, _ = fmt.Fprint(w, "</channel></rss>")
		default:
			_, _ = fmt.Fprint(w, strings.Replace(printed(r.URL.Path), "in May", "in May from "+r.URL.Path, 1))
		}
	}))
	defer site.Close()
	client := fetch.New(fetch.Options{AllowNetworks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Pause: time.Nanosecond})
	defer client.Close()
	n := openWith(t, discordtest.Config{}, desk.Options{Fetcher: client, Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
	keeper := n.guild.Member("keeper", discordtest.ManageGuild)
	added, err := n.Slash(n.general, keeper, "feed add", discordtest.Options{"url": "<" + site.URL + "/feed>", "channel": n.general, "speakers": "Brandt"}).
		WaitFor(n.ctx, "feed", func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "Followed") })
	if err != nil || !added.Ephemeral() || !strings.Contains(added.Text(), `Harbour \*Herald\*`) || !strings.Contains(added.Text(), "<#"+n.general.ID+">") || !strings.Contains(added.Text(), "Brandt") {
		t.Fatalf("%v, %v", added, err)
	}
	next := func() {
		t.Helper()
		items.Add(1)
		ahead.Add(int64(desk.DefaultFeedsEvery + time.Second))
		for range 2 {
			if err := n.bot.desk.ReadFeeds(n.ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
	next()
	card, err := n.WaitMessage(n.ctx, n.general, func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "Ferries /page/3") })
	if err != nil || !strings.Contains(card.Text(), "“Nobody should have to sleep in a waiting room,”") || !strings.Contains(card.Text(), `from the feed Harbour \*Herald\*`) {
		t.Fatalf("%v, %v", card, err)
	}

	n.guild.Everyone(discordtest.ViewChannel, discordtest.ReadMessageHistory, discordtest.UseApplicationCommands)
	n.guild.BotPermissions()
	dm := n.DM(keeper)
	next()
	if _, err := n.WaitMessage(n.ctx, dm, func(m *discordtest.Message) bool {
		return strings.Contains(m.Text(), "/feed add") && strings.Contains(m.Text(), "<#"+n.general.ID+">")
	}); err != nil {
		t.Fatal(err)
	}
	next()
	n.guild.Everyone(discordtest.EveryonePermissions)
	next()
	if _, err := n.WaitMessage(n.ctx, n.general, func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "Ferries /page/6") }); err != nil {
		t.Fatal(err)
	}
	cards := 0
	for _, m := range n.Messages(n.general) {
		if strings.Contains(m.Text(), "from the feed") {
			cards++
		}
	}
	if told := len(n.Messages(dm)); told != 1 || cards < 2 || cards > 3 { // what was posted meanwhile may have been tried when it could be again
		t.Errorf("%d cards, and told %d times", cards, told)
	}
}
