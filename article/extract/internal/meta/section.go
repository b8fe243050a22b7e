package meta

import (
	"slices"
	"strings"
)

// maxSection is the longest name of a section, in bytes.
const maxSection = 60

// section is where the outlet files the article: what it says in so many words, else the last step before the
// article in its trail of breadcrumbs.
func (p *page) section() string {
	for _, s := range []string{p.meta("article:section", "parsely-section", "og:article:section", "dc.subject.section", "content_category", "section"), p.field("articleSection"), p.crumb()} {
		s, _, _ = strings.Cut(s, ",")
		if s = strings.TrimSpace(s); s != "" && len(s) <= maxSection && !strings.Contains(s, "://") {
			return s
		}
	}
	return ""
}

// crumb is the last step of the breadcrumbs that is neither the article nor the home page.
func (p *page) crumb() string {
	for _, o := range p.others {
		if !slices.Contains(texts(o["@type"]), "BreadcrumbList") {
			continue
		}
		steps := objects(o["itemListElement"])
		if len(steps) < 2 {
			continue
		}
		last := nameOfStep(steps[len(steps)-1])
		at := len(steps) - 1
		if compact(last) == compact(p.field("headline")) || compact(last) == compact(p.meta("og:title")) || len(steps) > 2 && len(last) > maxSection/2 {
			at--
		}
		if at >= 1 {
			return nameOfStep(steps[at])
		}
	}
	return ""
}

// nameOfStep is the name of a step, which is its own or that of the page it leads to.
func nameOfStep(step object) string {
	if name := nameOf(step); name != "" {
		return name
	}
	return nameOf(step["item"])
}
