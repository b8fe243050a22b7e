// Command train learns the three rankers of package quote from annotated articles.
//
//	go run ./quote/train -o quote ARTICLES.jsonl
//
// writes speaker.weights, reported.weights and source.weights into the folder quote. Each line of the
// input is an article with byte offsets into its text:
//
//	{"id","text","quotes":[{"start","end","sources":[{"start","end"}]}],"other":[…],"reported":[…]}
//
// "quotes" are stretches in marks with the words that name their speaker, "other" those that nobody
// said, "reported" what is reported without marks. With -hold the articles whose id begins with one of
// the prefixes, or the k-th of n parts ("2/5"), are kept out and each ranker is measured on them: how
// often its first choice is right. The rankers' weights hold no text.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"hash/crc32"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/quote"
	"newsdesk/quote/rank"
)

// example is an annotated article.
type example struct {
	ID                      string
	Text                    string
	Quotes, Other, Reported []quote.Attributed
	article                 *article.Article
}

// ranker is one of the rankers with what it learns from and how.
type ranker struct {
	name      string
	questions func(*example) []rank.Question
	options   rank.Options
}

var rankers = []ranker{
	{"speaker", func(e *example) []rank.Question {
		return quote.Questions(e.article, slices.Concat(e.Quotes, e.Other, e.Reported))
	}, rank.Options{}},
	{"reported", func(e *example) []rank.Question {
		return quote.Reports(e.article, e.Reported)
	}, rank.Options{AtLeast: 3, Drop: 0.4}}, // most cues are rare words
	{"source", func(e *example) []rank.Question {
		return quote.Sources(e.article, e.Reported)
	}, rank.Options{}},
}

func main() {
	log.SetFlags(0)
	out := flag.String("o", "", "folder to write the weights to; none to measure only")
	hold := flag.String("hold", "", "prefixes of the ids to keep out and measure on, separated by commas, or a part of all: 2/5")
	only := flag.String("only", "", "one ranker: speaker, reported or source")
	flag.Parse()
	if err := run(flag.Arg(0), *out, *hold, *only); err != nil {
		log.Fatal("train: ", err)
	}
}

func run(in, out, hold, only string) error {
	examples, err := read(in)
	if err != nil {
		return err
	}
	for _, r := range rankers {
		if only != "" && only != r.name {
			continue
		}
		var learn, test []rank.Question
		for i := range examples {
			if held(examples[i].ID, hold) {
				test = append(test, r.questions(&examples[i])...)
			} else {
				learn = append(learn, r.questions(&examples[i])...)
			}
		}
		m := rank.Train(learn, r.options)
		fmt.Printf("%-8s learnt from %5d: %s\n", r.name, len(learn), measure(m, learn))
		if len(test) > 0 {
			fmt.Printf("%-8s kept out    %5d: %s\n", r.name, len(test), measure(m, test))
		}
		if out == "" {
			continue
		}
		b, err := m.MarshalBinary()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, r.name+".weights"), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// longestLine is the most bytes that one annotated article may take.
const longestLine = 64 << 20

func read(path string) ([]example, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []example
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		var e example
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, len(out)+1, err)
		}
		if e.article, err = extract.Text("", []byte(e.Text)); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, len(out)+1, err)
		}
		out = append(out, e)
	}
	return out, lines.Err()
}

func held(id, hold string) bool {
	var k, n uint32
	if _, err := fmt.Sscanf(hold, "%d/%d", &k, &n); err == nil && n > 0 {
		return crc32.ChecksumIEEE([]byte(id))%n == k
	}
	for p := range strings.SplitSeq(hold, ",") {
		if p != "" && strings.HasPrefix(id, p) {
			return true
		}
	}
	return false
}

// measure says how often the model's first choice is right, and how often any candidate was.
func measure(m *rank.Model, qs []rank.Question) string {
	right, possible := 0, 0
	for _, q := range qs {
		best, at := m.Score(q.Candidates[0]), 0
		for i, c := range q.Candidates {
			if s := m.Score(c); s > best {
				best, at = s, i
			}
		}
		if q.Right[at] {
			right++
		}
		if slices.Contains(q.Right, true) {
			possible++
		}
	}
	n := float64(max(len(qs), 1))
	return fmt.Sprintf("right %.4f of at most %.4f", float64(right)/n, float64(possible)/n)
}
