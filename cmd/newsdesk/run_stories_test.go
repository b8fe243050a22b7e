package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"newsdesk/bot/discordtest"
)

// stories are what people do with the bot: all of README's table and all that its messages offer. Each happens in a
// server of its own.
var stories = []struct {
	name string
	play func(*testing.T, newsroom)
}{
	{"a link", asksAboutALink},
	{"uploads", uploads},
	{"who said what", whoSaidWhat},
	{"lists", lists},
	{"articles", articles},
	{"speakers", speakers},
	{"digest", digests},
	{"verify", verifies},
	{"forget", forgets},
	{"feeds", feeds},
	{"corrections", corrects},
	{"follow", follows},
	{"direct messages", directMessages},
	{"my apps", myApps},
	{"about itself", aboutItself},
	{"watched channels", watchesChannels},
}

// TestRunAnswers has the same stories happen with every store, and finds that nothing that the bot offers is left out.
func TestRunAnswers(t *testing.T) {
	for _, k := range settings {
		t.Run(k.name, func(t *testing.T) {
			s := serveWith(t, slowly(k.discord()), k.store(t)...)
			s.store = append(s.store, unlimited...)
			stops := k.start(t, s)
			t.Run("stories", func(t *testing.T) {
				for _, story := range stories {
					n := s.newsroom(story.name)
					t.Run(story.name, func(t *testing.T) {
						t.Parallel()
						story.play(t, n)
					})
				}
			})
			for _, stop := range stops {
				stop(syscall.SIGTERM)
			}
			refusals(t, s.discord, k.tolerated...)
			if !t.Failed() {
				allUsed(t, s.discord)
			}
		})
	}
}

var counted = regexp.MustCompile(`[0-9]+`)

// allUsed finds commands, options, buttons and menus that the bot offers and that nobody used.
func allUsed(t *testing.T, d *discordtest.Discord) {
	t.Helper()
	unused := map[string]bool{}
	var offer func(name string, options []discordtest.CommandOption)
	offer = func(name string, options []discordtest.CommandOption) {
		unused[name] = true
		for _, o := range options {
			if o.Type == discordtest.OptionSubcommand {
				delete(unused, name)
				offer(name+" "+o.Name, o.Options)
			} else {
				unused[name+" "+o.Name+":"] = true
			}
		}
	}
	for _, c := range d.Commands() {
		if c.Type == discordtest.CommandMessage {
			offer("menu "+c.Name, nil)
		} else {
			offer("slash /"+c.Name, c.Options)
		}
	}
	verb := func(id string) string { v, _, _ := strings.Cut(id, ":"); return v }
	for _, e := range d.Log() {
		if e.Kind != "shown" {
			continue
		}
		e.Message.Walk(func(c discordtest.Component) {
			switch {
			case c.CustomID == "" || c.Disabled:
			case c.Type == discordtest.TypeButton:
				offer("press "+counted.ReplaceAllString(c.Label, "0"), nil)
			default:
				offer("choose "+verb(c.CustomID), nil)
			}
		})
	}
	for _, e := range d.Log() {
		if e.Kind != "person" {
			continue
		}
		words := strings.Fields(e.What)
		firstOption := slices.IndexFunc(words, func(w string) bool { return strings.HasSuffix(w, ":") })
		switch {
		case words[0] == "slash" && firstOption > 0:
			command := strings.Join(words[:firstOption], " ")
			delete(unused, command)
			for _, option := range words[firstOption:] {
				delete(unused, command+" "+option)
			}
		case words[0] == "choose":
			delete(unused, verb(e.What))
		default:
			delete(unused, counted.ReplaceAllString(e.What, "0"))
		}
	}
	for _, what := range slices.Sorted(maps.Keys(unused)) {
		t.Errorf("no story has anybody %s", what)
	}
}

