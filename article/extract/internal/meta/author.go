package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	maxAuthors = 12
	maxName    = 60 // bytes
)

// addByline notes what is marked up as an author.
func (p *page) addByline(n *html.Node) {
	if len(p.bylines) >= 20 {
		return
	}
	switch {
	case n.DataAtom == atom.Meta || n.DataAtom == atom.Link || n.DataAtom == atom.Script:
		return
	case hasWord(attr(n, "rel"), "author"), attr(n, "itemprop") == "author":
	default:
		p.guess(n)
		return
	}
	t := text(n, maxText)
	if n.FirstChild != nil {
		if inner := findItem(n, "name", 0); inner != nil {
			t = text(inner, maxText)
			if t == "" {
				t = attr(inner, "content")
			}
		}
	}
	if t != "" {
		p.bylines = append(p.bylines, t)
	}
}

// guess notes the name in an element whose class speaks of an author or a byline, if it holds nothing
// else. The first such element speaks for the page; later ones may belong to comments or teasers.
func (p *page) guess(n *html.Node) {
	if len(p.guesses) > 0 || n.DataAtom == atom.Body || n.DataAtom == atom.Html {
		return
	}
	class := strings.ToLower(attr(n, "class"))
	if !strings.Contains(class, "author") && !strings.Contains(class, "byline") {
		return
	}
	t := text(n, maxText)
	if len(t) > 2*maxName {
		return
	}
	for _, name := range splitNames(t) {
		words := strings.Fields(name)
		if len(words) < 2 || len(words) > 4 || !capitalised(words) {
			return
		}
		p.guesses = append(p.guesses, name)
	}
}

// capitalised reports whether words look like a person's name.
func capitalised(words []string) bool {
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		inside := i > 0 && i < len(words)-1 // "van", "de"
		if !unicode.IsUpper(r) && !inside || strings.ContainsAny(w, "0123456789:…") {
			return false
		}
	}
	return true
}

func findItem(n *html.Node, prop string, depth int) *html.Node {
	for c := n.FirstChild; c != nil && depth < 6; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if attr(c, "itemprop") == prop {
			return c
		}
		if found := findItem(c, prop, depth+1); found != nil {
			return found
		}
	}
	return nil
}

func hasWord(s, word string) bool { return slices.Contains(strings.Fields(s), word) }

// authors returns the names of those who wrote the page, from the surest source that names any.
func (p *page) authors(site string) []string {
	var linked []string
	for _, o := range p.linked {
		linked = append(linked, namesOf(o["author"])...)
		if len(linked) == 0 {
			linked = append(linked, namesOf(o["creator"])...)
		}
		if len(linked) > 0 {
			break
		}
	}
	var metas []string
	for _, name := range []string{"author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "authors", "article:author_name", "cxenseparse:author", "og:article:author"} {
		if metas = p.metas[name]; len(tidy(metas)) > 0 {
			break
		}
	}
	var house []string // the outlet itself, named as author where nobody else is
	for _, source := range [][]string{linked, metas, p.bylines, p.guesses} {
		names := tidy(source)
		if len(names) == 0 {
			continue
		}
		if people := p.withoutHouse(names, site); len(people) > 0 {
			return people
		}
		if house == nil {
			house = names
		}
	}
	return house
}

// withoutHouse leaves out the names that are the outlet's own.
func (p *page) withoutHouse(names []string, site string) []string {
	own := []string{compact(site), compact(p.publisher()), siteLabel(p.base.Hostname()), compact(p.base.Hostname())}
	var out []string
	for _, n := range names {
		c := compact(n)
		if slices.ContainsFunc(own, func(o string) bool {
			return o != "" && (c == o || len(o) >= 3 && strings.HasPrefix(c, o) && len(c) <= len(o)+12)
		}) {
			continue
		}
		out = append(out, n)
	}
	return out
}

// namesOf returns the names of a JSON-LD author: a text, an object, or a list of either.
func namesOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case object:
		return texts(v["name"])
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, namesOf(e)...)
		}
		return out
	}
	return nil
}

// tidy splits bylines into names and leaves out what is none.
func tidy(raw []string) []string {
	var names []string
	seen := make(map[string]bool)
	for _, r := range raw {
		for _, name := range splitNames(clean(r)) {
			key := compact(name)
			if key == "" || seen[key] || len(names) >= maxAuthors {
				continue
			}
			seen[key] = true
			names = append(names, name)
		}
	}
	return names
}

// splitNames splits a byline into names.
func splitNames(s string) []string {
	if strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.HasPrefix(s, "@") || len(s) > 300 {
		return nil
	}
	lower := strings.ToLower(s)
	for _, by := range []string{"by ", "von ", "par ", "por ", "written by ", "posted by ", "author: "} {
		if strings.HasPrefix(lower, by) {
			s = s[len(by):]
			break
		}
	}
	if i := strings.IndexAny(s, "|(<"); i > 0 {
		s = s[:i]
	}
	for _, sep := range []string{" and ", " und ", " & ", " et ", " og ", " och ", " e ", ";", "、", "/"} {
		s = strings.ReplaceAll(s, sep, ",")
	}
	var out []string
	for part := range strings.SplitSeq(s, ",") {
		part = strings.Trim(part, " .·•-–—")
		if isName(part) {
			out = append(out, part)
		}
	}
	return out
}

// isName reports whether s can be the name of a person or an agency.
func isName(s string) bool {
	if len(s) < 2 || len(s) > maxName || strings.ContainsAny(s, "@{}[]=_#?!") || len(strings.Fields(s)) > 6 {
		return false
	}
	switch strings.ToLower(s) {
	case "admin", "administrator", "editor", "author", "unknown", "none", "null", "undefined", "redaction", "guest", "root", "user", "anonymous", "redacción", "redaktion", "webmaster", "staff", "view all posts", "view more posts", "read more", "share", "contributor", "team":
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if strings.Contains(s, "-") && !strings.Contains(s, " ") && strings.ToLower(s) == s {
		return false // a user name: ada-moss
	}
	return letters >= 2 && (unicode.IsLetter(first) || unicode.IsDigit(first))
}
