package quote

import (
	"strings"
	"testing"

	"newsdesk/article/extract"
)

// A correction becomes a case: the paragraphs that it takes to see the fault, and what is right.
func TestCase(t *testing.T) {
	const text = "Captain Anna Berg took the ferry out.\n\nThe weather was fine.\n\nMayor Ida Holm had waited for a week.\n\n" +
		"“We will sail on Friday,” she said, and spoke of “a joke.”\n\n“No,” said Berg."
	a, err := extract.Text("", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	a.Language = "en"
	quotes := Find(a)
	if quotes[0].Speaker != "Ida Holm" {
		t.Fatalf("the engine says %+v", quotes[0])
	}
	q := &quotes[0]
	q.Corrected = &Attribution{q.Speaker, q.Confidence, q.Mention}
	q.Speaker, q.Mention = "Anna Berg", nil
	const want = "Captain Anna Berg took the ferry out.\n\nMayor Ida Holm had waited for a week.\n\n“We will sail on Friday,” she said, and spoke of “a joke.”" +
		"\n----\nAnna Berg: We will sail on Friday,\nIda Holm, in part: a joke.\n"
	if got := Case(a, quotes, 0); got != want {
		t.Errorf("the case is\n%s\nwant\n%s", got, want)
	}
	again, _, _ := strings.Cut(want, rule)
	b, err := extract.Text("", []byte(again))
	if err != nil {
		t.Fatal(err)
	}
	b.Language = "en"
	var lines []string
	for _, q := range Find(b) {
		lines = append(lines, caseLine(q))
	}
	if got := strings.Join(lines, "\n"); !strings.Contains(got, ": We will sail on Friday,\n") || !strings.HasSuffix(got, ", in part: a joke.") {
		t.Errorf("the engine finds other quotations in the case: %s", got)
	}
	a.Text = strings.Replace(a.Text, "took", "\n----\n", 1)
	if got := Case(a, quotes, 0); got != "" {
		t.Errorf("a text with its own line is written as %q", got)
	}
}
