package main

import (
	"bufio"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/quote"
)

// example is an annotated article with where it is from.
type example struct {
	quote.Example
	id        string
	publisher string
}

func annotations(examples []example) []quote.Example {
	out := make([]quote.Example, len(examples))
	for i := range examples {
		out[i] = examples[i].Example
	}
	return out
}

// divide gives each example the number of its part; a publisher is in one part whole, and the parts are
// about as large.
func divide(examples []example, parts int) []int {
	count := map[string]int{}
	for i := range examples {
		count[examples[i].publisher] += len(examples[i].Marked)
	}
	names := make([]string, 0, len(count))
	for n := range count {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	size := make([]int, parts)
	of := map[string]int{}
	for _, n := range names {
		least := 0
		for p := range size {
			if size[p] < size[least] {
				least = p
			}
		}
		of[n] = least
		size[least] += count[n]
	}
	out := make([]int, len(examples))
	for i := range examples {
		out[i] = of[examples[i].publisher]
	}
	return out
}

// read returns all that can be learnt from, with what lies in the folder data.
func read(data string) ([]example, error) {
	out, err := readOwn()
	if err != nil {
		return nil, err
	}
	marked, err := readAnnotations()
	if err != nil {
		return nil, err
	}
	polnear, err := readPolNeAR(filepath.Join(data, "quotes", polNeAR+".jsonl"), marked[polNeAR])
	if err != nil {
		return nil, err
	}
	out = append(out, polnear...)
	for set, of := range marked {
		if set == polNeAR {
			continue
		}
		press, err := readPress(filepath.Join(data, "articles", set+".gold.jsonl"), set, of)
		if err != nil {
			return nil, err
		}
		out = append(out, press...)
	}
	slices.SortFunc(out, func(a, b example) int { return strings.Compare(a.id, b.id) })
	return out, nil
}

const polNeAR = "polnear-train"

//go:embed annotations/*.tsv
var annotationFiles embed.FS

// readAnnotations reads the offsets of what is annotated, by set and article. A line is an article's id, then the
// start and end of a stretch in marks, of the words that name its speaker there, and of where the article has
// the speaker's fullest name; "-" where there are none, and nothing behind the stretch if nobody said it.
func readAnnotations() (map[string]map[string][]quote.Attributed, error) {
	out := map[string]map[string][]quote.Attributed{}
	files, err := fs.Glob(annotationFiles, "annotations/*.tsv")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		b, err := annotationFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		set := map[string][]quote.Attributed{}
		out[strings.TrimSuffix(path.Base(file), ".tsv")] = set
		for n, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
			fields := strings.Split(line, "\t")
			q, err := attributed(fields[1:])
			if err != nil {
				return nil, fmt.Errorf("%s, line %d: %w", file, n+1, err)
			}
			set[fields[0]] = append(set[fields[0]], q)
		}
	}
	return out, nil
}

func attributed(fields []string) (quote.Attributed, error) {
	var spans [3]article.Span
	if len(fields) != 2 && len(fields) != 6 {
		return quote.Attributed{}, fmt.Errorf("%d fields, not 2 or 6 behind the article's id", len(fields))
	}
	for i := 0; i < len(fields); i += 2 {
		if fields[i] == "-" {
			continue
		}
		start, err := strconv.Atoi(fields[i])
		if err != nil {
			return quote.Attributed{}, err
		}
		end, err := strconv.Atoi(fields[i+1])
		if err != nil {
			return quote.Attributed{}, err
		}
		spans[i/2] = article.Span{Start: start, End: end}
	}
	q := quote.Attributed{Span: spans[0], Name: spans[2]}
	if spans[1].End > 0 {
		q.Sources = []article.Span{spans[1]}
	}
	return q, nil
}

// readPolNeAR reads articles with their attributions; names are where the annotations tell the full name.
func readPolNeAR(file string, names map[string][]quote.Attributed) ([]example, error) {
	var out []example
	err := eachLine(file, func(line []byte) error {
		var e struct {
			ID, Text                string
			Quotes, Other, Reported []quote.Attributed
		}
		if err := json.Unmarshal(line, &e); err != nil {
			return err
		}
		a, err := extract.Text("", []byte(e.Text))
		if err != nil {
			return err
		}
		for _, known := range names[e.ID] {
			for i := range e.Quotes {
				if e.Quotes[i].Span == known.Span {
					e.Quotes[i].Name = known.Name
				}
			}
		}
		publisher, _, _ := strings.Cut(e.ID, "_")
		x := example{id: "polnear:" + e.ID, publisher: publisher}
		x.Article, x.Marked, x.Reported = a, slices.Concat(e.Quotes, e.Other, e.Reported), slices.Concat([]quote.Attributed{}, e.Reported)
		out = append(out, x)
		return nil
	})
	return out, err
}

