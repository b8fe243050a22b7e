package logistic

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestFitFindsTheWeightsThatMadeTheExamples(t *testing.T) {
	truth := Model{Constant: -0.5, Weights: []float64{2, -1, 0}}
	rng := rand.New(rand.NewPCG(1, 2))
	var examples []Example
	for range 20000 {
		x := []float64{rng.NormFloat64(), 3 + 2*rng.NormFloat64(), rng.NormFloat64()}
		examples = append(examples, Example{X: x, Y: rng.Float64() < Probability(truth.Log(x))})
	}
	m := Fit(examples, 0.1)
	for i, w := range truth.Weights {
		if math.Abs(m.Weights[i]-w) > 0.1 {
			t.Errorf("weight %d is %.3f, want about %v", i, m.Weights[i], w)
		}
	}
	if math.Abs(m.Constant-truth.Constant) > 0.2 {
		t.Errorf("constant is %.3f, want about %v", m.Constant, truth.Constant)
	}
}

func TestFitStaysFinite(t *testing.T) {
	tests := map[string][]Example{
		"one example":       {{X: []float64{1}, Y: true}},
		"parted by a line":  {{X: []float64{1}, Y: true}, {X: []float64{-1}}},
		"feature is silent": {{X: []float64{7, 1}, Y: true}, {X: []float64{7, 2}}},
		"none":              nil,
	}
	for name, examples := range tests {
		m := Fit(examples, 1)
		for _, w := range append(m.Weights, m.Constant) {
			if math.IsNaN(w) || math.IsInf(w, 0) {
				t.Errorf("%s: weight %v", name, w)
			}
		}
	}
}

func TestWriteAndParse(t *testing.T) {
	names := []string{"length", "place"}
	m := &Model{Constant: -1.25, Weights: []float64{0.5, 2}}
	var b strings.Builder
	if err := m.Write(&b, names, "what it is\nand where from"); err != nil {
		t.Fatal(err)
	}
	got, err := Parse(b.String(), names)
	if err != nil {
		t.Fatal(err)
	}
	x := []float64{2, 3}
	if got.Log(x) != m.Log(x) || m.Log(x) != 5.75 {
		t.Errorf("read back, the odds are %v, were %v, want 5.75", got.Log(x), m.Log(x))
	}
}

func TestParseRefuses(t *testing.T) {
	tests := map[string]string{
		"length 1\n":                             "place is missing",
		"length 1\nplace 2\n":                    "constant is missing",
		"length 1\nplace 2\nconstant 0\nodd 3\n": "odd is no feature",
		"length 1\nlength 2\n":                   "twice",
		"length one\n":                           "no weight",
		"length NaN\n":                           "no weight",
		"length 1 2\n":                           "not a name",
	}
	for text, want := range tests {
		_, err := Parse(text, []string{"length", "place"})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", text, err, want)
		}
	}
}

func TestFitSignedKeepsTheMeaning(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var examples []Example
	for range 5000 {
		a, b := rng.NormFloat64(), rng.NormFloat64()
		examples = append(examples, Example{X: []float64{a, b}, Y: rng.Float64() < Probability(2*a-b)})
	}
	if m := FitSigned(examples, 1, []int{1, 1}); m.Weights[0] < 1 || m.Weights[1] != 0 {
		t.Errorf("weights %v, want a positive one and 0", m.Weights)
	}
	if m := FitSigned(examples, 1, []int{0, -1}); m.Weights[0] < 1 || m.Weights[1] > -0.5 {
		t.Errorf("weights %v, want about 2 and -1", m.Weights)
	}
}
