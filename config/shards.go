package config

import (
	"strconv"
	"strings"
)

// Shards says in how many parts Discord tells of its servers: "auto", a number, or a range of them, "0-3/16".
type Shards string

// mostShards is more than any bot has.
const mostShards = 100_000

// Range is what it says: how many shards there are, 0 for as many as Discord recommends, and where only certain ones are
// to be had (fixed) the first and the last of them. ok is whether it says anything.
func (s Shards) Range() (of, first, last int, fixed, ok bool) {
	part, whole, fixed := strings.Cut(string(s), "/")
	switch {
	case s == "auto":
		return 0, 0, 0, false, true
	case !fixed:
		of = wholeNumber(part)
		return of, 0, 0, false, of > 0 && of <= mostShards
	}
	from, to, several := strings.Cut(part, "-")
	if !several {
		to = from
	}
	of, first, last = wholeNumber(whole), wholeNumber(from), wholeNumber(to)
	return of, first, last, true, 0 <= first && first <= last && last < of && of <= mostShards
}

// wholeNumber is a whole number from 0 on, -1 for none.
func wholeNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || strconv.Itoa(n) != s {
		return -1
	}
	return n
}
