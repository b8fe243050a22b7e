package extract_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
)

// simplePDF is a document of one page with a title and lines.
func simplePDF(title string, lines ...string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "BT /F1 20 Tf 72 740 Td (%s) Tj ET\nBT /F1 10 Tf 12 TL 72 700 Td\n", title)
	for _, l := range lines {
		fmt.Fprintf(&b, "(%s) Tj T*\n", l)
	}
	b.WriteString("ET")
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]>>endobj\n" +
		"3 0 obj<</Type/Page/Contents 4 0 R/Resources<</Font<</F1<</Subtype/Type1>>>>>>>>endobj\n4 0 obj<<>>stream\n" + b.String() +
		"\nendstream endobj trailer<</Root 1 0 R/Info<</Title(ferry.docx)/Author(Ada Moss)>>>>")
}

func TestPDF(t *testing.T) {
	a, err := extract.Page(article.Page{URL: "https://coast.example/ferry.pdf?utm_source=x", ContentType: "application/pdf", Body: simplePDF("Ferry leaves later",
		"The ferry to the islands leaves an hour later from Mon-", "day, because the tide has moved the sandbank. \\223Nobody minds,\\224", "said the pilot.")})
	if err != nil {
		t.Fatal(err)
	}
	checkParagraphs(t, a, true)
	if a.Title != "Ferry leaves later" || a.CanonicalURL != "https://coast.example/ferry.pdf" || strings.Join(a.Byline, "") != "Ada Moss" || a.Language != "en" || a.Partial != article.Whole {
		t.Errorf("%+v", a)
	}
	if want := "The ferry to the islands leaves an hour later from Monday, because the tide has moved the sandbank. “Nobody minds,” said the pilot."; a.Text != want {
		t.Errorf("%q, want %q", a.Text, want)
	}
}

const letterHead = "From: =?utf-8?q?The_C=C3=B4te?= <news@coast.example>\r\nTo: ada@example.org\r\nSubject: Fwd: =?utf-8?q?Ferry_leaves_=E2=80=93_later?=\r\nDate: Fri, 03 May 2024 10:30:00 +0200\r\nMIME-Version: 1.0\r\n"

func TestMail(t *testing.T) {
	html := "<html><body><h1>Ferry leaves later</h1>" + prose(6) + "</body></html>"
	b64 := base64.StdEncoding.EncodeToString([]byte(html))
	for _, tt := range []struct{ name, body string }{
		{"HTML beside plain text", letterHead + "Content-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\nContent-Type: text/plain\r\n\r\nSee the HTML.\r\n--in\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b64 +
			"\r\n--in--\r\n--out\r\nContent-Type: text/html\r\nContent-Disposition: attachment\r\n\r\n<p>Not this.</p>\r\n--out--\r\n"},
		{"quoted-printable in Latin letters", letterHead + "Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.ReplaceAll(strings.ReplaceAll(html, "=", "=3D"), "<p>", "<p=\r\n>")},
		{"plain text alone", letterHead + "Content-Type: text/plain; charset=utf-8\r\n\r\nThe ferry to the outer islands leaves an hour later from Monday, because the tide has moved the sandbank again.\r\n\r\nNobody there is worried.\r\n"},
		{"a letter within a letter", letterHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nSubject: y\r\n\r\nThe ferry to the outer islands leaves an hour later from Monday, because the tide has moved the sandbank again.\r\n--b--\r\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := extract.Page(article.Page{URL: "letter.eml", Body: []byte(tt.body)})
			if err != nil {
				t.Fatal(err)
			}
			checkParagraphs(t, a, false)
			if a.Title != "Ferry leaves – later" || a.Site != "The Côte" || a.Published != "2024-05-03T10:30:00+02:00" || a.CanonicalURL != "letter.eml" {
				t.Errorf("%+v", a)
			}
			if !strings.Contains(a.Text, "The ferry to the outer islands leaves an hour later from Monday, because the tide has moved the sandbank again.") || strings.Contains(a.Text, "Not this") {
				t.Errorf("%q", a.Text)
			}
		})
	}
	quoted := "Read this.\r\n\r\n---------- Forwarded message ---------\r\nFrom: The Harbour Letter <letter@harbour.example>\r\nDate: Thu, 2 May 2024 07:30:00 +0200\r\nSubject: Ferry leaves later\r\n\r\n" +
		"> View in browser: https://harbour.example/" + strings.Repeat("x", 200) + "\r\n>\r\n> The ferry leaves an hour later,\r\n> “because of the tide.”\r\n>\r\n> Unsubscribe | Update your preferences\r\n"
	if a, err := extract.Mail(article.Page{URL: "letter.eml", Body: []byte(letterHead + "\r\n" + quoted)}); err != nil || a.Text != "The ferry leaves an hour later,\n“because of the tide.”" || a.Published != "2024-05-02T07:30:00+02:00" {
		t.Errorf("a newsletter that was forwarded as plain text: %v, %+v", err, a)
	} else {
		checkParagraphs(t, a, true)
	}
	if _, err := extract.Mail(article.Page{Body: []byte(letterHead + "Content-Type: image/png\r\n\r\nx")}); !errors.Is(err, extract.ErrNoArticle) {
		t.Errorf("a letter without text: %v", err)
	}
	if a, err := extract.Page(article.Page{Body: []byte("Note: to all\n\nThe ferry leaves later.")}); err != nil || a.Text[:5] != "Note:" {
		t.Errorf("plain text that begins with a colon: %v, %v", a, err)
	}
}

