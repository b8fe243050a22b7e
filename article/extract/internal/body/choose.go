package body

import "unicode"

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
		if b.words >= 6 {
			if seen[b.folded] {
				continue
			}
			seen[b.folded] = true
		}
		out = append(out, b)
	}
	return out
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
