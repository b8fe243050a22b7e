package desk

import (
	"strings"
	"testing"

	"newsdesk/quote"
	"newsdesk/summarize/terms"
)

// madeClaim is a quote as somebody may spread it, with the verdict that is right.
type madeClaim struct {
	kind           string
	words, speaker string
	want           Verdict
	of             *annotated
}

// claimsOf makes claims of the quotations of ten words or more that the engine gives a speaker: left as
// they are, with a word changed, with the middle cut out, joined from two, given to another speaker, and
// never said (a quote of an article far away).
func claimsOf(as []annotated) []madeClaim {
	var out []madeClaim
	for i := range as {
		a := &as[i]
		qs := longQuotes(a)
		for k, q := range qs {
			ws := strings.Fields(q.Text)
			n := len(ws)
			out = append(out,
				madeClaim{"as it is", q.Text, q.Speaker, Verbatim, a},
				madeClaim{"a word changed", changed(ws, k), q.Speaker, Altered, a},
				madeClaim{"cut", strings.Join(append(append([]string{}, ws[:n/3]...), ws[2*n/3:]...), " "), q.Speaker, Altered, a},
			)
			if k+1 < len(qs) && !follows(a, q, qs[k+1]) {
				out = append(out, madeClaim{"joined", q.Text + " " + qs[k+1].Text, q.Speaker, Altered, a})
			}
			if other := otherSpeaker(a, q); other != "" {
				out = append(out, madeClaim{"another speaker", q.Text, other, OtherSpeaker, a})
			}
			far := &as[(i+len(as)/2)%len(as)]
			if far != a {
				out = append(out, madeClaim{"never said", q.Text, "", NotFound, far})
			}
		}
	}
	return out
}

func longQuotes(a *annotated) []quote.Quote {
	var out []quote.Quote
	for _, q := range a.story.Quotes {
		if q.Kind != quote.Indirect && q.Speaker != "" && len(strings.Fields(q.Text)) >= 10 {
			out = append(out, q)
		}
	}
	return out
}

// changed puts another word in the place of the longest.
func changed(ws []string, seed int) string {
	out := append([]string{}, ws...)
	longest := 0
	for i, w := range out {
		if len(w) > len(out[longest]) {
			longest = i
		}
	}
	out[longest] = []string{"umbrellas", "forty", "reluctantly", "Patagonia"}[seed%4]
	return strings.Join(out, " ")
}

// follows reports whether the article itself may print both as one speech.
func follows(a *annotated, q, next quote.Quote) bool {
	return goesOn(a.story.Article.Text, q, next)
}

// otherSpeaker is somebody else who speaks in the article: no other name of the same person, and nobody
// who is quoted with the same words.
func otherSpeaker(a *annotated, q quote.Quote) string {
	taken := make(map[string]bool)
	for _, w := range terms.NewReader("en").Words(q.Speaker) {
		taken[w.Lower] = true
	}
next:
	for _, other := range a.story.Quotes {
		if other.Speaker == "" || other.Text == q.Text || len(strings.Fields(other.Speaker)) < 2 {
			continue
		}
		for _, w := range terms.NewReader("en").Words(other.Speaker) {
			if taken[w.Lower] {
				continue next
			}
		}
		return other.Speaker
	}
	return ""
}

// Claims made from the quotes of an article get the verdict that they should.
func TestMadeClaims(t *testing.T) {
	const floor = 0.98
	d := New(Options{})
	claims := claimsOf(readAnnotated(t, d, "polnear-dev.jsonl", 84))
	right, all := make(map[string]int), make(map[string]int)
	for _, c := range claims {
		v, err := d.CheckQuote(t.Context(), QuoteClaim{Words: c.words, Speaker: c.speaker, Story: &c.of.story})
		if err != nil {
			t.Fatalf("%s: %v", c.words, err)
		}
		for _, kind := range []string{c.kind, "all"} {
			all[kind]++
			if v.Verdict == c.want {
				right[kind]++
			}
		}
		if v.Verdict != c.want && (all[c.kind]-right[c.kind])%8 == 1 {
			t.Logf("%s (%s): %s by %s\n\tjudged %s", c.kind, c.of.ID, c.words, c.speaker, v.Verdict)
			for _, q := range v.Quotes[:min(2, len(v.Quotes))] {
				t.Logf("\tbecause of %s (%s): %s", q.Speaker, q.Kind, q.Text)
			}
		}
	}
	if len(claims) == 0 {
		t.Fatal("no claims")
	}
	for kind, n := range all {
		t.Logf("%-16s %.3f right of %d", kind, float64(right[kind])/float64(n), n)
		t.Logf("measure claims_%s %.4f", strings.ReplaceAll(kind, " ", "_"), float64(right[kind])/float64(n))
	}
	if got := float64(right["all"]) / float64(all["all"]); got < floor {
		t.Errorf("%.3f of the verdicts are right, at least %.2f", got, floor)
	}
}
