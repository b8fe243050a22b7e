package body

// context adds to each row what the first forest thinks of the block and of those around it.
func (p *Page) context(rows [][]float32, first []float64) [][]float32 {
	type sum struct{ score, bytes float64 }
	below := make(map[*scope]sum)
	total := 0.0
	families := p.families()
	for i := range p.Blocks {
		b := &p.Blocks[i]
		n := float64(len(b.Text))
		total += n * first[i]
		families[i].score += n * first[i]
		for s, level := b.node, 0; s != nil && level < 4; s, level = s.parent, level+1 {
			at := below[s]
			below[s] = sum{at.score + first[i]*n, at.bytes + n}
		}
	}
	out := make([][]float32, len(rows))
	before := 0.0
	for i := range rows {
		b := &p.Blocks[i]
		row := make([]float32, 0, len(rows[i])+28)
		row = append(row, rows[i]...)
		row = append(row, float32(first[i]))
		for _, d := range []int{-4, -3, -2, -1, 1, 2, 3, 4} {
			if j := i + d; j >= 0 && j < len(rows) {
				row = append(row, float32(first[j]))
			} else {
				row = append(row, -1)
			}
		}
		for s, level := b.node, 0; level < 4; level++ {
			if s == nil {
				row = append(row, -1)
				continue
			}
			at := below[s]
			row = append(row, float32(at.score/at.bytes))
			s = s.parent
		}
		n := float64(len(b.Text)) * first[i]
		rest := max(total, 1)
		row = append(row, float32(before/rest), float32((total-before-n)/rest), logf(int(total)))
		row = append(row, window(p.Blocks, first, i, -12), window(p.Blocks, first, i, 12))
		row = append(row, families[i].opinion(len(b.Text), first[i]))
		before += n
		out[i] = row
	}
	return out
}

// window is the mean judgement of the blocks up to d before or behind the i-th, by length.
func window(blocks []Block, first []float64, i, d int) float32 {
	score, bytes := 0.0, 1.0
	step := 1
	if d < 0 {
		step = -1
	}
	for j := i + step; j != i+d && j >= 0 && j < len(blocks); j += step {
		n := float64(len(blocks[j].Text))
		score += n * first[j]
		bytes += n
	}
	return float32(score / bytes)
}
