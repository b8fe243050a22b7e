package body

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// shape is what the page as a whole looks like.
type shape struct {
	bytes, longBytes int
	holders          [3]*scope // the deepest elements that hold 85, 60 and 40 % of the long text
	h1               int       // index of the block that is the title, or -1
	articles         int       // how many <article> elements hold blocks
	lastLong         int
}

// isLong reports whether b looks like a paragraph of prose.
func (b *Block) isLong() bool {
	return len(b.Text) >= 80 && b.linkBytes*10 < len(b.Text)*4 && b.node.flags&(inNav|inFooter|inHidden) == 0
}

// measure fills in what blocks and scopes know only once the whole page was seen.
func (p *Page) measure(root *scope) {
	counts := make(map[string]int, len(p.Blocks))
	p.shape.h1, p.shape.lastLong = -1, -1
	articles := make(map[*scope]bool)
	bestTitle := 0.0
	for i := range p.Blocks {
		b := &p.Blocks[i]
		b.folded = fold(b.Text)
		counts[b.folded]++
		long := b.isLong()
		commas := strings.Count(b.Text, ",")
		for s := b.node; s != nil; s = s.parent {
			s.commas += commas
			switch b.Kind {
			case Paragraph:
				s.paragraphs++
			case Item:
				s.items++
			default:
			}
			s.textBytes += len(b.Text)
			s.linkBytes += b.linkBytes
			s.blocks++
			if long {
				s.longBytes += len(b.Text)
			}
			if s.element.DataAtom == atom.Article {
				articles[s] = true
			}
		}
		if long {
			p.shape.lastLong = i
		}
		if t := p.titleness(b); t > bestTitle && t >= 0.5 {
			bestTitle, p.shape.h1 = t, i
		}
	}
	for i := range p.Blocks {
		p.Blocks[i].repeats = counts[p.Blocks[i].folded]
	}
	p.shape.bytes, p.shape.longBytes, p.shape.articles = root.textBytes, root.longBytes, len(articles)
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if !b.isLong() {
			continue
		}
		for level, share := range []int{85, 60, 40} {
			for s := b.node; s != nil; s = s.parent {
				if s.longBytes*100 >= share*p.shape.longBytes {
					if at := p.shape.holders[level]; at == nil || s.depth > at.depth {
						p.shape.holders[level] = s
					}
					break
				}
			}
		}
	}
}

// titleness says how much b looks like the page's own headline.
func (p *Page) titleness(b *Block) float64 {
	h := 0.0
	switch b.node.element.DataAtom {
	case atom.H1:
		h = 0.6
	case atom.H2:
		h = 0.2
	default:
	}
	if len(b.Text) > 300 || b.node.flags&(inNav|inAside|inFooter|inHidden) != 0 {
		return 0
	}
	return h + overlap(b.folded, p.title)*0.6
}

// overlap is the share of the words of a that b holds.
func overlap(a, b string) float64 {
	if a == "" || b == "" {
		return 0
	}
	if strings.Contains(b, a) {
		return 1
	}
	if len(a) > 3*len(b) {
		return 0
	}
	words, found := 0, 0
	for w := range strings.FieldsSeq(a) {
		words++
		if i := strings.Index(b, w); i >= 0 && (i == 0 || b[i-1] == ' ') {
			found++
		}
		if words >= 60 {
			break
		}
	}
	return float64(found) / float64(words)
}

// features describes every block by a row of numbers. Words are worth what worth says; host is left
// out of it ("" for none), so that a page does not judge itself while learning.
func (p *Page) features(worth *worth, host string) [][]float32 {
	names := make(map[*scope]nameWorth)
	rows := make([][]float32, len(p.Blocks))
	seen := 0
	longBefore := 0
	own := make([][]float32, len(p.Blocks))
	said := make([][]float32, len(p.Blocks))
	for i := range p.Blocks {
		own[i] = p.Blocks[i].shape()
		said[i] = worth.text(&p.Blocks[i], host)
	}
	heading := -1
	read := p.read()
	readOf := make(map[*scope][]float32)
	families := p.families()
	for i := range p.Blocks {
		b := &p.Blocks[i]
		row := make([]float32, 0, 160)
		row = append(row, own[i]...)
		row = append(row, said[i]...)
		row = append(row, p.below(heading, i, said)...)
		row = append(row, p.place(i, seen, longBefore)...)
		row = append(row, p.around(b)...)
		row = append(row, nameFeatures(b.node, worth, host, names)...)
		row = append(row, read.features(p, b, readOf)...)
		row = append(row, families[i].features(p)...)
		for _, d := range []int{-2, -1, 1, 2} {
			j := i + d
			if j < 0 || j >= len(p.Blocks) {
				row = append(row, -1, -1, -1, -1, -1)
				continue
			}
			n := &p.Blocks[j]
			row = append(row, own[j][0], own[j][3], flag(n.node == b.node || n.node.parent == b.node.parent), flag(n.node.element.DataAtom == b.node.element.DataAtom), own[j][7])
		}
		rows[i] = row
		if b.Kind == Heading {
			heading = i
		}
		seen += len(b.Text)
		if b.isLong() {
			longBefore += len(b.Text)
		}
	}
	return rows
}

