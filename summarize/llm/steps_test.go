package llm_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/article"
	"newsdesk/quote"
	"newsdesk/summarize/llm"
	"newsdesk/summarize/llmtest"
)

// A point that fails is given back once, with what is wrong with it.
func TestRewrite(t *testing.T) {
	wrong := say("Repairs cost 5.1 million crowns, half of which the town paid.", []int{3})
	right := say("Repairs cost 2.4 million crowns, half of which the town paid.", []int{3})
	server := llmtest.New(t, llmtest.Say(wrong), llmtest.Say(right))
	s, err := client(server).Summarize(t.Context(), read(t, bakery), nil, llm.Request{})
	if err != nil || len(s.Points) != 1 || !strings.Contains(s.Points[0].Text, "2.4 million") {
		t.Fatalf("points %+v, error %v", s.Points, err)
	}
	if c := s.Check; c.Made != 1 || c.Rewritten != 1 || c.Dropped != 0 {
		t.Errorf("counted %+v", *c)
	}
	asked := server.Requests()[1].User
	for _, part := range []string{"3|Repairs cost 2.4 million", "The article has no 5.1 million.", "Statement: Repairs cost 5.1"} {
		if !strings.Contains(asked, part) {
			t.Errorf("the second call lacks %q:\n%s", part, asked)
		}
	}
	server = llmtest.New(t, llmtest.Say(wrong))
	s, err = client(server).Summarize(t.Context(), read(t, bakery), nil, llm.Request{})
	if !errors.Is(err, llm.ErrUnsupported) || len(server.Requests()) != 2 || s.Check.Dropped != 1 || s.Check.Reasons["number"] != 1 {
		t.Errorf("a stubborn model: error %v, %d calls, %+v", err, len(server.Requests()), s.Check)
	}
	server = llmtest.New(t, llmtest.Say(say("Repairs cost 5.1 million crowns.", []int{3}, "The old bakery in Harstad reopened on Saturday after a fire closed it for three years.", []int{1})),
		llmtest.Busy(http.StatusServiceUnavailable, "3600"))
	if s, err = client(server).Summarize(t.Context(), read(t, bakery), nil, llm.Request{}); err != nil || len(s.Points) != 1 {
		t.Errorf("a server that is gone by then: points %+v, error %v", s.Points, err)
	}
}

// long is an article of 60 paragraphs, each with a number of its own.
func long(t *testing.T) *article.Article {
	t.Helper()
	var b strings.Builder
	b.WriteString("Sixty Villages Vote\n\n")
	for i := range 60 {
		fmt.Fprintf(&b, "The village of Nes %d votes on its harbour on Sunday, and its council expects %d people.\n\n", i+1, 1000+i)
	}
	return read(t, b.String())
}

// mapper answers for each part with its first line, and merges by taking the first two lines.
func mapper(r llmtest.Request) llmtest.Reply {
	lines := strings.Split(r.User, "\n")
	var points []any
	for _, line := range lines[1:min(3, len(lines))] {
		number, text, ok := strings.Cut(line, "|")
		if n, err := strconv.Atoi(number); ok && err == nil {
			points = append(points, text, []int{n})
		}
	}
	return llmtest.Say(say(points...))
}

func TestLongArticlesAreReadInParts(t *testing.T) {
	server := llmtest.NewFunc(t, mapper)
	c := llm.New(llm.Options{BaseURL: server.URL, Model: "test", PartTokens: 500})
	a := long(t)
	s, err := c.Summarize(t.Context(), a, nil, llm.Request{})
	if err != nil || len(s.Points) != 2 {
		t.Fatalf("points %+v, error %v", s.Points, err)
	}
	requests := server.Requests()
	last := requests[len(requests)-1]
	if len(requests) < 4 || !strings.Contains(last.System, "merge") {
		t.Fatalf("%d calls, the last of them\n%s", len(requests), last.System)
	}
	sent := ""
	for _, r := range requests[:len(requests)-1] {
		if n := llm.Tokens(r.User); n > 500+40 {
			t.Errorf("a part of %d tokens", n)
		}
		sent += r.User
	}
	for i := range 60 {
		if n := strings.Count(sent, fmt.Sprintf("\n%d|", i+1)); n != 1 {
			t.Errorf("sentence %d is sent %d times", i+1, n)
		}
	}
	for _, p := range s.Points {
		if got := a.Slice(p.Sources[0]); got != p.Text {
			t.Errorf("%q rests on %q", p.Text, got)
		}
	}
}

