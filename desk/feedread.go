package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/article/feed"
	"newsdesk/article/fetch"
	"newsdesk/cache"
	"newsdesk/queue"
)

// DefaultFeedsEvery is how often a feed is read, unless [Options.FeedsEvery] says otherwise.
const DefaultFeedsEvery = 30 * time.Minute

const (
	feedsLooked  = 30 * time.Second // how often it is looked which feeds are due
	feedsAtOnce  = 8                // are read at the same time
	feedTime     = 2 * time.Minute  // that the one who took a feed up has for it, before another may
	longestPause = 24 * time.Hour   // between two readings of a feed that fails
	firstItems   = 10               // of a feed that is new, the newest, are filed
	mostItems    = 20               // of one reading are filed, the newest
	newsFor      = 48 * time.Hour   // what is older is filed and not posted
	mostItemText = 256 << 10        // bytes of an item's own text that are kept until it is filed
)

// FeedPosts is the kind of errands that post what a feed brought, for a front end to run: [Errand.Reply] is the channel,
// [Errand.Args] a [FeedPost].
const FeedPosts = "feed post"

// FeedPost is what is to be posted of a feed.
type FeedPost struct {
	Feed  Feed   `json:"feed"`
	Story string `json:"story"` // filed for the errand's guild
}

// feedItems is the kind of errands that file what a feed brought; the desk runs them itself.
const feedItems = "feed item"

// KeepFeeds reads feeds when they are due, until ctx ends.
func (d *Desk) KeepFeeds(ctx context.Context) error {
	repeat(ctx, feedsLooked, func() {
		if err := d.ReadFeeds(ctx); err != nil && ctx.Err() == nil {
			d.log.WarnContext(ctx, "feeds not read", "error", err)
		}
	})
	return nil
}

// ReadFeeds reads the feeds that are due and notes what they have that is new, as errands: so it is filed, for all who
// follow the feed, and posted, once, whatever dies. Of the processes that share a store one reads a feed.
func (d *Desk) ReadFeeds(ctx context.Context) error {
	if d.store == nil {
		return ErrNoStore
	}
	if err := d.appointFeeds(ctx); err != nil {
		return err
	}
	due, err := d.store.Agenda(ctx, feedKind, d.now(), 0)
	if err != nil {
		return fmt.Errorf("read the agenda: %w", err)
	}
	var reading errgroup.Group
	reading.SetLimit(feedsAtOnce)
	for _, a := range due {
		id, is := strings.CutPrefix(a.Guild, feedShelf)
		if is && d.Once(ctx, a.Guild, fmt.Sprint("read ", a.At.Unix()), feedTime) {
			reading.Go(func() error { return d.readDue(ctx, id) })
		}
	}
	return reading.Wait()
}

