package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// line is a stretch of letters on one baseline without a wide gap.
type line struct {
	text             string
	left, right, top float64
	size             float64
	page             int
	edge             bool // among the first or the last of its page
}

// rows gathers runs into lines, and lines on one baseline into rows, from the top down.
func rows(runs []run) [][]line {
	var out [][]line
	for _, same := range baselines(runs) {
		if row := lines(same); len(row) > 0 {
			out = append(out, row)
		}
	}
	return out
}

const (
	wordGap   = 0.16 // of the size: a space stands here though none is shown
	columnGap = 1.3  // of the size: what follows is another column's
)

// lines puts the runs of one baseline together, from the left.
func lines(runs []run) []line {
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(a.left, b.left) })
	var out []line
	var b strings.Builder
	var l line
	flush := func() {
		if l.text = strings.Join(strings.Fields(b.String()), " "); l.text != "" {
			out = append(out, l)
		}
		b.Reset()
	}
	for i, r := range runs {
		switch {
		case i == 0:
			l = line{left: r.left, right: r.right, top: r.top, size: r.size}
		case r.left-l.right > columnGap*max(r.size, l.size):
			flush()
			l = line{left: r.left, right: r.right, top: r.top, size: r.size}
		case r.left-l.right > wordGap*r.size:
			b.WriteByte(' ')
		}
		b.WriteString(plain(r.said))
		l.right, l.size = max(l.right, r.right), max(l.size, r.size)
	}
	flush()
	return out
}

// ligatures are letters that are one character in print.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st", "\u00a0", " ")

// plain takes ligatures apart and leaves out what nobody sees.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == unicode.ReplacementChar || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, ligatures.Replace(s))
}

// readingOrder puts the lines of a page in the order in which they are read: where several rows in a row leave the
// same gap free, what stands left of it comes first.
func readingOrder(all [][]line) []line {
	var out []line
	for from := 0; from < len(all); {
		to, gap := columns(all, from)
		if to-from < minColumnRows {
			out = append(out, all[from]...)
			from++
			continue
		}
		var left, right [][]line
		for _, row := range all[from:to] {
			var l, r []line
			for _, part := range row {
				if part.right <= gap {
					l = append(l, part)
				} else {
					r = append(r, part)
				}
			}
			if len(l) > 0 {
				left = append(left, l)
			}
			if len(r) > 0 {
				right = append(right, r)
			}
		}
		out = append(append(out, readingOrder(left)...), readingOrder(right)...)
		from = to
	}
	return out
}

// minColumnRows is how many rows make columns.
const minColumnRows = 4

// maxColumnRows bounds how far down columns are looked for.
const maxColumnRows = 400

// columns returns where the columns end that begin with the row at from, and a place in the gap between the first of
// them and the rest. There are none where it returns from.
func columns(all [][]line, from int) (to int, gap float64) {
	low, high := math.Inf(-1), math.Inf(1)
	parted, begun := 0, 0
	for to = from; to < min(len(all), from+maxColumnRows); to++ {
		row := all[to]
		if len(row) == 1 && math.IsInf(low, -1) {
			break // columns begin side by side
		}
		l, h := low, high
		switch {
		case len(row) > 1:
			l, h = max(low, row[0].right), min(high, row[1].left)
		case row[0].left < (low+high)/2:
			l = max(low, row[0].right)
		default:
			h = min(high, row[0].left)
		}
		if h-l < 0.5*row[0].size {
			break
		}
		low, high = l, h
		if len(row) > 1 {
			parted++
		}
		begun++
	}
	if parted < minColumnRows || parted*3 < begun {
		return from, 0
	}
	return to, (low + high) / 2
}
