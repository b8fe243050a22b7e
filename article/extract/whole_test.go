package extract_test

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
)

// prose is n paragraphs of two sentences each, all different.
func prose(n int) string {
	said := []string{
		"The ferry to the outer islands leaves an hour later from Monday, because the tide has moved the sandbank again.",
		"Anna Brandt, who has steered the boat for thirty years, said that she had never seen the channel so narrow.",
		"The harbour office wants to dredge it in the spring, when the seals have left and the water is calm.",
		"Until then two pilots go ahead in a small boat and mark the way with lamps, as their grandfathers did.",
		"The shops on the islands have ordered flour and oil for six weeks, and the school has found two spare rooms.",
		"Nobody there is worried, for in the winter of the great frost no boat came for forty days.",
	}
	var b strings.Builder
	for i := range n {
		b.WriteString("<p>" + said[2*i%6] + " " + said[(2*i+1)%6] + strings.Repeat(" It is so in village "+string(rune('A'+i))+".", i/3) + "</p>")
	}
	return b.String()
}

func page(head, text string) article.Page {
	return article.Page{URL: "https://coastline.example/news/ferry", ContentType: "text/html; charset=utf-8", Body: []byte(
		`<html lang="en"><head><title>Ferry leaves later</title><meta property="og:description" content="The ferry to the islands has to wait for the tide from Monday on.">` +
			head + `</head><body><main><article><h1>Ferry leaves later</h1>` + text + `</article></main></body></html>`)}
}

const (
	free   = `<meta property="og:type" content="article">`
	paid   = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry leaves later","isAccessibleForFree":"False","hasPart":{"isAccessibleForFree":false,"cssSelector":".rest"}}</script>`
	long   = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry leaves later","isAccessibleForFree":false,"wordCount":"2400"}</script>`
	three  = `<p>The ferry to the outer islands leaves an hour later from Monday, because the tide has moved the sandbank again, and the harbour office has printed a new timetable. Anna Brandt, who has steered the boat for thirty years, said that she had never seen the channel so narrow. The harbour office wants to dredge it in spring, as before.</p>`
	button = `<div class="offer"><p>To continue reading, become a subscriber.</p><a href="/plus">Already a subscriber? Sign in</a></div>`
)

func TestPartial(t *testing.T) {
	for _, tt := range []struct {
		name string
		page article.Page
		want article.Partial
	}{
		{"whole", page(free, prose(9)), article.Whole},
		{"not free, the rest is not there", page(paid, prose(2)), article.Subscribers},
		{"not free, the rest is there all the same", page(paid, prose(1)+`<div class="rest">`+prose(8)+`</div>`), article.Whole},
		{"not free, the beginning of something long", page(long, prose(5)), article.Subscribers},
		{"three sentences and an offer", page(free, prose(1)+button), article.Subscribers},
		{"an offer below a whole article", page(free, prose(9)+button), article.Whole},
		{"an offer where the text breaks off", page(free, prose(5)+"<p>The boat had come round the lighthouse when the pilot saw, far out, something that looked…</p>"+button), article.Subscribers},
		{"how much is missing is said", page(free, prose(5)+`<p class="more">Il vous reste 62.5% de cet article à lire. La suite est réservée aux abonnés.</p>`), article.Subscribers},
		{"three sentences and an offer, of a page that does not call itself an article", page("", three+button), article.Subscribers},
		{"three sentences below which there is more", page("", three+`<a class="more" href="/news/ferry/all">Continue reading →</a>`), article.Cut},
		{"three sentences and a form to subscribe", page("", three+`<form><h3>Sign in or subscribe</h3><input type="email"><button>Go</button></form>`), article.Subscribers},
		{"three sentences that break off", page("", strings.ReplaceAll(three, "before.</p>", "before…</p>")), article.Cut},
		{"a short report, whole", page("", three+`<p><a href="/seals">Seals are back on the sandbank</a></p>`), article.Whole},
		{"a longer report above a form for a newsletter", page("", prose(4)+`<form><h3>Subscribe to our letter</h3><input type="email"><button>Go</button></form>`), article.Whole},
		{"as feeds cut it", page(free, prose(5)+"<p>The harbour office wants to dredge the channel in the spring, when the […]</p>"), article.Cut},
		{"an ellipsis that ends a whole article", page(free, prose(9)+"<p>And so, as every year, the islands wait for the tide, and for spring…</p>"), article.Whole},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := extract.HTML(tt.page)
			if err != nil {
				t.Fatal(err)
			}
			if a.Partial != tt.want {
				t.Errorf("%q, want %q:\n%s", a.Partial, tt.want, a.Text)
			}
			if strings.Contains(a.Text, "subscriber") {
				t.Errorf("the wall's own words are in the text:\n%s", a.Text)
			}
		})
	}
}