// appointFeeds has the feeds of the configuration read that never were.
func (d *Desk) appointFeeds(ctx context.Context) error {
	for _, f := range d.feeds {
		address := feedAddress(f.URL)
		state, _, err := d.feedState(ctx, feedID(address), address)
		if err == nil && state.Next.IsZero() {
			state.Next = d.now()
			err = d.keepState(ctx, feedID(address), state)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readDue reads a feed that is due, and notes what became of it.
func (d *Desk) readDue(ctx context.Context, id string) error {
	before, _, err := d.feedState(ctx, id, "")
	if err != nil {
		return err
	}
	if before.Next.After(d.now()) { // another was faster
		return nil
	}
	followers, err := d.followers(ctx, id)
	if err != nil {
		return err
	}
	if len(followers) == 0 { // nobody does any more
		return d.store.Set(ctx, feedShelf+id, stateSetting, "")
	}
	state, _, err := d.readFeed(ctx, before)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		d.log.InfoContext(ctx, "feed not read", "feed", state.URL, "failures", state.Failures, "next", state.Next, "error", err)
	}
	return d.announce(ctx, id, state)
}

// readFeed reads a feed whose state is given. What comes back beside an error is the state of a feed that failed, and
// the page that was no feed.
func (d *Desk) readFeed(ctx context.Context, s feedState) (feedState, article.Page, error) {
	fetcher, reads := d.fetcher.(Newer)
	if !reads {
		return s, article.Page{}, ErrNoNetwork
	}
	page, version, err := fetcher.Newer(ctx, s.URL, s.Version)
	var read feed.Feed
	if err == nil {
		read, err = feed.Parse(page)
	}
	now := d.now().UTC()
	s.asked = true
	if err != nil && !errors.Is(err, fetch.ErrUnchanged) {
		s.Failures, s.Failure, s.Status = s.Failures+1, keyOf(err), 0
		if status := (*fetch.StatusError)(nil); errors.As(err, &status) {
			s.Status = status.Code
		}
		pause := longestPause
		if !errors.Is(err, fetch.ErrGone) && s.Failures < 16 {
			pause = min(longestPause, d.every<<s.Failures)
		}
		s.Next = now.Add(pause)
		return s, page, err
	}
	if err == nil {
		first := s.Read.IsZero()
		s.Title, s.Version = read.Title, version
		s.fresh = chosen(s.see(read.Items), first, now)
	}
	s.Read, s.Next, s.Failures, s.Failure, s.Status = now, now.Add(d.every), 0, "", 0
	return s, page, nil
}

// chosen is what of the items that were not seen before is filed, the oldest first.
func chosen(items []feed.Item, first bool, now time.Time) (fresh []freshItem) {
	when := func(i feed.Item) time.Time {
		if i.Published.IsZero() || i.Published.After(now) { // what is of tomorrow was printed today
			return now
		}
		return i.Published
	}
	slices.SortStableFunc(items, func(a, b feed.Item) int { return when(b).Compare(when(a)) })
	most := mostItems
	if first {
		most = firstItems
	}
	for _, i := range items[:min(len(items), most)] {
		if len(i.Content)+len(i.Summary) > mostItemText { // a part would look like the whole
			i.Content, i.Summary = "", ""
		}
		fresh = append(fresh, freshItem{i, !first && now.Sub(when(i)) < newsFor})
	}
	slices.Reverse(fresh)
	return fresh
}

// announce notes what is to be filed of a feed, and only then that it was seen: who dies in between has another note the
// same, once.
func (d *Desk) announce(ctx context.Context, id string, s feedState) error {
	for _, i := range s.fresh {
		args, err := json.Marshal(feedItem{Feed: id, Address: s.URL, Title: s.Title, Item: i.Item, News: i.News})
		if err != nil {
			return fmt.Errorf("item of feed %s: %w", id, err)
		}
		if _, err := d.Note(ctx, Errand{ID: "feed " + id + " " + mark(i.ID), Kind: feedItems, Args: args}); err != nil {
			return err
		}
	}
	return d.keepState(ctx, id, s)
}

// feedItem is an item that is to be filed, as an errand carries it.
type feedItem struct {
	Feed    string    `json:"feed"`    // its ID
	Address string    `json:"address"` // its URL
	Title   string    `json:"title"`
	Item    feed.Item `json:"item"`
	News    bool      `json:"news"` // to be posted
}

// fileItem files what a feed brought for all who follow it, and notes where it is to be posted. What cannot be read is
// left: nobody asked for it.
func (d *Desk) fileItem(ctx context.Context, e Errand) error {
	var i feedItem
	if err := json.Unmarshal(e.Args, &i); err != nil {
		return queue.GiveUp(fmt.Errorf("errand %s: %w", e.ID, err))
	}
	followers, err := d.followers(ctx, i.Feed)
	if err != nil || len(followers) == 0 {
		return err
	}
	story, err := d.itemStory(ctx, i)
	switch {
	case err != nil && ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil && !e.Last && (Passing(err) || errors.Is(err, fetch.ErrConnect) || errors.Is(err, fetch.ErrTimeout) || errors.Is(err, fetch.ErrDown)):
		return err
	case err != nil:
		d.log.InfoContext(ctx, "item of a feed not read", "feed", i.Address, "item", i.Item.URL, "error", err)
		return nil
	}
	var failed error
	for guild, f := range followers {
		f.Title = cmp.Or(i.Title, f.Title)
		failed = errors.Join(failed, d.fileFor(ctx, guild, f, story, i.News))
	}
	return failed
}

// itemStory reads an item: its page, and what the feed itself has of it where that does not show it whole.
func (d *Desk) itemStory(ctx context.Context, i feedItem) (cache.Story, error) {
	own := func() (cache.Story, error) {
		return d.Summarize(ctx, Request{Source: fromItem(i), Unasked: true}, nil)
	}
	if i.Item.URL == "" {
		return own()
	}
	story, err := d.Summarize(ctx, Request{Source: FromURL(i.Item.URL), Unasked: true}, nil)
	if err == nil && story.Article.Partial == article.Whole || strings.TrimSpace(i.Item.Content) == "" || ctx.Err() != nil {
		return story, err
	}
	if told, ownErr := own(); ownErr == nil && told.Article.Words() > story.Article.Words() {
		return told, nil
	}
	return story, err
}

// fileFor files a story that a feed brought for a guild that follows it, unless somebody was first.
func (d *Desk) fileFor(ctx context.Context, guild string, f Feed, story cache.Story, news bool) error {
	share := cache.Share{Guild: guild, By: cache.ByFeed(f.ID), At: d.now()}
	filed, err := d.store.Find(ctx, guild, cache.Name(&story.Article))
	switch {
	case errors.Is(err, cache.ErrNotFound):
		if filed, err = d.store.Put(ctx, story, share); err != nil {
			return fmt.Errorf("file what feed %s brought: %w", f.ID, err)
		}
	case err != nil:
		return fmt.Errorf("find what feed %s brought: %w", f.ID, err)
	}
	if !news || f.Channel == "" || filed.ID != story.ID || !f.wants(filed) { // the same text was there under another name
		return nil
	}
	shares, err := d.store.Shares(ctx, guild, filed.ID)
	if errors.Is(err, cache.ErrNotFound) || err == nil && slices.ContainsFunc(shares, func(s cache.Share) bool { return s.By != share.By }) {
		return nil // it was forgotten, or was there before
	}
	if err != nil {
		return fmt.Errorf("read who shared story %s: %w", filed.ID, err)
	}
	args, err := json.Marshal(FeedPost{Feed: f, Story: filed.ID})
	if err != nil {
		return fmt.Errorf("post of feed %s: %w", f.ID, err)
	}
	_, err = d.Note(ctx, Errand{ID: "feed post " + guild + " " + filed.ID, Kind: FeedPosts, Guild: guild, Reply: f.Channel, Args: args})
	return err
}

// followers are the guilds that follow a feed, with how they do.
func (d *Desk) followers(ctx context.Context, id string) (map[string]Feed, error) {
	followers := map[string]Feed{}
	for _, f := range d.feeds {
		if address := feedAddress(f.URL); feedID(address) == id {
			followers[f.Guild] = Feed{ID: id, URL: address}
		}
	}
	_, guilds, err := d.feedState(ctx, id, "")
	if err != nil {
		return nil, err
	}
	for _, guild := range guilds {
		settings, err := d.store.Settings(ctx, guild)
		if err != nil {
			return nil, fmt.Errorf("read the settings: %w", err)
		}
		if f, follows := feedIn(settings, id); follows {
			followers[guild] = f
		} else if settings[feedSetting+id] == "" { // all that the guild had was forgotten
			if err := d.store.Set(ctx, feedShelf+id, toSetting+guild, ""); err != nil {
				return nil, fmt.Errorf("drop feed %s: %w", id, err)
			}
		}
	}
	return followers, nil
}

// fromItem is what a feed itself holds of an item.
func fromItem(i feedItem) Source {
	return Source{
		name: i.Item.URL,
		read: func(context.Context, *Desk) (article.Page, error) {
			return article.Page{URL: i.Address, Body: []byte(i.Item.Content + i.Item.Summary)}, nil
		},
		extract: func(page article.Page) (*article.Article, error) {
			a, err := extract.Item(i.Address, i.Title, i.Item)
			if err == nil && a.CanonicalURL == "" {
				err = fmt.Errorf("%w: a feed speaks for its own site alone", extract.ErrNoArticle)
			}
			return a, err
		},
	}
}
