package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"newsdesk/article"
	"newsdesk/article/feed"
	"newsdesk/article/fetch"
	"newsdesk/cache"
	"newsdesk/quote/name"
	"newsdesk/words"
)

// This file is whose feeds are read: what a guild follows stands in its settings, under feed.ID. What is known of a feed
// itself, whoever follows it, is in feedstate.go; feedread.go reads.

// What is refused of feeds.
var (
	ErrManyFeeds = errors.New("as many feeds are followed as may be")
	ErrNoFeed    = errors.New("no such feed is followed")
)

// MaxFeeds is how many feeds a guild may follow.
const MaxFeeds = 50

// Feed is a feed that a guild follows. Everything that it brings is filed; where a channel is named, it is posted there
// as well, if it has any of the words or quotes any of the speakers, or if neither are named.
type Feed struct {
	ID       string    `json:"-"`
	URL      string    `json:"url"`
	Title    string    `json:"title,omitempty"`   // as the feed calls itself
	Channel  string    `json:"channel,omitempty"` // of the front end's; "" for none
	Words    []string  `json:"words,omitempty"`   // each one word or several that must all be there
	Speakers []string  `json:"speakers,omitempty"`
	By       string    `json:"by,omitempty"`       // who set it up, to be told what goes wrong with the channel
	Language string    `json:"language,omitempty"` // of the words around what is posted; "" for English
	Added    time.Time `json:"added,omitzero"`

	Read time.Time `json:"-"` // when it could last be read; zero for never
	Next time.Time `json:"-"` // when it is read next

	failure string // the key of the sentence that says why it could not be read the last time; "" if it could
	status  int    // its status, 0 for none
}

// Trouble says in a front end's terms why a feed could not be read the last time; "" if it could.
func (f Feed) Trouble(w *words.Words, front string) string {
	if f.failure == "" {
		return ""
	}
	return w.Say(inTermsOf(w, f.failure, front), "Subject", words.Line(fetch.Redact(f.URL)), "Status", f.status)
}

// GuildFeed is a feed that the configuration has a guild follow.
type GuildFeed struct{ Guild, URL string }

// Newer is what a fetcher has that reads feeds; see [fetch.Client.Newer].
type Newer interface {
	Newer(ctx context.Context, rawURL string, known fetch.Version) (article.Page, fetch.Version, error)
}

const feedSetting = "feed."

// feedID names a feed in settings and buttons: the same for all that follow it.
func feedID(address string) string { return cache.Digest("feed", address)[:16] }

// feedAddress is an address as it was typed, with its scheme, without what no server sees.
func feedAddress(typed string) string {
	typed = strings.TrimSpace(typed)
	if !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	if err != nil {
		return typed // fetch says what is wrong with it
	}
	u.Host, u.Fragment = strings.ToLower(u.Host), ""
	u.Path = cmp.Or(u.Path, "/")
	return u.String()
}

// AddFeed has a guild follow a feed, or changes how it does: f.URL is that of the feed, or of a page that names one. The
// feed is read at once, unless others follow it already; what it has is filed in part, and nothing of that is posted. The
// error says what is wrong with the address, or [feed.ErrNotFeed], [ErrManyFeeds].
func (d *Desk) AddFeed(ctx context.Context, guild string, f Feed) (Feed, error) {
	if d.store == nil {
		return Feed{}, ErrNoStore
	}
	f.URL = feedAddress(f.URL)
	f.ID = feedID(f.URL)
	settings, err := d.store.Settings(ctx, guild)
	if err != nil {
		return Feed{}, fmt.Errorf("read the settings: %w", err)
	}
	state, _, err := d.feedState(ctx, f.ID, f.URL)
	if err == nil && state.Read.IsZero() {
		if state, err = d.tryFeed(ctx, f.URL); err == nil {
			f.URL, f.ID = state.URL, feedID(state.URL)
		}
	}
	if err != nil {
		return Feed{}, About(f.URL, err)
	}
	f.Title = state.Title
	n := 0
	for key := range settings {
		if strings.HasPrefix(key, feedSetting) && key != feedSetting+f.ID {
			n++
		}
	}
	if n >= MaxFeeds {
		return Feed{}, About(f.URL, ErrManyFeeds)
	}
	f.Added = d.now().UTC()
	if err := errors.Join(d.set(ctx, guild, feedSetting+f.ID, f), d.store.Set(ctx, feedShelf+f.ID, toSetting+guild, "1")); err != nil {
		return Feed{}, fmt.Errorf("follow feed %s: %w", f.ID, err)
	}
	if state.asked { // and there is somebody now to file it for
		if err := d.announce(ctx, f.ID, state); err != nil {
			return Feed{}, err
		}
	}
	return state.onto(f), nil
}

