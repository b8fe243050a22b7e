package article_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"newsdesk/article"
)

// paragraphs makes an article of one text paragraph a line.
func paragraphs(language string, lines ...string) *article.Article {
	a := &article.Article{Language: language}
	for _, l := range lines {
		start := len(a.Text)
		a.Text += l + "\n\n"
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: article.Span{Start: start, End: start + len(l)}, Kind: article.Text})
	}
	return a
}

func TestSentences(t *testing.T) {
	tests := []struct {
		name, language string
		text           string // | marks where sentences are to be cut
	}{
		{"plain", "en", "The bridge fell.| Nobody was hurt!| Who built it?| A firm in Kiel."},
		{"titles", "en", "Mr. Vale met Gen. Ana Ruiz and Sen. Bo Lee (R-Ohio) on St. John Ave. in May.| They spoke."},
		{"initials", "en", "J. R. Marlow and A. Stone signed.| So did I.| Then we left."},
		{"acronym inside", "en", "The U.S. Senate voted at 3 p.m. Eastern time.| It passed."},
		{"acronym at the end", "en", "He lives in the U.S.| The others do not."},
		{"company", "en", "Northline Inc. Chairman Ada Moss quit.| Moss joined Palter Co.| She starts in June."},
		{"number sign", "en", "It was No. 7 on the list.| No.| That is wrong."},
		{"decimals", "en", "Prices rose 3.5 per cent to $1.20.| Wages fell."},
		{"ellipsis", "en", "It is slower... much slower.| We wait…| Then nothing."},
		{"ellipsis in a quote", "en", "“Well…” Ana Ruiz said.| She left."},
		{"quotation kept whole", "en", "“We won. It is over,” she said.| The crowd left."},
		{"quotation ends the sentence", "en", "She said: “We won. It is over.”| The crowd left."},
		{"whole quotation", "en", "“We won. It is over.”| The crowd left."},
		{"question then attribution", "en", "“Why now?” asked Ruiz.| “Why us?” Ana Ruiz wondered.| Nobody knew."},
		{"straight quotes", "en", `"We won. It is over," she said.| "It is late. Go."| They went.`},
		{"inches", "en", `The 6'2" guard fell.| The 19" screen broke.| "It is late. Go," he said.`},
		{"nested", "en", "“He told me ‘Go. Now.’ and I went. I ran,” said Vale.| He fell."},
		{"apostrophe", "en", "The workers’ union met.| It’s over.| ‘Tis late."},
		{"unclosed", "en", "“We won, she said.| It is over.| The crowd left."},
		{"bracket", "en", "The party (founded in 1920. It is old) lost.| (Nobody cared. Or so it seemed.)| The end."},
		{"mark outside", "en", "He called it “a farce”.| She agreed."},
		{"lower case brand", "en", "The deal closed.| eBay paid."},
		{"site name", "en", "He wrote for example.com about it.| It was read."},
		{"german", "de", "Am 3. Mai kam Dr. Keller, z. B. mit Frau Dr. Lang.| Sie sagte: „Wir gehen. Jetzt.“| Dann ging sie."},
		{"german ordinal in an unknown language", "", "Das war am 12. Dezember in Bern.| Im 20. Jahrhundert war es anders."},
		{"german inverted guillemets", "de", "»Wir gehen. Jetzt«, sagte sie.| Er blieb."},
		{"french", "fr", "« Nous partons. Il est tard », a dit M. Roux.| Mme Petit est restée."},
		{"spanish", "es", "El Sr. Vega llegó a EE.UU. en enero.| ¿Por qué?| «No sé. Pregunten», dijo."},
		{"list number", "en", "1. Stir the pot.| Wait."},
		{"chinese", "zh", "他走了。|“我们赢了。现在回家。”|她说。"},
		{"japanese particle", "ja", "「終わった。」と述べた。|彼は帰った。"},
		{"hindi", "hi", "वह गया।| वह लौटा।"},
		{"arabic", "ar", "هل ذهب؟| نعم."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var want []string
			for s := range strings.SplitSeq(tt.text, "|") {
				want = append(want, strings.TrimSpace(s))
			}
			a := paragraphs(tt.language, strings.ReplaceAll(tt.text, "|", ""))
			var got []string
			for _, s := range article.Sentences(a) {
				got = append(got, a.Slice(s.Span))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// Marks that never close must not make a quotation of the rest, except where the next paragraph
// takes the quotation up again.
func TestSentencesQuotationOverParagraphs(t *testing.T) {
	a := paragraphs("en", "She said: “We won. It is over.", "“Go home. Sleep,” she added. They went.")
	var got []string
	for _, s := range article.Sentences(a) {
		got = append(got, a.Slice(s.Span))
	}
	want := []string{"She said: “We won. It is over.", "“Go home. Sleep,” she added.", "They went."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// checkSentences demands what holds for every text: sentences in order, trimmed, within their
// paragraph, and together holding all of it but white space.
func checkSentences(t *testing.T, a *article.Article) {
	t.Helper()
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	got := make([]strings.Builder, len(a.Paragraphs))
	last := 0
	for _, s := range article.Sentences(a) {
		if s.Start < last || s.Len() <= 0 || !a.Paragraphs[s.Paragraph].Contains(s.Span) {
			t.Fatalf("span %v of paragraph %d out of place", s.Span, s.Paragraph)
		}
		last = s.End
		text := a.Slice(s.Span)
		if strings.TrimFunc(text, unicode.IsSpace) != text {
			t.Fatalf("%q is not trimmed", text)
		}
		got[s.Paragraph].WriteString(squeeze(text))
	}
	for i, p := range a.Paragraphs {
		if want := squeeze(a.Slice(p.Span)); got[i].String() != want {
			t.Fatalf("paragraph %d: sentences hold %d bytes of %d", i, got[i].Len(), len(want))
		}
	}
}

// A text without any sense must not take more than linear time: each of these would run into the
// test's deadline otherwise.
func TestSentencesHostile(t *testing.T) {
	for _, unit := range []string{".", ". ", "“", "“.", "\"", "\" .", "(", "„“", "»", "A.", "a. ", "? \"A ", "。", "...\u00a0", "‘’", "1. ", "\xff."} {
		checkSentences(t, paragraphs("", strings.Repeat(unit, 1<<20/len(unit))))
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("“We won. It is over,” she said. The crowd left.", "en")
	f.Add("Am 3. Mai kam Dr. Keller, z. B. mit »Rat. So«.", "de")
	f.Fuzz(func(t *testing.T, text, language string) {
		checkSentences(t, paragraphs(language, strings.Split(text, "\n")...))
	})
}

func BenchmarkSentences(b *testing.B) {
	text := strings.Repeat("“We won. It is over,” said Mr. Vale of the U.S. Senate at 3 p.m. on Friday. The crowd left. ", 100)
	a := paragraphs("en", text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		article.Sentences(a)
	}
}
