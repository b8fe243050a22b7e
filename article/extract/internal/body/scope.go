package body

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// scope is an element that holds blocks, with what the page holds below it.
type scope struct {
	parent  *scope
	element *html.Node
	depth   int
	flags   flags
	class   string
	names   []string // the words of its class and id, and of what else it is called
	alike   int      // how many of its neighbours have the same tag and class

	textBytes, linkBytes int // below it
	blocks               int
	longBytes            int // in long blocks without many links
	commas               int
	paragraphs, items    int // blocks that are paragraphs, and those that are items of lists
}

// flags say which elements lie around a block.
type flags uint32

const (
	inArticle flags = 1 << iota
	inMain
	inAside
	inNav
	inFooter
	inHeader
	inFigure
	inForm
	inTable
	inList
	inQuote
	inSection
	inCaption
	inLink
	inHidden
	inBody // itemprop=articleBody
	inDialog
	inPost
)

// enter returns the scope of n within outer.
func enter(outer *scope, n *html.Node) *scope {
	s := &scope{parent: outer, element: n, depth: outer.depth + 1, flags: outer.flags | flagOf(n)}
	s.readAttributes(n)
	if n.DataAtom == atom.Blockquote && hasPostName(s.names) {
		s.flags |= inPost
	}
	s.alike = alike(n)
	return s
}

// flagOf is what the element alone says.
func flagOf(n *html.Node) flags {
	switch n.DataAtom {
	case atom.Article:
		return inArticle
	case atom.Main:
		return inMain
	case atom.Aside:
		return inAside
	case atom.Nav:
		return inNav
	case atom.Footer:
		return inFooter
	case atom.Header:
		return inHeader
	case atom.Figure:
		return inFigure
	case atom.Figcaption, atom.Caption:
		return inCaption
	case atom.Form, atom.Fieldset:
		return inForm
	case atom.Table:
		return inTable
	case atom.Ul, atom.Ol, atom.Dl:
		return inList
	case atom.Blockquote:
		return inQuote
	case atom.Section:
		return inSection
	case atom.Dialog:
		return inDialog
	default:
		return 0
	}
}

// readAttributes takes what the attributes of n say.
func (s *scope) readAttributes(n *html.Node) {
	for _, a := range n.Attr {
		switch a.Key {
		case "class":
			s.class = a.Val
			s.names = splitNames(s.names, a.Val)
		case "id", "data-testid", "data-test-id", "data-test", "data-cy", "data-qa", "data-component", "data-component-name", "data-module", "data-type", "data-block-type":
			s.names = splitNames(s.names, a.Val)
		case "itemprop", "property":
			if strings.Contains(a.Val, "articleBody") {
				s.flags |= inBody
			}
		case "role":
			switch a.Val {
			case "main":
				s.flags |= inMain
			case "navigation", "menu", "menubar", "tablist":
				s.flags |= inNav
			case "complementary":
				s.flags |= inAside
			case "contentinfo":
				s.flags |= inFooter
			case "dialog", "alertdialog":
				s.flags |= inDialog
			case "banner":
				s.flags |= inHeader
			}
		case "hidden":
			s.flags |= inHidden
		case "aria-hidden":
			if a.Val == "true" {
				s.flags |= inHidden
			}
		case "style":
			if v := strings.ReplaceAll(a.Val, " ", ""); strings.Contains(v, "display:none") || strings.Contains(v, "visibility:hidden") {
				s.flags |= inHidden
			}
		}
	}
}

// maxAlike bounds how many neighbours are looked at.
const maxAlike = 8

// alike counts the elements beside n that have its tag and class: cards of a list of teasers do.
func alike(n *html.Node) int {
	class := classOf(n)
	count := 0
	for _, step := range []func(*html.Node) *html.Node{func(n *html.Node) *html.Node { return n.NextSibling }, func(n *html.Node) *html.Node { return n.PrevSibling }} {
		looked := 0
		for s := step(n); s != nil && looked < maxAlike; s = step(s) {
			if s.Type != html.ElementNode {
				continue
			}
			looked++
			if s.DataAtom == n.DataAtom && classOf(s) == class {
				count++
			}
		}
	}
	return count
}

func classOf(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "class" {
			return a.Val
		}
	}
	return ""
}

func hasPostName(names []string) bool {
	for _, w := range names {
		switch w {
		case "twitter", "instagram", "tiktok", "bluesky", "mastodon", "fb", "telegram":
			return true
		}
	}
	return false
}

// maxNames bounds the words of classes that are kept of one element.
const maxNames = 20

// splitNames appends the words of a class or id: "article__body mainText" gives article, body, main, text. Classes that
// hold for some screens or states alone ("print:hidden", "[&_p]:mt-4") say how things look, and are left out.
func splitNames(names []string, value string) []string {
	if len(value) > 400 {
		value = value[:400]
	}
	for field := range strings.FieldsSeq(value) {
		if !strings.ContainsAny(field, ":[") {
			names = splitName(names, field)
		}
	}
	return names
}

func splitName(names []string, value string) []string {
	start := -1
	add := func(end int) {
		if start >= 0 && end-start >= 2 && end-start <= 24 && len(names) < maxNames {
			names = append(names, strings.ToLower(value[start:end]))
		}
		start = -1
	}
	for i := range len(value) {
		c := value[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		upper := 'A' <= c && c <= 'Z'
		if !letter || upper && i > 0 && value[i-1] >= 'a' && value[i-1] <= 'z' {
			add(i)
		}
		if letter && start < 0 {
			start = i
		}
	}
	add(len(value))
	return names
}
