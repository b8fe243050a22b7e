package quote

import (
	"slices"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
)

// seeds are texts of every kind that the stages treat apart, and hostile ones.
var seeds = []string{
	"“We will go,” said Ann Berg. “Now.”\n\nHe said he would not.",
	"“One paragraph\n\n“and another,” she said.\n\n“Unclosed",
	"BERG: Why?\n\nLUND: Because.\n\nBERG: I see.",
	"„Nein“, sagte Berg. »Doch ›so‹ nicht«, so Lund.",
	"« Non », a-t-il dit. «Oui», dit-elle.",
	"—Ven —dijo Ana—. Ahora.",
	"'90s kids' 6'2\" `''’‘‚‛ don't ''quoted''",
	"The U.S. Sen. Ann Berg Jr. (R-IN), of the House of, said",
	"said said said “” \"\" '' «» „“ ‹› 「」『』",
	"According to\u00a0\u202f\u00ad\u2011\u0301 Ä\u0308 \U0001F600 \ufeff",
	"'",
	"’s",
	"\"",
	"A:",
}

// Whatever the text and the language, nothing panics and what Find promises holds.
func FuzzFind(f *testing.F) {
	for i, s := range seeds {
		f.Add([]byte(s), byte(i))
	}
	f.Fuzz(func(t *testing.T, body []byte, language byte) {
		a, err := extract.Text("", body)
		if err != nil {
			return // not text, or nothing in it
		}
		a.Language = []string{"en", "de", "fr", "es", "xx"}[language%5]
		quotes := Find(a)
		checkPromises(t, a, quotes)
		for i := range quotes[:min(len(quotes), 3)] { // each reads the article again
			steps, _ := Explain(a, quotes, i)
			for _, s := range steps {
				if !a.Paragraphs[s.Paragraph].Contains(s.To.Span) || a.Slice(s.To.Span) != s.To.Text {
					t.Errorf("step %+v of quote %q is not in the article", s, quotes[i].Text)
				}
			}
		}
	})
}

// The seeds hold as one paragraph of every kind too, for Text gives only some kinds.
func TestFindPromisesForEveryKindOfParagraph(t *testing.T) {
	kinds := []article.Kind{article.Standfirst, article.Text, article.Heading, article.List, article.Blockquote, article.Post, article.Caption, article.Dateline, article.Advertisement, article.Other}
	for _, s := range seeds {
		for _, k := range kinds {
			a := &article.Article{Text: s, Language: "en", Paragraphs: []article.Paragraph{{Span: article.Span{End: len(s)}, Kind: k}}}
			checkPromises(t, a, Find(a))
		}
	}
	if got := Find(&article.Article{}); len(got) != 0 {
		t.Errorf("an empty article has the quotes %v", got)
	}
}

// checkPromises tests what the package promises of any article's quotes: verbatim text within the
// paragraph it names, in order; a mention with its own text, and only where there is a speaker or a
// pronoun; a confidence that is a probability; no stretch in marks within another.
func checkPromises(t *testing.T, a *article.Article, quotes []Quote) {
	t.Helper()
	last, end := 0, 0
	for i, q := range quotes {
		if q.Start < 0 || q.End > len(a.Text) || q.Start >= q.End {
			t.Fatalf("quote %d is at [%d, %d) of %d bytes", i, q.Start, q.End, len(a.Text))
		}
		if a.Text[q.Start:q.End] != q.Text {
			t.Errorf("quote %d is %q, the article has %q there", i, q.Text, a.Text[q.Start:q.End])
		}
		if q.Paragraph < 0 || q.Paragraph >= len(a.Paragraphs) || !a.Paragraphs[q.Paragraph].Contains(q.Span) {
			t.Errorf("quote %q is not in paragraph %d", q.Text, q.Paragraph)
		}
		if q.Start < last {
			t.Errorf("quote %q is out of order", q.Text)
		}
		last = q.Start
		if q.Kind != Direct && q.Kind != Mixed && q.Kind != Indirect {
			t.Errorf("quote %q is of kind %q", q.Text, q.Kind)
		}
		if q.Kind != Indirect {
			if q.Start < end {
				t.Errorf("quote %q overlaps the one before, which ends at %d", q.Text, end)
			}
			end = q.End
		}
		if !(q.Confidence >= 0 && q.Confidence <= 1) {
			t.Errorf("quote %q has the confidence %v", q.Text, q.Confidence)
		}
		switch m := q.Mention; {
		case m == nil && q.Speaker != "" && !slices.ContainsFunc(quotes, func(o Quote) bool { return o.Mention != nil && o.Speaker == q.Speaker }):
			t.Errorf("quote %q has the speaker %q and no mention, and no other quote with one", q.Text, q.Speaker)
		case m == nil:
		case m.Start < 0 || m.End > len(a.Text) || m.Start >= m.End || a.Text[m.Start:m.End] != m.Text:
			t.Errorf("the mention %q of quote %q is not what stands at [%d, %d)", m.Text, q.Text, m.Start, m.End)
		case q.Overlaps(m.Span) && q.Kind != Indirect && !lexiconFor(a.Language).incises: // « Oui, dit-elle, demain. »
			t.Errorf("the mention %q lies within the quote %q", m.Text, q.Text)
		}
	}
}
