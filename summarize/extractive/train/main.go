// Command train learns the weights by which package extractive chooses sentences.
//
//	go run ./summarize/extractive/train ARTICLES.jsonl > summarize/extractive/weights.txt
//
// A line of ARTICLES is {"id","text","reference"}: an article as plain text and a summary made of its
// own sentences. A sentence counts as well chosen if the reference holds it word for word. Only
// weights come out, never text.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"newsdesk/article/extract"
	"newsdesk/summarize/extractive"
	"newsdesk/summarize/logistic"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: train ARTICLES.jsonl")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// run learns from the articles in a file and writes the weights.
func run(path string, w io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var examples []logistic.Example
	articles := 0
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var in struct{ ID, Text, Reference string }
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			return fmt.Errorf("%s: line %d: %w", path, articles+1, err)
		}
		a, err := extract.Text(in.ID, []byte(in.Text))
		if err != nil {
			return fmt.Errorf("%s: %w", in.ID, err)
		}
		reference := strings.Join(strings.Fields(in.Reference), " ")
		for _, s := range extractive.Sentences(a, nil) {
			examples = append(examples, logistic.Example{X: s.Features, Y: strings.Contains(reference, s.Text)})
		}
		articles++
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	comment := fmt.Sprintf("Learnt by summarize/extractive/train from %d sentences of %d articles.\nLogarithmic odds that a sentence belongs into a summary; see feature.go.", len(examples), articles)
	return logistic.Fit(examples, 1).Write(w, extractive.Features, comment)
}
