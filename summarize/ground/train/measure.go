package main

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
)

// worth is what is measured of a file's statements.
type worth struct {
	area, recall float64 // under the ROC curve; of unsupported statements where a tenth of the others is lost
	flagged, got float64 // of unsupported and of supported statements, by the program's threshold
	lies, truths float64 // of unsupported and of supported statements that would be printed
}

// draws is how often articles are drawn anew.
const draws = 500

// measure reports what the trial was worth for a file.
func measure(report io.Writer, name string, all []judged, file int) {
	byArticle := map[uint32][]judged{}
	for _, j := range all {
		if j.file == file {
			byArticle[j.article] = append(byArticle[j.article], j)
		}
	}
	articles := slices.Sorted(maps.Keys(byArticle))
	of := func(pick func(i int) uint32) worth {
		var some []judged
		for i := range articles {
			some = append(some, byArticle[pick(i)]...)
		}
		return worthOf(some)
	}
	whole := of(func(i int) uint32 { return articles[i] })
	rng := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // the same intervals every time
	var drawn []worth
	for range draws {
		drawn = append(drawn, of(func(int) uint32 { return articles[rng.IntN(len(articles))] }))
	}
	for _, line := range []struct {
		what string
		of   func(worth) float64
	}{
		{"area under the curve", func(w worth) float64 { return w.area }},
		{"recall at 10 % lost", func(w worth) float64 { return w.recall }},
		{"recall as shipped", func(w worth) float64 { return w.flagged }},
		{"lost as shipped", func(w worth) float64 { return w.got }},
		{"unsupported printed", func(w worth) float64 { return w.lies }},
		{"supported printed", func(w worth) float64 { return w.truths }},
	} {
		var values []float64
		for _, w := range drawn {
			values = append(values, line.of(w))
		}
		slices.Sort(values)
		fmt.Fprintf(report, "%s: %-20s %.3f (%.3f to %.3f)\n", name, line.what, line.of(whole), values[draws/40], values[draws-1-draws/40])
	}
}

// worthOf measures statements.
func worthOf(some []judged) worth {
	var good, bad []float64
	var w worth
	for _, j := range some {
		flagged := 0.0
		if j.margin < 0 {
			flagged = 1
		}
		printed := 0.0
		if j.printed {
			printed = 1
		}
		if j.Y {
			w.truths += printed
			good = append(good, j.log)
			w.got += flagged
		} else {
			bad = append(bad, j.log)
			w.lies += printed
			w.flagged += flagged
		}
	}
	if len(good) == 0 || len(bad) == 0 {
		return w
	}
	w.got /= float64(len(good))
	w.flagged /= float64(len(bad))
	w.truths /= float64(len(good))
	w.lies /= float64(len(bad))
	slices.Sort(good)
	threshold := good[len(good)/10]
	for _, b := range bad {
		if b < threshold {
			w.recall += 1 / float64(len(bad))
		}
		first, _ := slices.BinarySearch(good, b)
		after, _ := slices.BinarySearchFunc(good, b, func(g, b float64) int {
			if g <= b {
				return -1
			}
			return 1
		})
		w.area += (float64(len(good)-after) + float64(after-first)/2) / float64(len(good)) / float64(len(bad))
	}
	return w
}
