package body

// threshold is the least score of a block that is part of the article.
const threshold = 0.5

// Chosen returns the blocks of a judged page that are its article, in order, without those that
// say the same as one before.
func Chosen(p *Page) []*Block {
	var out []*Block
	seen := make(map[string]bool)
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Score < threshold {
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
