package ground

import (
	"strings"

	"newsdesk/article"
	"newsdesk/quote"
)

// borrowed is which share of a claim's content may come out of one speaker's mouth before it has to say so.
const borrowed = 0.7

// unvoiced returns the speaker whose words c gives as the article's own, "" if there is none. What somebody says, in
// quotation marks or reported, is somebody's word; a claim that takes it and leaves the speaker out says more than the
// article.
func (s *Source) unvoiced(c *claim) string {
	if len(s.spoken) == 0 || len(c.quoted) > 0 {
		return ""
	}
	taken, by := 0, map[string]int{}
	for i, place := range c.made.from {
		if place < 0 || c.words[i].Function {
			continue
		}
		taken++
		if q := s.spokenAt(place); q != nil {
			by[q.Speaker]++
		}
	}
	for speaker, n := range by {
		if float64(n) >= borrowed*float64(taken) && !attributed(c, s.article.Language, speaker) {
			return speaker
		}
	}
	return ""
}

// spokenAt returns the quotation that the article's word at place stands in, nil if it stands in none.
func (s *Source) spokenAt(place int) *quote.Quote {
	if place < s.sentences[0].end { // the title's words are no part of the text
		return nil
	}
	for i := range s.spoken {
		if q := &s.spoken[i]; q.Start <= s.words[place].Start && s.words[place].End <= q.End {
			return q
		}
	}
	return nil
}

// attributed reports whether c names the speaker, or somebody else who says it.
func attributed(c *claim, language, speaker string) bool {
	names := set(strings.ToLower(speaker))
	for _, w := range c.words {
		if !w.Function && names[w.Lower] {
			return true
		}
	}
	for _, q := range quote.Find(textOf(c.text, language)) {
		if q.Cue != "" || q.Speaker != "" {
			return true
		}
	}
	return false
}

// textOf returns an article that is one paragraph.
func textOf(text, language string) *article.Article {
	return &article.Article{Text: text, Language: language, Paragraphs: []article.Paragraph{{Span: article.Span{End: len(text)}, Kind: article.Text}}}
}
