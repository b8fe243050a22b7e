package body

import "golang.org/x/net/html/atom"

// kin is what blocks of one make have in common: the element that holds them with its class, and the same of the
// element around it. The paragraphs of an article are kin, whatever their page calls them, so the judgement of some
// helps with the others.
type kin struct {
	tag, outerTag     atom.Atom
	class, outerClass string
}

func (b *Block) kin() kin {
	k := kin{tag: b.node.element.DataAtom, class: b.node.class}
	if o := b.node.parent; o != nil {
		k.outerTag, k.outerClass = o.element.DataAtom, o.class
	}
	return k
}

// family is what the blocks of one kin are together.
type family struct {
	blocks, bytes, longBytes, linkBytes int
	score                               float64 // what the first forest thinks of them, by bytes
}

// families returns the family of every block.
func (p *Page) families() []*family {
	known := make(map[kin]*family)
	out := make([]*family, len(p.Blocks))
	for i := range p.Blocks {
		b := &p.Blocks[i]
		k := b.kin()
		f := known[k]
		if f == nil {
			f = &family{}
			known[k] = f
		}
		f.blocks++
		f.bytes += len(b.Text)
		f.linkBytes += b.linkBytes
		if b.isLong() {
			f.longBytes += len(b.Text)
		}
		out[i] = f
	}
	return out
}

// features describes a block by its family.
func (f *family) features(p *Page) []float32 {
	return []float32{
		logf(f.blocks),
		logf(f.bytes),
		float32(f.longBytes) / float32(max(p.shape.longBytes, 1)),
		float32(f.linkBytes) / float32(max(f.bytes, 1)),
		float32(f.bytes) / float32(f.blocks),
	}
}

// opinion is what the first forest thinks of the family but for a block of so many bytes with such a score, -1 where
// there is nobody else.
func (f *family) opinion(bytes int, score float64) float32 {
	if f.blocks < 2 {
		return -1
	}
	n := float64(bytes)
	return float32((f.score - score*n) / max(float64(f.bytes)-n, 1))
}
