package llm

import "testing"

func TestInFirstPerson(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"en", "The debate gave the party much to be proud of, with our candidates drawing clear differences.", "our"},
		{"en", "We think that the ferry is too slow.", "We"},
		{"en", "The ferry, I think, is too slow.", "I"},
		{"", "The mayor said “we will not close the road” on Monday.", ""},
		{"en", "We Are The World, the charity anthem, has been issued again.", ""},
		{"en", "The actor won for My Left Foot.", ""},
		{"en", "World War I began in 1914 and Elizabeth I was long dead.", ""},
		{"en", "Part I", ""},
		{"en", "US troops left the town.", ""},
		{"de", "Der Haushalt macht unsere Stadt ärmer.", "unsere"},
		{"de-AT", "Die Bürgermeisterin eröffnete am Montag den Hafen.", ""},
		{"fr", "Le port reste notre fierté.", "notre"},
		{"es", "El puerto sigue siendo nuestro orgullo.", "nuestro"},
		{"ru", "Мы так думаем.", ""}, // no list for it
	} {
		if got := inFirstPerson(c.text, c.language); got != c.want {
			t.Errorf("%s: %s\n\tsays %q, want %q", c.language, c.text, got, c.want)
		}
	}
}
