package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/quote"
)

// Press writes stories as a news site would: 5 kB, 12 quotes, words and speakers as often as words and
// speakers are (Zipf).
type Press struct {
	random   *rand.Rand
	words    *rand.Zipf
	speakers *rand.Zipf
}

// NewPress returns a press that writes the same stories each time.
func NewPress() *Press {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same stories each time
	return &Press{r, rand.NewZipf(r, 1.1, 3, 30000), rand.NewZipf(r, 1.2, 4, 9999)}
}

// sentence is n words.
func (p *Press) sentence(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = Word(p.words.Uint64())
	}
	return strings.Join(words, " ") + "."
}

// Word spells n in syllables, the commonest words the shortest.
func Word(n uint64) string {
	const syllables = "banecodufegihojulamenopiqurasetivo"
	var out strings.Builder
	for n++; n > 0; n /= 17 {
		i := 2 * (n % 17)
		out.WriteString(syllables[i : i+2])
	}
	return out.String()
}

func speaker(n uint64) string {
	return fmt.Sprintf("%c%s %c%s", 'A'+n%26, Word(n%400), 'A'+n/26%26, Word(n*7+1))
}

// Story is the next story; n is in its URL.
func (p *Press) Story(n int) cache.Story {
	s := cache.Story{Article: article.Article{CanonicalURL: fmt.Sprintf("https://example.org/%d", n),
		Title: p.sentence(8), Site: "Example", Language: "en"}}
	var text strings.Builder
	for range 12 {
		text.WriteString(p.sentence(40) + "\n\n")
		said := p.sentence(25)
		s.Quotes = append(s.Quotes, quote.Quote{Text: said, Kind: quote.Direct, Speaker: speaker(p.speakers.Uint64()), Cue: "said",
			Span: article.Span{Start: text.Len(), End: text.Len() + len(said)}})
		text.WriteString(said + "\n\n")
	}
	s.Article.Text = text.String()
	return s
}