// From the first link to questions about it.
func asksAboutALink(t *testing.T, n newsroom) {
	s, d, general, ada, ben := n.service, n.discord, n.general, n.ada, n.ben
	card := whole(t, d.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "“", "Source", "Ask", "Delete")
	if text := card.Text(); !strings.Contains(text, "Nobody should have to sleep in a waiting room") || !strings.Contains(text, "#:~:text=") {
		t.Errorf("the card lacks a quotation with its place: %s", text)
	}
	list := whole(t, d.Slash(general, ben, "quotes", discordtest.Options{"speaker": "brandt"}), "Helena Brandt", "Nobody should have to sleep")
	if strings.Contains(list.Text(), "My father baked") {
		t.Error("the mayor is given the baker's words")
	}
	whole(t, d.Slash(general, ben, "ask", discordtest.Options{"question": "What did Reyl say about bread?"}), "Tomas Reyl", "his bread had been reaching the mainland")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
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
	answer := whole(t, form.Submit(map[string]any{"question": "Who said that the ship has been through worse?"}), "Ruth Adeyemi", "That ship has been through worse than a vote.")
	form = d.Click(ada, answer, "Ask more")
	if _, err := form.WaitModal(ctx); err != nil {
		t.Fatal(err)
	}
	whole(t, form.Submit(map[string]any{"question": "Who baked at midnight?"}), "Tomas Reyl", "My father baked at midnight")
	points := func(m *discordtest.Message) int { return strings.Count(m.Text(), "\n- ") }
	standard := points(card)
	made := func(m *discordtest.Message) bool { _, filed := m.Find("Delete"); return filed && points(m) > 0 }
	shorter, err := d.Click(ada, card, "Shorter").WaitFor(ctx, "shorter card", func(m *discordtest.Message) bool { return made(m) && points(m) < standard })
	if err != nil {
		t.Fatal(err)
	}
	card, err = d.Click(ada, shorter, "Longer").WaitFor(ctx, "longer card", func(m *discordtest.Message) bool { return made(m) && points(m) > points(shorter) })
	if err != nil {
		t.Fatal(err)
	}

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
	missing := whole(t, d.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/missing"}), "404", "Try again")
	if _, err := d.Click(ada, missing, "Try again").WaitFor(ctx, "another try", func(m *discordtest.Message) bool {
		return m.Edits > missing.Edits && strings.Contains(m.Text(), "404")
	}); err != nil {
		t.Error(err)
	}

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

// Lists narrowed down by each option, and questions about one article, for all or for one.
func lists(t *testing.T, n newsroom) {
	n.shares(t, n.ada, "/ferries")
	n.shares(t, n.ada, "/edition/lists")
	article := n.site + "/ferries"
	for _, only := range []discordtest.Options{{"about": "bread"}, {"about": "bread", "since": "7d"}, {"about": "bread", "article": article}, {"about": "bread", "source": "Tarnmouth Courier"}} {
		if m := n.slash(t, n.ben, "quotes", only, "Tomas Reyl"); strings.Contains(m.Text(), "Ruth Adeyemi") {
			t.Errorf("%v is answered by %s", only, m.Text())
		}
	}
	n.slash(t, n.ben, "quotes", discordtest.Options{"source": "elsewhere.example"}, "Nothing that was shared here")
	n.slash(t, n.ben, "articles", discordtest.Options{"source": "elsewhere.example"}, "Nothing that was shared here")
	for name, options := range map[string]discordtest.Options{
		"quotes":    {"speaker": "reyl"},
		"articles":  {"source": "tarnmouth courier"},
		"speakers":  {},
		"ask":       {"question": "What did Reyl say about bread?", "article": article},
		"verify":    {"quote": "My father baked at midnight and sold it in Tarnmouth at six", "article": article},
		"summarize": {"url": article, "length": "brief", "language": "en"},
	} {
		wanted := "Tomas Reyl"
		if name == "articles" || name == "summarize" {
			wanted = "Tarnmouth"
		}
		options["private"] = true
		if m := n.slash(t, n.ben, name, options, wanted); m.VisibleTo != n.ben.ID {
			t.Errorf("the private answer to /%s is seen by all", name)
		}
	}
}

// What people upload is read, whatever it is, and several links of one message, each by itself.
func uploads(t *testing.T, n newsroom) {
	s, general, ada := n.service, n.general, n.ada
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
		n.follows(t, i, "404")
	})
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

// Who said what in the articles that a message links to: of each a whole page, in a message of its own.
func whoSaidWhat(t *testing.T, n newsroom) {
	post := n.discord.Post(n.general, n.ben, "look: <"+n.site+"/ferries>")
	list := whole(t, n.discord.Menu(post, n.ada, "Who said what"), "Helena Brandt", "Nobody should have to sleep", "▶", "Ask")
	next := whole(t, n.discord.Click(n.ada, list, "▶"), "Page 2", "union officials")
	whole(t, n.discord.Click(n.ada, next, "◀"), "Page 1", "Helena Brandt")

	two := n.discord.Post(n.general, n.ben, n.site+"/harbour and "+n.site+"/missing")
	both := n.discord.Menu(two, n.ada, "Who said what")
	n.follows(t, both, "/missing", "404", "Try again")
	whole(t, n.discord.Click(n.ben, whole(t, both, "Helena Brandt", "▶"), "▶"), "Page 2", "union officials")

	nowhere := n.discord.Post(n.general, n.ben, n.site+"/missing/1 "+n.site+"/missing/2")
	for _, menu := range []string{"Summarize", "Who said what"} {
		i := n.discord.Menu(nowhere, n.ada, menu)
		whole(t, i, "/missing/1", "404")
		n.follows(t, i, "/missing/2", "404")
	}

	same := n.discord.Post(n.general, n.ben, n.site+"/ferries "+n.site+"/harbour") // one story
	for menu, wanted := range map[string]string{"Summarize": "Delete", "Who said what": "Ask"} {
		i := n.discord.Menu(same, n.ada, menu)
		whole(t, i, "Tarnmouth", wanted)
		n.follows(t, i, "Tarnmouth", wanted)
	}

	none := n.discord.Post(n.general, n.ben, "no link here")
	whole(t, n.discord.Menu(none, n.ada, "Who said what"), "I see no link")
}

// What was filed, a page at a time, with the way back to where it was shared.
func articles(t *testing.T, n newsroom) {
	n.slash(t, n.ben, "articles", nil, "Nothing that was shared here")
	card := n.slash(t, n.ada, "summarize", discordtest.Options{"url": n.site + "/ferries"}, "Tarnmouth", "Delete")
	post := n.discord.Post(n.general, n.ben, n.site+"/harbour?night=1 <"+n.site+"/edition/bakery>")
	n.follows(t, n.discord.Menu(post, n.ben, "Summarize"), "/bakery", "Delete")
	n.slash(t, n.ada, "summarize", discordtest.Options{"url": n.site + "/edition/secret", "private": true}, "/secret", "Delete")

	all := n.slash(t, n.ben, "articles", nil, "Tarnmouth", "/bakery", "Quotes (18)")
	for _, place := range []string{n.general.ID + "/" + card.ID, n.general.ID + "/" + post.ID} {
		if !strings.Contains(all.Text(), "https://discord.com/channels/"+n.guild.ID+"/"+place) {
			t.Errorf("no way to %s in %s", place, all.Text())
		}
	}
	if got := strings.Count(all.Text(), "discord.com/channels"); got != 2 { // /harbour is the same story as /ferries
		t.Errorf("%d ways back: %s", got, all.Text())
	}
	if strings.Contains(all.Text(), "/secret") {
		t.Errorf("what was summarized in private is told to all: %s", all.Text())
	}
	whole(t, n.discord.Click(n.ben, all, "Quotes (18)"), "Helena Brandt")
	of := n.slash(t, n.ben, "articles", discordtest.Options{"shared_by": n.ada, "about": "ferries"}, "Tarnmouth", "<@"+n.ada.ID+">")
	if strings.Contains(of.Text(), "/bakery") {
		t.Errorf("what ben shared is ada's: %s", of.Text())
	}
	n.slash(t, n.ben, "articles", discordtest.Options{"since": "yesterday"}, "no time to look back to")

	for i := range 12 {
		n.slash(t, n.ada, "summarize", discordtest.Options{"url": fmt.Sprint(n.site, "/edition/more", i)}, fmt.Sprint("/edition/more", i), "Delete")
	}
	first := n.slash(t, n.ben, "articles", nil, "/more11", "Page 1", "▶")
	second := whole(t, n.discord.Click(n.ben, first, "▶"), "Page 2", "/bakery")
	whole(t, n.discord.Click(n.ben, second, "◀"), "Page 1", "/more11")
}

// Claims and quotations, held against what was shared.
func verifies(t *testing.T, n newsroom) {
	verify := func(options discordtest.Options, wanted ...string) *discordtest.Message {
		t.Helper()
		return n.slash(t, n.ben, "verify", options, wanted...)
	}
	verify(discordtest.Options{"claim": "The council voted for the night ferries."}, "Nothing that was shared here speaks of this")
	n.slash(t, n.ada, "summarize", discordtest.Options{"url": n.site + "/ferries"}, "Tarnmouth", "Delete")

	verify(discordtest.Options{"claim": "The council of Tarnmouth voted on Monday night to bring back the night ferries."}, "### Borne out", "By this:", "#:~:text=")
	verify(discordtest.Options{"claim": "The council voted 15 to 8 for the night ferries."}, "Not borne out", "the article has no 15", "Tarnmouth Council Votes")
	verify(discordtest.Options{"quote": "That ship has been through worse than a vote.", "speaker": "Adeyemi"}, "word for word", "Ruth Adeyemi")
	altered := verify(discordtest.Options{"quote": "That ship has seen worse than a vote", "speaker": "Adeyemi"}, "in other words",
		"That ship has ~~seen~~ worse than a vote", "“That ship has __been through__ worse than a vote.”")
	if strings.Contains(altered.Text(), "not borne") {
		t.Errorf("two answers: %s", altered.Text())
	}
	verify(discordtest.Options{"quote": "That ship has been through worse than a vote.", "speaker": "Lindqvist"}, "by somebody else", "Ruth Adeyemi")
	verify(discordtest.Options{"quote": "We shall never run a ferry again"}, "Nobody is quoted so")

	verify(nil, "one thing to check")
	verify(discordtest.Options{"claim": "It rains.", "quote": "It rains."}, "one thing to check")
	verify(discordtest.Options{"claim": "It rains.", "speaker": "Brandt"}, "A speaker goes with a quote")
	verify(discordtest.Options{"claim": "It rains.", "article": "https://example.org/unread"}, "/summarize reads it")
	if m := verify(discordtest.Options{"quote": "a brave guess", "private": true}, "word for word", "Oskar Lindqvist"); !m.Ephemeral() {
		t.Error("a private answer is shown to all")
	}
	choices, err := n.discord.Autocomplete(t.Context(), n.general, n.ben, "verify", discordtest.Options{"speaker": "ade"}, "speaker")
	if err != nil || len(choices) != 1 {
		t.Errorf("ade is completed with %v, %v", choices, err)
	}
}

// Who was quoted most, as a list and as a chart that is described.
func speakers(t *testing.T, n newsroom) {
	n.slash(t, n.ben, "speakers", nil, "Nobody was quoted")
	n.slash(t, n.ada, "summarize", discordtest.Options{"url": n.site + "/ferries"}, "Tarnmouth", "Delete")
	for _, options := range []discordtest.Options{nil, {"since": "7d"}} {
		m := n.slash(t, n.ben, "speakers", options, "1. **Helena Brandt** · 4 quotes", "Oskar Lindqvist")
		var described string
		m.Walk(func(c discordtest.Component) {
			for _, item := range c.Items {
				described = item.Description
			}
		})
		if len(m.Attachments) != 1 || !strings.HasPrefix(m.Attachments[0].ContentType, "image/png") || !strings.Contains(described, "1. Helena Brandt: 4.") {
			t.Errorf("a chart of %+v, described %q", m.Attachments, described)
		}
	}
}

// Forgetting: what one shared oneself; a speaker and everything, for those who manage the server.
func forgets(t *testing.T, n newsroom) {
	share := func(u *discordtest.User, path string) {
		t.Helper()
		n.slash(t, u, "summarize", discordtest.Options{"url": n.site + path}, "Tarnmouth", "Delete")
	}
	share(n.ada, "/ferries")
	share(n.ben, "/ferries")
	share(n.ada, "/edition/harbour")
	article := func(u *discordtest.User, path string, wanted ...string) {
		t.Helper()
		if m := n.slash(t, u, "forget article", discordtest.Options{"article": n.site + path}, wanted...); !m.Ephemeral() {
			t.Error("what was forgotten is shown to all")
		}
	}
	article(n.ben, "/ferries", "Forgotten: that you shared", "so the article stays")
	choices, err := n.discord.Autocomplete(t.Context(), n.general, n.ben, "forget article", discordtest.Options{"article": "harbour"}, "article")
	if err != nil || len(choices) == 0 {
		t.Errorf("night is completed with %v, %v", choices, err)
	}
	article(n.ben, "/edition/harbour", "others shared that")
	article(n.ben, "/nowhere", "not remembered here")
	n.slash(t, n.ada, "forget shares", nil, "Forgotten: that you shared 2 articles.", "stays there until it is deleted")
	n.slash(t, n.ada, "forget shares", nil, "nothing to forget")

	share(n.ada, "/ferries")
	n.slash(t, n.ben, "forget speaker", discordtest.Options{"speaker": "Oskar Lindqvist"}, "those who manage this server")
	n.slash(t, n.ben, "forget everything", nil, "those who manage this server")
	keeper := n.guild.Member("keeper", discordtest.ManageGuild)
	n.slash(t, keeper, "forget speaker", discordtest.Options{"speaker": "Lindqvist"}, "Several people may be meant", "Oskar Lindqvist")
	n.slash(t, keeper, "forget speaker", discordtest.Options{"speaker": "Oskar Lindqvist"}, "Forgotten: 1 article")
	n.slash(t, n.ben, "quotes", nil, "Nothing that was shared here")

	share(n.ada, "/ferries")
	asks := n.slash(t, keeper, "forget everything", nil, "cannot be undone", "Keep it")
	whole(t, n.discord.Click(keeper, asks, "Keep it"), "Nothing was forgotten")
	n.slash(t, n.ben, "quotes", nil, "Helena Brandt")
	asks = n.slash(t, keeper, "forget everything", nil, "cannot be undone")
	whole(t, n.discord.Click(keeper, asks, "Forget everything"), "Forgotten: 1 article, with 18 quotes")
	n.slash(t, n.ben, "quotes", nil, "Nothing that was shared here")
}

// Those who manage the server have it follow feeds; what these bring is remembered there, and by nobody shared.
func feeds(t *testing.T, n newsroom) {
	keeper := n.guild.Member("keeper", discordtest.ManageGuild)
	feed := discordtest.Options{"url": n.site + "/feed.xml", "channel": n.general, "words": "night boat, ferry", "speakers": "Brandt"}
	n.slash(t, n.ben, "feed add", feed, "those who manage this server")
	n.slash(t, keeper, "feed list", nil, "No feed is followed here")
	n.slash(t, keeper, "feed add", discordtest.Options{"url": n.site + "/ferries"}, "is no feed")
	if m := n.slash(t, keeper, "feed add", feed, "Followed: Courier Feed", "<#"+n.general.ID+">", "night boat, ferry, Brandt"); !m.Ephemeral() {
		t.Error("that a feed is followed is shown to all")
	}
	n.slash(t, keeper, "feed list", nil, "1 feed is followed here", "Courier Feed")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for filed := false; !filed; { // what it has is filed behind the answer
		m := n.slash(t, n.ben, "articles", nil, "here")
		filed = strings.Contains(m.Text(), "/edition/feed") && strings.Contains(m.Text(), "from a feed")
		if ctx.Err() != nil {
			t.Fatal("nothing is filed of the feed")
		}
	}
	choices, err := n.discord.Autocomplete(ctx, n.general, keeper, "feed remove", discordtest.Options{"feed": "cour"}, "feed")
	if err != nil || len(choices) != 1 || choices[0].Name != "Courier Feed" {
		t.Fatalf("cour is completed with %v, %v", choices, err)
	}
	n.slash(t, keeper, "feed remove", discordtest.Options{"feed": choices[0].Value}, "No longer followed: Courier Feed")
	n.slash(t, keeper, "feed remove", discordtest.Options{"feed": "cour"}, "no such feed")
}

// In direct messages the bot remembers for one person, who may have all of it forgotten.
func directMessages(t *testing.T, n newsroom) {
	dm := n.discord.DM(n.ada)
	slash := func(name string, options discordtest.Options, wanted ...string) *discordtest.Message {
		t.Helper()
		return whole(t, n.discord.Slash(dm, n.ada, name, options), wanted...)
	}
	card := slash("summarize", discordtest.Options{"url": n.site + "/ferries"}, "Tarnmouth", "Delete")
	slash("articles", nil, "Tarnmouth", "https://discord.com/channels/@me/"+dm.ID+"/"+card.ID)
	slash("speakers", discordtest.Options{"since": "24h"}, "Helena Brandt")
	n.slash(t, n.ada, "articles", nil, "Nothing that was shared here")
	asks := slash("forget everything", nil, "cannot be undone")
	whole(t, n.discord.Click(n.ada, asks, "Forget everything"), "Forgotten: 1 article")
	slash("articles", nil, "Nothing that was shared here")
}

// What the bot says of itself, to the one who asks.
func aboutItself(t *testing.T, n newsroom) {
	for name, wanted := range map[string][]string{
		"help":    {"/summarize", "/quotes", "/ask", "/articles", "/verify", "/digest", "/forget", "/privacy", "/status", "Who said what"},
		"privacy": {"after 90 days", "Nothing of them goes to anybody else", "/forget"},
		"status":  {"0 articles", "No model is set up", "also those that do not mention me", "links in watched channels are seen", "servers"},
	} {
		m := n.slash(t, n.ben, name, nil, wanted...)
		if !m.Ephemeral() || strings.Contains(m.Text(), n.discord.Token()) || strings.Contains(m.Text(), "127.0.0.1") {
			t.Errorf("/%s tells all, or too much: %s", name, m.Text())
		}
	}
}

// Who has the bot among their apps uses it in servers that do not, and among friends. What they share there is theirs
// alone, whoever reads along, and nothing is remembered of the server.
func myApps(t *testing.T, n newsroom) {
	d := n.discord
	away := d.Elsewhere("Away")
	square, eve, mia := away.Channel("square"), away.Member("eve"), away.Member("mia", discordtest.ManageGuild, discordtest.ManageMessages)
	friends := d.PrivateChannel(eve, mia)
	d.Install(eve)
	card := whole(t, d.Slash(square, eve, "summarize", discordtest.Options{"url": n.site + "/ferries"}), "Tarnmouth", "Source", "Delete")
	if card.Ephemeral() {
		t.Error("a card for all is shown to one")
	}
	if m := whole(t, d.Slash(square, eve, "quotes", discordtest.Options{"speaker": "brandt", "private": true}), "Helena Brandt"); m.VisibleTo != eve.ID {
		t.Error("a private answer is shown to all")
	}
	if m := whole(t, d.Click(eve, card, "Quotes (18)"), "Helena Brandt"); m.VisibleTo != eve.ID {
		t.Error("the quotes of a card are shown to all")
	}
	// It is in her own archive: in her direct messages, among her friends, and in none of the server, should the bot come there.
	for _, c := range []*discordtest.Channel{d.DM(eve), friends} {
		whole(t, d.Slash(c, eve, "articles", nil), "Tarnmouth")
	}
	n.slash(t, n.ada, "articles", nil, "Nothing that was shared here")
	// Others may read her card, and none of what else she has; not even those who manage the server.
	whole(t, d.Slash(friends, eve, "summarize", discordtest.Options{"url": n.site + "/edition/friends"}), "friends", "Delete")
	d.Install(mia)
	whole(t, d.Slash(square, mia, "articles", nil), "Nothing that was shared here")
	whole(t, d.Slash(square, mia, "forget everything", nil), "cannot be undone")
	whole(t, d.Slash(d.DM(eve), eve, "quotes", discordtest.Options{"speaker": "reyl"}), "Tomas Reyl")

	// Where the server keeps external apps quiet, only she sees the answer.
	away.Everyone(discordtest.EveryonePermissions &^ discordtest.UseExternalApps)
	if m := whole(t, d.Slash(square, eve, "summarize", discordtest.Options{"url": n.site + "/ferries"}), "Tarnmouth", "Delete"); m.VisibleTo != eve.ID {
		t.Error("all see what the server wants only her to see")
	}
	// The bot comes into the server itself, and has nothing from there.
	away.Invite()
	whole(t, d.Slash(square, mia, "quotes", nil), "Nothing that was shared here")
	asks := whole(t, d.Slash(d.DM(eve), eve, "forget everything", nil), "cannot be undone")
	whole(t, d.Click(eve, asks, "Forget everything"), "Forgotten: 2 articles")
}

// What is followed is told when it is shared: to a person directly, and in a channel, each with a button to stop.
func follows(t *testing.T, n newsroom) {
	refused := func(u *discordtest.User, options discordtest.Options, wanted string) {
		t.Helper()
		if m := n.slash(t, u, "follow add", options, wanted); !m.Ephemeral() {
			t.Errorf("others see %s", m.Text())
		}
	}
	refused(n.ada, nil, "whom you want to follow")
	refused(n.ada, discordtest.Options{"about": "ferries", "channel": n.general}, "for moderators")
	n.slash(t, n.ada, "follow list", nil, "You follow nothing here")
	n.slash(t, n.ada, "follow add", discordtest.Options{"speaker": "brandt"}, "brandt is quoted", "by direct message")
	moderator := n.guild.Member("mia of the news", discordtest.ManageMessages)
	set := n.slash(t, moderator, "follow add", discordtest.Options{"speaker": "lindqvist", "about": "ferries", "channel": n.general}, "lindqvist about ferries")

	dm := n.discord.DM(n.ada)
	if _, err := n.discord.WaitMessage(t.Context(), dm, saying("I tell you here")); err != nil {
		t.Fatal(err)
	}
	n.slash(t, n.ben, "summarize", discordtest.Options{"url": n.site + "/edition/followers"}, "Tarnmouth", "Delete")
	told, err := n.discord.WaitMessage(t.Context(), dm, saying("“We promised the islands a way home,”"))
	if err != nil {
		t.Fatal(err)
	}
	if text := told.Text(); strings.Contains(text, "brave guess") || !strings.Contains(text, n.site+"/edition/followers#:~:text=") {
		t.Errorf("of Brandt is told %s", text)
	}
	posted, err := n.discord.WaitMessage(t.Context(), n.general, func(m *discordtest.Message) bool {
		return m.Interaction == nil && saying("“a brave guess”")(m)
	})
	if err != nil {
		t.Fatal(err)
	}
	n.slash(t, n.ben, "summarize", discordtest.Options{"url": n.site + "/edition/latecomers"}, "Tarnmouth", "Delete")

	whole(t, n.discord.Click(n.ben, posted, "Stop"), "or a moderator, can stop it")
	whole(t, n.discord.Click(moderator, posted, "Stop"), "No longer followed: lindqvist about ferries")
	whole(t, n.discord.Click(moderator, set, "Stop"), "not followed any more")
	list := n.slash(t, n.ada, "follow list", nil, "What you follow", "brandt is quoted")
	whole(t, n.discord.Click(n.ada, list, "Stop"), "No longer followed")
	whole(t, n.discord.Click(n.ada, told, "Stop"), "not followed any more")
	for _, m := range n.discord.Messages(dm) {
		if strings.Contains(m.Text(), "/edition/latecomers") {
			t.Error("a second message within the hour")
		}
	}
}

// saying finds a message of the bot that has some words.
func saying(words string) func(*discordtest.Message) bool {
	return func(m *discordtest.Message) bool { return m.Author.Bot && strings.Contains(m.Text(), words) }
}
