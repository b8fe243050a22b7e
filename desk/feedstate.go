package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsdesk/article/feed"
	"newsdesk/article/fetch"
	"newsdesk/cache"
)

// What is known of a feed, whoever follows it, stands among the settings of a guild of its own, which no server is: its
// [feedState], which has its appointment in the agenda for when the feed is to be read next, and a setting for each guild
// that follows it.
const (
	feedShelf    = "feed "
	stateSetting = "feed.state"
	feedKind     = "feed" // of appointments
	toSetting    = "to."
)

// feedState is what is known of a feed. All processes that share the store share it.
type feedState struct {
	URL      string        `json:"url"`
	Title    string        `json:"title,omitempty"`
	Version  fetch.Version `json:"version,omitzero"`
	Read     time.Time     `json:"read,omitzero"`      // when it could last be read
	Next     time.Time     `json:"next,omitzero"`      // not to be asked for before
	Failures int           `json:"failures,omitempty"` // since then, in a row
	Failure  string        `json:"failure,omitempty"`  // the key of the sentence for the last one
	Status   int           `json:"status,omitempty"`   // the status that it was, 0 if it was none
	Seen     string        `json:"seen,omitempty"`     // the items that were there, as [mark] names them

	asked bool        // the server, just now
	fresh []freshItem // what it had that was not seen before
}

// freshItem is an item that is to be filed, and posted if it is news.
type freshItem struct {
	feed.Item
	News bool
}

// onto is f with what is known of the feed.
func (s feedState) onto(f Feed) Feed {
	if s.Title != "" {
		f.Title = s.Title
	}
	f.Read, f.Next, f.failure, f.status = s.Read, s.Next, s.Failure, s.Status
	return f
}

// feedState reads the state of a feed, and which guilds follow it. Where nothing is known, it is that of a feed that was
// never read.
func (d *Desk) feedState(ctx context.Context, id, address string) (state feedState, guilds []string, err error) {
	settings, err := d.store.Settings(ctx, feedShelf+id)
	if err != nil {
		return feedState{}, nil, fmt.Errorf("read what is known of feed %s: %w", id, err)
	}
	if value := settings[stateSetting]; value == "" || json.Unmarshal([]byte(value), &state) != nil {
		state = feedState{URL: address}
	}
	for key := range settings {
		if guild, is := strings.CutPrefix(key, toSetting); is {
			guilds = append(guilds, guild)
		}
	}
	slices.Sort(guilds)
	return state, guilds, nil
}

// keepState keeps what is known of a feed, and has it read when that is due.
func (d *Desk) keepState(ctx context.Context, id string, s feedState) error {
	err := d.store.Appoint(ctx, feedShelf+id, stateSetting, s.Next) // a look for nothing is better than none
	if err == nil {
		err = d.set(ctx, feedShelf+id, stateSetting, s)
	}
	if err != nil {
		return fmt.Errorf("keep what is known of feed %s: %w", id, err)
	}
	return nil
}

const (
	markLength = 10                // characters of five bits each: no two items of a feed are taken for one
	seenItems  = feed.MaxItems * 3 // remembered of a feed, also when they no longer stand there
)

// mark is what is remembered of an item.
func mark(id string) string { return cache.Digest("item", id)[:markLength] }

// see notes what stands in a feed, and returns what was not seen before, in the feed's order.
func (s *feedState) see(items []feed.Item) (unseen []feed.Item) {
	seen := strings.Fields(s.Seen)
	known := make(map[string]bool, len(seen))
	for _, m := range seen {
		known[m] = true
	}
	there := make([]string, 0, len(items))
	for _, i := range items {
		m := mark(i.ID)
		there = append(there, m)
		if !known[m] {
			unseen = append(unseen, i)
		}
	}
	for _, m := range seen { // those that stand there go last
		if !slices.Contains(there, m) {
			there = append(there, m)
		}
	}
	s.Seen = strings.Join(there[:min(len(there), seenItems)], " ")
	return unseen
}
