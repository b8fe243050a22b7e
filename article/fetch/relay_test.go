package fetch

import (
	"net/url"
	"testing"
)

func TestUnwrapped(t *testing.T) {
	const story = "https://coastline.example/story?id=7"
	for _, tt := range []struct{ name, link, want string }{
		{"a search engine", "https://www.google.de/url?sa=t&url=" + url.QueryEscape(story) + "&usg=x", story},
		{"an engine that codes it", "https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly9jb2FzdGxpbmUuZXhhbXBsZS9zdG9yeT9pZD03&ntb=1", story},
		{"a network", "https://l.facebook.com/l.php?u=" + url.QueryEscape(story) + "&h=AT0", story},
		{"a mail program around a network", "https://eur01.safelinks.protection.outlook.com/?url=" + url.QueryEscape("https://l.facebook.com/l.php?u="+url.QueryEscape(story)), story},
		{"without a target", "https://www.google.com/url?sa=t", "https://www.google.com/url?sa=t"},
		{"not a web address", "https://l.facebook.com/l.php?u=file%3A%2F%2F%2Fetc%2Fpasswd", "https://l.facebook.com/l.php?u=file%3A%2F%2F%2Fetc%2Fpasswd"},
		{"with a user name in it", "https://l.facebook.com/l.php?u=https%3A%2F%2Fa%3Ab%40coastline.example%2F", "https://l.facebook.com/l.php?u=https%3A%2F%2Fa%3Ab%40coastline.example%2F"},
		{"a host that only looks like one", "https://notfacebook.com/l.php?u=" + url.QueryEscape(story), "https://notfacebook.com/l.php?u=" + url.QueryEscape(story)},
		{"a page with an address of its own", "https://coastline.example/a?url=https://other.example/", "https://coastline.example/a?url=https://other.example/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			u, err := parse(tt.link)
			if err != nil {
				t.Fatal(err)
			}
			if got := unwrapped(u).String(); got != tt.want {
				t.Errorf("leads to %s, want %s", got, tt.want)
			}
		})
	}
}

// FuzzAddress: what is read as an address is in the one form that everything agrees on.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{
		"example.org/a", "http://2130706433/", "http://0x7f.1/", "http://１２７.０.０.１/", "https://[::ffff:127.0.0.1]:443/", "http://a@b/", "https://пример.рф/ю?q=1#x",
		"https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2F", "http://EXAMPLE.org.:80", "javascript:alert(1)", "https://xn--a/", "http://1.1", "//host", "\xad",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := parse(raw)
		if err != nil {
			return
		}
		for _, u := range []*url.URL{u, unwrapped(u)} {
			if u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Hostname() == "" || u.Fragment != "" {
				t.Fatalf("%q is read as %q", raw, u)
			}
			again, err := normalize(u)
			if err != nil || again.Host != u.Host {
				t.Fatalf("%q is read as %q, and that as %v (%v)", raw, u, again, err)
			}
		}
	})
}

// A port that goes without saying makes no other address.
func TestDefaultPort(t *testing.T) {
	for raw, want := range map[string]string{
		"https://example.org:443/a": "https://example.org/a", "http://example.org:80": "http://example.org/", "example.org:443/a": "https://example.org/a",
		"https://[2001:db8::1]:443/": "https://[2001:db8::1]/", "https://example.org:80/": "https://example.org:80/", "http://example.org:443/": "http://example.org:443/", "https://example.org:/": "https://example.org/",
	} {
		if u, err := parse(raw); err != nil || u.String() != want {
			t.Errorf("%s: %v, %v, want %s", raw, u, err, want)
		}
	}
}
