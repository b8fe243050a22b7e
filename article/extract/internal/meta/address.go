package meta

import (
	"net/url"
	"strings"
)

// CleanURL returns address as the one name of its page: without fragment, user info, a port that goes
// without saying, and the parameters that only track; what an AMP cache keeps has the name of what it
// copied, and what a site shows on telephones that of its page for desks. What is no absolute web address comes
// back as it is.
func CleanURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return address
	}
	u.Host = strings.ToLower(u.Host)
	u = uncached(u)
	u.Fragment, u.RawFragment, u.User = "", "", nil
	u.Host = forDesks(strings.ToLower(u.Host))
	if port := u.Port(); port == "443" && u.Scheme == "https" || port == "80" && u.Scheme == "http" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	if u.RawQuery != "" {
		var kept []string
		for part := range strings.SplitSeq(u.RawQuery, "&") {
			key, _, _ := strings.Cut(strings.ToLower(part), "=")
			if part != "" && !tracks(key) && !isAMP(strings.ToLower(part)) {
				kept = append(kept, part)
			}
		}
		u.RawQuery = strings.Join(kept, "&")
	}
	return u.String()
}

// isAMP reports whether a query's parameter asks for the AMP version of a page.
func isAMP(part string) bool {
	switch part {
	case "amp", "amp=1", "amp=true", "outputtype=amp", "outputtype=amp-type", "output=amp":
		return true
	}
	return false
}

// forDesks returns the host under which a site shows on desks what host shows on telephones: www.coast.example for
// m.coast.example, en.coast.example for en.m.coast.example. Others come back as they are.
func forDesks(host string) string {
	name, port, _ := strings.Cut(host, ":")
	domain := site(name)
	below := strings.TrimSuffix(strings.TrimSuffix(name, domain), ".")
	if domain == "" || below == "" {
		return host
	}
	labels := strings.Split(below, ".")
	kept := labels[:0]
	for _, l := range labels {
		if l != "m" && l != "mobile" && l != "amp" {
			kept = append(kept, l)
		}
	}
	if len(kept) == len(labels) {
		return host
	}
	if len(kept) == 0 {
		kept = []string{"www"}
	}
	name = strings.Join(kept, ".") + "." + domain
	if port != "" {
		name += ":" + port
	}
	return name
}

// uncached returns the address of the page that u is an AMP cache's copy of, u itself where it is none:
// https://news-example.cdn.ampproject.org/c/s/news.example/a is https://news.example/a. The cache copies a
// page from that address only, so this is no claim of the page's.
func uncached(u *url.URL) *url.URL {
	rest, ok := "", false
	switch {
	case strings.HasSuffix(u.Hostname(), ".cdn.ampproject.org"):
		for _, kind := range []string{"/c/", "/v/"} {
			if rest, ok = strings.CutPrefix(u.EscapedPath(), kind); ok {
				break
			}
		}
	case u.Hostname() == "www.google.com":
		rest, ok = strings.CutPrefix(u.EscapedPath(), "/amp/")
	}
	if !ok {
		return u
	}
	scheme := "http://"
	if secure, ok := strings.CutPrefix(rest, "s/"); ok {
		scheme, rest = "https://", secure
	}
	source, err := url.Parse(scheme + rest)
	if err != nil || site(source.Hostname()) == "" || source.User != nil {
		return u
	}
	source.RawQuery = u.RawQuery
	return source
}
