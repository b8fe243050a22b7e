package extract

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsdesk/article"
	"newsdesk/article/extract/internal/body"
	"newsdesk/article/extract/internal/meta"
)

const (
	minEmbedded  = 100     // words of an article that a page keeps for its scripts
	maxEmbedded  = 4 << 20 // bytes of JSON that are looked through for one
	maxScripts   = 60
	maxJSONDepth = 40
)

// embedded finds the article that a page holds for its scripts alone: in JSON-LD, or as HTML in the data that
// programs in the browser draw the page from. It is for pages on which nearly nothing of an article is to be seen;
// found is how many words were, judge tells what of it is the article. It returns nil where it finds no more than that.
func embedded(doc *html.Node, m meta.Data, found int, judge func(*body.Page)) *body.Page {
	best := m.ArticleBody
	if inner := scripted(doc); textLength(inner) > textLength(best) {
		best = inner
	}
	if n := article.CountWords(textOf(best)); n < minEmbedded || n < 2*found {
		return nil
	}
	if !strings.Contains(best, "</") {
		best = "<p>" + strings.Join(strings.Split(html.EscapeString(best), "\n"), "</p><p>") + "</p>"
	}
	again, err := html.Parse(strings.NewReader("<!DOCTYPE html><html><body><main><article><h1>" + html.EscapeString(m.Title) +
		"</h1><div class=\"article-body\">" + best + "</div></article></main></body></html>"))
	if err != nil {
		return nil
	}
	p := body.Cut(again, body.Hints{Title: m.Title, Description: m.Description, ArticleBody: m.ArticleBody})
	judge(p)
	return p
}

// scripted returns the longest HTML of several paragraphs within the JSON that a page carries.
func scripted(doc *html.Node) string {
	best, size, scripts := "", 0, 0
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Script || n.FirstChild == nil || !strings.Contains(n.FirstChild.Data, "/p") {
			continue
		}
		if scripts, size = scripts+1, size+len(n.FirstChild.Data); scripts > maxScripts || size > maxEmbedded {
			break
		}
		best = longestHTML(dataIn(n), best, 0)
	}
	return best
}

// handedOver is where a script begins to hand data to a program: "window.state = {", "queue.push([".
var handedOver = regexp.MustCompile(`[(=]\s*[{\[]`)

// maxTries bounds how many beginnings of data are tried in one script.
const maxTries = 6

// dataIn is the JSON of a script: all of it, or the first that it hands to a program. nil for none, and for JSON-LD,
// which is metadata.
func dataIn(script *html.Node) any {
	raw, kind := script.FirstChild.Data, ""
	for _, a := range script.Attr {
		if a.Key == "type" {
			kind = strings.ToLower(a.Val)
		}
	}
	var v any
	switch {
	case strings.Contains(kind, "ld+json"):
		return nil
	case strings.Contains(kind, "json"):
		if json.Unmarshal([]byte(raw), &v) != nil {
			return nil
		}
		return v
	}
	for _, at := range handedOver.FindAllStringIndex(raw, maxTries) {
		if json.NewDecoder(strings.NewReader(raw[at[1]-1:])).Decode(&v) == nil {
			if text := longestHTML(v, "", 0); text != "" {
				return v
			}
		}
		v = nil
	}
	return nil
}

// longestHTML returns the longest text in v with at least two closed paragraphs, best where there is none longer.
func longestHTML(v any, best string, depth int) string {
	if depth > maxJSONDepth {
		return best
	}
	switch v := v.(type) {
	case string:
		if len(v) > len(best) && strings.Count(v, "</p>") >= 2 && utf8.ValidString(v) {
			return v
		}
	case []any:
		for _, e := range v {
			best = longestHTML(e, best, depth+1)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			best = longestHTML(v[key], best, depth+1)
		}
	}
	return best
}

// textOf is s without tags, roughly.
func textOf(s string) string {
	var b strings.Builder
	inside := false
	for _, r := range s {
		switch {
		case r == '<':
			inside = true
			b.WriteByte(' ')
		case r == '>' && inside:
			inside = false
		case !inside:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func textLength(s string) int { return len(textOf(s)) }