func TestFeed(t *testing.T) {
	rss := `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Coastline</title>
<item><title>Only a summary</title><description>Short.</description></item>
<item><title>Ferry leaves &amp;amp; later</title><link>https://www.coast.example/ferry?utm_source=rss</link><dc:creator><![CDATA[Ada Moss]]></dc:creator><pubDate>Fri, 03 May 2024 10:30:00 +0200</pubDate>
<description>Short.</description><content:encoded><![CDATA[` + prose(6) + `]]></content:encoded></item></channel></rss>`
	atom := `<feed xmlns="http://www.w3.org/2005/Atom"><title>The Coastline</title><entry><title>Ferry leaves &amp; later</title><link rel="self" href="https://coast.example/self"/><link href="https://coast.example/ferry"/>
<author><name>Ada Moss</name></author><published>2024-05-03T10:30:00+02:00</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">` + prose(6) + `</div></content></entry></feed>`
	for name, tt := range map[string]struct{ feed, canonical string }{"RSS": {rss, "https://www.coast.example/ferry"}, "Atom": {atom, "https://coast.example/ferry"}} {
		a, err := extract.Page(article.Page{URL: "https://coast.example/feed", ContentType: "text/xml", Body: []byte(tt.feed)})
		if err != nil {
			t.Fatal(name, err)
		}
		checkParagraphs(t, a, true)
		if a.Title != "Ferry leaves & later" || a.Site != "The Coastline" || a.CanonicalURL != tt.canonical || a.Published != "2024-05-03T10:30:00+02:00" || strings.Join(a.Byline, ",") != "Ada Moss" || a.Partial != article.Whole {
			t.Errorf("%s: %+v", name, a)
		}
		if len(strings.Split(a.Text, "\n\n")) != 6 {
			t.Errorf("%s: %q", name, a.Text)
		}
	}
	json := `{"version":"https://jsonfeed.org/version/1.1","title":"The Coastline","items":[{"id":"1","url":"https://coast.example/ferry","title":"Ferry leaves later","content_html":"` +
		strings.NewReplacer(`"`, `\"`, "\n", " ").Replace(prose(6)) + `"}]}`
	if a, err := extract.Page(article.Page{URL: "https://coast.example/feed", ContentType: "application/feed+json", Body: []byte(json)}); err != nil || a.Title != "Ferry leaves later" || a.CanonicalURL != "https://coast.example/ferry" {
		t.Errorf("JSON Feed: %v, %+v", err, a)
	}
	// A feed names articles of its own site only.
	a, err := extract.Feed(article.Page{URL: "https://elsewhere.example/feed", Body: []byte(rss)})
	if err != nil || a.CanonicalURL != "https://elsewhere.example/feed" {
		t.Errorf("%v %+v", err, a)
	}
	if _, err := extract.Feed(article.Page{Body: []byte(`<rss><channel></channel></rss>`)}); !errors.Is(err, extract.ErrNoArticle) {
		t.Errorf("an empty feed: %v", err)
	}
}

func FuzzMail(f *testing.F) {
	f.Add([]byte(letterHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe ferry leaves.\r\n--b--\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if a, err := extract.Mail(article.Page{Body: data}); err == nil {
			checkParagraphs(t, a, false)
		}
	})
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(`<rss><channel><title>a</title><item><title>b</title><link>c</link><description>` + prose(3) + `</description></item></channel></rss>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if a, err := extract.Feed(article.Page{Body: data}); err == nil {
			checkParagraphs(t, a, true)
		}
	})
}
