package digest

import (
	"cmp"
	"fmt"
	"slices"
)

// together is how alike the articles of two groups are, on average, when they are one story. It is less than a half: two
// articles of an event that is told from two sides are less alike than the same two beside a third.
const together = 0.3

// group joins the articles of one event: agglomerative clustering by average linkage, so that a chain of articles each a
// little like the next does not become one story. It returns indices, each group in order, the groups by their first.
func group(traces []*trace, c *corpus) [][]int {
	likeness := make(map[[2]int]float64) // of two groups, by their first members, summed over the pairs of members
	members := make(map[int][]int, len(traces))
	for i := range traces {
		members[i] = []int{i}
	}
	for _, pair := range candidates(traces, c) {
		likeness[pair] = alike(traces[pair[0]], traces[pair[1]])
	}
	for {
		best, at := 0.0, [2]int{}
		for pair, sum := range likeness {
			mean := sum / float64(len(members[pair[0]])*len(members[pair[1]]))
			if mean > best || mean == best && (pair[0] < at[0] || pair[0] == at[0] && pair[1] < at[1]) {
				best, at = mean, pair
			}
		}
		if best < together {
			break
		}
		into, from := at[0], at[1]
		members[into] = append(members[into], members[from]...)
		delete(members, from)
		delete(likeness, at)
		for other := range members {
			old := ordered(from, other)
			if sum, ok := likeness[old]; ok && other != into {
				likeness[ordered(into, other)] += sum
				delete(likeness, old)
			}
		}
	}
	out := make([][]int, 0, len(members))
	for _, group := range members {
		slices.Sort(group)
		out = append(out, group)
	}
	slices.SortFunc(out, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return out
}

func ordered(a, b int) [2]int { return [2]int{min(a, b), max(a, b)} }

// candidates are the pairs that are worth comparing: they share names or words of a title that few articles have, or a
// stretch of text. Of n articles that is some n pairs, and not n².
func candidates(traces []*trace, c *corpus) [][2]int {
	few := max(8, len(traces)/8)
	at := map[string][]int{}
	seen := map[uint64][]int{}
	for i, t := range traces {
		for _, which := range []int{names, title, sounds, numbers} {
			for _, term := range t.vectors[which].terms {
				if c.holding[countedAs[which]][term.text] <= few {
					key := fmt.Sprint(which, term.text)
					at[key] = append(at[key], i)
				}
			}
		}
		for _, h := range t.shingles {
			if h%8 == 0 { // one in eight finds what has more than a sentence in common
				seen[h] = append(seen[h], i)
			}
		}
	}
	pairs := map[[2]int]bool{}
	add := func(who []int) {
		for i, a := range who {
			for _, b := range who[i+1:] {
				pairs[[2]int{a, b}] = true
			}
		}
	}
	for _, who := range at {
		add(who)
	}
	for _, who := range seen {
		if len(who) <= few {
			add(who)
		}
	}
	out := make([][2]int, 0, len(pairs))
	for pair := range pairs {
		out = append(out, pair)
	}
	return out
}
