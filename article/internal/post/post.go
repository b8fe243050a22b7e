// Package post knows posts: what somebody writes on X, Bluesky, Mastodon, Telegram or YouTube, all of it in their own
// words. Their pages show it to browsers only; what they give to everybody without a key is asked for in its place.
//
// [Instead] says what to ask for instead of a link, [Behind] instead of a page that was read; [Read] reads the answer.
// Only the host that answers for a family is believed: what another says of somebody's post is no post.
package post

import (
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsdesk/article"
)

// Post is what was read of one.
type Post struct {
	Text      string // paragraphs parted by a blank line; "" if it has no words
	Author    string // as they call themselves, without emoji; else their handle
	Handle    string // by which the service knows them, without "@"; nobody else of the service has it
	Site      string
	URL       string // the post's own
	Published string // as [article.Article.Published]
	Language  string // BCP 47 primary tag, or ""
	Media     bool   // pictures or a film belong to it
	Cut       bool   // the text is its beginning
}

// ErrNone is an answer that says that there is no such post.
var ErrNone = errors.New("no such post")

// family is a service whose posts are at addresses of one shape.
type family struct {
	site  string
	hosts []string       // of links, without "www." and the like
	path  *regexp.Regexp // of links: its groups are what ask needs
	// ask is the address that gives the post to everybody.
	ask func(link *url.URL, parts []string) string
	// answers are the hosts that may be believed, answer what stands behind them, read what they say.
	answers []string
	answer  *regexp.Regexp
	read    func(page article.Page) (Post, error)
}

var families = []family{
	{
		"X", []string{"x.com", "twitter.com"}, regexp.MustCompile(`^/(\w{1,20}|i/web)/status(?:es)?/(\d{1,20})(?:/|$)`),
		func(_ *url.URL, p []string) string {
			return "https://publish.twitter.com/oembed?dnt=true&omit_script=true&url=" + url.QueryEscape("https://twitter.com/"+p[1]+"/status/"+p[2])
		},
		[]string{"publish.twitter.com", "publish.x.com"}, regexp.MustCompile(`^/oembed\?`), readX,
	},
	{
		"Bluesky", []string{"bsky.app"}, regexp.MustCompile(`^/profile/([\w.:-]{1,253})/post/(\w{1,30})(?:/|$)`),
		func(_ *url.URL, p []string) string {
			return "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?depth=0&parentHeight=0&uri=" + url.QueryEscape("at://"+p[1]+"/app.bsky.feed.post/"+p[2])
		},
		[]string{"public.api.bsky.app"}, regexp.MustCompile(`^/xrpc/app\.bsky\.feed\.getPostThread\?`), readBluesky,
	},
	{
		"Telegram", []string{"t.me", "telegram.me"}, regexp.MustCompile(`^/(?:s/)?([A-Za-z]\w{3,31})/(\d{1,10})/?$`),
		func(_ *url.URL, p []string) string { return "https://t.me/" + p[1] + "/" + p[2] + "?embed=1&mode=tme" },
		[]string{"t.me"}, regexp.MustCompile(`^/\w+/\d+\?embed=1`), readTelegram,
	},
	{
		"YouTube", []string{"youtube.com"}, regexp.MustCompile(`^/(?:watch|(?:shorts|live|embed)/([\w-]{11}))/?$`),
		func(link *url.URL, p []string) string { return askYouTube(first(p[1], link.Query().Get("v"))) },
		[]string{"www.youtube.com"}, regexp.MustCompile(`^/oembed\?`), readYouTube,
	},
	{
		"YouTube", []string{"youtu.be"}, regexp.MustCompile(`^/([\w-]{11})/?$`),
		func(_ *url.URL, p []string) string { return askYouTube(p[1]) },
		nil, nil, nil,
	},
}

func askYouTube(id string) string {
	if id == "" {
		return ""
	}
	return "https://www.youtube.com/oembed?format=json&url=" + url.QueryEscape("https://www.youtube.com/watch?v="+id)
}

// Instead returns the address that gives the post at a link to everybody; nil where the link is to no post that is known
// by it.
func Instead(link *url.URL) *url.URL {
	host := link.Hostname()
	for _, sub := range []string{"www.", "mobile.", "m.", "music."} {
		host = strings.TrimPrefix(host, sub)
	}
	for _, f := range families {
		parts := f.path.FindStringSubmatch(link.Path)
		if !slices.Contains(f.hosts, host) || parts == nil || slices.Contains(f.answers, link.Hostname()) && link.Query().Has("embed") {
			continue
		}
		if to, err := url.Parse(f.ask(link, parts)); err == nil && to.Host != "" {
			return to
		}
	}
	return nil
}

