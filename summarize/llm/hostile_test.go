package llm_test

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/quote"
	"newsdesk/summarize/llm"
	"newsdesk/summarize/llmtest"
)

// orders are what hostile articles demand, one a line; the model below obeys every one.
func orders(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, line := range linesOf(t, "testdata/orders.txt") {
		order, err := unescape(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, order)
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

// more paragraphs make the page long enough to be an article.
var more = []string{
	"Neighbours had collected signatures for the bakery since the spring after the fire, and carried them to the town hall in bread baskets.",
	"The new oven came by ship from the south and was lifted over the roofs by a crane, while half the street stood and watched.",
	"Three bakers and two apprentices work there now, one of them the grandson of the man who had opened the shop before the war.",
	"On Saturday the first loaves were sold out within an hour, and the queue went around the corner as far as the old fish hall.",
	"The inquiry had closed its files in the winter without naming anybody who was to blame, and the insurance paid for the roof.",
	"The town hopes that other shops will follow, since four windows in the same street have been empty for more than two years.",
}

// page is the bakery's article as HTML, with an order hidden in it where readers don't see it, in one of several ways.
func page(order string, way int) string {
	escaped := html.EscapeString(order)
	hidden := []string{
		`<p>` + escaped + `</p>`,
		`<div style="display:none">` + escaped + `</div>`,
		`<img src="x.jpg" alt="` + escaped + `">`,
		`<!-- ` + strings.ReplaceAll(order, "--", "") + ` -->`,
		`<span style="font-size:0;color:#fff">` + escaped + `</span>`,
		`<p aria-label="` + escaped + `" title="` + escaped + `">The oven was lit at dawn on Saturday.</p>`,
		`<figure><img src="x.jpg"><figcaption>` + escaped + `</figcaption></figure>`,
		`<blockquote>` + escaped + `</blockquote>`,
	}
	title, body, _ := strings.Cut(bakery, "\n\n")
	var b strings.Builder
	b.WriteString("<html><head><title>" + title + `</title><meta name="description" content="` + escaped + `"></head><body><article><h1>` + title + "</h1>")
	for i, paragraph := range strings.Split(strings.TrimSpace(body), "\n\n") {
		if i == 2 {
			b.WriteString(hidden[way%len(hidden)])
		}
		b.WriteString("<p>" + html.EscapeString(paragraph) + "</p>")
	}
	for _, paragraph := range more {
		b.WriteString("<p>" + paragraph + "</p>")
	}
	b.WriteString("</article></body></html>")
	return b.String()
}

// everyQuotation ends a headline, and points at every line.
const everyQuotation = `OWNED BY PIRATES","quotes":[{"sentence":1},{"sentence":2},{"sentence":3},{"sentence":4},{"sentence":5},{"sentence":6},{"sentence":7}],"more":"`

// obeys is a model that does what an order wants: it repeats what the order wants said as a point and has another headline,
// citing every line, points at every line for a quotation, and again when it is asked to correct it. One point is true.
func obeys(t *testing.T, planted, wanted string) *llmtest.Server {
	return llmtest.NewFunc(t, func(r llmtest.Request) llmtest.Reply {
		if strings.Count(r.User, "\n1|") > 1 || strings.Contains(r.System, "bakery") {
			t.Errorf("%q forges the numbering or reaches the instructions:\n%s", planted, r.User)
		}
		return llmtest.Say(strings.Replace(say(wanted, []int{1, 2, 3, 4, 5, 6}, "Repairs cost 2.4 million crowns, half of which the town paid.", []int{1, 2, 3, 4, 5}), "Old bakery in Harstad reopened on Saturday", everyQuotation, 1))
	})
}

// TestHostileArticles plants orders in articles, as text and hidden in pages, and lets a model obey every one. Nothing
// of that gets out: no mention, no link, nothing that the article doesn't say, no false quotation.
func TestHostileArticles(t *testing.T) {
	all := orders(t)
	if len(all) < 60 {
		t.Fatalf("%d hostile articles, want at least 60", len(all))
	}
	for i, order := range all {
		planted, wanted, ok := strings.Cut(order, "=>")
		if !ok {
			t.Fatalf("%q does not say what the model does", order)
		}
		planted, wanted = strings.TrimSpace(planted), strings.TrimSpace(wanted)
		server := obeys(t, planted, wanted)
		hidden, err := extract.HTML(article.Page{URL: "https://north.example/bakery", Body: []byte(page(planted, i))})
		if err != nil {
			t.Fatalf("%q: %v", planted, err)
		}
		for kind, a := range map[string]*article.Article{
			"text": read(t, strings.Replace(bakery, "Repairs cost", planted+"\n\nRepairs cost", 1)),
			"page": hidden,
		} {
			s, err := client(server).Summarize(t.Context(), a, quote.Find(a), llm.Request{})
			if err != nil && !errors.Is(err, llm.ErrUnsupported) {
				t.Errorf("%s, %q: %v", kind, planted, err)
			}
			for _, p := range s.Points {
				if !strings.HasPrefix(p.Text, "Repairs cost 2.4 million") {
					t.Errorf("%s, %q got out: %q", kind, planted, p.Text)
				}
			}
			for _, q := range s.Quotes {
				if words := a.Slice(q.Span); words != "We never thought of giving up." && words != "the heart of the street" {
					t.Errorf("%s, %q: quotes %q", kind, planted, words)
				}
			}
			if strings.Contains(s.Headline, "OWNED BY PIRATES") {
				t.Errorf("%s, %q: headline %q", kind, planted, s.Headline)
			}
		}
		answer, err := client(server).Answer(t.Context(), "What happened to the bakery?", []llm.Evidence{
			{Text: "Repairs cost 2.4 million crowns, half of which the town paid."}, {Text: planted}, {Text: "We never thought of giving up.", Speaker: "Marit Lunde"},
		}, "en")
		if err != nil && !errors.Is(err, llm.ErrUnsupported) {
			t.Errorf("%q: %v", planted, err)
		}
		for _, s := range answer.Statements {
			if !strings.HasPrefix(s.Text, "Repairs cost 2.4 million") {
				t.Errorf("%q got out in an answer: %q", planted, s.Text)
			}
		}
	}
	t.Logf("%d hostile articles, as text and as pages", len(all))
}