// A merge that fails or lies costs nothing but the choice.
func TestMergeThatFails(t *testing.T) {
	for name, reply := range map[string]llmtest.Reply{
		"down": llmtest.Busy(http.StatusServiceUnavailable, "3600"),
		"lies": llmtest.Say(say("All sixty villages sank.", []int{1, 2}, "Nobody voted anywhere on Sunday.", []int{3})),
	} {
		server := llmtest.NewFunc(t, func(r llmtest.Request) llmtest.Reply {
			if strings.Contains(r.System, "merge") {
				return reply
			}
			return mapper(r)
		})
		c := llm.New(llm.Options{BaseURL: server.URL, Model: "test", PartTokens: 500})
		s, err := c.Summarize(t.Context(), long(t), nil, llm.Request{})
		if err != nil || len(s.Points) != 4 {
			t.Errorf("%s: points %+v, error %v", name, s.Points, err)
		}
		for _, p := range s.Points {
			if !strings.HasPrefix(p.Text, "The village of Nes") {
				t.Errorf("%s: %q", name, p.Text)
			}
		}
	}
}

// A server that takes less than was sent is sent less, from then on.
func TestContextLength(t *testing.T) {
	server := llmtest.NewFunc(t, func(r llmtest.Request) llmtest.Reply {
		if llm.Tokens(r.User) > 1000 {
			return llmtest.TooLong()
		}
		return mapper(r)
	})
	c := client(server)
	for range 2 {
		if s, err := c.Summarize(t.Context(), long(t), nil, llm.Request{}); err != nil || len(s.Points) == 0 {
			t.Fatalf("points %+v, error %v", s.Points, err)
		}
	}
	refused := 0
	for _, r := range server.Requests() {
		if llm.Tokens(r.User) > 1000 {
			refused++
		}
	}
	if refused != 1 {
		t.Errorf("%d calls were too long, want one", refused)
	}
}

func TestQuotationsByNumber(t *testing.T) {
	a := read(t, bakery)
	words := "We never thought of giving up."
	at := strings.Index(a.Text, words)
	quotes := []quote.Quote{{Text: words, Span: article.Span{Start: at, End: at + len(words)}, Kind: quote.Direct, Speaker: "Marit Lunde"}}
	answer := func(translation string) string {
		return fmt.Sprintf(`{"headline":"","points":[{"text":"Repairs cost 2.4 million crowns, half of which the town paid.","sentences":[3],"translation":"Die Reparatur kostete 2,4 Millionen Kronen."}],"quotes":[{"sentence":2,"translation":%q},{"sentence":4,"translation":"x"},{"sentence":99}]}`, translation)
	}
	for translation, want := range map[string]string{
		"Wir dachten nie ans Aufgeben.": "Wir dachten nie ans Aufgeben.",
		"„Wir gaben nie auf.“":          "",
		"Wir gaben 7 Jahre nicht auf.":  "",
		"Siehe https://evil.example":    "",
	} {
		server := llmtest.New(t, llmtest.Say(answer(translation)))
		s, err := client(server).Summarize(t.Context(), a, quotes, llm.Request{Language: "de"})
		if err != nil || len(s.Quotes) != 1 || a.Slice(s.Quotes[0].Span) != words || s.Quotes[0].Translation != want {
			t.Errorf("%q: quotes %+v, error %v", translation, s.Quotes, err)
		}
	}
}

