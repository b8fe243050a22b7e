package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/article/feed"
	"newsdesk/article/fetch"
	"newsdesk/cache"
	"newsdesk/cache/embedded"
	"newsdesk/cache/redis/redistest"
	"newsdesk/queue"
	queuefile "newsdesk/queue/embedded"
	queueredis "newsdesk/queue/redis"
)

// harbour is a site with a feed, and pages that it announces.
type harbour struct {
	*httptest.Server

	mu     sync.Mutex
	items  []string // of the feed, the newest first
	status int      // of the feed; 0 is that it is there
	robots string
	gets   map[string]int // of paths; those answered with 304 under "unchanged"
}

func newHarbour(t *testing.T, pages ...int) *harbour {
	t.Helper()
	h := &harbour{gets: map[string]int{}}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	for _, n := range pages {
		h.announce(n, "")
	}
	return h
}

// announce puts an item on top of the feed; more is what stands in it beside title, link and guid.
func (h *harbour) announce(n int, more string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.items = append([]string{fmt.Sprintf("<item><title>Ferry %d</title><link>/page/%[1]d</link><guid>%[1]d</guid>%s</item>", n, more)}, h.items...)
}

func (h *harbour) set(change func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change()
}

func (h *harbour) count(path string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.gets[path]
}

func pageText(n int) string {
	return fmt.Sprintf("<p>Ferry number %d sails to the outer islands of Tarnmouth again, the harbour office said on Monday after a long winter without any boat.</p>"+
		"<p>“Boat %[1]d is the pride of this harbour and of everybody in it,” said Mayor Helena Brandt. “We waited for it for years.”</p>"+
		"<p>The council had voted for it in the autumn, after a debate of four hours about the cost of the night service and its crew.</p>", n)
}

func (h *harbour) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.gets[r.URL.Path]++
	n := 0
	switch {
	case r.URL.Path == "/robots.txt":
		_, _ = fmt.Fprint(w, h.robots)
	case r.URL.Path == "/":
		_, _ = fmt.Fprint(w, `<html><head><title>Harbour</title><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>Welcome.</body></html>`)
	case r.URL.Path == "/feed" && h.status != 0:
		w.WriteHeader(h.status)
	case r.URL.Path == "/feed":
		body := `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Herald</title>` + strings.Join(h.items, "\n") + "</channel></rss>"
		etag := `"` + cache.Digest(body) + `"`
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			h.gets["unchanged"]++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = fmt.Fprint(w, body)
	default:
		if _, err := fmt.Sscanf(r.URL.Path, "/page/%d", &n); err != nil {
			http.NotFound(w, r)
			return
		}
		_, _ = fmt.Fprintf(w, `<html lang="en"><head><title>Ferry %d</title><meta property="og:site_name" content="Harbour Herald"></head><body><article><h1>Ferry %[1]d</h1>%s</article></body></html>`, n, pageText(n))
	}
}

// feedDesk is one newsdesk that reads feeds, with its clock.
type feedDesk struct {
	*Desk
	t     *testing.T
	mu    sync.Mutex
	clock time.Time
	posts []string // guild, channel and title of what was posted
}

func (d *feedDesk) time() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.clock
}

func (d *feedDesk) pass(span time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clock = d.clock.Add(span)
}

func (d *feedDesk) posted() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.posts)
}

// onFile and onSharedRedis are where newsdesks remember.
func onFile(t *testing.T) func(*testing.T) (Store, Queue) {
	path := filepath.Join(t.TempDir(), "store.db")
	return func(t *testing.T) (Store, Queue) {
		store, err := embedded.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		return store, queuefile.New(store, queue.Options{})
	}
}

func onSharedRedis(t *testing.T) func(*testing.T) (Store, Queue) {
	server := redistest.Start(t)
	return func(t *testing.T) (Store, Queue) {
		store := onRedis(t, server.URL())
		return store, queueredis.New(store, queue.Options{})
	}
}

// start starts a newsdesk that works errands, at a time.
func startFeeds(t *testing.T, open func(*testing.T) (Store, Queue), at time.Time, feeds ...GuildFeed) *feedDesk {
	t.Helper()
	store, q := open(t)
	client := fetch.New(fetch.Options{AllowNetworks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Pause: time.Nanosecond})
	t.Cleanup(client.Close)
	d := &feedDesk{t: t, clock: at}
	d.Desk = New(Options{Store: store, Queue: q, Fetcher: client, Now: d.time, Feeds: feeds})
	t.Cleanup(d.Close)
	ctx, stop := context.WithCancel(context.Background())
	working := make(chan error, 1)
	go func() {
		working <- d.Work(ctx, 4, map[string]Runner{FeedPosts: func(ctx context.Context, e Errand) error {
			var post FeedPost
			if err := json.Unmarshal(e.Args, &post); err != nil {
				return err
			}
			story, err := d.Story(ctx, e.Guild, post.Story)
			if err != nil {
				return err
			}
			d.mu.Lock()
			defer d.mu.Unlock()
			d.posts = append(d.posts, e.Guild+" "+e.Reply+" "+story.Article.Title)
			return nil
		}})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-working; err != nil {
			t.Error(err)
		}
	})
	return d
}

