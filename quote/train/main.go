// Command train learns the weights of package quote from annotated articles.
//
//	go run ./quote/train -o quote/speaker.weights ARTICLES.jsonl
//
// Each line of the input is {"id","text","quotes":[{"start","end","sources":[{"start","end"}]}],"other":[…]}
// with byte offsets; "other" are stretches in marks that nobody said. With -hold PREFIX,… the articles
// whose id begins so are kept out and used to measure.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"hash/crc32"
	"log"
	"os"
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/quote"
	"newsdesk/quote/rank"
)

type line struct {
	ID       string
	Text     string
	Quotes   []quote.Attributed
	Other    []quote.Attributed
	Reported []quote.Attributed
}

func main() {
	log.SetFlags(0)
	out := flag.String("o", "", "file to write the weights to")
	hold := flag.String("hold", "", "prefixes of the ids to keep out and measure on, separated by commas")
	epochs := flag.Int("epochs", 8, "passes over the articles")
	rate := flag.Float64("rate", 0.05, "rate of learning")
	drop := flag.Float64("drop", 0.5, "share of features left out at each step")
	atLeast := flag.Int("atleast", 8, "questions that a feature must appear in")
	what := flag.String("learn", "speaker", "what to learn: speaker (of what stands in marks), reported (what a cue reports), source (who the cue names)")
	width := flag.Int("width", 8, "units of a model")
	models := flag.Int("models", 4, "models learnt apart and put side by side")
	flag.Parse()
	if err := run(flag.Arg(0), *out, *hold, *what, rank.Options{Epochs: *epochs, Rate: float32(*rate), Drop: float32(*drop), AtLeast: *atLeast, Width: *width, Models: *models}); err != nil {
		log.Fatal("train: ", err)
	}
}

func run(in, out, hold string, what string, o rank.Options) error {
	f, err := os.Open(in)
	if err != nil {
		return err
	}
	defer f.Close()
	var learn, test []rank.Question
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 64<<20)
	for sc.Scan() {
		var l line
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			return err
		}
		qs := quote.Questions(plain(l.Text), slices.Concat(l.Quotes, l.Other, l.Reported))
		switch what {
		case "reported":
			qs = quote.Reports(plain(l.Text), l.Reported)
		case "source":
			qs = quote.Sources(plain(l.Text), l.Reported)
		}
		if held(l.ID, hold) {
			test = append(test, qs...)
		} else {
			learn = append(learn, qs...)
		}
	}
	if err := sc.Err(); err != nil {
		return err
	}
	m := rank.Train(learn, o)
	fmt.Printf("learnt from %d: %s\n", len(learn), measure(m, learn))
	if len(test) > 0 {
		fmt.Printf("kept out   %d: %s\n", len(test), measure(m, test))
	}
	if out == "" {
		return nil
	}
	b, err := m.MarshalBinary()
	if err != nil {
		return err
	}
	return os.WriteFile(out, b, 0o644)
}

func held(id, prefixes string) bool {
	var k, n uint32
	if _, err := fmt.Sscanf(prefixes, "%d/%d", &k, &n); err == nil && n > 0 {
		return crc32.ChecksumIEEE([]byte(id))%n == k
	}
	for p := range strings.SplitSeq(prefixes, ",") {
		if p != "" && strings.HasPrefix(id, p) {
			return true
		}
	}
	return false
}

func measure(m *rank.Model, qs []rank.Question) string {
	right, none, possible := 0, 0, 0
	for _, q := range qs {
		best, at := float32(-1e9), 0
		ok := false
		for i, c := range q.Candidates {
			if s := m.Score(c); s > best {
				best, at = s, i
			}
			ok = ok || q.Right[i]
		}
		if ok {
			possible++
		}
		if q.Right[at] {
			right++
		} else if at == 0 {
			none++
		}
	}
	return fmt.Sprintf("right %.4f, of which possible %.4f, wrongly nobody %d", float64(right)/float64(len(qs)), float64(possible)/float64(len(qs)), none)
}

func plain(text string) *article.Article {
	a, err := extract.Text("", []byte(text))
	if err != nil {
		panic(err)
	}
	return a
}
