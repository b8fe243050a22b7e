package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// Every measure that floors.json bounds is taken by a job.
func TestBoundsNameMeasures(t *testing.T) {
	bounds, err := readBounds(filepath.Join("..", "floors.json"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, j := range jobs {
		known[j.name] = true
	}
	for _, b := range bounds {
		name, _, _ := strings.Cut(b.Measure, ".")
		if !known[name] {
			t.Errorf("no job takes %s", b.Measure)
		}
	}
}

func TestTableFailsBelowAFloor(t *testing.T) {
	bounds := []Bound{{Measure: "a.up", Goal: 1, Floor: 0.5}, {Measure: "a.down", Goal: 0, Floor: 2, AtMost: true}}
	tests := []struct {
		now  map[string]float64
		want bool
	}{
		{map[string]float64{"a.up": 0.5, "a.down": 2}, true},
		{map[string]float64{"a.up": 0.4, "a.down": 2}, false},
		{map[string]float64{"a.up": 0.5, "a.down": 3}, false},
		{map[string]float64{"a.up": 0.5}, false},
	}
	for _, tt := range tests {
		if got := table(bounds, tt.now, nil, ""); got != tt.want {
			t.Errorf("table of %v is %v, want %v", tt.now, got, tt.want)
		}
	}
}

func TestPick(t *testing.T) {
	got, err := pick([]byte(`{"joint":{"f1":0.5},"n":3}`), map[string]string{"a": "joint.f1", "b": "n"})
	if err != nil || got["a"] != 0.5 || got["b"] != 3 {
		t.Errorf("picked %v, %v", got, err)
	}
	if _, err := pick([]byte(`{"joint":{}}`), map[string]string{"a": "joint.f1"}); err == nil {
		t.Error("a field that is not there was picked")
	}
}

func TestRatioOf(t *testing.T) {
	got, err := ratioOf([]byte("BenchmarkPages/newsdesk         \t       1\t13005676794 ns/op\t   3.91 MB/s\t        63.00 pages/s\t         0 without-article\n" +
		"BenchmarkPages/go-trafilatura   \t       1\t28254411544 ns/op\t   1.80 MB/s\t        31.50 pages/s\t 0 without-article\n"))
	if err != nil || got["ratio"] != 2 || got["a_second"] != 63 {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := ratioOf([]byte("BenchmarkPages/newsdesk \t 1\t1 ns/op\t 63.00 pages/s\n")); err == nil {
		t.Error("a ratio to nothing")
	}
}

// A reported statement may be cut a little differently; a quotation may not, and a wrong speaker never counts.
func TestCountRight(t *testing.T) {
	gold := []seedQuote{{Start: 10, End: 30, Speaker: "Ada Lund", AlsoAccept: []string{"Lund"}}}
	tests := []struct {
		name     string
		found    foundQuote
		indirect bool
		want     int
	}{
		{"exact", foundQuote{Start: 10, End: 30, Kind: "direct", Speaker: "Ada Lund"}, false, 1},
		{"also accepted", foundQuote{Start: 10, End: 30, Kind: "mixed", Speaker: "Lund"}, false, 1},
		{"cut differently", foundQuote{Start: 10, End: 29, Kind: "direct", Speaker: "Ada Lund"}, false, 0},
		{"wrong speaker", foundQuote{Start: 10, End: 30, Kind: "direct", Speaker: "Bo Lund"}, false, 0},
		{"reported, half of it", foundQuote{Start: 10, End: 20, Kind: "indirect", Speaker: "Ada Lund"}, true, 1},
		{"reported, less than half", foundQuote{Start: 10, End: 19, Kind: "indirect", Speaker: "Ada Lund"}, true, 0},
	}
	for _, tt := range tests {
		if got := countRight(gold, []foundQuote{tt.found}, tt.indirect); got != tt.want {
			t.Errorf("%s: %d right, want %d", tt.name, got, tt.want)
		}
	}
}
