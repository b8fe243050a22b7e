package desk_test

import (
	"testing"

	"newsdesk/desk"
	"newsdesk/quote"
)

func TestSpeakerShown(t *testing.T) {
	for _, test := range []struct {
		speaker, mention string // no mention: ""
		confidence       float64
		want             string
	}{
		{"Anna Berg", "she", 0.5, "Anna Berg"},
		{"Anna Berg", "", 0.9, "Anna Berg"},
		{"Anna Berg", "she", 0.49, "she"},
		{"Anna Berg", "She", 0.1, "She"},
		{"Anna Berg", "the\nminister", 0.3, "the minister"},
		{"Anna Berg", "Außenministerin", 0.3, "Außenministerin"},
		{"Anna Berg", "Berg", 0.3, ""},
		{"Anna Berg", "Mayor Anna Berg", 0.3, ""},
		{"Anna Berg", "", 0.3, ""},
		{"the port's spokesman", "the port's spokesman", 0.3, "the port's spokesman"},
		{"US officials", "US officials", 0.3, "US officials"},
		{"", "he", 0, "he"},
		{"", "", 0, ""},
	} {
		q := quote.Quote{Speaker: test.speaker, Confidence: test.confidence}
		if test.mention != "" {
			q.Mention = &quote.Mention{Text: test.mention}
		}
		if got := desk.SpeakerShown(q); got != test.want {
			t.Errorf("%q (%.2f) beside %q is shown as %q, want %q", test.speaker, test.confidence, test.mention, got, test.want)
		}
	}
	q := quote.Quote{Kind: quote.Indirect, Speaker: "Anna Berg", Mention: &quote.Mention{Text: "Berg"}, Confidence: 0.3}
	if got := desk.SpeakerShown(q); got != "Berg" {
		t.Errorf("whom the article names beside a reported statement is shown as %q", got)
	}
}
