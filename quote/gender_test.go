package quote

import "testing"

func TestLearnFromPronouns(t *testing.T) {
	for _, c := range []struct {
		why, text, name string
		want            class
	}{
		{"two pronouns tell", "Zorblat Quix came. He sat. Zorblat Quix rose. He left.", "Zorblat Quix", male},
		{"one does not", "Zorblat Quix came. He sat.", "Zorblat Quix", 0},
		{"they disagree", "Zorblat Quix came. He sat. Zorblat Quix rose. She left. Zorblat Quix sang. He went.", "Zorblat Quix", 0},
		{"another is named beside", "Near the water Zorblat Quix met Vontu Quell there. He sat down. Near the water Zorblat Quix saw Vontu Quell there. He left again.", "Vontu Quell", 0},
		{"a given name outweighs", "Ann Berg came. He sat. Ann Berg rose. He left.", "Ann Berg", female},
	} {
		r := readText("en", c.text)
		if got := r.entities[r.mentions[r.mentionOf(t, c.name)].entity].gender; got != c.want {
			t.Errorf("%s: in %q %s has the gender %v, want %v", c.why, c.text, c.name, got, c.want)
		}
	}
}

// Of two people of one surname, the pronoun behind it tells whom it means.
func TestGenderBehind(t *testing.T) {
	for _, c := range []struct {
		text string
		want class
	}{
		{"Berg said that she would go.", female},
		{"Berg said that he would go.", male},
		{"Berg said that they would go.", 0},
		{"Berg asked Eva Lund whether she would go.", 0},
		{"Berg left. She would go.", 0},
	} {
		r := readText("en", c.text)
		if got := r.genderBehind(r.mentionOf(t, "Berg")); got != c.want {
			t.Errorf("%q: %v behind Berg, want %v", c.text, got, c.want)
		}
	}
	r := readText("en", "Ann Berg and her husband Jon Berg run the ferry. Jon Berg steers, Jon Berg mends. Berg said that she sells the tickets.")
	if got := r.meaning(r.mentionOf(t, "Berg")); got != "Ann Berg" {
		t.Errorf("Berg … she is %q, want Ann Berg", got)
	}
}
