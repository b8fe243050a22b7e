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
	minScript    = 400 // bytes of a script that may hold an article
)

// embedded finds the article that a page holds for its scripts alone: in JSON-LD, or as HTML in the data that
// programs in the browser draw the page from. It is for pages on which nearly nothing of an article is to be seen;
// found is how many words were, judge tells what of it is the article. It returns nil where it finds no more than that.
func embedded(doc *html.Node, m meta.Data, found int, judge func(*body.Page)) *body.Page {
	best := m.ArticleBody
	if inner := scripted(doc, m.IsArticle); textLength(inner) > textLength(best) {
		best = inner
	}
	if n := article.CountWords(textOf(best)); n < minEmbedded || n < 2*found {
		return nil
	}
	if !strings.Contains(best, "</") {
		best = "<p>" + strings.Join(strings.Split(html.EscapeString(best), "\n"), "</p><p>") + "</p>"
	}
	again, _, err := tree([]byte("<!DOCTYPE html><html><body><main><article><h1>" + html.EscapeString(m.Title) +
		"</h1><div class=\"article-body\">" + best + "</div></article></main></body></html>"))
	if err != nil {
		return nil
	}
	p := body.Cut(again, body.Hints{Title: m.Title, Description: m.Description, ArticleBody: m.ArticleBody})
	judge(p)
	return p
}

// scripted returns the longest text of several paragraphs, as HTML, within the JSON that a page carries. Lists of
// paragraphs are looked for on the page of an article alone: elsewhere they are teasers.
func scripted(doc *html.Node, lists bool) string {
	best, size, scripts := "", 0, 0
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Script || n.FirstChild == nil || len(n.FirstChild.Data) < minScript || strings.Contains(n.FirstChild.Data, flightPush) {
			continue
		}
		if scripts, size = scripts+1, size+len(n.FirstChild.Data); scripts > maxScripts || size > maxEmbedded {
			break
		}
		best = longest(best, dataIn(n), lists)
	}
	for _, row := range flight(doc) {
		best = longest(best, row, lists)
	}
	return best
}

// longest returns the longest of best and the texts in v.
func longest(best string, v any, lists bool) string {
	best = longestHTML(v, best, 0)
	if !lists {
		return best
	}
	if list := longestList(v, "", 0); textLength(list) > textLength(best) {
		return list
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
			if longest("", v, true) != "" {
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

const (
	minListed    = 3  // paragraphs of a list that may be an article
	minParagraph = 40 // bytes of one
	maxInline    = 6  // levels of what a paragraph is made of
)

// longestList returns, as HTML, the longest list in v whose entries hold paragraphs: an article as content systems keep
// it, {"type":"paragraph","text":"…"} an entry, or as React draws it, ["$","p",null,{"children":"…"}].
func longestList(v any, best string, depth int) string {
	if depth > maxJSONDepth {
		return best
	}
	switch v := v.(type) {
	case []any:
		if list := listed(v); len(list) > len(best) {
			best = list
		}
		for _, e := range v {
			best = longestList(e, best, depth+1)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			best = longestList(v[key], best, depth+1)
		}
	}
	return best
}

// listed is what the entries of a list say, a paragraph each, "" where too few of them are paragraphs.
func listed(list []any) string {
	var b strings.Builder
	paragraphs := 0
	for _, e := range list {
		if _, bare := e.(string); bare || leads(e) {
			continue // tags, addresses; teasers of other articles
		}
		text := strings.TrimSpace(inlineText(e, 0))
		if len(text) < minParagraph || !strings.Contains(text, " ") {
			continue
		}
		if endsSentence(text) {
			paragraphs++
		}
		b.WriteString("<p>" + html.EscapeString(textOf(text)) + "</p>")
	}
	if paragraphs < minListed {
		return ""
	}
	return b.String()
}

// leads reports whether an entry of a list has an address or a title of its own.
func leads(entry any) bool {
	fields, _ := entry.(map[string]any)
	for _, key := range []string{"url", "href", "link", "slug", "title", "headline"} {
		if s, ok := fields[key].(string); ok && s != "" {
			return true
		}
	}
	return false
}

// inlineKeys hold the text of a paragraph, or the parts that it is made of.
var inlineKeys = []string{"text", "html", "content", "value", "model", "data", "paragraph", "children"}

// inlineText is the text that v, an entry of a list, is a paragraph of: "" for what is none.
func inlineText(v any, depth int) string {
	if depth > maxInline {
		return ""
	}
	switch v := v.(type) {
	case string:
		return v
	case []any:
		if len(v) == 4 && v[0] == "$" { // an element of React's: tag, key, properties
			return inlineText(v[3], depth+1)
		}
		var b strings.Builder
		for _, e := range v {
			b.WriteString(inlineText(e, depth+1))
		}
		return b.String()
	case map[string]any:
		for _, key := range inlineKeys {
			if text := inlineText(v[key], depth+1); text != "" {
				return text
			}
		}
	}
	return ""
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