// read reads what is due, and waits until all that follows from it is done.
func (d *feedDesk) read() {
	d.t.Helper()
	if err := d.ReadFeeds(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	d.settle()
}

func (d *feedDesk) settle() {
	d.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; {
		s, err := d.Pending(d.t.Context())
		if err != nil {
			d.t.Fatal(err)
		}
		if s.Waiting+s.Scheduled+s.InHand == 0 {
			return
		}
		if time.Now().After(deadline) {
			d.t.Fatalf("not done: %+v", s)
		}
		time.Sleep(2 * time.Millisecond) // a look now and then, at what is done when it is done
	}
}

// titles are what a guild has filed.
func (d *feedDesk) titles(guild string) (titles []string) {
	d.t.Helper()
	stories, _, err := d.Stories(d.t.Context(), cache.StoryQuery{Guild: guild})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, s := range stories {
		titles = append(titles, s.Article.Title)
		shares, err := d.Shares(d.t.Context(), guild, s.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		if _, brought := shares[0].Feed(); !brought && shares[0].By != "ada" {
			d.t.Errorf("%s is shared by %q", s.Article.Title, shares[0].By)
		}
	}
	slices.Sort(titles)
	return titles
}

func (d *feedDesk) add(guild string, f Feed) Feed {
	d.t.Helper()
	added, err := d.AddFeed(d.t.Context(), guild, f)
	if err != nil {
		d.t.Fatal(err)
	}
	d.settle()
	return added
}

// now is when the tests' feeds are read: counts are forgotten by the clock of the machine, which may not be ahead.
func now() time.Time { return time.Now().Add(time.Hour).Truncate(time.Second) }

// Of a feed that is new the newest items are filed and none is posted; then each that comes is filed for all who follow
// it, and posted once where it is wanted, also after a restart.
func TestFeed(t *testing.T) {
	for name, open := range map[string]func(*testing.T) func(*testing.T) (Store, Queue){"file": onFile, "Redis": onSharedRedis} {
		t.Run(name, func(t *testing.T) {
			store := open(t)
			h := newHarbour(t, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
			at := now()
			t.Run("before", func(t *testing.T) {
				d := startFeeds(t, store, at)
				f := d.add("one", Feed{URL: h.URL + "/", Channel: "news", By: "ada"}) // a page that names the feed
				if f.URL != h.URL+"/feed" || f.Title != "Harbour Herald" {
					t.Errorf("followed is %+v", f)
				}
				if n := len(d.titles("one")); n != firstItems {
					t.Errorf("%d items are filed", n)
				}
				d.add("two", Feed{URL: h.URL + "/feed#top"})
				d.add("three", Feed{URL: h.URL + "/feed", Channel: "boats", Words: []string{"a submarine", "boats 17"}, Speakers: []string{"Lindqvist"}})
				d.add("four", Feed{URL: h.URL + "/feed", Channel: "mayor", Speakers: []string{"brandt"}})
				d.read()
				if got := h.count("/feed"); got != 1 {
					t.Errorf("four who follow it ask %d times", got)
				}
				if p := d.posted(); p != nil {
					t.Errorf("posted of what was there before: %v", p)
				}
				h.announce(16, "")
				h.announce(17, "")
				d.pass(DefaultFeedsEvery)
				d.read()
				wanted := []string{"four mayor Ferry 16", "four mayor Ferry 17", "one news Ferry 16", "one news Ferry 17", "three boats Ferry 17"}
				posts := d.posted()
				if slices.Sort(posts); !slices.Equal(posts, wanted) {
					t.Errorf("posted %v", posts)
				}
				if got := d.titles("two"); !slices.Equal(got, []string{"Ferry 16", "Ferry 17"}) {
					t.Errorf("filed for two: %v", got)
				}
				// The same text under another address is no news.
				h.set(func() {
					h.items = append([]string{"<item><title>Ferry 17</title><link>/page/17?again</link><guid>17b</guid></item>"}, h.items...)
				})
				d.pass(DefaultFeedsEvery)
				d.read()
				if n := len(d.posted()); n != len(wanted) {
					t.Errorf("posted %v", d.posted())
				}
				// Who shares it before the feed does needs no post.
				h.announce(18, "")
				if _, err := d.File(t.Context(), Request{Source: FromURL(h.URL + "/page/18"), Guild: "one", By: "ada"}, nil); err != nil {
					t.Fatal(err)
				}
				d.pass(DefaultFeedsEvery)
				d.read()
				if posts := d.posted(); slices.Contains(posts, "one news Ferry 18") || !slices.Contains(posts, "four mayor Ferry 18") {
					t.Errorf("posted %v", posts)
				}
				at = d.time()
			})
			t.Run("after a restart", func(t *testing.T) {
				d := startFeeds(t, store, at)
				d.read()
				d.pass(DefaultFeedsEvery)
				d.read()
				if got := h.count("unchanged"); got != 1 {
					t.Errorf("the server says %d times that it has not changed", got)
				}
				if p := d.posted(); p != nil {
					t.Errorf("posted again: %v", p)
				}
				feeds, err := d.Feeds(t.Context(), "three")
				if err != nil || len(feeds) != 1 || feeds[0].Channel != "boats" || !feeds[0].Read.Equal(d.time()) || !feeds[0].Next.Equal(d.time().Add(DefaultFeedsEvery)) {
					t.Errorf("%+v, %v", feeds, err)
				}
				if _, err := d.RemoveFeed(t.Context(), "three", h.URL+"/feed"); err != nil {
					t.Error(err)
				}
				if _, err := d.RemoveFeed(t.Context(), "three", feeds[0].ID); !errors.Is(err, ErrNoFeed) {
					t.Errorf("removed twice: %v", err)
				}
				for _, guild := range []string{"one", "two", "four"} {
					if _, err := d.ForgetGuild(t.Context(), guild); err != nil {
						t.Fatal(err)
					}
				}
				before := h.count("/feed")
				for range 3 {
					d.pass(DefaultFeedsEvery)
					d.read()
				}
				if h.count("/feed") != before {
					t.Error("a feed that nobody follows is read")
				}
			})
		})
	}
}

// Replicas that share a store ask for a feed once in an interval between them, and post each item once.
func TestFeedReplicas(t *testing.T) {
	store, h, at := onSharedRedis(t), newHarbour(t, 1), now()
	one, other := startFeeds(t, store, at), startFeeds(t, store, at)
	one.add("g", Feed{URL: h.URL + "/feed", Channel: "news"})
	const intervals = 6
	for i := range intervals {
		h.announce(2+i, "")
		var both sync.WaitGroup
		for _, d := range []*feedDesk{one, other, one, other} {
			both.Go(func() {
				if err := d.ReadFeeds(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		one.pass(DefaultFeedsEvery)
		other.pass(DefaultFeedsEvery)
	}
	one.read()
	other.read()
	if got := h.count("/feed"); got != 1+intervals {
		t.Errorf("asked %d times in %d intervals", got, intervals)
	}
	posts := append(one.posted(), other.posted()...)
	if slices.Sort(posts); len(posts) != intervals || len(slices.Compact(posts)) != intervals {
		t.Errorf("posted %v", posts)
	}
}

// A feed that fails is asked for less and less, and as before when it is back; who follows it is told why.
func TestFeedFails(t *testing.T) {
	h := newHarbour(t, 1)
	d := startFeeds(t, onFile(t), now())
	d.add("g", Feed{URL: h.URL + "/feed", Channel: "news"})
	day := func() (asked int) {
		before := h.count("/feed")
		for range 48 {
			d.pass(DefaultFeedsEvery)
			d.read()
		}
		return h.count("/feed") - before
	}
	if n := day(); n != 48 {
		t.Errorf("asked %d times a day", n)
	}
	h.set(func() { h.status = http.StatusServiceUnavailable })
	if n := day(); n != 5 { // after 1/2, 1, 2, 4, 8 hours, 16 more are over when the day is
		t.Errorf("asked %d times in the first day that it is down", n)
	}
	if n := day() + day(); n > 3 {
		t.Errorf("asked %d times in two more days", n)
	}
	feeds, err := d.Feeds(t.Context(), "g")
	if err != nil || len(feeds) != 1 || feeds[0].failure != "page.down" || feeds[0].status != http.StatusServiceUnavailable {
		t.Errorf("%+v, %v", feeds, err)
	}
	h.set(func() { h.status = 0 })
	h.announce(2, "")
	for range 2 {
		day()
	}
	if len(d.posted()) != 1 {
		t.Errorf("posted when it is back: %v", d.posted())
	}
	if n := day(); n != 48 {
		t.Errorf("asked %d times a day when it is back", n)
	}
	h.set(func() { h.status = http.StatusGone })
	if n := day(); n != 1 {
		t.Errorf("asked %d times for a feed that is gone", n)
	}
}

// What is old is not posted, nor what comes in heaps; what robots.txt keeps back is taken from the feed itself, if it
// has it and speaks for its own site.
func TestFeedItems(t *testing.T) {
	h := newHarbour(t, 1)
	d := startFeeds(t, onFile(t), now())
	d.add("g", Feed{URL: h.URL + "/feed", Channel: "news"})
	dated := func(n int, at time.Time) { h.announce(n, "<pubDate>"+at.Format(time.RFC1123Z)+"</pubDate>") }
	dated(2, d.time().Add(-72*time.Hour))
	dated(3, d.time().Add(-time.Hour))
	dated(4, d.time().Add(1000*time.Hour))
	d.pass(DefaultFeedsEvery)
	d.read()
	posts := d.posted()
	if slices.Sort(posts); !slices.Equal(posts, []string{"g news Ferry 3", "g news Ferry 4"}) {
		t.Errorf("posted %v", posts)
	}
	if n := len(d.titles("g")); n != 4 {
		t.Errorf("%d filed", n)
	}
	for n := range 100 {
		h.announce(100+n, "")
	}
	d.pass(DefaultFeedsEvery)
	d.read()
	if n := len(d.posted()); n != 2+mostItems {
		t.Errorf("%d posted", n)
	}

	h.set(func() { h.robots = "User-agent: *\nDisallow: /page" })
	d = startFeeds(t, onFile(t), d.time().Add(2*time.Hour))
	h = newHarbour(t)
	h.set(func() { h.robots = "User-agent: *\nDisallow: /page" })
	d.add("g", Feed{URL: h.URL + "/feed", Channel: "news"})
	h.announce(1, "")
	h.announce(2, "<content:encoded><![CDATA["+pageText(2)+"]]></content:encoded>")
	h.set(func() {
		h.items = append(h.items, "<item><title>Elsewhere</title><link>https://elsewhere.invalid/story</link><guid>x</guid><description>A line.</description></item>",
			"<item><title>No page</title><guid>y</guid><content:encoded><![CDATA["+pageText(5)+"]]></content:encoded></item>")
	})
	d.pass(DefaultFeedsEvery)
	d.read()
	if got := d.titles("g"); !slices.Equal(got, []string{"Ferry 2"}) || h.count("/page/1") != 0 {
		t.Errorf("filed %v", got)
	}
	stories, _, err := d.Stories(t.Context(), cache.StoryQuery{Guild: "g"})
	if err != nil || len(stories[0].Quotes) == 0 || stories[0].Article.CanonicalURL != h.URL+"/page/2" || stories[0].Article.Site != "Harbour Herald" {
		t.Errorf("%+v, %v", stories, err)
	}
	h.set(func() { h.robots = "User-agent: *\nDisallow: /" })
	if _, err := d.AddFeed(t.Context(), "h", Feed{URL: newHarbour(t).URL + "/page/3"}); !errors.Is(err, feed.ErrNotFeed) {
		t.Errorf("a page is followed: %v", err)
	}
}

// A guild follows so many feeds and no more; what cannot be read is not followed.
func TestFeedRefused(t *testing.T) {
	h := newHarbour(t, 1)
	d := startFeeds(t, onFile(t), now())
	for _, typed := range []string{"", "ftp://example.org/feed", "http://127.0.0.1:1/feed", h.URL + "/nothing"} {
		if f, err := d.AddFeed(t.Context(), "g", Feed{URL: typed}); err == nil {
			t.Errorf("%q is followed: %+v", typed, f)
		}
	}
	for n := range MaxFeeds {
		if err := d.store.Set(t.Context(), "g", feedSetting+fmt.Sprint(n), `{"url":"https://coast.example/feed"}`); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.AddFeed(t.Context(), "g", Feed{URL: h.URL + "/feed"}); !errors.Is(err, ErrManyFeeds) {
		t.Errorf("one more: %v", err)
	}
	if feeds, err := d.Feeds(t.Context(), "g"); err != nil || len(feeds) != MaxFeeds {
		t.Errorf("%d feeds, %v", len(feeds), err)
	}
}

// Those of the configuration are read without anybody's asking, for the guild that it names.
func TestConfiguredFeeds(t *testing.T) {
	h := newHarbour(t, 1)
	store, at := onFile(t), now()
	d := startFeeds(t, store, at, GuildFeed{cache.Local, h.URL + "/feed"}, GuildFeed{"g", h.URL + "/feed"})
	d.read()
	h.announce(2, "")
	d.pass(DefaultFeedsEvery)
	d.read()
	for _, guild := range []string{cache.Local, "g"} {
		if got := d.titles(guild); !slices.Equal(got, []string{"Ferry 1", "Ferry 2"}) {
			t.Errorf("filed for %s: %v", guild, got)
		}
	}
	news, err := d.Digest(t.Context(), cache.Local, at.Add(-time.Hour), d.time().Add(time.Hour))
	if err != nil || len(news.Stories) == 0 || !news.Stories[0].Fed {
		t.Errorf("%+v, %v", news, err)
	}
	if h.count("/feed") != 2 {
		t.Errorf("asked %d times", h.count("/feed"))
	}
}
