package bot

import (
	"regexp"
	"strings"
	"testing"

	"newsdesk/desk"
	"newsdesk/desk/verbatim"
	"newsdesk/words"
)

// What a verdict shows in marks is one stretch of what was said, long enough to judge by, and holds the word that differs.
func TestVerdictQuotesOneStretch(t *testing.T) {
	said := strings.Repeat("We have waited long for this boat. ", 40) + "The harbour opens on Monday, and we are glad. " + strings.Repeat("Nobody has to drive around the bay. ", 40)
	v := desk.QuoteVerdict{Verdict: desk.Altered, Differences: []verbatim.Difference{{Said: "Monday", Claimed: "Friday"}}}
	for _, story := range []string{"one", "two", "three"} {
		v.Quotes = append(v.Quotes, filedQuote(story, "Speaker "+story, said))
	}
	text := markdown(t, quoteVerdict(desk.QuoteClaim{Words: "The harbour opens on Friday"}, v, words.For("en")))
	found := regexp.MustCompile(`> (?:… )?“([^”]*)”`).FindAllStringSubmatch(text, -1)
	if len(found) != 3 {
		t.Fatalf("%d quotations in %s", len(found), text)
	}
	for i, m := range found {
		plain := strings.ReplaceAll(m[1], "__", "")
		if !strings.Contains(said, plain) || size(plain) < 300 {
			t.Errorf("%q is no long stretch of what was said", plain)
		}
		if i == 0 && !strings.Contains(m[1], "__Monday__") {
			t.Errorf("%q does not show what differs", m[1])
		}
	}
}
