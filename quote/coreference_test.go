package quote

import "testing"

func TestSpelledOut(t *testing.T) {
	for _, c := range []struct{ why, text, letters, want string }{
		{"in parentheses behind it", "The people of the town met the Harbour Lights Federation (NAF) about their boats. Later NAF said no.", "NAF", "Harbour Lights Federation"},
		{"by its initials", "The people of the town met the Harbour Lights Union about their boats. The HLU said no.", "The HLU", "Harbour Lights Union"},
		{"with stops", "The people of the town met the Harbour Lights Union about their boats. The H.L.U. said no.", "The H.L.U.", "Harbour Lights Union"},
		{"of nothing before", "The people of the town met the Harbour Lights Union about their boats. The XYZ said no.", "The XYZ", "XYZ"},
		{"of a person", "Ursula Schmidt spoke. Later the US said no.", "the US", "US"},
	} {
		r := readText("en", c.text)
		if got := r.meaning(r.mentionOf(t, c.letters)); got != c.want {
			t.Errorf("%s: in %q %s means %q, want %q", c.why, c.text, c.letters, got, c.want)
		}
	}
}