// A page that was cut off in its article's text is part of one, however much of it there is; one whose author left the tags out that
// end it is not.
func TestTornPages(t *testing.T) {
	const amid = "<p>The old pilot came down to the quay, and nobody there had seen him for a year. He said that he would take the boat out himself and wai"
	before, _, found := strings.Cut(string(page(free, prose(9)+amid+"</p>").Body), amid)
	if !found {
		t.Fatal("the page is not made as expected")
	}
	for _, tt := range []struct {
		name, document string
		want           article.Partial
	}{
		{"in a word", before + amid, article.Cut},
		{"in a word, the paragraph ends", before + amid + "</p>", article.Cut},
		{"in a tag", before + amid[:len(amid)-4] + `<a href="/pil`, article.Cut},
		{"in the first word of a paragraph", before + "<p>The ol", article.Cut},
		{"with an ellipsis", before + amid + "…</p>", article.Cut},
		{"between paragraphs, which nothing tells", before, article.Whole},
		{"with an ellipsis behind an article, all tags closed", string(page(free, prose(9)+"<p>The old pilot, whom nobody had seen for a year, said that he would take the…</p>").Body), article.Cut},
		{"no tags at the end, a name below", "<html><body><h1>Ferry leaves later</h1>" + prose(9) + "<p>Ada Moss</p>", article.Whole},
		{"no tags at the end", "<html><body><h1>Ferry leaves later</h1>" + prose(9), article.Whole},
		{"no tags at the end, a line of small print", "<html><body><h1>Ferry leaves later</h1>" + prose(9) + "<div>Coastline, the paper of the outer islands</div></div>", article.Whole},
	} {
		a, err := extract.HTML(article.Page{URL: "https://coastline.example/news/ferry", ContentType: "text/html; charset=utf-8", Body: []byte(tt.document)})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if a.Partial != tt.want {
			t.Errorf("%s: %q, want %q:\n%s", tt.name, a.Partial, tt.want, a.Text[max(0, len(a.Text)-200):])
		}
	}
}

// Sentences about reading, subscribing and agreeing are no wall.
func TestNoWall(t *testing.T) {
	for _, last := range []string{
		"The old man put the book down, because he did not want to keep reading in the dark of the cabin.",
		"„Il vous reste deux jours“, said the captain, and went back to the bridge to look at the sea.",
		"That was a price that all had to accept, as the mayor said, die alle akzeptieren müssen.",
	} {
		a, err := extract.HTML(page(free, prose(7)+"<p>"+last+"</p>"))
		if err != nil || !strings.HasSuffix(a.Text, last) || a.Partial != article.Whole {
			t.Errorf("%v %q: %s", err, a.Partial, a.Text)
		}
	}
}

// Of an article that is not shown at all, there is what the page says of it.
func TestStandfirstAlone(t *testing.T) {
	a, err := extract.HTML(page(paid, button))
	if err != nil {
		t.Fatal(err)
	}
	if a.Partial != article.Subscribers || a.Text != "The ferry to the islands has to wait for the tide from Monday on." || a.Standfirst != a.Text || a.Title != "Ferry leaves later" {
		t.Errorf("%+v", a)
	}
	checkParagraphs(t, a, true)
}

// Of a page that shows a wall and a few words, there is its title and what it says of itself, however short that is.
func TestFewWordsBeforeTheWall(t *testing.T) {
	for _, description := range []string{"The ferry to the islands has to wait for the tide from Monday on.", "The tide is late."} {
		p := page("", "<p>The ferry waits.</p>"+button)
		p.Body = []byte(strings.Replace(string(p.Body), "The ferry to the islands has to wait for the tide from Monday on.", description, 1))
		a, err := extract.HTML(p)
		if err != nil {
			t.Errorf("%s: %v", description, err)
			continue
		}
		if a.Text != description || a.Standfirst != description || a.Title != "Ferry leaves later" || a.Partial != article.Subscribers {
			t.Errorf("%q, title %q, partial %q", a.Text, a.Title, a.Partial)
		}
		checkParagraphs(t, a, true)
	}
}

