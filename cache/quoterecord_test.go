package cache

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/article"
	"newsdesk/quote"
)

var quotes = []quote.Quote{
	{},
	{Text: "“a”\x00 <b>\u2028", Span: article.Span{Start: 3, End: 9}, Kind: quote.Mixed, Speaker: "S", Confidence: 0.25,
		Mention: &quote.Mention{Text: "he", Span: article.Span{Start: 1, End: 3}}, Cue: "said", Paragraph: 4},
	{Text: "b", Span: article.Span{Start: 1 << 40, End: -1}, Kind: quote.Indirect, Confidence: 1, Mention: &quote.Mention{}},
}

// TestQuoteRoundTrip holds the encoding to JSON, which knows every field: one that is new in [quote.Quote] must
// come back too.
func TestQuoteRoundTrip(t *testing.T) {
	for _, want := range quotes {
		asJSON, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string][]byte{"now": MarshalQuote(want), "as the first versions wrote it": asJSON} {
			got, err := UnmarshalQuote(data)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
	}
	var known map[string]any
	data, err := json.Marshal(quotes[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &known); err != nil {
		t.Fatal(err)
	}
	for name, value := range known {
		if value == nil || value == "" || value == 0.0 {
			t.Errorf("the test leaves %s empty: fill it in, and see that MarshalQuote keeps it", name)
		}
	}
}

// TestDamagedQuotes: every beginning of a record, and one with more behind it, is refused.
func TestDamagedQuotes(t *testing.T) {
	whole := MarshalQuote(quotes[1])
	damaged := [][]byte{[]byte("{"), []byte("letter"), append(MarshalQuote(quotes[1]), 0)}
	plain := len(MarshalQuote(quote.Quote{Text: quotes[1].Text, Span: quotes[1].Span, Kind: quote.Mixed, Speaker: "S", Cue: "said"}))
	for n := range whole {
		if n != plain { // a quote without a mention
			damaged = append(damaged, whole[:n])
		}
	}
	for _, data := range damaged {
		if q, err := UnmarshalQuote(data); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%q is %+v, %v; want ErrCorrupt", data, q, err)
		}
	}
}
