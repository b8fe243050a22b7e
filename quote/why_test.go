package quote

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/article/extract"
)

// TestExplain holds explanations against articles that a reader can follow.
func TestExplain(t *testing.T) {
	for _, test := range []struct {
		name, text, words string
		want              []string
	}{
		{"a full name", "“We will sail on Friday,” Anna Berg said.", "We will sail", []string{"name: Anna Berg in 0"}},
		{
			"a surname", "Captain Anna Berg took the ferry out.\n\n“We will sail on Friday,” Berg said.", "We will sail",
			[]string{"part: Captain Anna Berg in 0"},
		},
		{
			"a pronoun", "Captain Anna Berg took the ferry out.\n\nBerg had waited for a week.\n\n“We will sail on Friday,” she said.", "We will sail",
			[]string{"context: Berg in 1", "part: Captain Anna Berg in 0"},
		},
		{
			"a relative pronoun", "The ferry left with Anna Berg, who said: “We will sail on Friday.”", "We will sail",
			[]string{"grammar: Anna Berg in 0"},
		},
		{
			"a description beside the name", "The harbour master, Anna Berg, said: “We will sail on Friday.”", "We will sail",
			[]string{"name: Anna Berg in 0"},
		},
		{"no name", "“We will sail on Friday,” a spokesman for the port said.", "We will sail", []string{"described: a spokesman for the port in 0"}},
		{
			"the same words elsewhere", "“We will sail on Friday”\n\nIt rained all night.\n\nThe boats lay still.\n\n“We will sail on Friday,” Anna Berg said.", "We will sail on Friday",
			[]string{"echo: We will sail on Friday, in 3", "name: Anna Berg in 3"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, err := extract.Text("", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			a.Language = "en"
			quotes := Find(a)
			for i, q := range quotes {
				if !strings.HasPrefix(q.Text, test.words) {
					continue
				}
				steps, ok := Explain(a, quotes, i)
				if !ok {
					t.Fatalf("%+v is not explained", q)
				}
				if diff := cmp.Diff(test.want, lines(steps)); diff != "" {
					t.Errorf("%s by %q (-want +got):\n%s", q.Text, q.Speaker, diff)
				}
				return
			}
			t.Fatalf("not among %v", quotes)
		})
	}
}

func lines(steps []Step) []string {
	var out []string
	for _, s := range steps {
		out = append(out, string(s.Way)+": "+s.To.Text+" in "+string(rune('0'+s.Paragraph)))
	}
	return out
}

// TestExplainAll: whatever speaker the engine names, it can say how it came to them, by words that stand in the
// article, and the last of them are the speaker's.
func TestExplainAll(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	explained := map[Way]int{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, _, _ := strings.Cut(string(data), rule)
		a, err := extract.Text("", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		a.Language = filepath.Base(filepath.Dir(file))
		quotes := Find(a)
		for i, q := range quotes {
			steps, ok := Explain(a, quotes, i)
			if ok != (q.Mention != nil || q.Speaker != "") {
				t.Errorf("%s: %q by %q: explained %v", file, q.Text, q.Speaker, ok)
			}
			for _, s := range steps {
				explained[s.Way]++
				if a.Slice(s.To.Span) != s.To.Text || s.Paragraph >= len(a.Paragraphs) || !a.Paragraphs[s.Paragraph].Contains(s.To.Span) {
					t.Errorf("%s: %q: step %+v is not in the article", file, q.Text, s)
				}
			}
			if !ok || q.Speaker == "" {
				continue
			}
			last := foldWords(steps[len(steps)-1].To.Text)
			if speaker := foldWords(q.Speaker); !strings.Contains(last, speaker) {
				t.Errorf("%s: %q: the way ends at %q, the speaker is %q", file, q.Text, last, speaker)
			}
		}
	}
	for _, way := range []Way{ByName, ByPart, ByGrammar, ByApposition, ByWriter, ByRole, ByContext, Described} {
		if explained[way] == 0 {
			t.Errorf("no case goes the way %q", way)
		}
	}
	t.Log(explained)
}
