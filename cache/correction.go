package cache

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/quote"
)

// Correction says who said a quote, where the engine got it wrong: by word of a guild's moderators, in whose lists it
// then stands so, or of a reader, which waits for them. It belongs to the guild; what others see stays as it was found.
// It is kept for as long as the guild has the story, whatever becomes of the article's text meanwhile.
type Correction struct {
	Story   string    `json:"story"`   // ID
	Quote   string    `json:"quote"`   // one of [QuoteKeys]
	Words   string    `json:"words"`   // of the quote
	Speaker string    `json:"speaker"` // the name in full; "" where nobody said it
	By      string    `json:"by"`      // opaque id of the person
	At      time.Time `json:"at"`
	Open    bool      `json:"open,omitempty"` // a report, which changes nothing yet
}

// QuoteKeys name the quotes of an article, one each: by their words, and where several have the same, by which of them
// it is. They stay the same when the article is filed anew, as far as it still has the words.
func QuoteKeys(quotes []quote.Quote) []string {
	keys := make([]string, len(quotes))
	seen := map[string]int{}
	for i, q := range quotes {
		said := strings.Join(strings.Fields(q.Text), " ")
		seen[said]++
		keys[i] = Digest("quote", said, strconv.Itoa(seen[said]))
	}
	return keys
}

// Corrected is a story as the guild has it whose corrections these are.
func Corrected(s Story, corrections []Correction) Story {
	by := map[string]Correction{}
	for _, c := range corrections {
		if !c.Open {
			by[c.Quote] = c
		}
	}
	if len(by) == 0 {
		return s
	}
	s = Uncorrected(s)
	s.Quotes = slices.Clone(s.Quotes)
	for i, key := range QuoteKeys(s.Quotes) {
		c, wrong := by[key]
		if !wrong {
			continue
		}
		q := &s.Quotes[i]
		q.Corrected = &quote.Attribution{Speaker: q.Speaker, Confidence: q.Confidence, Mention: q.Mention}
		q.Speaker, q.Confidence, q.Mention = c.Speaker, 1, nil
	}
	return s
}

// Uncorrected is a story as the engine found it. No driver files another: a guild's corrections are not for the others
// that share the story.
func Uncorrected(s Story) Story {
	if !slices.ContainsFunc(s.Quotes, func(q quote.Quote) bool { return q.Corrected != nil }) {
		return s
	}
	s.Quotes = slices.Clone(s.Quotes)
	for i := range s.Quotes {
		q := &s.Quotes[i]
		if found := q.Corrected; found != nil {
			q.Speaker, q.Confidence, q.Mention, q.Corrected = found.Speaker, found.Confidence, found.Mention, nil
		}
	}
	return s
}

// SortCorrections puts the oldest first.
func SortCorrections(all []Correction) {
	slices.SortFunc(all, func(a, b Correction) int {
		if n := a.At.Compare(b.At); n != 0 {
			return n
		}
		return strings.Compare(a.Story+a.Quote+strconv.FormatBool(a.Open), b.Story+b.Quote+strconv.FormatBool(b.Open))
	})
}
