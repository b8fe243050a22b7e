package name

import (
	"strings"
	"unicode"
)

// familyFirst reports whether words, a name without titles and suffix, stand in the order of Chinese,
// Korean, Vietnamese and Hungarian: the family name first. It is decided by both ends: a family name
// of those languages in front, and behind it what can be a given name there and hardly elsewhere.
func familyFirst(words []string) bool {
	if len(words) < 2 || len(words) > 4 || !is(words[0], classFamilyFirst) {
		return false
	}
	rest := words[1:]
	if len(rest) == 1 && isHungarianOrder(words[0], rest[0]) {
		return true
	}
	if strings.Contains(words[0], ".") || len(words[0]) > 9 {
		return false
	}
	hyphen := false
	for _, w := range rest {
		if !isEastAsianGiven(w) {
			return false
		}
		hyphen = hyphen || strings.Contains(w, "-")
	}
	switch {
	case hyphen || len(rest) > 1:
		return true
	case isWesternGiven(rest[0]):
		return false // "Kim Dana" is more likely a Kim
	}
	// "Kim Min" and "Min Kim": the given name in front decides, unless it is the family name as well.
	return !is(rest[0], classFamilyFirst) || !isWesternGiven(words[0])
}

// isHungarianOrder reports whether family is a family name with Hungarian letters or ending and given a
// given name, which family is not.
func isHungarianOrder(family, given string) bool {
	return len(family) > 4 && !isWesternGiven(family) && isWesternGiven(given) && !is(given, classFamilyFirst)
}

// isWesternGiven reports whether w is a given name that many bear and that tells a gender: the given
// names of East Asia, written in Latin letters, mostly do not.
func isWesternGiven(w string) bool {
	e, ok := lookUpGiven(w)
	return ok && e.bears <= bearBoth && (e.female <= 1 || e.female >= 14)
}

// isEastAsianGiven reports whether w reads as at most two syllables a part, of the simple build that
// Chinese, Korean and Vietnamese syllables have in Latin letters.
func isEastAsianGiven(w string) bool {
	if strings.ContainsAny(w, ".") {
		return false
	}
	for i, r := range w {
		if unicode.IsUpper(r) && i > 0 && w[i-1] != '-' {
			return false
		}
	}
	for part := range strings.SplitSeq(Fold(w), " ") {
		if n := syllables(part); n < 1 || n > 2 {
			return false
		}
	}
	return true
}

// syllables counts the simple syllables that s is made of, or returns 0 if it is not made of them: an
// initial (one consonant or one of a few pairs), one to three vowels, and an ending such as n or ng.
func syllables(s string) int {
	n := 0
	for i := 0; i < len(s); n++ {
		i += prefixLength(s[i:], initials)
		vowels := 0
		for i < len(s) && strings.IndexByte("aeiouy", s[i]) >= 0 && vowels < 4 {
			i++
			vowels++
		}
		if vowels == 0 {
			return 0
		}
		i += finalLength(s[i:])
	}
	return n
}

// initials and finals are what a simple syllable begins and ends with, longest first.
var (
	initials = []string{"ngh", "zh", "ch", "sh", "ts", "hs", "ng", "nh", "kh", "th", "tr", "ph", "kw", "gw", "hw", "hy", "my", "ky", "gy", "by", "qu", "jj", "kk", "ss", "tt",
		"b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "w", "x", "y", "z"}
	finals = []string{"ngh", "ng", "nh", "ch", "n", "m", "k", "l", "p", "t", "c", "h"}
)

// finalLength returns the length of the ending at the start of s, leaving the next syllable its
// initial: "minho" is min-ho, "jina" is ji-na.
func finalLength(s string) int {
	for _, f := range finals {
		rest, ok := strings.CutPrefix(s, f)
		if !ok {
			continue
		}
		if rest == "" || strings.IndexByte("aeiouy", rest[0]) < 0 || f == "ng" {
			return len(f)
		}
	}
	return 0
}

// prefixLength returns the length of the first of prefixes that s begins with, or 0.
func prefixLength(s string, prefixes []string) int {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return len(p)
		}
	}
	return 0
}

// IsFamilyFirst reports whether the words of a name stand in the order family name, given name: "Liu Haoran".
func IsFamilyFirst(words []string) bool { return familyFirst(words) }
