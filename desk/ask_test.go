package desk

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"newsdesk/summarize"
	"newsdesk/summarize/llm"
)

// ferries is another article, in which some of the same people speak.
const ferries = `Guild Warns of Empty Ferries

"A bridge without tolls will sink the ferries," said Ruth Oday, the guild's secretary-general.

Lena Kern, a teacher, said she would miss the crossing. "I learned to swim from that ferry," Lena Kern said.

The ferry makes twelve crossings a day between Port Ann and the island.
`

// filing returns a desk with both articles filed, the second one a day after the first.
func filing(t *testing.T, m Model) *Desk {
	t.Helper()
	d := New(Options{Store: openStore(t), Model: m})
	noon := time.Date(2026, time.March, 10, 12, 0, 0, 0, time.UTC)
	for i, text := range []string{report, ferries} {
		d.now = func() time.Time { return noon.AddDate(0, 0, i) }
		r := Request{Source: FromText([]string{"bridge.txt", "ferries.txt"}[i], text), Guild: "g", Words: 50}
		if _, err := d.File(t.Context(), r, nil); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func TestAsk(t *testing.T) {
	d := filing(t, nil)
	for _, c := range []struct {
		question string
		speaker  string // of the first quote; "" if nothing answers
		holds    string
	}{
		{"Who said nobody will wait any longer?", "Ida Kern", "Nobody will wait any longer."},
		{"Who has waited forty years for the bridge?", "Ida Kern", "We have waited forty years"},
		{"What did the deputy mayor say about tolls?", "", ""},
		{"What did Tom Hale say?", "Tom Hale", ""},
		{"What did Oday say about tolls?", "Ruth Oday", "without tolls"},
		{"What did Oday say about the rest of the ferry?", "Ruth Oday", "deserves a rest"},
		{"What did the guild's chief say?", "Ruth Oday", ""},
		{"What did Lena Kern say about swimming?", "Lena Kern", "learned to swim"},
		{"What did Ida Kern say about swimming?", "", ""},
		{"What did Macready say?", "", ""},
		{"Who said pigs can fly?", "", ""},
		{"What did Ruth Oday say since Wednesday?", "Ruth Oday", "without tolls"},
	} {
		// The clock stands on Thursday; the second article was filed on Wednesday.
		d.now = func() time.Time { return time.Date(2026, time.March, 12, 9, 0, 0, 0, time.UTC) }
		a, err := d.Ask(t.Context(), Question{Text: c.question, Guild: "g"})
		if err != nil {
			t.Fatalf("%s %v", c.question, err)
		}
		if c.speaker == "" {
			if a.Method != summarize.None || len(a.Quotes) > 0 || a.Quotes == nil || a.Sources == nil || !strings.Contains(a.Answer, "2 articles") {
				t.Errorf("%s answered with %q", c.question, a.Answer)
			}
			continue
		}
		if len(a.Quotes) == 0 || a.Quotes[0].Speaker != c.speaker || !strings.Contains(a.Quotes[0].Text, c.holds) {
			t.Errorf("%s answered with %q, %+v", c.question, a.Answer, a.Quotes)
			continue
		}
		if !strings.Contains(a.Answer, c.speaker) || a.Method != summarize.Extractive || a.Sources[0].Text != a.Quotes[0].Text {
			t.Errorf("%s: %q by %s from %+v", c.question, a.Answer, a.Method, a.Sources)
		}
	}
}

func TestAskKeepsGuildsApart(t *testing.T) {
	a, err := filing(t, nil).Ask(t.Context(), Question{Text: "What did Tom Hale say?", Guild: "another"})
	if err != nil || a.Method != summarize.None || a.Looked.Stories != 0 {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestAskAnswersFromSentences(t *testing.T) {
	a, err := filing(t, nil).Ask(t.Context(), Question{Text: "How many crossings does the ferry make a day?", Guild: "g"})
	if err != nil {
		t.Fatal(err)
	}
	const want = "The ferry makes twelve crossings a day between Port Ann and the island."
	if a.Answer != want || len(a.Sources) == 0 || a.Sources[0].Text != want || a.Sources[0].Article != "ferries.txt" {
		t.Errorf("%q from %+v", a.Answer, a.Sources)
	}
}

func TestAskAsksTheModelOnlyWhatQuotesDoNotAnswer(t *testing.T) {
	m := model{answer: llm.Answer{Statements: []llm.Statement{{Text: "Twelve a day.", Evidence: []int{0}}}}}
	d := filing(t, m)
	a, err := d.Ask(t.Context(), Question{Text: "How many crossings does the ferry make a day?", Guild: "g"})
	if err != nil || a.Method != summarize.LLM || a.Answer != "Twelve a day." || len(a.Sources) != 1 || len(a.Statements) != 1 || len(a.Statements[0].Sources) != 1 {
		t.Errorf("%+v, %v", a, err)
	}
	a, err = d.Ask(t.Context(), Question{Text: "Who said nobody will wait any longer?", Guild: "g"})
	if err != nil || a.Method != summarize.Extractive {
		t.Errorf("%+v, %v", a, err)
	}
	for name, m := range map[string]model{
		"a failing model":       {err: llm.ErrUnusable},
		"a model that passes":   {},
		"a model without proof": {answer: llm.Answer{Statements: []llm.Statement{{Text: "Forty.", Evidence: []int{99, -1}}}}},
	} {
		a, err := filing(t, m).Ask(t.Context(), Question{Text: "How many crossings does the ferry make a day?", Guild: "g"})
		if err != nil || a.Method != summarize.Extractive {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

// The same question about the same passages costs once; another question, or a failure, is asked.
func TestAskAsksTheModelOnce(t *testing.T) {
	asked := 0
	m := model{asked: &asked, answer: llm.Answer{TokensIn: 100, Statements: []llm.Statement{{Text: "Twelve a day.", Evidence: []int{0}}}}}
	d := filing(t, m)
	d.budget = NewBudget(150, 0, nil)
	ask := func(text string) summarize.Method {
		a, err := d.Ask(t.Context(), Question{Text: text, Guild: "g"})
		if err != nil {
			t.Fatal(err)
		}
		return a.Method
	}
	const text = "How many crossings does the ferry make a day?"
	for range 3 {
		if ask(text) != summarize.LLM {
			t.Error("not the model's answer")
		}
	}
	if asked != 1 {
		t.Errorf("the model was asked %d times", asked)
	}
	if ask("How many crossings does the ferry make?"); asked != 2 {
		t.Errorf("another question: asked %d times in all", asked)
	}
	if ask(text) != summarize.LLM { // the budget is used up, the answer is there
		t.Error("what is known is not said without a budget")
	}
	m.err = llm.ErrUnusable
	d = filing(t, m)
	if ask(text); asked != 3 {
		t.Fatalf("asked %d times", asked)
	}
	if ask(text); asked != 4 {
		t.Errorf("after a failure it is not asked again: %d", asked)
	}
}

func TestRememberedForgetsTheOldest(t *testing.T) {
	var r remembered
	key := func(i int) [32]byte { return [32]byte{byte(i), byte(i >> 8)} }
	for i := range maxRemembered + 1 {
		r.keep(key(i), llm.Answer{TokensIn: i})
	}
	_, oldest := r.get(key(0))
	newest, ok := r.get(key(maxRemembered))
	if oldest || !ok || newest.TokensIn != maxRemembered || len(r.answers) != maxRemembered {
		t.Errorf("oldest %v, newest %v %v, %d kept", oldest, newest, ok, len(r.answers))
	}
}

func TestAskRefuses(t *testing.T) {
	if _, err := New(Options{}).Ask(t.Context(), Question{Text: "Who said anything at all?"}); !errors.Is(err, ErrNoStore) {
		t.Errorf("without a store: %v", err)
	}
	if _, err := filing(t, nil).Ask(t.Context(), Question{Text: " ?! ", Guild: "g"}); !errors.Is(err, ErrNoQuestion) {
		t.Errorf("without words: %v", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := filing(t, nil).Ask(cancelled, Question{Text: "What did Tom Hale say?", Guild: "g"}); err == nil {
		t.Error("a cancelled question is answered")
	}
}

func TestQuotes(t *testing.T) {
	d := filing(t, nil)
	for _, c := range []struct {
		typed      string
		speaker    string
		candidates int
	}{
		{"Oday", "Ruth Oday", 0},
		{"ruth oday", "Ruth Oday", 0},
		{"Kern", "", 2},
		{"Lena Kern", "Lena Kern", 0},
		{"lena", "Lena Kern", 0},
		{"Mayor Ida Kern", "Ida Kern", 0},
		{"Macready", "", 0},
	} {
		list, err := d.Quotes(t.Context(), QuoteQuery{Guild: "g", Speaker: c.typed})
		if err != nil {
			t.Fatal(err)
		}
		if list.Speaker != c.speaker || len(list.Candidates) != c.candidates || (len(list.Quotes) > 0) != (c.speaker != "") {
			t.Errorf("%q is %q with %d quotes, or one of %v", c.typed, list.Speaker, len(list.Quotes), list.Candidates)
		}
		for _, q := range list.Quotes {
			if q.Speaker != c.speaker {
				t.Errorf("%q lists %s: %q", c.typed, q.Speaker, q.Text)
			}
		}
	}
	all, err := d.Quotes(t.Context(), QuoteQuery{Guild: "g"})
	if err != nil || len(all.Quotes) < 6 {
		t.Errorf("%d quotes of everybody, %v", len(all.Quotes), err)
	}
}

func TestQuotesIn(t *testing.T) {
	story, err := New(Options{}).Study(t.Context(), FromText("ferries.txt", ferries))
	if err != nil {
		t.Fatal(err)
	}
	if list := QuotesIn(story, QuoteQuery{Speaker: "Oday"}); len(list.Quotes) == 0 || list.Speaker != "Ruth Oday" {
		t.Errorf("Oday: %+v", list)
	}
	if list := QuotesIn(story, QuoteQuery{About: "the swimming"}); len(list.Quotes) != 1 || list.Quotes[0].Article != "ferries.txt" {
		t.Errorf("swim: %+v", list)
	}
	if list := QuotesIn(story, QuoteQuery{Limit: 1}); len(list.Quotes) != 1 {
		t.Errorf("%d quotes instead of one", len(list.Quotes))
	}
	if list := QuotesIn(story, QuoteQuery{Speaker: "Hale"}); len(list.Quotes)+len(list.Candidates) != 0 {
		t.Errorf("Hale: %+v", list)
	}
}

func TestCheckQuote(t *testing.T) {
	d := filing(t, nil)
	for _, c := range []struct {
		words, speaker string
		want           Verdict
		quotes         int
		said, claimed  string // of the first difference
	}{
		{"“We have waited forty years for this bridge”", "Kern", Verbatim, 1, "", ""},
		{"We have waited … for this bridge", "the mayor", Verbatim, 1, "", ""},
		{"We have waited forty years for [the bridge].", "", Verbatim, 1, "", ""},
		{"We have waited fifty years for this bridge", "Ida Kern", Altered, 1, "forty", "fifty"},
		{"We have waited forty years for this bridge. Nobody will wait any longer.", "Ida Kern", Altered, 2, "", ""},
		{"We have waited forty years for this bridge", "Tom Hale", OtherSpeaker, 1, "", ""},
		{"We have waited fifty years for this bridge", "Tom Hale", OtherSpeaker, 1, "forty", "fifty"},
		{"the town would build a bridge over the harbour", "Ida Kern", Altered, 1, "", ""}, // reported, not quoted
		{"Ships are for fools who cannot build", "Ida Kern", NotFound, 0, "", ""},
	} {
		v, err := d.CheckQuote(t.Context(), QuoteClaim{Words: c.words, Speaker: c.speaker, Guild: "g"})
		if err != nil {
			t.Fatalf("%s: %v", c.words, err)
		}
		if v.Verdict != c.want || len(v.Quotes) != c.quotes || v.Quotes == nil || v.Differences == nil {
			t.Errorf("%s by %s: %s because of %+v", c.words, c.speaker, v.Verdict, v.Quotes)
		}
		if c.claimed != "" && (len(v.Differences) != 1 || v.Differences[0].Said != c.said || v.Differences[0].Claimed != c.claimed) {
			t.Errorf("%s: differs in %+v", c.words, v.Differences)
		}
		if v.Verdict == Verbatim && len(v.Differences) > 0 {
			t.Errorf("%s: verbatim but for %+v", c.words, v.Differences)
		}
	}
	if _, err := d.CheckQuote(t.Context(), QuoteClaim{Words: " “…” [he]", Guild: "g"}); !errors.Is(err, ErrNoClaim) {
		t.Errorf("without words: %v", err)
	}
}

func TestCheckQuoteJoinsWhatAnAttributionParts(t *testing.T) {
	const text = `Port Ann Floods

"The water came," said Ida Kern, "and it did not stop."

"Then the wind turned," said Tom Hale. "We were lucky."
`
	story, err := New(Options{}).Study(t.Context(), FromText("flood.txt", text))
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]Verdict{
		"The water came, and it did not stop.":    Verbatim,
		"Then the wind turned. We were lucky.":    Altered, // two sentences, which the article parts
		"The water came … it did not stop":        Verbatim,
		"The water came and Then the wind turned": Altered,
	} {
		v, err := New(Options{}).CheckQuote(t.Context(), QuoteClaim{Words: words, Story: &story})
		if err != nil || v.Verdict != want {
			t.Errorf("%s: %s, %v", words, v.Verdict, err)
		}
	}
}

func TestCheckClaim(t *testing.T) {
	d := New(Options{})
	story, err := d.Study(t.Context(), FromText("bridge.txt", report))
	if err != nil {
		t.Fatal(err)
	}
	good, err := d.CheckClaim(t.Context(), "The town will build a bridge over the harbour.", &story.Article)
	if err != nil || !good.Supported {
		t.Errorf("%+v, %v", good, err)
	}
	bad, err := d.CheckClaim(t.Context(), "Mayor Ida Kern resigned over a scandal worth 7 million dollars.", &story.Article)
	if err != nil || bad.Supported || len(bad.Reasons) == 0 {
		t.Errorf("%+v, %v", bad, err)
	}
	if _, err := d.CheckClaim(t.Context(), " ", &story.Article); !errors.Is(err, ErrNoClaim) {
		t.Errorf("without words: %v", err)
	}
}
