package quote

import "newsdesk/article"

// posted is how sure the speaker of a post is: it is the name that its author goes by there.
const posted = 0.95

// spoken returns the paragraphs of a text that one person says, a post: all of them are quotations, and what they quote
// belongs to them.
func spoken(a *article.Article) []Quote {
	var out []Quote
	for i, p := range a.Paragraphs {
		if p.Kind.IsBody() {
			out = append(out, Quote{Text: a.Slice(p.Span), Span: p.Span, Kind: Direct, Speaker: a.Speaker, Confidence: posted, Paragraph: i})
		}
	}
	return out
}
