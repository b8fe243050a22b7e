package extract_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
)

// headlines of a paper's front page, and what it says of each.
var headlines = [][2]string{
	{"Ferry prices rise for the third time this year", "A crossing to the outer islands costs eleven crowns from May on, the harbour office said on Tuesday."},
	{"Lighthouse keeper wanted on Cape Ardan", "The last one leaves in autumn after thirty years, and nobody has asked for the post so far."},
	{"Seals are back on the sandbank", "Forty of them were counted at low tide, more than in any year since the dam was built."},
	{"Council votes for the longer pier", "Nine of fifteen members want to build it before the winter, although the money is not there yet."},
	{"School on Oster stays open after all", "Eleven children will learn there next year, two more than the law asks for."},
	{"Fog closes the airfield for a second day", "Passengers were taken to the mainland by boat, and most of them had arrived by the evening."},
	{"A bakery opens where the bank was", "It sells bread from six in the morning on, and coffee to those who wait for the first boat."},
}

// front is a page that shows all headlines, each in the shape that card gives it: address, headline, teaser.
func front(address, head, card string) article.Page {
	var b strings.Builder
	for range 2 {
		for _, h := range headlines {
			fmt.Fprintf(&b, card, fmt.Sprintf("/2024/05/%d-%s", b.Len(), strings.ReplaceAll(h[0], " ", "-")), h[0], h[1])
		}
	}
	return article.Page{URL: address, ContentType: "text/html; charset=utf-8", Body: []byte(
		"<html><head><title>The Coastline</title>" + head + `</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><main>` + b.String() + "</main><footer>© The Coastline</footer></body></html>")}
}

// Pages that show other pages are no articles, however they show them and whatever they call themselves.
func TestFrontPages(t *testing.T) {
	cards := map[string]string{
		"headline, teaser":           `<article><h3><a href="%s">%s</a></h3><p>%s</p></article>`,
		"all of it a link":           `<div class="card"><a href="%s"><h2>%s</h2><p>%s</p></a><span>3 hours ago</span></div>`,
		"kicker, headline, byline":   `<div><div class="kicker">Harbour</div><div class="title"><a href="%s">%s</a></div><div>By Ada Moss | 3 May 2024</div><div class="text">%s</div></div>`,
		"picture, teaser, headline":  `<li><a href="%[1]s"><img src="x.jpg" alt=""></a><p>%[3]s</p><h3><a href="%[1]s">%[2]s</a></h3></li>`,
		"headline, teaser, the rest": `<section><h2>%[2]s</h2><p>%[3]s</p><p><a href="%[1]s">Continue reading</a></p></section>`,
		"one line below the other":   `<p><a href="%s"><b>%s</b></a><br>%s</p>`,
	}
	heads := map[string]string{
		"nothing said": "",
		"a website":    `<meta property="og:type" content="website">`,
		"a collection": `<script type="application/ld+json">{"@type":"CollectionPage","name":"News"}</script>`,
		"articles":     `<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Seals are back"},{"@type":"NewsArticle","headline":"Fog"},{"@type":"NewsArticle","headline":"A bakery"}]</script>`,
		"an article":   `<meta property="og:type" content="article">`,
	}
	addresses := map[string]error{
		"https://coastline.example/": extract.ErrHomePage, "https://coastline.example/en/": extract.ErrHomePage, "https://coastline.example/index.html?utm_source=x": extract.ErrHomePage,
		"https://coastline.example/harbour": extract.ErrSection, "https://coastline.example/category/news/harbour": extract.ErrSection, "https://coastline.example/tag/seals/page/2": extract.ErrSection,
	}
	for shape, card := range cards {
		for said, head := range heads {
			for address, want := range addresses {
				if a, err := extract.HTML(front(address, head, card)); !errors.Is(err, want) {
					t.Errorf("%s (%s) at %s: %v, want %v: %+v", shape, said, address, err, want, a)
				}
			}
		}
	}
}

// A blog shows whole posts one below the other.
func TestPostsBelowOneAnother(t *testing.T) {
	card := `<article class="post"><h2><a href="%[1]s">%[2]s</a></h2><div class="meta">May 3 by <a href="/author/ada">Ada</a></div><p>%[3]s</p>` +
		`<p>%[2]s, and nobody minded, as the harbour office told this paper when it was asked on the morning after.</p><p>It was a long winter, and this (%[3]s) is what people on the islands spoke of most.</p></article>`
	for address, want := range map[string]error{"https://coastline.example/": extract.ErrHomePage, "https://coastline.example/category/harbour": extract.ErrSection} {
		if _, err := extract.HTML(front(address, `<meta property="og:type" content="website">`, card)); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", address, err, want)
		}
	}
}

// A saved page says itself where it belongs.
func TestSavedFrontPage(t *testing.T) {
	p := front("home.html", `<link rel="canonical" href="https://coastline.example/">`, `<article><h3><a href="https://coastline.example%s">%s</a></h3><p>%s</p></article>`)
	if _, err := extract.HTML(p); !errors.Is(err, extract.ErrHomePage) {
		t.Errorf("%v, want ErrHomePage", err)
	}
}

// Articles keep being articles with other pages' headlines around and between their paragraphs, also where their address
// has a section's shape or is a site's front page.
func TestArticlesAmongHeadlines(t *testing.T) {
	var around, between strings.Builder
	for i, h := range headlines {
		fmt.Fprintf(&around, `<li><h3><a href="/2024/05/%d-x">%s</a></h3><p>%s</p></li>`, i, h[0], h[1])
		fmt.Fprintf(&between, `%s<p><a href="/2024/05/%d-x">%s</a></p>`, prose(1), i, strings.ToUpper(h[0]))
	}
	list := "<aside><ul>" + around.String() + "</ul></aside>"
	for name, tt := range map[string]struct{ address, head, text string }{
		"below":              {"https://coastline.example/news/ferry-leaves-later-from-monday", "", prose(7) + list},
		"above":              {"https://coastline.example/news/ferry-leaves-later-from-monday", "", list + prose(7)},
		"between":            {"https://coastline.example/news/ferry-leaves-later-from-monday", free, between.String()},
		"in a section":       {"https://coastline.example/harbour/ferry", "", prose(9) + list},
		"at the root":        {"https://coastline.example/", "", prose(9)},
		"one of its blog":    {"https://coastline.example/", "", prose(9) + `<ul><li><a href="/2024/old">The ferry left later last year as well</a></li></ul>`},
		"about searching":    {"https://coastline.example/search/dogs", "", prose(9)},
		"with a film in it":  {"https://coastline.example/video/boat-leaves-the-harbour-1234", `<meta property="og:type" content="video.other">`, prose(9)},
		"among its siblings": {"https://coastline.example/news/ferry", `<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Ferry leaves later"},{"@type":"NewsArticle","headline":"Fog"},{"@type":"NewsArticle","headline":"Seals"},{"@type":"NewsArticle","headline":"Oil"}]</script>`, prose(7) + list},
	} {
		p := page(tt.head, `<div class="story">`+tt.text+"</div>")
		p.URL = tt.address
		if a, err := extract.HTML(p); err != nil || !strings.Contains(a.Text, "The ferry to the outer islands leaves") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
