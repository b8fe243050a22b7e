package body

import (
	"math"
)

// forest is a sum of decision trees whose result is a log-odds.
type forest struct {
	base  float64
	trees []tree
}

// tree is a decision tree laid out in an array; the root comes first.
type tree []node

// node asks whether feature is below the threshold; a leaf has feature -1 and its value in threshold.
type node struct {
	feature     int16
	left, right int16
	threshold   float32
}

// predict returns a probability.
func (f *forest) predict(row []float32) float64 {
	sum := f.base
	for _, t := range f.trees {
		sum += t.value(row)
	}
	return 1 / (1 + math.Exp(-sum))
}

// value is that of the leaf that a row ends in.
func (t tree) value(row []float32) float64 {
	at := 0
	for t[at].feature >= 0 {
		if row[t[at].feature] < t[at].threshold {
			at = int(t[at].left)
		} else {
			at = int(t[at].right)
		}
	}
	return float64(t[at].threshold)
}
