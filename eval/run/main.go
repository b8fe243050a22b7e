// Run measures newsdesk: how many quotations it finds and attributes rightly, how well it summarizes,
// checks and extracts, and how fast.
//
//	go run ./eval/run [-newsdesk bin/newsdesk] [-data ../shared] [-floors eval/floors.json] [-only quotes]
//
// It runs the newsdesk binary over the data's articles as a user would, with --batch and --json, has
// the scorers that lie beside the data (Python, standard library) judge what came out, and prints one
// table: measure, goal, floor, now. Predictions stay in eval/out for a closer look.
//
// Floors are what a measure may not fall below; they stand in floors.json, a little under what was
// reached, and are raised as newsdesk gets better. The exit code is 1 if a measure is below its floor
// or could not be taken. The data is not part of the repository: without it nothing can be measured.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
)

// Bound is what is wanted of one measure.
type Bound struct {
	Measure string  `json:"measure"`           // as the jobs name it, "quotes.joint"
	What    string  `json:"what"`              // for people
	Goal    float64 `json:"goal"`              // where it should be
	Floor   float64 `json:"floor"`             // below this a change is refused
	AtMost  bool    `json:"at_most,omitempty"` // smaller is better: goal and floor are upper bounds
}

// holds reports whether a value keeps the floor.
func (b Bound) holds(value float64) bool {
	if b.AtMost {
		return value <= b.Floor
	}
	return value >= b.Floor
}

func main() {
	var s setup
	flag.StringVar(&s.newsdesk, "newsdesk", filepath.Join("bin", "newsdesk"), "the binary to measure")
	flag.StringVar(&s.data, "data", filepath.Join("..", "shared"), "where the data and its scorers are")
	flag.StringVar(&s.out, "out", filepath.Join("eval", "out"), "where predictions go")
	floors := flag.String("floors", filepath.Join("eval", "floors.json"), "the bounds")
	only := flag.String("only", "", "take only the measures whose name begins so")
	flag.Parse()
	ok, err := measure(context.Background(), s, *floors, *only)
	if err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

// measure takes the measures, prints the table, and reports whether every floor holds.
func measure(ctx context.Context, s setup, floors, only string) (bool, error) {
	bounds, err := readBounds(floors)
	if err != nil {
		return false, err
	}
	if err := os.MkdirAll(s.out, 0o750); err != nil {
		return false, err
	}
	if err := s.absolute(); err != nil {
		return false, err
	}
	now, failed := map[string]float64{}, map[string]error{}
	for _, j := range jobs {
		if !strings.HasPrefix(j.name, strings.SplitN(only, ".", 2)[0]) {
			continue
		}
		values, err := j.take(ctx, s)
		if err != nil {
			failed[j.name] = err
			fmt.Fprintf(os.Stderr, "eval: %s: %v\n", j.name, err)
		}
		for name, value := range values {
			now[j.name+"."+name] = value
		}
	}
	return table(bounds, now, failed, only), nil
}

// table prints the measures and reports whether all of them are there and keep their floors.
func table(bounds []Bound, now map[string]float64, failed map[string]error, only string) bool {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "measure\tgoal\tfloor\tnow\t")
	ok := len(failed) == 0
	for _, b := range bounds {
		if !strings.HasPrefix(b.Measure, only) {
			continue
		}
		value, taken := now[b.Measure]
		sign, verdict := "≥", ""
		if b.AtMost {
			sign = "≤"
		}
		shown := fmt.Sprintf("%.4g", value)
		switch {
		case !taken:
			shown, verdict, ok = "-", "not taken", false
		case !b.holds(value):
			verdict, ok = "BELOW ITS FLOOR", false
		case b.AtMost && value <= b.Goal, !b.AtMost && value >= b.Goal:
			verdict = "goal"
		}
		_, _ = fmt.Fprintf(w, "%s\t%s %.4g\t%s %.4g\t%s\t%s\n", b.What, sign, b.Goal, sign, b.Floor, shown, verdict)
	}
	_ = w.Flush()
	return ok
}

func readBounds(path string) ([]Bound, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var bounds []Bound
	if err := json.Unmarshal(data, &bounds); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return bounds, nil
}
