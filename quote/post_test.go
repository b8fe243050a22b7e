package quote

import (
	"strings"
	"testing"

	"newsdesk/article"
)

// All of a post is its author's, word for word; what it quotes belongs to it.
func TestPostIsItsAuthors(t *testing.T) {
	text := "Olga Lind said: “The ferries are gone for ever.” They are not.\n\nThank you, Tarnmouth!"
	gap := strings.Index(text, "\n\n")
	a := &article.Article{Text: text, Speaker: "Helena Brandt", Paragraphs: []article.Paragraph{
		{Span: article.Span{End: gap}, Kind: article.Post}, {Span: article.Span{Start: gap + 2, End: len(text)}, Kind: article.Post},
	}}
	found := Find(a)
	if len(found) != 2 {
		t.Fatalf("%+v", found)
	}
	for i, q := range found {
		if q.Text != a.Slice(a.Paragraphs[i].Span) || q.Speaker != "Helena Brandt" || q.Kind != Direct || q.Confidence < Sure || q.Paragraph != i {
			t.Errorf("%+v", q)
		}
	}
	a.Speaker = ""
	for _, q := range Find(a) {
		if q.Speaker == "Helena Brandt" {
			t.Errorf("without an author: %+v", q)
		}
	}
}
