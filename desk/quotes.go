package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsdesk/cache"
	"newsdesk/quote"
	"newsdesk/quote/name"
)

// maxCandidates is how many people a name may fit before the list ends; Discord shows 25 at most.
const maxCandidates = 25

// QuoteQuery asks for quotes. Its zero value asks for all that a guild has.
type QuoteQuery struct {
	Guild   string
	Speaker string    // as a person types it: any part of a name, titles and case do not matter; "" for anyone
	About   string    // words that the quote or its article's title holds; "" for anything
	Since   time.Time // filed at or after; zero for any time
	Site    string    // "" for any
	StoryID string    // "" for any
	Limit   int       // at most so many; 0 for all
	After   string    // cursor: [QuoteList.Next] of the page before
	Dates   bool      // say when the articles were published; costs a look at each story
}

// QuoteList is what a [QuoteQuery] found.
type QuoteList struct {
	Quotes []cache.FiledQuote
	// Speaker is who was understood by the name typed: "Donald Trump"; "" if nobody was asked for, or
	// nobody fits.
	Speaker string
	// Candidates are the people whom the name typed fits when it fits several, most quoted first. There
	// are no Quotes then: whoever asks says which one is meant.
	Candidates []cache.Speaker
	Next       string // cursor of the next page, "" at the end
}

// Quotes finds quotes in everything filed for a guild.
func (d *Desk) Quotes(ctx context.Context, q QuoteQuery) (QuoteList, error) {
	if d.store == nil {
		return QuoteList{}, ErrNoStore
	}
	var list QuoteList
	query := cache.QuoteQuery{
		Guild: q.Guild, About: q.About, Since: q.Since, Site: q.Site,
		StoryID: q.StoryID, Limit: q.Limit, After: q.After,
	}
	if strings.TrimSpace(q.Speaker) != "" {
		like, err := d.store.SpeakersLike(ctx, q.Guild, q.Speaker, maxCandidates)
		if err != nil {
			return QuoteList{}, fmt.Errorf("find speakers: %w", err)
		}
		meant := whoIsMeant(q.Speaker, like)
		if len(meant) != 1 {
			return QuoteList{Candidates: meant}, nil
		}
		list.Speaker = meant[0].Name
		query.Speakers = []string{list.Speaker}
	}
	var err error
	list.Quotes, list.Next, err = d.store.Quotes(ctx, query)
	if err != nil {
		return QuoteList{}, fmt.Errorf("find quotes: %w", err)
	}
	if q.Dates {
		if err := d.date(ctx, q.Guild, list.Quotes); err != nil {
			return QuoteList{}, err
		}
	}
	return list, nil
}

// date sets when the articles of quotes were published.
func (d *Desk) date(ctx context.Context, guild string, quotes []cache.FiledQuote) error {
	published := make(map[string]string)
	for i := range quotes {
		id := quotes[i].StoryID
		if _, known := published[id]; !known {
			story, err := d.store.Story(ctx, guild, id)
			if err != nil && !errors.Is(err, cache.ErrNotFound) { // forgotten in between
				return fmt.Errorf("date quotes: %w", err)
			}
			published[id] = story.Article.Published
		}
		quotes[i].Published = published[id]
	}
	return nil
}

// QuotesIn finds quotes in one story, filed or not, in the order of the article. Guild, Since, Site and
// the paging of q play no part.
func QuotesIn(story cache.Story, q QuoteQuery) QuoteList {
	var list QuoteList
	if strings.TrimSpace(q.Speaker) != "" {
		meant := whoIsMeant(q.Speaker, speakersLike(q.Speaker, story.Quotes))
		if len(meant) != 1 {
			return QuoteList{Candidates: meant}
		}
		list.Speaker = meant[0].Name
	}
	about := aboutIn(story, q.About)
	for i, found := range story.Quotes {
		if list.Speaker != "" && found.Speaker != list.Speaker {
			continue
		}
		if !about(i) {
			continue
		}
		list.Quotes = append(list.Quotes, story.Filed(found))
		if q.Limit > 0 && len(list.Quotes) == q.Limit {
			break
		}
	}
	return list
}

// whoIsMeant chooses from the candidates whom a person may mean by what was typed. The full name of one
// means that one, also if it fits others ("Donald Trump", "Donald Trump Jr.").
func whoIsMeant(typed string, candidates []cache.Speaker) []cache.Speaker {
	folded := name.Fold(typed)
	var fits []cache.Speaker
	for _, c := range candidates {
		if name.Fold(c.Name) == folded {
			return []cache.Speaker{c}
		}
		if name.Fits(typed, c.Name) {
			fits = append(fits, c)
		}
	}
	if len(fits) == 0 {
		return candidates // the store forgives typing mistakes
	}
	return fits
}

// speakersLike lists the speakers of an article whom a person may mean by what was typed, as a store does:
// those whom it fits, else those whom it fits but for a typing error.
func speakersLike(typed string, quotes []quote.Quote) []cache.Speaker {
	asked := name.Asked(typed)
	for _, fits := range []func(full string) bool{asked.Fits, asked.FitsLoosely} {
		like := slices.DeleteFunc(speakersOf(quotes), func(s cache.Speaker) bool { return !fits(s.Name) })
		if len(like) > 0 {
			return like
		}
	}
	return nil
}

// speakersOf counts who speaks in an article, most quoted first.
func speakersOf(quotes []quote.Quote) []cache.Speaker {
	var speakers []cache.Speaker
	for _, q := range quotes {
		if q.Speaker == "" {
			continue
		}
		i := slices.IndexFunc(speakers, func(s cache.Speaker) bool { return s.Name == q.Speaker })
		if i < 0 {
			i, speakers = len(speakers), append(speakers, cache.Speaker{Name: q.Speaker})
		}
		speakers[i].Count++
	}
	slices.SortStableFunc(speakers, func(a, b cache.Speaker) int { return b.Count - a.Count })
	return speakers
}

// aboutIn returns whether a quote of a story is about words, as a store understands that: it and the title
// hold all of them, in some form.
func aboutIn(story cache.Story, words string) func(quote int) bool {
	readings := cache.QueryTerms(words)
	if len(readings) == 0 {
		return func(int) bool { return true }
	}
	terms := cache.TermsOf(story).Quotes
	return func(i int) bool {
		return slices.ContainsFunc(readings, func(reading []string) bool {
			return !slices.ContainsFunc(reading, func(term string) bool {
				_, found := slices.BinarySearch(terms[i], term)
				return !found
			})
		})
	}
}
