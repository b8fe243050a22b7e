//go:build race

package extract_test

// raced is how much more is allocated under the race detector, which keeps what escape analysis would have on the stack.
const raced = 2
