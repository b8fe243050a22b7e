package extract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"newsdesk/article"
	"newsdesk/article/extract/internal/meta"
)

// maxEntries is how many entries of a feed are looked through for one with its text.
const maxEntries = 50

// entry is an item of RSS or an entry of Atom, as far as it is an article.
type entry struct {
	Title     string   `xml:"title"`
	Links     []link   `xml:"link"`
	Encoded   string   `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
	Content   content  `xml:"http://www.w3.org/2005/Atom content"`
	Summary   string   `xml:"description"`
	Abstract  content  `xml:"http://www.w3.org/2005/Atom summary"`
	Creators  []string `xml:"http://purl.org/dc/elements/1.1/ creator"`
	Authors   []person `xml:"author"`
	Dated     string   `xml:"pubDate"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	DCDate    string   `xml:"http://purl.org/dc/elements/1.1/ date"`
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
	Text string `xml:",chardata"`
}

type person struct {
	Name string `xml:"name"`
	Text string `xml:",chardata"`
}

// content is Atom's text construct: escaped HTML, or XHTML as it is.
type content struct {
	Type  string `xml:"type,attr"`
	Text  string `xml:",chardata"`
	Inner string `xml:",innerxml"`
}

func (c content) html() string {
	if c.Type == "xhtml" {
		return c.Inner
	}
	return c.Text
}

// Feed makes an article of the first entry of an RSS or Atom feed that has its text in it (RSS 2.0 with
// content:encoded, RFC 4287). Where all have summaries only, the first of those is given, marked as cut.
//
// The entry's link is the article's URL where it is on the feed's own site. It returns [ErrNoArticle] for a feed
// without entries, and what [HTML] returns.
func Feed(page article.Page) (*article.Article, error) {
	name := nameOf(page)
	if err := checkSize(name, page.Body); err != nil {
		return nil, err
	}
	entries, site, err := readFeed(page.Body)
	if err != nil && len(entries) == 0 {
		return nil, fmt.Errorf("%s: %w: %w", name, ErrNoArticle, err)
	}
	for _, e := range entries {
		for _, text := range []string{e.Encoded, e.Content.html()} {
			if a, err := e.article(page.URL, site, text); err == nil {
				return a, nil
			}
		}
	}
	for _, e := range entries {
		for _, text := range []string{e.Summary, e.Abstract.html()} {
			if a, err := e.article(page.URL, site, text); err == nil {
				a.Partial = article.Cut
				return a, nil
			}
		}
	}
	return nil, fmt.Errorf("%s: %w", name, ErrSection)
}

// readFeed returns a feed's entries and its title. What was read before an error is returned beside it.
func readFeed(b []byte) (entries []entry, site string, err error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	for depth := 0; len(entries) < maxEntries; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return entries, site, nil
		}
		if err != nil {
			return entries, site, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			depth++
			switch {
			case t.Name.Local == "item" || t.Name.Local == "entry":
				var e entry
				if err := d.DecodeElement(&e, &t); err != nil {
					return entries, site, err
				}
				entries = append(entries, e)
				depth--
			case t.Name.Local == "title" && site == "" && depth <= 3:
				if err := d.DecodeElement(&site, &t); err != nil {
					return entries, site, err
				}
				depth--
			}
		}
	}
	return entries, site, nil
}

// article makes an article of an entry whose text is given as HTML.
func (e entry) article(feed, site, text string) (*article.Article, error) {
	if strings.TrimSpace(text) == "" {
		return nil, ErrNoArticle
	}
	title := strings.Join(strings.Fields(plainOf(e.Title)), " ")
	a, err := HTML(article.Page{URL: feed, ContentType: "text/html; charset=utf-8", Body: []byte(
		`<html><head><meta property="og:type" content="article"><title>` + html.EscapeString(title) + `</title></head><body><article><h1>` +
			html.EscapeString(title) + "</h1>" + text + "</article></body></html>")})
	if err != nil {
		return nil, err
	}
	a.Title, a.Site, a.CanonicalURL = title, strings.Join(strings.Fields(site), " "), nameFor(feed)
	if address := e.address(); meta.SameSite(address, feed) {
		a.CanonicalURL = meta.CleanURL(address)
	}
	a.Byline = e.byline()
	a.Agencies = agenciesOf(a.Byline)
	a.Published = e.date()
	return a, nil
}

// plainOf returns the text of a title, which may hold escaped HTML.
func plainOf(s string) string {
	doc, _, err := tree([]byte(s))
	if err != nil {
		return s
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

func (e entry) address() string {
	for _, l := range e.Links {
		if l.Href != "" && (l.Rel == "" || l.Rel == "alternate") {
			return l.Href
		}
		if text := strings.TrimSpace(l.Text); text != "" {
			return text
		}
	}
	return ""
}

func (e entry) byline() []string {
	var names []string
	for _, p := range e.Authors {
		if name := strings.TrimSpace(p.Name); name != "" {
			names = append(names, name)
		}
	}
	for _, c := range e.Creators {
		if c = strings.TrimSpace(c); c != "" {
			names = append(names, c)
		}
	}
	return names
}

// date is when an entry was published: RFC 3339, or "" if it cannot be read.
func (e entry) date() string {
	for _, raw := range []string{e.Dated, e.Published, e.DCDate, e.Updated} {
		raw = strings.TrimSpace(raw)
		for _, layout := range []string{time.RFC3339, time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700"} {
			if t, err := time.Parse(layout, raw); err == nil {
				return t.Format(time.RFC3339)
			}
		}
	}
	return ""
}

// looksFeed reports whether a document begins as RSS or Atom does.
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
	return strings.HasPrefix(head, "<rss") || strings.HasPrefix(head, "<rdf:rdf") || strings.HasPrefix(head, "<feed")
}
