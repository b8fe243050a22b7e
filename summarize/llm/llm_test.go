package llm_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/llm"
	"newsdesk/summarize/llmtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const bakery = `Old Bakery Reopens in Harstad

HARSTAD (North Post) – The old bakery in Harstad reopened on Saturday after a fire closed it for three years.

Owner Marit Lunde said: “We never thought of giving up.”

Repairs cost 2.4 million crowns, half of which the town paid.

Mayor Odd Berg called the bakery “the heart of the street”.

The fire in the bakery broke out in a faulty oven, an inquiry found.
`

// read makes an article of plain text.
func read(t testing.TB, text string) *article.Article {
	t.Helper()
	a, err := extract.Text("case.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// say is a model's answer with these points, given as text and sentence numbers.
func say(points ...any) string {
	var list []map[string]any
	for i := 0; i < len(points); i += 2 {
		list = append(list, map[string]any{"text": points[i], "sentences": points[i+1], "translation": ""})
	}
	b, err := json.Marshal(map[string]any{"headline": "Old bakery in Harstad reopened on Saturday", "points": list})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// good is an answer of which everything is true.
var good = say(
	"The old bakery in Harstad reopened on Saturday after a fire closed it for three years.", []int{1},
	"Repairs cost 2.4 million crowns, half of which the town paid.", []int{3},
)

// client asks a server with a short deadline, so that a failing test doesn't hang.
func client(s *llmtest.Server) *llm.Client {
	return llm.New(llm.Options{BaseURL: s.URL, APIKey: "sk-secret", Model: "test", Timeout: 10 * time.Second})
}

func TestSummarize(t *testing.T) {
	server := llmtest.New(t, llmtest.Say(good))
	a := read(t, bakery)
	s, err := client(server).Summarize(t.Context(), a, nil, llm.Request{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Method != summarize.LLM || s.Model != "test" || s.TokensIn == 0 || s.TokensOut == 0 || len(s.Points) != 2 {
		t.Fatalf("summary %+v", s)
	}
	for _, p := range s.Points {
		if len(p.Sources) != 1 || !strings.Contains(a.Slice(p.Sources[0]), p.Text[len(p.Text)-15:]) {
			t.Errorf("%q rests on %+v", p.Text, p.Sources)
		}
	}
	if !strings.HasPrefix(s.Headline, "Old bakery in Harstad") {
		t.Errorf("headline %q", s.Headline)
	}
	r := server.Requests()[0]
	if r.Authorization != "Bearer sk-secret" || !r.Sends("response_format=json_schema") || strings.Contains(r.User, "North Post") {
		t.Errorf("request %+v", r)
	}
}

// What a model writes and the article doesn't bear out is never shown.
func TestPointsThatAreDropped(t *testing.T) {
	const kept = "Repairs cost 2.4 million crowns, half of which the town paid."
	tests := map[string]struct {
		text      string
		sentences []int
	}{
		"a number":                          {"Repairs cost 5.1 million crowns, half of which the town paid.", []int{3}},
		"a name":                            {"Owner Ingrid Lunde said that she never thought of giving up.", []int{2}},
		"a false quotation":                 {"Owner Marit Lunde said: “We always thought of giving up.”", []int{2}},
		"a quotation left open":             {"Owner Marit Lunde said: “We never thought of giving up.", []int{2}},
		"somebody else's words":             {"Marit Lunde called the bakery “the heart of the street”.", []int{4}},
		"the opposite":                      {"The fire in the bakery did not break out in a faulty oven, an inquiry found.", []int{5}},
		"something else":                    {"Researchers hope for better weather and cheaper tomatoes next summer.", []int{1}},
		"what breaks off":                   {"The old bakery in Harstad reopened on Saturday after a", []int{1}},
		"a link":                            {"The old bakery in Harstad reopened on Saturday, see https://bakery.example.", []int{1}},
		"a bare domain":                     {"The old bakery in Harstad reopened on Saturday, see evil.com.", []int{1}},
		"a mention":                         {"@everyone The old bakery in Harstad reopened on Saturday.", []int{1}},
		"a mention by id":                   {"<@123> The old bakery in Harstad reopened on Saturday.", []int{1}},
		"a mention with a zero-width space": {"@\u200beveryone The old bakery in Harstad reopened on Saturday.", []int{1}},
		"nothing":                           {"", []int{1}},
		"no end":                            {"The old bakery in Harstad reopened on Saturday" + strings.Repeat(" on Saturday", 100) + ".", []int{1}},
	}
	a := read(t, bakery)
	quotes := []quote.Quote{}
	for text, speaker := range map[string]string{"We never thought of giving up.": "Marit Lunde", "the heart of the street": "Odd Berg"} {
		start := strings.Index(a.Text, text)
		quotes = append(quotes, quote.Quote{Text: text, Span: article.Span{Start: start, End: start + len(text)}, Kind: quote.Direct, Speaker: speaker})
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			server := llmtest.New(t, llmtest.Say(say(tt.text, tt.sentences, kept, []int{3})))
			s, err := client(server).Summarize(t.Context(), a, quotes, llm.Request{})
			if err != nil {
				t.Fatal(err)
			}
			if len(s.Points) != 1 || s.Points[0].Text != kept {
				t.Errorf("points %+v", s.Points)
			}
		})
	}
}

// A point that doesn't say what it rests on, or counts wrongly, is shown with the sentences that bear it out.
func TestPointsWithoutSources(t *testing.T) {
	const text = "Repairs cost 2.4 million crowns, half of which the town paid."
	for _, cited := range [][]int{{}, {99, -1}, {5}, {1, 2, 4}, {1, 2, 3, 4, 5}} {
		server := llmtest.New(t, llmtest.Say(say(text, cited, "Investors from Sweden bought the street.", cited)))
		a := read(t, bakery)
		s, err := client(server).Summarize(t.Context(), a, nil, llm.Request{})
		if err != nil || len(s.Points) != 1 || len(s.Points[0].Sources) != 1 || a.Slice(s.Points[0].Sources[0]) != text {
			t.Errorf("citing %v: %+v, error %v", cited, s.Points, err)
		}
	}
}

// A point is one sentence, said once, however much a model goes on.
func TestModelThatGoesOn(t *testing.T) {
	const text = "Repairs cost 2.4 million crowns, half of which the town paid."
	server := llmtest.New(t, llmtest.Say(say(text+" This is a great success. This is a great", []int{3}, text, []int{3})))
	s, err := client(server).Summarize(t.Context(), read(t, bakery), nil, llm.Request{})
	if err != nil || len(s.Points) != 1 || s.Points[0].Text != text || s.Check.Made != 1 {
		t.Errorf("%+v, %+v, error %v", s.Points, s.Check, err)
	}
}

// Bounds of lengths are left out for a server that doesn't know them, and nothing else is.
func TestServerThatTakesNoBounds(t *testing.T) {
	server := llmtest.NewFunc(t, func(r llmtest.Request) llmtest.Reply {
		if body, _ := json.Marshal(r.Fields); strings.Contains(string(body), "maxLength") {
			return llmtest.Fail(400, "invalid_request_error", "response_format", "Invalid schema for response_format 'summary': In context=('properties', 'text'), 'maxLength' is not permitted.")
		}
		return llmtest.Say(good)
	})
	if _, err := client(server).Summarize(t.Context(), read(t, bakery), nil, llm.Request{}); err != nil {
		t.Fatal(err)
	}
	if r := server.Requests(); len(r) != 2 || !r[1].Sends("response_format=json_schema") {
		t.Errorf("%d requests, the last %v", len(r), r[len(r)-1].Fields["response_format"])
	}
}

func TestQuotationsAreTheArticlesBytes(t *testing.T) {
	server := llmtest.New(t, llmtest.Say(say(`Owner Marit Lunde said: "we NEVER thought of giving up."`, []int{2})))
	s, err := client(server).Summarize(t.Context(), read(t, bakery), nil, llm.Request{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.Points[0].Text, "Owner Marit Lunde said: “We never thought of giving up”"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestLiar(t *testing.T) {
	server := llmtest.New(t, llmtest.Say(say(
		"The bakery in Harstad burned down again on Friday.", []int{1},
		"Marit Lunde wants to sell the bakery to a chain from Sweden.", []int{2},
		"Mayor Odd Berg denied the inquiry any help.", []int{4, 5},
	)))
	s, err := client(server).Summarize(t.Context(), read(t, bakery), nil, llm.Request{})
	if !errors.Is(err, llm.ErrUnsupported) {
		t.Errorf("error %v, want ErrUnsupported; points %+v", err, s.Points)
	}
	if s.TokensOut == 0 {
		t.Error("the tokens that the liar spent are not counted")
	}
}

func TestAnswersAsServersWriteThem(t *testing.T) {
	tests := map[string][]llmtest.Reply{
		"fences, prose and reasoning": {llmtest.Fenced(good)},
		"fences alone":                {llmtest.Say("```json\n" + good + "\n```")},
		"prose before and behind":     {llmtest.Say("Sure! Here it is: " + good + " Anything else?")},
		"reasoning with JSON in it":   {llmtest.Say(`<think>Maybe {"points":[]}?</think>` + good)},
		"reasoning beside it":         {{Body: `{"choices":[{"message":{"role":"assistant","reasoning_content":"Hm.","content":` + strconv.Quote(good) + `}}]}`}},
		"trailing commas":             {llmtest.Say(strings.ReplaceAll(good, "}]", "},]"))},
		"cut off":                     {llmtest.Cut(good, len(good)-40)},
		"no usage":                    {{Content: good, NoUsage: true}},
		"prose at first":              {llmtest.Say("I would rather talk about the weather."), llmtest.Say(good)},
		"an empty answer at first":    {llmtest.Say(""), llmtest.Say(good)},
		"busy at first":               {llmtest.Busy(http.StatusServiceUnavailable, "0"), llmtest.Say(good)},
		"busy until a date":           {llmtest.Busy(http.StatusTooManyRequests, "Mon, 02 Jan 2006 15:04:05 GMT"), llmtest.Say(good)},
		"a page of HTML at first":     {llmtest.Page(http.StatusBadGateway), llmtest.Say(good)},
	}
	for name, replies := range tests {
		t.Run(name, func(t *testing.T) {
			server := llmtest.New(t, replies...)
			s, err := client(server).Summarize(t.Context(), read(t, bakery), nil, llm.Request{})
			if err != nil || len(s.Points) == 0 {
				t.Fatalf("points %+v, error %v", s.Points, err)
			}
			if n := len(server.Requests()); n != len(replies) {
				t.Errorf("%d requests, want %d", n, len(replies))
			}
		})
	}
}

func TestFailures(t *testing.T) {
	tests := map[string]struct {
		reply llmtest.Reply
		want  error
		calls int
	}{
		"wrong key":          {llmtest.BadKey("sk-secret"), llm.ErrRefused, 1},
		"no such model":      {llmtest.Fail(http.StatusNotFound, "invalid_request_error", "model", "sk-secret: the model does not exist"), llm.ErrRejected, 1},
		"too long":           {llmtest.Fail(http.StatusBadRequest, "invalid_request_error", "messages", "This model's maximum context length is 8192 tokens."), llm.ErrRejected, 1},
		"overloaded":         {llmtest.Busy(http.StatusTooManyRequests, "0"), llm.ErrUnreachable, 2},
		"busy till tomorrow": {llmtest.Busy(http.StatusTooManyRequests, time.Now().Add(24*time.Hour).UTC().Format(http.TimeFormat)), llm.ErrUnreachable, 1},
		"an error with 200":  {llmtest.Reply{Body: `{"error":{"message":"Provider returned error","code":502}}`}, llm.ErrUnusable, 2},
		"busy for an hour":   {llmtest.Busy(http.StatusServiceUnavailable, "3600"), llm.ErrUnreachable, 1},
		"a page of HTML":     {llmtest.Reply{Body: "<html>sk-secret", Status: http.StatusOK}, llm.ErrUnusable, 2},
		"no JSON":            {llmtest.Say("Certainly! The bakery is lovely."), llm.ErrUnusable, 2},
		"other JSON":         {llmtest.Say(`{"summary":"x"}`), llm.ErrUnusable, 2},
		"no choices":         {llmtest.Reply{Body: `{"choices":[]}`}, llm.ErrUnusable, 2},
		"an endless prompt":  {llmtest.Say(strings.Repeat("{", 100000)), llm.ErrUnusable, 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			server := llmtest.New(t, tt.reply)
			_, err := client(server).Summarize(t.Context(), read(t, bakery), nil, llm.Request{})
			if !errors.Is(err, tt.want) {
				t.Fatalf("error %v, want %v", err, tt.want)
			}
			if strings.Contains(err.Error(), "sk-secret") || strings.Contains(err.Error(), "akery") {
				t.Errorf("the error tells too much: %v", err)
			}
			if n := len(server.Requests()); n != tt.calls {
				t.Errorf("%d requests, want %d", n, tt.calls)
			}
		})
	}
}

func TestStall(t *testing.T) {
	server := llmtest.New(t, llmtest.Reply{Stall: true})
	c := llm.New(llm.Options{BaseURL: server.URL, Model: "test", Timeout: 50 * time.Millisecond})
	if _, err := c.Summarize(t.Context(), read(t, bakery), nil, llm.Request{}); !errors.Is(err, llm.ErrUnreachable) {
		t.Errorf("own deadline: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client(server).Summarize(ctx, read(t, bakery), nil, llm.Request{}); !errors.Is(err, llm.ErrUnreachable) {
		t.Errorf("the caller gave up: %v", err)
	}
}

func TestNobodyThere(t *testing.T) {
	c := llm.New(llm.Options{BaseURL: "http://127.0.0.1:1/v1?key=sk-secret", Model: "test", Timeout: 5 * time.Second})
	err := c.Check(t.Context())
	if !errors.Is(err, llm.ErrUnreachable) || strings.Contains(err.Error(), "sk-secret") {
		t.Errorf("error %v", err)
	}
}

// A server's dialect is learnt once, by its refusals.
func TestDialects(t *testing.T) {
	tests := map[string][]string{
		"newest OpenAI":               {"max_tokens"},
		"before completion tokens":    {"max_completion_tokens"},
		"without schemas":             {"response_format=json_schema", "max_completion_tokens"},
		"without response formats":    {"response_format"},
		"without any of these fields": {"response_format", "max_tokens", "max_completion_tokens"},
	}
	for name, refused := range tests {
		t.Run(name, func(t *testing.T) {
			server := llmtest.NewFunc(t, func(r llmtest.Request) llmtest.Reply {
				for _, field := range refused {
					if name, _, _ := strings.Cut(field, "="); r.Sends(field) {
						return llmtest.Unknown(name, "")
					}
				}
				return llmtest.Say(good)
			})
			c := client(server)
			for range 2 {
				if _, err := c.Summarize(t.Context(), read(t, bakery), nil, llm.Request{}); err != nil {
					t.Fatal(err)
				}
			}
			requests := server.Requests()
			for _, field := range refused {
				if requests[len(requests)-1].Sends(field) {
					t.Errorf("still sends %s", field)
				}
			}
			if n := len(requests); n > 2+4 {
				t.Errorf("%d requests for two summaries", n)
			}
		})
	}
}

func TestTranslation(t *testing.T) {
	answer := func(translation string) string {
		return fmt.Sprintf(`{"headline":"x","points":[{"text":"Repairs cost 2.4 million crowns, half of which the town paid.","sentences":[3],"translation":%q}]}`, translation)
	}
	tests := map[string]bool{
		"Die Reparatur kostete 2,4 Millionen Kronen, die Hälfte zahlte die Stadt.": true,
		"Die Reparatur kostete 4,2 Millionen Kronen, die Hälfte zahlte die Stadt.": false,
		"Die Reparatur kostete „viel“.":                                            false,
		"Die Reparatur kostete sehr viel Geld, und die Stadt ist nun pleite.":      false, // without the number
		"": false,
	}
	for translation, shown := range tests {
		server := llmtest.New(t, llmtest.Say(answer(translation)))
		s, err := client(server).Summarize(t.Context(), read(t, bakery), nil, llm.Request{Language: "de"})
		if shown != (err == nil) || shown && s.Points[0].Text != translation {
			t.Errorf("%q: points %+v, error %v", translation, s.Points, err)
		}
	}
}

func TestAnswer(t *testing.T) {
	evidence := []llm.Evidence{
		{Text: "Repairs cost 2.4 million crowns, half of which the town paid."},
		{Text: "We never thought of giving up.", Speaker: "Marit Lunde"},
	}
	server := llmtest.New(t,
		llmtest.Say(`{"points":[{"text":"Repairs cost 2.4 million crowns.","sentences":[1]},{"text":"Repairs took 7 years.","sentences":[1]}]}`),
		llmtest.Say(`{"points":[]}`),
		llmtest.Say(`{"points":[{"text":"Repairs took 7 years.","sentences":[1]}]}`),
	)
	c := client(server)
	got, err := c.Answer(t.Context(), "What did repairs cost?", evidence, "en")
	if err != nil || len(got.Statements) != 1 || got.Statements[0].Evidence[0] != 0 {
		t.Errorf("answer %+v, error %v", got, err)
	}
	if got, err = c.Answer(t.Context(), "Who won?", evidence, "en"); err != nil || len(got.Statements) != 0 {
		t.Errorf("nothing in the evidence: %+v, error %v", got, err)
	}
	if _, err = c.Answer(t.Context(), "How long?", evidence, "en"); !errors.Is(err, llm.ErrUnsupported) {
		t.Errorf("a lie: error %v", err)
	}
	if _, err = c.Answer(t.Context(), "How long?", nil, "en"); err != nil || len(server.Requests()) != 3 {
		t.Errorf("without evidence the model was asked; error %v", err)
	}
}

func TestCheck(t *testing.T) {
	server := llmtest.New(t, llmtest.Say("Yes"))
	if err := client(server).Check(t.Context()); err != nil {
		t.Error(err)
	}
	server = llmtest.New(t, llmtest.BadKey("sk-secret"))
	if err := client(server).Check(t.Context()); !errors.Is(err, llm.ErrRefused) {
		t.Errorf("error %v", err)
	}
}
