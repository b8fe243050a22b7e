package bot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/color"
	"image/png"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/desk/verbatim"
	"newsdesk/digest"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/ground"
	"newsdesk/words"
)

// hostile are texts that try to break out of a message, or out of its limits.
var hostile = []string{
	"",
	"An ordinary sentence, said the mayor. And a second one.",
	"@everyone <@123> <@&5> <#7> </cmd:1> @here",
	"[click](https://evil.example) https://evil.example discord.gg/abc <https://evil.example>",
	"# heading", "- list", "1. one", "> quote", "-# small", "**bold** __x__ ~~y~~ ||z|| `c` ```block```",
	"\\[a](b) \\\\[a](b)",
	strings.Repeat("Word after word without any end ", 800),
	strings.Repeat("a", 9000),
	strings.Repeat("*", 9000),
	strings.Repeat("今日は新しい船が港に着いた。", 700),
	strings.Repeat("قال الوزير إن السفينة ستعود قريباً. ", 400),
	strings.Repeat("👩‍👩‍👧‍👦🏳️‍🌈", 900),
	"e" + strings.Repeat("\u0301", 6000),
	"\x1b[31mred\x1b[0m\u202eevil\x00 \xff\xfe",
	"Line one\n\n# Line two\n> three",
}

// hostileStory is a story all of whose parts are a text.
func hostileStory(text string) cache.Story {
	s := cache.Story{
		ID: "abcdefghijklmnopqrstuvwx", FiledAt: time.Unix(1.7e9, 0), UpdatedAt: time.Unix(1.7e9, 0),
		Article: article.Article{
			URL: "https://example.org/" + text, CanonicalURL: "https://example.org/a_(b)?c=" + text, Title: text, Byline: []string{text, text, text, text},
			Site: text, Published: "2026-03-10T10:00:00Z", Image: "https://example.org/i.png?" + text, ImageAlt: text, Partial: article.Cut,
		},
		Summary: summarize.Summary{Method: summarize.LLM, Model: text},
	}
	for i := range 12 {
		s.Summary.Points = append(s.Summary.Points, summarize.Point{Text: text})
		span := article.Span{Start: len(s.Article.Text), End: len(s.Article.Text) + len(text)}
		s.Article.Text += text + "\n\n"
		s.Article.Paragraphs = append(s.Article.Paragraphs, article.Paragraph{Span: span, Kind: article.Text})
		q := quote.Quote{Text: text, Span: span, Kind: quote.Direct, Speaker: fmt.Sprint(text, i), Confidence: 0.9, Paragraph: i}
		if i%3 == 2 {
			q.Kind = quote.Indirect
		}
		s.Quotes = append(s.Quotes, q)
	}
	return s
}

