package name

import (
	"slices"
	"strings"
	"sync"
)

// Same reports whether a and b, as two articles name somebody, are one person: "Anna Berg", "Anna M.
// Berg", "Dr. Anna Berg" and "Annie Berg" are, and so are transliterations ("Olha Tymoshenko", "Olha
// Timoschenko"). It is conservative: "Anna Berg" is not "Berg", "President Berg" or "A. Berg", nor is
// she Anna Berg Jr. or Hanna Berg. What is no person ("US officials") is the same only as itself, but
// for case, accents and a leading article.
//
// Same is reflexive and symmetric; it is not transitive ("Ann B. Berg", "Ann Berg", "Ann C. Berg").
func Same(a, b string) bool {
	if a == b {
		return true
	}
	if same, told := sameLetters(a, Fold(a), b, Fold(b)); told {
		return same
	}
	return samePerson(tokenise(a), tokenise(b))
}

// sameLetters decides where folded names tell by their letters whether they are the same; told is false where their words must be compared.
func sameLetters(a, foldedA, b, foldedB string) (same, told bool) {
	foldedA, foldedB = withoutArticle(foldedA), withoutArticle(foldedB)
	if foldedA == foldedB {
		return foldedA != "", true
	}
	return false, !sharesLetter(foldedA, foldedB) || len(a) > maxPhrase || len(b) > maxPhrase
}

// sharesLetter spares the work for most pairs of strangers: one person's two names have a word with
// the same first letter, but for transliterations, whose first letters are compared by class.
func sharesLetter(a, b string) bool {
	var seen [256]bool
	for i := range len(a) {
		if i == 0 || a[i-1] == ' ' {
			seen[initialClass(a[i])] = true
		}
	}
	for i := range len(b) {
		if (i == 0 || b[i-1] == ' ') && seen[initialClass(b[i])] {
			return true
		}
	}
	return false
}

// initialClass joins the first letters that transliterations confuse.
func initialClass(c byte) byte {
	switch c {
	case 'z', 'c', 'k', 'q', 'g', 'x', 't':
		return 's'
	case 'y', 'i', 'e':
		return 'j'
	case 'w':
		return 'v'
	case 'p':
		return 'f'
	}
	return c
}

// withoutArticle drops a leading "the".
func withoutArticle(folded string) string { return strings.TrimPrefix(folded, "the ") }

// samePerson compares two names without titles.
func samePerson(a, b tokens) bool {
	if !a.person || !b.person || !sameGeneration(a.suffix, b.suffix) {
		return false
	}
	if slices.Equal(a.words, b.words) {
		// "King Charles" and "Charles", "Mr. Berg" and "Ms. Berg": one word says too little once a title
		// has been taken from either.
		return len(a.words) > 1 || !a.titled && !b.titled
	}
	switch {
	case len(a.words) == 1 && len(b.words) == 1:
		return !a.titled && !b.titled && len(a.words[0]) > minSound && soundsLike(a.words[0], b.words[0])
	case len(a.words) == 1 || len(b.words) == 1:
		return false
	}
	if joined(a.words) == joined(b.words) {
		return true // "Lee Jae-myung", "Lee Jaemyung"
	}
	if len(a.words) > len(b.words) {
		a, b = b, a
	}
	return sameWords(a.words, b.words) || isTurned(a.words, b.words)
}

// sameGeneration reports whether two suffixes, canonical, can be one person's: the elder is only
// sometimes called "Sr."
func sameGeneration(a, b string) bool {
	return strings.TrimPrefix(a, "sr") == strings.TrimPrefix(b, "sr")
}

// joined is words in one.
func joined(words []string) string { return strings.Join(words, "") }

// sameWords compares names of at least two words, short being no longer than long: one given name, one
// family name, and nothing between them that contradicts.
func sameWords(short, long []string) bool {
	first, last := 0, len(short)-1
	if sameFamily(short[last], long[len(long)-1]) {
		if n := initialsRun(short[0], long); n > 0 && last == 1 {
			return n == len(long)-1 // "JD Marsh", "James David Marsh"
		}
		return sameGiven(short[first], long[0]) && middleAgrees(short[1:last], long[1:len(long)-1])
	}
	// A second family name, Spanish or of marriage, that only one of the articles gives.
	return last >= 1 && len(long)-len(short) <= 2 && sameGiven(short[0], long[0]) && len(short[last]) > 2 &&
		!IsGiven(short[last]) && slices.Equal(short[1:], long[1:len(short)])
}

// sameFamily reports whether two folded words are one family name.
func sameFamily(a, b string) bool { return a == b || len(a) > 1 && soundsLike(a, b) }

// sameGiven reports whether two folded words are one given name: equal, transliterated, or one the
// short form of the other. An initial is no name.
func sameGiven(a, b string) bool {
	switch {
	case a == b:
		return len(a) > 1
	case len(a) < 2 || len(b) < 2:
		return false
	case isShortFor(a, b) || isShortFor(b, a):
		return true
	case GivenGender(a).Conflicts(GivenGender(b)):
		return false
	}
	return soundsLike(a, b) || sameVowelsAside(a, b)
}

// middleAgrees reports whether the middle words of the shorter name all stand among those of the
// longer one, in their order, an initial standing for its name. No middle words agree with any.
func middleAgrees(short, long []string) bool {
	if len(short) == len(long) && len(short) > 0 && joined(short) == joined(long) {
		return true
	}
	i := 0
	for _, w := range short {
		for i < len(long) && !sameMiddle(w, long[i]) {
			i++
		}
		if i == len(long) {
			return false
		}
		i++
	}
	return true
}

// sameMiddle compares two middle names, either of which may be an initial, or several in one ("hw").
func sameMiddle(a, b string) bool {
	return a == b || len(a) == 1 && strings.HasPrefix(b, a) || len(b) == 1 && strings.HasPrefix(a, b) || soundsLike(a, b)
}

// initialsRun returns how many words of long the letters of abbreviation are the initials of, at least
// two, or 0.
func initialsRun(abbreviation string, long []string) int {
	if len(abbreviation) < 2 || len(abbreviation) > len(long) || len(abbreviation) > 4 {
		return 0
	}
	for i := range len(abbreviation) {
		if long[i][0] != abbreviation[i] {
			return 0
		}
	}
	return len(abbreviation)
}

// isTurned reports whether one name is the other with the family name at the other end, which is only
// believed of names that people write in both orders.
func isTurned(a, b []string) bool {
	if len(a) < 2 || len(a) > 3 {
		return false
	}
	return turnedOnce(a, b) || turnedOnce(b, a)
}

// turnedOnce reports whether b is a with its first word at the end.
func turnedOnce(a, b []string) bool {
	return joined(a[1:])+a[0] == joined(b) && familyFirst(a)
}

// isShortFor reports whether short is a short form of the given name full; both are folded.
func isShortFor(short, full string) bool { return slices.Contains(shortForms()[short], full) }

// shortForms maps every short form to the given names that it stands for, folded.
var shortForms = sync.OnceValue(func() map[string][]string {
	forms := make(map[string][]string, 512)
	for line := range entries("tables/nicknames.txt") {
		full, shorts, _ := strings.Cut(line, ":")
		for short := range strings.FieldsSeq(shorts) {
			key := Fold(short)
			forms[key] = append(forms[key], Fold(full))
		}
	}
	return forms
})
