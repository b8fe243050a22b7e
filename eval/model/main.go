// Model measures what a real language model's summaries are worth once they are checked.
//
//	go run ./eval/model [-newsdesk bin/newsdesk] [-data ../shared] [-each 100] [-skip 0] [-length standard] [-words N]
//
// It has newsdesk summarize articles of two sets with the model that the environment names (NEWSDESK_LLM_BASE_URL,
// NEWSDESK_LLM_MODEL), and counts the points that the model made, those that passed, those that passed when they were
// written again, and those that were dropped, by reason. The points that were printed go to eval/out/model.txt, each with the
// sentences that it rests on, for a person to read: nobody else can tell whether they are true. Interrupted, it says what
// it has counted so far. The exit code is 1 if a quotation in them is not verbatim, or an article had no summary.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// made is what became of the points of all articles.
type made struct {
	articles, byModel, empty            int
	points, rewritten, dropped, printed int
	false                               int // quotations that are not verbatim
	reasons, fallbacks                  map[string]int
}

// answer is what newsdesk prints.
type answer struct {
	Article struct{ Text string }
	Summary struct {
		Method, Fallback string
		Points           []struct {
			Text    string
			Sources []struct{ Start, End int }
		}
		Check *struct {
			Made, Rewritten, Dropped int
			Reasons                  map[string]int
		}
	}
}

// sample is which articles are summarized, and how.
type sample struct {
	newsdesk, length  string
	each, skip, words int
	read              io.Writer // for the points that are printed
}

func main() {
	var s sample
	flag.StringVar(&s.newsdesk, "newsdesk", filepath.Join("bin", "newsdesk"), "the binary to measure")
	data := flag.String("data", filepath.Join("..", "shared"), "where the data is")
	out := flag.String("out", filepath.Join("eval", "out"), "where the printed points go")
	flag.IntVar(&s.each, "each", 100, "articles of each set")
	flag.IntVar(&s.skip, "skip", 0, "articles of each set that are left out first")
	flag.IntVar(&s.words, "words", 0, "only articles of at most so many words, 0 for any")
	flag.StringVar(&s.length, "length", "standard", "length of the summaries")
	flag.Parse()
	ok, err := run(s, *data, *out)
	if err != nil {
		fmt.Fprintln(os.Stderr, "eval/model:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

func run(s sample, data, out string) (bool, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := os.MkdirAll(out, 0o750); err != nil {
		return false, err
	}
	read, err := os.Create(filepath.Join(out, "model.txt")) //nolint:gosec // the operator's own folder
	if err != nil {
		return false, err
	}
	defer func() { _ = read.Close() }()
	s.read = read
	ok := true
	// The training set has what the development set lacks.
	for _, files := range [][]string{{"summary/bbc-dev.jsonl"}, {"quotes/polnear-dev.jsonl", "quotes/polnear-train.jsonl"}} {
		m, err := s.measure(ctx, data, files)
		if err != nil {
			return false, err
		}
		if m.articles > 0 {
			m.report(filepath.Dir(files[0]))
		}
		ok = ok && m.false == 0 && m.empty == 0
	}
	return ok, nil
}

// measure summarizes the sample of one set. It ends with its context.
func (s sample) measure(ctx context.Context, data string, files []string) (made, error) {
	m := made{reasons: map[string]int{}, fallbacks: map[string]int{}}
	seen := 0
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(data, filepath.FromSlash(file))) //nolint:gosec // the operator's own data
		if err != nil {
			return m, err
		}
		lines := bufio.NewScanner(bytes.NewReader(text))
		lines.Buffer(nil, 1<<24)
		for lines.Scan() && m.articles < s.each && ctx.Err() == nil {
			var in struct{ ID, Text string }
			if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
				return m, fmt.Errorf("%s: %w", file, err)
			}
			if s.words > 0 && len(strings.Fields(in.Text)) > s.words {
				continue
			}
			if seen++; seen <= s.skip {
				continue
			}
			a, err := summarize(ctx, s.newsdesk, in.Text, s.length)
			switch {
			case err == nil:
				m.count(in.ID, a, s.read)
			case ctx.Err() == nil:
				return m, fmt.Errorf("%s: %w", in.ID, err)
			}
		}
		if err := lines.Err(); err != nil {
			return m, err
		}
	}
	return m, nil
}

// summarize has newsdesk summarize one text in a store of its own.
func summarize(ctx context.Context, newsdesk, text, length string) (answer, error) {
	var a answer
	folder, err := os.MkdirTemp("", "eval-model")
	if err != nil {
		return a, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	cmd := exec.CommandContext(ctx, newsdesk, "summarize", "--json", "--length", length, "--store", filepath.Join(folder, "eval.db"), "-") //nolint:gosec // the operator's own binary
	cmd.Stdin, cmd.Stderr = strings.NewReader(text), os.Stderr
	printed, err := cmd.Output()
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(printed, &a)
}

// count takes in what came of one article.
func (m *made) count(id string, a answer, read io.Writer) {
	m.articles++
	s := a.Summary
	if len(s.Points) == 0 {
		m.empty++
	}
	if s.Fallback != "" {
		m.fallbacks[s.Fallback]++
	}
	if s.Check != nil {
		m.points += s.Check.Made
		m.rewritten += s.Check.Rewritten
		m.dropped += s.Check.Dropped
		for reason, n := range s.Check.Reasons {
			m.reasons[reason] += n
		}
	}
	if s.Method != "llm" {
		return
	}
	m.byModel++
	for _, p := range s.Points {
		m.printed++
		_, _ = fmt.Fprintf(read, "%s\n  %s\n", id, p.Text)
		for _, source := range p.Sources {
			_, _ = fmt.Fprintf(read, "    < %s\n", a.Article.Text[source.Start:source.End])
		}
		for rest := p.Text; strings.Contains(rest, "“"); {
			_, after, _ := strings.Cut(rest, "“")
			quoted, left, _ := strings.Cut(after, "”")
			if !strings.Contains(a.Article.Text, quoted) {
				m.false++
			}
			rest = left
		}
	}
}

// report prints what was counted.
func (m *made) report(set string) {
	passed := m.points - m.dropped
	fmt.Printf("%s: %d articles, %d summaries by the model\n", set, m.articles, m.byModel)
	fmt.Printf("  points made %d, let through %d (%.0f %%), of them rewritten %d, dropped %d, printed %d, false quotations %d\n",
		m.points, passed, 100*float64(passed)/float64(max(1, m.points)), m.rewritten, m.dropped, m.printed, m.false)
	for _, counts := range []map[string]int{m.reasons, m.fallbacks} {
		for _, name := range slices.Sorted(maps.Keys(counts)) {
			fmt.Printf("  %s %d", name, counts[name])
		}
		fmt.Println()
	}
}
