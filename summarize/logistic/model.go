// Package logistic turns features into a probability.
//
// A [Model] is logistic regression: one weight a feature and a constant, so that what it has learnt
// can be read, argued about and changed by hand. It is kept as text, one feature a line. [Fit] learns
// the weights from examples; it is for the commands that rebuild a model, the program only calls
// [Model.Log].
package logistic

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// constant is the name under which the constant stands in a file.
const constant = "constant"

// Model is a weight for every feature, and a constant.
type Model struct {
	Constant float64
	Weights  []float64
}

// Log returns the logarithm of the odds of x, any number; x has one value a weight.
func (m *Model) Log(x []float64) float64 {
	sum := m.Constant
	for i, w := range m.Weights {
		sum += w * x[i]
	}
	return sum
}

// Probability returns the probability, 0..1, that belongs to logarithmic odds.
func Probability(log float64) float64 { return 1 / (1 + math.Exp(-log)) }

// Parse reads a model for features of these names from lines of a name and a weight; "#" begins a
// comment. Every feature and the constant must stand there once.
func Parse(text string, names []string) (*Model, error) {
	weights := make(map[string]float64, len(names)+1)
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if len(fields) != 2 {
			return nil, fmt.Errorf("weights: %q is not a name and a weight", strings.TrimSpace(line))
		}
		w, err := strconv.ParseFloat(fields[1], 64)
		if err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("weights: %s has no weight: %q", fields[0], fields[1])
		}
		if _, twice := weights[fields[0]]; twice {
			return nil, fmt.Errorf("weights: %s stands there twice", fields[0])
		}
		weights[fields[0]] = w
	}
	m := &Model{Weights: make([]float64, len(names))}
	for i, name := range append(names[:len(names):len(names)], constant) {
		w, ok := weights[name]
		if !ok {
			return nil, fmt.Errorf("weights: %s is missing", name)
		}
		if i < len(names) {
			m.Weights[i] = w
		} else {
			m.Constant = w
		}
		delete(weights, name)
	}
	for name := range weights {
		return nil, fmt.Errorf("weights: %s is no feature", name)
	}
	return m, nil
}

// Write writes m as Parse reads it, under a comment.
func (m *Model) Write(w io.Writer, names []string, comment string) error {
	b := bufio.NewWriter(w)
	for line := range strings.SplitSeq(comment, "\n") {
		fmt.Fprintf(b, "# %s\n", line)
	}
	for i, name := range names {
		fmt.Fprintf(b, "%-14s %8.4f\n", name, m.Weights[i])
	}
	fmt.Fprintf(b, "%-14s %8.4f\n", constant, m.Constant)
	return b.Flush()
}
