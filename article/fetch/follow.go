package fetch

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// answer is what a server answered: a page, or where it is.
type answer struct {
	Record
	keep      bool          // the server has nothing against its being remembered
	unchanged bool          // the server says that it is as it was
	next      *url.URL      // nil for a page
	left      time.Duration // of the time that the request had
}

// follow reads u, or where it leads, unless the server says that it is as it was in r. Every address on the way waits for
// its host's turn and, where how says so, asks its robots.txt.
func (c *Client) follow(ctx context.Context, u *url.URL, r Record, how request) (answer, error) {
	left := how.timeout
	for range c.redirects + 1 {
		if how.robots {
			if err := c.checkRobots(ctx, u); err != nil {
				return answer{}, err
			}
		}
		done, err := c.turns.take(ctx, u.Host)
		if err != nil {
			return answer{}, classify(ctx, err)
		}
		began := time.Now()
		got, err := c.exchange(ctx, u, r, how.limit, left)
		done()
		left -= time.Since(began)
		if err != nil || got.next == nil {
			got.left = left
			return got, err
		}
		u = got.next
	}
	return answer{}, fmt.Errorf("%w: more than %d", ErrRedirects, c.redirects)
}

// exchange sends one request, and reads what comes back within timeout.
func (c *Client) exchange(ctx context.Context, u *url.URL, r Record, limit int64, timeout time.Duration) (got answer, err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	defer func() {
		if err != nil {
			err = classify(ctx, err)
		}
	}()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", ErrBadURL, err)
	}
	req.Header.Set("User-Agent", c.userAgent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,text/plain;q=0.8,text/markdown;q=0.8,*/*;q=0.5")
	req.Header.Set("Accept-Encoding", acceptEncoding)
	known := u.String() == r.Page.URL && r.condition(req)
	resp, err := c.transport.RoundTrip(req) // an http.Client would follow redirects out of turn
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	if known && resp.StatusCode == http.StatusNotModified {
		r.Page.FetchedAt = time.Now()
		r.At = r.Page.FetchedAt
		r.ETag = cmp.Or(resp.Header.Get("ETag"), r.ETag) // what it sends of them counts from now on (RFC 9111, 4.3.4)
		r.LastModified = cmp.Or(resp.Header.Get("Last-Modified"), r.LastModified)
		return answer{Record: r, keep: true, unchanged: true}, nil
	}
	if next, err := redirected(resp); next != nil || err != nil {
		return answer{next: next}, err
	}
	page, err := readPage(resp, limit)
	if err != nil {
		return answer{}, err
	}
	read, keep := recordOf(page, resp.Header)
	return answer{Record: read, keep: keep}, nil
}

// redirected is where a response sends its reader, nil where it does not.
func redirected(resp *http.Response) (*url.URL, error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	if resp.Header.Get("Location") == "" {
		return nil, nil
	}
	to, err := resp.Location()
	if err != nil {
		return nil, fmt.Errorf("%w: where it leads cannot be read", ErrBadURL)
	}
	_, _ = io.CopyN(io.Discard, resp.Body, maxNotice) // so that the connection can be used again
	return normalize(to)
}

// maxNotice is how much of a redirect's own page is read.
const maxNotice = 2 << 10
