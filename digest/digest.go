// Package digest makes the news of a day out of what a guild has filed: which articles tell the same story, which
// stories come first, and what is said of each.
//
//	news := digest.Of(items, digest.Period{Since: yesterday, Until: now})
//
// An [Item] is an article with who shared it. Articles of one event, from whatever outlet and in whatever language, are
// joined into a [Story] (likeness.go says how alike two are, group.go which belong together); stories are ranked by how
// many people shared and discussed them and by how fresh they are, what only feeds brought last (rank.go). Of a story stand there its headline, one
// sentence of a summary that was checked when it was filed, its most telling quotation (tell.go), what only one outlet
// has, and, where two people spoke, both side by side (differ.go).
//
// Nothing here is written by a model and nothing is made up: every word of a digest is an article's or a checked
// summary's. The functions are pure: no store, no clock, no Discord; the same items give the same digest.
package digest

import (
	"slices"
	"time"

	"newsdesk/cache"
	"newsdesk/summarize"
)

// How much a digest holds at most.
const (
	Most       = 8 // stories
	MostQuoted = 5 // speakers
)

// Period is the time that a digest is of: since a moment, until before another.
type Period struct{ Since, Until time.Time }

// Item is one article of the period.
type Item struct {
	Story   cache.Story
	Shares  []cache.Share // who shared it in this guild, in the order of time
	Replies int           // how many questions and answers its cards had; 0 where nobody counts
}

// Outlet is who published an item.
func (i *Item) Outlet() string {
	return cache.Outlet(i.Story.Article.Site, cache.Name(&i.Story.Article))
}

// fed reports whether nobody but feeds shared an item.
func (i *Item) fed() bool {
	return len(i.Shares) > 0 && !slices.ContainsFunc(i.Shares, func(s cache.Share) bool {
		_, brought := s.Feed()
		return !brought
	})
}

// latest is when an item was last shared.
func (i *Item) latest() time.Time {
	at := i.Story.FiledAt
	for _, share := range i.Shares {
		if share.At.After(at) {
			at = share.At
		}
	}
	return at
}

// Digest is the news of a period.
type Digest struct {
	Period
	Stories    []Story         // the first first, [Most] at most
	MostQuoted []cache.Speaker // by how many utterances the period's articles hold, [MostQuoted] at most
	LeftOut    int             // articles of the period that stand in none of Stories
}

// Story is one event as one or more outlets tell it.
type Story struct {
	Headline string
	Sentence summarize.Point    // of the first item's summary; without text if that has no points
	Items    []Item             // the one that tells it best first
	Quote    *cache.FiledQuote  // the most telling quotation; nil if nobody of a known name says anything
	Voices   []cache.FiledQuote // two people of whom one contradicts, or none
	Only     []Only             // what a single outlet has; none where there is only one
	SharedBy []string           // opaque ids of the people who shared any of it, each once; "" is left out
	Fed      bool               // no person shared any of it: feeds brought it
}

// Outlets are the items of a story that tell it for an outlet each, the best of each outlet.
func (s *Story) Outlets() []Item {
	var out []Item
	seen := map[string]bool{}
	for _, i := range s.Items {
		if name := i.Outlet(); !seen[name] {
			seen[name] = true
			out = append(out, i)
		}
	}
	return out
}

// Of makes the digest of items. An item without a text or a title is left out.
func Of(items []Item, period Period) Digest {
	readable := slices.DeleteFunc(slices.Clone(items), func(i Item) bool { return headline(&i.Story) == "" })
	traces := make([]*trace, len(readable))
	for i := range readable {
		traces[i] = traceOf(&readable[i].Story)
	}
	corpus := weigh(traces)
	groups := group(traces, corpus)
	ranked := rank(groups, readable, period)
	d := Digest{Period: period, MostQuoted: quoted(readable), LeftOut: len(items)}
	for _, members := range ranked[:min(len(ranked), Most)] {
		d.Stories = append(d.Stories, tell(members, readable, traces))
		d.LeftOut -= len(members)
	}
	return d
}

// Telling is the story that an article tells, nil if none of the digest's does.
func (d *Digest) Telling(article string) *Story {
	for i := range d.Stories {
		if slices.ContainsFunc(d.Stories[i].Items, func(item Item) bool { return item.Story.ID == article }) {
			return &d.Stories[i]
		}
	}
	return nil
}

// Disagreement is the first of the stories in which one of two people contradicts the other, nil if there is none.
func (d *Digest) Disagreement() *Story {
	for i := range d.Stories {
		if len(d.Stories[i].Voices) > 0 {
			return &d.Stories[i]
		}
	}
	return nil
}

// Quotation is the quotation that is shown with a story of the digest: its most telling one, nil where it has none or
// where that stands among the voices of [Digest.Disagreement].
func (d *Digest) Quotation(s *Story) *cache.FiledQuote {
	if s.Quote != nil && d.Disagreement() == s && slices.ContainsFunc(s.Voices, func(q cache.FiledQuote) bool { return q.StoryID == s.Quote.StoryID && q.Span == s.Quote.Span }) {
		return nil
	}
	return s.Quote
}

// Groups returns which of the stories tell the same event, as indices, each group in order and the groups by their
// first; for measuring.
func Groups(stories []cache.Story) [][]int {
	traces := tracesOf(stories)
	return group(traces, weigh(traces))
}
