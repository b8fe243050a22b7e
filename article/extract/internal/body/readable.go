package body

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// The scoring of Readability, Arc90's and then Mozilla's reading mode: paragraphs give points to what holds them, and
// the element with the most points holds the article. Here its opinion is a few more numbers for the forests, which
// know when to trust it.

// liked and disliked are words of classes that Readability takes for and against an article; unlikely ones it
// leaves out at once.
var (
	liked = wordSet(`article body content entry hentry main page pagination post text blog story`)

	disliked = wordSet(`hid banner combx comment com contact footer gdpr masthead media meta outbrain promo related scroll share shoutbox
		sidebar skyscraper sponsor shopping tags widget`)

	unlikely = wordSet(`ad ads agegate breadcrumb breadcrumbs banner combx comment comments community cover disqus extra footer gdpr header legends menu
		related remark replies rss shoutbox sidebar skyscraper social sponsor supplemental pagination pager popup yom tooltip newsletter subscribe
		promo teaser recommended recommendation toolbar share sharing consent cookie`)
)

func wordSet(list string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// classWeight is what Readability makes of the class and id of s.
func (s *scope) classWeight() float32 {
	var w float32
	for _, n := range s.names {
		if liked[n] {
			w = max(w, 0) + 25
			break
		}
	}
	for _, n := range s.names {
		if disliked[n] {
			w -= 25
			break
		}
	}
	return w
}

// startsWith is the points that an element has for being what it is.
func startsWith(s *scope) float32 {
	switch s.element.DataAtom {
	case atom.Div, atom.Article, atom.Main:
		return 5
	case atom.Pre, atom.Td, atom.Blockquote:
		return 3
	case atom.Address, atom.Ol, atom.Ul, atom.Dl, atom.Dd, atom.Dt, atom.Li, atom.Form:
		return -3
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Th:
		return -5
	default:
		return 0
	}
}

// reading is what the scoring says of a page.
type reading struct {
	top   *scope
	score map[*scope]float32
	best  float32
}

const (
	minScored  = 25 // bytes of a paragraph that gives points
	giveLevels = 5  // how many elements up it gives them
)

// read scores the elements of a page.
func (p *Page) read() reading {
	r := reading{score: make(map[*scope]float32)}
	var order []*scope
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if len(b.Text) < minScored || b.node.flags&inHidden != 0 {
			continue
		}
		switch b.node.element.DataAtom {
		case atom.P, atom.Td, atom.Pre, atom.Div, atom.Section, atom.Article, atom.Span, atom.Main:
		default:
			continue
		}
		points := 1 + float32(strings.Count(b.Text, ",")) + float32(min(len(b.Text)/100, 3))
		at := b.node
		if at.element.DataAtom == atom.P || at.element.DataAtom == atom.Td || at.element.DataAtom == atom.Pre {
			at = at.parent
		}
		for level := 0; at != nil && level < giveLevels; level, at = level+1, at.parent {
			if _, known := r.score[at]; !known {
				r.score[at] = startsWith(at) + at.classWeight()
				order = append(order, at)
			}
			switch level {
			case 0:
				r.score[at] += points
			case 1:
				r.score[at] += points / 2
			default:
				r.score[at] += points / float32(3*level)
			}
		}
	}
	for _, s := range order {
		scaled := r.score[s] * (1 - float32(s.linkBytes)/float32(max(s.textBytes, 1)))
		r.score[s] = scaled
		if r.top == nil || scaled > r.best {
			r.top, r.best = s, scaled
		}
	}
	return r
}

// readFeatures is how many columns reading gives.
const readFeatures = 9

// features describes a block by what the scoring says of it.
func (r *reading) features(p *Page, b *Block, known map[*scope][]float32) []float32 {
	row, ok := known[b.node]
	if ok {
		return row
	}
	row = make([]float32, 0, readFeatures)
	if r.top == nil {
		row = append(row, -2, 0, 0, 0, 0)
	} else {
		steps := stepsBelow(b.node, r.top)
		var beside float32 // an element beside the best one with a fifth of its points is read too
		high := float32(-9)
		for s, level := b.node, 0; s != nil && level < 6; s, level = s.parent, level+1 {
			if v, ok := r.score[s]; ok {
				high = max(high, v/max(r.best, 1))
				if s.parent == r.top.parent && s != r.top && v >= max(10, r.best/5) {
					beside = 1
				}
			}
		}
		own := b.node
		if own.parent != nil {
			own = own.parent
		}
		row = append(row, float32(steps), beside, high, r.score[own]/max(r.best, 1), float32(r.top.textBytes)/float32(max(p.shape.bytes, 1)))
	}
	var weight, lowest float32
	bad, dropped := float32(0), float32(0)
	for s, level := b.node, 0; s != nil && s != r.top && level < 12; s, level = s.parent, level+1 {
		w := s.classWeight()
		weight += w
		lowest = min(lowest, w)
		likedHere := false
		for _, n := range s.names {
			likedHere = likedHere || n == "article" || n == "body" || n == "column" || n == "content" || n == "main"
		}
		for _, n := range s.names {
			if unlikely[n] && !likedHere {
				bad++
				break
			}
		}
		if s.dropped(w) {
			dropped++
		}
	}
	row = append(row, weight, lowest, bad, dropped)
	known[b.node] = row
	return row
}

// dropped reports whether Readability would clean s out of an article: lists, tables, forms and boxes of little text
// and many links.
func (s *scope) dropped(weight float32) bool {
	switch s.element.DataAtom {
	case atom.Form, atom.Fieldset, atom.Table, atom.Ul, atom.Ol, atom.Div, atom.Section, atom.Aside:
	default:
		return false
	}
	if weight < 0 {
		return true
	}
	if s.commas >= 10 {
		return false
	}
	links := float32(s.linkBytes) / float32(max(s.textBytes, 1))
	isList := s.element.DataAtom == atom.Ul || s.element.DataAtom == atom.Ol
	return !isList && s.items > s.paragraphs && s.items > 0 ||
		!isList && s.textBytes < 25 ||
		!isList && weight < 25 && links > 0.2 ||
		weight >= 25 && links > 0.5
}
