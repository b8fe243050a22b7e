package extract

import (
	"strings"

	"newsdesk/article"
	"newsdesk/article/extract/internal/body"
	"newsdesk/article/extract/internal/meta"
)

const (
	maxForm      = 150 // words of a text beside a form, a film or a picture that make no article of it
	maxChallenge = 200 // words of a bot wall's or a consent wall's own text
	minTeaser    = 20  // bytes of a link that looks like a headline
	manyTeasers  = 12  // links like headlines that make a list
)

// noArticle tells what a page is that holds no article: one of the errors that wrap [ErrNoArticle], or that
// itself. It returns nil for what may be an article.
func noArticle(a *article.Article, p *body.Page, m meta.Data, s signs) error {
	found := isArticle(a, m)
	words := a.Words()
	switch {
	case !m.IsArticle && s.browser && words < maxChallenge:
		return ErrBotWall
	case !m.IsArticle && s.consent && words < maxChallenge && bodyIsWall(a):
		return ErrConsent
	case !m.IsArticle && s.password && (s.signIn || !found) && words < maxForm:
		return ErrSignIn
	case m.Type == meta.Search:
		return ErrSearch
	case m.Type == meta.Video && words < maxForm:
		return ErrVideo
	case m.Type == meta.Picture && words < maxForm:
		return ErrPicture
	case m.IsHome && (!found || isList(a, p)):
		return ErrHomePage
	case !found && (m.Type == meta.List || isList(a, p)):
		return ErrSection
	case !found:
		return ErrNoArticle
	}
	return nil
}

// bodyIsWall reports whether half of a's paragraphs are words of a wall.
func bodyIsWall(a *article.Article) bool {
	walls := 0
	for _, p := range a.Paragraphs {
		if isWall(a.Slice(p.Span)) {
			walls++
		}
	}
	return walls*2 >= len(a.Paragraphs)
}

// isList reports whether a page is made of links to other pages: many that look like headlines, and more in them
// than in the text.
func isList(a *article.Article, p *body.Page) bool {
	teasers, size := 0, 0
	for i := range p.Blocks {
		if n := p.Blocks[i].LinkBytes(); n >= minTeaser && strings.Contains(p.Blocks[i].Text, " ") && n*2 > len(p.Blocks[i].Text) {
			teasers++
			size += n
		}
	}
	return teasers >= manyTeasers && size > len(a.Text)
}
