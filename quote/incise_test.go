package quote

import "testing"

func TestIncise(t *testing.T) {
	for _, c := range []struct{ language, text, verb string }{
		{"fr", "« Nous partons, explique Anne Berg, demain. »", "explique"},
		{"fr", "« Nous partons, a-t-elle dit, demain. »", "dit"},
		{"fr", "« Nous ferons appel, explique son avocat, demain. »", "explique"},
		{"fr", "« Personne, selon la maire, n’est venu. »", "selon"},
		{"fr", "« Nous partons, Anne, demain. »", ""},
		{"es", "«Nos vamos —explica Ana Berg— mañana.»", "explica"},
		{"es", "«Nos vamos, explica la ministra, mañana.»", "explica"},
		{"es", "«Nos vamos, pero explica bien, mañana.»", ""},
		{"en", "“We leave, says Ann Berg, tomorrow.”", ""},
	} {
		r := readText(c.language, c.text)
		if len(r.quotes) != 1 {
			t.Errorf("%q has %d quotations", c.text, len(r.quotes))
			continue
		}
		got := ""
		if k := r.quotes[0].incise; k > 0 {
			got = r.word(k)
		}
		if got != c.verb {
			t.Errorf("%q: the verb of the attribution inside is %q, want %q", c.text, got, c.verb)
		}
	}
}

// The subject of "explique son avocat" is the lawyer.
func TestInciseOfAPossessive(t *testing.T) {
	r := readText("fr", "« Nous ferons appel, explique son avocat, demain. »")
	k := r.quotes[0].incise
	if m := r.subjectOf(k, 0, int32(len(r.tokens))); m < 0 || r.oneLine(r.mentions[m].from, r.mentions[m].to) != "son avocat" {
		t.Errorf("the subject is mention %d of %+v", m, r.mentions)
	}
}
