package meta

import (
	"slices"
	"strings"
)

// Type is what a page calls itself that is no article.
type Type string

// The types of page that are told apart.
const (
	Unknown Type = ""
	List    Type = "list"
	Search  Type = "search"
	Video   Type = "video"
	Picture Type = "picture"
)

// linkedTypes are schema.org's names for the types.
var linkedTypes = map[string]Type{
	"CollectionPage": List, "ItemList": List, "ProfilePage": List, "Blog": List,
	"SearchResultsPage": Search,
	"VideoObject":       Video, "VideoGallery": Video, "Clip": Video, "Movie": Video,
	"ImageGallery": Picture, "ImageObject": Picture, "Photograph": Picture, "MediaGallery": Picture,
}

// kind returns what the page calls itself; ogType is its Open Graph type in lower case.
func (p *page) kind(ogType string) Type {
	if p.listsArticles() {
		return List
	}
	if t := p.filed(); t != Unknown {
		return t
	}
	if len(p.linked) > 0 {
		return Unknown
	}
	if p.isSearch() {
		return Search
	}
	for prefix, t := range map[string]Type{"video": Video, "image": Picture, "photo": Picture, "profile": List} {
		if strings.HasPrefix(ogType, prefix) {
			return t
		}
	}
	if strings.Contains(ogType, "article") {
		return Unknown
	}
	found := Unknown
	for _, o := range p.others {
		for _, name := range texts(o["@type"]) {
			t := linkedTypes[name]
			if t == Search || t == List && name != "ItemList" {
				return t
			}
			if found == Unknown {
				found = t
			}
		}
	}
	return found
}

// folders are segments of an address in which sites keep what is no text.
var folders = map[string]Type{
	"video": Video, "videos": Video, "watch": Video, "vídeo": Video, "vidéo": Video, "mediathek": Video, "shorts": Video, "clip": Video, "clips": Video,
	"gallery": Picture, "galleries": Picture, "photos": Picture, "pictures": Picture, "in-pictures": Picture, "slideshow": Picture, "bildergalerie": Picture, "bildergalerien": Picture,
	"fotostrecke": Picture, "fotostrecken": Picture, "diaporama": Picture, "galeria": Picture, "fotogaleria": Picture, "fotogalerie": Picture, "fotos": Picture,
}

// filed returns what a page is by the folder that it stands in, where the page bears that out.
func (p *page) filed() Type {
	for step := range strings.SplitSeq(strings.ToLower(p.own().Path), "/") {
		switch t := folders[step]; {
		case t == Video && (p.meta("og:video", "og:video:url", "og:video:secure_url", "twitter:player") != "" || p.describes(Video)),
			t == Picture && (len(p.pictures) >= manyPictures || p.describes(Picture)):
			return t
		}
	}
	return Unknown
}

// manyPictures is how many make a page that stands in a folder of pictures a gallery.
const manyPictures = 5

// describes reports whether JSON-LD describes something of a type.
func (p *page) describes(t Type) bool {
	return slices.ContainsFunc(p.others, func(o object) bool {
		return slices.ContainsFunc(texts(o["@type"]), func(name string) bool { return linkedTypes[name] == t })
	})
}

// isSearch reports whether the address and the title are those of search results.
func (p *page) isSearch() bool {
	segments := strings.FieldsFunc(strings.ToLower(p.base.Path), func(r rune) bool { return r == '/' || r == '.' })
	asked := false
	for _, key := range []string{"q", "query", "s", "search", "keyword", "keywords", "suche", "buscar", "recherche"} {
		asked = asked || p.base.Query().Get(key) != ""
	}
	named := slices.ContainsFunc(segments, func(s string) bool {
		return slices.Contains([]string{"search", "suche", "recherche", "buscar", "busqueda", "suchergebnisse", "search-results"}, s)
	})
	return named && (asked || len(segments) <= 2) || asked && (len(segments) == 0 || len(p.headlines) == 0)
}

// manyArticles is how many articles of different names make a page that describes them a list.
const manyArticles = 3

// listsArticles reports whether JSON-LD describes several articles, none of which has the name of the page.
func (p *page) listsArticles() bool {
	title := compact(p.meta("og:title") + " " + p.title)
	names := make(map[string]bool)
	for _, o := range p.linked {
		for _, name := range texts(o["headline"]) {
			if name = compact(name); name == "" || strings.Contains(title, name) {
				return false
			}
			names[name] = true
		}
	}
	return len(names) >= manyArticles
}
