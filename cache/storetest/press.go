package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/quote"
)

// Press writes stories as a news site would: 5 kB, words and speakers as often as words and speakers are (Zipf),
// but for one speaker who says a tenth of all.
type Press struct {
	quotes   int
	words    *rand.Zipf
	speakers *rand.Zipf
}

// NewPress returns a press that writes the same stories each time, with so many quotes each: the more, the less
// between them.
func NewPress(quotes int) *Press {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same stories each time
	return &Press{quotes, rand.NewZipf(r, 1.1, 3, 30000), rand.NewZipf(r, 1.2, 4, 9998)}
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
	for i := range p.quotes {
		text.WriteString(p.sentence(780/p.quotes-25) + "\n\n")
		said, who := p.sentence(25), uint64(0)
		if (n*p.quotes+i)%10 > 0 {
			who = 1 + p.speakers.Uint64()
		}
		s.Quotes = append(s.Quotes, quote.Quote{Text: said, Kind: quote.Direct, Speaker: speaker(who), Cue: "said",
			Span: article.Span{Start: text.Len(), End: text.Len() + len(said)}})
		text.WriteString(said + "\n\n")
	}
	s.Article.Text = text.String()
	return s
}
