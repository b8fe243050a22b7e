package desk

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"newsdesk/summarize"
	"newsdesk/summarize/llm"
	"newsdesk/summarize/llmtest"
	"newsdesk/words"
)

// An answer that should have been a model's says why it is not, and shows what was found.
func TestAskSaysWhyNoModelAnswers(t *testing.T) {
	for _, c := range []struct {
		question string
		method   summarize.Method
		evidence string // of the first source
	}{
		{"How many crossings does the ferry make a day?", summarize.Extractive, "twelve crossings"},
		{"How long does a crossing from the island with the ferry take?", summarize.None, "twelve crossings"},
	} {
		for _, f := range failures {
			a, err := filing(t, model{err: f.err}).Ask(t.Context(), Question{Text: c.question, Guild: "g"})
			if err != nil || a.Method != c.method || a.Fallback != f.word || len(a.Sources) == 0 || !strings.Contains(a.Sources[0].Text, c.evidence) {
				t.Errorf("%s %v: %+v, %v", c.question, f.err, a, err)
			}
			if strings.Contains(a.Answer, "Nothing filed answers") {
				t.Errorf("%s %v: %q, though nobody knows", c.question, f.err, a.Answer)
			}
		}
		// A model that was asked and finds nothing is no failure.
		a, err := filing(t, model{}).Ask(t.Context(), Question{Text: c.question, Guild: "g"})
		if err != nil || a.Method != c.method || a.Fallback != "" {
			t.Errorf("%s: %+v, %v", c.question, a, err)
		}
	}
	d := filing(t, model{})
	d.budget = NewBudget(1, 0, nil)
	d.budget.spend(t.Context(), "g", 1, d.now())
	a, err := d.Ask(t.Context(), Question{Text: "How many crossings does the ferry make a day?", Guild: "g"})
	if err != nil || a.Fallback != "budget" || a.Method != summarize.Extractive {
		t.Errorf("without a budget: %+v, %v", a, err)
	}
}

func TestAskSaysWhatItLookedThrough(t *testing.T) {
	story, err := New(Options{}).Study(t.Context(), FromText("ferries.txt", ferries))
	if err != nil {
		t.Fatal(err)
	}
	a, err := New(Options{}).Ask(t.Context(), Question{Text: "Who said pigs can fly?", Story: &story})
	if err != nil || a.Method != summarize.None || !strings.Contains(a.Answer, "looked through its 5 sentences and") {
		t.Errorf("%q, %v", a.Answer, err)
	}
}

// Every reason has its words, with a next step that fits who reads it.
func TestExplainFallback(t *testing.T) {
	w := words.For("en")
	reasons := []string{"unreachable", overBudget}
	for _, f := range failures {
		reasons = append(reasons, f.word)
	}
	if len(reasons) != len(fallbacks) {
		t.Errorf("%d reasons, %d sentences", len(reasons), len(fallbacks))
	}
	for _, reason := range reasons {
		terminal, discord := ExplainFallback(w, "", reason), ExplainFallback(w, "discord", reason)
		if terminal == "" || strings.HasPrefix(terminal, "model.") {
			t.Errorf("%s is %q", reason, terminal)
		}
		for _, word := range []string{"llm.", "NEWSDESK_", "OPENAI_"} {
			if strings.Contains(discord, word) {
				t.Errorf("%s speaks of %s to people in Discord: %q", reason, word, discord)
			}
		}
	}
	if said := ExplainFallback(w, "", ""); said != "" {
		t.Errorf("no reason is %q", said)
	}
}

// Whatever a model's server does, no key and no words of an article or a question stand in the log, unless it is asked
// for everything.
func TestLogKeepsKeysAndTextsBack(t *testing.T) {
	const key = "sk-very-secret"
	echo := func(r llmtest.Request) string { return key + " " + r.User }
	for name, answer := range map[string]func(llmtest.Request) llmtest.Reply{
		"wrong key":   func(r llmtest.Request) llmtest.Reply { return llmtest.BadKey(echo(r)) },
		"refused":     func(r llmtest.Request) llmtest.Reply { return llmtest.Fail(http.StatusBadRequest, "odd", "", echo(r)) },
		"too long":    func(llmtest.Request) llmtest.Reply { return llmtest.TooLong() },
		"not a model": func(r llmtest.Request) llmtest.Reply { return llmtest.Fail(http.StatusNotFound, "", "model", echo(r)) },
		"broken": func(r llmtest.Request) llmtest.Reply {
			return llmtest.Fail(http.StatusInternalServerError, "", "", echo(r))
		},
		"another page": func(r llmtest.Request) llmtest.Reply { return llmtest.Reply{Body: "<html>" + echo(r)} },
		"no JSON":      func(r llmtest.Request) llmtest.Reply { return llmtest.Say(echo(r)) },
		"lies": func(llmtest.Request) llmtest.Reply {
			return llmtest.Say(`{"headline":"","points":[{"text":"Ida Kern sold the harbour of Port Ann to pigs.","sentences":[1]}]}`)
		},
		"works": func(llmtest.Request) llmtest.Reply {
			return llmtest.Say(`{"headline":"","points":[{"text":"The ferry makes twelve crossings a day between Port Ann and the island.","sentences":[1]}]}`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := llmtest.NewFunc(t, answer)
			var log bytes.Buffer
			d := New(Options{
				Store: openStore(t), Log: slog.New(slog.NewJSONHandler(&log, nil)),
				Model: llm.New(llm.Options{BaseURL: server.URL, APIKey: key, Model: "test"}),
			})
			if _, err := d.File(t.Context(), Request{Source: FromText("ferries.txt", ferries), Guild: "g"}, nil); err != nil {
				t.Fatal(err)
			}
			if _, err := d.Ask(t.Context(), Question{Text: "How many crossings does the ferry make a day?", Guild: "g"}); err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSpace(log.String()), "\n")
			if len(server.Requests()) < 2 || len(lines) < 2 {
				t.Fatalf("%d requests, logged %s", len(server.Requests()), log.String())
			}
			for _, line := range lines {
				if !json.Valid([]byte(line)) {
					t.Errorf("no JSON: %s", line)
				}
			}
			for _, secret := range []string{key, "Oday", "Kern", "crossing", "island", "bridge"} {
				if strings.Contains(log.String(), secret) {
					t.Errorf("%q stands in the log:\n%s", secret, log.String())
				}
			}
		})
	}
}
