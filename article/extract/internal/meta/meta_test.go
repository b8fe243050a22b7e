package meta_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"newsdesk/article/extract/internal/meta"
)

func read(t *testing.T, address, page string) meta.Data {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return meta.Read(doc, address)
}

func TestTitle(t *testing.T) {
	for _, tt := range []struct{ name, page, want string }{
		{"title alone, site behind a bar", "<title>The bridge fell | The Coastline</title>", "The bridge fell"},
		{"site behind a dash, named by the host", "<title>The bridge fell - Coastline</title>", "The bridge fell"},
		{"site in front", `<meta property="og:site_name" content="The Coastline"><title>The Coastline: x</title><meta property="og:title" content="The Coastline | The bridge fell">`, "The bridge fell"},
		{"dashes of its own", "<title>Bridges – what holds them – The Coastline</title>", "Bridges – what holds them"},
		{"hyphens of its own", "<title>Half-time: a one-two in Port-Amsel</title>", "Half-time: a one-two in Port-Amsel"},
		{"headline that the metadata bear out", `<title>Bridge down | Coastline</title><meta property="og:title" content="Why the old bridge fell"><h1>Coastline</h1><h1>Why the <em>old</em> bridge fell</h1>`, "Why the old bridge fell"},
		{"JSON-LD and headline agree", `<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"The bridge fell &amp; nobody was hurt"}]}</script><h1>The bridge fell & nobody was hurt</h1><title>Bridge</title>`, "The bridge fell & nobody was hurt"},
		{"none", "<p>text</p>", ""},
		{"a name of the site that stands nowhere else", `<meta property="og:title" content="The bridge fell - A Paper of Long Standing"><title>The bridge fell – A Paper of Long Standing</title><h1>The bridge fell</h1>`, "The bridge fell"},
		{"a title that ends with a quotation", `<meta property="og:site_name" content="Coastline"><title>Un pont « trop vieux » - Coastline</title>`, "Un pont « trop vieux »"},
		{"outside the news the headline is for readers", `<meta property="og:title" content="10 best bridges of the year"><title>10 best bridges of the year</title><h1>The bridges that we liked best this year</h1>`, "The bridges that we liked best this year"},
		{"in large print stands the site", `<meta property="og:title" content="The bridge fell"><title>Notes of an engineer: The bridge fell</title><h1>Notes of an engineer</h1>`, "The bridge fell"},
		{"Markdown", `<title>## The bridge fell</title>`, "The bridge fell"},
		{"emphasis", `<meta property="og:title" content="*On Bridges* (1792)"><title>*On Bridges* (1792) - Coastline</title>`, "On Bridges (1792)"},
		{"cut where a mark ended the attribute", `<meta property="og:title" content="The old bridge fell and "nobody" came"><title>The old bridge fell and "nobody" came | Coastline</title><h1>The old bridge fell and "nobody" came</h1>`, `The old bridge fell and "nobody" came`},
		{"a title that goes on elsewhere", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"The old bridge fell"}</script><meta property="og:title" content="The old bridge fell"><h1>The old bridge fell and nobody came</h1>`, "The old bridge fell"},
		{"section and site behind marks without spaces", `<meta property="og:site_name" content="해안신문"><meta property="article:section" content="사회"><meta property="og:title" content="다리가 무너졌지만 다친 사람은 없었다-사회ㅣ해안신문">`, "다리가 무너졌지만 다친 사람은 없었다"},
		{"a hyphen of its own before the site", `<meta property="article:section" content="News"><meta property="og:title" content="The bridge that fell by-and-by | Coastline">`, "The bridge that fell by-and-by"},
		{"a date in front of the headline", `<meta property="og:title" content="Why the bridge fell"><title>Why the bridge fell | Notes</title><h1><span>3 May 2019</span> Why the bridge fell</h1>`, "Why the bridge fell"},
		{"a number of its own in front", `<meta property="og:title" content="ways to cross a river"><title>7 ways to cross a river</title><h1>The 7 ways to cross a river</h1>`, "The 7 ways to cross a river"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(t, "https://www.coastline.example/a", tt.page).Title; got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestPublished(t *testing.T) {
	for _, tt := range []struct{ page, want string }{
		{`<meta property="article:published_time" content="2024-05-03T10:30:00+0200">`, "2024-05-03T10:30:00+02:00"},
		{`<meta name="date" content="2024-05-03 10:30">`, "2024-05-03"},
		{`<meta name="pubdate" content="Fri, 03 May 2024 10:30:00 +0100">`, "2024-05-03T10:30:00+01:00"},
		{`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-03T08:30:00.000Z","dateModified":"2024-06-01"}</script>`, "2024-05-03T08:30:00Z"},
		{`<time class="updated" datetime="2024-06-01">now</time><time datetime="2024-05-03T10:30">then</time>`, "2024-05-03"},
		{`<meta name="date" content="1714725000000">`, "2024-05-03T08:30:00Z"},
		{`<meta name="date" content="soon">`, ""},
		{`<h1>Bridge</h1><p class="byline">By Ada Moss, May 3, 2024</p>`, "2024-05-03"},
		{`<div class="post-date">3. Mai 2024, 10:30 Uhr</div><h1>Brücke</h1>`, "2024-05-03"},
		{`<h1>Pont</h1><span>Publié le 3 mai 2024</span>`, "2024-05-03"},
		{`<h1>Puente</h1><span>3 de mayo de 2024</span>`, "2024-05-03"},
		{`<h1>橋</h1><span>2024年5月3日</span>`, "2024-05-03"},
		{`<h1>Bridge</h1><span>3/5/2024</span>`, ""}, // March or May
		{`<h1>Bridge</h1><footer>© 2024 Coastline, since May 3, 1990</footer>`, ""},
		{`<p>May 3, 2024</p><h1>Bridge</h1>`, ""}, // above the headline, the day of a newspaper's masthead
		{`<h1>Bridge</h1><p>On May 3, 2021, a barge struck the old bridge at its second pillar and nobody was hurt, as was found out later that year.</p>`, ""},
		{`<h1>Bridge</h1><blockquote class="post"><p>Closed!</p><a href="/p/1">May 3, 2019</a></blockquote>`, ""}, // of an embedded post
		{`<meta name="date" content="0001-01-01T00:00:00Z">`, ""},
	} {
		if got := read(t, "https://coastline.example/a", tt.page).Published; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.page, got, tt.want)
		}
	}
	if got := read(t, "https://coastline.example/2024/05/03/bridge", "").Published; got != "2024-05-03" {
		t.Errorf("from the path: %q", got)
	}
}

