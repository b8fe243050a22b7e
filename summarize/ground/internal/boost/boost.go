// Package boost learns small decision trees that add up to a logarithm of odds.
//
// A [Forest] is gradient boosting of the logistic loss (Friedman, 2001). For every feature it can be laid down
// that it may only speak for the answer or only against it; the trees then keep to that everywhere, which is worth
// more than anything else where examples are few. [Fit] learns a forest, [Forest.Log] asks it, and it is kept as
// text, a node a line, which [Parse] reads.
package boost

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// Forest is a sum of trees.
type Forest struct {
	Base  float64 // logarithm of the odds before any tree
	trees []tree
}

// tree is laid out in an array; the root comes first, children behind their parents.
type tree []node

// node asks whether a feature is below at; a leaf has feature -1 and its value in at.
type node struct {
	feature     int
	at          float64
	left, right int
}

// Log returns the logarithm of the odds of x, any number.
func (f *Forest) Log(x []float64) float64 {
	sum := f.Base
	for _, t := range f.trees {
		sum += t.value(x)
	}
	return sum
}

func (t tree) value(x []float64) float64 {
	k := 0
	for t[k].feature >= 0 {
		if x[t[k].feature] < t[k].at {
			k = t[k].left
		} else {
			k = t[k].right
		}
	}
	return t[k].at
}

// Average returns a forest that no longer asks for the last feature: it answers with the mean of f's answers for
// the values that are given. So one learns in spite of a difference between sets of examples, and not from it.
func (f *Forest) Average(last int, values ...float64) *Forest {
	out := &Forest{Base: f.Base}
	for _, t := range f.trees {
		for _, v := range values {
			var fixed tree
			t.fix(0, last, v, 1/float64(len(values)), &fixed)
			out.trees = append(out.trees, fixed)
		}
	}
	return out
}

// fix copies the tree below node k, with feature held at value and leaves times share, and returns its index.
func (t tree) fix(k, feature int, value, share float64, to *tree) int {
	n := t[k]
	if n.feature == feature {
		if value < n.at {
			return t.fix(n.left, feature, value, share, to)
		}
		return t.fix(n.right, feature, value, share, to)
	}
	i := len(*to)
	if n.feature < 0 {
		*to = append(*to, node{feature: -1, at: n.at * share})
		return i
	}
	*to = append(*to, n)
	left := t.fix(n.left, feature, value, share, to)
	right := t.fix(n.right, feature, value, share, to)
	(*to)[i].left, (*to)[i].right = left, right
	return i
}

// Write writes f as Parse reads it.
func (f *Forest) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "forest %d %.5f\n", len(f.trees), f.Base)
	for _, t := range f.trees {
		fmt.Fprintf(b, "tree %d\n", len(t))
		for _, n := range t {
			fmt.Fprintf(b, "%d %.6g %d %d\n", n.feature, n.at, n.left, n.right)
		}
	}
	return b.Flush()
}

// ErrDamaged is the error of a text that is no forest.
var ErrDamaged = errors.New("not a forest")

// most bounds the trees of a forest and the nodes of a tree that are read.
const most = 1 << 12

// Parse reads a forest that asks for no feature beyond the given number.
func Parse(text string, features int) (*Forest, error) {
	r := strings.NewReader(text)
	f := &Forest{}
	var trees int
	if _, err := fmt.Fscanf(r, "forest %d %f\n", &trees, &f.Base); err != nil || trees < 0 || trees > most {
		return nil, fmt.Errorf("%w: no head", ErrDamaged)
	}
	for i := range trees {
		var nodes int
		if _, err := fmt.Fscanf(r, "tree %d\n", &nodes); err != nil || nodes < 1 || nodes > most {
			return nil, fmt.Errorf("%w: tree %d has no head", ErrDamaged, i)
		}
		t := make(tree, nodes)
		for k := range t {
			n := &t[k]
			_, err := fmt.Fscanf(r, "%d %g %d %d\n", &n.feature, &n.at, &n.left, &n.right)
			inside := n.feature < 0 || n.feature < features && n.left > k && n.right > k && n.left < nodes && n.right < nodes
			if err != nil || !inside || math.IsNaN(n.at) || math.IsInf(n.at, 0) {
				return nil, fmt.Errorf("%w: tree %d, node %d", ErrDamaged, i, k)
			}
		}
		f.trees = append(f.trees, t)
	}
	return f, nil
}
