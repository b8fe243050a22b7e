package extractive

import (
	_ "embed"
	"slices"
	"sync"

	"newsdesk/summarize"
	"newsdesk/summarize/logistic"
)

//go:embed weights.txt
var weights string

// model is the learnt scorer.
var model = sync.OnceValue(func() *logistic.Model {
	m, err := logistic.Parse(weights, Features)
	if err != nil {
		panic("extractive: " + err.Error()) // the file is part of the program, and a test reads it
	}
	return m
})

// alike is the likeness from which on a sentence only repeats one that was chosen.
const alike = 0.55

// What a point owes its reader beyond the learnt score, in logarithmic odds. Points are read one by
// one: the first tells the news, and none should need the sentence before it. Running text forgives
// more.
const (
	ledePoint      = 1.5
	leaningPoint   = -1.0
	leaningRunning = -0.25
)

// score returns how much each candidate deserves to be chosen.
func score(cs []candidate, vs [][]float64, opt Options) []float64 {
	out := make([]float64, len(cs))
	leaning := leaningPoint
	if opt.Words > 0 {
		leaning = leaningRunning
	}
	for i, v := range vs {
		out[i] = model().Log(v) + leaning*v[fPronoun]
		if i == 0 && opt.Words <= 0 {
			out[i] += ledePoint
		}
	}
	return out
}

// points is how many points a length asks for.
func points(l summarize.Length) int {
	switch l {
	case summarize.Brief:
		return 2
	case summarize.Detailed:
		return 7
	default:
		return 4
	}
}

// choose returns the indices of the chosen candidates in order: the best first, none that repeats
// another, until there is enough.
func choose(cs []candidate, scores []float64, sim [][]float64, opt Options) []int {
	order := make([]int, len(cs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case scores[i] > scores[j]:
			return -1
		case scores[i] < scores[j]:
			return 1
		}
		return 0
	})
	var chosen []int
	words := 0
	for _, i := range order {
		if opt.Words > 0 && words >= opt.Words || opt.Words <= 0 && len(chosen) >= points(opt.Length) {
			break
		}
		repeats := func(j int) bool { return sim[i][j] > alike || cs[i].text == cs[j].text }
		if slices.ContainsFunc(chosen, repeats) {
			continue
		}
		chosen = append(chosen, i)
		words += cs[i].words
	}
	slices.Sort(chosen)
	return chosen
}