// Behind is [Instead] for a page that a link led to: what its address is known by, or what it says that it is itself.
func Behind(page article.Page) *url.URL {
	at, err := url.Parse(page.URL)
	if err != nil {
		return nil
	}
	if to := Instead(at); to != nil {
		return to
	}
	return behindMastodon(at, page.Body)
}

// Read reads the answer to [Instead] or [Behind]; is reports whether a page is one. The error is [ErrNone], or says that
// the answer makes no sense.
func Read(page article.Page) (p Post, is bool, err error) {
	at, err := url.Parse(page.URL)
	if err != nil || at.Scheme == "" {
		return Post{}, false, nil //nolint:nilerr // a file's name
	}
	for _, f := range families {
		if slices.Contains(f.answers, at.Hostname()) && f.answer.MatchString(at.RequestURI()) {
			p, err = f.read(page)
			p.Site = f.site
			return tidy(p), true, err
		}
	}
	if mastodonStatus.MatchString(at.Path) {
		if p, err = readMastodon(at, page.Body); err == nil {
			return tidy(p), true, nil
		}
	}
	return Post{}, false, nil
}

func tidy(p Post) Post {
	p.Text = strings.TrimSpace(strings.ToValidUTF8(p.Text, "\ufffd"))
	p.Handle = named(p.Handle)
	p.Author = first(named(p.Author), p.Handle)
	if at, err := time.Parse(time.RFC3339, p.Published); err == nil {
		p.Published = at.Format(time.RFC3339)
	} else if _, err := time.Parse(time.DateOnly, p.Published); err != nil {
		p.Published = ""
	}
	p.Language, _, _ = strings.Cut(p.Language, "-")
	return p
}

// shortcode is an emoji as a server of its own draws it.
var shortcode = regexp.MustCompile(`:\w+:`)

// named is a name as people write one, without emoji and ornaments; "" if nothing is left.
func named(s string) string {
	s = shortcode.ReplaceAllString(s, "")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r) && r < 0xfe00, unicode.IsDigit(r), strings.ContainsRune(" .-'’&,@_", r):
			return r
		case unicode.IsSpace(r), r == '|', r == '/', r == '(', r == ')':
			return ' '
		}
		return -1
	}, strings.ToValidUTF8(s, ""))
	s = strings.Trim(strings.Join(strings.Fields(s), " "), " -,&|")
	if len([]rune(s)) > 80 {
		s = strings.TrimSpace(string([]rune(s)[:80]))
	}
	if strings.IndexFunc(s, unicode.IsLetter) < 0 {
		return ""
	}
	return s
}

// first is the first of some that is not "".
func first(of ...string) string {
	for _, s := range of {
		if s != "" {
			return s
		}
	}
	return ""
}

// lastPart is what follows the last stroke of an address.
func lastPart(address string) string {
	return strings.TrimPrefix(address[strings.LastIndexByte(address, '/')+1:], "@")
}

// oEmbed is the answer of a service that embeds (oembed.com, 2.3.4), as far as it is of use.
type oEmbed struct {
	URL        string `json:"url"`
	Title      string `json:"title"`
	AuthorName string `json:"author_name"`
	AuthorURL  string `json:"author_url"`
	HTML       string `json:"html"`
}

func readYouTube(page article.Page) (Post, error) {
	var o oEmbed
	if err := json.Unmarshal(page.Body, &o); err != nil {
		return Post{}, err
	}
	asked, err := url.Parse(page.URL)
	if err != nil {
		return Post{}, err
	}
	return Post{Text: o.Title, Author: o.AuthorName, Handle: lastPart(o.AuthorURL), URL: asked.Query().Get("url"), Media: true}, nil
}

func readX(page article.Page) (Post, error) {
	var o oEmbed
	if err := json.Unmarshal(page.Body, &o); err != nil {
		return Post{}, err
	}
	t := readMarkup(o.HTML, "", "pic.twitter.com/", "pic.x.com/", "https://t.co/")
	link := o.URL
	if u, err := url.Parse(o.URL); err == nil {
		link = "https://x.com" + u.Path
	}
	p := Post{
		Text: t.first, Author: o.AuthorName, Handle: lastPart(o.AuthorURL), URL: link, Language: t.language, Media: t.dropped, Cut: strings.HasSuffix(t.first, "…"),
	}
	if at, err := time.Parse("January 2, 2006", t.lastLink); err == nil {
		p.Published = at.Format(time.DateOnly)
	}
	return p, nil
}

