// Command train learns the model by which package ground scores claims.
//
//	go run ./summarize/ground/train JOINED.jsonl WRITTEN.jsonl > model.txt && mv model.txt summarize/ground/
//
// A line of either is {"id","article","sentence","supported"}: an article as plain text, a statement
// about it, and whether people found that the article bears it out. The statements of the first file were made by
// programs that cut an article's sentences and join them, those of the second were written freely. Both files
// count the same, however long. Only weights come out, never text.
//
// What the model is worth on articles that it has not seen goes to standard error: the same is learnt from
// nine tenths of the articles and tried on the last, ten times, with intervals from drawing articles anew.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"

	"newsdesk/article/extract"
	"newsdesk/summarize/ground"
	"newsdesk/summarize/logistic"
)

// judged is one statement that people judged.
type judged struct {
	logistic.Example         // X is nil if it states nothing
	named            bool    // something is wrong with it that needs no learning
	file             int     // 0: joined, 1: written
	nameless         bool    // it and its article write names without capitals
	article          uint32  // a hash
	log, margin      float64 // what a model said that has not seen its article
	printed          bool
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: train JOINED.jsonl WRITTEN.jsonl")
		os.Exit(2)
	}
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// run learns from the files, writes the model to w and its worth to report.
func run(paths []string, w, report io.Writer) error {
	var all []judged
	for file, path := range paths {
		some, err := read(path, file)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	weigh(all)
	least, lean := try(all)
	for file, path := range paths {
		measure(report, filepath.Base(path), all, file)
	}
	return learn(all, least, lean).Write(w)
}

// weigh gives both files the same weight together, and statements a mean of 1.
func weigh(all []judged) {
	var count [2]float64
	for _, j := range all {
		count[j.file]++
	}
	for i, j := range all {
		all[i].Weight = float64(len(all)) / 2 / count[j.file]
	}
}

// read returns the statements of one file.
func read(path string, file int) ([]judged, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	sources := map[string]*ground.Source{}
	var out []judged
	for lines.Scan() {
		var in struct {
			ID, Article, Sentence string
			Supported             bool
		}
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", path, len(out)+1, err)
		}
		s := sources[in.Article]
		if s == nil {
			a, err := extract.Text(in.ID, []byte(in.Article))
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", path, in.ID, err)
			}
			s = ground.Prepare(a)
			sources[in.Article] = s
		}
		h := fnv.New32a()
		_, _ = io.WriteString(h, in.Article) // a hash takes everything
		j := judged{file: file, article: h.Sum32()}
		j.Y = in.Supported
		j.X, j.named, j.nameless = s.Vector(in.Sentence)
		out = append(out, j)
	}
	return out, lines.Err()
}
