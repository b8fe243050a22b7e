// Command train learns the weights by which package digest tells whether two articles are of one event.
//
//	go run ./digest/train digest/testdata/learn > digest/weights.txt
//
// A file of the folder is an article as plain text; what stands in its name before the first hyphen is its event. Only
// weights come out, never text.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"newsdesk/article/extract"
	"newsdesk/cache"
	"newsdesk/digest"
	"newsdesk/quote"
	"newsdesk/summarize/logistic"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: train FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// ridge keeps the weights small: some hundred pairs are of one event.
const ridge = 10

// run learns from the articles of a folder and writes the weights.
func run(folder string, w io.Writer) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil {
		return err
	}
	var stories []cache.Story
	var event []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		a, err := extract.Text(file, data)
		if err != nil {
			return err
		}
		stories = append(stories, cache.Story{ID: file, Article: *a, Quotes: quote.Find(a)})
		label, _, _ := strings.Cut(filepath.Base(file), "-")
		event = append(event, label)
	}
	pairs := digest.Pairs(stories)
	if len(pairs) == 0 {
		return fmt.Errorf("%s has no articles to compare; name a folder of .txt files", folder)
	}
	var examples []logistic.Example
	same := 0
	for i := range stories {
		for j := i + 1; j < len(stories); j++ { // in order, so that the same files give the same weights
			x, ok := pairs[[2]int{i, j}]
			if !ok {
				continue
			}
			y := event[i] == event[j]
			if y {
				same++
			}
			examples = append(examples, logistic.Example{X: x, Y: y})
		}
	}
	comment := fmt.Sprintf("Learnt by digest/train from %d articles: %d pairs of one event, %d of two.", len(stories), same, len(examples)-same)
	return logistic.Fit(examples, ridge).Write(w, digest.Features, comment)
}
