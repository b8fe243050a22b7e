package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

const (
	gutterWidth = 0.6  // of the size: a gap between columns is at least as wide
	columnWidth = 8    // of the size: what is narrower is a list's marks or numbers
	gutterShare = 6    // for one row that runs across a gutter, so many on either side do not
	maxGutters  = 8    // within one another
	pageWidth   = 2000 // points, beyond which no gutter is looked for
)

// inOrder returns the lines of a page as they are read. Where a gutter parts it, what stands left of it comes first, from
// one row that runs across to the next.
func inOrder(runs []run, depth int) []line {
	all := baselines(runs)
	at, ok := gutter(all)
	if !ok || depth >= maxGutters {
		return readingOrder(rows(runs))
	}
	var out []line
	var left, right, across []run
	flush := func() {
		out = append(out, readingOrder(rows(across))...)
		out = append(append(out, inOrder(left, depth+1)...), inOrder(right, depth+1)...)
		left, right, across = nil, nil, nil
	}
	for _, row := range all {
		if crosses(row, at) {
			if len(left)+len(right) > 0 {
				flush()
			}
			across = append(across, row...)
			continue
		}
		for _, r := range row {
			if r.left < at {
				left = append(left, r)
			} else {
				right = append(right, r)
			}
		}
	}
	flush()
	return out
}

// gutter returns a place that stays free between the two sides of a page over many rows, as a vertical projection of its
// letters shows; false where there is none.
func gutter(all [][]run) (at float64, ok bool) {
	var covered, leftOf, rightOf [pageWidth + 2]int // differences from one point to the next, of rows
	var sizes []float64
	low, high := float64(pageWidth), 0.0
	for _, row := range all {
		parts := stretches(row)
		if len(parts) == 0 {
			continue
		}
		for _, p := range parts {
			covered[point(p.left)]++
			covered[point(math.Ceil(p.right))+1]--
		}
		leftOf[point(math.Ceil(parts[0].right))]++
		rightOf[0]++
		rightOf[point(parts[len(parts)-1].left)+1]--
		sizes = append(sizes, row[0].size)
		low, high = min(low, parts[0].left), max(high, parts[len(parts)-1].right)
	}
	if len(sizes) < minColumnRows {
		return 0, false
	}
	slices.Sort(sizes)
	size := sizes[len(sizes)/2]
	best, begun, c, l, r := gutterWidth*size, -1, 0, 0, 0
	for x := range pageWidth + 1 {
		c, l, r = c+covered[x], l+leftOf[x], r+rightOf[x]
		if least := min(l, r); least < minColumnRows || c*gutterShare > least {
			begun = -1
			continue
		}
		if begun < 0 {
			begun = x
		}
		middle := float64(begun+x) / 2
		if width := float64(x - begun); width >= best && middle-low >= columnWidth*size && high-middle >= columnWidth*size {
			best, at, ok = width, middle, true
		}
	}
	return at, ok
}

// point is the bin of a place.
func point(x float64) int { return int(min(max(x, 0), pageWidth)) }

// baselines gathers runs that stand on one baseline, from the top down.
func baselines(runs []run) [][]run {
	runs = slices.Clone(runs)
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(b.top, a.top) })
	var out [][]run
	for from := 0; from < len(runs); {
		to := from + 1
		for to < len(runs) && runs[from].top-runs[to].top < 0.35*max(runs[from].size, runs[to].size) {
			to++
		}
		out = append(out, runs[from:to])
		from = to
	}
	return out
}

// stretches are the runs of one baseline with what stands closer to one another than columns do put together, from the
// left. Spaces alone cover nothing.
func stretches(row []run) []run {
	row = slices.Clone(row)
	slices.SortStableFunc(row, func(a, b run) int { return cmp.Compare(a.left, b.left) })
	var out []run
	for _, r := range row {
		if strings.TrimSpace(r.said) == "" {
			continue
		}
		if n := len(out); n > 0 && r.left-out[n-1].right < gutterWidth*r.size {
			out[n-1].right = max(out[n-1].right, r.right)
			continue
		}
		out = append(out, r)
	}
	return out
}

// crosses reports whether a row runs across a place.
func crosses(row []run, at float64) bool {
	return slices.ContainsFunc(stretches(row), func(r run) bool { return r.left < at && r.right > at })
}