func TestKindsOfPagesWithoutArticle(t *testing.T) {
	teasers := strings.Repeat(`<li><h3><a href="/x">Ferry prices rise for the third time this year</a></h3></li><li><h3><a href="/y">Lighthouse keeper wanted on Cape Ardan</a></h3></li>`, 20)
	plain := func(address, head, text string) article.Page {
		return article.Page{URL: address, ContentType: "text/html; charset=utf-8", Body: []byte("<html><head>" + head + "</head><body>" + text + "</body></html>")}
	}
	for _, tt := range []struct {
		name string
		page article.Page
		want error
	}{
		{"home", plain("https://coastline.example/", "<title>The Coastline</title>", "<ul>"+teasers+"</ul>"), extract.ErrHomePage},
		{"section", plain("https://coastline.example/harbour", "<title>Harbour news</title>", "<ul>"+teasers+"</ul>"), extract.ErrSection},
		{"search", plain("https://coastline.example/search?q=ferry", "<title>ferry</title>", "<ul>"+teasers+"</ul>"), extract.ErrSearch},
		{"video", plain("https://coastline.example/v/1", `<meta property="og:type" content="video.other">`, "<h1>The new boat</h1><p>See the new boat leave the harbour for the first time.</p>"), extract.ErrVideo},
		{"pictures", plain("https://coastline.example/p/1", `<script type="application/ld+json">{"@type":"ImageGallery","name":"Boats"}</script>`, "<h1>Boats</h1><p>Eleven boats in the evening light.</p>"), extract.ErrPicture},
		{"video that calls itself an article", plain("https://coastline.example/videos/the-new-boat-1234", `<meta property="og:type" content="article"><meta property="og:video" content="https://coastline.example/v/1.mp4">`, "<h1>The new boat</h1><p>See the new boat leave the harbour for the first time, with the mayor and all of the school on board.</p>"), extract.ErrVideo},
		{"gallery that calls itself an article", plain("https://coastline.example/in-pictures/boats", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Boats"}</script>`, "<h1>Boats</h1>"+strings.Repeat(`<img src="/boat.jpg" width=900 height=600 alt="A boat"><p>A boat of the harbour office in the evening light, before it left.</p>`, 6)), extract.ErrPicture},
		{"search by another name", plain("https://coastline.example/?s=ferry", "<title>You searched for ferry</title>", "<ul>"+teasers+"</ul>"), extract.ErrSearch},
		{"sign-in", plain("https://coastline.example/login", "<title>Log in</title>", `<form><h1>Sign in to your account</h1><input name=u><input type=password name=p><a href="/r">Forgot your password?</a></form>`), extract.ErrSignIn},
		{"bot wall", plain("https://coastline.example/a", "<title>Just a moment...</title>", `<h1>coastline.example</h1><p>Verify you are human by completing the action below. We need to check that your connection is secure before you go on to the page that you have asked for.</p>`), extract.ErrBotWall},
		{"filled by a script", plain("https://coastline.example/a", "<title>Coastline</title>", `<div id="root">You need to enable JavaScript to run this app.</div>`), extract.ErrBotWall},
		{"consent", plain("https://coastline.example/a", "<title>Coastline</title>", `<div><h2>We value your privacy</h2><p>We and our partners store information on your device and read it, for advertising that fits you and to measure how it does. You can change your mind at any time at the foot of every page, where the settings are. Without it we cannot show you this page.</p><button>Accept all cookies</button></div>`), extract.ErrConsent},
		{"consent by number", plain("https://coastline.example/a", "<title>Coastline</title>", `<div><h2>Coastline asks for your consent</h2><p>We and our 842 partners store information on a device, or read it there, such as cookies, and process personal data such as addresses and what a device says of itself, for advertising and content made for you, to measure both, and to learn who reads us. You can change what you chose at any time, at the foot of every page.</p><button>Accept all</button><button>Manage preferences</button></div>`), extract.ErrConsent},
		{"consent in German", plain("https://coastline.example/a", "<title>Küste</title>", `<div><p>Mit Ihrer Einwilligung verwenden wir und unsere 213 Partner Cookies und andere Kennungen, um Inhalte und Anzeigen auf Sie zuzuschneiden und zu messen, wie sie wirken. Was Sie wählen, können Sie jederzeit am Fuß jeder Seite ändern oder zurücknehmen. Ohne Ihre Einwilligung zeigen wir diese Seite nicht an, es sei denn, Sie schließen ein Abonnement ab und lesen sie ohne Werbung.</p><button>Alle akzeptieren</button></div>`), extract.ErrConsent},
		{"not found, politely", plain("https://coastline.example/news/2024/ferry-leaves-later", "<title>Page not found | The Coastline</title>", "<h1>Page not found</h1><p>The page that you asked for has been moved or was never here. Try the search above, or go back to the home page and start from there. Below is what others read today on the islands and in the harbour.</p><ul>"+teasers+"</ul>"), extract.ErrMissing},
		{"not found, in the headline alone", plain("https://coastline.example/news/2024/ferry-leaves-later", "<title>The Coastline</title>", "<h1>404</h1><p>Nothing here.</p>"), extract.ErrMissing},
		{"not found in French", plain("https://coastline.example/x/ferry-123", "<title>Page introuvable - Le Littoral</title>", "<h1>Oups</h1><p>Cette page n’est plus là.</p>"), extract.ErrMissing},
		{"nothing before the wall", plain("https://coastline.example/a", paid, button), extract.ErrSubscribers},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := extract.HTML(tt.page)
			if !errors.Is(err, tt.want) || !errors.Is(err, extract.ErrNoArticle) {
				t.Errorf("%v, want %v (%+v)", err, tt.want, a)
			}
			if !slices.Contains([]error{extract.ErrSignIn, extract.ErrBotWall, extract.ErrConsent, extract.ErrMissing}, tt.want) {
				return
			}
			tt.page.Body = []byte(strings.Replace(string(tt.page.Body), "<head>", "<head>"+free, 1))
			if a, err := extract.HTML(tt.page); !errors.Is(err, tt.want) {
				t.Errorf("with an article's head: %v, want %v (%+v)", err, tt.want, a)
			}
		})
	}
}

