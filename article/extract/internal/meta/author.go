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
	if t == "" || inCaption(n) || p.bylined != nil && !near(n, p.bylined) {
		return
	}
	if p.bylined == nil {
		p.bylined = n
	}
	p.bylines = append(p.bylines, t)
}

// nearby is how many elements up two authors of one article meet at most. Further away, an author is another
// article's.
const nearby = 4

func near(a, b *html.Node) bool {
	for range nearby {
		if a == nil {
			return false
		}
		for at, up := b, 0; at != nil && up <= nearby; at, up = at.Parent, up+1 {
			if at == a && a.DataAtom != atom.Body {
				return true
			}
		}
		a = a.Parent
	}
	return false
}

// inCaption reports whether n stands in a picture's caption, where the author is the photographer.
func inCaption(n *html.Node) bool {
	for up := 0; n != nil && up < 6; n, up = n.Parent, up+1 {
		if n.DataAtom == atom.Figcaption || n.DataAtom == atom.Figure {
			return true
		}
	}
	return false
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
		linked = append(linked, p.namesOf(o["author"], 0)...)
		if len(linked) == 0 {
			linked = append(linked, p.namesOf(o["creator"], 0)...)
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

// namesOf returns the names of a JSON-LD author: a text, an object, a reference to one, or a list of these.
func (p *page) namesOf(v any, depth int) []string {
	if depth > maxNesting {
		return nil
	}
	switch v := v.(type) {
	case string:
		return []string{v}
	case object:
		if names := texts(v["name"]); len(names) > 0 {
			return names
		}
		if family := nameOf(v["familyName"]); family != "" {
			return []string{strings.TrimSpace(nameOf(v["givenName"]) + " " + family)}
		}
		if id, ok := v["@id"].(string); ok && len(v) == 1 {
			return p.namesOf(p.referred(id), depth+1)
		}
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, p.namesOf(e, depth+1)...)
		}
		return out
	}
	return nil
}

// referred returns the object of the page's JSON-LD that has an identifier and a name, or nil.
func (p *page) referred(id string) any {
	for _, o := range p.others {
		if o["@id"] == id && len(o) > 1 {
			return o
		}
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
	for range 2 { // "Author posted by Ada Moss"
		for _, by := range []string{"by ", "von ", "par ", "por ", "written by ", "posted by ", "text by ", "words by ", "story by ", "reported by ", "author: ", "author "} {
			if len(s) > len(by) && strings.EqualFold(s[:len(by)], by) {
				s = strings.TrimSpace(s[len(by):])
				break
			}
		}
	}
	if i := strings.IndexAny(s, "|(<"); i >= 0 {
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
