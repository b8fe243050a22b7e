package desk

import (
	"context"
	"testing"
	"time"

	"newsdesk/summarize"
)

// When the day's tokens are spent, summaries are made without a model and say so, until the next day.
func TestBudget(t *testing.T) {
	asked := 0
	m := model{summary: summarize.Summary{Method: summarize.LLM, TokensIn: 60, TokensOut: 40}, during: func(context.Context) { asked++ }}
	now := time.Date(2026, time.March, 10, 23, 0, 0, 0, time.UTC)
	d := New(Options{Model: m, Budget: NewBudget(250, 150, nil), Now: func() time.Time { return now }})
	ask := func(guild string) string {
		t.Helper()
		story, err := d.Summarize(t.Context(), Request{Source: FromText("", report), Guild: guild}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if story.Summary.Method == summarize.LLM {
			return "model"
		}
		return story.Summary.Fallback
	}
	for i, step := range []struct{ guild, want string }{
		{"a", "model"}, {"a", "model"}, // 200 of the guild's 150
		{"a", "budget"},
		{"b", "model"}, // 300 of all 250
		{"b", "budget"}, {"c", "budget"},
	} {
		if got := ask(step.guild); got != step.want {
			t.Errorf("step %d, guild %s: %s, want %s", i, step.guild, got, step.want)
		}
	}
	if all, a := d.budget.Spent(t.Context(), everybody, now), d.budget.Spent(t.Context(), "a", now); all != 300 || a != 200 || asked != 3 {
		t.Errorf("spent %d in all, %d by a, in %d calls", all, a, asked)
	}
	now = now.Add(2 * time.Hour)
	if got := ask("a"); got != "model" {
		t.Errorf("the next day: %s", got)
	}
}

// What was spent is known to whoever comes after, and to who shares the store.
func TestBudgetOutlivesTheProcess(t *testing.T) {
	store := openStore(t)
	now := time.Now()
	one, other := NewBudget(0, 150, store), NewBudget(0, 150, store)
	one.spend(t.Context(), "a", 100, now)
	if !other.left(t.Context(), "a", 0, now) {
		t.Error("100 of 150 are all that there is")
	}
	other.spend(t.Context(), "a", 50, now)
	for _, b := range []*Budget{one, other, NewBudget(0, 150, store)} {
		if b.left(t.Context(), "a", 0, now) || !b.left(t.Context(), "b", 0, now) || !b.left(t.Context(), "a", 0, now.Add(24*time.Hour)) {
			t.Errorf("a has %d", b.Spent(t.Context(), "a", now))
		}
	}
}

// What a model wrote of an article is not written again, unless something else is asked for.
func TestNobodyPaysTwice(t *testing.T) {
	asked := 0
	m := model{summary: summarize.Summary{Method: summarize.LLM, Points: []summarize.Point{}}, during: func(context.Context) { asked++ }}
	d := New(Options{Store: openStore(t), Model: m})
	for i, step := range []struct {
		text, language string
		length         summarize.Length
		calls          int
	}{
		{report, "", "", 1},
		{report, "", "", 1},
		{report, "", summarize.Standard, 1},
		{report, "", summarize.Brief, 2},
		{report, "de", summarize.Brief, 3},
		{report + "\nThe bridge opens in May.\n", "de", summarize.Brief, 4},
	} {
		story, err := d.File(t.Context(), Request{Source: FromText("report.txt", step.text), Guild: "g", Length: step.length, Language: step.language}, nil)
		if err != nil || story.Summary.Method != summarize.LLM {
			t.Fatalf("%q, %v", story.Summary.Method, err)
		}
		if asked != step.calls {
			t.Errorf("step %d: %d calls, want %d", i, asked, step.calls)
		}
	}
}
