package cache

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/quote"
)

// finds reports whether a query finds a text of a language, as both stores look for it.
func finds(query, text, language string) bool {
	terms := TermsOf(Story{Article: article.Article{Text: text, Language: language}}).Story
	return slices.ContainsFunc(QueryTerms(query), func(reading []string) bool {
		for _, term := range reading {
			if _, found := slices.BinarySearch(terms, term); !found {
				return false
			}
		}
		return true
	})
}

func TestTerms(t *testing.T) {
	for _, test := range []struct {
		query, text, language string
		want                  bool
	}{
		{"sanction", "New sanctions were announced.", "en", true},
		{"SANCTIONS", "a sanction", "en", true},
		{"elections", "Les élections législatives", "fr", true},
		{"accord", "L’accord tient", "fr", true},
		{"häuser", "Ein Haus brennt", "de", true},
		{"haus", "Die Häuser brennen", "de", true},
		{"выборы", "о выборах", "ru", true},
		{"elezioni", "Le elezioni di maggio", "it", true},
		{"ocasio", "Ms. Ocasio-Cortez left", "en", true},
		{"会談", "日韓会談は終わった", "ja", true},
		{"the talks", "Talks resumed", "en", true},
		{"the", "the end", "en", true},
		{"talks failed", "Talks resumed", "en", false},
		{"haus", "Hausarzt", "de", false},
		{"", "anything", "en", false},
		{"«»", "anything", "en", false},
	} {
		if got := finds(test.query, test.text, test.language); got != test.want {
			t.Errorf("%q finds %q (%s): %v, want %v", test.query, test.text, test.language, got, test.want)
		}
	}
}

func TestTermsOfQuotesHoldTheTitle(t *testing.T) {
	text := "Storms are coming."
	s := Story{Article: article.Article{Title: "Harbour", Text: text, Language: "en"},
		Quotes: []quote.Quote{{Text: text[:6]}, {Text: text[7:]}}}
	terms := TermsOf(s)
	for i, want := range [][]string{{"harbour", "storm"}, {"are", "come", "harbour"}} {
		if !slices.Equal(terms.Quotes[i], want) {
			t.Errorf("quote %d: %v, want %v", i, terms.Quotes[i], want)
		}
	}
}

func FuzzTerms(f *testing.F) {
	for _, s := range []string{"", "L’accord d'Ukraine", "日韓会談 ok", "\xff\x00", "a-b-c 1,000.5", "ÅÉÎ ß ł", strings.Repeat("x", 3000)} {
		f.Add(s, "en")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		terms := TermsOf(Story{Article: article.Article{Text: text, Language: language}}).Story
		for _, reading := range append(QueryTerms(text), terms) {
			if !slices.IsSorted(reading) {
				t.Errorf("not sorted: %q", reading)
			}
			for _, term := range reading {
				// A driver writes terms into queries and keys: nothing in them may mean anything there.
				if term == "" || len(term) > maxTerm || !utf8.ValidString(term) || strings.ContainsAny(term, "\"'{}:*%_ \x00\n") {
					t.Errorf("term %q of %q", term, text)
				}
			}
		}
	})
}
