package llm

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/summarize"
)

// plain reads text as an article.
func plain(t *testing.T, name, text string) *article.Article {
	t.Helper()
	a, err := extract.Text(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// ratio is how many tokens of a prompt are input, for each token of the body.
func ratio(a *article.Article) float64 {
	n := numberSentences(a)
	body := 0
	for _, p := range a.Paragraphs {
		if p.Kind.IsBody() || p.Kind == article.Standfirst {
			body += Tokens(a.Slice(p.Span)) + 1 // the line's end
		}
	}
	return float64(Tokens(n.text(n.all()))) / float64(max(1, body))
}

// What goes to a model costs: the instructions at most 400 tokens, whatever is asked, and the article little more
// than its body.
func TestPromptsAreSmall(t *testing.T) {
	for _, l := range []summarize.Length{summarize.Brief, summarize.Standard, summarize.Detailed} {
		for name, p := range map[string]prompt{
			"summary": summaryPrompt("", Request{Length: l, Language: "de"}, true),
			"merge":   mergePrompt("", Request{Length: l, Language: "de"}, true),
			"rewrite": rewritePrompt("", maxRewritten, Request{Length: l, Language: "de"}, true),
			"answer":  {system: answerRules, user: enclose("question", "") + enclose("passages", "")},
		} {
			if n := Tokens(p.system) + Tokens(p.user); n > 400 || n < 50 {
				t.Errorf("%s, %s: %d tokens of instructions", name, l, n)
			}
		}
	}
	for _, file := range []string{"harbour-ferries.txt"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "examples", file))
		if err != nil {
			t.Fatal(err)
		}
		if r := ratio(plain(t, file, string(data))); r > 1.2 || r < 0.9 {
			t.Errorf("%s: %.2f tokens sent for each of the body", file, r)
		}
	}
	short := strings.Repeat("He ran. She sat. Why? Nobody knows. It rained again on the old town by the sea.\n\n", 20)
	if r := ratio(plain(t, "short.txt", "Rain\n\n"+short)); r > 1.2 {
		t.Errorf("short sentences: %.2f tokens sent for each of the body", r)
	}
}

// The same over the news articles of the shared data.
func TestInputIsLittleMoreThanTheBody(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "summary", "bbc-dev.jsonl"))
	if err != nil {
		t.Skip("no shared data beside the repository: ", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<24)
	worst, n := 0.0, 0
	for ; lines.Scan(); n++ {
		var in struct{ ID, Text string }
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			t.Fatal(err)
		}
		if n%8 == 0 {
			worst = max(worst, ratio(plain(t, in.ID, in.Text)))
		}
	}
	if n == 0 || worst > 1.2 {
		t.Errorf("of %d articles one sends %.3f tokens for each of its body", n, worst)
	}
	t.Logf("at most %.3f tokens sent for each of the body", worst)
}

func TestCutKeepsParagraphs(t *testing.T) {
	var n numbered
	for i, text := range []string{"a a a a a a a a", "b b b b b b b b", "c c c c c c c c", "d d d d d d d d"} {
		n.add(strings.Repeat(text+" ", 4), article.Span{Start: i, End: i + 1}, i%2 == 0)
	}
	one := n.tokens[0]
	for _, tt := range []struct {
		budget int
		want   []part
	}{
		{4*one + 8, []part{{0, 4}}},
		{3*one + 6, []part{{0, 2}, {2, 4}}},
		{2*one + 4, []part{{0, 2}, {2, 4}}},
		{one + 2, []part{{0, 1}, {1, 2}, {2, 3}, {3, 4}}},
		{1, []part{{0, 1}, {1, 2}, {2, 3}, {3, 4}}},
	} {
		got := n.cut(tt.budget)
		if len(got) != len(tt.want) {
			t.Errorf("budget %d: %v, want %v", tt.budget, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("budget %d: %v, want %v", tt.budget, got, tt.want)
			}
		}
	}
}

func TestDialectIsReadAsItIsWritten(t *testing.T) {
	for _, d := range []dialect{{}, {object, maxTokens, false}, {unshaped, unlimited, true}} {
		if got := parseDialect(d.String()); got != d {
			t.Errorf("%v is read as %v", d, got)
		}
	}
	for _, bad := range []string{"", "9", "333", "0000", "abc"} {
		if got := parseDialect(bad); got != (dialect{}) {
			t.Errorf("%q is read as %v", bad, got)
		}
	}
}
