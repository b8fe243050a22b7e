package ground

import (
	"slices"
	"strings"

	"newsdesk/quote/name"
	"newsdesk/summarize/terms"
)

// bearing is a role with the name of who bears it: "Mayor Astrid Holm", "Holm, the town's mayor", "Holm is mayor".
type bearing struct {
	role        string // stem
	bearer      string // last word of the name, in lower case
	first, last int    // the words
}

// maxBetween is how many words may stand between a role and its bearer: "the mayor of the old town, Astrid Holm".
const maxBetween = 4

// offices are roles that few people bear: whoever gives one to somebody else is wrong. An author or a father is one
// among many.
var offices = set(`mayor president premier chancellor governor minister secretary chairman chairwoman chairperson chair ceo director
	treasurer king queen prince princess pope ambassador speaker commissioner commander general judge prosecutor sheriff
	senator head chief leader captain coach manager owner founder master bishop archbishop envoy spokesman spokeswoman spokesperson
	bürgermeister bürgermeisterin präsident präsidentin kanzler kanzlerin minister ministerin vorsitzender vorsitzende trainer sprecher sprecherin
	maire président présidente ministre directeur directrice porte-parole entraîneur alcalde alcaldesa presidente ministro ministra
	director directora portavoz entrenador`)

// copulas tie a name to the role behind it.
var copulas = set("is was are were be been became becomes remains as ist war wurde est était fue es era")

// auxiliaries may stand between a name and its copula: "has been", "will not be".
var auxiliaries = set("has have had will would may might could should not never")

// bearings returns the roles among words whose bearers are named beside them. text holds the words.
func bearings(text string, words []terms.Word) []bearing {
	var out []bearing
	for i, w := range words {
		if !offices[w.Lower] {
			continue
		}
		if last := bearerAfter(text, words, i); last >= 0 {
			out = append(out, bearing{w.Stem, words[last].Lower, i, last})
		}
		if last := bearerBefore(text, words, i); last >= 0 {
			out = append(out, bearing{w.Stem, words[last].Lower, last, i})
		}
	}
	return out
}

// inName reports whether w may be part of a name.
func inName(w terms.Word) bool {
	return w.Capital && !w.Function && !w.Number && !name.IsRole(w.Lower) && !name.IsTitle(w.Lower)
}

// bearerAfter returns the last word of the name behind the role at i, -1 if there is none.
func bearerAfter(text string, words []terms.Word, i int) int {
	k := i + 1
	if k < len(words) && (words[k].Lower == "of" || words[k].Lower == "for") && between(text, words, k) == " " {
		for k++; k < len(words) && k <= i+maxBetween && !strings.Contains(between(text, words, k), ","); k++ {
			if k-i > 2 && inName(words[k]) && !inName(words[k-1]) {
				break
			}
		}
	}
	if k >= len(words) || !inName(words[k]) {
		return -1
	}
	if gap := between(text, words, k); gap != " " && gap != ", " {
		return -1
	}
	for k+1 < len(words) && inName(words[k+1]) && between(text, words, k+1) == " " {
		k++
	}
	return k
}

// bearerBefore returns the last word of the name that a comma or a copula ties to the role at i, -1 if there is none.
func bearerBefore(text string, words []terms.Word, i int) int {
	for k := i; k > 0 && k >= i-maxBetween; k-- {
		gap := between(text, words, k)
		switch {
		case k < i && copulas[words[k].Lower]:
			return subject(text, words, k)
		case gap == ", ":
			if inName(words[k-1]) {
				return k - 1
			}
			return -1
		case gap != " ":
			return -1
		}
	}
	return -1
}

// maxClause is how many words a clause has at most between a name and its copula: "Ali Demir, who sells tickets, is".
const maxClause = 12

// subject returns the last word of the name that the copula at k speaks of, -1 if there is none.
func subject(text string, words []terms.Word, k int) int {
	for k > 1 && auxiliaries[words[k-1].Lower] && between(text, words, k) == " " {
		k--
	}
	switch between(text, words, k) {
	case " ":
		if inName(words[k-1]) {
			return k - 1
		}
	case ", ":
		for j := k - 2; j > 0 && k-j <= maxClause; j-- {
			if between(text, words, j) == ", " && inName(words[j-1]) {
				return j - 1
			}
		}
	}
	return -1
}

// between returns what stands between word k and the one before it, with white space as one blank.
func between(text string, words []terms.Word, k int) string {
	gap := text[words[k-1].End:words[k].Start]
	if strings.TrimSpace(gap) == "" {
		return " "
	}
	return gap
}

// findBearers notes who bears which role in the article.
func (s *Source) findBearers() {
	s.bearers = map[string]map[string]bool{}
	for _, sent := range s.sentences[1:] { // a title leaves too much out
		for _, b := range bearings(s.article.Text, s.words[sent.first:sent.end]) {
			if s.bearers[b.role] == nil {
				s.bearers[b.role] = map[string]bool{}
			}
			s.bearers[b.role][b.bearer] = true
		}
	}
}

// usurped returns the roles that c gives to somebody whom the article names, while it gives them to others alone.
func (s *Source) usurped(c *claim) []Reason {
	var out []Reason
	for _, b := range bearings(c.text, s.capitalised(c.words)) {
		of := s.bearers[b.role]
		if len(of) == 0 || of[b.bearer] || len(s.at[c.words[b.last].Stem]) == 0 && len(s.at[c.words[b.first].Stem]) == 0 || s.unbound(b) {
			continue
		}
		out = append(out, Reason{Role, c.text[c.words[b.first].Start:c.words[b.last].End]})
	}
	return out
}

// capitalised returns words with a capital to those that the article only ever writes with one: whoever asks in small
// letters means the same people.
func (s *Source) capitalised(words []terms.Word) []terms.Word {
	words = slices.Clone(words)
	for i := range words {
		w := &words[i]
		w.Capital = w.Capital || s.capitals[w.Lower] && !s.small[w.Lower]
	}
	return words
}

// unbound reports whether a sentence of the article has the role beside the bearer without saying whose it is.
func (s *Source) unbound(b bearing) bool {
	for _, place := range s.places(b.role) {
		sent := s.sentences[s.sentenceOf(place)]
		words := s.words[sent.first:sent.end]
		if place < s.sentences[0].end {
			continue
		}
		bound := false
		for _, have := range bearings(s.article.Text, words) {
			bound = bound || have.role == b.role
		}
		for _, w := range words {
			if !bound && w.Lower == b.bearer {
				return true
			}
		}
	}
	return false
}
