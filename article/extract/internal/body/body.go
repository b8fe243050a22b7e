// Package body finds which blocks of a web page are its article.
//
// A page is cut into [Block]s: paragraphs, headings, list items, the text between two line breaks.
// Each is described by numbers ([Page.features]): how long it is, how much of it is links, what holds
// it, what the classes around it and its own words are worth, how it relates to the page's title,
// description and JSON-LD, what stands beside it. Two forests of decision trees read the numbers:
// the first judges each block alone, the second sees the first's judgement of the neighbours too.
//
// The forests and the worth of words are learnt from pages with known articles by the command in
// train, and kept in the file model.bin. No rule knows a site.
package body

import (
	"golang.org/x/net/html"
)

// Page is a parsed page cut into blocks.
type Page struct {
	Blocks []Block

	title, description string // folded, to compare blocks with
	articleBody        string // of JSON-LD, folded
	live               bool   // entries of a live blog, each an article of its own
	shape              shape
}

// Hints is what the page's metadata say, as far as it helps to find the body.
type Hints struct {
	Title       string
	Description string
	ArticleBody string
	Live        bool // the page calls itself a live blog
}

// Block is a stretch of text that a reader sees as one.
type Block struct {
	Text  string // white space collapsed, a line break within the block kept as "\n"
	Kind  Kind   // by the elements around it
	Link  string // where its first link leads, as the page writes it; "" for none
	Score float64

	node        *scope
	words       int
	linkBytes   int
	links       int
	boldBytes   int
	italicBytes int
	folded      string
	repeats     int // how often the same text stands on the page
}

// Kind is what the elements around a block say it is.
type Kind byte

// The kinds of block.
const (
	Paragraph Kind = iota
	Heading
	Item
	Quote
	Caption
	Row // of a table
	Post
)

// Element returns the element that holds the block.
func (b *Block) Element() *html.Node { return b.node.element }

// LinkBytes is how much of the block's text is links.
func (b *Block) LinkBytes() int { return b.linkBytes }

// Cut cuts a document into blocks. The document is not changed.
func Cut(doc *html.Node, hints Hints) *Page {
	c := cutter{page: &Page{
		title: fold(hints.Title), description: fold(hints.Description), articleBody: fold(hints.ArticleBody), live: hints.Live,
	}}
	root := &scope{element: doc}
	c.current = root
	c.walk(doc, state{})
	c.flush()
	c.page.measure(root)
	return c.page
}
