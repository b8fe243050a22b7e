package name

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTokens bounds how many words of a name are looked at; no name has more.
const maxTokens = 24

// tokens is a name cut into words for comparing: folded, without titles and suffix.
type tokens struct {
	words  []string // folded; "al-Hakim" is one word with a space inside
	suffix string   // canonical generation: "jr", "iii" and so on, or ""
	titled bool     // something was stripped in front
	person bool     // the words can be the name of one person; see isPersonShaped
}

// tokenise folds a name and strips what is no part of it.
func tokenise(s string) tokens {
	rest, titles := stripTitles(cutAsides(s))
	fields := splitWords(rest)
	fields, suffix := cutSuffix(fields)
	t := tokens{
		suffix: generation(suffix), titled: len(titles) > 0, person: isPersonShaped(fields),
		words: make([]string, 0, len(fields)),
	}
	for _, f := range fields {
		// A hyphenated word is several: a reader may type one half of it.
		for part := range strings.FieldsSeq(Fold(f)) {
			t.words = append(t.words, part)
		}
	}
	return t
}

// isPersonShaped reports whether words, without titles and suffix, can be the name of one person: all are
// capitalised but for particles, and none says that it is several people or an organisation.
func isPersonShaped(words []string) bool {
	for _, w := range words {
		if !isCapitalised(w) && !is(w, classParticle) || is(w, classGroup) && !IsGiven(w) {
			return false
		}
	}
	return len(words) > 0 && !isOrganisation(words)
}

// splitWords cuts s at white space, into at most maxTokens words that hold a letter each.
func splitWords(s string) []string {
	words := make([]string, 0, 6)
	for w := range strings.FieldsSeq(s) {
		w = strings.TrimFunc(w, isEdge)
		if w == "" || strings.IndexFunc(w, unicode.IsLetter) < 0 {
			continue
		}
		if words = append(words, w); len(words) == maxTokens {
			break
		}
	}
	return words
}

// isEdge reports whether r may stand around a name's word without being part of it.
func isEdge(r rune) bool {
	if r == '.' {
		return false // part of initials and abbreviations
	}
	return unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r)
}

// cutAsides removes what a reporter sets between or behind the parts of a name: a party tag in
// brackets, a byname in quotation marks, and the apposition after a comma. A comma before a suffix
// stays, and "Berg, Anna" is turned round.
func cutAsides(s string) string {
	if i := strings.IndexAny(s, `([{"“„«`); i >= 0 {
		s = dropBracketed(s)
	}
	head, tail, found := strings.Cut(s, ",")
	if !found {
		return s
	}
	after, _, _ := strings.Cut(tail, ",")
	words := splitWords(after)
	switch {
	case len(words) == 1 && is(words[0], classSuffix):
		return head + " " + words[0]
	case len(words) > 0 && len(words) <= 3 && isSurnameOnly(head) && areNameWords(words):
		return strings.Join(words, " ") + " " + head
	}
	return head
}

// isSurnameOnly reports whether s may stand before the comma of a turned name: one capitalised word,
// or several that begin with a particle.
func isSurnameOnly(s string) bool {
	words := splitWords(s)
	switch {
	case len(words) == 0 || len(words) > 4:
		return false
	case len(words) == 1:
		return isCapitalised(words[0]) && !is(words[0], classTitle|classRole|classOrganisation|classGroup)
	}
	return is(words[0], classParticle) && isCapitalised(words[len(words)-1])
}

// areNameWords reports whether all words are capitalised and the first is a given name.
func areNameWords(words []string) bool {
	for _, w := range words {
		if !isCapitalised(w) || is(w, classTitle|classRole|classOrganisation) {
			return false
		}
	}
	return IsGiven(words[0])
}

// dropBracketed removes everything in brackets and quotation marks; a mark that is never closed is
// removed alone.
func dropBracketed(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		i := strings.IndexAny(s, `([{"“„«`)
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		b.WriteByte(' ')
		_, size := utf8.DecodeRuneInString(s[i:])
		s = s[i+size:]
		if j := strings.IndexAny(s, `)]}"”“»`); j >= 0 {
			_, size := utf8.DecodeRuneInString(s[j:])
			s = s[j+size:]
			continue
		}
		// Never closed: there is no other closing mark to look for either.
		for _, mark := range `([{"“„«` {
			s = strings.ReplaceAll(s, string(mark), " ")
		}
		break
	}
	b.WriteString(s)
	return b.String()
}

// cutSuffix splits the suffix off, if it is not all there is.
func cutSuffix(words []string) (rest []string, suffix string) {
	for len(words) > 1 {
		last := words[len(words)-1]
		if !is(last, classSuffix) || !isCapitalised(last) && Fold(last) != "fils" {
			break
		}
		if generation(last) == "" && last != strings.ToUpper(last) && last != "PhD" {
			break // "Ma", "Do" are names, "MA", "DO" are degrees
		}
		if generation(last) != "" {
			suffix = last
		}
		words = words[:len(words)-1]
	}
	return words, suffix
}

// generation returns the canonical form of a suffix that tells two people of one name apart, or "".
// "Sr." is what the elder is called once there is a younger, so it is no difference to no suffix.
func generation(suffix string) string {
	switch f := Fold(suffix); f {
	case "jr", "junior", "jnr", "fils":
		return "jr"
	case "sr", "senior", "snr", "pere":
		return "sr"
	case "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi":
		if suffix == strings.ToUpper(suffix) || suffix == f {
			return f
		}
	}
	return ""
}

// isCapitalised reports whether w begins with a capital, or with a letter of a script without case.
func isCapitalised(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) || unicode.IsTitle(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

// isAcronym reports whether w is two to six capitals, digits and full stops among them allowed: "UN",
// "U.N.", "G7".
func isAcronym(w string) bool {
	letters := 0
	for i, r := range w {
		switch {
		case unicode.IsUpper(r):
			letters++
		case r == '.' || r == '&' || i > 0 && unicode.IsDigit(r):
		default:
			return false
		}
	}
	return letters >= 2 && letters <= 6
}
