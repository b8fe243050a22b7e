package main

import (
	"slices"

	"newsdesk/summarize/ground"
	"newsdesk/summarize/ground/internal/boost"
	"newsdesk/summarize/logistic"
)

// growth was chosen by the trial on unseen articles.
var growth = boost.Growth{Trees: 400, Leaves: 3, Rate: 0.04, Columns: 0.6, Least: 20, Ridge: 5, Seed: 1}

// ridge keeps the weights small that tell joined from written.
const ridge = 30

// learn makes a model. What sets the files apart, beside how their statements were made, must not count as a sign
// of truth: the trees are grown with the file as one more feature, which is averaged away afterwards.
func learn(all []judged, least, lean float64) *ground.Model {
	var truth, manner []logistic.Example
	for _, j := range all {
		if j.X == nil {
			continue
		}
		x := append(slices.Clone(j.X), float64(j.file))
		truth = append(truth, logistic.Example{X: x, Y: j.Y, Weight: j.Weight})
		manner = append(manner, logistic.Example{X: j.X, Y: j.file == 0, Weight: j.Weight})
	}
	signs := append(ground.Signs(), 0)
	borne := boost.Fit(truth, signs, growth).Average(len(signs)-1, 0, 1)
	return ground.NewModel(borne, logistic.Fit(manner, ridge), least, lean)
}

const (
	folds    = 10
	lost     = 0.095 // share of the supported statements of either file that the threshold may cost
	mostLean = 4.0
	step     = 0.05
)

// try judges every statement by a model that has not seen its article, and returns the threshold that flags
// most unsupported ones of both files together and costs no more supported ones than it may.
func try(all []judged) (least, lean float64) {
	for fold := range uint32(folds) {
		seen := slices.DeleteFunc(slices.Clone(all), func(j judged) bool { return j.article%folds == fold })
		m := learn(seen, 0, 1)
		for i, j := range all {
			if j.article%folds == fold && j.X != nil {
				all[i].log, all[i].margin = m.Margin(j.X, j.nameless)
				all[i].printed = m.Printed(j.X) && !j.named
			}
		}
	}
	best := -1.0
	for l := 0.0; l <= mostLean; l += step {
		cut := thresholdFor(all, l)
		if sum := shareBelow(all, 0, false, cut, l) + shareBelow(all, 1, false, cut, l); sum > best {
			best, least, lean = sum, cut, l
		}
	}
	for i, j := range all {
		all[i].margin = scaled(j, lean) - least
		if j.X == nil {
			all[i].log, all[i].margin = 100, 100
		} else if j.named {
			all[i].log, all[i].margin = j.log-100, -100
		}
	}
	return least, lean
}

// scaled returns the odds of a statement less what its manner costs at a lean; margin holds log less the manner.
func scaled(j judged, lean float64) float64 { return j.log - lean*(j.log-j.margin) }

// thresholdFor returns the highest threshold that costs neither file more than it may.
func thresholdFor(all []judged, lean float64) float64 {
	var values []float64
	for _, j := range all {
		if j.X != nil && j.Y && !j.named {
			values = append(values, scaled(j, lean))
		}
	}
	slices.Sort(values)
	least := values[0]
	for _, v := range values {
		if max(shareBelow(all, 0, true, v, lean), shareBelow(all, 1, true, v, lean)) > lost {
			break
		}
		least = v
	}
	return least
}

// shareBelow returns which share of a file's statements, supported ones or not, is not let through.
func shareBelow(all []judged, file int, supported bool, threshold, lean float64) float64 {
	n, below := 0.0, 0.0
	for _, j := range all {
		if j.file != file || j.Y != supported {
			continue
		}
		n++
		if j.X != nil && (j.named || scaled(j, lean) < threshold) {
			below++
		}
	}
	return below / max(1, n)
}
