//go:build !race

package extract_test

// raced is how much more is allocated without the race detector: nothing.
const raced = 1
