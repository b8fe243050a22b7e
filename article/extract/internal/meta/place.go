package meta

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
)

// Place is what the address of a page says it is.
type Place string

// The places that are told apart.
const (
	Anywhere Place = ""
	Home     Place = "home"    // a site's front page
	Edition  Place = "edition" // its front page for a language or a country, by two letters, which may be an article's name as well
	Section  Place = "section" // below it, where sites file their articles: a word or two, no article's slug, number or day
)

// shelves are segments of an address behind which sites list what they have under a name, a tag or an author.
var shelves = map[string]bool{
	"category": true, "categories": true, "tag": true, "tags": true, "topic": true, "topics": true, "section": true, "sections": true, "author": true, "authors": true, "archive": true, "archives": true,
	"rubrik": true, "thema": true, "themen": true, "ressort": true, "kategorie": true, "schlagwort": true, "autor": true, "autoren": true, "archiv": true, //nolint:misspell // not English
	"rubrique": true, "theme": true, "themes": true, "auteur": true, "seccion": true, "secciones": true, "tema": true, "temas": true, "categoria": true, "etiqueta": true, "emne": true, "onderwerp": true,
}

const (
	maxSteps     = 3  // segments in the address of a section
	maxSlugParts = 3  // words in each
	maxStep      = 30 // bytes of each
)

// place tells where on its site a page is, by its address.
func place(u *url.URL) Place {
	named, err := url.Parse(CleanURL(u.String()))
	if err != nil || u.Host == "" || named.RawQuery != "" {
		return Anywhere
	}
	steps := strings.FieldsFunc(strings.ToLower(named.Path), func(r rune) bool { return r == '/' })
	if n := len(steps); n > 0 && isIndex(steps[n-1]) {
		steps = steps[:n-1]
	}
	if len(steps) == 0 {
		return Home
	}
	if len(steps) == 1 && isTongue(steps[0]) {
		return Edition
	}
	n := len(steps)
	if n > 2 && steps[n-2] == "page" && strings.Trim(steps[n-1], "0123456789") == "" {
		return Section
	}
	shelf := slices.ContainsFunc(steps[:n-1], func(s string) bool { return shelves[s] })
	if (n <= maxSteps || shelf) && !slices.ContainsFunc(steps, isSlug) {
		return Section
	}
	return Anywhere
}

// isIndex reports whether a segment is what servers show of a folder.
func isIndex(step string) bool {
	switch strings.TrimSuffix(step, path.Ext(step)) {
	case "index", "default", "home":
		return true
	}
	return false
}

// isTongue reports whether a segment names a language, with or without a country: "en", "pt-br".
func isTongue(step string) bool {
	tongue, country, _ := strings.Cut(strings.ReplaceAll(step, "_", "-"), "-")
	return len(tongue) == 2 && len(country)%2 == 0 && len(country) <= 2 && strings.Trim(tongue+country, "abcdefghijklmnopqrstuvwxyz") == ""
}

// isSlug reports whether a segment is an article's: many words, a number, a file.
func isSlug(step string) bool {
	digits := strings.IndexFunc(step, unicode.IsDigit) >= 0
	return digits || len(step) > maxStep || strings.ContainsAny(step, ".@~") || strings.Count(step, "-")+strings.Count(step, "_") >= maxSlugParts
}
