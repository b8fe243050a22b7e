package meta

import (
	"encoding/json"
	"strings"
)

// object is one JSON-LD object.
type object = map[string]any

const (
	maxJSON    = 4 << 20 // bytes of JSON-LD read of one page
	maxObjects = 400
	maxNesting = 8
)

// addJSON reads one JSON-LD script.
func (p *page) addJSON(raw string) {
	p.jsonBytes += len(raw)
	if p.jsonBytes > maxJSON {
		return
	}
	raw = strings.TrimSpace(raw)
	raw = strings.TrimPrefix(raw, "<![CDATA[")
	raw = strings.TrimSuffix(strings.TrimSuffix(raw, ";"), "]]>")
	var v any
	if json.Unmarshal([]byte(raw), &v) != nil {
		// Control characters within strings are the commonest slip.
		raw = strings.Map(func(r rune) rune {
			if r < ' ' {
				return ' '
			}
			return r
		}, raw)
		if json.NewDecoder(strings.NewReader(raw)).Decode(&v) != nil {
			return
		}
	}
	p.collect(v, 0)
}

// collect sorts the objects of v into those that describe an article and others.
func (p *page) collect(v any, depth int) {
	if depth > maxNesting || len(p.linked)+len(p.others) > maxObjects {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			p.collect(e, depth+1)
		}
	case object:
		if isArticle(v) {
			p.linked = append(p.linked, v)
		} else {
			p.others = append(p.others, v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"} {
			if key == "itemListElement" || key == "hasPart" {
				continue // lists name other articles
			}
			p.collect(v[key], depth+1)
		}
	}
}

// isArticle reports whether an object's type is one of schema.org's kinds of article.
func isArticle(o object) bool {
	for _, t := range texts(o["@type"]) {
		if strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "BlogPosting") || strings.HasSuffix(t, "Report") || t == "Review" || t == "LiveBlogPosting" {
			return true
		}
	}
	return false
}

// texts returns the strings of a value that is a string or a list of them.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// field returns the first text that an article object has under one of keys.
func (p *page) field(keys ...string) string {
	for _, o := range p.linked {
		for _, key := range keys {
			for _, s := range texts(o[key]) {
				if s = clean(s); s != "" {
					return s
				}
			}
		}
	}
	return ""
}

func (p *page) articleBody() string {
	best := ""
	for _, o := range p.linked {
		for _, s := range texts(o["articleBody"]) {
			if len(s) > len(best) {
				best = s
			}
		}
	}
	return best
}

func (p *page) publisher() string {
	for _, o := range p.linked {
		if name := nameOf(o["publisher"]); name != "" {
			return name
		}
	}
	for _, o := range p.others {
		for _, t := range texts(o["@type"]) {
			if t == "WebSite" || t == "NewsMediaOrganization" {
				if name := nameOf(o); name != "" {
					return name
				}
			}
		}
	}
	return ""
}

// nameOf returns the name of a person or an organisation, given as an object, a list or plain text.
func nameOf(v any) string {
	switch v := v.(type) {
	case string:
		return clean(v)
	case []any:
		for _, e := range v {
			if n := nameOf(e); n != "" {
				return n
			}
		}
	case object:
		for _, s := range texts(v["name"]) {
			return clean(s)
		}
	}
	return ""
}
