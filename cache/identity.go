package cache

import (
	"crypto/sha256"
	"encoding/base32"
	"net/url"
	"strings"

	"newsdesk/article"
)

// StoryID derives the ID under which a is filed: 24 lower-case letters and digits, the same in every
// store. It names
//
//   - an article of the web by its canonical URL, or the URL it was read from when it has none,
//   - a file by its name together with its title, so that an edited file is the same article and
//     another file of the same name (every upload called "message.txt") is not,
//   - pasted text, and a file without a title, by its content.
func StoryID(a *article.Article) string {
	switch name := Name(a); {
	case isWeb(name):
		return Digest("web", name)
	case name != "" && a.Title != "":
		return Digest("file", name, a.Title)
	}
	return Digest("text", a.Text)
}

// Name is what a filed article is called where it is cited: its canonical URL, or its file's name, or
// "" for pasted text.
func Name(a *article.Article) string {
	if a.CanonicalURL != "" {
		return a.CanonicalURL
	}
	return a.URL
}

// Outlet is what people call the outlet of an article: the site that it names, else the host of its [Name], else that
// itself.
func Outlet(site, name string) string {
	if site != "" {
		return site
	}
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	return name
}

// Owner says to whom the story of a belongs when guild shares it. An article of the web belongs to
// nobody, "": it is filed once for all the guilds that share it. A file or pasted text belongs to the
// guild, and never becomes one story with that of another guild, whatever their names and contents.
func Owner(a *article.Article, guild string) string {
	if isWeb(Name(a)) {
		return ""
	}
	return guild
}

// ContentKey is the same for two articles exactly if their texts are, byte for byte, so that the
// quotes of one are verbatim in the other.
func ContentKey(a *article.Article) string { return Digest("content", a.Text) }

// Refs are the names by which a is found again besides its ID: canonical URL and the URL or file name
// it was read from, none twice.
func Refs(a *article.Article) []string {
	var refs []string
	for _, ref := range []string{a.CanonicalURL, a.URL} {
		if ref != "" && (len(refs) == 0 || refs[0] != ref) {
			refs = append(refs, ref)
		}
	}
	return refs
}

func isWeb(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://")
}

// Digest hashes parts to 120 bits: far beyond what chance or a forger brings to collide, and short
// enough for a button's id on Discord (100 characters).
func Digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0xff}) // a byte that UTF-8 never holds ends each part
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)[:15]))
}
