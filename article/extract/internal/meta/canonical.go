package meta

import (
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// canonical returns the page's own name for itself where that is plausible: on the site that the page was
// read from, and not the site's home page. Otherwise a page could take the name of another site's
// article, and with it the article's place in the store. A page of unknown origin has no say.
func (p *page) canonical() string {
	if p.base.Host == "" {
		return ""
	}
	from := uncached(p.base)
	for _, raw := range []string{p.links["canonical"], p.meta("og:url"), p.field("url")} {
		u := p.resolve(raw)
		if u == nil || !sameSite(u, from) {
			continue
		}
		if isRoot(u) && !isRoot(from) {
			continue
		}
		return CleanURL(u.String())
	}
	return ""
}

// isRoot reports whether u is a site's home page.
func isRoot(u *url.URL) bool { return strings.Trim(u.Path, "/") == "" && u.RawQuery == "" }

// sameSite reports whether two addresses belong to one site: the same registrable domain ("example.co.uk"
// of news.example.co.uk, "ada.github.io", by the Public Suffix List). An address without one, such as an
// IP address, is a site of its own with its port.
func sameSite(a, b *url.URL) bool {
	x, y := site(a.Hostname()), site(b.Hostname())
	if x == "" || y == "" {
		return strings.EqualFold(a.Host, b.Host)
	}
	return x == y
}

// SameSite reports whether two web addresses belong to one site; what is no web address belongs to none.
func SameSite(a, b string) bool {
	x, err1 := url.Parse(a)
	y, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && isWeb(x) && isWeb(y) && sameSite(x, y)
}

func isWeb(u *url.URL) bool { return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" }

// site is the registrable domain of a host, "" if it has none.
func site(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if net.ParseIP(host) != nil {
		return ""
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return ""
	}
	return domain
}
