package fetch

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsdesk/article"
)

// relay is an address of a service that passes readers on to the page named in a parameter.
type relay struct {
	host  string   // and everything below it
	path  string   // the path begins with it
	names []string // parameters, the first that holds a web address counts
}

// relays are search engines, networks, mail programs and aggregators that wrap links. Wherever they lead, the page is
// fetched by the same guarded client.
var relays = []relay{
	{"google.com", "/url", []string{"url", "q"}},
	{"news.google.com", "/", []string{"url"}},
	{"bing.com", "/ck/a", []string{"u"}},
	{"bing.com", "/news/apiclick.aspx", []string{"url"}},
	{"duckduckgo.com", "/l/", []string{"uddg"}},
	{"facebook.com", "/l.php", []string{"u"}},
	{"facebook.com", "/flx/warn/", []string{"u"}},
	{"instagram.com", "/", []string{"u"}},
	{"threads.com", "/", []string{"u"}},
	{"threads.net", "/", []string{"u"}},
	{"linkedin.com", "/safety/go", []string{"url"}},
	{"linkedin.com", "/redir/redirect", []string{"url"}},
	{"youtube.com", "/redirect", []string{"q"}},
	{"reddit.com", "/", []string{"out", "url"}},
	{"vk.com", "/away.php", []string{"to"}},
	{"t.umblr.com", "/redirect", []string{"z"}},
	{"steamcommunity.com", "/linkfilter/", []string{"u", "url"}},
	{"slack-redir.net", "/link", []string{"url"}},
	{"safelinks.protection.outlook.com", "/", []string{"url"}},
	{"flipboard.com", "/redirect", []string{"url"}},
	{"getpocket.com", "/redirect", []string{"url"}},
	{"smartnews.com", "/", []string{"url"}},
	{"newsbreak.com", "/", []string{"originalurl"}},
}

// maxRelays is how many links may be wrapped in one another.
const maxRelays = 3

// unwrapped returns the page that a wrapped link leads to, u itself where it wraps none.
func unwrapped(u *url.URL) *url.URL {
	for range maxRelays {
		to := relayTarget(u)
		if to == nil {
			break
		}
		u = to
	}
	return u
}

func relayTarget(u *url.URL) *url.URL {
	host := u.Hostname()
	if strings.HasPrefix(strings.TrimPrefix(host, "www."), "google.") {
		host = "google.com" // of every country
	}
	for _, r := range relays {
		if host != r.host && !strings.HasSuffix(host, "."+r.host) || !strings.HasPrefix(u.Path, r.path) {
			continue
		}
		query := u.Query()
		for _, name := range r.names {
			if to := webAddress(query.Get(name)); to != nil && to.Hostname() != host {
				return to
			}
		}
	}
	return nil
}

// webAddress reads an absolute address of the web, also one in base64 behind "a1", as search engines write it; nil
// for anything else.
func webAddress(raw string) *url.URL {
	if coded, ok := strings.CutPrefix(raw, "a1"); ok {
		if plain, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(coded, "=")); err == nil {
			raw = string(plain)
		}
	}
	if !strings.HasPrefix(raw, "http://") && !strings.HasPrefix(raw, "https://") || len(raw) > maxURL {
		return nil
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil
	}
	if u, err = normalize(u); err != nil {
		return nil
	}
	return u
}

const (
	maxOnward  = 16 << 10 // bytes of a page that does nothing but pass its readers on
	maxRefresh = 5        // seconds until it does
)

// onward returns where a page passes its readers on to instead of showing them something: by <meta http-equiv="refresh">
// or, to another host, by a line of script, as shorteners and aggregators do. It returns nil for all other pages.
func onward(page article.Page) *url.URL {
	here, err := url.Parse(page.URL)
	if err != nil || len(page.Body) > maxOnward || !isHTML(page) {
		return nil
	}
	var found *url.URL
	z := html.NewTokenizer(bytes.NewReader(page.Body))
	inScript, quiet := false, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			if quiet > maxQuiet {
				return nil // it has something to read
			}
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			inScript = t.DataAtom == atom.Script
			if t.DataAtom == atom.Meta && found == nil {
				found = refreshTarget(here, t.Attr)
			}
		case html.EndTagToken:
			inScript = false
		case html.TextToken:
			text := z.Text()
			if !inScript {
				quiet += len(bytes.TrimSpace(text))
			} else if found == nil {
				found = scriptTarget(here, text)
			}
		default:
		}
	}
}

// maxQuiet is how many bytes of text a page may show that only passes readers on.
const maxQuiet = 1500

func isHTML(page article.Page) bool {
	return strings.Contains(page.ContentType, "html") || page.ContentType == "" && bytes.Contains(page.Body, []byte("<"))
}

var refresh = regexp.MustCompile(`(?i)^\s*(\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*['"]?([^'"]+)`)

// refreshTarget is where <meta http-equiv="refresh"> leads, nil where it only loads the page again.
func refreshTarget(here *url.URL, attributes []html.Attribute) *url.URL {
	content, is := "", false
	for _, a := range attributes {
		switch a.Key {
		case "http-equiv":
			is = strings.EqualFold(a.Val, "refresh")
		case "content":
			content = a.Val
		}
	}
	m := refresh.FindStringSubmatch(content)
	if !is || m == nil || len(m[1]) > 1 || m[1] > string(rune('0'+maxRefresh)) {
		return nil
	}
	to, err := here.Parse(strings.TrimSpace(m[2]))
	if err != nil {
		return nil
	}
	if to, err = normalize(to); err != nil || to.String() == here.String() {
		return nil
	}
	return to
}

var assignment = regexp.MustCompile(`(?:location(?:\.href)?\s*=\s*|location\.(?:replace|assign)\(\s*|[rR]edirect\w*\(\s*)["'](https?:(?:\\?/){2}[^"'\s<>]+)["']`)

// scriptTarget is the address on another host that a script goes to.
func scriptTarget(here *url.URL, script []byte) *url.URL {
	m := assignment.FindSubmatch(script)
	if m == nil {
		return nil
	}
	to := webAddress(strings.NewReplacer(`\/`, "/", `\u0026`, "&", `\u003d`, "=", "&amp;", "&").Replace(string(m[1])))
	if to == nil || to.Hostname() == here.Hostname() {
		return nil
	}
	return to
}
