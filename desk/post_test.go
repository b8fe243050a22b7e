package desk

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"newsdesk/article"
	"newsdesk/article/fetch"
	"newsdesk/cache"
	"newsdesk/words"
)

// A link to a post on any Mastodon becomes an article by what its server tells everybody: its author says all of it.
// Where the server tells nothing, the page has to do.
func TestMastodonPost(t *testing.T) {
	silent := false
	var site *httptest.Server
	site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/@helena/113":
			_, _ = fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><head><title>Helena Brandt</title><meta property="og:type" content="article">
				<link href="%s/users/helena/statuses/113" rel="alternate" type="application/activity+json"></head>
				<body><noscript>To use the web application, please enable JavaScript.</noscript><div id="mastodon"></div></body></html>`, site.URL)
		case r.URL.Path == "/api/v1/statuses/113" && !silent:
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"id":"113","created_at":"2026-03-03T09:30:00.000Z","language":"en","url":"%s/@helena/113","spoiler_text":"",
				"content":"<p>The night ferries are back. Nobody should have to sleep in a waiting room.</p><p>Thank you, Tarnmouth!</p>",
				"account":{"acct":"helena","display_name":"Helena Brandt"},"media_attachments":[{"type":"image"}]}`, site.URL)
		default:
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	t.Cleanup(site.Close)
	client := fetch.New(fetch.Options{AllowNetworks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Pause: time.Nanosecond})
	t.Cleanup(client.Close)
	d := New(Options{Store: openStore(t), Fetcher: client})
	t.Cleanup(d.Close)
	link := site.URL + "/@helena/113"
	story, err := d.File(t.Context(), Request{Source: FromURL(link), Guild: "g", By: "ada"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := story.Article
	if a.CanonicalURL != link || a.Speaker != "Helena Brandt" || a.Partial != article.Media || !strings.HasPrefix(a.Title, "Helena Brandt: The night ferries") {
		t.Errorf("%+v", a)
	}
	if len(story.Quotes) != 2 || story.Quotes[0].Text != "The night ferries are back. Nobody should have to sleep in a waiting room." || story.Quotes[0].Speaker != "Helena Brandt" {
		t.Errorf("%+v", story.Quotes)
	}
	if found, err := d.Story(t.Context(), "g", link); err != nil || found.ID != story.ID || found.Article.Speaker != "Helena Brandt" {
		t.Errorf("%+v, %v", found, err)
	}
	verdict, err := d.CheckQuote(t.Context(), QuoteClaim{Words: "Nobody should have to sleep in a waiting room", Speaker: "Brandt", Guild: "g"})
	if err != nil || verdict.Verdict != Verbatim {
		t.Errorf("%+v, %v", verdict, err)
	}
	if why := Why(words.For("en"), &story, 0, func(s string) string { return s }); len(why) != 2 || !strings.Contains(why[0], "It is a post on 127.0.0.1") {
		t.Errorf("%q", why)
	}
	if list, err := d.Quotes(t.Context(), QuoteQuery{Guild: "g", Speaker: "brandt"}); err != nil || len(list.Quotes) != 2 {
		t.Errorf("%+v, %v", list, err)
	}

	silent = true
	if _, err := d.File(t.Context(), Request{Source: FromURL(link + "?again"), Guild: cache.Local, Anew: true}, nil); err == nil {
		t.Error("a page without words is an article")
	}
}
