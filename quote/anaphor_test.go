package quote

import "testing"

func TestWriter(t *testing.T) {
	for _, c := range []struct{ language, text, document, want string }{
		{"en", "Ann Berg spoke on Monday. Her letter said no.", "Her letter", "Ann Berg"},
		{"en", "They read Berg’s letter aloud, and Ann Berg listened.", "Berg’s letter", "Ann Berg"},
		{"en", "Ann Berg said in a statement that the quay was closed.", "a statement", "Ann Berg"},
		{"en", "Ann Berg said in a statement that the quay was closed.\n\nThe statement said no more.", "The statement", "Ann Berg"},
		{"en", "Ann Berg found a statement on the quay.\n\nThe statement said no more.", "The statement", "The statement"},
		{"fr", "La lettre de Marie Berg a surpris le port.", "La lettre", "Marie Berg"},
	} {
		r := readText(c.language, c.text)
		i := r.mentionOf(t, c.document)
		got := r.meaning(r.writer(i))
		if got == "" {
			got = r.describing(&r.mentions[i])
		}
		if got != c.want {
			t.Errorf("%q: the words of %q are those of %q, want %q", c.text, c.document, got, c.want)
		}
	}
}

func TestOnlyBody(t *testing.T) {
	for _, c := range []struct{ text, anaphor, want string }{
		{"The Harbour Council met on Monday with Ann Berg. The group said no.", "The group", "Harbour Council"},
		{"The Harbour Council and the Pilots Union met on Monday. The group said no.", "The group", ""},
		{"The Harbour Council met on Monday. The local group said no.", "The local group", ""},
		{"The Harbour Council met on Monday. A group said no.", "A group", ""},
		{"Ann Berg met on Monday with Jon Lund. The group said no.", "The group", ""},
	} {
		r := readText("en", c.text)
		i := r.mentionOf(t, c.anaphor)
		var views []view
		for j := range i {
			if e := r.mentions[j].entity; e >= 0 {
				views = append(views, view{entity: e, latest: j})
			}
		}
		got := ""
		if k := r.onlyBody(&r.mentions[i], views); k >= 0 {
			got = r.entities[views[k].entity].text
		}
		if got != c.want {
			t.Errorf("%q: %q is the only body %q, want %q", c.text, c.anaphor, got, c.want)
		}
	}
}

func TestCalledByItsWords(t *testing.T) {
	for _, c := range []struct{ text, anaphor, want string }{
		{"The people of the town met the Harbour Police Department and the Ministry of Fisheries about their boats. The police department said no.", "The police department", "Harbour Police Department"},
		{"The people of the town met the Harbour Police Department and the Ministry of Fisheries about their boats. The ministry said no.", "The ministry", "Ministry of Fisheries"},
		{"The people of the town met the Harbour Police Department and the Fire Department about their boats. The department said no.", "The department", ""},
		{"The people of the town met the Harbour Police Department about their boats. The health department said no.", "The health department", ""},
		{"The people of the town met the Harbour Police Department about their boats. A department said no.", "A department", ""},
	} {
		r := readText("en", c.text)
		got := ""
		if e := r.calledByItsWords(&r.mentions[r.mentionOf(t, c.anaphor)]); e >= 0 {
			got = r.entities[e].text
		}
		if got != c.want {
			t.Errorf("%q: %q is called by its words %q, want %q", c.text, c.anaphor, got, c.want)
		}
	}
}

// A source that an article does not name is nobody whom it names.
func TestNamelessAgreesWithNoName(t *testing.T) {
	r := readText("en", "Ann Berg asked. The source answered, and the captain left.")
	name := r.mentions[r.mentionOf(t, "Ann Berg")].entity
	if r.agrees(&r.mentions[r.mentionOf(t, "The source")], name) {
		t.Error("the source may be Ann Berg")
	}
	if !r.agrees(&r.mentions[r.mentionOf(t, "the captain")], name) {
		t.Error("the captain may not be Ann Berg")
	}
}

// Who else is in view makes a pronoun less sure; what it is sure of never grows.
func TestSteadiness(t *testing.T) {
	r := readText("en", "Ann Berg met Eva Lund. Ann Berg left, Ann Berg slept, Ann Berg woke, Ann Berg sang, Ann Berg danced and Ann Berg wrote. The Harbour Council said no.")
	berg, lund, council := r.mentions[r.mentionOf(t, "Ann Berg")].entity, r.mentions[r.mentionOf(t, "Eva Lund")].entity, r.mentions[r.mentionOf(t, "The Harbour Council")].entity
	alone := r.steadiness([]view{{entity: berg}}, 0)
	among := r.steadiness([]view{{entity: berg}, {entity: lund, rank: 1}}, 0)
	rivalled := r.steadiness([]view{{entity: berg, rivals: 1}, {entity: lund, rank: 1}}, 0)
	passing := r.steadiness([]view{{entity: berg}, {entity: lund, rank: 1}}, 1)
	nameless := r.steadiness([]view{{entity: council}}, 0)
	for _, c := range []struct {
		what       string
		more, less float32
	}{
		{"alone, among others", alone, among}, {"among others, before a rival", among, rivalled},
		{"the one the article is about, one named in passing", among, passing}, {"alone, without a name", alone, nameless},
	} {
		if c.more <= c.less || c.more > 1 || c.less <= 0 {
			t.Errorf("%s: %v and %v", c.what, c.more, c.less)
		}
	}
}
