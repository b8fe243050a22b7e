package extractive

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/quote"
	"newsdesk/summarize/terms"
)

// candidate is a sentence that may stand in a summary, with all that is known of it.
type candidate struct {
	article.Span
	text       string       // as printed: the slice with its white space collapsed
	words      int          // runs of anything but white space
	terms      []terms.Word // all its words
	stems      map[string]int
	index      int // among the candidates
	paragraph  int // among the paragraphs that hold candidates
	opens      bool
	standfirst bool
	quoted     int // bytes within quotations
}

// maxCandidates bounds the work on an endless article: what comes so late is no news.
const maxCandidates = 400

// maxBytes is the longest sentence that is considered. A longer one is a table or a page without
// full stops, and no reader wants it as a point.
const maxBytes = 1500

// candidates returns the sentences of a that may stand in a summary, in order.
func candidates(a *article.Article, quotes []quote.Quote, reader *terms.Reader) []candidate {
	var out []candidate
	paragraph, last := -1, -1
	for _, s := range article.Sentences(a) {
		kind := a.Paragraphs[s.Paragraph].Kind
		if len(out) == maxCandidates {
			break
		}
		// A block quotation or a post speaks in another voice, which a sentence alone doesn't show.
		if kind != article.Text && kind != article.List && kind != article.Standfirst {
			continue
		}
		opens := s.Paragraph != last
		if opens {
			last = s.Paragraph
			paragraph++
		}
		if s.Len() > maxBytes || !standsAlone(a.Slice(s.Span)) || cutsQuotation(s.Span, quotes) {
			continue
		}
		c := candidate{Span: s.Span, index: len(out), paragraph: paragraph, opens: opens, standfirst: kind == article.Standfirst}
		c.text = article.Line(a.Slice(s.Span))
		c.words = strings.Count(c.text, " ") + 1
		c.terms = reader.Words(c.text)
		c.stems = make(map[string]int, len(c.terms))
		for _, w := range c.terms {
			if !w.Function {
				c.stems[w.Stem]++
			}
		}
		if c.quoted = quotedBytes(c.text); bare(&c) {
			continue
		}
		out = append(out, c)
	}
	return out
}

// standsAlone reports whether a sentence can be read by itself: it has words, doesn't lead into what
// follows it and holds every quotation that it opens.
func standsAlone(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return last != ':' && last != ',' && strings.IndexFunc(s, unicode.IsLetter) >= 0 && balanced(s)
}

// cutsQuotation reports whether a quotation lies partly inside and partly outside of s.
func cutsQuotation(s article.Span, quotes []quote.Quote) bool {
	for _, q := range quotes {
		if q.Kind != quote.Indirect && s.Overlaps(q.Span) && !s.Contains(q.Span) {
			return true
		}
	}
	return false
}

// balanced reports whether every quotation mark in s finds its other half in s. An apostrophe is not
// a mark; neither is a single straight one, which cannot be told from it.
func balanced(s string) bool {
	n := map[rune]int{}
	for _, r := range s {
		switch r {
		case '"', '“', '„', '”', '«', '»', '「', '」', '『', '』':
			n[r]++
		}
	}
	var curly bool
	switch {
	case n['„'] > 0:
		curly = n['„'] == n['“']+n['”'] // „German“, „Polish”
	case n['“'] == 0:
		curly = n['”']%2 == 0 // ”Swedish”
	default:
		curly = n['“'] == n['”']
	}
	return curly && n['"']%2 == 0 && n['«'] == n['»'] && n['「'] == n['」'] && n['『'] == n['』']
}

// bare reports whether c is a quotation and nothing else, which doesn't say who speaks.
func bare(c *candidate) bool { return float64(c.quoted) > 0.9*float64(len(c.text)) }

// quotedBytes counts the bytes of s inside double quotation marks.
func quotedBytes(s string) int {
	n, from := 0, -1
	for i, r := range s {
		switch r {
		case '"', '“', '”', '„', '«', '»', '「', '」':
			if from < 0 {
				from = i
			} else {
				n += i - from
				from = -1
			}
		}
	}
	return n
}
