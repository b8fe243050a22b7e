package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// scope is an element that holds blocks, with what the page holds below it.
type scope struct {
	parent  *scope
	element *html.Node
	depth   int
	flags   flags
	names   []string // the words of its class and id
	alike   int      // how many of its neighbours have the same tag and class

	textBytes, linkBytes int // below it
	blocks               int
	longBytes            int // in long blocks without many links
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
	inComments
)

// maxBlocks bounds how much of a page is looked at.
const maxBlocks = 20_000

// state is what a walk knows of the inline elements around it.
type state struct {
	link, bold, hidden bool
}

type cutter struct {
	page    *Page
	current *scope
	text    strings.Builder
	// of the text gathered so far
	linkBytes, links, boldBytes int
	space                       bool // white space waits to be written
	breaks                      int  // line breaks wait
}

func (c *cutter) walk(n *html.Node, s state) {
	for child := n.FirstChild; child != nil && len(c.page.Blocks) < maxBlocks; child = child.NextSibling {
		switch child.Type {
		case html.TextNode:
			c.write(child.Data, s)
		case html.ElementNode:
			c.element(child, s)
		}
	}
}

func (c *cutter) element(n *html.Node, s state) {
	if skipped(n) {
		return
	}
	switch n.DataAtom {
	case atom.Br:
		c.breaks++
		if c.breaks >= 2 {
			c.flush()
		}
		return
	case atom.Hr:
		c.flush()
		return
	case atom.Td, atom.Th:
		c.space = true // a row reads as one, unless its cells hold paragraphs
	case atom.A:
		s.link = true
		c.links++
	case atom.B, atom.Strong:
		s.bold = true
	}
	if !isBlock(n) {
		c.walk(n, s)
		return
	}
	c.flush()
	outer := c.current
	c.current = enter(outer, n)
	if s.link {
		c.current.flags |= inLink
	}
	c.walk(n, s)
	c.flush()
	c.current = outer
}

// write adds text to the block in hand.
func (c *cutter) write(text string, s state) {
	before := c.text.Len()
	for _, r := range text {
		if unicode.IsSpace(r) {
			c.space = true
			continue
		}
		if r == utf8.RuneError || r == '\u200b' || r == '\ufeff' || r == '\u00ad' || r < ' ' || r == 0x7f {
			continue
		}
		if c.text.Len() > 0 {
			if c.breaks > 0 {
				c.text.WriteByte('\n')
			} else if c.space {
				c.text.WriteByte(' ')
			}
		}
		c.space, c.breaks = false, 0
		c.text.WriteRune(r)
	}
	added := c.text.Len() - before
	if s.link {
		c.linkBytes += added
	}
	if s.bold {
		c.boldBytes += added
	}
}

// flush ends the block in hand.
func (c *cutter) flush() {
	if c.text.Len() > 0 {
		text := c.text.String()
		c.page.Blocks = append(c.page.Blocks, Block{
			Text: text, Kind: kindOf(c.current), node: c.current,
			words: len(strings.Fields(text)), linkBytes: c.linkBytes, links: c.links, boldBytes: c.boldBytes,
		})
	}
	c.text.Reset()
	c.linkBytes, c.links, c.boldBytes, c.space, c.breaks = 0, 0, 0, false, 0
}

func enter(outer *scope, n *html.Node) *scope {
	s := &scope{parent: outer, element: n, depth: outer.depth + 1, flags: outer.flags}
	switch n.DataAtom {
	case atom.Article:
		s.flags |= inArticle
	case atom.Main:
		s.flags |= inMain
	case atom.Aside:
		s.flags |= inAside
	case atom.Nav:
		s.flags |= inNav
	case atom.Footer:
		s.flags |= inFooter
	case atom.Header:
		s.flags |= inHeader
	case atom.Figure:
		s.flags |= inFigure
	case atom.Figcaption, atom.Caption:
		s.flags |= inCaption
	case atom.Form, atom.Fieldset:
		s.flags |= inForm
	case atom.Table:
		s.flags |= inTable
	case atom.Ul, atom.Ol, atom.Dl:
		s.flags |= inList
	case atom.Blockquote:
		s.flags |= inQuote
	case atom.Section:
		s.flags |= inSection
	case atom.Dialog:
		s.flags |= inDialog
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id":
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
	if n.DataAtom == atom.Blockquote && hasPostName(s.names) {
		s.flags |= inPost
	}
	s.alike = alike(n)
	return s
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
const maxNames = 16

// splitNames appends the words of a class or id: "article__body mainText" gives article, body, main, text.
func splitNames(names []string, value string) []string {
	if len(value) > 400 {
		value = value[:400]
	}
	start := -1
	add := func(end int) {
		if start >= 0 && end-start >= 2 && end-start <= 24 && len(names) < maxNames {
			names = append(names, strings.ToLower(value[start:end]))
		}
		start = -1
	}
	for i := 0; i < len(value); i++ {
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

// skipped reports whether nothing below n is text for readers.
func skipped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Svg, atom.Head, atom.Iframe, atom.Object, atom.Canvas, atom.Select, atom.Option,
		atom.Textarea, atom.Input, atom.Noscript, atom.Embed, atom.Audio, atom.Video, atom.Picture, atom.Map, atom.Datalist, atom.Rp, atom.Rt:
		return true
	case atom.Math:
		return false
	}
	return n.Namespace == "svg"
}

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn,
		atom.Em, atom.Font, atom.I, atom.Img, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Meter, atom.Nobr, atom.Output, atom.Q,
		atom.Ruby, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Td, atom.Th, atom.Time,
		atom.Tt, atom.U, atom.Var, atom.Wbr:
		return false
	}
	return n.DataAtom != 0 || strings.Contains(n.Data, "-")
}

// kindOf says what the elements around a block make of it.
func kindOf(s *scope) Kind {
	if s.flags&inPost != 0 {
		return Post
	}
	if s.flags&inCaption != 0 {
		return Caption
	}
	for at := s; at != nil && s.depth-at.depth < 4; at = at.parent {
		switch at.element.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			return Heading
		case atom.Li, atom.Dd, atom.Dt:
			return Item
		case atom.Blockquote:
			return Quote
		case atom.Tr:
			return Row
		}
	}
	if s.flags&inQuote != 0 {
		return Quote
	}
	return Paragraph
}

// fold lowers letters and leaves letters and digits only, parted by single spaces.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
