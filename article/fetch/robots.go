package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	robotsName  = "newsdesk" // what a site calls us in its robots.txt
	robotsFresh = time.Hour  // it is asked for again after
	robotsBytes = 500 << 10  // RFC 9309, 2.5: at least so much is to be read

	robotsTimeout = 5 * time.Second // a site that is slow with it is not read; the page's own time is not spent on it
)

// checkRobots asks the site of u whether it may be read by programs (RFC 9309). It returns ErrRobots where it may not,
// also where robots.txt is there and cannot be read; a site without one allows everything.
func (c *Client) checkRobots(ctx context.Context, u *url.URL) error {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	got, err := c.remembered(ctx, at, request{limit: robotsBytes, timeout: min(robotsTimeout, c.timeout), fresh: robotsFresh})
	var status *StatusError
	switch {
	case errors.As(err, &status) && status.Code >= 400 && status.Code < 500 && status.Code != http.StatusTooManyRequests:
		return nil
	case errors.Is(err, ErrTooLarge):
		return fmt.Errorf("%w: its robots.txt is too large", ErrRobots)
	case errors.As(err, &status):
		return fmt.Errorf("%w: its robots.txt cannot be read", ErrRobots)
	case err != nil:
		return err
	}
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if !allowed(got.Page.Body, path) {
		return ErrRobots
	}
	return nil
}

// rule is a line of robots.txt.
type rule struct {
	pattern string
	allow   bool
}

// allowed reports whether a robots.txt allows us a path: of the rules of our group, else of everybody's, the longest
// that fits decides, and allows where two are as long (RFC 9309, 2.2.2).
func allowed(robots []byte, path string) bool {
	own, named, all := groups(robots)
	if !named {
		own = all
	}
	best := rule{allow: true}
	for _, r := range own {
		if fits(r.pattern, path) && (len(r.pattern) > len(best.pattern) || len(r.pattern) == len(best.pattern) && r.allow) {
			best = r
		}
	}
	return best.allow
}

// groups returns the rules for us, whether there are any groups of ours, and the rules for everybody.
func groups(robots []byte) (own []rule, named bool, all []rule) {
	forUs, forAll, inRules := false, false, false
	for line := range bytes.Lines(robots) {
		text, _, _ := strings.Cut(string(line), "#")
		key, value, ok := strings.Cut(text, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent":
			if inRules {
				forUs, forAll, inRules = false, false, false
			}
			agent, _, _ := strings.Cut(strings.ToLower(value), "/")
			forUs, forAll = forUs || agent == robotsName, forAll || agent == "*"
			named = named || agent == robotsName
		case "allow", "disallow":
			inRules = true
			if value == "" {
				continue
			}
			r := rule{value, key == "allow"}
			if forUs {
				own = append(own, r)
			}
			if forAll {
				all = append(all, r)
			}
		}
	}
	return own, named, all
}

// fits reports whether a path begins with a pattern, in which * is anything and $ at the end is the path's end. It
// takes time linear in the path for each *, of which more than a few make no sense.
func fits(pattern, path string) bool {
	whole := strings.HasSuffix(pattern, "$")
	parts := strings.Split(strings.TrimSuffix(pattern, "$"), "*")
	if len(parts) > 20 || !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return !whole || path == ""
}