// messagesOf are the messages in a language that show a text in all its places.
func messagesOf(text string, w *words.Words) map[string]message {
	s := hostileStory(text)
	b := &Bot{}
	var list []cache.FiledQuote
	for i, q := range s.Quotes[:perPage] {
		list = append(list, cache.FiledQuote{Quote: q, Article: s.Article.CanonicalURL, StoryID: fmt.Sprint(i / 2), Title: text, Site: text, FiledAt: s.FiledAt})
	}
	t := turn{Kind: "quotes", Page: 3, After: "c3Vyc29y", Speaker: beginningOf(text, longestFilter), About: beginningOf(text, longestFilter), Site: beginningOf(text, longestSource), Since: s.FiledAt}
	var speakers []cache.Speaker
	for i := range 40 {
		speakers = append(speakers, cache.Speaker{Name: text, Count: i})
	}
	source := summarize.Source{Text: text, Article: s.Article.CanonicalURL}
	answer := desk.Answer{Answer: text, Method: summarize.LLM, Sources: []summarize.Source{source, source, source, source, source, source, source, source, source, source, source, source}}
	said := desk.Answer{
		Answer: text, Method: summarize.Extractive, Quotes: list[:5], Thread: &desk.Thread{Story: &s},
		Sources: []summarize.Source{{Span: list[0].Span, Text: text, Article: list[0].Article}},
	}
	nearest := desk.Answer{Answer: text, Method: summarize.None, Fallback: "rejected", Quotes: list[:2], Sources: []summarize.Source{source, source, source}}
	card := b.card(s, cardOf{length: summarize.Standard, language: "en", by: "12345678901234567890"}, w)
	detailed := b.card(s, cardOf{length: summarize.Detailed, by: "12345678901234567890"}, w)
	quoteClaim := desk.QuoteClaim{Words: text, Speaker: text}
	claim := desk.Claim{Text: text}
	var entries []listed
	for i := range perPage {
		entry := listed{s, cache.Share{By: "12345678901234567890", Where: "12345678901234567890/12345678901234567890/12345678901234567890"}}
		entry.ID = fmt.Sprint("story", i)
		entries = append(entries, entry)
	}
	most, err := speakerList(speakers, s.FiledAt, w)
	if err != nil {
		panic(err)
	}
	fixed := cache.Corrected(s, []cache.Correction{{Quote: cache.QuoteKeys(s.Quotes)[0], Speaker: text}})
	var reports []desk.Reported
	for i := range 2 * reportsOnPage {
		reports = append(reports, desk.Reported{In: fixed, N: i, Correction: cache.Correction{Story: s.ID, Quote: cache.QuoteKeys(s.Quotes)[i], Speaker: text, By: text, Open: true}})
	}
	told := digest.Story{Headline: text, Sentence: summarize.Point{Text: text}, Quote: &list[0], Voices: list[1:3], SharedBy: []string{"12345678901234567890"}}
	for i := range 12 {
		item := digest.Item{Story: s, Shares: []cache.Share{{By: "12345678901234567890", Where: "12345678901234567890/12345678901234567890/12345678901234567890"}}}
		item.Story.ID, item.Story.Article.Site = fmt.Sprint("story", i), beginningOf(text, 60)+fmt.Sprint(i)
		told.Items = append(told.Items, item)
		told.Only = append(told.Only, digest.Only{Item: i, Speakers: []string{text, text}, Point: summarize.Point{Text: text}, Words: []string{text}})
	}
	edition := edition{guild: "12345678901234567890", missed: 12345, due: s.FiledAt, below: &discordgo.Button{Label: "Send it to me", CustomID: "digest:subscribe"}, Digest: digest.Digest{LeftOut: 12345, MostQuoted: speakers[:digest.MostQuoted]}}
	for i := range digest.Most {
		told.Items = slices.Clone(told.Items)
		told.Items[0].Story.ID = fmt.Sprint("first", i)
		edition.Stories = append(edition.Stories, told)
	}
	news, err := digestMessage(edition, w)
	if err != nil {
		panic(err)
	}
	times, err := digest.ParseTimes("09:00", "America/Argentina/ComodRivadavia", "daily")
	if err != nil {
		panic(err)
	}
	var schedules []desk.Scheduled
	for i := range desk.MostSchedules {
		schedules = append(schedules, desk.Scheduled{Next: s.FiledAt, Told: s.FiledAt, Message: "12345678901234567890", Readers: 1000, Stopped: i == 3,
			Schedule: desk.Schedule{ID: fmt.Sprint(i), Channel: "12345678901234567890", Times: times, Length: summarize.Detailed, Language: text, Empty: true}})
	}
	return map[string]message{
		"digests": digestStatus(schedules, []string{"1", "3"}, "12345678901234567890", w),
		"digest":  news, "digest story": digestStory(&told, true, w),
		"articles": articleList(entries, turn{Kind: "articles", Page: 3, After: "c3Vyc29y", By: "12345678901234567890"}, w),
		"speakers": most,
		"altered": quoteVerdict(quoteClaim, desk.QuoteVerdict{Verdict: desk.Altered, Quotes: list,
			Differences: []verbatim.Difference{{Said: text, Claimed: text}, {Claimed: "Word"}, {Said: "ship"}}}, w),
		"missing":  quoteVerdict(quoteClaim, desk.QuoteVerdict{Verdict: desk.NotFound}, w),
		"unspoken": claimVerdict(claim, desk.ClaimVerdict{}, w),
		"unborne": claimVerdict(claim, desk.ClaimVerdict{Story: &s, Sources: []summarize.Source{source, source},
			Verdict: ground.Verdict{Reasons: slices.Repeat([]ground.Reason{{Kind: ground.Name, Words: text}}, 20)}}, w),
		"forgotten": forgotten(w.Say("bot.forget.article", "Title", title(&s.Article, w), "Quotes", "12 quotes"), w),
		"sure":      sure(w),
		"feeds":     feedList(slices.Repeat([]desk.Feed{{ID: "id", URL: "https://example.org/" + text, Title: text, Channel: "12345678901234567890", Words: []string{text}, Speakers: []string{text}}}, desk.MaxFeeds), w),
		"fed":       b.card(s, cardOf{length: summarize.Standard, feed: feedName(desk.Feed{URL: text}, 100)}, w),
		"help":      help(w),
		"followed":  newsMessage("12345678901234567890", desk.Follow{ID: "abcdefgh", Speaker: text, About: text}, slices.Repeat([]desk.News{{Story: s, Quotes: list}}, 12), w),
		"privacy":   privacy(desk.Status{Model: text, Retention: time.Hour}, w),
		"card":      card, "detailed": detailed,
		"settings": panel{Settings: desk.Settings{Watched: map[string]desk.Watching{text: desk.WatchReply, "1": desk.WatchOffer}, Language: text},
			channel: "1", said: w.Say("bot.settings.done", "What", clip(text, 50), "Value", "x")}.message(w),
		"shared before": alreadyShared(s, cache.Share{By: text, At: s.FiledAt}, "https://discord.com/channels/1/2/3", w),
		"working":       b.card(s, cardOf{length: summarize.Brief, underway: true, making: true}, w),
		"quotes":        quoteList(desk.QuoteList{Quotes: list, Speaker: text}, t, w),
		"names":         candidates(text, speakers, w),
		"answer":        answerCard(desk.Question{Text: text, Story: &s}, answer, w),
		"said":          answerCard(desk.Question{Text: text}, said, w),
		"nearest":       answerCard(desk.Question{Text: text}, nearest, w),
		"about":         aboutQuote(s, 0, false, w), "reported": aboutQuote(s, 2, false, w), "corrected": aboutQuote(fixed, 0, true, w),
		"reports": reportList(reports, w),
		"cited":   citation(&s.Article, s.Quotes[0], w),
		"sorry":   sorry(errand{Do: "summarize", Args: map[string]string{"url": "https://example.org/" + text}}, w, desk.About(text, desk.ErrEmpty)),
	}
}

