package logistic

import (
	"math"
	"slices"
)

// Example is one thing that was judged.
type Example struct {
	X []float64
	Y bool
	// Weight says how much the example counts beside the others; 0 counts as 1.
	Weight float64
}

// Fit returns the model with the highest likelihood, less ridge times half the square of each weight,
// so that weights stay small where the examples say little. Features are brought to one scale for
// that. It uses Newton's method, which is exact enough after a few rounds and gives the same weights
// on every run. All examples have the same number of features; without any, Fit returns the zero
// model of no features.
func Fit(examples []Example, ridge float64) *Model {
	if len(examples) == 0 {
		return &Model{}
	}
	n := len(examples[0].X)
	mean, scale := moments(examples)
	beta := make([]float64, n+1) // the constant comes last
	row := make([]float64, n+1)
	for range 25 {
		gradient := make([]float64, n+1)
		hessian := make([][]float64, n+1)
		for i := range hessian {
			hessian[i] = make([]float64, n+1)
			if i < n {
				gradient[i], hessian[i][i] = -ridge*beta[i], ridge
			}
		}
		for _, e := range examples {
			log := 0.0
			for i := range n {
				row[i] = (e.X[i] - mean[i]) / scale[i]
				log += beta[i] * row[i]
			}
			row[n] = 1
			p := Probability(log + beta[n])
			accumulate(gradient, hessian, row, p, e)
		}
		step := solve(hessian, gradient)
		size := 0.0
		for i := range beta {
			beta[i] += step[i]
			size = max(size, math.Abs(step[i]))
		}
		if size < 1e-9 {
			break
		}
	}
	m := &Model{Constant: beta[n], Weights: make([]float64, n)}
	for i := range n {
		m.Weights[i] = beta[i] / scale[i]
		m.Constant -= m.Weights[i] * mean[i]
	}
	return m
}

// FitSigned is Fit for features whose meaning is known: a feature with sign 1 may only speak for, one with
// sign -1 only against, one with 0 either way. Features that would speak against their meaning, because
// others already say the same, are left out one by one, the worst first; their weight is 0.
func FitSigned(examples []Example, ridge float64, signs []int) *Model {
	kept := make([]int, len(signs))
	for i := range kept {
		kept[i] = i
	}
	for {
		some := make([]Example, len(examples))
		for k, e := range examples {
			x := make([]float64, len(kept))
			for i, f := range kept {
				x[i] = e.X[f]
			}
			some[k] = Example{X: x, Y: e.Y, Weight: e.Weight}
		}
		m := Fit(some, ridge)
		_, scale := moments(some)
		worst, harm := -1, 0.0
		for i, f := range kept {
			if h := -m.Weights[i] * scale[i] * float64(signs[f]); h > harm {
				worst, harm = i, h
			}
		}
		if worst >= 0 {
			kept = slices.Delete(kept, worst, worst+1)
			continue
		}
		full := &Model{Constant: m.Constant, Weights: make([]float64, len(signs))}
		for i, f := range kept {
			full.Weights[f] = m.Weights[i]
		}
		return full
	}
}

// accumulate adds what one example says to the gradient and the Hessian of the likelihood.
func accumulate(gradient []float64, hessian [][]float64, row []float64, p float64, e Example) {
	weight := e.Weight
	if weight == 0 {
		weight = 1
	}
	y := 0.0
	if e.Y {
		y = 1
	}
	curve := weight * max(p*(1-p), 1e-9)
	for i, a := range row {
		gradient[i] += weight * (y - p) * a
		for j := range i + 1 {
			h := curve * a * row[j]
			hessian[i][j] += h
			if i != j {
				hessian[j][i] += h
			}
		}
	}
}

// moments returns the mean and the standard deviation of every feature, 1 where it never varies.
func moments(examples []Example) (mean, scale []float64) {
	n := len(examples[0].X)
	mean, scale = make([]float64, n), make([]float64, n)
	for _, e := range examples {
		for i, x := range e.X {
			mean[i] += x / float64(len(examples))
		}
	}
	for _, e := range examples {
		for i, x := range e.X {
			scale[i] += (x - mean[i]) * (x - mean[i]) / float64(len(examples))
		}
	}
	for i := range scale {
		if scale[i] = math.Sqrt(scale[i]); scale[i] < 1e-9 {
			scale[i] = 1
		}
	}
	return mean, scale
}

// solve returns x with ax = b by Gaussian elimination with pivots; a and b are used up. A direction
// that a says nothing of is left at 0.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for c := range n {
		pivot := c
		for r := c + 1; r < n; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[pivot][c]) {
				pivot = r
			}
		}
		a[c], a[pivot], b[c], b[pivot] = a[pivot], a[c], b[pivot], b[c]
		if math.Abs(a[c][c]) < 1e-12 {
			continue
		}
		for r := c + 1; r < n; r++ {
			f := a[r][c] / a[c][c]
			for k := c; k < n; k++ {
				a[r][k] -= f * a[c][k]
			}
			b[r] -= f * b[c]
		}
	}
	x := make([]float64, n)
	for c := n - 1; c >= 0; c-- {
		if math.Abs(a[c][c]) < 1e-12 {
			continue
		}
		sum := b[c]
		for k := c + 1; k < n; k++ {
			sum -= a[c][k] * x[k]
		}
		x[c] = sum / a[c][c]
	}
	return x
}