func TestCanonical(t *testing.T) {
	for _, tt := range []struct{ page, want string }{
		{`<link rel="canonical" href="/news/bridge">`, "https://www.coastline.example/news/bridge"},
		{`<link rel="canonical" href="https://Coastline.example/news/bridge#top">`, "https://coastline.example/news/bridge"},
		{`<link rel="canonical" href="https://coastline.example/">`, ""},        // the home page
		{`<link rel="canonical" href="https://elsewhere.example/bridge">`, ""},  // another site
		{`<link rel="canonical" href="javascript:alert(1)">`, ""},               // not the web
		{`<link rel="canonical" href="https://me:pw@coastline.example/b">`, ""}, // user info
		{`<meta property="og:url" content="https://m.coastline.example/bridge">`, "https://www.coastline.example/bridge"},
		{`<link rel="canonical" href="https://elsewhere.example/b"><meta property="og:url" content="https://coastline.example/b">`, "https://coastline.example/b"},
	} {
		if got := read(t, "https://www.coastline.example/news/bridge?utm_source=x", tt.page).Canonical; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.page, got, tt.want)
		}
	}
}

// What belongs to one site is told by the Public Suffix List, and a page of unknown origin names nothing.
func TestCanonicalSites(t *testing.T) {
	for _, tt := range []struct {
		address, canonical string
		accepted           bool
	}{
		{"https://news.coast.co.uk/a", "https://www.coast.co.uk/a", true},
		{"https://coast.co.uk/a", "https://shore.co.uk/a", false},
		{"https://ada.github.io/a", "https://bo.github.io/a", false}, // two people's
		{"https://a.com.ai/x", "https://b.com.ai/x", false},
		{"http://192.0.2.1/a", "http://192.0.2.1/b", true},
		{"http://192.0.2.1/a", "http://192.0.2.2/a", false},
		{"http://127.0.0.1:8080/a", "http://127.0.0.1:8081/a", false},
		{"https://www-coast-example.cdn.ampproject.org/c/s/www.coast.example/a.amp", "https://coast.example/a", true},
		{"saved.html", "https://coast.example/a", false},
		{"", "https://coast.example/a", false},
	} {
		got := read(t, tt.address, `<link rel="canonical" href="`+tt.canonical+`">`).Canonical
		want := ""
		if tt.accepted {
			want = tt.canonical
		}
		if got != want {
			t.Errorf("%s at %s: %q, want %q", tt.canonical, tt.address, got, want)
		}
	}
}

