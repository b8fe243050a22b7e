package extract

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"
	"time"

	"golang.org/x/net/html"

	"newsdesk/article"
	"newsdesk/article/extract/internal/meta"
	"newsdesk/article/feed"
)

// Feed makes an article of the first item of a feed that has its text in it. Where all have summaries only, the first of
// those is given, marked as cut. It returns [ErrNoArticle] for a feed without items, and what [HTML] returns.
func Feed(page article.Page) (*article.Article, error) {
	name := nameOf(page)
	if err := checkSize(name, page.Body); err != nil {
		return nil, err
	}
	f, err := feed.Parse(page)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", name, ErrNoArticle, err)
	}
	for _, partial := range []article.Partial{article.Whole, article.Cut} {
		for _, i := range f.Items {
			if i.Content == "" == (partial == article.Cut) {
				if a, err := Item(page.URL, f.Title, i); err == nil {
					a.CanonicalURL = cmp.Or(a.CanonicalURL, nameFor(page.URL))
					return a, nil
				}
			}
		}
	}
	return nil, fmt.Errorf("%s: %w", name, ErrSection)
}

// Item makes an article of an item of the feed at an address, under whose title it appears: of its text, or of its
// summary, marked as cut. The item's link is the article's canonical URL where it is on the feed's own site; for others a
// feed does not speak, and there is none. Errors are those of [HTML].
func Item(address, site string, i feed.Item) (*article.Article, error) {
	text, partial := i.Content, article.Whole
	if strings.TrimSpace(text) == "" {
		text, partial = i.Summary, article.Cut
	}
	if strings.TrimSpace(text) == "" {
		return nil, ErrNoArticle
	}
	title := html.EscapeString(i.Title)
	a, err := HTML(article.Page{URL: address, ContentType: "text/html; charset=utf-8", Body: []byte(
		`<html><head><meta property="og:type" content="article"><title>` + title + `</title></head><body><article><h1>` +
			title + "</h1>" + text + "</article></body></html>")})
	if err != nil {
		return nil, err
	}
	a.Title, a.Site, a.CanonicalURL = i.Title, site, ""
	if meta.SameSite(i.URL, address) {
		a.CanonicalURL = meta.CleanURL(i.URL)
	}
	a.Byline = i.Authors
	a.Agencies = agenciesOf(a.Byline)
	a.Published = ""
	if !i.Published.IsZero() {
		a.Published = i.Published.Format(time.RFC3339)
	}
	if partial == article.Cut {
		a.Partial = article.Cut
	}
	return a, nil
}

// looksFeed reports whether a document begins as RSS, Atom or JSON Feed does.
func looksFeed(b []byte) bool {
	head := string(bytes.ToLower(b[:min(len(b), 2048)]))
	for range 8 { // declarations, comments, style sheets
		head = strings.TrimLeft(head, "\ufeff \t\r\n")
		if !strings.HasPrefix(head, "<?") && !strings.HasPrefix(head, "<!") {
			break
		}
		_, rest, ok := strings.Cut(head, ">")
		if !ok {
			return false
		}
		head = rest
	}
	return strings.HasPrefix(head, "<rss") || strings.HasPrefix(head, "<rdf:rdf") || strings.HasPrefix(head, "<feed") ||
		strings.HasPrefix(head, "{") && strings.Contains(strings.ReplaceAll(head, `\`, ""), "https://jsonfeed.org/version/")
}
