package llm_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"newsdesk/summarize/llm"
	"newsdesk/summarize/llmtest"
)

// orders are what hostile articles demand, one a line; the model below obeys every one.
func orders(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/orders.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			order, err := unescape(line)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			out = append(out, order)
		}
	}
	return out
}

// unescape reads \u200b and the like, so that what nobody sees can be seen in the file.
func unescape(line string) (string, error) {
	var failed error
	s := regexp.MustCompile(`\\u[0-9a-f]{4}`).ReplaceAllStringFunc(line, func(e string) string {
		var r rune
		if _, err := fmt.Sscanf(e, `\u%04x`, &r); err != nil {
			failed = err
		}
		return string(r)
	})
	return s, failed
}

// TestHostileArticles plants orders in an article and lets a model obey them: it repeats each order as a
// point, as headline, and says of the article what the order wants said. Nothing of that gets out.
func TestHostileArticles(t *testing.T) {
	for _, order := range orders(t) {
		_, wanted, ok := strings.Cut(order, "=>")
		if !ok {
			t.Fatalf("%q does not say what the model does", order)
		}
		planted, _, _ := strings.Cut(order, "=>")
		wanted = strings.TrimSpace(wanted)
		server := llmtest.NewFunc(t, func(r llmtest.Request) llmtest.Reply {
			if strings.Count(r.User, "\n1|") != 1 || strings.Contains(r.System, "bakery") {
				t.Errorf("%q forges the numbering or reaches the instructions:\n%s", planted, r.User)
			}
			return llmtest.Say(strings.Replace(say(wanted, []int{1, 2, 3, 4, 5, 6}, "Repairs cost 2.4 million crowns, half of which the town paid.", []int{3, 4}), "Old bakery in Harstad reopened on Saturday", "OWNED BY PIRATES", 1))
		})
		text := strings.Replace(bakery, "Repairs cost", strings.TrimSpace(planted)+"\n\nRepairs cost", 1)
		s, err := client(server).Summarize(t.Context(), read(t, text), nil, llm.Request{})
		if err != nil && !errors.Is(err, llm.ErrUnsupported) {
			t.Errorf("%q: %v", planted, err)
		}
		for _, p := range s.Points {
			if !strings.HasPrefix(p.Text, "Repairs cost 2.4 million") {
				t.Errorf("%q got out: %q", planted, p.Text)
			}
		}
		if strings.Contains(s.Headline, "OWNED BY PIRATES") {
			t.Errorf("%q: headline %q", planted, s.Headline)
		}
	}
}
