package body

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxBlocks bounds how much of a page is looked at.
const maxBlocks = 20_000

// state is what a walk knows of the inline elements around it.
type state struct {
	link, bold, italic bool
	href               string // where the link leads
}

type cutter struct {
	page    *Page
	current *scope
	text    strings.Builder
	// of the text gathered so far
	linkBytes, links, boldBytes, italicBytes int
	href                                     string // of the first link with text in it
	space                                    bool   // white space waits to be written
	breaks                                   int    // line breaks wait
	joined                                   bool   // a large initial was written, to which the next letter belongs
}

func (c *cutter) walk(n *html.Node, s state) {
	for child := n.FirstChild; child != nil && len(c.page.Blocks) < maxBlocks; child = child.NextSibling {
		switch child.Type {
		case html.TextNode:
			c.write(child.Data, s)
		case html.ElementNode:
			c.element(child, s)
		default: // comments
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
		s.link, s.href = true, hrefOf(n)
		c.links++
	case atom.B, atom.Strong:
		s.bold = true
	case atom.I, atom.Em:
		s.italic = true
	default:
	}
	if !isBlock(n) {
		if hiddenInline(n) || s.link && saysWindow(n) {
			return
		}
		before := c.text.Len()
		c.walk(n, s)
		c.joined = c.joined || isInitial(n, c.text.String()[min(before, c.text.Len()):])
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
			} else if c.space && !c.joined {
				c.text.WriteByte(' ')
			}
		}
		c.space, c.breaks, c.joined = false, 0, false
		c.text.WriteRune(r)
	}
	added := c.text.Len() - before
	if s.link {
		c.linkBytes += added
		if c.href == "" && added > 0 {
			c.href = s.href
		}
	}
	if s.bold {
		c.boldBytes += added
	}
	if s.italic {
		c.italicBytes += added
	}
}

// flush ends the block in hand.
func (c *cutter) flush() {
	if c.text.Len() > 0 {
		text := c.text.String()
		c.page.Blocks = append(c.page.Blocks, Block{
			Text: text, Kind: kindOf(c.current), Link: c.href, node: c.current,
			words: len(strings.Fields(text)), linkBytes: c.linkBytes, links: c.links, boldBytes: c.boldBytes, italicBytes: c.italicBytes,
		})
	}
	c.text.Reset()
	c.linkBytes, c.links, c.boldBytes, c.italicBytes, c.href, c.space, c.breaks, c.joined = 0, 0, 0, 0, "", false, 0, false
}

// skipped reports whether nothing below n is text for readers.
func skipped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Svg, atom.Head, atom.Iframe, atom.Object, atom.Canvas, atom.Select, atom.Option,
		atom.Textarea, atom.Input, atom.Noscript, atom.Embed, atom.Audio, atom.Video, atom.Picture, atom.Map, atom.Datalist, atom.Rp, atom.Rt:
		return true
	default:
		return n.Namespace == "svg"
	}
}

// windowWords are what links tell those who hear a page.
var windowWords = map[string]bool{
	"opens new tab": true, "opens in new tab": true, "opens in a new tab": true, "opens new window": true, "opens in new window": true, "opens in a new window": true,
	"external link": true, "öffnet im neuen fenster": true, "öffnet in neuem fenster": true, "öffnet in einem neuen fenster": true, "öffnet in neuem tab": true,
	"öffnet in einem neuen tab": true, "externer link": true, "nouvelle fenêtre": true, "ouvre un nouvel onglet": true, "s ouvre dans une nouvelle fenêtre": true,
	"se abre en una ventana nueva": true, "se abre en una nueva ventana": true, "se abre en una pestaña nueva": true, "se abre en una nueva pestaña": true,
	"si apre in una nuova finestra": true, "opent in nieuw venster": true, "åpnes i nytt vindu": true, "öppnas i nytt fönster": true,
}

// saysWindow reports whether all that n, an element within a link, says is where the link opens.
func saysWindow(n *html.Node) bool {
	c := n.FirstChild
	return c != nil && c.NextSibling == nil && c.Type == html.TextNode && len(c.Data) < 80 && windowWords[fold(c.Data)]
}

// hiddenInline reports whether n, an element within a line, is for screen readers alone or shown on demand: "opens in a
// new window", a tooltip. Hidden blocks are kept and told by a flag: pages hide whole articles until their scripts run.
func hiddenInline(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			v := strings.ReplaceAll(a.Val, " ", "")
			for _, style := range []string{"display:none", "visibility:hidden", "clip:rect(0", "clip-path:inset(50%"} {
				if strings.Contains(v, style) {
					return true
				}
			}
		case "class":
			for name := range strings.FieldsSeq(a.Val) {
				switch strings.ToLower(name) {
				case "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader-text", "assistive-text", "u-visually-hidden", "tooltip", "tooltiptext", "tooltip-text":
					return true
				}
				if popsUp(name) {
					return true
				}
			}
		}
	}
	return false
}

// isInitial reports whether n, an element within a line that reads as text, is a word's first letter in large print. Letters
// that are words are left alone: "A new ferry".
func isInitial(n *html.Node, text string) bool {
	text = strings.TrimSpace(text)
	if r, size := utf8.DecodeRuneInString(text); size == 0 || size != len(text) || !unicode.IsUpper(r) || strings.ContainsRune("AEIOUYÀÈÉÓÚÖÅ", r) {
		return false
	}
	return slices.ContainsFunc(splitNames(nil, classOf(n)), func(w string) bool {
		return w == "initial" || w == "dropcap" || w == "drop"
	})
}

// popsUp reports whether a class is that of what opens above a word in a line, a card about a person for instance:
// "popover-content", "rollover-people-block". What it opens from is called "popover" alone, and stays.
func popsUp(class string) bool {
	words := splitName(nil, class)
	if len(words) < 2 {
		return false
	}
	switch words[len(words)-1] {
	case "block", "body", "box", "card", "content", "inner":
	default:
		return false
	}
	return slices.ContainsFunc(words, func(w string) bool {
		return w == "popover" || w == "popup" || w == "rollover" || w == "hovercard" || w == "tooltip"
	})
}

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn,
		atom.Em, atom.Font, atom.I, atom.Img, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Meter, atom.Nobr, atom.Output, atom.Q,
		atom.Ruby, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Td, atom.Th, atom.Time,
		atom.Tt, atom.U, atom.Var, atom.Wbr:
		return false
	default:
		return n.DataAtom != 0 || strings.Contains(n.Data, "-")
	}
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
		default:
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
		if r == '\u00ad' || r == '\u200b' {
			continue // a word may break here
		}
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

func hrefOf(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "href" {
			return a.Val
		}
	}
	return ""
}
