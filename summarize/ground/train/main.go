// Command train learns the weights by which package ground scores claims.
//
//	go run ./summarize/ground/train JUDGED.jsonl... > summarize/ground/weights.txt
//
// A line of JUDGED is {"id","article","sentence","supported"}: an article as plain text, a statement
// about it, and whether people found that the article bears it out. Every file counts the same, however
// long, and so does every verdict. Only weights come out, never text. What the weights are worth on
// articles that they have not seen goes to standard error: the same is learnt from nine tenths of the
// articles and tried on the last, ten times.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"

	"newsdesk/article/extract"
	"newsdesk/summarize/ground"
	"newsdesk/summarize/logistic"
)

// ridge keeps the weights small; chosen by the trial on unseen articles.
const ridge = 300

// lost is the share of supported claims that a threshold may cost.
const lost = 0.10

// judged are the examples of one file and, for each, which tenth its article belongs to.
type judged struct {
	name     string
	examples []logistic.Example
	tenth    []int
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: train JUDGED.jsonl...")
		os.Exit(2)
	}
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// run learns from the files, writes the weights to w and their worth to report.
func run(paths []string, w, report io.Writer) error {
	var files []judged
	for _, path := range paths {
		j, err := read(path)
		if err != nil {
			return err
		}
		files = append(files, j)
	}
	try(files, report)
	var all []logistic.Example
	for _, f := range files {
		all = append(all, slices.DeleteFunc(slices.Clone(f.examples), func(e logistic.Example) bool { return e.X == nil })...)
	}
	comment := fmt.Sprintf("Learnt by summarize/ground/train from %d judged statements.\nLogarithmic odds that an article bears a statement out; see feature.go.", len(all))
	return logistic.FitSigned(all, ridge, ground.Signs).Write(w, ground.Features, comment)
}

// read returns the examples of one file, weighed so that all of them together count 1000.
func read(path string) (judged, error) {
	j := judged{name: filepath.Base(path)}
	f, err := os.Open(path)
	if err != nil {
		return j, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	sources := map[string]*ground.Source{}
	for lines.Scan() {
		var in struct {
			ID, Article, Sentence string
			Supported             bool
		}
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			return j, fmt.Errorf("%s: line %d: %w", path, len(j.examples)+1, err)
		}
		s := sources[in.Article]
		if s == nil {
			a, err := extract.Text(in.ID, []byte(in.Article))
			if err != nil {
				return j, fmt.Errorf("%s: %s: %w", path, in.ID, err)
			}
			s = ground.Prepare(a)
			sources[in.Article] = s
		}
		h := fnv.New32a()
		_, _ = io.WriteString(h, in.Article) // a hash takes everything
		j.tenth = append(j.tenth, int(h.Sum32()%10))
		j.examples = append(j.examples, logistic.Example{X: s.Vector(in.Sentence), Y: in.Supported})
	}
	for i := range j.examples {
		j.examples[i].Weight = 1000 / float64(len(j.examples))
	}
	return j, lines.Err()
}

// try reports how the weights do on articles that they were not learnt from.
func try(files []judged, report io.Writer) {
	scores := make([][]float64, len(files))
	for i, f := range files {
		scores[i] = make([]float64, len(f.examples))
	}
	for tenth := range 10 {
		var seen []logistic.Example
		for _, f := range files {
			for k, e := range f.examples {
				if f.tenth[k] != tenth && e.X != nil {
					seen = append(seen, e)
				}
			}
		}
		m := logistic.FitSigned(seen, ridge, ground.Signs)
		for i, f := range files {
			for k, e := range f.examples {
				switch {
				case e.X == nil:
					scores[i][k] = 1 // it states nothing
				case f.tenth[k] == tenth:
					scores[i][k] = logistic.Probability(m.Log(e.X))
				}
			}
		}
	}
	for i, f := range files {
		threshold, recall, area := measure(f.examples, scores[i])
		fmt.Fprintf(report, "%s: recall %.3f at threshold %.3f, which loses %.0f %%; AUROC %.3f\n", f.name, recall, threshold, 100*lost, area)
		good, bad := below(f.examples, scores[i], ground.Supported)
		fmt.Fprintf(report, "%s: recall %.3f at the program's threshold %.2f, which loses %.1f %%\n", f.name, bad, ground.Supported, 100*good)
	}
}

// below returns which shares of the supported and of the unsupported examples score below a threshold.
func below(examples []logistic.Example, scores []float64, threshold float64) (good, bad float64) {
	var count, under [2]float64
	for i, e := range examples {
		kind := 0
		if e.Y {
			kind = 1
		}
		count[kind]++
		if scores[i] < threshold {
			under[kind]++
		}
	}
	return under[1] / max(1, count[1]), under[0] / max(1, count[0])
}

// measure returns the highest threshold that loses no more supported examples than it may, the share of
// the unsupported ones below it, and the area under the ROC curve.
func measure(examples []logistic.Example, scores []float64) (threshold, recall, area float64) {
	var good, bad []float64
	for i, e := range examples {
		if e.Y {
			good = append(good, scores[i])
		} else {
			bad = append(bad, scores[i])
		}
	}
	slices.Sort(good)
	slices.Sort(bad)
	threshold = good[int(lost*float64(len(good)))]
	below := 0
	for _, b := range bad {
		i, _ := slices.BinarySearch(good, b)
		area += float64(len(good) - i)
		if b < threshold {
			below++
		}
	}
	return threshold, float64(below) / float64(len(bad)), area / float64(len(good)*len(bad))
}
