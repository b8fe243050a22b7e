// Package meta reads what a web page says about itself: in its <meta> and <link> elements, in JSON-LD
// (schema.org), in Microdata, and where those are silent in its visible headline, byline and dates.
//
// What a page says is taken for what it is, a claim: URLs must be plausible, dates must parse, names must
// look like names, and everything is bounded.
package meta

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Data is what a page says about itself. Empty fields are unknown.
type Data struct {
	Title       string
	Description string
	ArticleBody string // of JSON-LD
	Canonical   string
	Site        string
	Section     string
	Published   string // RFC 3339 with the page's own zone, or 2006-01-02
	Modified    string // the same; "" where nothing was changed since
	Authors     []string
	Language    string // BCP 47 primary tag
	Image       string
	ImageAlt    string
	IsArticle   bool   // the page calls itself an article
	Address     string // where the page was read, or where it says that it belongs if nobody knows that; "" if it does not say
	Place       Place  // what Address says
	IsLive      bool   // the page calls itself a live blog
	Type        Type   // what else the page calls itself
	Access      Access
}

// page is what is gathered in one walk over the document.
type page struct {
	base      *url.URL
	metas     map[string][]string // by lower-case name, property or itemprop
	links     map[string]string   // href by rel
	title     string
	language  string
	linked    []object // JSON-LD objects that describe an article
	others    []object // the other ones
	headlines []headline
	bylines   []string
	bylined   *html.Node // the first element that is marked as the author
	guesses   []string
	times     []string // datetime attributes, those marked as published first
	printed   []string // dates in the text beside the first headline, as people read them
	pictures  []picture
	jsonBytes int
}

type headline struct {
	text  string
	level int
}

// Read reads the metadata of a document that was found at address ("" for unknown).
func Read(doc *html.Node, address string) Data {
	p := &page{metas: make(map[string][]string), links: make(map[string]string)}
	p.base, _ = url.Parse(address)
	if p.base == nil {
		p.base = &url.URL{}
	}
	p.walk(doc, 0)
	d := Data{
		Description: p.description(),
		ArticleBody: p.articleBody(),
		Canonical:   p.canonical(),
		Site:        p.site(),
		Section:     p.section(),
		Published:   p.published(),
		Language:    p.lang(),
	}
	d.Modified = p.modified(d.Published)
	d.Image, d.ImageAlt = p.image()
	d.Title = p.bestTitle(d.Site)
	d.Authors = p.authors(d.Site)
	kind := strings.ToLower(p.meta("og:type"))
	d.IsArticle = (len(p.linked) > 0 || strings.Contains(kind, "article")) && !p.listsArticles()
	d.IsLive = slices.ContainsFunc(p.linked, func(o object) bool { return slices.Contains(texts(o["@type"]), "LiveBlogPosting") })
	d.Type = p.kind(kind)
	d.Access = p.access()
	own := p.own()
	d.Address, d.Place = own.String(), place(own)
	return d
}

// own is the address of the page: where it was read or, of a file, where it says that it belongs.
func (p *page) own() *url.URL {
	if p.base.Host != "" {
		return p.base
	}
	for _, raw := range []string{p.links["canonical"], p.meta("og:url")} {
		if u := p.resolve(raw); u != nil {
			return u
		}
	}
	return p.base
}

// maxText bounds the text of a headline or a byline, in bytes.
const maxText = 600

func (p *page) walk(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.DataAtom {
		case atom.Html:
			p.language = attr(c, "lang")
		case atom.Meta:
			p.addMeta(c)
		case atom.Link:
			p.addLink(c)
		case atom.Title:
			if p.title == "" && c.Namespace == "" {
				p.title = text(c, maxText)
			}
		case atom.Script:
			if strings.Contains(strings.ToLower(attr(c, "type")), "ld+json") && c.FirstChild != nil {
				p.addJSON(c.FirstChild.Data)
			}
		case atom.H1, atom.H2:
			if len(p.headlines) < 40 {
				if t := text(c, maxText); t != "" {
					p.headlines = append(p.headlines, headline{t, int(c.Data[1] - '0')})
				}
			}
		case atom.Time:
			p.addTime(c)
		case atom.Img:
			p.addPicture(c)
		default:
		}
		p.addByline(c)
		p.addPrinted(c)
		if depth < 600 {
			p.walk(c, depth+1)
		}
	}
}

func (p *page) addMeta(n *html.Node) {
	content := strings.TrimSpace(attr(n, "content"))
	if content == "" || len(content) > 5000 {
		return
	}
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		for name := range strings.FieldsSeq(strings.ToLower(attr(n, key))) {
			if len(p.metas[name]) < 20 {
				p.metas[name] = append(p.metas[name], content)
			}
		}
	}
}

func (p *page) addLink(n *html.Node) {
	href := strings.TrimSpace(attr(n, "href"))
	for rel := range strings.FieldsSeq(strings.ToLower(attr(n, "rel"))) {
		if _, known := p.links[rel]; !known && href != "" {
			p.links[rel] = href
		}
	}
}

// meta returns the first content of the first of names that the page has.
func (p *page) meta(names ...string) string {
	for _, name := range names {
		if all := p.metas[name]; len(all) > 0 {
			return clean(all[0])
		}
	}
	return ""
}

func (p *page) description() string {
	d := p.meta("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")
	if d == "" {
		d = p.field("description")
	}
	return d
}

func (p *page) lang() string {
	for _, l := range []string{p.language, p.meta("content-language"), p.meta("og:locale"), p.field("inLanguage"), p.meta("dc.language", "language")} {
		primary, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(l)), "_", "-"), "-")
		if len(primary) >= 2 && len(primary) <= 3 && strings.Trim(primary, "abcdefghijklmnopqrstuvwxyz") == "" {
			return primary
		}
	}
	return ""
}

// resolve returns the absolute http or https URL that raw means on this page, or nil.
func (p *page) resolve(raw string) *url.URL {
	raw = strings.TrimSpace(raw)
	if raw == "" || len(raw) > 2048 {
		return nil
	}
	u, err := p.base.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil
	}
	return u
}

func (p *page) site() string {
	s := p.meta("og:site_name", "application-name", "apple-mobile-web-app-title")
	if s == "" || len(s) > 80 {
		s = p.publisher()
	}
	if len(s) > 80 || strings.Contains(s, "://") {
		return ""
	}
	return s
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// text returns the text below n, white space collapsed, at most limit bytes of it.
func text(n *html.Node, limit int) string {
	var b strings.Builder
	gather(n, &b, limit)
	return strings.Join(strings.Fields(b.String()), " ")
}

func gather(n *html.Node, b *strings.Builder, limit int) {
	for c := n.FirstChild; c != nil && b.Len() < limit; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			b.WriteString(c.Data[:min(len(c.Data), limit)])
		case html.ElementNode:
			if c.DataAtom == atom.Script || c.DataAtom == atom.Style || c.DataAtom == atom.Svg {
				continue
			}
			if !slices.Contains([]atom.Atom{atom.Span, atom.B, atom.I, atom.Em, atom.Strong, atom.A, atom.Sup, atom.Sub}, c.DataAtom) {
				b.WriteByte(' ')
			}
			gather(c, b, limit)
		default: // comments
		}
	}
}

// clean collapses white space and takes out entities that were escaped twice.
func clean(s string) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	return strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "")
}