func beginningOf(text string, characters int) string {
	r := []rune(text)
	return string(r[:min(len(r), characters)])
}

// problems says which of Discord's limits a message breaks (developer documentation, component reference).
func problems(m message) (out []string) {
	data, err := json.Marshal(m.wire())
	if err != nil {
		return []string{err.Error()}
	}
	if !utf8.Valid(data) {
		out = append(out, "not UTF-8")
	}
	var body map[string]any
	if err := json.Unmarshal(data, &body); err != nil {
		return []string{err.Error()}
	}
	if fmt.Sprint(body["allowed_mentions"]) != "map[parse:[] replied_user:false]" {
		out = append(out, "mentions are allowed")
	}
	count, text, ids := 0, 0, map[string]bool{}
	wrong := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	length := func(what string, s any, least, most int) {
		if n := size(s.(string)); n < least || n > most {
			wrong("%s has %d characters, not %d to %d", what, n, least, most)
		}
	}
	var walk func(c map[string]any)
	walk = func(c map[string]any) {
		count++
		inside, _ := c["components"].([]any)
		switch kind := int(c["type"].(float64)); kind {
		case 10:
			length("a text", c["content"], 1, 4000)
			text += size(c["content"].(string))
		case 2:
			if c["label"] != nil {
				length("a label", c["label"], 1, 80)
			}
			if c["url"] != nil {
				length("a link", c["url"], 1, 512)
			} else {
				length("a custom id", c["custom_id"], 1, 100)
				if ids[c["custom_id"].(string)] {
					wrong("custom id %v twice", c["custom_id"])
				}
				ids[c["custom_id"].(string)] = true
			}
		case 3:
			length("a custom id", c["custom_id"], 1, 100)
			if ids[c["custom_id"].(string)] {
				wrong("custom id %v twice", c["custom_id"])
			}
			ids[c["custom_id"].(string)] = true
			length("a placeholder", c["placeholder"], 1, 150)
			options := c["options"].([]any)
			values := map[any]bool{}
			for _, o := range options {
				o := o.(map[string]any)
				length("an option", o["label"], 1, 100)
				length("an option's value", o["value"], 1, 100)
				if o["description"] != nil {
					length("an option's description", o["description"], 0, 100)
				}
				values[o["value"]] = true
			}
			if len(options) < 1 || len(options) > 25 || len(values) != len(options) {
				wrong("a menu of %d options, %d of them different", len(options), len(values))
			}
		case 1:
			if len(inside) < 1 || len(inside) > 5 {
				wrong("a row of %d", len(inside))
			}
		case 9:
			if len(inside) < 1 || len(inside) > 3 {
				wrong("a section of %d texts", len(inside))
			}
			walk(c["accessory"].(map[string]any))
		case 11:
			if d, ok := c["description"].(string); ok {
				length("a description", d, 1, 1024)
			}
			length("an address", c["media"].(map[string]any)["url"], 1, 2048)
		case 12:
			for _, item := range c["items"].([]any) {
				length("a description", item.(map[string]any)["description"], 1, 1024)
			}
		case 17:
			if len(inside) == 0 {
				wrong("an empty container")
			}
		}
		for _, c := range inside {
			walk(c.(map[string]any))
		}
	}
	for _, c := range body["components"].([]any) {
		walk(c.(map[string]any))
	}
	if count > 40 || text > 4000 || count == 0 {
		wrong("%d components with %d characters", count, text)
	}
	return out
}