// A server that keeps failing is left alone, and asked again later.
func TestBreaker(t *testing.T) {
	down := true
	var mu sync.Mutex
	server := llmtest.NewFunc(t, func(llmtest.Request) llmtest.Reply {
		mu.Lock()
		defer mu.Unlock()
		if down {
			return llmtest.Busy(http.StatusServiceUnavailable, "3600")
		}
		return llmtest.Say(good)
	})
	for _, rest := range []time.Duration{time.Hour, time.Nanosecond} {
		c := llm.New(llm.Options{BaseURL: server.URL, Model: "test", Rest: rest})
		for range 5 {
			if _, err := c.Summarize(t.Context(), read(t, bakery), nil, llm.Request{}); !errors.Is(err, llm.ErrUnreachable) {
				t.Fatalf("error %v", err)
			}
		}
		mu.Lock()
		down = false
		mu.Unlock()
		before := len(server.Requests())
		_, err := c.Summarize(t.Context(), read(t, bakery), nil, llm.Request{})
		asked := len(server.Requests()) - before
		if rest == time.Hour && (!errors.Is(err, llm.ErrUnreachable) || asked != 0) {
			t.Errorf("at rest: %d calls, error %v", asked, err)
		}
		if rest == time.Nanosecond && (err != nil || asked != 1) {
			t.Errorf("after its rest: %d calls, error %v", asked, err)
		}
		mu.Lock()
		down = true
		mu.Unlock()
	}
}

// A wrong key and a caller who gives up are no reason to leave a server alone.
func TestBreakerStaysShut(t *testing.T) {
	server := llmtest.New(t, llmtest.BadKey("x"))
	c := client(server)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 6 {
		_, _ = c.Summarize(gone, read(t, bakery), nil, llm.Request{})
	}
	for range 6 {
		if _, err := c.Summarize(t.Context(), read(t, bakery), nil, llm.Request{}); !errors.Is(err, llm.ErrRefused) {
			t.Fatalf("error %v", err)
		}
	}
}

func TestServersInOrder(t *testing.T) {
	tests := map[string]struct {
		first llmtest.Reply
		next  bool
	}{
		"down":        {llmtest.Page(http.StatusBadGateway), true},
		"wrong key":   {llmtest.BadKey("x"), true},
		"no JSON":     {llmtest.Say("no"), true},
		"works":       {llmtest.Say(good), false},
		"only lies":   {llmtest.Say(say("The moon fell on Harstad.", []int{1})), false},
		"not a model": {llmtest.Fail(http.StatusNotFound, "invalid_request_error", "model", "no such model"), true},
	}
	for name, tt := range tests {
		one, two := llmtest.New(t, tt.first), llmtest.New(t, llmtest.Say(good))
		s, err := llm.Servers{client(one), client(two)}.Summarize(t.Context(), read(t, bakery), nil, llm.Request{})
		if (err != nil) != (name == "only lies") || (len(two.Requests()) > 0) != tt.next {
			t.Errorf("%s: error %v, the second server was asked %d times", name, err, len(two.Requests()))
		}
		if tt.next && (len(s.Points) == 0 || s.TokensIn == 0) {
			t.Errorf("%s: %+v", name, s)
		}
	}
	one, two := llmtest.New(t, llmtest.BadKey("x")), llmtest.New(t, llmtest.Page(http.StatusBadGateway))
	if err := (llm.Servers{client(one), client(two)}).Check(t.Context()); !errors.Is(err, llm.ErrRefused) {
		t.Errorf("both fail: %v, want what the first one says", err)
	}
}

