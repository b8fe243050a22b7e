package main

import (
	"math"
	"testing"

	"newsdesk/summarize/logistic"
)

// statement makes one that a model gave these odds.
func statement(file int, supported bool, log float64) judged {
	return judged{Example: logistic.Example{X: []float64{0}, Y: supported, Weight: 1}, file: file, log: log, margin: log}
}

func TestThresholdCostsNeitherFileMore(t *testing.T) {
	var all []judged
	for i := range 100 {
		all = append(all, statement(0, true, float64(i)), statement(1, true, float64(i)+50), statement(0, false, float64(i)-60), statement(1, false, 10))
	}
	cut := thresholdFor(all, 0)
	for file := range 2 {
		if got := shareBelow(all, file, true, cut, 0); got > lost {
			t.Errorf("file %d loses %.2f", file, got)
		}
	}
	if above := shareBelow(all, 0, true, cut+1.5, 0); above <= lost {
		t.Errorf("a higher threshold than %v would lose only %.2f", cut, above)
	}
}

func TestWorth(t *testing.T) {
	some := []judged{statement(0, true, 3), statement(0, true, 1), statement(0, false, 2), statement(0, false, -1)}
	w := worthOf(some)
	if math.Abs(w.area-0.75) > 1e-9 || w.flagged != 0.5 || w.got != 0 {
		t.Errorf("%+v, want an area of 0.75, half flagged, none lost", w)
	}
}
