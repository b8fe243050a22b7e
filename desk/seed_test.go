package desk

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"newsdesk/cache"
	"newsdesk/summarize"
)

// shared finds a file that is given beside the module and not part of it.
func shared(t *testing.T, elem ...string) string {
	t.Helper()
	root := os.Getenv("NEWSDESK_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	path := filepath.Join(append([]string{root}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not here: set NEWSDESK_SHARED to the folder of shared data", path)
	}
	return path
}

// The questions that the project was created with, asked of their article.
func TestSeedQuestions(t *testing.T) {
	var gold struct {
		Questions []struct {
			Q       string  `json:"q"`
			Speaker *string `json:"speaker"`
			Quote   *string `json:"quote"`
		} `json:"questions"`
	}
	data, err := os.ReadFile(shared(t, "seed", "trump-putin-ukraine.gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	if len(gold.Questions) == 0 {
		t.Fatal("no questions")
	}
	d := New(Options{})
	story, err := d.Study(t.Context(), FromFile(shared(t, "seed", "trump-putin-ukraine.txt")))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range gold.Questions {
		answer, err := d.Ask(t.Context(), Question{Text: q.Q, Guild: cache.Local, Story: &story})
		if err != nil {
			t.Errorf("%s %v", q.Q, err)
			continue
		}
		t.Logf("%s → %s", q.Q, answer.Answer)
		switch {
		case q.Quote == nil:
			if answer.Method != summarize.None || len(answer.Quotes) > 0 {
				t.Errorf("%s answered with %q", q.Q, answer.Answer)
			}
		case len(answer.Quotes) == 0:
			t.Errorf("%s not answered", q.Q)
		case answer.Quotes[0].Text != *q.Quote || answer.Quotes[0].Speaker != *q.Speaker:
			t.Errorf("%s %s: %q", q.Q, answer.Quotes[0].Speaker, answer.Quotes[0].Text)
		}
	}
}
