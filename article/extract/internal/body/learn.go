package body

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
)

// Lesson is a page whose article is known.
type Lesson struct {
	Host string
	Page *Page
	Gold string // the article's text, paragraphs parted by line breaks

	labels []float64
}

const folds = 3

// Learn grows the model from lessons. The second forest learns from what a first forest says of pages of hosts
// that it has not seen, as it will be used.
func Learn(lessons []*Lesson) *Model {
	m := &Model{words: countWorth(lessons)}
	rows := make([][][]float32, len(lessons))
	for i, l := range lessons {
		rows[i] = l.Page.features(m.words, l.Host)
	}
	first := make([][]float64, len(lessons))
	for fold := range folds {
		var in []sample
		for i, l := range lessons {
			if foldOf(l.Host) != fold {
				in = append(in, l.samples(rows[i])...)
			}
		}
		f := grow(in, firstGrowth)
		for i, l := range lessons {
			if foldOf(l.Host) == fold {
				first[i] = judge(f, rows[i])
			}
		}
	}
	var ones, twos []sample
	for i, l := range lessons {
		ones = append(ones, l.samples(rows[i])...)
		twos = append(twos, l.samples(l.Page.context(rows[i], first[i]))...)
	}
	m.first = grow(ones, firstGrowth)
	m.second = grow(twos, secondGrowth)
	m.words.hosts = nil
	return m
}

var (
	firstGrowth  = growth{trees: 250, leaves: 28, rate: 0.06, columns: 0.3, rows: 0.6, minWeight: 2, ridge: 2, seed: 7}
	secondGrowth = growth{trees: 250, leaves: 24, rate: 0.05, columns: 0.3, rows: 0.6, minWeight: 2, ridge: 2, seed: 11}
)

func judge(f *forest, rows [][]float32) []float64 {
	out := make([]float64, len(rows))
	for i, row := range rows {
		out[i] = f.predict(row)
	}
	return out
}

// Holdout calls f with every lesson and a model that has seen no page of its host.
func Holdout(lessons []*Lesson, parts int, f func(*Lesson, *Model)) {
	for part := range parts {
		var in, out []*Lesson
		for _, l := range lessons {
			if int(hash(l.Host, "holdout"))%parts == part {
				out = append(out, l)
			} else {
				in = append(in, l)
			}
		}
		m := Learn(in)
		for _, l := range out {
			f(l, m)
		}
	}
}

func foldOf(host string) int { return int(hash(host, "fold")) % folds }

func hash(s, salt string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(salt + s)) // never fails
	return h.Sum32() >> 1
}

// samples are the lesson's blocks as samples: every page weighs about the same, its blocks by their
// length.
func (l *Lesson) samples(rows [][]float32) []sample {
	labels := l.label()
	total := 1
	for i, b := range l.Page.Blocks {
		if labels[i] > 0.5 {
			total += b.words
		}
	}
	out := make([]sample, len(rows))
	for i, row := range rows {
		weight := 0.15 + min(8, 40*float64(l.Page.Blocks[i].words)/float64(max(total, 150)))
		out[i] = sample{row, labels[i], weight}
	}
	return out
}

// label tells for every block whether the known article holds it.
func (l *Lesson) label() []float64 {
	if l.labels != nil {
		return l.labels
	}
	lines := make(map[string]int)
	for line := range strings.SplitSeq(l.Gold, "\n") {
		if f := fold(line); f != "" {
			lines[f]++
		}
	}
	gold := shingles(fold(l.Gold))
	l.labels = make([]float64, len(l.Page.Blocks))
	order := make([]int, len(l.Page.Blocks))
	for i := range order {
		order[i] = i
	}
	// Where a text stands twice, the one in the longer company is the article's.
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := l.Page.Blocks[a].node.parent, l.Page.Blocks[b].node.parent
		if x == nil || y == nil {
			return 0
		}
		return cmp.Or(cmp.Compare(y.longBytes, x.longBytes), cmp.Compare(y.textBytes, x.textBytes))
	})
	for _, i := range order {
		b := &l.Page.Blocks[i]
		if lines[b.folded] > 0 {
			lines[b.folded]--
			l.labels[i] = 1
			for s := range shingles(b.folded) {
				gold[s]--
			}
			continue
		}
		own := shingles(b.folded)
		found, all := 0, 0
		for s, n := range own {
			all += n
			found += min(n, max(gold[s], 0))
		}
		if all > 0 && found*2 > all {
			l.labels[i] = 1
			for s, n := range own {
				gold[s] -= n
			}
		}
	}
	return l.labels
}

// shingles counts the runs of four words of folded text; a character is a word where words are not
// spaced.
func shingles(folded string) map[string]int {
	var words []string
	for w := range strings.FieldsSeq(folded) {
		if len(w) >= 24 && w[0] >= 0xe0 {
			words = append(words, strings.Split(w, "")...)
			continue
		}
		words = append(words, w)
	}
	out := make(map[string]int)
	for i := 0; i+4 <= len(words); i++ {
		out[strings.Join(words[i:i+4], " ")]++
	}
	return out
}