// readPress reads the articles of a set that are annotated.
func readPress(file, set string, marked map[string][]quote.Attributed) ([]example, error) {
	var out []example
	err := eachLine(file, func(line []byte) error {
		var e struct{ ID, ArticleBody string }
		if err := json.Unmarshal(line, &e); err != nil || marked[e.ID] == nil {
			return err
		}
		a, err := extract.Text("", []byte(e.ArticleBody))
		if err != nil {
			return err
		}
		publisher, _, _ := strings.Cut(e.ID, "_")
		x := example{id: set + ":" + e.ID, publisher: publisher}
		x.Article, x.Marked = a, marked[e.ID]
		out = append(out, x)
		return nil
	})
	return out, err
}

// longestLine is the most bytes that one annotated article may take.
const longestLine = 64 << 20

func eachLine(file string, do func([]byte) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, longestLine)
	for n := 1; lines.Scan(); n++ {
		if err := do(lines.Bytes()); err != nil {
			return fmt.Errorf("%s, line %d: %w", file, n, err)
		}
	}
	return lines.Err()
}

//go:embed articles
var ownArticles embed.FS

// readOwn reads the articles of our own writing. Under a line of four dashes stands a line for each stretch in
// marks, in the order of the text: who said it, the words that name the speaker there, and the words said,
// separated by tabs.
func readOwn() ([]example, error) {
	var out []example
	err := fs.WalkDir(ownArticles, "articles", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := ownArticles.ReadFile(file)
		if err != nil {
			return err
		}
		id := strings.TrimSuffix(strings.TrimPrefix(file, "articles/"), ".txt")
		x := example{id: "own:" + id, publisher: "own:" + id}
		if x.Example, err = ownExample(string(b)); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		out = append(out, x)
		return nil
	})
	return out, err
}

func ownExample(file string) (quote.Example, error) {
	text, list, found := strings.Cut(file, "\n----\n")
	if !found {
		return quote.Example{}, errors.New("no line of four dashes between the article and who said what")
	}
	a, err := extract.Text("", []byte(text))
	if err != nil {
		return quote.Example{}, err
	}
	e := quote.Example{Article: a}
	at := 0
	for line := range strings.Lines(list) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(fields) != 3 {
			return e, fmt.Errorf("%q: not who, the words that name the speaker, and the words said, with tabs between", line)
		}
		who, here, words := fields[0], fields[1], fields[2]
		k := strings.Index(text[at:], words)
		if k < 0 {
			return e, fmt.Errorf("%q does not stand in the article, or not in this order", words)
		}
		q := quote.Attributed{Span: article.Span{Start: at + k, End: at + k + len(words)}}
		at = q.End
		if who != "nobody" && who != "?" {
			first, _, _ := strings.Cut(who, "; ")
			if n := strings.Index(text, first); n >= 0 {
				q.Name = article.Span{Start: n, End: n + len(first)}
			}
			if n := nearest(text, here, q.Span); here != "-" && n >= 0 {
				q.Sources = []article.Span{{Start: n, End: n + len(here)}}
			}
		}
		if who != "?" {
			e.Marked = append(e.Marked, q)
		}
	}
	return e, nil
}

// nearest returns where, outside of s and nearest to it, the text has the words w, or -1.
func nearest(text, w string, s article.Span) int {
	best, least := -1, len(text)
	for at := 0; ; {
		k := strings.Index(text[at:], w)
		if k < 0 || w == "" {
			return best
		}
		k += at
		at = k + 1
		d := k - s.End
		if k < s.Start {
			d = s.Start - k - len(w)
		}
		if d >= 0 && d < least && bounded(text, k, k+len(w)) {
			best, least = k, d
		}
	}
}

// bounded reports whether no letter stands around text[start:end].
func bounded(text string, start, end int) bool {
	letter := func(s string, last bool) bool {
		r := []rune(s)
		if len(r) == 0 {
			return false
		}
		c := r[0]
		if last {
			c = r[len(r)-1]
		}
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0xC0 && c != '×' && c != '÷' && c < 0x250
	}
	return !letter(text[max(0, start-4):start], true) && !letter(text[end:min(len(text), end+4)], false)
}
