//go:build !race

package main

// crowdEach is how many people of each server ask at once.
const crowdEach = 40
