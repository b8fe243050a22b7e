package name

import "strings"

// maxTitleWords is the length of the longest entry among titles, in words.
const maxTitleWords = 5

// stripTitles splits s into the titles in front of a name and the rest: "former Secretary of State
// Anna Berg" gives "Anna Berg" and the title. A phrase that is nothing but a title is all rest.
func stripTitles(s string) (rest string, titles []string) {
	words := splitWords(s)
	n := titleLength(words)
	if n == 0 || n == len(words) {
		return s, nil
	}
	return strings.Join(words[n:], " "), words[:n]
}

// titleLength counts the leading words that are titles, with what belongs to them.
func titleLength(words []string) int {
	end := 0 // words up to here are title
	for i := 0; i < len(words); {
		if n := titleAt(words[i:]); n > 0 {
			i += n
			i += portfolioLength(words[i:])
			end = i
			continue
		}
		// A modifier counts only if a title follows: "the former minister", but "Foreign Affairs".
		if !isModifier(words[i]) {
			break
		}
		i++
	}
	return end
}

// titleAt returns how many words at the start of words are one title or role, 0 if none.
func titleAt(words []string) int {
	for n := min(maxTitleWords, len(words)); n > 1 && phrases(words); n-- {
		if is(strings.Join(words[:n], " "), classTitle|classRole) {
			return n
		}
	}
	switch w := words[0]; {
	case isTitleWord(w):
		if len(words) == 2 && isCapitalised(w) && is(w, classNameToo) && !IsGiven(words[1]) {
			return 0 // "Don Marlow" is a Donald, "Don Felipe" a lord
		}
		return 1
	case is(w, classRole) && (!isCapitalised(w) || !IsGiven(w)): // "Hunter", "Mason" are given names too
		return 1
	}
	return 0
}

// isTitleWord reports whether w is a title as it is written. Short entries are particular: "Sr." and
// "Fr." are titles, "M." is Monsieur, "D." is more often an initial, and "general" is as good as "General".
func isTitleWord(w string) bool {
	if !is(w, classTitle) {
		return false
	}
	return len(strings.TrimSuffix(w, ".")) > 1
}

// isModifier reports whether w may stand in front of a title and belong to it.
func isModifier(w string) bool {
	e := lookUp(w)
	if e.class&(classModifier|classNationality) != 0 {
		return true
	}
	if e.class&(classPlace|classOrganisation) != 0 && isCapitalised(w) {
		return true
	}
	// "NATO Secretary General", "ABC correspondent"; "co-chair" and "ex-minister" fold to two words.
	return isAcronym(w) || strings.HasPrefix(w, "ex-") || strings.HasPrefix(w, "Ex-")
}

// portfolioLength counts the words that say what an office is of: "of State", "for Foreign Affairs and
// Trade", "du Travail". 0 if none follows.
func portfolioLength(words []string) int {
	end := 0
	for i := 0; i < len(words); {
		if !isLinker(words[i]) || i+1 == len(words) {
			break
		}
		n := portfolioAt(words[i+1:])
		if n == 0 {
			break
		}
		i += 1 + n
		end = i
	}
	return end
}

// portfolioAt returns how many words at the start of words are a portfolio, place or organisation.
func portfolioAt(words []string) int {
	longest := 1
	if phrases(words) {
		longest = min(3, len(words))
	}
	for n := longest; n > 0; n-- {
		if is(strings.Join(words[:n], " "), classPortfolio|classPlace) && isCapitalised(words[n-1]) {
			return n
		}
	}
	if is(words[0], classModifier) && len(words) > 1 && is(words[1], classPortfolio|classPlace|classOrganisation) {
		return 2 // "of the Senate", "de la Defensa"
	}
	return 0
}

// isLinker reports whether w links an office to what it is of.
func isLinker(w string) bool {
	switch w {
	case "of", "for", "to", "and", "in", "at", "de", "du", "des", "del", "für", "von", "der", "und", "et", "y", "à", "aux", "para":
		return true
	}
	return false
}

// TitleGender says what a title or a role tells of its bearer: [Female] for "Mrs.", "spokeswoman",
// "Ministerin", "sénatrice", [Male] for "Sir", "father", "König", and [Unknown] for all others and
// where two languages disagree. Of a phrase ("former first lady", "die frühere Ministerin") it is the
// first word that tells.
func TitleGender(title string) Gender {
	if g := lookUp(title).gender; g != Unknown {
		return g
	}
	if len(title) > maxPhrase {
		return Unknown
	}
	for w := range strings.FieldsSeq(title) {
		if g := lookUp(w).gender; g != Unknown {
			return g
		}
	}
	return Unknown
}

// IsTitle reports whether word stands before names as a title: "President", "Sen.", "Frau",
// "ministre". It may be a phrase ("Prime Minister"), in any case.
func IsTitle(word string) bool { return is(word, classTitle) }
