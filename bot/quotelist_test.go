package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/words"
)

// filedQuote is a quote of an article that names no outlet.
func filedQuote(story, speaker, said string) cache.FiledQuote {
	return cache.FiledQuote{
		Quote:   quote.Quote{Text: said, Kind: quote.Direct, Speaker: speaker, Confidence: 1},
		Article: "https://www.example.org/" + story, StoryID: story, Title: "Ferries " + story, Published: "2026-03-10T10:00:00Z", FiledAt: time.Unix(1.8e9, 0),
	}
}

// markdown is all text of a message.
func markdown(t *testing.T, m message) string {
	t.Helper()
	return texts(parsed(t, m))
}

// A list says of each quote from which outlet it is, and of which day; that it was read only where the article has no day.
func TestQuotesNameOutletAndDay(t *testing.T) {
	undated := filedQuote("three", "Brandt", "And a third.")
	undated.Published, undated.Site = "", "Harbour Gazette"
	list := desk.QuoteList{Quotes: []cache.FiledQuote{filedQuote("one", "Ada", "One of them."), filedQuote("two", "Brandt", "And another."), undated}}
	said := markdown(t, quoteList(list, turn{Kind: "quotes"}, words.For("en")))
	for _, wanted := range []string{
		"**[Ferries one](https://www.example.org/one)**\n-# example.org · <t:1773144000:D>\n**Ada**",
		"**[Ferries two](https://www.example.org/two)**\n-# example.org · <t:1773144000:D>\n**Brandt**",
		"**[Ferries three](https://www.example.org/three)**\n-# Harbour Gazette · read <t:1800000000:D>\n**Brandt**",
	} {
		if !strings.Contains(said, wanted) {
			t.Errorf("no %q in %s", wanted, said)
		}
	}
}

// Where all quotes of a list are of one speaker, the name stands above them, and no second time.
func TestSpeakerOfAllIsSaidOnce(t *testing.T) {
	reported := filedQuote("two", "Helena Brandt", "A third boat comes.")
	reported.Kind = quote.Indirect
	list := []cache.FiledQuote{filedQuote("one", "Helena Brandt", "One of them."), filedQuote("one", "Helena Brandt", "And another."), reported}
	w := words.For("en")
	for name, l := range map[string]desk.QuoteList{"asked for": {Quotes: list, Speaker: "Helena Brandt"}, "as it happens": {Quotes: list}} {
		said := markdown(t, quoteList(l, turn{Kind: "quotes"}, w))
		if strings.Count(said, "Brandt") != 1 || !strings.HasPrefix(said, "### Helena Brandt\n") || !strings.Contains(said, "as the article reports it") {
			t.Errorf("%s: %s", name, said)
		}
	}
	unsure := filedQuote("one", "Helena Brandt", "Perhaps hers.")
	unsure.Confidence = 0
	said := markdown(t, quoteList(desk.QuoteList{Quotes: append(list, unsure), Speaker: "Helena Brandt"}, turn{Kind: "quotes"}, w))
	if !strings.Contains(said, w.Say("bot.unsure")+" · ") {
		t.Errorf("what is unsure is said to be hers: %s", said)
	}
}

// Of what one says one after the other in an article, the name stands above the first; in the next article again.
func TestSpeakerOfSeveralIsSaidOnce(t *testing.T) {
	list := desk.QuoteList{Quotes: []cache.FiledQuote{
		filedQuote("one", "Ada", "One."), filedQuote("one", "Helena Brandt", "Two."), filedQuote("one", "Helena Brandt", "Three."),
		filedQuote("one", "Ada", "Four."), filedQuote("two", "Ada", "Five."),
	}}
	said := regexp.MustCompile(`\*\*(Ada|Helena Brandt)\*\*|“.*”`).FindAllString(markdown(t, quoteList(list, turn{Kind: "quotes"}, words.For("en"))), -1)
	want := []string{"**Ada**", "“One.”", "**Helena Brandt**", "“Two.”", "“Three.”", "**Ada**", "“Four.”", "**Ada**", "“Five.”"}
	if !slices.Equal(said, want) {
		t.Errorf("it says %q", said)
	}
}

// Of an article without quotes it is said that nobody is quoted in it; where something is asked for, that it is not there.
func TestNobodyIsQuoted(t *testing.T) {
	page := strings.NewReplacer("“", "", "”", "", "said Helena Brandt, the mayor", "so it stands in the plan").Replace(printed("page"))
	n := openWith(t, discordtest.Config{}, desk.Options{Fetcher: fetched(page)})
	card := n.whole(t, n.summarize("page", nil))
	story := strings.TrimPrefix(mustFind(t, card, "Ask").CustomID, "ask:")
	for wanted, options := range map[string]discordtest.Options{
		"Nobody is quoted in Ferries":          {"article": story},
		"Nothing in that article answers that": {"article": story, "about": "harbour"},
		"Nothing that was shared here answers": nil,
	} {
		m, err := n.Slash(n.general, n.ada, "quotes", options).WaitReply(n.ctx)
		if err != nil || !strings.Contains(m.Text(), wanted) {
			t.Errorf("%v: %v, %v, want %s", options, m, err, wanted)
		}
	}
}

// What several articles have word for word is shown once, with where else it stands, and can be asked about below.
func TestVerdictShowsAQuotationOnce(t *testing.T) {
	v := desk.QuoteVerdict{Verdict: desk.Verbatim}
	for i := range 4 {
		v.Quotes = append(v.Quotes, filedQuote(fmt.Sprint("story", i), "Helena Brandt", "We close a gap tonight."))
	}
	v.Quotes = append(v.Quotes, filedQuote("story4", "Helena Brandt", "We close a gap tonight that we opened."))
	m := quoteVerdict(desk.QuoteClaim{Words: "We close a gap"}, v, words.For("en"))
	said := markdown(t, m)
	if strings.Count(said, "We close a gap tonight.") != 1 || strings.Count(said, "We close a gap tonight that we opened.") != 1 {
		t.Errorf("the quotation stands there %d times: %s", strings.Count(said, "We close a gap tonight."), said)
	}
	for i := range 5 {
		if !strings.Contains(said, fmt.Sprint("/story", i)) {
			t.Errorf("it does not say that it stands in story %d: %s", i, said)
		}
	}
	if menu := menuOf(parsed(t, m)); menu == nil || len(menu.Options) != 2 || menu.Options[0].Value != quoteID("story0", v.Quotes[0].Quote) {
		t.Errorf("it can be asked about %v", menu)
	}
}
