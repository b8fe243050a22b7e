package body

import (
	"math"
	"strings"
	"unicode/utf8"
)

// worth knows how often a block is part of the article where a word stands in the class or id of an
// element around it, or in its own text.
type worth struct {
	name map[string]count
	word map[string]count
	// hosts holds each host's own part of the counts while learning, nil afterwards.
	hosts map[string]*worth
}

// count sums over hosts the share of blocks that were part of the article.
type count struct {
	share float32
	hosts float32
}

const (
	prior       = 0.25 // share of blocks that are part of an article, roughly
	priorWeight = 3
	minHosts    = 5 // a word of fewer hosts says nothing in general
)

// logOdds is what a count is worth, 0 for nothing.
func (c count) logOdds() float32 {
	if c.hosts < minHosts {
		return 0
	}
	share := (float64(c.share) + prior*priorWeight) / (float64(c.hosts) + priorWeight)
	return float32(math.Log(share/(1-share)) - math.Log(prior/(1-prior)))
}

func (w *worth) nameOdds(s, host string) float32 { return odds(w.name, s, w.part(host).name) }
func (w *worth) wordOdds(s, host string) float32 { return odds(w.word, s, w.part(host).word) }

// part is what host alone has counted.
func (w *worth) part(host string) *worth {
	if h := w.hosts[host]; h != nil {
		return h
	}
	return &worth{}
}

func odds(all map[string]count, s string, own map[string]count) float32 {
	c, ok := all[s]
	if !ok {
		return 0
	}
	o := own[s]
	return count{c.share - o.share, c.hosts - o.hosts}.logOdds()
}

// nameWorth is what the names of a scope and those around it are worth.
type nameWorth struct{ sum, low, high float32 }

// nameFeatures describes a block by the names around it.
func nameFeatures(s *scope, w *worth, host string, known map[*scope]nameWorth) []float32 {
	row := make([]float32, 0, 16)
	total := nameWorth{}
	for level := 0; s != nil; level, s = level+1, s.parent {
		n, ok := known[s]
		if !ok {
			for _, name := range s.names {
				o := w.nameOdds(name, host)
				n.sum += o
				n.low = min(n.low, o)
				n.high = max(n.high, o)
			}
			known[s] = n
		}
		if level < 4 {
			row = append(row, n.low, n.high)
		}
		if level < 12 {
			total.sum += n.sum
			total.low = min(total.low, n.low)
			total.high = max(total.high, n.high)
		}
	}
	for len(row) < 8 {
		row = append(row, 0)
	}
	return append(row, total.sum, total.low, total.high)
}

// text describes a block by the worth of its words.
func (w *worth) text(b *Block, host string) []float32 {
	var sum, low, high, first, last float32
	n := 0
	eachWord(b, func(word string) {
		o := w.wordOdds(word, host)
		if n == 0 {
			first = o
		}
		last = o
		sum += o
		low = min(low, o)
		high = max(high, o)
		n++
	})
	return []float32{sum / float32(max(n, 1)), low, high, first, last, sum}
}

// eachWord calls f with the words of b that say most about it: the first sixteen and the last three, where a
// caption names its source and an author's note its author. Numbers are one word.
func eachWord(b *Block, f func(string)) {
	say := func(word string) {
		if word[0] >= '0' && word[0] <= '9' {
			word = "0"
		}
		f(clip(word, 24))
	}
	n, rest := 0, b.folded
	for word := range strings.FieldsSeq(b.folded) {
		if n == 16 {
			break
		}
		say(word)
		rest = rest[min(len(rest), len(word)+1):]
		n++
	}
	rest = clipFront(rest, 80)
	tail := strings.Fields(rest)
	for _, word := range tail[max(0, len(tail)-3):] {
		say(word)
	}
}

// clipFront returns at most the last n bytes of s.
func clipFront(s string, n int) string {
	if len(s) <= n {
		return s
	}
	at := len(s) - n
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return s[at:]
}