func readBluesky(page article.Page) (Post, error) {
	var answer struct {
		Thread struct {
			Post *struct {
				URI    string `json:"uri"`
				Author struct {
					Handle      string `json:"handle"`
					DisplayName string `json:"displayName"`
				} `json:"author"`
				Record struct {
					Text      string    `json:"text"`
					CreatedAt string    `json:"createdAt"`
					Langs     []string  `json:"langs"`
					Embed     *struct { // pictures, a film, another post
						Type string `json:"$type"`
					} `json:"embed"`
				} `json:"record"`
			} `json:"post"`
		} `json:"thread"`
	}
	if err := json.Unmarshal(page.Body, &answer); err != nil {
		return Post{}, err
	}
	it := answer.Thread.Post
	if it == nil {
		return Post{}, ErrNone
	}
	p := Post{
		Text: it.Record.Text, Author: it.Author.DisplayName, Handle: it.Author.Handle, Published: it.Record.CreatedAt,
		URL:   "https://bsky.app/profile/" + url.PathEscape(it.Author.Handle) + "/post/" + url.PathEscape(lastPart(it.URI)),
		Media: it.Record.Embed != nil && it.Record.Embed.Type != "app.bsky.embed.external",
	}
	if len(it.Record.Langs) > 0 {
		p.Language = it.Record.Langs[0]
	}
	return p, nil
}

// mastodonStatus is where servers that speak Mastodon's API answer for a post.
var (
	mastodonStatus = regexp.MustCompile(`^/api/v1/statuses/(\d{1,30})$`)
	mastodonPost   = regexp.MustCompile(`^/@[\w.@-]{1,300}/(\d{1,30})/?$`)
)

// behindMastodon is where the API answers for a page that says of itself that it shows a post (ActivityPub, 3.2: its
// alternate; Mastodon: /users/NAME/statuses/ID).
func behindMastodon(at *url.URL, body []byte) *url.URL {
	m := mastodonPost.FindStringSubmatch(at.Path)
	if m == nil {
		return nil
	}
	alternate, err := at.Parse(alternateOf(body, "application/activity+json"))
	if err != nil || !strings.HasSuffix(alternate.Path, "/statuses/"+m[1]) {
		return nil
	}
	return &url.URL{Scheme: at.Scheme, Host: at.Host, Path: "/api/v1/statuses/" + m[1]}
}

func readMastodon(at *url.URL, body []byte) (Post, error) {
	var s struct {
		ID        string `json:"id"`
		URL       string `json:"url"`
		Content   string `json:"content"`
		Warning   string `json:"spoiler_text"`
		CreatedAt string `json:"created_at"`
		Language  string `json:"language"`
		Account   struct {
			Acct        string `json:"acct"`
			DisplayName string `json:"display_name"`
		} `json:"account"`
		Media []json.RawMessage `json:"media_attachments"`
	}
	if err := json.Unmarshal(body, &s); err != nil {
		return Post{}, err
	}
	if s.ID == "" || s.Account.Acct == "" || !strings.HasSuffix(at.Path, "/"+s.ID) {
		return Post{}, errors.New("JSON of another kind")
	}
	link := s.URL
	if u, err := url.Parse(s.URL); err != nil || u.Host != at.Host {
		link = (&url.URL{Scheme: at.Scheme, Host: at.Host, Path: "/@" + s.Account.Acct + "/" + s.ID}).String()
	}
	text := readMarkup(s.Content, "").text
	if s.Warning != "" { // the author's own words above it
		text = s.Warning + "\n\n" + text
	}
	handle := s.Account.Acct
	if !strings.Contains(handle, "@") {
		handle += "@" + at.Hostname()
	}
	return Post{
		Text: text, Author: s.Account.DisplayName, Handle: handle, Site: at.Hostname(), URL: link,
		Published: s.CreatedAt, Language: s.Language, Media: len(s.Media) > 0,
	}, nil
}

func readTelegram(page article.Page) (Post, error) {
	t := readTelegramMarkup(page.Body)
	if t.owner == "" {
		return Post{}, ErrNone
	}
	at, err := url.Parse(page.URL)
	if err != nil {
		return Post{}, err
	}
	handle, _, _ := strings.Cut(strings.TrimPrefix(at.Path, "/"), "/")
	return Post{Text: t.text, Author: t.owner, Handle: handle, URL: "https://t.me" + at.Path, Published: t.at, Media: t.media}, nil
}
