package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bestTitle chooses among what the page gives as its title, without the site's name, the one that most
// of its parts agree on. Where they differ, the metadata go before the visible headline, which changes
// with the news.
func (p *page) bestTitle(site string) string {
	type candidate struct {
		text   string
		weight float64
	}
	stated := []candidate{
		{p.meta("og:title"), 1.25}, {p.field("headline"), 1.1}, {p.meta("twitter:title"), 0.4}, {clean(p.title), 0.2},
		{p.meta("dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title", "headline"), 0.3},
	}
	for i := range stated {
		stated[i].text = p.withoutTail(p.withoutName(withoutMarks(p.whole(stated[i].text)), site))
	}
	seen := 1.3 // what a headline in large print weighs
	if !p.isNews() {
		seen = 2.2
	}
	named := stated[:2] // where og:title or JSON-LD name the page, a headline is compared with them alone
	if named[0].text == "" && named[1].text == "" {
		named = stated
	}
	known := make(map[string]bool)
	for i, h := range p.headlines {
		like := 0.0
		for _, c := range named {
			like = max(like, likeness(h.text, c.text))
		}
		if known[h.text] || like < 0.5 && (h.level > 1 || i > 3) {
			continue
		}
		known[h.text] = true
		h.text = withoutDate(h.text, named[0].text, named[1].text)
		weight := seen
		switch {
		case h.level > 1:
			weight = 0.4
		case like < 0.3:
			weight = 0.2
		}
		stated = append(stated, candidate{p.withoutName(h.text, site), weight})
	}
	votes := make(map[string]float64)
	best, high := "", 0.0
	for _, c := range stated {
		votes[compact(c.text)] += c.weight
	}
	for _, c := range stated {
		if v := votes[compact(c.text)]; c.text != "" && v > high {
			best, high = c.text, v
		}
	}
	return best
}

// whole is the title that the page gives elsewhere and that title, cut at a quotation mark that ended an attribute
// too early, is the beginning of.
func (p *page) whole(title string) string {
	if len(title) < minCut {
		return title
	}
	for _, h := range p.headlines {
		if rest, ok := strings.CutPrefix(h.text, title); ok && strings.HasPrefix(strings.TrimLeft(rest, " "), `"`) {
			return h.text
		}
	}
	return title
}

// minCut is the least of a title, in bytes, that tells that a longer one goes on from it.
const minCut = 12

// withoutMarks takes Markdown's marks off a title: of a heading, and of what is emphasized at its start or its end.
func withoutMarks(title string) string {
	title = strings.Trim(title, "# ")
	if strings.Count(title, "*")%2 == 0 {
		if strings.HasPrefix(title, "*") || strings.HasSuffix(title, "*") {
			title = strings.ReplaceAll(title, "*", "")
		}
	}
	return strings.Trim(title, "* ")
}

// withoutDate takes a date off the start of a headline that is otherwise one of titles.
func withoutDate(headline string, titles ...string) string {
	for _, t := range titles {
		if head, ok := strings.CutSuffix(headline, t); ok && len(t) >= minCut && len(head) <= maxDate && isDate(head) {
			return t
		}
	}
	return headline
}

// isDate reports whether s has a day and a year.
func isDate(s string) bool {
	day, year := false, false
	for n := range strings.FieldsFuncSeq(s, func(r rune) bool { return r < '0' || r > '9' }) {
		day = day || len(n) <= 2
		year = year || len(n) == 4
	}
	return day && year
}

// maxDate is the longest date in front of a headline, in bytes.
const maxDate = 30

// withoutName takes the name of the site off a title, and behind the title that of the section that stands before it.
func (p *page) withoutName(title, site string) string {
	cut := withoutSite(title, site, p.base.Hostname())
	if cut == title {
		return title
	}
	section := compact(p.section())
	if i := strings.LastIndexAny(cut, siteMarks); i > minCut && section != "" {
		_, size := utf8.DecodeRuneInString(cut[i:])
		if compact(cut[i+size:]) == section {
			return strings.TrimRight(cut[:i], " "+siteMarks)
		}
	}
	return cut
}

