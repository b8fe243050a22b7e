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
	case s.browser && words < maxChallenge && (!m.IsArticle || isWords(a, m, challenges)):
		return ErrBotWall
	case s.consent && words < maxChallenge && isWords(a, m, isWall):
		return ErrConsent
	case s.password && (s.signIn || !found) && words < maxForm && (!m.IsArticle || isWords(a, m, asksToSignIn)):
		return ErrSignIn
	case (s.missing || saysMissing(m.Title)) && l.run < maxForm && (!m.IsArticle || isWords(a, m, isGone) || !tellsOf(a, m)):
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

// isWords reports whether what was found is the words of a wall, whatever the page's head calls it: half of a's paragraphs
// or of its text, or some of them where nothing tells of what the head announces.
func isWords(a *article.Article, m meta.Data, ofWall func(text string) bool) bool {
	walls, bytes := 0, 0
	for _, p := range a.Paragraphs {
		if ofWall(a.Slice(p.Span)) {
			walls++
			bytes += p.Len()
		}
	}
	return walls*2 >= len(a.Paragraphs) || bytes*2 >= len(a.Text) || walls > 0 && !tellsOf(a, m)
}

// minTold is the share of the longer words of a title or a description that its article has too.
const minTold = 0.4

// tellsOf reports whether a's text tells of what the page's head says that it does.
func tellsOf(a *article.Article, m meta.Data) bool {
	return echo(m.Title, a.Text) >= minTold || echo(m.Description, a.Text) >= minTold
}
