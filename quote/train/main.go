// Command train learns the rankers of package quote from annotated articles.
//
//	go run ./quote/train -o quote ../shared
//
// writes speaker.weights and the others into the folder quote; they hold no text. What it learns from:
//
//   - the folder articles: of our own writing, each with who said what under it;
//   - DATA/quotes/polnear-train.jsonl: articles with their attributions;
//   - DATA/articles/SET.gold.jsonl: articles whose quotations the folder annotations tells, by offsets alone.
//
// With -held FILE nothing is written but what the engine says of each article when it has learnt from other
// publishers only, a line each as `newsdesk quotes --batch` prints it; -folds says in how many parts the
// publishers are divided for that, -by-article that other articles will do.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"log"
	"os"
	"path/filepath"
	"sync"

	"newsdesk/quote"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("train: ")
	out := flag.String("o", "", "folder to write the weights to")
	held := flag.String("held", "", "file for what is said of publishers that were not learnt from")
	folds := flag.Int("folds", 5, "parts to divide the publishers into, for -held")
	byArticle := flag.Bool("by-article", false, "with -held: divide the articles, not the publishers")
	flag.Parse()
	examples, err := read(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	if *byArticle {
		for i := range examples {
			examples[i].publisher = examples[i].id
		}
	}
	if *held != "" {
		err = cross(examples, *folds, *held)
	}
	if err == nil && *out != "" {
		err = write(quote.Learn(annotations(examples)), *out)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func write(k *quote.Rankers, dir string) error {
	files, err := k.Files()
	if err != nil {
		return err
	}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// said is what the engine says of an article, as newsdesk prints it.
type said struct {
	ID     string        `json:"id"`
	Quotes []quote.Quote `json:"quotes"`
}

// cross learns without each part of the publishers and writes what that says of them.
func cross(examples []example, folds int, path string) error {
	part := divide(examples, folds)
	out := make([]said, len(examples))
	var wg sync.WaitGroup
	for p := range folds {
		var learn []example
		for i := range examples {
			if part[i] != p {
				learn = append(learn, examples[i])
			}
		}
		k := quote.Learn(annotations(learn))
		for i := range examples {
			if part[i] == p {
				wg.Go(func() { out[i] = said{examples[i].id, k.Find(examples[i].Article)} })
			}
		}
		wg.Wait()
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	for i := range out {
		if err := enc.Encode(out[i]); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