func TestMessagesKeepDiscordsLimits(t *testing.T) {
	for _, tag := range words.Languages() { // other sentences are longer, and isolate what is written the other way
		if tag == "en" {
			continue // of which FuzzMessages sees to all hostile texts
		}
		for _, text := range []string{strings.Repeat("Word after word without any end ", 300), strings.Repeat("قال الوزير إن السفينة ستعود قريباً. ", 300)} {
			for name, m := range messagesOf(text, words.For(tag)) {
				for _, p := range problems(m) {
					t.Errorf("%s in %s of %.40q: %s", name, tag, text, p)
				}
			}
		}
	}
}

func FuzzMessages(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, m := range messagesOf(text, words.For("en")) {
			for _, p := range problems(m) {
				t.Errorf("%s: %s", name, p)
			}
		}
	})
}

// However long the address of an article is, its card has the link, points, quotes, and all that can be pressed.
func TestLongAddressLeavesRoom(t *testing.T) {
	s := hostileStory(strings.Repeat("The council voted for the ferries on Monday night. ", 8))
	s.Article.CanonicalURL = "https://example.org/" + strings.Repeat("long", 490)
	m := (&Bot{}).card(s, cardOf{length: summarize.Standard, by: "12345678901234567890"}, words.For("en"))
	for _, p := range problems(m) {
		t.Error(p)
	}
	back := parsed(t, m)
	said := texts(back)
	if points, quotes := strings.Count(said, "\n- ")+1, strings.Count(said, "> “"); points < 3 || quotes != cardQuotes || !strings.Contains(said, s.Article.CanonicalURL) {
		t.Errorf("%d points, %d quotes: %s", points, quotes, said)
	}
	if buttons := buttonsOf(back); len(buttons) != 6 || menuOf(back) == nil || sourceOf(back) != s.Article.CanonicalURL {
		t.Errorf("%d buttons", len(buttons))
	}
}

// shown undoes what defuse escapes, as Discord does when it shows a message.
func shown(markdown string) string {
	return regexp.MustCompile(`\\([^0-9A-Za-z\s])`).ReplaceAllString(markdown, "$1")
}

func FuzzDefuse(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		defused := defuse(text)
		if shown(defused) != words.Line(text) {
			t.Errorf("%q is shown as %q", text, shown(defused))
		}
		// What Discord's Markdown could read is behind a backslash; an escaped backslash is none.
		live := regexp.MustCompile(`\\[^0-9A-Za-z\s]`).ReplaceAllString(defused, "")
		for _, bad := range []string{"*", "_", "~", "|", "`", "<", ">", "[", "]", "@everyone", "@here", "http://", "https://", "discord.gg"} {
			if strings.Contains(strings.ToLower(live), bad) && !(bad == "discord.gg" && !strings.Contains(strings.ToLower(defused), bad)) {
				t.Errorf("%q is live in %q", bad, defused)
			}
		}
	})
}

func FuzzCut(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, 80)
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		text, limit = words.Line(text), max(0, min(limit, 5000))
		stretch, shortened := cut(text, limit, defuse)
		if size(defuse(stretch)) > limit || !strings.HasPrefix(text, stretch) || shortened != (stretch != text) || !utf8.ValidString(stretch) {
			t.Errorf("cut(%q, %d) = %q, %v", text, limit, stretch, shortened)
		}
	})
}