// A wall is no article where the page's head is an article's as well, for want of another or because the wall stands in its place:
// of that, the head's title and summary are shown.
func TestWallsBelowAnArticlesHead(t *testing.T) {
	const (
		consent = `<div><h2>Coastline asks for your consent</h2><p>We and our 842 partners store information on a device, or read it there, such as cookies, and process personal data such as addresses and what a device says of itself, for advertising and content made for you, to measure both, and to learn who reads us.</p><p>You can change what you chose at any time, at the foot of every page. Some of our vendors do so without asking, for reasons of their own, which you may object to.</p><button>Accept all</button><button>Manage preferences</button></div>`
		german  = `<div><p>Mit Ihrer Einwilligung verwenden wir und unsere 213 Partner Cookies und andere Kennungen, um Inhalte und Anzeigen auf Sie zuzuschneiden und zu messen, wie sie wirken. Was Sie wählen, können Sie jederzeit am Fuß jeder Seite ändern oder zurücknehmen. Ohne Ihre Einwilligung zeigen wir diese Seite nicht an, es sei denn, Sie schließen ein Abonnement ab und lesen sie ohne Werbung.</p><button>Alle akzeptieren</button></div>`
		signIn  = `<form><h1>Sign in to your account</h1><p>Sign in to your account with the address that you gave us when you signed up, or with that of another service.</p><input name=u><input type=password name=p><p>Forgot your password? We send you a letter by which you can choose another one, as long as we know your address.</p></form>`
		bots    = `<h1>coastline.example</h1><p>Verify you are human by completing the action below. We need to check that your connection is secure before you go on to the page that you have asked for.</p><p>This may take a few seconds. Your browser sends you on as soon as it is done, and you need not do anything else.</p>`
		missing = `<h1>Page not found</h1><p>The page that you asked for has been moved or was never here. Try the search above, or go back to the home page and start from there.</p><p>Below is what others read today on the islands and in the harbour, and what we wrote this week.</p>`
		summary = "The ferry to the islands has to wait for the tide from Monday on."
	)
	for name, head := range map[string]string{
		"og:type": free,
		"JSON-LD": `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry leaves later"}</script>`,
	} {
		for _, tt := range []struct {
			name, wall string
			want       error
			partial    article.Partial
		}{
			{"consent", consent, extract.ErrConsent, article.Consent},
			{"consent in German", german, extract.ErrConsent, article.Consent},
			{"sign-in", signIn, extract.ErrSignIn, article.Subscribers},
			{"bots", bots, extract.ErrBotWall, article.Cut},
			{"missing", missing, extract.ErrMissing, article.Whole},
		} {
			t.Run(tt.name+" below "+name, func(t *testing.T) {
				p := article.Page{URL: "https://coastline.example/news/ferry", ContentType: "text/html; charset=utf-8", Body: []byte(`<html><head><meta property="og:title" content="Ferry leaves later">` + head + "</head><body><main><article>" + tt.wall + "</article></main></body></html>")}
				if a, err := extract.HTML(p); !errors.Is(err, tt.want) {
					t.Errorf("without a summary: %v, want %v (%+v)", err, tt.want, a)
				}
				without := string(p.Body)
				p.Body = []byte(strings.Replace(without, "<head>", `<head><meta name="description" content="We and our 842 partners store what you read.">`, 1))
				if a, err := extract.HTML(p); !errors.Is(err, tt.want) {
					t.Errorf("the wall's words as its summary: %v, want %v (%+v)", err, tt.want, a)
				}
				p.Body = []byte(strings.Replace(without, "<head>", `<head><meta name="description" content="`+summary+`">`, 1))
				a, err := extract.HTML(p)
				if tt.partial == article.Whole {
					if !errors.Is(err, tt.want) {
						t.Errorf("with a summary: %v, want %v (%+v)", err, tt.want, a)
					}
					return
				}
				if err != nil || a.Text != summary || a.Standfirst != summary || a.Title != "Ferry leaves later" || a.Partial != tt.partial {
					t.Errorf("with a summary: %v, %+v", err, a)
				}
			})
		}
	}
}

