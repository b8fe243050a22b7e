package main

import (
	"os"
	"syscall"
	"testing"

	"newsdesk/bot/discordtest"
	"newsdesk/bot/discordtest/render"
)

// TestPictures makes pictures of what people see of the bot, in the folder that NEWSDESK_PICTURES names (`make
// pictures`): what each command answers.
func TestPictures(t *testing.T) {
	dir := os.Getenv("NEWSDESK_PICTURES")
	if dir == "" {
		t.Skip("set NEWSDESK_PICTURES to a folder for pictures of the bot: make pictures")
	}
	s := serve(t)
	s.store = append(s.store, unlimited...)
	stop := s.start(t)
	defer stop(syscall.SIGTERM)
	g := s.discord.Guild("Harbour News")
	general, ada, ben := g.Channel("general"), g.Member("ada"), g.Member("ben")
	card := whole(t, s.discord.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "Source", "Delete")
	quotes := whole(t, s.discord.Slash(general, ben, "quotes", discordtest.Options{"speaker": "brandt"}), "Helena Brandt")
	answer := whole(t, s.discord.Slash(general, ben, "ask", discordtest.Options{"question": "What did Reyl say about bread?"}), "Tomas Reyl")
	mia := g.Member("mia", discordtest.ManageMessages)
	why := about(t, s, ben, quotes, "“We promised", "Why Helena Brandt")
	cited := whole(t, s.discord.Click(ben, why, "Copy with citation"), "```")
	asks(t, s, ben, why, "Wrong speaker", "lindqvist", "Thank you")
	reports := whole(t, s.discord.Slash(general, mia, "reports", nil), "1 report", "Accept")
	slash := func(u *discordtest.User, name string, options discordtest.Options, wanted ...string) *discordtest.Message {
		return whole(t, s.discord.Slash(general, u, name, options), wanted...)
	}
	whole(t, s.discord.Slash(general, ben, "summarize", discordtest.Options{"url": s.site + "/edition/bakery"}), "bakery", "Delete")
	articles := slash(ada, "articles", nil, "Tarnmouth", "where it was shared")
	speakers := slash(ada, "speakers", discordtest.Options{"since": "7d"}, "Oskar Lindqvist")
	altered := slash(ada, "verify", discordtest.Options{"quote": "That ship has seen worse than a vote", "speaker": "Adeyemi"}, "in other words")
	unborne := slash(ada, "verify", discordtest.Options{"claim": "The council voted 15 to 8 to bring back the night ferries to the islands."}, "Not borne out")
	borne := slash(ada, "verify", discordtest.Options{"claim": "The night service provides for three crossings a night from April."}, "orne out")
	post := s.discord.Post(general, ben, s.site+"/edition/bakery "+s.site+"/missing")
	both := s.discord.Menu(post, ada, "Who said what")
	who := []*discordtest.Message{whole(t, both, "bakery", "Ask"), newsroom{service: s}.follows(t, both, "404")}
	keeper := g.Member("keeper", discordtest.ManageGuild)
	pages := []*discordtest.Message{slash(ada, "help", nil, "/quotes"), slash(ada, "privacy", nil, "90"), slash(ada, "status", nil, "newsdesk")}
	forget := []*discordtest.Message{slash(keeper, "forget everything", nil, "Keep it"), slash(ada, "forget shares", nil, "Forgotten")}
	news := s.newsroom("The News Table")
	share := func(names ...string) {
		for i, name := range names {
			u := []*discordtest.User{news.ada, news.ben}[i%2]
			news.slash(t, u, "summarize", discordtest.Options{"url": s.site + "/news/" + name}, "Delete")
		}
	}
	editor := news.guild.Member("mia", discordtest.ManageGuild)
	share("16-bridge-daily", "16-bridge-bulletin", "16-bridge-correo", "03-riksbank-wire", "03-riksbank-matin", "19-ferry-daily", "19-ferry-bulletin")
	digest := news.slash(t, editor, "digest now", nil, "The news", "Who disagreed")
	menu, value := storyMenu(t, digest)
	story := whole(t, s.discord.Select(editor, digest, menu, value), "Quotes")
	share("14-poland-daily", "14-poland-meridian", "25-prison-bulletin", "01-kalyros-daily", "24-malaria-daily", "17-school-sentinel", "10-smoking-argus", "18-water-sahra")
	eight := news.slash(t, editor, "digest now", nil, "The news", "more article")
	brief := news.slash(t, editor, "digest now", discordtest.Options{"length": "brief"}, "The news")
	schedule := func(options discordtest.Options) *discordtest.Message {
		return news.slash(t, editor, "digest schedule", options, "is scheduled")
	}
	set := schedule(discordtest.Options{"time": "9am", "timezone": "berlin", "channel": news.guild.Channel("news")})
	schedule(discordtest.Options{"time": "18:30", "timezone": "Europe/Kyiv", "days": "friday", "length": "detailed", "language": "uk", "empty": true})
	subscribed := news.slash(t, news.ada, "digest subscribe", discordtest.Options{"digest": scheduleID(t, news, news.ada, "news")}, "from now on")
	status := news.slash(t, news.ada, "digest status", nil, "direct message", "Stop sending")
	n := newsroom{s, g, general, ada, ben}
	n.watch(t, keeper, general, "reply", "a card as a reply")
	panel := n.set(t, keeper, slash(keeper, "settings", nil, "Settings of this server"), "set:server.length", "brief", "Length of summaries: brief")
	panel = n.set(t, keeper, panel, "set:channel", g.Channel("press-review").ID, "What is done with links in")
	again := n.answered(t, s.discord.Post(general, ben, "have you seen "+s.site+"/edition/bakery"), general, 1, "Already shared by")
	for name, messages := range map[string][]*discordtest.Message{"digest": {digest}, "digest-eight": {eight}, "digest-brief": {brief}, "digest-story": {story}, "digests": {set, subscribed, status}, "card": {card}, "answers": {quotes, answer},
		"articles": {articles}, "speakers": {speakers}, "verify": {altered, unborne, borne}, "who": who, "about": pages, "forget": forget, "settings": {panel}, "again": again, "why": {why, cited, reports}} {
		if err := render.All(t.Context(), dir, name, messages, s.discord.Names()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPicturesOfLanguages makes pictures of what readers of other languages see: in German, whose words are long, in
// Arabic, which is written from right to left, and in Ukrainian.
func TestPicturesOfLanguages(t *testing.T) {
	dir := os.Getenv("NEWSDESK_PICTURES")
	if dir == "" {
		t.Skip("set NEWSDESK_PICTURES to a folder for pictures of the bot: make pictures")
	}
	s := serve(t)
	s.store = append(s.store, unlimited...)
	stop := s.start(t)
	defer stop(syscall.SIGTERM)
	const arabic = "عودة العبّارات الليلية إلى ترنماوث\n\nصوّت مجلس ترنماوث مساء الاثنين لإعادة العبّارات الليلية إلى جزر سيلك، بعد أحد عشر عامًا من التوقف. " +
		"وقالت هيلينا براندت، رئيسة البلدية: «لا ينبغي لأحد أن ينام في قاعة انتظار لأن آخر قارب يغادر في التاسعة».\n\n" +
		"وقال أوسكار ليندكفيست أمين الخزانة إن الرسوم قد تأتي بأقل كثيرًا مما تتوقعه رئيسة البلدية.\n"
	for _, l := range []struct{ locale, delete, quotes string }{
		{"de", "Löschen", "wo es steht"}, {"ar", "حذف", "موضعه"}, {"uk", "Видалити", "де це стоїть"},
	} {
		g := s.discord.Guild("News " + l.locale)
		general, reader := g.Channel("general"), g.Member("reader "+l.locale)
		reader.Locale = l.locale
		slash := func(name string, options discordtest.Options, wanted string) *discordtest.Message {
			return whole(t, s.discord.Slash(general, reader, name, options), wanted)
		}
		messages := []*discordtest.Message{
			slash("summarize", discordtest.Options{"url": s.site + "/ferries"}, l.delete),
			slash("quotes", discordtest.Options{"speaker": "brandt"}, l.quotes),
			slash("follow add", discordtest.Options{"speaker": "Brandt"}, "Brandt"),
			slash("help", nil, "/"),
		}
		if l.locale == "ar" {
			messages = append(messages, slash("summarize", discordtest.Options{"file": discordtest.File{Name: "ferries.txt", Data: []byte(arabic)}}, l.delete))
		}
		if err := render.All(t.Context(), dir, "language-"+l.locale, messages, s.discord.Names()); err != nil {
			t.Fatal(err)
		}
	}
}
