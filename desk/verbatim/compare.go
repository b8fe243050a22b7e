package verbatim

import "strings"

// Difference is where a claim departs from what was said. One of the two is empty where words were left
// out or put in.
type Difference struct {
	Said    string `json:"said"`
	Claimed string `json:"claimed"`
}

// Match is how a claim compares with a statement.
type Match struct {
	Exact       bool    // word for word, but for what the conventions of quoting allow
	Score       float64 // 0..1: how much of the claim's weight was said, less what was left out inside
	Differences []Difference
	Start, End  int    // bytes of the statement that the claim was aligned with
	Said        []bool // for each word of the claim: it was said there
}

// The scores of the alignment: what a pair of words earns, and what a word without a partner costs.
const (
	same      = 1.0
	alike     = 0.7 // two forms of a word
	unlike    = -0.6
	leftOut   = -0.35 // said inside, not claimed
	putIn     = -0.35 // claimed, not said
	lightness = 0.35  // what all of it counts for when the word is a function word
	maxInsert = 6     // words said that bracketed words may stand for
)

// steps back through the alignment.
const (
	stop = iota
	pair
	skipSaid
	skipClaimed
	jump // over words said, for free: at an ellipsis or a bracketed word
)

// Compare aligns the claim with a statement.
func (c Claim) Compare(said string) Match {
	ws := read(said, 0, len(said), c.language)
	if len(ws) == 0 || len(c.words) == 0 {
		return Match{Said: make([]bool, len(c.words))}
	}
	return c.trace(said, ws, c.align(ws))
}

// table is the alignment of n claimed words (rows) with m said ones.
type table struct {
	back []uint8 // (n+1)×(m+1)
	m    int
	end  int // column at which the best alignment ends
}

func (t table) at(i, j int) uint8 { return t.back[i*(t.m+1)+j] }

func (c Claim) align(said []word) table {
	n, m := len(c.words), len(said)
	t := table{back: make([]uint8, (n+1)*(m+1)), m: m}
	before, row := make([]float64, m+1), make([]float64, m+1)
	for i := 1; i <= n; i++ {
		claimed := c.words[i-1]
		free := claimed.gap || claimed.inserted
		for j := 0; j <= m; j++ {
			best, step := before[j]+cost(putIn, claimed), uint8(skipClaimed)
			if free {
				best = before[j]
			}
			if j > 0 {
				if v := before[j-1] + worth(claimed, said[j-1]); !claimed.gap && v > best {
					best, step = v, pair
				}
				// Words said that the claim leaves out are free at a gap. Those before it begins and after
				// it ends cost nothing: the claim starts in any column and ends in the best.
				out := cost(leftOut, said[j-1])
				if free {
					out = 0
				}
				if v := row[j-1] + out; v > best {
					best, step = v, skipSaid
					if free {
						step = jump
					}
				}
			}
			row[j] = best
			t.back[i*(m+1)+j] = step
		}
		before, row = row, before
	}
	for j := range before {
		if before[j] > before[t.end] {
			t.end = j
		}
	}
	return t
}

// worth is what it earns to hold a claimed word against a said one.
func worth(claimed, said word) float64 {
	switch {
	case claimed.inserted:
		return 0
	case claimed.folded == said.folded:
		return cost(same, claimed)
	case claimed.stem == said.stem:
		return cost(alike, claimed)
	}
	return cost(unlike, claimed)
}

func cost(v float64, w word) float64 {
	if w.light {
		return v * lightness
	}
	return v
}

// trace walks the alignment back and tells what differs.
func (c Claim) trace(text string, said []word, t table) Match {
	m := Match{Said: make([]bool, len(c.words)), Exact: true}
	var runs []run // from the end to the beginning
	differ := func(claimed, said int) {
		m.Exact = false
		if n := len(runs); n > 0 && runs[n-1].open {
			runs[n-1].add(claimed, said)
			return
		}
		r := run{claimed: [2]int{-1, -1}, said: [2]int{-1, -1}, open: true}
		r.add(claimed, said)
		runs = append(runs, r)
	}
	agree := func() {
		if n := len(runs); n > 0 {
			runs[n-1].open = false
		}
	}
	var got, lost float64
	jumped := 0 // words said that the bracketed word in hand stands for
	i, j := len(c.words), t.end
	first, last := t.end, t.end
	for i > 0 {
		w := c.words[i-1]
		switch t.at(i, j) {
		case pair:
			i, j = i-1, j-1
			first = j
			switch {
			case w.inserted:
				agree()
			case w.folded == said[j].folded:
				got += w.weight()
				m.Said[i] = true
				agree()
			case w.stem == said[j].stem:
				got += alike * w.weight()
				m.Said[i] = true
				differ(i, j)
			default:
				differ(i, j)
			}
		case skipSaid:
			j--
			lost += said[j].weight()
			differ(-1, j)
		case jump:
			j--
			agree()
			if jumped++; w.inserted && jumped > maxInsert {
				m.Exact = false // brackets may hold "[the president]", not stand for a speech
			}
			continue
		default:
			i--
			if w.gap || w.inserted {
				agree()
			} else {
				differ(i, -1)
			}
		}
		jumped = 0
	}
	if first < last {
		m.Start, m.End = said[first].start, said[last-1].end
	}
	if c.weight > 0 {
		m.Score = max(0, got-lost*lightness) / c.weight
	}
	for k := len(runs) - 1; k >= 0; k-- {
		m.Differences = append(m.Differences, Difference{
			Said: slice(text, said, runs[k].said), Claimed: slice(c.text, c.words, runs[k].claimed),
		})
	}
	return m
}

// run is neighbouring words that differ: the first and last index of each side, -1 for none.
type run struct {
	claimed, said [2]int
	open          bool
}

// add takes in a pair further to the front.
func (r *run) add(claimed, said int) {
	for _, side := range []struct {
		of *[2]int
		at int
	}{{&r.claimed, claimed}, {&r.said, said}} {
		if side.at < 0 {
			continue
		}
		if side.of[1] < 0 {
			side.of[1] = side.at
		}
		side.of[0] = side.at
	}
}

func slice(text string, ws []word, of [2]int) string {
	if of[0] < 0 {
		return ""
	}
	return strings.TrimSpace(text[ws[of[0]].start:ws[of[1]].end])
}
