package feed

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsdesk/article"
)

// types are those by which a page names its feeds (WHATWG HTML, "alternate").
var types = []string{"application/rss+xml", "application/atom+xml", "application/feed+json"}

// Discover returns the address of the first feed that a web page names in its head; "" if it names none.
func Discover(page article.Page) string {
	base, err := url.Parse(page.URL)
	if err != nil {
		return ""
	}
	z := html.NewTokenizer(bytes.NewReader(page.Body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			attr := map[string]string{}
			for _, a := range t.Attr {
				attr[a.Key] = a.Val
			}
			switch t.DataAtom {
			case atom.Body:
				return ""
			case atom.Link:
				rel := strings.Fields(strings.ToLower(attr["rel"]))
				if slices.Contains(rel, "alternate") && slices.Contains(types, strings.ToLower(strings.TrimSpace(attr["type"]))) {
					if to := absolute(attr["href"], base); to != "" {
						return to
					}
				}
			}
		}
	}
}
