package extractive

import (
	"os"
	"slices"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/quote"
	"newsdesk/summarize"
)

// harbour is the article of testdata/harbour.txt with the quotations that matter here.
func harbour(t testing.TB) (*article.Article, []quote.Quote) {
	t.Helper()
	body, err := os.ReadFile("testdata/harbour.txt")
	if err != nil {
		t.Fatal(err)
	}
	a, err := extract.Text("harbour.txt", body)
	if err != nil {
		t.Fatal(err)
	}
	var quotes []quote.Quote
	for _, s := range []string{"The old harbour has had its day,", "The ferries have outgrown it, and so has the city."} {
		start := strings.Index(a.Text, s)
		quotes = append(quotes, quote.Quote{Text: s, Span: article.Span{Start: start, End: start + len(s)}, Kind: quote.Direct})
	}
	return a, quotes
}

func TestSummarizeChoosesTheNews(t *testing.T) {
	a, quotes := harbour(t)
	s := Summarize(a, quotes, Options{Length: summarize.Brief})
	if s.Method != summarize.Extractive || s.Headline != "Council Approves New Ferry Harbour" {
		t.Errorf("method %q, headline %q", s.Method, s.Headline)
	}
	if len(s.Points) != 2 {
		t.Fatalf("%d points, want 2: %+v", len(s.Points), s.Points)
	}
	if !strings.Contains(s.Points[0].Text, "voted") {
		t.Errorf("the first point does not tell the news: %q", s.Points[0].Text)
	}
}

// What may never stand in a summary, at any length.
func TestSummarizeLeavesOut(t *testing.T) {
	a, quotes := harbour(t)
	never := map[string]string{
		"Photo":              "a caption",
		"LINDHAVEN":          "a dateline",
		"Also read":          "a link to another article",
		"Advertisement":      "an advertisement",
		"Nobody asked us":    "half a quotation",
		"following":          "a sentence that leads into the next",
		"No ferry will sail": "a quotation without its speaker",
	}
	for _, opt := range []Options{{Length: summarize.Detailed}, {Words: 1000}} {
		for _, p := range Summarize(a, quotes, opt).Points {
			for words, what := range never {
				if strings.Contains(p.Text, words) {
					t.Errorf("%+v: %q holds %s", opt, p.Text, what)
				}
			}
		}
	}
}

func TestSummarizeDoesNotRepeat(t *testing.T) {
	text := "Dam Reopens\n\nThe dam at Orsa reopened on Monday after repairs to its gates.\n\n" +
		"Engineers spent six months on the work.\n\nThe dam at Orsa reopened Monday after repairs to the gates.\n"
	a, err := extract.Text("dam.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, p := range Summarize(a, nil, Options{Words: 500}).Points {
		n += strings.Count(p.Text, "reopened")
	}
	if n != 1 {
		t.Errorf("the reopening is told %d times, want once", n)
	}
}

func TestBalanced(t *testing.T) {
	tests := map[string]bool{
		"He said “yes” and left.": true,
		"Sie sagte „ja“.":         true,
		"Hon sa ”ja”.":            true,
		"Il dit « oui ».":         true,
		`It's the "end".`:         true,
		"“Half. A start":          false,
		"an end,” she said.":      false,
		"“Twice “opened":          false,
		`A 6" nail`:               false,
		"« Oui":                   false,
	}
	for s, want := range tests {
		if got := balanced(s); got != want {
			t.Errorf("%s: %v, want %v", s, got, want)
		}
	}
}

func TestQuotationCutByASentence(t *testing.T) {
	text := "Vote\n\nThe mill will close in May, the owners said on Friday. Workers had hoped for another year.\n"
	a, err := extract.Text("mill.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	start := strings.Index(text, "said on")
	q := quote.Quote{Kind: quote.Direct, Span: article.Span{Start: start, End: strings.Index(text, "had hoped")}}
	if s := Summarize(a, []quote.Quote{q}, Options{}); len(s.Points) != 0 {
		t.Errorf("a sentence that cuts a quotation was taken: %+v", s.Points)
	}
	q.Kind = quote.Indirect
	if s := Summarize(a, []quote.Quote{q}, Options{}); len(s.Points) != 2 {
		t.Errorf("reported speech has no marks that could be cut, yet %d points are left", len(s.Points))
	}
}

func TestWordsAreFilled(t *testing.T) {
	a, quotes := harbour(t)
	for _, words := range []int{1, 20, 40, 60} {
		points := Summarize(a, quotes, Options{Words: words}).Points
		n, longest := 0, 0
		for _, p := range points {
			n += len(strings.Fields(p.Text))
			longest = max(longest, len(strings.Fields(p.Text)))
		}
		if n < words || n >= words+longest {
			t.Errorf("%d words were asked for, %d came", words, n)
		}
	}
}

func TestNothingToChoose(t *testing.T) {
	for _, a := range []*article.Article{{}, {Title: "T", Text: "Photo: X", Paragraphs: []article.Paragraph{{Span: article.Span{End: 8}, Kind: article.Caption}}}} {
		if s := Summarize(a, nil, Options{}); len(s.Points) != 0 || s.Points == nil || s.Headline != a.Title {
			t.Errorf("%+v: %+v", a, s)
		}
	}
}

// promises checks what holds of every summary.
func promises(t *testing.T, a *article.Article, s summarize.Summary) {
	t.Helper()
	last := 0
	for _, p := range s.Points {
		if len(p.Sources) != 1 {
			t.Fatalf("%q has %d sources", p.Text, len(p.Sources))
		}
		span := p.Sources[0]
		if got := strings.Join(strings.Fields(a.Slice(span)), " "); got != p.Text {
			t.Fatalf("the point is %q, its source %q", p.Text, got)
		}
		if span.Start < last {
			t.Fatalf("%q is out of order", p.Text)
		}
		last = span.End
		switch kind := a.Paragraphs[a.ParagraphAt(span.Start)].Kind; kind {
		case article.Text, article.List, article.Standfirst:
		default:
			t.Fatalf("%q comes from a %s", p.Text, kind)
		}
		if n := strings.Count(p.Text, "“"); n > 0 && n != strings.Count(p.Text, "”") && !strings.Contains(p.Text, "„") {
			t.Fatalf("%q holds half a quotation", p.Text)
		}
	}
}

func FuzzSummarize(f *testing.F) {
	body, err := os.ReadFile("testdata/harbour.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(body), 0)
	f.Add("T\n\n“Half. A «quote», she said.\n\n1. 2. 3.\n", 10)
	f.Fuzz(func(t *testing.T, text string, words int) {
		a, err := extract.Text("x.txt", []byte(text))
		if err != nil {
			return
		}
		opt := Options{Words: words}
		s := Summarize(a, nil, opt)
		promises(t, a, s)
		again := Summarize(a, nil, opt)
		if !slices.EqualFunc(s.Points, again.Points, func(p, q summarize.Point) bool { return p.Text == q.Text }) {
			t.Fatal("the same article gave two summaries")
		}
	})
}

func BenchmarkSummarize(b *testing.B) {
	a, quotes := harbour(b)
	for b.Loop() {
		Summarize(a, quotes, Options{})
	}
}

func BenchmarkSummarizeEndless(b *testing.B) {
	a := &article.Article{Language: "en", Text: strings.Repeat("The same words came again and again. ", 30000)}
	a.Paragraphs = []article.Paragraph{{Span: article.Span{End: len(a.Text)}, Kind: article.Text}}
	for b.Loop() {
		Summarize(a, nil, Options{})
	}
}