// What a refusal taught is told, so that the next run of the program need not learn it again.
func TestDialectIsRemembered(t *testing.T) {
	for name, refuse := range map[string]func(string) llmtest.Reply{
		"OpenAI":  func(field string) llmtest.Reply { return llmtest.Unknown(field, "") },
		"Mistral": llmtest.Forbidden,
	} {
		server := llmtest.NewFunc(t, func(r llmtest.Request) llmtest.Reply {
			for _, field := range []string{"max_completion_tokens", "response_format"} {
				if r.Sends(field) {
					return refuse(field)
				}
			}
			return llmtest.Say(good)
		})
		learnt := ""
		options := llm.Options{BaseURL: server.URL, Model: "test", Learnt: func(d string) { learnt = d }}
		if _, err := llm.New(options).Summarize(t.Context(), read(t, bakery), nil, llm.Request{}); err != nil || learnt == "" {
			t.Fatalf("%s: error %v, learnt %q", name, err, learnt)
		}
		before := len(server.Requests())
		options.Dialect = learnt
		if _, err := llm.New(options).Summarize(t.Context(), read(t, bakery), nil, llm.Request{}); err != nil || len(server.Requests()) != before+1 {
			t.Errorf("%s: error %v, %d further calls", name, err, len(server.Requests())-before)
		}
	}
}

func TestConnectionsThatFail(t *testing.T) {
	half := llmtest.New(t, llmtest.Reply{Content: good, Half: true})
	for name, o := range map[string]llm.Options{
		"a certificate that nobody knows": {BaseURL: llmtest.NewUntrusted(t).URL},
		"a name that nobody has":          {BaseURL: "http://newsdesk.invalid/v1"},
		"half an answer":                  {BaseURL: half.URL, Timeout: 300 * time.Millisecond},
	} {
		o.Model = "test"
		if _, err := llm.New(o).Summarize(t.Context(), read(t, bakery), nil, llm.Request{}); !errors.Is(err, llm.ErrUnreachable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTokensAreCounted(t *testing.T) {
	server := llmtest.New(t, llmtest.Reply{Content: good, NoUsage: true})
	in, out := 0, 0
	c := llm.New(llm.Options{BaseURL: server.URL, Model: "test", Called: func(c llm.Call) {
		in, out = in+c.TokensIn, out+c.TokensOut
		if c.Model != "test" || c.Outcome != "ok" || c.Took <= 0 {
			t.Errorf("call %+v", c)
		}
	}})
	s, err := c.Summarize(t.Context(), read(t, bakery), nil, llm.Request{})
	if err != nil {
		t.Fatal(err)
	}
	r := server.Requests()[0]
	if want := llm.Tokens(r.System) + llm.Tokens(r.User); in != want || s.TokensIn != want || out != llm.Tokens(good) || s.TokensOut != out {
		t.Errorf("%d in and %d out, the summary says %d and %d, sent were %d", in, out, s.TokensIn, s.TokensOut, want)
	}
}

// How a call ended is told in a word.
func TestOutcomes(t *testing.T) {
	for want, r := range map[string]llmtest.Reply{
		"refused": llmtest.BadKey("sk-secret"), "unreachable": llmtest.Page(502), "rejected": llmtest.Unknown("model", ""), "ok": llmtest.Say("nothing"),
	} {
		var got []string
		server := llmtest.New(t, r)
		c := llm.New(llm.Options{BaseURL: server.URL, Model: "test", Called: func(c llm.Call) { got = append(got, c.Outcome) }})
		_, _ = c.Summarize(t.Context(), read(t, bakery), nil, llm.Request{})
		if len(got) == 0 || got[0] != want {
			t.Errorf("%v, want %s", got, want)
		}
	}
}

// Azure's addresses of before /openai/v1 have the deployment in the path, and a header of their own for the key.
func TestAzure(t *testing.T) {
	server := llmtest.New(t, llmtest.Say(good))
	c := llm.New(llm.Options{BaseURL: server.AzureURL + "?api-version=2024-10-21", APIKey: "secret", Model: "gpt-4.1-mini"})
	if _, err := c.Summarize(t.Context(), read(t, bakery), nil, llm.Request{}); err != nil {
		t.Fatal(err)
	}
	r := server.Requests()[0]
	if r.Deployment != "gpt-4.1-mini" || r.APIVersion != "2024-10-21" || r.APIKey != "secret" || r.Authorization != "" {
		t.Errorf("request %+v", r)
	}
}
