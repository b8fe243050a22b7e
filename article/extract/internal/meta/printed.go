package meta

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// maxDateline is the longest text, in bytes, that is taken for a line with the day of publication; behind so many
// such lines nothing is looked for.
const (
	maxDateline = 90
	maxPrinted  = 4
)

// addPrinted notes a date that people read in a short line of its own: below the first headline, or in an
// element that is called a date.
func (p *page) addPrinted(n *html.Node) {
	if len(p.printed) >= maxPrinted {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode || len(c.Data) < 8 || len(c.Data) > 4*maxDateline || !strings.ContainsAny(c.Data, "0123456789") {
			continue
		}
		line := clean(c.Data)
		if len(line) > maxDateline || strings.ContainsAny(line, "©") {
			continue
		}
		if len(p.headlines) == 0 && !calledDate(n) {
			continue
		}
		if d := dateIn(line); d != "" && !inPost(n) { // a post has a day of its own
			p.printed = append(p.printed, d)
			return
		}
	}
}

// inPost reports whether n stands in a block quote, as posts do that a page embeds.
func inPost(n *html.Node) bool {
	for range 4 {
		if n == nil {
			return false
		}
		if n.Data == "blockquote" {
			return true
		}
		n = n.Parent
	}
	return false
}

// calledDate reports whether the class or id of n, or of what holds it, says that a date is in it.
func calledDate(n *html.Node) bool {
	for range 2 {
		if n == nil {
			return false
		}
		name := strings.ToLower(attr(n, "class") + " " + attr(n, "id"))
		for _, word := range []string{"date", "publish", "posted", "byline", "timestamp", "datum"} {
			if strings.Contains(name, word) {
				return true
			}
		}
		n = n.Parent
	}
	return false
}

var (
	dayFirst   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?: of| de| d')? ?(\p{L}{3,10})\.?,?(?: de| del)? (\d{4})\b`)
	monthFirst = regexp.MustCompile(`(?i)\b(\p{L}{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`)
	yearFirst  = regexp.MustCompile(`\b(\d{4})(?:-|/|\. ?|年 ?|년 ?)(\d{1,2})(?:-|/|\. ?|月 ?|월 ?)(\d{1,2})(?:\b|日|일)`)
	dotted     = regexp.MustCompile(`\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b`)
)

// dateIn returns the first day that a line names, 2006-01-02, or "". Days written 3/4/2005 are left alone: which
// number is the month differs between countries.
func dateIn(line string) string {
	for _, form := range []struct {
		shape            *regexp.Regexp
		year, month, day int
	}{{monthFirst, 3, 1, 2}, {dayFirst, 3, 2, 1}, {yearFirst, 1, 2, 3}, {dotted, 3, 2, 1}} {
		m := form.shape.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		year, _ := strconv.Atoi(m[form.year])
		month, err := strconv.Atoi(m[form.month])
		if err != nil {
			month = monthOf(m[form.month])
		}
		day, _ := strconv.Atoi(m[form.day])
		t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if month < 1 || month > 12 || t.Day() != day || t.Month() != time.Month(month) {
			continue
		}
		return plausible(t, false)
	}
	return ""
}

// months holds the beginnings of the months' names in the languages of Western Europe, in the year's order.
var months = [12][]string{
	{"jan", "jän", "ene", "gen"},
	{"feb", "fév", "fev", "helm"},
	{"mar", "mär", "mrz", "maa"},
	{"apr", "avr", "abr"},
	{"may", "mai", "maj", "mag", "mei"},
	{"jun", "juin", "giu", "kes"},
	{"jul", "juil", "lug", "hein"},
	{"aug", "aoû", "aou", "ago"},
	{"sep", "set"},
	{"oct", "okt", "ott", "out"},
	{"nov"},
	{"dec", "dez", "déc", "dic"},
}

// monthOf is the number of a month by its name, 0 for none.
func monthOf(name string) int {
	name = strings.ToLower(name)
	for i, starts := range months {
		for _, s := range starts {
			if strings.HasPrefix(name, s) && len(name)-len(s) <= 7 && name != "mary" && name != "market" && name != "decades" {
				return i + 1
			}
		}
	}
	return 0
}
