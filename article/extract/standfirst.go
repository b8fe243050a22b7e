package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"newsdesk/article"
	"newsdesk/article/extract/internal/body"
)

// standfirstNames are words in the class of an element that holds a standfirst.
var standfirstNames = []string{
	"standfirst", "subtitle", "subhead", "sub-head", "sub-title", "dek", "deck", "intro", "summary", "abstract", "teaser", "lead-text", "leadtext", "preamble", "ingress",
	"chapo", "vorspann", "entradilla", "bajada", "sommario", "catenaccio", "excerpt", "description",
}

// standfirst returns which of the blocks of an article is its standfirst, or -1: one of the first two,
// held apart from the paragraphs behind it, and either called so or the same as the page's description.
func standfirst(blocks []*body.Block, description string) int {
	for i := 0; i < 2 && i+1 < len(blocks); i++ {
		b := blocks[i]
		if b.Kind != body.Paragraph && b.Kind != body.Heading || len(strings.Fields(b.Text)) < 4 ||
			len(b.Text) > maxStandfirst && (b.Kind != body.Heading || len(b.Text) > maxDeck) {
			continue
		}
		if sameHolder(b, blocks[i+1]) && b.Kind != body.Heading {
			continue
		}
		said := b.Kind == body.Heading && i == 0 && len(strings.Fields(b.Text)) >= minDeck // a heading says less
		if said || calledStandfirst(b.Element()) || i == 0 && letters(b.Text) == letters(description) {
			return i
		}
	}
	return -1
}

// minDeck is how many words a heading above the body has that is a standfirst in large print, maxDeck how many bytes
// at most.
const (
	minDeck = 8
	maxDeck = 1200
)

// withoutEnd leaves out the headings that a text ends with: what they announce is no part of the article.
func withoutEnd(blocks []*body.Block) []*body.Block {
	for len(blocks) > 1 && blocks[len(blocks)-1].Kind == body.Heading {
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}

// sameHolder reports whether two blocks lie in one element, as the paragraphs of a body do.
func sameHolder(a, b *body.Block) bool {
	return a.Element().Parent == b.Element().Parent && a.Element().Data == b.Element().Data
}

func calledStandfirst(n *html.Node) bool {
	for range 2 {
		if n == nil {
			return false
		}
		for _, a := range n.Attr {
			if a.Key != "class" && a.Key != "itemprop" && a.Key != "data-testid" {
				continue
			}
			value := strings.ToLower(a.Val)
			for _, name := range standfirstNames {
				if strings.Contains(value, name) {
					return true
				}
			}
		}
		n = n.Parent
	}
	return false
}

// letters leaves the letters and digits of s, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// markStandfirst gives the i-th paragraph of a the kind of a standfirst.
func markStandfirst(a *article.Article, i int) {
	a.Paragraphs[i].Kind = article.Standfirst
	a.Standfirst = a.Slice(a.Paragraphs[i].Span)
}
