package llm_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsdesk/quote"
	"newsdesk/summarize/llm"
	"newsdesk/summarize/llmtest"
)

// linesOf returns the lines of a file that say something.
func linesOf(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// A liar that writes well, cites every sentence and insists when it is corrected gets nothing printed.
func TestFluentLiar(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "examples", "harbour-ferries.txt"))
	if err != nil {
		t.Fatal(err)
	}
	a := read(t, string(data))
	quotes := quote.Find(a)
	every := make([]int, 40)
	for i := range every {
		every[i] = i + 1
	}
	all := linesOf(t, "testdata/lies.txt")
	if len(all) < 30 {
		t.Fatalf("only %d lies", len(all))
	}
	for _, lie := range all {
		server := llmtest.New(t, llmtest.Say(strings.Replace(say(lie, every), "Old bakery in Harstad reopened on Saturday", lie, 1)))
		s, err := client(server).Summarize(t.Context(), a, quotes, llm.Request{})
		if !errors.Is(err, llm.ErrUnsupported) || len(s.Points) > 0 || s.Headline != a.Title {
			t.Errorf("%s\n\tis printed: %+v, headline %q, error %v", lie, s.Points, s.Headline, err)
		}
	}
}
