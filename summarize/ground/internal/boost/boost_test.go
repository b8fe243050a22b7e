package boost

import (
	"math/rand/v2"
	"strings"
	"testing"

	"newsdesk/summarize/logistic"
)

var how = Growth{Trees: 60, Leaves: 4, Rate: 0.1, Columns: 1, Least: 20, Ridge: 1, Seed: 1}

// square makes examples that are mostly true where both features are on the same side of 0.
func square(n int) []logistic.Example {
	rng := rand.New(rand.NewPCG(1, 2))
	var out []logistic.Example
	for range n {
		x := []float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}
		out = append(out, logistic.Example{X: x, Y: (x[0] > 0) == (x[1] > 0.2), Weight: 1})
	}
	return out
}

func TestFitFindsWhatNoSumOfFeaturesTells(t *testing.T) {
	f := Fit(square(2000), []int{0, 0, 0}, how)
	for _, e := range []struct {
		x    []float64
		want bool
	}{{[]float64{1, 1, 0}, true}, {[]float64{-1, -1, 0}, true}, {[]float64{1, -1, 0}, false}, {[]float64{-1, 1, 0}, false}} {
		if got := f.Log(e.x); got > 0 != e.want {
			t.Errorf("%v: %.2f, want positive %v", e.x, got, e.want)
		}
	}
}

func TestSignsHoldEverywhere(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	f := Fit(square(1500), []int{1, -1, 0}, how)
	for range 2000 {
		x := []float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}
		before := f.Log(x)
		up := []float64{x[0] + rng.Float64(), x[1], x[2]}
		down := []float64{x[0], x[1] + rng.Float64(), x[2]}
		if f.Log(up) < before-1e-9 || f.Log(down) > before+1e-9 {
			t.Fatalf("at %v: %.4f, with more of the first %.4f, of the second %.4f", x, before, f.Log(up), f.Log(down))
		}
	}
}

func TestAverageIsTheMean(t *testing.T) {
	f := Fit(square(1000), []int{0, 0, 0}, how)
	g := f.Average(1, -1, 1)
	for _, x := range []float64{-2, -0.5, 0.1, 3} {
		want := (f.Log([]float64{x, -1, x}) + f.Log([]float64{x, 1, x})) / 2
		if got := g.Log([]float64{x, 77, x}); got-want > 1e-9 || want-got > 1e-9 {
			t.Errorf("at %v: %v, want %v", x, got, want)
		}
	}
}

func TestWriteAndParse(t *testing.T) {
	f := Fit(square(500), []int{0, 0, 0}, how)
	var b strings.Builder
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := Parse(b.String(), 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range square(50) {
		if d := got.Log(e.X) - f.Log(e.X); d > 0.01 || d < -0.01 {
			t.Errorf("%v: read back %v, was %v", e.X, got.Log(e.X), f.Log(e.X))
		}
	}
	for _, bad := range []string{"", "forest 1 0\n", "forest 1 0\ntree 1\n", "forest 1 0\ntree 1\n5 1 1 1\n", "forest 1 0\ntree 1\n0 1 0 0\n", "forest -1 0\n"} {
		if _, err := Parse(bad, 3); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
	if f := Fit(nil, nil, how); f.Log(nil) != 0 {
		t.Error("of no examples something is learnt")
	}
}
