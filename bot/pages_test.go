package bot

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/cache/embedded"
	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/words"
)

// Whoever turns the pages of a list reads each quote once, whole and with its place, and the same ones on the way back.
func TestPagesHoldEachQuoteOnce(t *testing.T) {
	store, err := embedded.Open(filepath.Join(t.TempDir(), "stories.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	const stories = 25
	for n := range stories {
		name := fmt.Sprintf("q%02dq", n)
		said := name + strings.Repeat(" word", (100+n*20)/5) + "."
		a := article.Article{
			URL: "https://www.example.org/" + name + strings.Repeat("a", 70), Title: name + strings.Repeat(" ferry", 11), Text: said,
			Paragraphs: []article.Paragraph{{Span: article.Span{End: len(said)}, Kind: article.Text}},
		}
		q := quote.Quote{Text: said, Span: article.Span{End: len(said)}, Kind: quote.Direct, Speaker: "Helena Brandt", Confidence: 1}
		if _, err := store.Put(t.Context(), cache.Story{Article: a, Quotes: []quote.Quote{q}}, cache.Share{Guild: "1", By: "2"}); err != nil {
			t.Fatal(err)
		}
	}
	b := &Bot{desk: desk.New(desk.Options{Store: store})}
	w := words.For("en")
	whole := regexp.MustCompile(`> “(q\d\dq)( word)+\.”\n-# \[[^]]*\]\(https://www\.example\.org/(q\d\dq)a+#:~:text=`)
	turned := func(at turn) ([]string, turn) {
		list, err := b.page(t.Context(), "1", at, w)
		if err != nil {
			t.Fatal(err)
		}
		at.After = list.Next
		m := quoteList(list, at, w)
		if wrong := problems(m); len(wrong) > 0 {
			t.Errorf("page %d: %v", at.Page, wrong)
		}
		var found []string
		for _, m := range whole.FindAllStringSubmatch(markdown(t, m), -1) {
			if m[1] != m[3] {
				t.Errorf("%s has the link of %s", m[1], m[3])
			}
			found = append(found, m[1])
		}
		return found, at
	}
	var pages [][]string
	at := turn{Kind: "quotes"}
	for {
		var found []string
		found, at = turned(at)
		if len(found) == 0 {
			t.Fatalf("page %d shows nothing whole", at.Page)
		}
		if pages = append(pages, found); at.After == "" {
			break
		}
		at.step("next")
	}
	all := slices.Concat(pages...)
	slices.Sort(all)
	if len(all) != stories || len(slices.Compact(all)) != stories {
		t.Errorf("%d pages show %v", len(pages), pages)
	}
	for at.Page > 0 {
		at.step("back")
		var found []string
		if found, at = turned(at); !slices.Equal(found, pages[at.Page]) {
			t.Errorf("back on page %d there are %v, were %v", at.Page, found, pages[at.Page])
		}
	}
	at.step("next")
	if found, _ := turned(at); !slices.Equal(found, pages[1]) {
		t.Errorf("after the way back the second page shows %v, was %v", found, pages[1])
	}
}
