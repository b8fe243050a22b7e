package extract

import (
	"fmt"

	"newsdesk/article"
	"newsdesk/article/extract/internal/meta"
)

const (
	maxForm      = 150 // words of a text beside a form, a film or a picture that make no article of it
	maxChallenge = 200 // words of a bot wall's or a consent wall's own text
)

// errNothing is what is said of a page that looks like nothing else either.
var errNothing = fmt.Errorf("%w: neither text nor anything known", ErrNoArticle)

// noArticle tells what a page is that holds no article: one of the errors that wrap [ErrNoArticle], or that
// itself. It returns nil for what may be an article.
func noArticle(a *article.Article, l listing, m meta.Data, s signs) error {
	found := isArticle(a, m)
	words := a.Words()
	switch {
	case !m.IsArticle && s.browser && words < maxChallenge:
		return ErrBotWall
	case !m.IsArticle && s.consent && words < maxChallenge && bodyIsWall(a):
		return ErrConsent
	case !m.IsArticle && s.password && (s.signIn || !found) && words < maxForm:
		return ErrSignIn
	case !m.IsArticle && (s.missing || saysMissing(m.Title)) && l.run < maxForm:
		return ErrMissing
	case m.Type == meta.Search && l.run < maxForm:
		return ErrSearch
	case m.Type == meta.Video && words < maxForm:
		return ErrVideo
	case m.Type == meta.Picture && words < maxForm:
		return ErrPicture
	case (m.Place == meta.Home || m.Place == meta.Edition) && (!found || l.isFrontPage(a.Text)):
		return ErrHomePage
	case l.isSection(m), !found && (m.Type == meta.List || l.outweighs(a.Text)):
		return ErrSection
	case !found:
		return errNothing
	}
	return nil
}

// bodyIsWall reports whether half of a's paragraphs, or of its text, are words of a wall.
func bodyIsWall(a *article.Article) bool {
	walls, bytes := 0, 0
	for _, p := range a.Paragraphs {
		if isWall(a.Slice(p.Span)) {
			walls++
			bytes += p.Len()
		}
	}
	return walls*2 >= len(a.Paragraphs) || bytes*2 >= len(a.Text)
}
