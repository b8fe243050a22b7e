package config

import (
	"strings"
	"unicode"
)

// meant is the key that was probably meant by name, or "" when none is near: a few letters are
// different, or its last part stands in another section.
func meant(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, "-", "_"))
	if len(name) > 64 {
		return "" // nobody mistypes a key into that
	}
	best, least := "", 1+len(name)/4
	for _, candidate := range candidates() {
		if d := distance(name, candidate); d <= least && d < 4 {
			best, least = candidate, d-1
		}
	}
	if best != "" {
		return best
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	for _, k := range keys {
		if tail := k.name[strings.LastIndexByte(k.name, '.')+1:]; distance(last, tail) <= 1 {
			return k.name
		}
	}
	return ""
}

// candidates are the keys and the sections that hold them.
func candidates() []string {
	var all []string
	for _, k := range keys {
		for i, r := range k.name {
			if r == '.' {
				all = append(all, k.name[:i])
			}
		}
		all = append(all, k.name)
	}
	return all
}

// distance is the number of letters to add, drop, replace or swap to come from a to b (Damerau's
// distance in the form of optimal string alignment).
func distance(a, b string) int {
	before, last, this := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		this[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			this[j] = min(last[j]+1, this[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
		}
		before, last, this = last, this, before
	}
	return last[len(b)]
}

// printable keeps what a file smuggles into a name from reaching a terminal, and keeps it short.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return '?'
	}, s)
	if cut := []rune(s); len(cut) > 80 {
		s = string(cut[:79]) + "…"
	}
	return s
}
