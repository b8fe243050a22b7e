package extract

import (
	"net/url"
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/article/extract/internal/body"
	"newsdesk/article/extract/internal/meta"
)

const (
	minTeaser   = 20  // bytes of a link that looks like a headline
	manyCards   = 5   // headlines with a few words under each that make a list of articles
	fewCards    = 3   // that do where a page's address or its metadata say that it is one
	manyTeasers = 12  // links like headlines that make a list
	maxUnbroken = 100 // words of text without a headline of another page between that a list may have
)

// listing is what of a page leads on to other pages, and how the text that was found there lies between.
type listing struct {
	teasers int // links that look like headlines, each to a page of its own
	linked  int // bytes in them
	cards   int // of them, those with text of the article-to-be below or in them
	ahead   int // words of the text that stand above the first of these
	posts   int // headings that are such a link
	shared  int // words of the text that lie there
	words   int // of the text
	run     int // words of the longest stretch of text between two of them
}

// besideCard is how many blocks after its headline the text of a card begins at the latest: a byline, a day and a kicker
// may stand between.
const besideCard = 3

// readListing looks through a page for lines that lead to other pages of its site; chosen is what was taken for an article.
func readListing(p *body.Page, chosen []*body.Block, address string) listing {
	here, err := url.Parse(address)
	if err != nil {
		here = &url.URL{}
	}
	taken := make(map[*body.Block]bool, len(chosen))
	for _, b := range chosen {
		taken[b] = true
	}
	var l listing
	run, last, counted := 0, -besideCard-1, true
	for i := range p.Blocks {
		b := &p.Blocks[i]
		teaser := leadsOn(b, here)
		if teaser {
			if l.teasers == 0 || p.Blocks[last].Link != b.Link {
				l.teasers++
				counted = false
			}
			if b.Kind == body.Heading {
				l.posts++
			}
			l.linked += b.LinkBytes()
			run, last = 0, i
		}
		if !taken[b] || b.Kind == body.Heading && !teaser {
			continue
		}
		words := article.CountWords(b.Text)
		l.words += words
		if !teaser {
			run += words
			l.run = max(l.run, run)
		}
		if i-last > besideCard {
			if l.cards == 0 {
				l.ahead += words
			}
			continue
		}
		l.shared += words
		if !counted && b.Kind != body.Heading {
			l.cards++
			counted = true
		}
	}
	return l
}

// leadsOn reports whether a block is a link to another page of the site, in words as headlines have them, or by which a
// teaser sends its readers on.
func leadsOn(b *body.Block, here *url.URL) bool {
	line, _, _ := strings.Cut(b.Text, "\n") // below it may stand what it leads to
	if b.LinkBytes()*10 < len(line)*7 || b.Link == "" {
		return false
	}
	if (b.LinkBytes() < minTeaser || article.CountWords(line) < 4) && !slices.Contains(goesOnWords, wordsOf(line)) {
		return false
	}
	to, err := here.Parse(strings.TrimSpace(b.Link))
	return err == nil && strings.TrimPrefix(to.Hostname(), "www.") == strings.TrimPrefix(here.Hostname(), "www.") && to.Path != here.Path
}

// interrupted reports whether the text is made of the few words below each of many headlines.
func (l listing) interrupted() bool {
	return l.cards >= manyCards && l.run < maxUnbroken && l.shared*2 > l.words
}

// isFrontPage reports whether a page that stands where sites have their front page looks like one.
func (l listing) isFrontPage(text string) bool {
	return l.cards >= fewCards || l.posts >= fewCards || l.outweighs(text)
}

// isSection reports whether a page is a list of articles. One that calls itself an article is believed, unless its address
// is a section's.
func (l listing) isSection(m meta.Data) bool {
	switch {
	case m.Type == meta.List:
		return l.run < maxForm || l.cards >= fewCards
	case m.Place == meta.Section && l.interrupted():
		return true
	}
	return !m.IsArticle && (l.interrupted() || m.Place == meta.Section && l.isPosts())
}

// isPosts reports whether the text is that of several articles, one below the other, none of them the greater part.
func (l listing) isPosts() bool {
	return l.posts >= fewCards && l.cards >= fewCards && l.run*2 < l.words && l.ahead*4 < l.words
}

// outweighs reports whether there is more in the headlines of other pages than in the text.
func (l listing) outweighs(text string) bool { return l.teasers >= manyTeasers && l.linked > len(text) }
