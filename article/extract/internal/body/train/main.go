// Command train learns which blocks of a web page are its article:
//
//	go run ./article/extract/internal/body/train -o article/extract/internal/body/model.bin FOLDER
//
// FOLDER holds pairs of files: NAME.pages.jsonl.gz with {"id","url","html"} a line and NAME.gold.jsonl with
// {"id","articleBody"} a line. Only weights go into the model, no text.
//
// With -holdout DIR it writes no model but extracts every page by one that has seen no page of its host, and writes
// what the program would print to NAME.jsonl in the folder DIR, to be scored.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/net/html"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/article/extract/internal/body"
	"newsdesk/article/extract/internal/meta"
)

func main() {
	out := flag.String("o", "", "file to write the model to")
	holdout := flag.String("holdout", "", "folder to write held-out judgements to")
	flag.Parse()
	if err := run(flag.Arg(0), *out, *holdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// lesson is a page with the set and the id that it came from.
type lesson struct {
	*body.Lesson
	set, id string
	page    article.Page
}

// extracted is a line of what is scored: the parts of what newsdesk prints that a scorer reads.
type extracted struct {
	ID         string      `json:"id"`
	Title      string      `json:"title,omitempty"`
	Byline     []string    `json:"byline,omitempty"`
	Published  string      `json:"published,omitempty"`
	Text       string      `json:"text"`
	Paragraphs []paragraph `json:"paragraphs,omitempty"`
}

type paragraph struct {
	Start int          `json:"start"`
	End   int          `json:"end"`
	Kind  article.Kind `json:"kind"`
}

func run(folder, out, holdout string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.pages.jsonl.gz"))
	if err != nil {
		return err
	}
	var all []lesson
	for _, pages := range files {
		set := strings.TrimSuffix(filepath.Base(pages), ".pages.jsonl.gz")
		gold, err := readGold(filepath.Join(folder, set+".gold.jsonl"))
		if err != nil {
			return err
		}
		some, err := readPages(pages, set, gold)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	if len(all) == 0 {
		return fmt.Errorf("no *.pages.jsonl.gz in %q", folder)
	}
	fmt.Fprintf(os.Stderr, "%d pages\n", len(all))
	if holdout != "" {
		return writeHoldout(all, holdout)
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := body.Learn(lessons(all)).Write(f); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

func lessons(all []lesson) []*body.Lesson {
	out := make([]*body.Lesson, len(all))
	for i, l := range all {
		out[i] = l.Lesson
	}
	return out
}

func writeHoldout(all []lesson, folder string) error {
	from := make(map[*body.Lesson]lesson)
	for _, l := range all {
		from[l.Lesson] = l
	}
	files := make(map[string]*os.File)
	var failed error
	body.Holdout(lessons(all), 3, func(left *body.Lesson, m *body.Model) {
		l := from[left]
		if files[l.set] == nil {
			f, err := os.Create(filepath.Join(folder, l.set+".jsonl"))
			if err != nil {
				failed = err
				return
			}
			files[l.set] = f
		}
		if err := json.NewEncoder(files[l.set]).Encode(extractBy(m, l)); err != nil {
			failed = err
		}
	})
	for _, f := range files {
		if err := f.Close(); err != nil {
			failed = err
		}
	}
	return failed
}

// extractBy extracts a lesson's page as m judges it.
func extractBy(m *body.Model, l lesson) extracted {
	out := extracted{ID: l.id}
	a, err := extract.Judged(l.page, m.Select)
	if err != nil {
		return out // the scorer takes it for an empty text
	}
	out.Title, out.Byline, out.Published, out.Text = a.Title, a.Byline, a.Published, a.Text
	for _, p := range a.Paragraphs {
		out.Paragraphs = append(out.Paragraphs, paragraph{p.Start, p.End, p.Kind})
	}
	return out
}

func readGold(file string) (map[string]string, error) {
	gold := make(map[string]string)
	err := eachLine(file, func(line []byte) error {
		var g struct {
			ID          string `json:"id"`
			ArticleBody string `json:"articleBody"`
		}
		if err := json.Unmarshal(line, &g); err != nil {
			return err
		}
		gold[g.ID] = g.ArticleBody
		return nil
	})
	return gold, err
}

func readPages(file, set string, gold map[string]string) ([]lesson, error) {
	var all []lesson
	err := eachLine(file, func(line []byte) error {
		var p struct{ ID, URL, HTML string }
		if err := json.Unmarshal(line, &p); err != nil {
			return err
		}
		text, ok := gold[p.ID]
		if !ok {
			return nil
		}
		doc, err := html.Parse(strings.NewReader(p.HTML))
		if err != nil {
			fmt.Fprintln(os.Stderr, p.ID, err)
			return nil
		}
		host := p.ID
		if u, err := url.Parse(p.URL); err == nil && u.Host != "" {
			host = strings.TrimPrefix(u.Host, "www.")
		}
		m := meta.Read(doc, p.URL)
		page := body.Cut(doc, body.Hints{Title: m.Title, Description: m.Description, ArticleBody: m.ArticleBody, Live: m.IsLive})
		all = append(all, lesson{&body.Lesson{Host: host, Page: page, Gold: text}, set, p.ID, article.Page{URL: p.URL, Body: []byte(p.HTML), ContentType: "text/html; charset=utf-8"}})
		return nil
	})
	return all, err
}

// eachLine calls f with every line of a file, which may be gzipped.
func eachLine(file string, f func([]byte) error) error {
	r, err := os.Open(file)
	if err != nil {
		return err
	}
	defer r.Close()
	s := bufio.NewScanner(r)
	if strings.HasSuffix(file, ".gz") {
		z, err := gzip.NewReader(r)
		if err != nil {
			return err
		}
		s = bufio.NewScanner(z)
	}
	s.Buffer(nil, 64<<20)
	for s.Scan() {
		if err := f(s.Bytes()); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return s.Err()
}
