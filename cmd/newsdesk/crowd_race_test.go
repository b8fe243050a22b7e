//go:build race

package main

// crowdEach is how many people of each server ask at once. Under the race detector everything takes ten times as
// long, so there are fewer; make test has the whole crowd ask without it.
const crowdEach = 8
