// Package feed reads what a site announces of itself: RSS, Atom and JSON Feed.
//
//	f, err := feed.Parse(page)
//
// What comes out is a [Feed] with its items in the order of the document: plain titles, absolute addresses, an ID that
// tells one item from another. [Discover] finds the feed that a web page names. Documents are hostile: what goes into
// github.com/mmcdole/gofeed, which reads them, is cut off before it grows too large, too deep or too long
// (bounds.go), so that what stands before is read and the rest is not. No entity is expanded but those of HTML.
//
// It fetches nothing and keeps nothing.
package feed

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"newsdesk/article"
)

// ErrNotFeed is a document that is none, or of which nothing can be read.
var ErrNotFeed = errors.New("not a feed")

// How much is taken of a feed.
const (
	MaxItems   = 200 // the first ones of the document
	maxTitle   = 300 // characters
	maxAddress = 2000
	maxAuthors = 20
)

// Feed is a feed as it was read.
type Feed struct {
	Title string // plain text; "" if it has none
	Items []Item // in the order of the document, [MaxItems] at most
}

// Item is what a feed announces: an article, as a rule.
type Item struct {
	ID        string    // the same for the same item whenever the feed is read, and of no other; never ""
	URL       string    // http or https; "" if the feed names no page
	Title     string    // plain text; "" if it has none
	Authors   []string  // in the feed's order
	Published time.Time // in the feed's zone; zero if the feed does not say
	Content   string    // all of its text as HTML; "" if the feed does not hold it
	Summary   string    // what stands there in its place, as HTML; "" for nothing
}

// Parse reads the feed in a page. Where it breaks off, or goes on without end, the items before are read. The error is
// [ErrNotFeed].
func Parse(page article.Page) (Feed, error) {
	doc, err := bounded(utf8Of(page))
	if err != nil {
		return Feed{}, err
	}
	read, err := gofeed.NewParser().Parse(bytes.NewReader(doc))
	if err != nil {
		return Feed{}, fmt.Errorf("%w: %w", ErrNotFeed, err)
	}
	base, _ := url.Parse(page.URL)
	f := Feed{Title: plain(read.Title)}
	named, seen := map[string]int{}, map[string]bool{}
	for _, item := range read.Items {
		named[strings.TrimSpace(item.GUID)]++
	}
	for _, item := range read.Items {
		if item == nil || len(f.Items) == MaxItems {
			continue
		}
		one := itemOf(item, base)
		if named[one.ID] > 1 { // it names none of them
			one.ID = ""
		}
		for _, id := range []string{one.URL, one.Title, one.Content, one.Summary} {
			if one.ID == "" {
				one.ID = id
			}
		}
		if one.ID == "" || seen[one.ID] || one.URL == "" && one.Content == "" && one.Summary == "" {
			continue
		}
		seen[one.ID] = true
		f.Items = append(f.Items, one)
	}
	return f, nil
}

// itemOf takes over what the library read.
func itemOf(item *gofeed.Item, base *url.URL) Item {
	one := Item{
		ID: strings.TrimSpace(item.GUID), URL: absolute(item.Link, base), Title: plain(item.Title),
		Content: strings.ToValidUTF8(item.Content, "\ufffd"), Summary: strings.ToValidUTF8(item.Description, "\ufffd"),
	}
	if one.URL == "" && strings.HasPrefix(one.ID, "http") { // a permanent link, as RSS has it
		one.URL = absolute(one.ID, nil)
	}
	if one.Published = zoned(item.Published, item.PublishedParsed); one.Published.IsZero() {
		one.Published = zoned(item.Updated, item.UpdatedParsed)
	}
	authors := item.Authors
	if item.DublinCoreExt != nil { // of several the library takes the first
		for _, name := range item.DublinCoreExt.Creator {
			authors = append(authors, &gofeed.Person{Name: name})
		}
	}
	had := map[string]bool{}
	for _, p := range authors {
		if p == nil || len(one.Authors) == maxAuthors {
			continue
		}
		if name := plain(p.Name); name != "" && !had[name] {
			had[name] = true
			one.Authors = append(one.Authors, name)
		}
	}
	return one
}

// zoned is a time in the zone that the feed gives, which the library turns into UTC; zero if it could not be read.
func zoned(raw string, read *time.Time) time.Time {
	if read == nil || read.Year() <= 1 || read.Year() >= 10000 {
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339, time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700"} {
		if at, err := time.Parse(layout, strings.TrimSpace(raw)); err == nil && at.Equal(*read) {
			return at
		}
	}
	return *read
}

// absolute is an address of the web, "" for anything else.
func absolute(raw string, base *url.URL) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || raw == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || len(u.String()) > maxAddress {
		return ""
	}
	return u.String()
}

// plain is the text of a title or a name, which may hold markup, in one line.
func plain(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if strings.ContainsAny(s, "<&") {
		var text strings.Builder
		z := html.NewTokenizer(strings.NewReader(s))
		for text.Len() < 8*maxTitle {
			kind := z.Next()
			if kind == html.ErrorToken {
				break
			}
			if kind == html.TextToken {
				text.Write(z.Text())
			}
		}
		s = text.String()
	}
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > maxTitle {
		s = string([]rune(s)[:maxTitle-1]) + "…"
	}
	return s
}