// below describes a block by the heading above it: "Related stories" tells what follows.
func (p *Page) below(heading, i int, said [][]float32) []float32 {
	if heading < 0 {
		return []float32{0, 0, -1, -1, 0}
	}
	h := &p.Blocks[heading]
	return []float32{said[heading][0], said[heading][1], float32(min(i-heading, 50)), tags[h.node.element.DataAtom], float32(stepsBelow(p.Blocks[i].node, h.node.parent))}
}

// shape is what a block looks like by itself. Other features refer to its columns 0, 3 and 7.
func (b *Block) shape() []float32 {
	var digits, upper, letters, commas, stops, marks, caps int
	word := false
	for _, r := range b.Text {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
			if unicode.IsUpper(r) {
				upper++
				if !word {
					caps++
				}
			}
		case r == ',' || r == '，' || r == '、' || r == ';':
			commas++
		case r == '.' || r == '!' || r == '?' || r == '。' || r == '…':
			stops++
		case r == '"' || r == '“' || r == '”' || r == '„' || r == '«' || r == '»':
			marks++
		}
		word = unicode.IsLetter(r)
	}
	n := float32(max(len(b.Text), 1))
	first, _ := utf8.DecodeRuneInString(b.Text)
	last, _ := utf8.DecodeLastRuneInString(b.Text)
	return []float32{
		logf(len(b.Text)),
		logf(b.words),
		float32(b.links),
		float32(b.linkBytes) / n,
		float32(digits) / n,
		float32(upper) / float32(max(letters, 1)),
		float32(caps) / float32(max(b.words, 1)),
		flag(strings.ContainsRune(".!?…。”\"»’)", last)),
		float32(commas),
		float32(stops),
		float32(marks),
		flag(unicode.IsLower(first)),
		flag(strings.ContainsRune("«“\"„‘-–—•©@#|+>→▶", first)),
		flag(last == ':'),
		float32(b.boldBytes) / n,
		float32(b.italicBytes) / n,
		n / float32(max(b.words, 1)),
		float32(strings.Count(b.Text, "\n")),
		flag(strings.ContainsAny(b.Text, "©|")),
		float32(min(b.repeats, 4)),
		float32(b.Kind),
	}
}

// place is where the i-th block stands on its page.
func (p *Page) place(i, seen, longBefore int) []float32 {
	b := &p.Blocks[i]
	title := float32(-300)
	if p.shape.h1 >= 0 {
		title = float32(max(-200, min(i-p.shape.h1, 200)))
	}
	overlapTitle := overlap(b.folded, p.title)
	return []float32{
		float32(i) / float32(len(p.Blocks)),
		logf(i),
		logf(len(p.Blocks)),
		float32(seen) / float32(max(p.shape.bytes, 1)),
		float32(longBefore) / float32(max(p.shape.longBytes, 1)),
		logf(p.shape.longBytes),
		title,
		flag(i == p.shape.h1),
		float32(overlapTitle),
		float32(overlap(b.folded, p.description)),
		flag(p.articleBody != ""),
		flag(p.articleBody != "" && strings.Contains(p.articleBody, clip(b.folded, 80))),
		logf(len(p.articleBody)),
		float32(max(-100, min(i-p.shape.lastLong, 100))),
		float32(min(p.shape.articles, 20)),
	}
}

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// tags are told apart by their own numbers; others share one.
var tags = map[atom.Atom]float32{
	atom.P: 1, atom.Div: 2, atom.Span: 3, atom.Li: 4, atom.H1: 5, atom.H2: 6, atom.H3: 7, atom.H4: 8, atom.H5: 8, atom.H6: 8,
	atom.Tr: 9, atom.Table: 9, atom.Blockquote: 10, atom.Section: 11, atom.Article: 12, atom.Figcaption: 13, atom.Dd: 14, atom.Dt: 15,
	atom.Pre: 16, atom.Header: 17, atom.Footer: 18, atom.Ul: 19, atom.Button: 20, atom.Nav: 21, atom.Aside: 22, atom.Address: 23,
	atom.Summary: 24, atom.Details: 24, atom.Figure: 25, atom.Main: 26,
}

// around is what holds a block.
func (p *Page) around(b *Block) []float32 {
	f := b.node.flags
	row := make([]float32, 0, 48)
	for _, bit := range []flags{inArticle, inMain, inAside, inNav, inFooter, inHeader, inFigure, inForm, inTable, inList, inQuote, inSection, inCaption, inLink, inHidden, inBody, inDialog, inPost} {
		row = append(row, flag(f&bit != 0))
	}
	row = append(row, tags[b.node.element.DataAtom], float32(b.node.depth))
	s := b.node
	for range 4 {
		if s == nil {
			row = append(row, -1, -1, -1, -1, -1, -1)
			continue
		}
		row = append(row,
			float32(s.alike),
			logf(s.textBytes),
			float32(s.linkBytes)/float32(max(s.textBytes, 1)),
			float32(s.longBytes)/float32(max(p.shape.longBytes, 1)),
			logf(s.blocks),
			tags[s.element.DataAtom],
		)
		s = s.parent
	}
	for _, holder := range p.shape.holders {
		row = append(row, float32(stepsBelow(b.node, holder)))
	}
	return row
}

// stepsBelow is how many elements lie between s and the holder around it, or -1.
func stepsBelow(s, holder *scope) int {
	if holder == nil || s.depth < holder.depth {
		return -1
	}
	steps := s.depth - holder.depth
	for range steps {
		s = s.parent
	}
	if s != holder {
		return -1
	}
	return steps
}

func logf(n int) float32 { return float32(math.Log1p(float64(n))) }

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}
