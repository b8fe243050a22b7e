package name

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fits is [Query.Fits] for a query that is held against one name.
func Fits(query, full string) bool { return Asked(query).Fits(full) }

// FitsLoosely is [Query.FitsLoosely] for a query that is held against one name.
func FitsLoosely(query, full string) bool { return Asked(query).FitsLoosely(full) }

// A Query is what a reader typed to find a speaker, made ready to be held against many names.
type Query struct {
	typed  string // with capitals
	folded string
	joined string // the words of the tokens in one
	tokens
}

// Asked makes a query of what a reader typed.
func Asked(typed string) Query {
	q := Query{typed: withCapitals(typed), folded: Fold(typed)}
	q.tokens = searchTokens(q.typed, q.folded)
	q.joined = joined(q.words)
	return q
}

// Fits reports whether what was typed can mean the speaker full: any part of the name, in any
// order, case and accents aside, titles left away or added ("berg", "Anna Berg", "berg anna?",
// "President Berg" all fit "Anna Berg"), a short form, initials ("amb" for Anna Maria Berg) or another
// transliteration. A family name fits everyone who bears it; the caller asks which one is meant.
//
// Where the query has two names or more, generations are told apart: "Anna Berg" does not mean Anna Berg
// Jr., while "Berg" may. A query with a suffix means only who has that suffix.
//
// Descriptions and organisations fit by their words: "officials" fits "US officials".
func (q Query) Fits(full string) bool { return q.fits(full, false) }

// FitsLoosely is [Query.Fits] that forgives one typing slip (a letter wrong, missing, too many, or two
// exchanged) in each word of five letters or more, and a suffix that was left away: what to offer where
// nothing fits.
func (q Query) FitsLoosely(full string) bool { return q.fits(full, true) }

func (q Query) fits(full string, loosely bool) bool {
	folded := Fold(full)
	if q.folded == "" || folded == "" {
		return false
	}
	if q.folded == folded {
		return true
	}
	if !q.near(folded) {
		return false
	}
	name := searchTokens(full, folded)
	if fitsTokens(q.tokens, name, matchWord) || q.same(full, folded, name) {
		return true
	}
	if q.suffix == "" {
		name.suffix = ""
	}
	return loosely && fitsTokens(q.tokens, name, matchLoosely)
}

// near spares the work for strangers, of whom there are thousands: whether any word of a name, folded, can be the query's.
func (q Query) near(folded string) bool {
	for x := range strings.FieldsSeq(folded) {
		// The beginning of words in one, or of the initials of all.
		if strings.HasPrefix(q.joined, x) || strings.HasPrefix(x, q.joined) || len(q.words) == 1 && x[0] == q.joined[0] {
			return true
		}
		for _, w := range q.words {
			if matchLoosely(w, x) {
				return true
			}
		}
	}
	return false
}

// same is [Same] with what is known of both.
func (q Query) same(full, folded string, name tokens) bool {
	if same, told := sameLetters(q.typed, q.folded, full, folded); told {
		return same
	}
	return samePerson(q.tokens, name)
}

// withCapitals writes a query that has no capital as a name is written, "dr. berg iii" as "Dr. Berg III":
// capitals tell titles and suffixes from other words.
func withCapitals(query string) string {
	if strings.IndexFunc(query, unicode.IsUpper) >= 0 {
		return query
	}
	words := strings.Fields(query)
	for i, w := range words {
		if i > 0 && len(w) > 1 && is(w, classSuffix) && strings.Trim(w, "ivx") == "" {
			words[i] = strings.ToUpper(w)
			continue
		}
		r, size := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToTitle(r)) + w[size:]
	}
	return strings.Join(words, " ")
}

// searchTokens is tokenise for searching: a title alone is searched as it stands.
func searchTokens(s, folded string) tokens {
	t := tokenise(s)
	if len(t.words) == 0 {
		t.words = firstFields(folded)
	}
	return t
}

// firstFields returns the first words of a folded text.
func firstFields(folded string) []string {
	var words []string
	for w := range strings.FieldsSeq(folded) {
		if words = append(words, w); len(words) == maxTokens {
			break
		}
	}
	return words
}

// fitsTokens reports whether every word of q is found in f, each word of f being used once.
func fitsTokens(q, f tokens, match func(a, b string) bool) bool {
	if len(q.words) == 0 || len(f.words) == 0 {
		return false
	}
	if q.suffix != "" && q.suffix != f.suffix {
		return false
	}
	if q.suffix == "" && f.suffix != "" && f.suffix != "sr" && len(q.words) > 1 {
		return false
	}
	if fitsJoined(q.words, f.words) {
		return true
	}
	return fitsEach(q.words, f.words, match)
}

// fitsEach looks every word of the query up in full.
func fitsEach(query, full []string, match func(a, b string) bool) bool {
	used := make([]bool, len(full))
	found, missing, solid := 0, 0, false
	for _, w := range query {
		at := -1
		for i, x := range full {
			if !used[i] && match(w, x) && (at < 0 || w == x) {
				at = i
			}
		}
		switch {
		case at >= 0:
			used[at] = true
			found++
			// A word must be there as itself: an initial or a short form alone is no search for somebody.
			solid = solid || len(w) > 1 && len(full[at]) > 1 || len(full) == 1
		case len(w) == 1:
			missing++ // a middle initial that the article does not give
		default:
			return false
		}
	}
	return solid && (missing == 0 || found > 1)
}

// fitsJoined reports whether the query is a run of the name's words, spaces and hyphens aside ("jaemyung",
// "jae myung"), or the initials of the whole name ("amb").
func fitsJoined(query, full []string) bool {
	if len(query) > 4 || len(full) > maxTokens {
		return false
	}
	want := joined(query)
	if len(query) == 1 && len(want) >= 3 && len(want) == len(full) && initialsRun(want, full) == len(full) {
		return true
	}
	for i := range full {
		rest := want
		for _, w := range full[i:] {
			after, ok := strings.CutPrefix(rest, w)
			if !ok {
				break
			}
			if rest = after; rest == "" {
				return len(want) > 1
			}
		}
	}
	return false
}

// matchWord reports whether a word of a query, folded, can be a word of a name: equal, an initial of
// the other, a short form, or another transliteration.
func matchWord(query, word string) bool {
	switch {
	case query == word:
		return true
	case len(query) == 1 || len(word) == 1:
		return query[0] == word[0] && query[0] < 0x80
	}
	return isShortFor(query, word) || isShortFor(word, query) || shareFull(query, word) ||
		soundsLike(query, word) || sameVowelsAside(query, word)
}

// matchLoosely is matchWord but for a slip.
func matchLoosely(query, word string) bool { return matchWord(query, word) || isSlip(query, word) }

// shareFull reports whether a and b are short forms of one name: Bill and Will.
func shareFull(a, b string) bool {
	forms := shortForms()
	for _, full := range forms[a] {
		if slices.Contains(forms[b], full) {
			return true
		}
	}
	return false
}

// minSlip is the length from which a word may have a typing slip.
const minSlip = 5

// isSlip reports whether one edit (a letter put in, left out, replaced, or two neighbours exchanged)
// makes a of b. The first letter is hardly ever the wrong one and must be right.
func isSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < minSlip-1 || len(b) < minSlip || len(b)-len(a) > 1 || a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) || a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
