package meta

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// maxPictures bounds how many of a page's pictures are looked at for the lead image's words, maxAlt how many
// bytes of words are taken.
const (
	maxPictures = 60
	maxAlt      = 500
)

// picture is an image on the page with what it is said to show.
type picture struct{ address, alt string }

func (p *page) addPicture(n *html.Node) {
	alt := clean(attr(n, "alt"))
	if len(p.pictures) >= maxPictures || alt == "" || len(alt) > maxAlt {
		return
	}
	for _, key := range []string{"src", "data-src"} {
		if src := attr(n, key); src != "" && !strings.HasPrefix(src, "data:") {
			p.pictures = append(p.pictures, picture{src, alt})
			return
		}
	}
}

// image returns the lead image and what it shows.
func (p *page) image() (address, alt string) {
	linked, caption := p.linkedImage()
	for _, c := range []picture{
		{p.meta("og:image", "og:image:url", "og:image:secure_url"), p.meta("og:image:alt")},
		{p.meta("twitter:image", "twitter:image:src"), p.meta("twitter:image:alt")},
		{linked, caption},
		{p.links["image_src"], ""},
	} {
		u := p.resolve(c.address)
		if u == nil {
			continue
		}
		for _, words := range []string{c.alt, p.meta("og:image:alt", "twitter:image:alt"), p.altOf(u), caption} {
			if words != "" && len(words) <= maxAlt {
				return u.String(), words
			}
		}
		return u.String(), ""
	}
	return "", ""
}

// altOf is what the page's own picture of the same file is said to show. Sizes of one picture differ in their
// folders and parameters and share the file's name.
func (p *page) altOf(u *url.URL) string {
	name := path.Base(u.Path)
	if len(name) < 6 {
		return ""
	}
	for _, c := range p.pictures {
		if v, err := url.Parse(c.address); err == nil && path.Base(v.Path) == name {
			return c.alt
		}
	}
	return ""
}

// linkedImage is the image that JSON-LD names, and its caption.
func (p *page) linkedImage() (address, caption string) {
	for _, o := range p.linked {
		for _, s := range texts(o["image"]) {
			return s, ""
		}
		for _, image := range objects(o["image"]) {
			if s, ok := image["url"].(string); ok {
				return s, clean(strings.Join(texts(image["caption"]), " "))
			}
		}
	}
	return "", ""
}
