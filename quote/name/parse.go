package name

import (
	"strings"
	"unicode"
)

// Name is a name taken apart. The parts are as they were written, without the marks around them.
type Name struct {
	Titles []string // in front, a word each, with what belongs to them: "former", "Secretary", "of", "State"
	Given  []string // given names, middle names and initials, in their order
	Family string   // with its particles ("van der Berg") and second family name; a name alone may be either
	Suffix string   // what tells generations apart: "Jr.", "III"; degrees and honours are left out
}

// Full returns the name without its titles, in the order of writing of most of Europe: given names,
// family name, suffix.
func (n Name) Full() string {
	parts := make([]string, 0, len(n.Given)+2)
	parts = append(parts, n.Given...)
	if n.Family != "" {
		parts = append(parts, n.Family)
	}
	if n.Suffix != "" {
		parts = append(parts, n.Suffix)
	}
	return strings.Join(parts, " ")
}

// Gender returns what the titles, else the first given name that tells, say of the bearer.
func (n Name) Gender() Gender {
	for _, t := range n.Titles {
		if g := TitleGender(t); g != Unknown {
			return g
		}
	}
	if len(n.Given) > 0 {
		return GivenGender(n.Given[0])
	}
	return Unknown
}

// Parse takes a name apart, as an article writes it: with titles or a role in front ("former Secretary
// of State", "le président", "Prof. Dr."), with a party tag ("(R-IN)"), a byname in quotation marks or an
// apposition after a comma, all three of which are left out, and turned round ("Berg, Anna").
//
// Where it is recognisably so the family name is taken from the front: "Xi Jinping", "Lee Jae-myung".
// One word alone is the given name if it is only known as one, else the family name. What is no name
// comes out somehow: whether a phrase is a name is not asked here. At most the first 24 words are read.
func Parse(s string) Name {
	words := splitWords(cutAsides(s))
	var n Name
	if t := titleLength(words); 0 < t && t < len(words) {
		n.Titles, words = words[:t:t], words[t:]
	}
	words, n.Suffix = cutSuffix(words)
	if len(words) == 0 {
		return n
	}
	switch {
	case len(words) == 1 && isIdeographic(words[0]):
		n.splitIdeographs(words[0])
	case len(words) == 1:
		if e, ok := lookUpGiven(words[0]); ok && e.bears == bearGiven && len(n.Titles) == 0 {
			n.Given = words
		} else {
			n.Family = words[0]
		}
	case familyFirst(words):
		n.Family, n.Given = words[0], words[1:]
	default:
		f := familyStart(words)
		n.Given, n.Family = words[:f:f], strings.Join(words[f:], " ")
	}
	if len(n.Given) == 0 {
		n.Given = nil
	}
	return n
}

// familyStart returns where the family name begins: at the last word, or before it with the particles
// and the first of two Spanish family names. 0 if there is no given name.
func familyStart(words []string) int {
	f := len(words) - 1
	for f > 0 {
		before := words[f-1]
		switch {
		case isParticle(before) && (f-1 > 0 || !isGivenParticle(before)):
			f--
		case f > 1 && (words[f] == "y" || words[f] == "i" || words[f] == "e") && !isParticle(before):
			f-- // "Ruiz y Ortega"
		case f > 1 && isSpanishFamily(before):
			f--
		default:
			return f
		}
	}
	return f
}

// isParticle reports whether w belongs to the family name that follows it. In capitals it must be longer
// than an initial.
func isParticle(w string) bool {
	return !strings.HasSuffix(w, ".") && (len(w) > 1 || w == "y" || w == "e" || w == "i" || w == "o") && is(w, classParticle)
}

// isGivenParticle reports whether w, which is a particle elsewhere, is a given name in front of a name: the
// short form of Albert or Benjamin.
func isGivenParticle(w string) bool { return w == "Al" || w == "Ben" }

// isSpanishFamily reports whether w has the shape of the commonest Spanish family names, the patronymics
// in -ez and a few more, which stand before a second family name.
func isSpanishFamily(w string) bool {
	if len(w) < 4 || len(w) > 24 || !isCapitalised(w) || strings.Contains(w, "-") || isWesternGiven(w) {
		return false
	}
	f := Fold(w)
	switch f {
	case "garcia", "ruiz", "diaz", "ortiz", "munoz", "ortega":
		return true
	}
	return strings.HasSuffix(f, "ez")
}

// isIdeographic reports whether w is two to four letters of Chinese, Japanese or Korean script.
func isIdeographic(w string) bool {
	n := 0
	for _, r := range w {
		if !unicode.In(r, unicode.Han, unicode.Hangul) {
			return false
		}
		n++
	}
	return n >= 2 && n <= 4
}

// splitIdeographs takes the first letter for the family name, the first two of a name of four.
func (n *Name) splitIdeographs(w string) {
	r := []rune(w)
	family := 1
	if len(r) == 4 {
		family = 2
	}
	n.Family, n.Given = string(r[:family]), []string{string(r[family:])}
}