// Of an article whose page is filled by scripts, there is its title and what its head says of it.
func TestFilledByScripts(t *testing.T) {
	const title, summary = `<meta property="og:title" content="Ferry leaves later">`, "The ferry to the islands has to wait for the tide from Monday on."
	app := func(head, text string) article.Page {
		return article.Page{URL: "https://coastline.example/news/ferry", ContentType: "text/html; charset=utf-8", Body: []byte("<html><head>" + head + "</head><body>" + text + `<script src="/app.js"></script></body></html>`)}
	}
	described := title + free + `<meta property="og:description" content="` + summary + `">`
	for _, text := range []string{`<div id="root"></div>`, `<div id="root">Loading the page, please wait for a moment …</div>`, `<div id="root">You need to enable JavaScript to run this app.</div>`} {
		a, err := extract.HTML(app(described, text))
		if err != nil || a.Title != "Ferry leaves later" || a.Text != summary || a.Standfirst != summary || a.Partial != article.Cut {
			t.Errorf("%s: %v, %+v", text, err, a)
			continue
		}
		checkParagraphs(t, a, true)
		if a, err := extract.HTML(app(title+free, text)); !errors.Is(err, extract.ErrNoArticle) {
			t.Errorf("%s without a summary: %v, %+v", text, err, a)
		}
		if a, err := extract.HTML(app(strings.Replace(described, free, "", 1), text)); !errors.Is(err, extract.ErrNoArticle) {
			t.Errorf("%s that does not call itself an article: %v, %+v", text, err, a)
		}
	}
}

// A short article is one that stands on a page with a form to sign in, a note on scripts and a dialog about cookies.
func TestShortArticleBesideWalls(t *testing.T) {
	for _, beside := range []string{
		`<form><h3>Sign in to your account</h3><input type=password><a href="/r">Forgot your password?</a></form>`,
		`<div class="comments"><p>Please enable JavaScript to read what others say.</p></div>`,
		`<div class="dialog"><p>We and our 842 partners store information on a device, or read it there.</p><button>Accept all</button></div>`,
	} {
		a, err := extract.HTML(page(free, prose(2)+"</article>"+beside+"<article>"))
		if err != nil || !strings.HasPrefix(a.Text, "The ferry to the outer islands") || a.Partial != article.Whole {
			t.Errorf("%s: %v, %+v", beside, err, a)
		}
	}
}

