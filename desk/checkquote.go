package desk

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"newsdesk/cache"
	"newsdesk/desk/verbatim"
	"newsdesk/quote"
	"newsdesk/quote/name"
)

// QuoteClaim is words that somebody is claimed to have said.
type QuoteClaim struct {
	Words   string       // with or without quotation marks; ellipses and brackets as in print
	Speaker string       // as a person types it; "" if nobody is named
	Guild   string       // whose filed stories are looked through, unless Story is set
	Story   *cache.Story // the only story to look through; nil for everything filed
}

// Verdict says whether somebody said something.
type Verdict string

// The verdicts.
const (
	Verbatim     Verdict = "verbatim"      // word for word, and by the speaker named
	Altered      Verdict = "altered"       // in other words, or the reporter's words sold as a quotation
	OtherSpeaker Verdict = "other_speaker" // said, but not by the speaker named
	NotFound     Verdict = "not_found"     // nowhere in what was looked through
)

// QuoteVerdict is what became of a [QuoteClaim].
type QuoteVerdict struct {
	Verdict     Verdict               `json:"verdict"`
	Quotes      []cache.FiledQuote    `json:"quotes"`      // what was said, the nearest first; none if not found
	Differences []verbatim.Difference `json:"differences"` // from the first of Quotes; none if verbatim
}

const (
	maxQuotes = 10 // shown with a verdict
	// nearest is how many quotes are compared word by word, of those that share most words.
	nearest = 40
	// altered is the score from which a claim is taken for the altered words of a quote.
	altered = 0.55
	// piece is how much of a claim a quote must hold to be one of several that it was joined from, and
	// joined how much they must hold together.
	piece, joined = 0.2, 0.8
)

// CheckQuote tells whether words were said as claimed, from quotes alone, without a model.
func (d *Desk) CheckQuote(ctx context.Context, c QuoteClaim) (QuoteVerdict, error) {
	claim := verbatim.Parse(c.Words, "")
	if claim.Empty() {
		return QuoteVerdict{}, ErrNoClaim
	}
	stories, err := d.storiesWith(ctx, c, claim)
	if err != nil {
		return QuoteVerdict{}, err
	}
	found := compare(claim, stories)
	named := func(u utterance) bool { return c.Speaker == "" || u.saidBy(c.Speaker) }
	for _, rule := range []func([]utterance, func(utterance) bool) (QuoteVerdict, bool){exactly, pieced(claim), nearly} {
		if v, ok := rule(found, named); ok {
			return v, nil
		}
	}
	return QuoteVerdict{Verdict: NotFound, Quotes: []cache.FiledQuote{}, Differences: []verbatim.Difference{}}, nil
}

func (d *Desk) storiesWith(ctx context.Context, c QuoteClaim, claim verbatim.Claim) ([]cache.Story, error) {
	if c.Story != nil {
		return []cache.Story{*c.Story}, nil
	}
	if d.store == nil {
		return nil, ErrNoStore
	}
	search := claim.Terms()
	if len(search) == 0 {
		search = strings.Fields(c.Words) // function words alone
	}
	stories, err := d.store.Search(ctx, c.Guild, strings.Join(search, " "), storyLimit)
	if err != nil {
		return nil, fmt.Errorf("search the store: %w", err)
	}
	return stories, nil
}

// utterance is what one speaker said in one go: a quote, or several that a reporter's words part.
type utterance struct {
	text   string
	quotes []cache.FiledQuote
	story  *cache.Story
	match  verbatim.Match
}

func (u utterance) saidBy(typed string) bool {
	speaker := u.quotes[0].Speaker
	if speaker == "" {
		return false
	}
	return name.FitsLoosely(typed, speaker) || describedAs(typed, u.story)[speaker]
}

func (u utterance) reported() bool { return u.quotes[0].Kind == quote.Indirect }

// parts orders what matches a claim equally well: a quotation, one that is parted, a reported statement.
func (u utterance) parts() int {
	if u.reported() {
		return math.MaxInt
	}
	return len(u.quotes)
}

