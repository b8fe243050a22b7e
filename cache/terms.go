package cache

import (
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/quote/name"
	"newsdesk/summarize/terms"
)

// Terms are the words by which the topic index of a store finds one story and its quotes: stemmed by
// the rules of the article's language, folded to lower case without accents, each once, sorted. They
// hold letters and digits only.
//
// A change of what TermsOf makes of a story calls for a new version of the stores' indexes.
type Terms struct {
	Story  []string   // of its title, standfirst and text
	Quotes [][]string // of each quote, and of the title
}

// TermsOf returns the terms of s.
func TermsOf(s Story) Terms {
	a := &s.Article
	r := terms.NewReader(a.Language)
	title := indexed(r, a.Title)
	t := Terms{Story: slices.Concat(title, indexed(r, a.Standfirst), indexed(r, a.Text))}
	t.Story = unique(t.Story)
	for _, q := range s.Quotes {
		t.Quotes = append(t.Quotes, unique(slices.Concat(title, indexed(r, q.Text))))
	}
	return t
}

// SameTerms reports whether the topic index finds two articles by the same words, and the same quotes of them.
func SameTerms(a, b *article.Article) bool {
	return a.Language == b.Language && a.Title == b.Title && a.Standfirst == b.Standfirst && a.Text == b.Text
}

// Holds reports whether sorted terms hold all of some reading.
func Holds(terms []string, readings [][]string) bool {
	return slices.ContainsFunc(readings, func(reading []string) bool {
		return !slices.ContainsFunc(reading, func(term string) bool {
			_, found := slices.BinarySearch(terms, term)
			return !found
		})
	})
}

// queryLanguages are those in which a query is read, for nobody says in which language they ask: the
// languages that package terms stems, and one that it does not (Italian), which stands for all the others.
var queryLanguages = []string{"en", "de", "es", "fr", "ru", "it"}

// maxQuery is how many bytes of a query are read, and maxTerm how many a term keeps of a word: more
// than anybody types.
const (
	maxQuery = 1000
	maxTerm  = 64
)

// QueryTerms reads a query in every language that is stemmed, and returns each distinct reading: the
// terms that all must stand in what matches. Words that say nothing ("the", "who") are left out unless
// there are no others. No reading is empty; a query of marks alone has none.
func QueryTerms(query string) [][]string {
	if strings.TrimSpace(query) == "" {
		return nil
	}
	query = cut(query, maxQuery)
	var readings [][]string
	for _, language := range queryLanguages {
		var telling, all []string
		for _, w := range terms.NewReader(language).Words(query) {
			found := folded(w.Stem)
			all = append(all, found...)
			if !w.Function {
				telling = append(telling, found...)
			}
		}
		if len(telling) == 0 {
			telling = all
		}
		telling = unique(telling)
		if len(telling) > 0 && !slices.ContainsFunc(readings, func(r []string) bool { return slices.Equal(r, telling) }) {
			readings = append(readings, telling)
		}
	}
	return readings
}

func indexed(r *terms.Reader, text string) []string {
	words := r.Words(text)
	all := make([]string, 0, len(words))
	for _, w := range words {
		all = append(all, folded(w.Stem)...)
	}
	return all
}

// folded are the parts of a stem without accents and marks: two of "cease-fire", none of a lone mark.
func folded(stem string) []string {
	parts := strings.Fields(name.Fold(stem))
	for i, p := range parts {
		parts[i] = cut(p, maxTerm)
	}
	return parts
}

func unique(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// cut returns the first most bytes of s, or a few less where a character would be torn.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
