package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// seedGold is what is known of the one article whose every quotation was annotated by hand.
type seedGold struct {
	Title      string         `json:"title"`
	Standfirst string         `json:"standfirst"`
	Quotes     []seedQuote    `json:"quotes"`
	Reported   []seedQuote    `json:"reported_speech"`
	Questions  []seedQuestion `json:"questions"`
}

// seedQuestion is a question with whose words answer it; Speaker is nil where nothing does.
type seedQuestion struct {
	Question string  `json:"q"`
	Speaker  *string `json:"speaker"`
	Quote    *string `json:"quote"`
}

type seedAnswer struct {
	Method string       `json:"method"`
	Quotes []foundQuote `json:"quotes"`
}

// right reports whether the answer rests on the quotation that was asked for, or on nothing if nothing
// answers.
func (q seedQuestion) right(a seedAnswer) bool {
	if q.Speaker == nil {
		return a.Method == "none"
	}
	return slices.ContainsFunc(a.Quotes, func(found foundQuote) bool {
		return found.Speaker == *q.Speaker && (q.Quote == nil || found.Text == *q.Quote)
	})
}

type seedQuote struct {
	Start      int      `json:"start"`
	End        int      `json:"end"`
	Speaker    string   `json:"speaker"`
	AlsoAccept []string `json:"also_accept"`
}

type foundQuote struct {
	Text    string `json:"text"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Kind    string `json:"kind"`
	Speaker string `json:"speaker"`
}

// seed counts the seed article's quotations, reported statements and questions that come out right,
// through the commands that a user would type.
func seed(ctx context.Context, s setup) (map[string]float64, error) {
	gold, text, err := s.seedGold()
	if err != nil {
		return nil, err
	}
	store, err := os.MkdirTemp(s.out, "seed")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(store) }()
	run := func(into any, args ...string) error {
		cmd := exec.CommandContext(ctx, s.newsdesk, append(args, "--json", "--store", filepath.Join(store, "seed.db"))...)
		cmd.Env, cmd.Stderr = s.environment(), os.Stderr
		printed, err := cmd.Output()
		return errors.Join(err, json.Unmarshal(printed, into))
	}
	var story struct {
		Article struct {
			Title      string `json:"title"`
			Standfirst string `json:"standfirst"`
			Text       string `json:"text"`
		} `json:"article"`
		Quotes []foundQuote `json:"quotes"`
	}
	if err := run(&story, "summarize", text); err != nil {
		return nil, err
	}
	values := map[string]float64{
		"head":        0,
		"quotes":      float64(countRight(gold.Quotes, story.Quotes, false)),
		"reported":    float64(countRight(gold.Reported, story.Quotes, true)),
		"extra":       0,
		"questions":   0,
		"not_in_text": 0,
	}
	if story.Article.Title == gold.Title && story.Article.Standfirst == gold.Standfirst {
		values["head"] = 1
	}
	for _, q := range story.Quotes {
		if q.Kind != "indirect" && !slices.ContainsFunc(gold.Quotes, func(g seedQuote) bool { return g.Start == q.Start && g.End == q.End }) {
			values["extra"]++
		}
		if story.Article.Text[q.Start:q.End] != q.Text {
			values["not_in_text"]++
		}
	}
	for _, question := range gold.Questions {
		var answer seedAnswer
		if err := run(&answer, "ask", question.Question); err != nil {
			return nil, err
		}
		if question.right(answer) {
			values["questions"]++
		}
	}
	return values, nil
}

// seedGold reads the gold and names the article's file.
func (s setup) seedGold() (gold seedGold, text string, err error) {
	matches, err := filepath.Glob(filepath.Join(s.data, "seed", "*.gold.json"))
	if err != nil || len(matches) == 0 {
		return gold, "", errors.Join(errors.New("no seed article"), err)
	}
	data, err := os.ReadFile(matches[0])
	if err != nil {
		return gold, "", err
	}
	err = json.Unmarshal(data, &gold)
	return gold, strings.TrimSuffix(matches[0], ".gold.json") + ".txt", err
}

// sameSpeaker compares names but for the article before a body's ("The Kremlin", "Kremlin").
func sameSpeaker(a, b string) bool {
	bare := func(s string) string { return strings.TrimPrefix(strings.TrimPrefix(s, "The "), "the ") }
	return bare(a) == bare(b)
}

// countRight counts the gold entries that were found, of the right kind and with the right speaker.
// A quotation must be found to the byte; for a reported statement it is enough that the two overlap by
// half of what they span.
func countRight(gold []seedQuote, found []foundQuote, indirect bool) int {
	n := 0
	for _, g := range gold {
		if slices.ContainsFunc(found, func(q foundQuote) bool {
			place := q.Start == g.Start && q.End == g.End
			if indirect {
				both := min(q.End, g.End) - max(q.Start, g.Start)
				span := max(q.End, g.End) - min(q.Start, g.Start)
				place = 2*both >= span
			}
			return place && (q.Kind == "indirect") == indirect && (sameSpeaker(q.Speaker, g.Speaker) || slices.Contains(g.AlsoAccept, q.Speaker))
		}) {
			n++
		}
	}
	return n
}