// An article about pages that are missing, or about those with whom data are shared, is one.
func TestArticlesAboutWalls(t *testing.T) {
	const about = "<p>Our 842 partners in the harbour trade were asked, the office said, and most of them accept all of it.</p>"
	p := page("", prose(6)+about)
	p.Body = []byte(strings.ReplaceAll(string(p.Body), "Ferry leaves later", "Page not found: why links to the harbour office break"))
	a, err := extract.HTML(p)
	if err != nil || !strings.HasSuffix(a.Text, "accept all of it.") || a.Partial != article.Whole {
		t.Errorf("%v: %+v", err, a)
	}
}

// Two letters at the end of an address are a language's or a country's front page, or an article.
func TestEdition(t *testing.T) {
	text := strings.Repeat("<p>开往外岛的渡轮从星期一起晚一小时出发，因为潮水又移动了沙洲。三十年来一直驾船的安娜·布兰特说，她从未见过这么窄的航道。</p>", 1) +
		"<p>港务局想在春天疏浚航道，那时海豹已经离开，水面平静。在那之前，两名领航员乘小船走在前面，用灯标出航道。</p><p>岛上的商店已经订购了六周的面粉和油，学校也找到了两个空房间。那里没有人担心。</p>"
	p := article.Page{URL: "https://coastline.example/gb", ContentType: "text/html; charset=utf-8", Body: []byte("<html lang=zh><head><title>渡轮晚点</title></head><body><main><article><h1>渡轮晚点</h1>" + text + "</article></main></body></html>")}
	if a, err := extract.HTML(p); err != nil || a.Title != "渡轮晚点" || len(a.Paragraphs) != 3 {
		t.Errorf("%v: %+v", err, a)
	}
}

func TestAgencies(t *testing.T) {
	a, err := extract.HTML(page(`<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"Ada Moss"},{"name":"Reuters"}]}</script>`, prose(6)))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(a.Byline, ",") != "Ada Moss,Reuters" || strings.Join(a.Agencies, ",") != "Reuters" {
		t.Errorf("byline %q, agencies %q", a.Byline, a.Agencies)
	}
}

