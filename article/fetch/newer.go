package fetch

import (
	"context"
	"errors"
	"fmt"

	"newsdesk/article"
)

// Version is how a server tells one state of a page from another. The zero value is none that is known.
type Version struct {
	URL          string `json:"url,omitempty"` // where the page was, after redirects
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
}

// ErrUnchanged is a page that is still as it was when its version was read.
var ErrUnchanged = errors.New("page has not changed")

// longestValidator is how long what a server calls a version may be, in bytes; a longer one is not kept.
const longestValidator = 500

// Newer is [Client.Get] for what is read again and again without anybody's asking, a feed: the server is asked only for
// what is newer than a known version, [ErrUnchanged] if it has nothing, robots.txt is obeyed, and nothing is kept here but
// by the caller: the version that was read, beside the page, is for the next time.
func (c *Client) Newer(ctx context.Context, rawURL string, known Version) (article.Page, Version, error) {
	u, err := parse(rawURL)
	if err != nil {
		return article.Page{}, Version{}, fmt.Errorf("%s: %w", shorten(Redact(rawURL)), err)
	}
	before := Record{Page: article.Page{URL: known.URL}, ETag: known.ETag, LastModified: known.LastModified}
	got, err := c.follow(ctx, unwrapped(u), before, request{limit: c.maxBytes, timeout: c.timeout, robots: true})
	if err == nil && got.unchanged {
		err = ErrUnchanged
	}
	if err != nil {
		return article.Page{}, known, fmt.Errorf("%s: %w", shorten(u.String()), err)
	}
	version := Version{URL: got.Page.URL, ETag: got.ETag, LastModified: got.LastModified}
	if longest := max(len(version.ETag), len(version.LastModified)); longest > longestValidator {
		version.ETag, version.LastModified = "", ""
	}
	return got.Page, version, nil
}

// Unasked returns a context in which [Client.Get] obeys robots.txt whatever [Options.Robots] says: it is no person who
// wants the page.
func Unasked(ctx context.Context) context.Context { return context.WithValue(ctx, unasked{}, true) }

// unasked is the key of what Unasked says in a context.
type unasked struct{}
