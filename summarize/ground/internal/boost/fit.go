package boost

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"newsdesk/summarize/logistic"
)

// Growth says how a forest is grown.
type Growth struct {
	Trees   int
	Leaves  int     // of a tree, at most
	Rate    float64 // share of what a tree says that is believed
	Columns float64 // share of the features that a tree may ask for
	Least   int     // examples in a leaf
	Ridge   float64 // keeps leaves near 0, in examples
	Seed    uint64
}

// grower holds what a forest is grown from.
type grower struct {
	Growth
	examples   []logistic.Example
	signs      []int
	order      [][]int // for each feature, the examples by rising value
	grad, hess []float64
	leafOf     []int // for each example, its leaf in the tree that grows
	rng        *rand.Rand
}

// Fit learns a forest from examples, whose weights should be about 1. A feature with sign 1 may only raise the
// answer, one with -1 only lower it, one with 0 do either.
func Fit(examples []logistic.Example, signs []int, how Growth) *Forest {
	f := &Forest{}
	if len(examples) == 0 {
		return f
	}
	g := &grower{Growth: how, examples: examples, signs: signs}
	g.rng = rand.New(rand.NewPCG(how.Seed, 1)) //nolint:gosec // the same forest every time is the point
	g.grad, g.hess = make([]float64, len(examples)), make([]float64, len(examples))
	g.leafOf = make([]int, len(examples))
	g.sort()
	good, all := 1.0, 2.0
	for _, e := range examples {
		all += e.Weight
		if e.Y {
			good += e.Weight
		}
	}
	f.Base = math.Log(good / (all - good))
	sum := make([]float64, len(examples))
	for range how.Trees {
		for i, e := range examples {
			p := logistic.Probability(f.Base + sum[i])
			y := 0.0
			if e.Y {
				y = 1
			}
			g.grad[i], g.hess[i] = (y-p)*e.Weight, p*(1-p)*e.Weight
		}
		t := g.grow()
		for i, e := range examples {
			sum[i] += t.value(e.X)
		}
		f.trees = append(f.trees, t)
	}
	return f
}

// sort orders the examples by every feature.
func (g *grower) sort() {
	g.order = make([][]int, len(g.signs))
	for f := range g.order {
		order := make([]int, len(g.examples))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(g.examples[a].X[f], g.examples[b].X[f]) })
		g.order[f] = order
	}
}

// leaf is a leaf that may still be split, with the bounds that the splits above it set.
type leaf struct {
	low, high float64 // its value may lie there
	best      split
}

// split is how a leaf can be split, 0 gain if it can't.
type split struct {
	gain        float64
	feature     int
	at          float64
	left, right float64 // the values
}

// grow grows one tree, at its most promising leaf each time.
func (g *grower) grow() tree {
	var columns []int
	for f := range g.signs {
		if g.rng.Float64() < g.Columns {
			columns = append(columns, f)
		}
	}
	t := tree{{feature: -1}}
	for i := range g.leafOf {
		g.leafOf[i] = 0
	}
	t[0].at = g.Rate * g.value(0, math.Inf(-1), math.Inf(1))
	leaves := map[int]*leaf{0: {low: math.Inf(-1), high: math.Inf(1)}}
	leaves[0].best = g.bestSplit(0, leaves[0], columns)
	for len(leaves) < g.Leaves {
		at, best := -1, 1e-9
		for k := range t {
			if l := leaves[k]; l != nil && l.best.gain > best {
				at, best = k, l.best.gain
			}
		}
		if at < 0 {
			break
		}
		t = g.divide(t, at, leaves, columns)
	}
	return t
}

// divide splits the leaf at node k.
func (g *grower) divide(t tree, k int, leaves map[int]*leaf, columns []int) tree {
	l, s := leaves[k], leaves[k].best
	delete(leaves, k)
	left, right := len(t), len(t)+1
	t[k] = node{feature: s.feature, at: s.at, left: left, right: right}
	t = append(t, node{feature: -1, at: g.Rate * s.left}, node{feature: -1, at: g.Rate * s.right})
	for i, e := range g.examples {
		if g.leafOf[i] == k {
			g.leafOf[i] = right
			if e.X[s.feature] < s.at {
				g.leafOf[i] = left
			}
		}
	}
	a, b := &leaf{low: l.low, high: l.high}, &leaf{low: l.low, high: l.high}
	switch middle := (s.left + s.right) / 2; g.signs[s.feature] {
	case 1:
		a.high, b.low = middle, middle
	case -1:
		a.low, b.high = middle, middle
	}
	leaves[left], leaves[right] = a, b
	a.best, b.best = g.bestSplit(left, a, columns), g.bestSplit(right, b, columns)
	return t
}

// value returns what the leaf at node k says, within bounds.
func (g *grower) value(k int, low, high float64) float64 {
	grad, hess := 0.0, 0.0
	for i, at := range g.leafOf {
		if at == k {
			grad += g.grad[i]
			hess += g.hess[i]
		}
	}
	return min(max(grad/(hess+g.Ridge), low), high)
}

// bestSplit finds the split of the leaf at node k that helps most and keeps to the signs.
func (g *grower) bestSplit(k int, l *leaf, columns []int) split {
	grad, hess, count := 0.0, 0.0, 0
	for i, at := range g.leafOf {
		if at == k {
			grad += g.grad[i]
			hess += g.hess[i]
			count++
		}
	}
	own := min(max(grad/(hess+g.Ridge), l.low), l.high)
	worth := func(v, grad, hess float64) float64 { return v*grad - v*v*(hess+g.Ridge)/2 }
	whole := worth(own, grad, hess)
	best := split{}
	for _, f := range columns {
		gl, hl, n, last := 0.0, 0.0, 0, 0.0
		for _, i := range g.order[f] {
			if g.leafOf[i] != k {
				continue
			}
			x := g.examples[i].X[f]
			if n >= g.Least && count-n >= g.Least && x > last {
				left := min(max(gl/(hl+g.Ridge), l.low), l.high)
				right := min(max((grad-gl)/(hess-hl+g.Ridge), l.low), l.high)
				gain := worth(left, gl, hl) + worth(right, grad-gl, hess-hl) - whole
				if gain > best.gain && float64(g.signs[f])*(right-left) >= 0 {
					best = split{gain, f, (last + x) / 2, left, right}
				}
			}
			gl, hl, n, last = gl+g.grad[i], hl+g.hess[i], n+1, x
		}
	}
	return best
}
