package ground

import "testing"

func TestMisdescribed(t *testing.T) {
	s := prepare(t, `Rapper in court

US rapper Dex Marlow was sued by a make-up artist, Ann Dale. Sol Pray, the singer and songwriter of the band, was a witness, and so was the driver.

Jon Vale is a baker in the town. Police questioned the cook and waiter Lee Moor, who knew the singer.
`)
	for claim, want := range map[string]string{
		"US rapper Dex Marlow was sued.":                "",
		"The rapper Marlow was sued.":                   "",
		"The make-up artist Dex Marlow was sued.":       "The make-up artist Dex Marlow",
		"The make-up artist Ann Dale sued.":             "",
		"Singer Sol Pray was a witness.":                "",
		"The songwriter Pray was a witness.":            "",
		"Driver Sol Pray was a witness.":                "Driver Sol Pray",
		"The baker Jon Vale was a witness.":             "",
		"Police questioned the baker Lee Moor.":         "the baker Lee Moor",
		"Police questioned the waiter Lee Moor.":        "",
		"A hearing concerning Jon Vale ended.":          "",
		"Police questioned Jon Vale.":                   "", // a verb, and no description
		"The police in town, the cook says, know Moor.": "",
	} {
		if got := s.misdescribed(s.read(claim)); got != want {
			t.Errorf("%s\n\tmisdescribes %q, want %q", claim, got, want)
		}
	}
}

func TestTurned(t *testing.T) {
	s := prepare(t, "Race\n\nThe senator led both Ann Dale and Jon Vale by large margins. He was backed by Governor Lee Moor.\n")
	for claim, want := range map[string]bool{
		"The senator led Ann Dale.":              false,
		"The senator led by Ann Dale.":           true,
		"The senator led Ann Dale by a margin.":  false,
		"He was backed by Governor Lee Moor.":    false,
		"He was backed by Lee Moor.":             false,
		"The governor was backed by the senator": false, // no name
	} {
		if got := s.turned(s.read(claim)); got != want {
			t.Errorf("%s\n\tturns it: %v", claim, got)
		}
	}
}
