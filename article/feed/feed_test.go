package feed

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"newsdesk/article"
)

const rss = `<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The &lt;b&gt;Coastline&lt;/b&gt; &amp;amp; Quay</title><link>https://coast.example/</link>
<item><title><![CDATA[Ferries &amp; <em>bread</em>]]></title><link> /ferries?a=1 </link><guid isPermaLink="false">c-1</guid>
<pubDate>Tue, 03 Mar 2026 10:30:00 +0100</pubDate><dc:creator>Ada Moss</dc:creator><dc:creator>Ben Ruiz</dc:creator>
<description>Short &lt;p&gt;text&lt;/p&gt;</description><content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded></item>
<item><title>No page, no text</title></item>
<item><title>Elsewhere</title><guid>https://coast.example/elsewhere</guid><pubDate>when it was ready</pubDate></item>
</channel></rss>`

func TestParse(t *testing.T) {
	f, err := Parse(article.Page{URL: "https://coast.example/news/feed.xml", Body: []byte(rss)})
	if err != nil {
		t.Fatal(err)
	}
	if f.Title != "The Coastline & Quay" || len(f.Items) != 2 {
		t.Fatalf("%q with %d items", f.Title, len(f.Items))
	}
	one := f.Items[0]
	if one.Title != "Ferries & bread" || one.URL != "https://coast.example/ferries?a=1" || one.ID != "c-1" ||
		!slices.Equal(one.Authors, []string{"Ada Moss", "Ben Ruiz"}) || one.Content != "<p>All of it.</p>" || one.Summary != "Short <p>text</p>" {
		t.Errorf("first item: %+v", one)
	}
	if got := one.Published.Format(time.RFC3339); got != "2026-03-03T10:30:00+01:00" {
		t.Errorf("published %s", got)
	}
	if two := f.Items[1]; two.URL != "https://coast.example/elsewhere" || !two.Published.IsZero() {
		t.Errorf("second item: %+v", two)
	}
}