// Feeds lists what a guild follows, by title.
func (d *Desk) Feeds(ctx context.Context, guild string) ([]Feed, error) {
	if d.store == nil {
		return nil, ErrNoStore
	}
	settings, err := d.store.Settings(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	var feeds []Feed
	for key := range settings {
		f, follows := feedIn(settings, strings.TrimPrefix(key, feedSetting))
		if !strings.HasPrefix(key, feedSetting) || !follows {
			continue
		}
		state, _, err := d.feedState(ctx, f.ID, f.URL)
		if err != nil {
			return nil, err
		}
		feeds = append(feeds, state.onto(f))
	}
	slices.SortFunc(feeds, func(a, b Feed) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)), strings.Compare(a.URL, b.URL))
	})
	return feeds, nil
}

// RemoveFeed has a guild no longer follow a feed, named by its ID or its address. What it brought stays. Otherwise
// [ErrNoFeed].
func (d *Desk) RemoveFeed(ctx context.Context, guild, ref string) (Feed, error) {
	if d.store == nil {
		return Feed{}, ErrNoStore
	}
	settings, err := d.store.Settings(ctx, guild)
	if err != nil {
		return Feed{}, fmt.Errorf("read the settings: %w", err)
	}
	f, follows := feedIn(settings, ref)
	if !follows {
		if f, follows = feedIn(settings, feedID(feedAddress(ref))); !follows {
			return Feed{}, About(ref, ErrNoFeed)
		}
	}
	if err := d.store.Set(ctx, guild, feedSetting+f.ID, ""); err != nil {
		return Feed{}, fmt.Errorf("drop feed %s: %w", f.ID, err)
	}
	return f, d.store.Set(ctx, feedShelf+f.ID, toSetting+guild, "")
}

// feedIn is the feed of an ID among a guild's settings.
func feedIn(settings map[string]string, id string) (Feed, bool) {
	var f Feed
	value := settings[feedSetting+id]
	if value == "" || json.Unmarshal([]byte(value), &f) != nil { // a newer newsdesk may write it in another way
		return Feed{}, false
	}
	f.ID = id
	return f, true
}

// wants reports whether a story is what is to be posted of a feed.
func (f Feed) wants(s cache.Story) bool {
	if len(f.Words) == 0 && len(f.Speakers) == 0 {
		return true
	}
	if len(f.Words) > 0 {
		terms := cache.TermsOf(s).Story
		for _, w := range f.Words {
			if cache.Holds(terms, cache.QueryTerms(w)) {
				return true
			}
		}
	}
	for _, q := range s.Quotes {
		if sure(q) && slices.ContainsFunc(f.Speakers, func(typed string) bool { return name.Fits(typed, q.Speaker) }) {
			return true
		}
	}
	return false
}

// tryFeed reads a feed for the first time, or that which a page at the address names.
func (d *Desk) tryFeed(ctx context.Context, address string) (feedState, error) {
	state, page, err := d.readFeed(ctx, feedState{URL: address})
	if !errors.Is(err, feed.ErrNotFeed) {
		return state, err
	}
	named := feed.Discover(page)
	if named == "" {
		return state, err
	}
	known, _, knownErr := d.feedState(ctx, feedID(named), named)
	if knownErr != nil || !known.Read.IsZero() {
		return known, knownErr
	}
	state, _, err = d.readFeed(ctx, known)
	return state, err
}