// A heading with which a text ends announces what is not there; one of many words with which it begins is its standfirst.
func TestHeadingsAtTheEdges(t *testing.T) {
	const deck = "The ferry to the outer islands has to wait for the tide, and nobody minds"
	a, err := extract.HTML(page(free, "<h2>"+deck+"</h2>"+prose(5)+"<h2>Read more about the harbour</h2>"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Standfirst != deck && strings.Contains(a.Text, deck) {
		t.Errorf("standfirst %q", a.Standfirst)
	}
	if last := a.Paragraphs[len(a.Paragraphs)-1]; last.Kind != article.Text {
		t.Errorf("ends with the %s %q", last.Kind, a.Slice(last.Span))
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// flight sends rows as React's server components do: in two parts, cut anywhere.
func flight(t *testing.T, rows string) string {
	t.Helper()
	half := len(rows) / 2
	return "<script>(self.__next_f=self.__next_f||[]).push([0])</script>" +
		"<script>self.__next_f.push([1," + asJSON(t, rows[:half]) + "])</script><script>self.__next_f.push([1," + asJSON(t, rows[half:]) + "])</script>"
}

// Pages that programs in the browser draw hold their article as data.
func TestEmbedded(t *testing.T) {
	text, err := json.Marshal(prose(4))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := json.Marshal(strings.NewReplacer("<p>", "", "</p>", "\n").Replace(prose(4)))
	if err != nil {
		t.Fatal(err)
	}
	var list, drawn []any
	for _, paragraph := range strings.Split(strings.TrimSuffix(strings.ReplaceAll(prose(4), "<p>", ""), "</p>"), "</p>") {
		list = append(list, map[string]any{"type": "p", "children": []any{map[string]any{"type": "text", "text": strings.TrimSpace(paragraph)}}})
		drawn = append(drawn, []any{"$", "p", nil, map[string]any{"children": strings.TrimSpace(paragraph)}})
	}
	for name, head := range map[string]string{
		"a list of paragraphs": free + `<script type="application/json">{"body":` + asJSON(t, list) + `,"more":[{"url":"/a","text":"short"},{"url":"/b","text":"short"}]}</script>`,
		"React, drawn":         free + flight(t, `1:I["chunk.js"]`+"\n0:"+asJSON(t, []any{"$", "main", nil, map[string]any{"children": drawn}})+"\n"),
		"React, text":          free + flight(t, "2:T"+strconv.FormatInt(int64(len(prose(4))), 16)+","+prose(4)+"3:[\"short\"]\n"),
		"data of a program":    free + `<script id="__NEXT_DATA__" type="application/json">{"props":{"page":[{"teaser":"<p>short</p>"},{"html":` + string(text) + `}]}}</script>`,
		"handed over":          free + `<script>window.q = window.q || [];window.q.push({"state":{"html":` + string(text) + `},"n":1});</script>`,
		"JSON-LD":              `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry leaves later","articleBody":` + string(plain) + `}</script>`,
	} {
		p := article.Page{URL: "https://coastline.example/news/ferry", ContentType: "text/html", Body: []byte(
			"<html lang=en><head><title>Ferry leaves later</title>" + head + `</head><body><div id="root"></div><nav><a href="/">Home</a></nav></body></html>`)}
		a, err := extract.HTML(p)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(a.Paragraphs) != 4 || !strings.HasPrefix(a.Text, "The ferry to the outer islands") || strings.Contains(a.Text, "short") {
			t.Errorf("%s: %q", name, a.Text)
		}
	}
}

// Lines about the article and away from it, which pages set among its paragraphs, are no part of it.
func TestLeftovers(t *testing.T) {
	whole, err := extract.HTML(page(free, prose(8)))
	if err != nil {
		t.Fatal(err)
	}
	half := prose(4)
	rest := strings.TrimPrefix(prose(8), half)
	for _, left := range []string{
		"<p>By Ada Moss, Port Amsel</p>" + half + rest,
		"<p>Updated on 3 May 2024 at 10.15</p>" + half + rest,
		half + `<p>Also read: <a href="/seals">Seals are back on the sandbank</a></p>` + rest,
		half + "<p>Auch interessant</p>" + rest,
		half + `<p>Les også: <a href="/seals">Seals are back on the sandbank</a></p>` + rest,
		half + `<p>Читайте також: <a href="/seals">Seals are back on the sandbank</a></p>` + rest,
		half + `<p>&gt;&gt; Here you find <a href="/seals">all days on which seals were seen</a></p>` + rest,
		half + `<p>→ <a href="/seals">Seals are back on the sandbank</a></p>` + rest,
		half + `<p>» <a href="/seals">Seals are back on the sandbank</a></p>` + rest,
		half + `<p>» Related Reading: <a href="/seals">Seals are back on the sandbank off the cape</a></p>` + rest,
		half + "<p>» Learn More: Seals are back on the sandbank off the outer islands</p>" + rest,
		half + rest + `<p>The post <a href="/ferry">Ferry leaves later</a> appeared first on <a href="/">The Coastline</a>.</p>`,
		half + rest + `<p>Der Beitrag <a href="/ferry">Ferry leaves later</a> erschien zuerst auf <a href="/">The Coastline</a>.</p>`,
		half + "<p>© Ada Moss The ferry in the channel</p>" + rest,
		half + "<p>Photo: Ada Moss, Coastline</p>" + rest,
		half + "<p>_____</p><p>★★★</p>" + rest,
		half + "<p>In this June 3, 2019, file photo, Ada Moss stands at the wheel of the ferry to the outer islands.</p>" + rest,
		half + `<p>More:</p><ul><li><a href="/seals">Seals are back on the sandbank</a></li><li><a href="/oil">The shops order oil</a></li></ul>` + rest,
		half + rest + "<p>This text may not be published, broadcast, rewritten or redistributed. All rights reserved.</p>",
		half + rest + "<p>Fotoğraf, Coastline tarafından servis edilmiştir.</p>",
		"<p>View this email in your browser</p>" + half + rest + "<p>You are receiving this email because you signed up for it.</p><p><a href='/u'>Unsubscribe</a> | Update your preferences</p>",
		half + rest + "<p>Ada Moss writes about harbours. Follow her on Twitter @adamoss.</p>",
		half + rest + "<p>2024-05-03T08:57:40+01:00</p><p>https://coastline.example/pictures/ferry.jpg</p><p>" + strings.Join(strings.Fields(tags.ReplaceAllString(prose(8), " ")), " ") + "</p>",
	} {
		a, err := extract.HTML(page(free, left))
		if err != nil {
			t.Errorf("%s: %v", left, err)
			continue
		}
		if a.Text != whole.Text {
			t.Errorf("%s\nbecame\n%s", left, a.Text)
		}
	}
}

// A byline below the text says what the page's metadata say; a name in a sentence is something else.
func TestBylineBelow(t *testing.T) {
	const authors = free + `<meta name="author" content="Ada Moss and Jo Brandt">`
	for end, stays := range map[string]bool{"Ada Moss, Jo Brandt": false, "Von Jo Brandt": false, "Ada Moss waits.": true, "Ada Moss waits for Jo Brandt": true, "Anna Brandt": true} {
		a, err := extract.HTML(page(authors, prose(8)+"<p>"+end+"</p>"))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(a.Text, end) != stays {
			t.Errorf("%s: the text ends with %q", end, a.Text[max(0, len(a.Text)-40):])
		}
	}
}

// tags are those of any element, links those of a link.
var tags = regexp.MustCompile("<[^>]*>")

var links = regexp.MustCompile("</?a[^>]*>")

// What only looks like such a line stays.
func TestNoLeftovers(t *testing.T) {
	half := prose(4)
	rest := strings.TrimPrefix(prose(8), half)
	for _, kept := range []string{
		"Read more books, the minister told the children, and you will see more of the world than I did.",
		"By noon on Monday the ferry had left.",
		`»Related matters of the harbour«, he said, »are for the <a href="/office">office</a>.«`,
		`» More of it « , Anna Brandt told the <a href="/office">office</a>.`,
		"The post that he held in the harbour office was the first that anybody was given on the islands.",
		"In this town a photo of the seals hangs in every kitchen, and nobody takes it down.",
		"They could not unsubscribe from the letters of the harbour office, which came every morning.",
		"The rest would follow on Twitter in the evening, the harbour office said, and so it did at eight.",
	} {
		a, err := extract.HTML(page(free, half+"<p>"+kept+"</p>"+rest+"<p>"+kept+" Nobody objected to it.</p>"))
		if err != nil {
			t.Fatal(err)
		}
		if kept = links.ReplaceAllString(kept, ""); strings.Count(a.Text, kept) != 2 {
			t.Errorf("%q became %q", kept, a.Text)
		}
	}
}

// What is on the page for screen readers alone is no part of a sentence.
func TestClippedText(t *testing.T) {
	a, err := extract.HTML(page(free, prose(5)+`<p>The boats of the <a href="/line">Grey Line<span style="clip: rect(0 0 0 0); width: 1px; position: absolute">, opens new tab</span></a> wait as well, and nobody knows how long.</p>`))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Text, "the Grey Line wait as well") {
		t.Error(a.Text)
	}
}

// A paragraph in large print is no heading.
func TestLongHeading(t *testing.T) {
	large := strings.Repeat("The channel is narrow, and the pilots go ahead in a small boat. ", 8)
	for _, text := range []string{"<h2>" + large + "</h2>" + prose(6), prose(3) + "<h2>" + large + "</h2>" + prose(6)} {
		a, err := extract.HTML(page(free, text))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Text, strings.TrimSpace(large)) {
			t.Fatalf("it is gone: %q", a.Text)
		}
		for _, p := range a.Paragraphs {
			if p.Kind == article.Heading && strings.HasPrefix(a.Slice(p.Span), "The channel") {
				t.Error("it is a heading")
			}
		}
	}
}

// A line in capitals above a dateline belongs to it.
func TestDatelineBelowCorrespondent(t *testing.T) {
	a, err := extract.HTML(page(free, "<p>FROM OUR CORRESPONDENT<br>PORT AMSEL - The first boat left at nine, an hour later than it did last week, and nobody minded.</p>"+prose(6)))
	if err != nil {
		t.Fatal(err)
	}
	if p := a.Paragraphs[0]; p.Kind != article.Dateline || a.Slice(p.Span) != "FROM OUR CORRESPONDENT\nPORT AMSEL -" {
		t.Errorf("%s %q", p.Kind, a.Slice(p.Span))
	}
}
