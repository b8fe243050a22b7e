package terms

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	tests := []struct{ language, text, stems string }{
		{"en", "The ferries’ owner said: “Fares rose 3.5%.”", "ferri owner fare rose 3.5"},
		{"en", "Berg's boats sailed in mid-May", "berg boat sail mid-may"},
		{"de", "Die Häuser des Hafens", "haus hafen"},
		{"fr", "Les négociations ont commencé", "négoci commenc"},
		{"fr", "l’accord qu'il a signé", "accord sign"},
		{"ja", "港が開く", "港 が 開 く"},
		{"xx", "Zoo aan zee", "zoo aan zee"},
		{"en", "", ""},
		{"en", "\xff\xfe 12,000", "12,000"},
	}
	for _, tt := range tests {
		var got []string
		for _, w := range NewReader(tt.language).Words(tt.text) {
			if !w.Function {
				got = append(got, w.Stem)
			}
		}
		if s := strings.Join(got, " "); s != tt.stems {
			t.Errorf("%s %q: stems %q, want %q", tt.language, tt.text, s, tt.stems)
		}
	}
}

func TestWordsSayWhatTheyAre(t *testing.T) {
	text := "In Oslo, 40 ships"
	words := NewReader("en").Words(text)
	if len(words) != 4 {
		t.Fatalf("%d words, want 4", len(words))
	}
	if !words[0].Function || !words[1].Capital || !words[2].Number || words[3].Capital {
		t.Errorf("wrong marks: %+v", words)
	}
	for _, w := range words {
		if !strings.EqualFold(text[w.Start:w.End], w.Lower) {
			t.Errorf("%q stands at %d..%d, where the text has %q", w.Lower, w.Start, w.End, text[w.Start:w.End])
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("en", "It’s 3.5m, she said – “no-one’s” fault.")
	f.Add("de", "Straße\u00adn 港\xff")
	f.Fuzz(func(t *testing.T, language, text string) {
		end := 0
		for _, w := range NewReader(language).Words(text) {
			if w.Start < end || w.End <= w.Start || w.End > len(text) {
				t.Fatalf("word %+v after byte %d of %d", w, end, len(text))
			}
			end = w.End
		}
	})
}
