package extract

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/article/internal/post"
)

// fromPost makes an article of a post, all of which its author says; is reports whether the page is one. One without words
// is [ErrPicture], one that is gone [ErrMissing].
func fromPost(page article.Page) (a *article.Article, is bool, err error) {
	p, is, err := post.Read(page)
	switch {
	case !is:
		return nil, false, nil
	case errors.Is(err, post.ErrNone):
		return nil, true, fmt.Errorf("%s: %w", nameOf(page), ErrMissing)
	case err != nil:
		return nil, true, fmt.Errorf("%s: %w: %w", nameOf(page), ErrNoArticle, err)
	case p.Text == "" || p.Author == "":
		return nil, true, fmt.Errorf("%s: %w", nameOf(page), ErrPicture)
	}
	a = &article.Article{
		URL: p.URL, CanonicalURL: p.URL, Title: postTitle(p), Byline: []string{p.Author}, Site: p.Site, Published: p.Published,
		Language: p.Language, Speaker: p.Author, Text: p.Text,
	}
	if p.Handle != "" && p.Handle != p.Author { // what people call themselves anybody may
		a.Byline[0] += " (@" + p.Handle + ")"
	}
	if a.Language == "" {
		a.Language = language(a.Text)
	}
	switch {
	case p.Cut:
		a.Partial = article.Cut
	case p.Media:
		a.Partial = article.Media
	}
	at := 0
	for _, gap := range append(blankLine.FindAllStringIndex(a.Text, -1), []int{len(a.Text), len(a.Text)}) {
		if at < gap[0] {
			a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: article.Span{Start: at, End: gap[0]}, Kind: article.Post})
		}
		at = gap[1]
	}
	return a, true, nil
}

// blankLine parts the paragraphs of a post.
var blankLine = regexp.MustCompile(`\s*\n\s*\n\s*`)

// titleWords is how much of a post stands in the title that it does not have itself, in characters.
const titleWords = 80

// postTitle names a post by its author and its first words.
func postTitle(p post.Post) string {
	line := strings.Join(strings.Fields(p.Text), " ")
	if utf8.RuneCountInString(line) > titleWords {
		line = string([]rune(line)[:titleWords])
		if at := strings.LastIndexByte(line, ' '); at > titleWords/2 {
			line = line[:at]
		}
		line += " …"
	}
	return p.Author + ": " + line
}
