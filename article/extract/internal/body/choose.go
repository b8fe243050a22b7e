package body

import (
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// threshold is the least score of a block that is part of the article.
const threshold = 0.5

// Chosen returns the blocks of a judged page that are its article, in order, without those that
// say the same as one before.
func Chosen(p *Page) []*Block {
	var out []*Block
	seen := make(map[string]bool)
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Score < threshold && !p.embedded(i) || b.isTeaser() || b.folded == "" {
			continue
		}
		if len(out) == 0 && b.Kind == Heading && b.folded == p.title {
			continue // the title is no part of the text
		}
		if b.words >= 6 {
			if seen[b.folded] {
				continue
			}
			seen[b.folded] = true
		}
		out = append(out, b)
	}
	out = without(out, (*Block).isComment)
	if p.live {
		return out
	}
	return withoutOthers(out)
}

// without leaves out the blocks of which is holds, unless they are the greater part of the text.
func without(blocks []*Block, is func(*Block) bool) []*Block {
	var out []*Block
	all, kept := 0, 0
	for _, b := range blocks {
		all += len(b.Text)
		if !is(b) {
			out = append(out, b)
			kept += len(b.Text)
		}
	}
	if kept*2 < all {
		return blocks // a page of comments
	}
	return out
}

// isComment reports whether an element around a block is named after readers' comments.
func (b *Block) isComment() bool {
	for s := b.node; s != nil; s = s.parent {
		if s.element.DataAtom == atom.Body || s.element.DataAtom == atom.Html {
			return false // they say whether comments are open
		}
		for _, name := range s.names {
			switch name {
			case "comment", "comments", "commentlist", "disqus", "kommentar", "kommentare", "commentaires", "comentarios", "commenti":
				return true
			}
		}
	}
	return false
}

const (
	minFirst   = 400 // bytes of the first article on a page
	firstShare = 0.15
)

// withoutOthers leaves out the articles that a page shows below its first one: those that it loads as the reader
// scrolls on, or other posts. The entries of a live blog look alike, those do not.
func withoutOthers(blocks []*Block) []*Block {
	size := make(map[*html.Node]int)
	all := 0
	for _, b := range blocks {
		all += len(b.Text)
		if a := b.article(); a != nil {
			size[a] += len(b.Text)
		}
	}
	var first *html.Node
	var out []*Block
	for _, b := range blocks {
		a := b.article()
		if first == nil && a != nil && size[a] > minFirst {
			first = a
		}
		if first != nil && a != nil && a != first && classOf(a) != classOf(first) {
			continue
		}
		out = append(out, b)
	}
	if first == nil || float64(size[first]) < firstShare*float64(all) {
		return blocks
	}
	return out
}

// article is the outermost <article> around a block, or nil.
func (b *Block) article() *html.Node {
	var outer *html.Node
	for s := b.node; s != nil; s = s.parent {
		if s.element.DataAtom == atom.Article {
			outer = s.element
		}
	}
	return outer
}

// besidePost is how near, in blocks, the article's text stands to a post that it shows.
const besidePost = 3

// embedded reports whether the i-th block is a social network's post within the article: text of the article stands
// close by, with nothing but other posts between. What pages make of posts differs too much to be learnt.
func (p *Page) embedded(i int) bool {
	if p.Blocks[i].Kind != Post || p.Blocks[i].node.flags&(inAside|inNav|inFooter) != 0 {
		return false
	}
	near := func(step int) bool {
		for j, seen := i+step, 0; j >= 0 && j < len(p.Blocks) && seen < besidePost; j += step {
			b := &p.Blocks[j]
			if b.Kind == Post {
				continue
			}
			if seen++; b.Score >= threshold {
				return true
			}
		}
		return false
	}
	return near(-1) && (near(1) || p.Blocks[i].Score > threshold/5)
}

// isTeaser reports whether a block is a line in capitals that is nothing but a link: the headline of another article,
// set between two paragraphs.
func (b *Block) isTeaser() bool {
	if b.words < 4 || b.linkBytes*100 < len(b.Text)*95 {
		return false
	}
	letters, upper := 0, 0
	for _, r := range b.Text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return upper*10 >= letters*7 && letters > 0
}
