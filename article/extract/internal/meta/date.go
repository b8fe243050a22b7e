package meta

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// publishedNames are the <meta> elements that hold when a page was published, the surest first.
var publishedNames = []string{
	"article:published_time", "og:published_time", "article:published", "datepublished", "date.published", "publishdate", "publish-date", "publish_date", "pubdate",
	"parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.date", "dcterms.created", "dc.date", "dc.date.created", "date.issued", "cxenseparse:recs:publishtime",
	"rnews:datepublished", "article_date_original", "originalpublicationdate", "vr:published_time", "displaydate", "date", "og:article:published_time", "bt:pubdate",
}

func (p *page) addTime(n *html.Node) {
	value := attr(n, "datetime")
	if value == "" || len(p.times) > 50 {
		return
	}
	marks := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class") + " " + attr(n, "pubdate"))
	if strings.Contains(marks, "modif") || strings.Contains(marks, "updated") && !strings.Contains(marks, "publi") {
		return
	}
	if strings.Contains(marks, "publi") || hasAttr(n, "pubdate") {
		p.times = append([]string{value}, p.times...)
		return
	}
	p.times = append(p.times, value)
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func (p *page) published() string {
	for _, s := range []string{p.field("datePublished"), p.field("dateCreated"), p.field("uploadDate")} {
		if d := readDate(s); d != "" {
			return d
		}
	}
	for _, name := range publishedNames {
		for _, s := range p.metas[name] {
			if d := readDate(s); d != "" {
				return d
			}
		}
	}
	for _, o := range p.others {
		for _, s := range texts(o["datePublished"]) {
			if d := readDate(s); d != "" {
				return d
			}
		}
	}
	if d := dateOfURL(p.base.Path); d != "" {
		return d
	}
	for _, s := range p.times {
		if d := readDate(s); d != "" {
			return d
		}
	}
	if len(p.printed) > 0 {
		return p.printed[0]
	}
	return ""
}

// modifiedNames are the <meta> elements that hold when a page was last changed.
var modifiedNames = []string{
	"article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified", "revised", "bt:moddate",
}

// modified is when the page was last changed, "" where that is not later than published.
func (p *page) modified(published string) string {
	said := []string{p.field("dateModified")}
	for _, name := range modifiedNames {
		said = append(said, p.meta(name))
	}
	for _, s := range said {
		if d := readDate(s); d != "" && later(d, published) {
			return d
		}
	}
	return ""
}

// later reports whether date a is behind b, both as readDate returns them. Where one is a day alone, days are compared.
func later(a, b string) bool {
	x, err1 := time.Parse(time.RFC3339, a)
	y, err2 := time.Parse(time.RFC3339, b)
	if err1 == nil && err2 == nil {
		return x.After(y)
	}
	return a[:min(len(a), len(time.DateOnly))] > b[:min(len(b), len(time.DateOnly))]
}

// layouts are the ways in which pages write dates for machines, those with a zone first.
var layouts = []struct {
	layout string
	zoned  bool
}{
	{time.RFC3339Nano, true}, {"2006-01-02T15:04:05.999999999Z0700", true}, {"2006-01-02T15:04Z07:00", true}, {"2006-01-02T15:04Z0700", true},
	{"2006-01-02 15:04:05Z07:00", true}, {"2006-01-02 15:04:05 Z07:00", true}, {"2006-01-02 15:04:05 -0700", true}, {"2006-01-02 15:04:05-0700", true},
	{time.RFC1123Z, true}, {"Mon, 2 Jan 2006 15:04:05 -0700", true}, {"Mon Jan 2 2006 15:04:05 GMT-0700", true},
	{"Mon Jan 02 15:04:05 MST 2006", false}, {time.RFC1123, false}, {"Mon, 2 Jan 2006 15:04:05 MST", false},
	{"2006-01-02T15:04:05.999999999", false}, {"2006-01-02T15:04", false}, {"2006-01-02 15:04:05", false}, {"2006-01-02 15:04", false},
	{"2006-1-2T15:04:05", false}, {"2006-01-02", false}, {"2006-1-2", false}, {"2006/01/02", false}, {"2006/1/2", false}, {"20060102", false}, {"20060102T150405Z", false},
	{"January 2, 2006", false}, {"Jan 2, 2006", false}, {"2 January 2006", false}, {"2 Jan 2006", false}, {"02.01.2006", false}, {"2.1.2006", false},
	{"January 2, 2006 15:04", false}, {"January 2, 2006 3:04 PM", false}, {"Jan 2, 2006 3:04 PM", false}, {"Jan. 2, 2006", false}, {"Monday, January 2, 2006", false}, {"02.01.2006 15:04", false},
}

// Date reads a date as machines write it, for documents that are no web pages. It returns what [Data.Published] holds.
func Date(s string) string { return readDate(s) }

// DateIn is the first day that a line of text names, as people write it in the languages of Western Europe: 2006-01-02,
// or "".
func DateIn(line string) string { return dateIn(line) }

// readDate reads a date for machines. With a zone it returns RFC 3339, else the day alone; "" for what is
// no date or an implausible one.
func readDate(s string) string {
	s = clean(s)
	if len(s) < 8 || len(s) > 80 {
		return ""
	}
	if i := strings.Index(s, " ("); i > 0 { // "… GMT+0200 (Central European Summer Time)"
		s = s[:i]
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && (len(s) == 10 || len(s) == 13) {
		if len(s) == 13 {
			n /= 1000
		}
		return plausible(time.Unix(n, 0).UTC(), true)
	}
	for _, l := range layouts {
		if t, err := time.Parse(l.layout, s); err == nil {
			return plausible(t, l.zoned)
		}
	}
	if len(s) > 10 {
		if t, err := time.Parse("2006-01-02", s[:10]); err == nil {
			return plausible(t, false)
		}
	}
	return ""
}

func plausible(t time.Time, zoned bool) string {
	if y := t.Year(); y < 1990 || y > 2100 {
		return ""
	}
	if zoned {
		return t.Format(time.RFC3339)
	}
	return t.Format(time.DateOnly)
}

var urlDate = regexp.MustCompile(`(?:^|[/_-])((?:19|20)\d\d)[/_-]?([01]\d)[/_-]?([0-3]\d)(?:[/_-]|$)`)

// dateOfURL reads the date that many outlets put into their paths: /2024/05/03/.
func dateOfURL(path string) string {
	m := urlDate.FindStringSubmatch(path)
	if m == nil {
		return ""
	}
	return readDate(m[1] + "-" + m[2] + "-" + m[3])
}
