package llm

import (
	"strings"

	"newsdesk/article"
	"newsdesk/summarize/ground"
	"newsdesk/summarize/terms"
)

// firstPerson are the words by which whoever writes speaks of himself, by language. "I" is told apart from the first king, war or
// part of its name by what stands before it; "us" and "mine" are other words too often.
var firstPerson = func() map[string]map[string]bool {
	m := map[string]map[string]bool{}
	for language, list := range map[string]string{
		"en": "i we our ours my myself ourselves",
		"de": "ich wir uns unser unsere unserem unseren unserer unseres mein meine meinem meinen meiner",
		"fr": "je nous notre nos mon ma mes",
		"es": "yo nosotros nuestro nuestra nuestros nuestras mi mis",
	} {
		m[language] = map[string]bool{}
		for _, w := range strings.Fields(list) {
			m[language][w] = true
		}
	}
	return m
}()

// inFirstPerson returns the word by which text, outside of quotation marks, speaks as the article's author does, "" if it
// doesn't: whoever reads the summary would not know who "we" are. Words in titles have a capital ("We Are The World").
func inFirstPerson(text, language string) string {
	if language == "" {
		language = "en"
	}
	own := firstPerson[language[:min(2, len(language))]]
	quoted := ground.Quoted(text)
	words := terms.NewReader(language).Words(text)
	for i, w := range words {
		title := w.Capital && i+1 < len(words) && words[i+1].Capital
		switch {
		case !own[w.Lower] || title || w.Capital && i > 0 && w.Lower != "i":
			continue
		case w.Lower == "i" && (i+1 == len(words) || i > 0 && words[i-1].Capital && !words[i-1].Function):
			continue
		case within(article.Span{Start: w.Start, End: w.End}, quoted):
			continue
		}
		return text[w.Start:w.End]
	}
	return ""
}

// within reports whether one of spans covers s.
func within(s article.Span, spans []article.Span) bool {
	for _, q := range spans {
		if q.Start <= s.Start && s.End <= q.End {
			return true
		}
	}
	return false
}
