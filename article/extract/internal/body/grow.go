package body

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// sample is one row to learn from.
type sample struct {
	row    []float32
	label  float64 // 0 or 1, or between
	weight float64
}

// growth says how a forest is grown: gradient boosting of the logistic loss over histograms, each
// tree grown at its most promising leaf (Friedman 2001; LightGBM's leaf-wise growth).
type growth struct {
	trees     int
	leaves    int
	rate      float64
	columns   float64 // share of the features that a tree may ask for
	rows      float64 // share of the samples that a tree sees
	minWeight float64 // least sum of second derivatives in a leaf
	ridge     float64
	seed      uint64
}

const bins = 64

// grower holds the samples binned, feature by feature.
type grower struct {
	growth
	edges  [][]float32 // upper edges of the bins of each feature
	binned [][]uint8   // by feature, then sample
	slope  []slope     // of each sample
	rng    *rand.Rand
}

// slope is the first and second derivative of the loss.
type slope struct{ grad, hess float64 }

// grow learns a forest.
func grow(samples []sample, how growth) *forest {
	g := &grower{growth: how, slope: make([]slope, len(samples))}
	g.rng = rand.New(rand.NewPCG(how.seed, 1)) //nolint:gosec // the same forest every time is the point
	g.bin(samples)
	var positive, total float64
	for _, s := range samples {
		positive += s.label * s.weight
		total += s.weight
	}
	f := &forest{base: math.Log((positive + 1) / (total - positive + 1))}
	score := make([]float64, len(samples))
	for i := range score {
		score[i] = f.base
	}
	for range how.trees {
		var in []int32
		for i, s := range samples {
			p := 1 / (1 + math.Exp(-score[i]))
			g.slope[i] = slope{(p - s.label) * s.weight, max(p*(1-p), 1e-6) * s.weight}
			if g.rng.Float64() < how.rows {
				in = append(in, int32(i))
			}
		}
		t := g.tree(in)
		f.trees = append(f.trees, t)
		parallel(len(samples), func(i int) { score[i] += t.value(samples[i].row) })
	}
	return f
}

// bin sorts every feature's values into at most bins bins of like size.
func (g *grower) bin(samples []sample) {
	features := len(samples[0].row)
	g.edges = make([][]float32, features)
	g.binned = make([][]uint8, features)
	parallel(features, func(f int) {
		values := make([]float32, len(samples))
		for i, s := range samples {
			values[i] = s.row[f]
		}
		slices.Sort(values)
		distinct := slices.Compact(slices.Clone(values))
		var edges []float32
		if len(distinct) <= bins {
			for i := 1; i < len(distinct); i++ {
				edges = append(edges, (distinct[i-1]+distinct[i])/2)
			}
		} else {
			for b := 1; b < bins; b++ {
				if e := values[b*len(values)/bins]; len(edges) == 0 || e > edges[len(edges)-1] {
					edges = append(edges, e)
				}
			}
		}
		column := make([]uint8, len(samples))
		for i, s := range samples {
			at, found := slices.BinarySearch(edges, s.row[f])
			if found {
				at++ // below an edge means strictly below
			}
			column[i] = uint8(at)
		}
		g.edges[f], g.binned[f] = edges, column
	})
}

// leaf is a leaf that may still be split.
type leaf struct {
	at         int // its node
	rows       []int32
	sums       []slope // of its rows, by column, then bin
	grad, hess float64
	gain       float64
	feature    int
	bin        int
}

func (g *grower) tree(rows []int32) tree {
	var columns []int
	for f := range g.edges {
		if len(g.edges[f]) > 0 && g.rng.Float64() < g.columns {
			columns = append(columns, f)
		}
	}
	t := tree{{feature: -1}}
	root := &leaf{rows: rows}
	for _, i := range rows {
		root.grad += g.slope[i].grad
		root.hess += g.slope[i].hess
	}
	root.sums = g.sum(root.rows, columns)
	g.best(root, columns)
	open := []*leaf{root}
	for count := 1; count < g.leaves; count++ {
		i := 0
		for j := range open {
			if open[j].gain > open[i].gain {
				i = j
			}
		}
		l := open[i]
		if l.gain <= 1e-6 {
			break
		}
		left, right := g.split(l)
		left.at, right.at = len(t), len(t)+1
		t = append(t, node{feature: -1}, node{feature: -1})
		t[l.at] = node{feature: int16(l.feature), threshold: g.edges[l.feature][l.bin], left: int16(left.at), right: int16(right.at)}
		// The rows of the smaller half are counted, those of the other are what is left.
		small, large := left, right
		if len(small.rows) > len(large.rows) {
			small, large = large, small
		}
		small.sums = g.sum(small.rows, columns)
		large.sums = l.sums
		for i, s := range small.sums {
			large.sums[i].grad -= s.grad
			large.sums[i].hess -= s.hess
		}
		g.best(left, columns)
		g.best(right, columns)
		open[i] = left
		open = append(open, right)
	}
	for _, l := range open {
		t[l.at].threshold = float32(-g.rate * l.grad / (l.hess + g.ridge))
	}
	return t
}

// sum adds up the slopes of rows by the bin that they fall into, column by column.
func (g *grower) sum(rows []int32, columns []int) []slope {
	sums := make([]slope, len(columns)*bins)
	parallel(len(columns), func(c int) {
		own := sums[c*bins : (c+1)*bins]
		column := g.binned[columns[c]]
		for _, i := range rows {
			at := &own[column[i]]
			s := &g.slope[i]
			at.grad += s.grad
			at.hess += s.hess
		}
	})
	return sums
}

// best finds the split of l that helps most.
func (g *grower) best(l *leaf, columns []int) {
	type found struct {
		gain         float64
		feature, bin int
	}
	results := make([]found, len(columns))
	parent := l.grad * l.grad / (l.hess + g.ridge)
	for c, f := range columns {
		own := l.sums[c*bins : (c+1)*bins]
		var gl, hl float64
		for b := range g.edges[f] {
			gl += own[b].grad
			hl += own[b].hess
			gr, hr := l.grad-gl, l.hess-hl
			if hl < g.minWeight || hr < g.minWeight {
				continue
			}
			if gain := gl*gl/(hl+g.ridge) + gr*gr/(hr+g.ridge) - parent; gain > results[c].gain {
				results[c] = found{gain, f, b}
			}
		}
	}
	if len(results) == 0 {
		return
	}
	b := slices.MaxFunc(results, func(a, b found) int { return cmp.Compare(a.gain, b.gain) })
	l.gain, l.feature, l.bin = b.gain, b.feature, b.bin
}

func (g *grower) split(l *leaf) (left, right *leaf) {
	left, right = &leaf{}, &leaf{}
	column := g.binned[l.feature]
	for _, i := range l.rows {
		side := right
		if int(column[i]) <= l.bin {
			side = left
		}
		side.rows = append(side.rows, i)
		side.grad += g.slope[i].grad
		side.hess += g.slope[i].hess
	}
	return left, right
}

// parallel calls f for 0 to n-1 on two goroutines.
func parallel(n int, f func(int)) {
	const workers = 2
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w * n / workers; i < (w+1)*n/workers; i++ {
				f(i)
			}
		})
	}
	wg.Wait()
}
