package redis

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/cache"
	"newsdesk/cache/redis/redistest"
)

// TestAboutAcrossBlocks searches stories that stand in several blocks of the topic index, filed in the order
// of time and out of it, page by page, and holds what is found against a look at every quote.
func TestAboutAcrossBlocks(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	random := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same order each time
	for name, order := range map[string]func(n int) int{
		"in order":      func(n int) int { return n / 2 }, // some at the same moment
		"out of order":  func(int) int { return random.IntN(20) },
		"all at once":   func(int) int { return 0 },
		"newest first":  func(n int) int { return -n },
		"one long late": func(n int) int { return n - 100*(n/11) },
	} {
		t.Run(name, func(t *testing.T) {
			s := openStore(t, server.URL(), t.Name()+":")
			for n := range 12 {
				if n%4 == 3 { // as if a thousand stories had come and gone
					if err := s.client.HSet(t.Context(), s.keys.guild("g1").meta(), "seq", 1024*(n/4+1)-2).Err(); err != nil {
						t.Fatal(err)
					}
				}
				var lines []string
				for i := range 40 {
					word := []string{"boat", "train"}[random.IntN(2)]
					lines = append(lines, fmt.Sprintf("Witness %c: The %s was late in %d and %d.", 'A'+i%3, word, n, i))
				}
				story := press(fmt.Sprintf("https://example.org/%d", n), fmt.Sprintf("Story %d", n), lines...)
				if _, err := s.Put(t.Context(), story, share("g1", order(n))); err != nil {
					t.Fatal(err)
				}
			}
			blocks, err := s.blocks(t.Context(), s.keys.guild("g1"))
			if err != nil || len(blocks) < 3 {
				t.Fatalf("blocks %v, %v; want 3", blocks, err)
			}
			for _, speakers := range [][]string{nil, {"Witness B"}, {"Witness A", "Witness C"}} {
				var want []string
				for _, text := range allTexts(t, s, cache.QuoteQuery{Guild: "g1", Speakers: speakers}) {
					if strings.Contains(text, "boat") {
						want = append(want, text)
					}
				}
				if len(want) < 50 {
					t.Fatalf("only %d quotes are about boats", len(want))
				}
				for _, limit := range []int{0, 7, 130, 1000} {
					s.reach = []int{reach, 20}[limit%2] // of little reach, pages are short and none is lost
					got := allTexts(t, s, cache.QuoteQuery{Guild: "g1", Speakers: speakers, About: "boats", Site: "harbour post", Limit: limit})
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("of %v, %d a page (-want +got):\n%s", speakers, limit, diff)
					}
				}
			}
			s.reach = 2
			var all, found []string
			for _, q := range []struct {
				about string
				into  *[]string
			}{{"", &all}, {"late train", &found}} {
				for query := (cache.StoryQuery{Guild: "g1", About: q.about, Limit: 5}); ; {
					stories, next, err := s.Stories(t.Context(), query)
					if err != nil {
						t.Fatal(err)
					}
					for _, story := range stories {
						*q.into = append(*q.into, story.Article.Title)
					}
					if query.After = next; next == "" {
						break
					}
				}
			}
			if diff := cmp.Diff(all, found); diff != "" || len(all) != 12 {
				t.Errorf("stories (-all +about):\n%s", diff)
			}
		})
	}
}

func allTexts(t *testing.T, s *Store, q cache.QuoteQuery) (all []string) {
	t.Helper()
	for {
		quotes, next, err := s.Quotes(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range quotes {
			all = append(all, found.Text)
		}
		if q.After = next; next == "" {
			return all
		}
	}
}