// isNews reports whether the page calls itself news. Elsewhere the metadata are written for search engines
// rather than for readers.
func (p *page) isNews() bool {
	for _, o := range p.linked {
		for _, t := range texts(o["@type"]) {
			if strings.HasSuffix(t, "NewsArticle") || t == "LiveBlogPosting" {
				return true
			}
		}
	}
	return len(p.linked) == 0 && p.meta("article:section", "news_keywords") != ""
}

// maxTail is the longest name behind a title, in bytes, that a headline on the page tells from it.
const maxTail = 60

// withoutTail cuts what stands behind a mark where a headline of the page is all that stands before it: the
// name of a site that calls itself something else elsewhere.
func (p *page) withoutTail(title string) string {
	for i, r := range title {
		if !strings.ContainsRune("|｜│ㅣ–—-·•", r) || i == 0 || title[i-1] != ' ' || len(title)-i > maxTail {
			continue
		}
		head := strings.TrimRight(title[:i], " ")
		for _, h := range p.headlines {
			if compact(h.text) != "" && compact(h.text) == compact(head) {
				return head
			}
		}
	}
	return title
}

// likeness is the share of words that two titles have in common, 0 to 1.
func likeness(a, b string) float64 {
	if a == "" || b == "" {
		return 0
	}
	count := make(map[string]int)
	n := 0
	for w := range wordsOf(a) {
		count[w]++
		n++
	}
	common, m := 0, 0
	for w := range wordsOf(b) {
		m++
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(max(n+m, 1))
}

func wordsOf(s string) func(func(string) bool) {
	return strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// siteMarks part a title from the site's name.
const siteMarks = "|｜│ㅣ–—-·•:«»~/"

// withoutSite takes the site's name off a title's end or start.
func withoutSite(title, site, host string) string {
	for range 3 {
		cut := cutSite(title, site, host)
		if cut == title {
			break
		}
		title = cut
	}
	return title
}

func cutSite(title, site, host string) string {
	name := compact(site)
	domain := compact(strings.TrimPrefix(siteLabel(host), "www"))
	isSite := func(s string) bool {
		c := compact(s)
		return c != "" && (c == name || c == domain || len(domain) >= 4 && strings.Contains(c, domain) && len(c) <= len(domain)+14 ||
			len(name) >= 4 && len(c) >= 4 && (strings.HasPrefix(name, c) || strings.HasPrefix(c, name) && len(c) <= len(name)+14))
	}
	marks := marksIn(title)
	for _, m := range slices.Backward(marks) { // the shortest end first
		if isSite(title[m.behind:]) {
			return strings.TrimRight(title[:m.at], " |｜│ㅣ–—-·•:~/")
		}
	}
	for _, m := range marks {
		if head := title[:m.at]; title[m.at] != ':' && isSite(head) {
			return strings.TrimLeft(title[m.behind:], " "+siteMarks)
		}
	}
	// "| The Daily Example Magazine": whatever stands behind a last bar is rarely the title's.
	if i := strings.LastIndex(title, " | "); i > 20 && len(title)-i <= 40 {
		return strings.TrimRight(title[:i], " ")
	}
	return title
}

// mark is where a mark that may part a title from a site's name begins, and where what is behind it does.
type mark struct{ at, behind int }

// marksIn returns the marks of a title; a hyphen counts between spaces only.
func marksIn(title string) []mark {
	var marks []mark
	for i, r := range title {
		behind := i + utf8.RuneLen(r)
		if i == 0 || !strings.ContainsRune(siteMarks, r) || r == '-' && (title[i-1] != ' ' || behind >= len(title) || title[behind] != ' ') {
			continue
		}
		marks = append(marks, mark{i, behind})
	}
	return marks
}

// siteLabel is the label of a host that names the site: "example" of www.example.co.uk.
func siteLabel(host string) string {
	domain := site(host)
	if domain == "" {
		domain = host
	}
	first, _, _ := strings.Cut(domain, ".")
	return first
}

// compact leaves the letters and digits of s, in lower case.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
