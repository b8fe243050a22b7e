package desk

import (
	"bufio"
	"bytes"
	"encoding/json"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/cache/embedded"
	"newsdesk/quote/name"
	"newsdesk/summarize/terms"
)

// annotated is an article with quotes that people have marked.
type annotated struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Quotes []struct {
		article.Span
		Text    string `json:"text"`
		Sources []struct {
			Text string `json:"text"`
		} `json:"sources"`
	} `json:"quotes"`
	story cache.Story
}

// readAnnotated reads articles of a file of shared/quotes, at most so many, and studies them.
func readAnnotated(t *testing.T, d *Desk, file string, most int) []annotated {
	t.Helper()
	data, err := os.ReadFile(shared(t, "quotes", file))
	if err != nil {
		t.Fatal(err)
	}
	var out []annotated
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() && len(out) < most {
		var a annotated
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		if a.story, err = d.Study(t.Context(), FromText(a.ID, a.Text)); err != nil {
			t.Fatalf("%s: %v", a.ID, err)
		}
		out = append(out, a)
	}
	return out
}

// question is one made from an annotated quote, with the place of the quote it asks for.
type madeQuestion struct {
	text  string
	words string // that the quote holds
	want  article.Span
	of    *annotated
}

// questionsOf makes "Who said …?" with the middle half of each quote of eight words or more, and "What did
// … say about …?" with the name that the article gives there and a telling word of the quote.
func questionsOf(as []annotated) (who, what []madeQuestion) {
	for i := range as {
		a := &as[i]
		for _, q := range a.Quotes {
			fields := strings.Fields(q.Text)
			if n := len(fields); n >= 8 {
				middle := strings.Join(fields[n/4:n-n/4], " ")
				who = append(who, madeQuestion{"Who said " + middle + "?", middle, q.Span, a})
			}
			if len(q.Sources) != 1 {
				continue
			}
			if speaker, noun := surname(q.Sources[0].Text), nounOf(q.Text); speaker != "" && noun != "" {
				what = append(what, madeQuestion{"What did " + speaker + " say about " + noun + "?", q.Text, q.Span, a})
			}
		}
	}
	return who, what
}

// surname is the last word of the name that a source begins with, "" for a pronoun or a description.
func surname(source string) string {
	named := source
	for _, end := range []string{",", "(", " of ", " at ", " for ", " in ", "’s", "'s"} {
		named, _, _ = strings.Cut(named, end)
	}
	fields := strings.Fields(named)
	if len(fields) == 0 {
		return ""
	}
	last := fields[len(fields)-1]
	if r, _ := utf8.DecodeRuneInString(last); !unicode.IsUpper(r) || len(last) < 4 {
		return ""
	}
	return last
}

// nounOf chooses a telling word of a quote: not by eye, but by its hash.
func nounOf(text string) string {
	best, least := "", ^uint32(0)
	for _, w := range terms.NewReader("en").Words(text) {
		if w.Function || w.Number || len(w.Lower) < 6 || strings.HasSuffix(w.Lower, "ly") {
			continue
		}
		h := fnv.New32a()
		_, _ = h.Write([]byte(w.Lower))
		if sum := h.Sum32(); sum < least {
			best, least = w.Lower, sum
		}
	}
	return best
}

// right reports whether that quote was found, or the same words where they are printed again.
func (q madeQuestion) right(found cache.FiledQuote) bool {
	if found.Article == q.of.ID && found.Overlaps(q.want) {
		return true
	}
	return strings.Contains(name.Fold(found.Text), name.Fold(q.words))
}

// share asks all questions and returns how many are answered with the right quote first.
func share(t *testing.T, d *Desk, questions []madeQuestion, in func(madeQuestion) *cache.Story) float64 {
	t.Helper()
	right, shown := 0, 0
	for _, q := range questions {
		answer, err := d.Ask(t.Context(), Question{Text: q.text, Guild: cache.Local, Story: in(q)})
		if err != nil {
			t.Fatalf("%s %v", q.text, err)
		}
		if len(answer.Quotes) > 0 && q.right(answer.Quotes[0]) {
			right++
			continue
		}
		if shown++; shown%40 == 1 {
			first := "nothing"
			if len(answer.Quotes) > 0 {
				first = answer.Quotes[0].Speaker + ": " + answer.Quotes[0].Text
			}
			t.Logf("wrong: %s (%s)\n\twanted %s\n\tgot    %s", q.text, q.of.ID, q.of.Text[q.want.Start:q.want.End], first)
		}
	}
	if len(questions) == 0 {
		t.Fatal("no questions")
	}
	return float64(right) / float64(len(questions))
}

// Questions made from annotated quotes are answered with the quote that they were made from.
func TestMadeQuestions(t *testing.T) {
	const floorWho, floorWhat = 0.98, 0.80
	d := New(Options{})
	as := readAnnotated(t, d, "polnear-dev.jsonl", 84)
	who, what := questionsOf(as)
	within := func(q madeQuestion) *cache.Story { return &q.of.story }
	if got := share(t, d, who, within); got < floorWho {
		t.Errorf("who said …: %.3f right of %d, at least %.2f", got, len(who), floorWho)
	} else {
		t.Logf("who said …: %.3f right of %d", got, len(who))
		t.Logf("measure who %.4f", got)
	}
	if got := share(t, d, what, within); got < floorWhat {
		t.Errorf("what did … say about …: %.3f right of %d, at least %.2f", got, len(what), floorWhat)
	} else {
		t.Logf("what did … say about …: %.3f right of %d", got, len(what))
		t.Logf("measure what %.4f", got)
	}
}

// The same over all articles as one archive, where other people have said much the same.
func TestMadeQuestionsOverAnArchive(t *testing.T) {
	if testing.Short() {
		t.Skip("files an archive")
	}
	const floorWho, floorWhat = 0.93, 0.75
	most, every := 60, 8 // under the race detector all of them would take an hour
	if os.Getenv("NEWSDESK_MEASURE") != "" {
		most, every = 840, 10
	}
	store, err := embedded.Open(filepath.Join(t.TempDir(), "store.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	d := New(Options{Store: store})
	as := readAnnotated(t, d, "polnear-train.jsonl", most)
	for _, a := range as {
		if _, err := store.Put(t.Context(), a.story, cache.Share{Guild: cache.Local}); err != nil {
			t.Fatal(err)
		}
	}
	who, what := questionsOf(as)
	anywhere := func(madeQuestion) *cache.Story { return nil }
	for _, c := range []struct {
		name      string
		questions []madeQuestion
		floor     float64
	}{{"archive_who", sample(who, every), floorWho}, {"archive_what", sample(what, every), floorWhat}} {
		if got := share(t, d, c.questions, anywhere); got < c.floor {
			t.Errorf("%s: %.3f right of %d, at least %.2f", c.name, got, len(c.questions), c.floor)
		} else {
			t.Logf("%s: %.3f right of %d", c.name, got, len(c.questions))
			t.Logf("measure %s %.4f", c.name, got)
		}
	}
}

func sample(qs []madeQuestion, every int) []madeQuestion {
	var out []madeQuestion
	for i := 0; i < len(qs); i += every {
		out = append(out, qs[i])
	}
	return out
}