func TestCutEndsWhereReadersPause(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"One sentence. Another sentence.", 40, "One sentence. Another sentence."},
		{"One sentence. Another sentence.", 25, "One sentence."},
		{"A long sentence that has no end in sight", 20, "A long sentence that"},
		{"今日は新しい船が港に着いた。次の船は明日来る。", 16, "今日は新しい船が港に着いた。"},
		{"👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 12, "👩‍👩‍👧‍👦"},
		{"No*stars", 4, "No*"},
	} {
		if got, _ := cut(c.text, c.limit, defuse); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

// What stands in marks is an unbroken stretch of the article, however long it is.
func TestQuotationsStayUnbroken(t *testing.T) {
	w := words.For("en")
	for _, text := range hostile {
		for _, limit := range []int{0, 1, 40, 350} {
			line := quoted(quote.Quote{Text: text, Kind: quote.Direct, Speaker: "Ada"}, "https://example.org/", w, limit, "")
			_, said, _ := strings.Cut(line, "\n> ")
			said, shortened := strings.CutSuffix(said, " …")
			said = shown(strings.Trim(said, "“”\u2068\u2069"))
			line = words.Line(article.Line(text)) // without the marks by which mail programs quote
			if !strings.HasPrefix(line, said) {
				t.Errorf("%.60q in %d is quoted as %.80q", text, limit, said)
			}
			if first := lastSentence(line, limit); shortened && first > 0 && size(defuse(line[:first])) <= limit && said != "" && !endsSentence(line, said) {
				t.Errorf("%.60q in %d ends within a sentence: %.80q", text, limit, said)
			}
		}
	}
}

// endsSentence reports whether a beginning of text ends where one of its sentences does.
func endsSentence(text, beginning string) bool {
	a := &article.Article{Text: text, Paragraphs: []article.Paragraph{{Span: article.Span{End: len(text)}, Kind: article.Text}}}
	return slices.ContainsFunc(article.Sentences(a), func(s article.Sentence) bool { return s.End == len(beginning) })
}

func TestTurnsComeBack(t *testing.T) {
	w := words.For("en")
	turns := []turn{
		{Kind: "quotes", After: "abc", Speaker: "Donald Trump"},
		{Kind: "quotes", Page: 41, After: strings.Repeat("x", 30), Speaker: strings.Repeat("名", longestFilter), About: strings.Repeat("é:", longestFilter/2), Site: strings.Repeat("s", longestSource), Since: time.Unix(1.7e9, 0)},
		{Kind: "articles", Page: 2, By: "12345678901234567890", About: "a\x1fb"},
	}
	for _, want := range turns {
		m := quoteList(desk.QuoteList{Quotes: []cache.FiledQuote{{Quote: quote.Quote{Text: "x"}}}}, want, w)
		back := parsed(t, m)
		want.About = strings.ReplaceAll(want.About, parted, " ")
		if got := turnOf(back); got != want {
			t.Errorf("turn %+v comes back as %+v", want, got)
		}
	}
}

// Words that differ are marked, and the marks are all that is added.
func TestMarkedAddsMarksOnly(t *testing.T) {
	for _, c := range []struct {
		text      string
		stretches []string
		want      string
	}{
		{"a ship has seen worse", []string{"seen"}, "a ship has ~~seen~~ worse"},
		{"seen by the unseen", []string{"seen", "seen"}, "~~seen~~ by the unseen"},
		{"one and one", []string{"one", "one"}, "~~one~~ and ~~one~~"},
		{"*one* and two", []string{"and", "three"}, `\*one\* ~~and~~ two`},
		{"nothing here", nil, "nothing here"},
	} {
		if got := emphasized(c.text, c.stretches, "~~"); got != c.want {
			t.Errorf("%q with %q marked: %q, want %q", c.text, c.stretches, got, c.want)
		}
	}
	for _, text := range hostile {
		line := words.Line(text)
		got := emphasized(line, strings.Fields(line), "~~")
		if back := strings.TrimSuffix(shown(strings.ReplaceAll(got, "~~", "")), " …"); !strings.HasPrefix(shown(line), back) && !strings.HasPrefix(line, back) {
			t.Errorf("%.60q is marked as %.80q", line, got)
		}
	}
}

// A chart has a bar a count, the longest for the most.
func TestBarChart(t *testing.T) {
	data, err := barChart([]int{1234567890, 600000000, 1, 0})
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var bars []int
	for y := chartEdge + chartBar/2; y < img.Bounds().Dy(); y += chartRow {
		n := 0
		for x := range img.Bounds().Dx() {
			if color.NRGBAModel.Convert(img.At(x, y)) == chartBars {
				n++
			}
		}
		bars = append(bars, n)
	}
	if len(bars) != 4 || bars[0] < 2*bars[1]-chartBar || bars[1] <= bars[2] || bars[2] < chartBar/2 {
		t.Errorf("bars of %v pixels", bars)
	}
}