// The other formats, as their specifications show them.
func TestFormats(t *testing.T) {
	for name, doc := range map[string]string{
		"Atom": `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://coast.example/b/"><title type="html">The &lt;i&gt;Coastline&lt;/i&gt;</title><entry>
			<title>Ferry</title><link rel="self" href="https://coast.example/self"/><link href="../ferry"/><id>tag:coast.example,2026:1</id><updated>2026-03-03T09:30:00Z</updated>
			<author><name>Ada Moss</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>All of it.</p></div></content></entry></feed>`,
		"Atom with a prefix": `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>The Coastline</a:title><a:entry><a:title>Ferry</a:title><a:link href="https://coast.example/ferry"/>
			<a:id>tag:coast.example,2026:1</a:id><a:published>2026-03-03T09:30:00Z</a:published><a:author><a:name>Ada Moss</a:name></a:author><a:content type="html">&lt;p&gt;All of it.&lt;/p&gt;</a:content></a:entry></a:feed>`,
		"RDF": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
			<channel><title>The Coastline</title><items><rdf:Seq><rdf:li resource="https://coast.example/ferry"/></rdf:Seq></items></channel>
			<item rdf:about="https://coast.example/ferry"><title>Ferry</title><link>https://coast.example/ferry</link><dc:date>2026-03-03T09:30:00Z</dc:date><dc:creator>Ada Moss</dc:creator><content:encoded>&lt;p&gt;All of it.&lt;/p&gt;</content:encoded></item></rdf:RDF>`,
		"JSON": `{"version": "https://jsonfeed.org/version/1.1", "title": "The Coastline", "authors": [{"name": "Nobody"}], "items": [7,
			{"id": 12, "url": "/ferry", "title": "Ferry", "content_html": "<p>All of it.</p>", "date_published": "2026-03-03T09:30:00Z", "authors": [{"name": "Ada Moss"}], "tags": {"a": [1]}}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Parse(article.Page{URL: "https://coast.example/feed", Body: []byte(doc)})
			if err != nil || len(f.Items) != 1 {
				t.Fatalf("%d items, %v", len(f.Items), err)
			}
			one := f.Items[0]
			if f.Title != "The Coastline" || one.Title != "Ferry" || one.URL != "https://coast.example/ferry" || !slices.Equal(one.Authors, []string{"Ada Moss"}) ||
				!one.Published.Equal(time.Date(2026, 3, 3, 9, 30, 0, 0, time.UTC)) || !strings.Contains(one.Content, "<p>All of it.</p>") || one.ID == "" {
				t.Errorf("%q: %+v", f.Title, one)
			}
		})
	}
}

var guids = regexp.MustCompile(`<guid>\d+</guid>`)

func item(n int) string {
	return fmt.Sprintf("<item><title>Item %d</title><link>https://coast.example/%[1]d</link><guid>%[1]d</guid></item>\n", n)
}

func items(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(item(i))
	}
	return b.String()
}

// What is made to exhaust who reads it is cut off; what stands before is read.
func TestHostileFeeds(t *testing.T) {
	head, foot := `<rss version="2.0"><channel><title>T</title>`, `</channel></rss>`
	manySpaces := func() string {
		var b strings.Builder
		for i := range 200_000 {
			fmt.Fprintf(&b, `<x xmlns:n%d="u">`, i)
		}
		return b.String()
	}()
	for name, tt := range map[string]struct {
		doc  string
		want int // items; below 0: it is no feed
	}{
		"a million items":         {head + strings.Repeat("<item><link>a</link></item>", 300_000) + foot, 1}, // one link, so one item
		"more items than read":    {head + items(1000) + foot, MaxItems},
		"one that breaks off":     {head + items(3) + "<item><title>Item 4", 3},
		"one that goes on in rot": {head + items(3) + "<item><a b=c </item>" + foot, 3},
		"ends in the wrong order": {head + items(2) + "</rss></channel>" + item(7), 2},
		"elements in elements":    {head + items(2) + "<item>" + strings.Repeat("<a>", 500_000), 2},
		"nothing but elements":    {strings.Repeat("<rss><channel>", 200_000), -1},
		"namespaces in scope":     {head + items(2) + "<item>" + manySpaces, 2},
		"attributes":              {head + items(2) + "<item " + strings.Repeat("a='b' ", 500_000) + "/>" + foot, 2},
		"an entity bomb": {`<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>` +
			head + "<item><title>&c;</title><link>https://coast.example/c</link></item>" + foot, 1},
		"an outer entity": {`<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>` + head + "<item><title>&a;</title><link>https://coast.example/c</link></item>" + foot, 1},
		"JSON in JSON":    {`{"version":"https://jsonfeed.org/version/1","items":` + strings.Repeat("[", 1_000_000), -1},
		"a million JSON items": {`{"version":"https://jsonfeed.org/version/1","items":[` + strings.Repeat("{},", 1_000_000) +
			`{"id":"a"}]}`, 0},
		"JSON items of other types": {`{"version":"https://jsonfeed.org/version/1.1","title":{"a":1},"items":[null,"x",[],{"id":{},"url":"https://coast.example/1","title":["t"],"authors":"x"},{"id":"3","url":"https://coast.example/3","author":null,"authors":[null]},{"id":"2","url":"https://coast.example/2"}]}`, 3},
		"other JSON":                {`{"items":[{"id":"a"}]}`, -1},
		"a page":                    {"<!doctype html><html><head><title>T</title></head><body><p>Text</p></body></html>", -1},
		"nothing":                   {"", -1},
		"text":                      {"Good evening.", -1},
		"one guid for all":          {head + guids.ReplaceAllString(items(5), "<guid>same</guid>") + foot, 5},
		"no guids":                  {head + "<item><link>a</link><title>A</title></item><item><link>b</link></item><item><title>C</title><description>c</description></item>" + foot, 3},
		"links elsewhere": {head + "<item><link>javascript:alert(1)</link><description>d</description></item><item><link>file:///etc/passwd</link></item>" +
			"<item><link>https://user:pass@coast.example/</link></item>" + foot, 1},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Parse(article.Page{URL: "https://coast.example/feed", Body: []byte(tt.doc)})
			switch {
			case tt.want < 0 && !errors.Is(err, ErrNotFeed):
				t.Errorf("%d items, %v", len(f.Items), err)
			case tt.want >= 0 && (err != nil || len(f.Items) != tt.want):
				t.Errorf("%d items, want %d, %v", len(f.Items), tt.want, err)
			}
			checkFeed(t, f)
		})
	}
}

// checkFeed finds what no feed may hold, whatever was read.
func checkFeed(t *testing.T, f Feed) {
	t.Helper()
	if len(f.Items) > MaxItems {
		t.Errorf("%d items", len(f.Items))
	}
	seen := map[string]bool{}
	for _, one := range append(f.Items, Item{ID: "-", Title: f.Title}) {
		if one.ID == "" || seen[one.ID] {
			t.Errorf("an item without an ID of its own: %+.200v", one)
		}
		seen[one.ID] = true
		if one.URL != "" && !strings.HasPrefix(one.URL, "http://") && !strings.HasPrefix(one.URL, "https://") {
			t.Errorf("an address %.200q", one.URL)
		}
		if strings.ContainsAny(one.Title, "\n\r\t") || utf8.RuneCountInString(one.Title) > maxTitle || strings.Contains(one.Title, "root:") {
			t.Errorf("a title %.200q", one.Title)
		}
		if !utf8.ValidString(one.Title + one.Content + one.Summary) {
			t.Errorf("not UTF-8: %.200q", one.Title)
		}
	}
}

// Encodings are read as mark, server and declaration say, in this order.
func TestEncodings(t *testing.T) {
	const text = "Äpfel – für Ю"
	doc := func(declared, text string) string {
		return `<?xml version="1.0"` + declared + `?><rss version="2.0"><channel><title>` + text + `</title>` + item(1) + `</channel></rss>`
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(doc(` encoding="utf-16"`, text))
	if err != nil {
		t.Fatal(err)
	}
	latin, err := charmap.ISO8859_1.NewEncoder().String("Äpfel")
	if err != nil {
		t.Fatal(err)
	}
	cyrillic, err := charmap.Windows1251.NewEncoder().String("Юг")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct{ body, contentType, want string }{
		"UTF-8":              {doc("", text), "", text},
		"declared":           {doc(` encoding="windows-1251"`, cyrillic), "application/rss+xml", "Юг"},
		"declared in single": {doc(` encoding='ISO-8859-1'`, latin), "text/xml", "Äpfel"},
		"the server":         {doc("", cyrillic), "text/xml; charset=windows-1251", "Юг"},
		"a mark":             {"\ufeff" + doc(` encoding="iso-8859-1"`, text), "", text},
		"UTF-16":             {utf16, "", text},
		"undeclared":         {doc("", latin), "", "Äpfel"},
		"declared wrongly":   {doc(` encoding="utf-8"`, latin), "", "Äpfel"},
		"of another world":   {doc(` encoding="x-none"`, text), "", text},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Parse(article.Page{Body: []byte(tt.body), ContentType: tt.contentType})
			if err != nil || f.Title != tt.want || len(f.Items) != 1 {
				t.Errorf("%q with %d items, %v", f.Title, len(f.Items), err)
			}
		})
	}
}

func TestDiscover(t *testing.T) {
	for name, tt := range map[string]struct{ page, want string }{
		"relative": {`<html><head><link rel="stylesheet" href="s.css"><link rel="alternate" type="text/html" href="/m"><link REL="Alternate feed" TYPE="application/rss+xml" href="/rss?a=1&amp;b=2">`, "https://coast.example/rss?a=1&b=2"},
		"first":    {`<link rel=alternate type=application/atom+xml href=//feeds.example/a><link rel=alternate type=application/rss+xml href=b>`, "https://feeds.example/a"},
		"in text":  {`<body><p><link rel=alternate type=application/rss+xml href=b>`, ""},
		"unsafe":   {`<link rel=alternate type=application/rss+xml href="javascript:x">`, ""},
		"none":     {`<html><head><title>T</title></head></html>`, ""},
	} {
		if got := Discover(article.Page{URL: "https://coast.example/news/", Body: []byte(tt.page)}); got != tt.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(rss), "text/xml")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="a"/><content type="xhtml"><div/></content></entry>`), "")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"url":"a"}]}`), "application/feed+json")
	f.Add([]byte("<?xml version='1.0' encoding='utf-16'?><rdf:RDF><item rdf:about='a'>"), "text/xml; charset=koi8-r")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		read, err := Parse(article.Page{URL: "https://coast.example/feed", Body: body, ContentType: contentType})
		if err != nil && !errors.Is(err, ErrNotFeed) {
			t.Errorf("%v", err)
		}
		checkFeed(t, read)
	})
}
