package quote

import (
	"strings"
	"testing"

	"newsdesk/article"
)

// readText takes a text apart by rules alone: its rankers have learnt nothing. Paragraphs are parted by empty lines.
func readText(language, text string) *reading {
	a := &article.Article{Text: text, Language: language}
	at := 0
	for p := range strings.SplitSeq(text, "\n\n") {
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: article.Span{Start: at, End: at + len(p)}, Kind: article.Text})
		at += len(p) + len("\n\n")
	}
	return new(Rankers).read(a, nil)
}

// mentionOf returns the last mention with these words.
func (r *reading) mentionOf(t *testing.T, words string) int32 {
	t.Helper()
	for i := len(r.mentions) - 1; i >= 0; i-- {
		if m := &r.mentions[i]; r.oneLine(m.from, m.to) == words {
			return int32(i)
		}
	}
	t.Fatalf("no mention %q in %q", words, r.text)
	return -1
}

// meaning is the name or description of whom mention i means, "" if that is nobody.
func (r *reading) meaning(i int32) string {
	if i < 0 || r.mentions[i].entity < 0 {
		return ""
	}
	return r.entities[r.mentions[i].entity].text
}
