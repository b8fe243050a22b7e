package body

import (
	"maps"
	"slices"
)

// tally counts, for one host, the blocks around which or in which a word stands, weighted, and how much of them is
// part of the article.
type tally struct{ in, all float64 }

type tallies map[string]*tally

func (t tallies) add(word string, label, weight float64) {
	c := t[word]
	if c == nil {
		c = &tally{}
		t[word] = c
	}
	c.in += label * weight
	c.all += weight
}

// hostTally is what one host's pages have counted.
type hostTally struct{ names, words tallies }

// add counts the blocks of a lesson: once for every name around them, and for every word in them.
func (h *hostTally) add(l *Lesson) {
	labels := l.label()
	for i := range l.Page.Blocks {
		b := &l.Page.Blocks[i]
		seen := make(map[string]bool)
		for s := b.node; s != nil; s = s.parent {
			for _, n := range s.names {
				if !seen[n] {
					seen[n] = true
					h.names.add(n, labels[i], float64(len(b.Text)+10))
				}
			}
		}
		clear(seen)
		eachWord(b, func(w string) {
			if !seen[w] {
				seen[w] = true
				h.words.add(w, labels[i], 1)
			}
		})
	}
}

// countWorth counts the names and words of the lessons' blocks, every host with the same voice.
func countWorth(lessons []*Lesson) *worth {
	hosts := make(map[string]*hostTally)
	for _, l := range lessons {
		if hosts[l.Host] == nil {
			hosts[l.Host] = &hostTally{tallies{}, tallies{}}
		}
		hosts[l.Host].add(l)
	}
	w := &worth{name: map[string]count{}, word: map[string]count{}, hosts: map[string]*worth{}}
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		h := hosts[host]
		w.hosts[host] = &worth{name: h.names.shares(w.name), word: h.words.shares(w.word)}
	}
	for _, all := range []map[string]count{w.name, w.word} {
		for s, c := range all {
			if c.hosts < minHosts {
				delete(all, s)
			}
		}
	}
	return w
}

// shares returns a host's shares and adds them to those of all hosts.
func (t tallies) shares(all map[string]count) map[string]count {
	own := make(map[string]count, len(t))
	for s, c := range t {
		share := float32(c.in / c.all)
		own[s] = count{share, 1}
		sum := all[s]
		all[s] = count{sum.share + share, sum.hosts + 1}
	}
	return own
}