func TestAuthors(t *testing.T) {
	for _, tt := range []struct {
		name, page string
		want       []string
	}{
		{"JSON-LD people", `<script type="application/ld+json">[{"@type":"NewsArticle","author":[{"@type":"Person","name":"Ada Moss"},{"@type":"Person","name":"Bo Lee"},{"name":"Ada Moss"}]}]</script>`, []string{"Ada Moss", "Bo Lee"}},
		{"one text with two names", `<meta name="author" content="By Ada Moss and Bo Lee">`, []string{"Ada Moss", "Bo Lee"}},
		{"the house gives way to people", `<meta property="og:site_name" content="Coastline"><script type="application/ld+json">{"@type":"Article","author":{"name":"Coastline"}}</script><meta name="author" content="Ada Moss">`, []string{"Ada Moss"}},
		{"the house where nobody else is named", `<meta property="og:site_name" content="Coastline"><meta name="author" content="Coastline">`, []string{"Coastline"}},
		{"an agency stays", `<meta name="author" content="Associated Press">`, []string{"Associated Press"}},
		{"a link is no name", `<meta property="article:author" content="https://social.example/coastline"><a rel="author" href="/ada">Ada Moss</a>`, []string{"Ada Moss"}},
		{"an element called byline", `<div class="story-byline">By Ada van Moss</div><div class="comment-author">Troll Face</div>`, []string{"Ada van Moss"}},
		{"a reference", `<script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"@id":"#ada"}},{"@type":"Person","@id":"#ada","name":"Ada Moss"}]}</script>`, []string{"Ada Moss"}},
		{"a reference to itself", `<script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"@id":"#a"}},{"@id":"#a","name":null,"author":{"@id":"#a"}}]}</script>`, nil},
		{"given and family name", `<script type="application/ld+json">{"@type":"Article","author":[{"givenName":"Ada","familyName":"Moss"}]}</script>`, []string{"Ada Moss"}},
		{"a photographer is none", `<figure><figcaption><span itemprop="author">(Image: Lens Agency)</span></figcaption></figure><p><span itemprop="author">Ada Moss</span></p>`, []string{"Ada Moss"}},
		{"those of other articles are none", `<article><header><p><a rel="author">Ada Moss</a></p><p><a rel="author">Bo Lee</a></p></header></article><section><div><ul><li><div><p><span><a rel="author">Cy Hill</a></span></p></div></li></ul></div></section>`, []string{"Ada Moss", "Bo Lee"}},
		{"a user name is none", `<meta name="author" content="admin"><meta name="dc.creator" content="ada-moss">`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, read(t, "https://coastline.example/a", tt.page).Authors); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestLanguageImageSite(t *testing.T) {
	d := read(t, "https://coastline.example/a", `<html lang="pt-BR"><meta property="og:image" content="//img.example/a.jpg"><script type="application/ld+json">{"@type":"Article","publisher":{"name":"Coastline"},"image":["x"]}</script>`)
	if d.Language != "pt" || d.Image != "https://img.example/a.jpg" || d.Site != "Coastline" || !d.IsArticle {
		t.Errorf("%+v", d)
	}
	if d := read(t, "https://coastline.example/", "<p>x</p>"); d.Place != meta.Home || d.IsArticle {
		t.Errorf("home page: %+v", d)
	}
}

func TestModifiedSectionAlt(t *testing.T) {
	d := read(t, "https://coastline.example/a", `<meta property="article:section" content="Harbour, News"><meta property="og:image" content="https://img.example/bridge.jpg?w=1200"><img src="/s.gif" alt="logo"><img data-src="https://img.example/300/bridge.jpg" alt="The old  bridge at dawn">
		<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge","datePublished":"2024-05-03T10:00:00+02:00","dateModified":"2024-05-04T09:00:00+02:00"}</script>`)
	got := []string{d.Section, d.Modified, d.ImageAlt}
	if diff := cmp.Diff([]string{"Harbour", "2024-05-04T09:00:00+02:00", "The old bridge at dawn"}, got); diff != "" {
		t.Error(diff)
	}
	d = read(t, "https://coastline.example/a", `<meta property="og:image" content="https://img.example/a.jpg"><meta property="og:image:alt" content="A bridge"><meta property="article:published_time" content="2024-05-03"><meta property="article:modified_time" content="2024-05-03">
		<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"name":"Home"},{"item":{"name":"Harbour"}},{"name":"The bridge fell on Monday after forty years"}]}</script>`)
	got = []string{d.Section, d.Modified, d.ImageAlt}
	if diff := cmp.Diff([]string{"Harbour", "", "A bridge"}, got); diff != "" {
		t.Error(diff)
	}
}

// FuzzCleanURL: the name of a page names itself, and stays on the page's site.
func FuzzCleanURL(f *testing.F) {
	for _, seed := range []string{
		"https://m.Coastline.example:443/a?utm_source=x&id=7&amp=1#x", "https://www.google.com/amp/s/coast.example/a?", "http://[::1]:80/", "https://a:b@c/%zz", "https://x.cdn.ampproject.org/c/s/m.example.org/?amp",
		"https://amp.m.mobile.co.uk/", "https://example.org/?&&", "HTTPS://EXAMPLE.ORG",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		once := meta.CleanURL(address)
		if twice := meta.CleanURL(once); twice != once {
			t.Errorf("%q is %q, and that is %q", address, once, twice)
		}
		doc, err := html.Parse(strings.NewReader(`<link rel="canonical" href="` + html.EscapeString(address) + `">`))
		if err != nil {
			t.Skip()
		}
		if c := meta.Read(doc, "https://www.coastline.example/a").Canonical; c != "" && !meta.SameSite(c, "https://coastline.example/") {
			t.Errorf("a page of coastline.example takes the name %q", c)
		}
	})
}

// Metadata that refer to themselves or nest without end are left at some depth.
func TestCyclicMetadata(t *testing.T) {
	deep := strings.Repeat(`{"@graph":[`, 2000) + `{"@type":"NewsArticle","headline":"Too deep"}` + strings.Repeat(`]}`, 2000)
	d := read(t, "https://coastline.example/a", `<script type="application/ld+json">`+deep+`</script><script type="application/ld+json">{"@id":"#a","@type":"NewsArticle","headline":"Found","mainEntity":{"@id":"#a"}}</script>`)
	if d.Title != "Found" {
		t.Errorf("title %q", d.Title)
	}
}

func TestCleanURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://Coastline.example/a?utm_source=x&id=7&fbclid=abc#:~:text=bridge":                                 "https://coastline.example/a?id=7",
		"https://coastline.example/a?b=1&a=2":                                                                     "https://coastline.example/a?b=1&a=2",
		"https://coastline.example/a?UTM_Medium=social":                                                           "https://coastline.example/a",
		"https://coastline.example/a?p=7&mtm_campaign=x&mc_eid=y&elqTrackId=z&at_medium=RSS&Echobox=1715#Echobox": "https://coastline.example/a?p=7",
		"https://coastline.example/a?id=7&source=agency&ref=2&page=3&share=no":                                    "https://coastline.example/a?id=7&source=agency&ref=2&page=3&share=no",
		"https://ada:secret@coastline.example:443/a":                                                              "https://coastline.example/a",
		"https://www-coast-example.cdn.ampproject.org/c/s/www.coast.example/a?b=1":                                "https://www.coast.example/a?b=1",
		"https://www.google.com/amp/s/coast.example/a":                                                            "https://coast.example/a",
		"https://coastline.example/amp/s/coast.example/a":                                                         "https://coastline.example/amp/s/coast.example/a",
		"https://m.coastline.example/a?outputType=amp":                                                            "https://www.coastline.example/a",
		"https://en.m.coastline.co.uk:8080/a":                                                                     "https://en.coastline.co.uk:8080/a",
		"https://m.example/a":                                                                                     "https://m.example/a",
		"notes.html":                                                                                              "notes.html",
		"http://[::1":                                                                                             "http://[::1",
	} {
		if got := meta.CleanURL(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