// compare holds the claim against what is nearest to it, the best match first; among equals quotations
// before reported statements.
func compare(claim verbatim.Claim, stories []cache.Story) []utterance {
	type near struct {
		utterance
		overlap float64
	}
	var all []near
	for i := range stories {
		for _, u := range utterances(&stories[i]) {
			if o := claim.Overlap(u.text); o > 0 {
				all = append(all, near{u, o})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return cmp.Compare(b.overlap, a.overlap) })
	var out []utterance
	for _, n := range all[:min(nearest, len(all))] {
		n.match = claim.Compare(n.text)
		out = append(out, n.utterance)
	}
	slices.SortStableFunc(out, func(a, b utterance) int {
		return cmp.Or(cmp.Compare(b.match.Score, a.match.Score), cmp.Compare(a.parts(), b.parts()))
	})
	return out
}

// utterances are the quotes of a story, each by itself and joined with those that go on from it.
func utterances(s *cache.Story) []utterance {
	var out []utterance
	open := -1 // the utterance that the next quote may go on from
	for _, q := range s.Quotes {
		one := utterance{text: q.Text, quotes: []cache.FiledQuote{s.Filed(q)}, story: s}
		if q.Kind == quote.Indirect {
			out = append(out, one)
			continue
		}
		if open >= 0 {
			before := out[open]
			last := before.quotes[len(before.quotes)-1].Quote
			if goesOn(s.Article.Text, last, q) && len(before.quotes) < 8 {
				before.text += " " + q.Text
				before.quotes = append(slices.Clone(before.quotes), one.quotes[0])
				out = append(out, one, before)
				open = len(out) - 1
				continue
			}
		}
		out = append(out, one)
		open = len(out) - 1
	}
	return out
}

// goesOn reports whether b is the same speech as a, which comes before it: parted by no more than the
// attribution inside a sentence (“A,” she said, “b”), or carried into the next paragraph.
func goesOn(text string, a, b quote.Quote) bool {
	if a.Speaker != b.Speaker || b.Start < a.End || b.Start-a.End > 200 {
		return false
	}
	between := text[a.End:b.Start]
	if b.Paragraph != a.Paragraph {
		// The closing mark is left out where a quotation goes on after the paragraph.
		return strings.Trim(between, " \n\r\t“\"„«»‘'") == "" && !strings.ContainsAny(strings.SplitN(between, "\n", 2)[0], "”\"»’'")
	}
	said := strings.TrimRight(a.Text, " ")
	return strings.HasSuffix(said, ",") && !strings.ContainsAny(between, ".!?;:\n") &&
		b.Text != "" && strings.ToLower(b.Text[:1]) == b.Text[:1]
}

// exactly judges a claim that stands in a quote word for word.
func exactly(found []utterance, named func(utterance) bool) (QuoteVerdict, bool) {
	var said, reported []utterance
	for _, u := range found {
		switch {
		case !u.match.Exact:
		case u.reported():
			reported = append(reported, u)
		default:
			said = append(said, u)
		}
	}
	by, others := partition(said, named)
	switch {
	case len(by) > 0:
		return verdict(Verbatim, by), true
	case len(others) > 0:
		return verdict(OtherSpeaker, others), true
	}
	by, others = partition(reported, named)
	switch {
	case len(by) > 0:
		return verdict(Altered, by), true
	case len(others) > 0:
		return verdict(OtherSpeaker, others), true
	}
	return QuoteVerdict{}, false
}

// nearly judges a claim that is near to a quote.
func nearly(found []utterance, named func(utterance) bool) (QuoteVerdict, bool) {
	var near []utterance
	for _, u := range found {
		if u.match.Score >= altered {
			near = append(near, u)
		}
	}
	by, others := partition(near, named)
	switch {
	case len(by) > 0:
		return verdict(Altered, by), true
	case len(others) > 0:
		return verdict(OtherSpeaker, others), true
	}
	return QuoteVerdict{}, false
}

// pieced judges a claim that was joined from several quotes of one story.
func pieced(claim verbatim.Claim) func([]utterance, func(utterance) bool) (QuoteVerdict, bool) {
	return func(found []utterance, named func(utterance) bool) (QuoteVerdict, bool) {
		for i, first := range found {
			if first.match.Score < piece || first.match.Score >= joined {
				break
			}
			pieces := []utterance{first}
			together := slices.Clone(first.match.Said)
			for _, u := range found[i+1:] {
				more := slices.Clone(together)
				for k := range more {
					more[k] = more[k] || u.match.Said[k]
				}
				if u.story == first.story && claim.Share(more)-claim.Share(together) >= piece {
					pieces, together = append(pieces, u), more
				}
			}
			if len(pieces) > 1 && claim.Share(together) >= joined {
				if by, _ := partition(pieces, named); len(by) == 0 {
					return verdict(OtherSpeaker, pieces), true
				}
				return verdict(Altered, pieces), true
			}
		}
		return QuoteVerdict{}, false
	}
}

func partition(us []utterance, named func(utterance) bool) (by, others []utterance) {
	for _, u := range us {
		if named(u) {
			by = append(by, u)
		} else {
			others = append(others, u)
		}
	}
	return by, others
}

func verdict(v Verdict, us []utterance) QuoteVerdict {
	out := QuoteVerdict{Verdict: v, Differences: us[0].match.Differences}
	if out.Differences == nil {
		out.Differences = []verbatim.Difference{}
	}
	for _, u := range us {
		for _, q := range u.quotes {
			if len(out.Quotes) < maxQuotes && !slices.ContainsFunc(out.Quotes, func(have cache.FiledQuote) bool {
				return have.StoryID == q.StoryID && have.Span == q.Span
			}) {
				out.Quotes = append(out.Quotes, q)
			}
		}
	}
	return out
}
