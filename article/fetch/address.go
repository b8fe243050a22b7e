package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// maxURL is the longest address that is read, in bytes.
const maxURL = 4096

// parse reads a link as people type it and normalizes it.
func parse(raw string) (*url.URL, error) {
	raw = strings.TrimSpace(raw)
	if raw == "" || len(raw) > maxURL {
		return nil, fmt.Errorf("%w: %d bytes long", ErrBadURL, len(raw))
	}
	if head := raw[:authorityEnd(raw)]; !strings.HasPrefix(raw[len(head):], "//") || !strings.HasSuffix(head, ":") {
		if scheme, _, ok := strings.Cut(head, ":"); ok && !strings.Contains(scheme, ".") && scheme != "localhost" {
			return nil, fmt.Errorf("%w: only http and https are read", ErrBadURL) // mailto:, data:, file:
		}
		raw = "https://" + raw
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: it cannot be parsed", ErrBadURL)
	}
	return normalize(u)
}

// authorityEnd is where the host of a link without a scheme ends, and the scheme of one that has one.
func authorityEnd(raw string) int {
	if i := strings.IndexAny(raw, "/?#"); i >= 0 {
		return i
	}
	return len(raw)
}

// normalize returns u with its host in the one form that everything after it agrees on, or
// ErrBadURL. Addresses in other forms than 192.0.2.1 and [2001:db8::1] are refused: a host whose
// last label is a number is no name (WHATWG URL, "ends in a number checker").
func normalize(u *url.URL) (*url.URL, error) {
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%w: only http and https are read", ErrBadURL)
	}
	if u.User != nil {
		return nil, fmt.Errorf("%w: it carries a user name", ErrBadURL)
	}
	host := u.Hostname()
	if strings.Contains(host, ":") {
		ip, err := netip.ParseAddr(host)
		if err != nil || ip.Zone() != "" {
			return nil, fmt.Errorf("%w: not an IPv6 address", ErrBadURL)
		}
		host = "[" + ip.String() + "]"
	} else {
		name, err := idna.Lookup.ToASCII(host)
		if err != nil || name == "" {
			return nil, fmt.Errorf("%w: its host is not a name", ErrBadURL)
		}
		if same, err := idna.Lookup.ToASCII(name); err != nil || same != name { // bytes that are no characters
			return nil, fmt.Errorf("%w: its host is not a name", ErrBadURL)
		}
		name = strings.TrimSuffix(name, ".") // of a name that is whole, which all of ours are
		host = name
		if endsInNumber(name) {
			ip, err := netip.ParseAddr(name)
			if err != nil {
				return nil, fmt.Errorf("%w: an unusual spelling of an address", ErrBadURL)
			}
			host = ip.String()
		}
	}
	out := *u
	out.Host = host
	if port := u.Port(); port != "" && port != defaultPorts[u.Scheme] {
		out.Host += ":" + port
	}
	out.Fragment, out.RawFragment = "", ""
	if out.Path == "" {
		out.Path = "/"
	}
	return &out, nil
}

// defaultPorts go without saying.
var defaultPorts = map[string]string{"http": "80", "https": "443"}

// endsInNumber reports whether the last label of host is decimal, octal or hexadecimal.
func endsInNumber(host string) bool {
	label := host[strings.LastIndexByte(host, '.')+1:]
	if strings.Trim(label, "0123456789") == "" {
		return true
	}
	hex, ok := strings.CutPrefix(label, "0x")
	return ok && strings.Trim(hex, "0123456789abcdef") == ""
}

// Redact returns an address without the user name and password that it may carry ("https://me:secret@host/"),
// for messages and logs. It needs no valid address.
func Redact(raw string) string {
	head, rest, ok := strings.Cut(raw, "://")
	if !ok || !strings.Contains(rest, "@") {
		return raw
	}
	end := len(rest)
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		end = i
	}
	if _, err := url.Parse(raw); err != nil {
		end = len(rest) // a password may hold a slash
	}
	if at := strings.LastIndexByte(rest[:end], '@'); at >= 0 {
		return head + "://" + rest[at+1:]
	}
	return raw
}
