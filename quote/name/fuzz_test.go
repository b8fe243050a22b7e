package name

import (
	"strings"
	"testing"
	"unicode/utf8"
)

var seeds = []string{
	"", "Anna Berg", "former Secretary of State Anna M. Berg (R-IN), Jr.", "Berg, Anna", "Xi Jinping", "le président de la République Luc Petit",
	"習近平", "\xff\xfe(", "“„«", "J.D.", "O’Shea’s", "von der de la", strings.Repeat("der ", 40), "((((((", "ǅenan İİß",
}

func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Parse(s)
		for _, part := range append(append([]string{n.Family, n.Suffix}, n.Titles...), n.Given...) {
			for w := range strings.FieldsSeq(part) {
				if utf8.ValidString(s) && !strings.Contains(s, w) {
					t.Errorf("Parse(%q) has the word %q", s, w)
				}
			}
		}
		Look(s, "")
		IsOrganisation(s)
		IsPlace(s)
		TitleGender(s)
		GivenGender(s)
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := Fold(s)
		if strings.HasPrefix(folded, " ") || strings.HasSuffix(folded, " ") || strings.Contains(folded, "  ") {
			t.Errorf("Fold(%q) = %q has spare spaces", s, folded)
		}
		if again := Fold(folded); again != folded {
			t.Errorf("Fold(%q) = %q, and of that %q", s, folded, again)
		}
	})
}

// Two words that are told apart by their first letters have no key in common.
func FuzzSoundClass(f *testing.F) {
	for _, s := range []string{"ayla", "aisha", "yuri", "schtscherba", "khalid", "qasimi", "xenia", "phoebe", "jean", "ouali", "wu", "oeyen"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for w := range strings.FieldsSeq(Fold(s)) {
			sound, _ := appendSkeleton(nil, w)
			for _, key := range [][]byte{appendSound(nil, w), sound} {
				if len(w) <= 40 && len(key) > 0 && soundClass(key[0]) != soundClass(w[0]) {
					t.Errorf("%q is written %q", w, key)
				}
			}
		}
	})
}

func FuzzSameAndFits(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, seeds[(i+1)%len(seeds)])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if !Same(a, a) {
			t.Errorf("%q is not itself", a)
		}
		if Same(a, b) != Same(b, a) {
			t.Errorf("Same(%q, %q) depends on the order", a, b)
		}
		if Fold(a) != "" && !Fits(a, a) {
			t.Errorf("%q does not fit itself", a)
		}
		if Fits(a, b) && !FitsLoosely(a, b) {
			t.Errorf("%q fits %q, but not loosely", a, b)
		}
	})
}
