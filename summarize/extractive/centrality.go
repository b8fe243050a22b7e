package extractive

import "math"

// similarity returns how alike every two candidates are: the cosine of their term counts, 0..1, and
// 0 on the diagonal.
func similarity(cs []candidate) [][]float64 {
	norm := make([]float64, len(cs))
	holders := map[string][]int{}
	for i := range cs {
		sum := 0.0
		for stem, n := range cs[i].stems {
			sum += float64(n * n)
			holders[stem] = append(holders[stem], i)
		}
		norm[i] = math.Sqrt(sum)
	}
	sim := make([][]float64, len(cs))
	cells := make([]float64, len(cs)*len(cs))
	for i := range sim {
		sim[i] = cells[i*len(cs) : (i+1)*len(cs)]
	}
	for stem, in := range holders {
		for x, i := range in {
			for _, j := range in[x+1:] {
				sim[i][j] += float64(cs[i].stems[stem] * cs[j].stems[stem])
			}
		}
	}
	for i := range sim {
		for j := i + 1; j < len(sim); j++ {
			if sim[i][j] > 0 {
				sim[i][j] /= norm[i] * norm[j]
				sim[j][i] = sim[i][j]
			}
		}
	}
	return sim
}

// rank returns the standing of every sentence among those that it resembles: the stationary
// distribution of a walk from sentence to similar sentence (Mihalcea and Tarau, TextRank, 2004; Erkan
// and Radev, LexRank, 2004), scaled so that 1 is the average.
func rank(sim [][]float64) []float64 {
	const damping, rounds = 0.85, 30
	n := len(sim)
	out := make([]float64, n)
	for i, row := range sim {
		for _, v := range row {
			out[i] += v
		}
	}
	r, next := make([]float64, n), make([]float64, n)
	for i := range r {
		r[i] = 1
	}
	for range rounds {
		for i := range next {
			next[i] = 1 - damping
		}
		for j, row := range sim {
			if out[j] == 0 {
				continue
			}
			share := damping * r[j] / out[j]
			for i, v := range row {
				next[i] += share * v
			}
		}
		r, next = next, r
	}
	return r
}
