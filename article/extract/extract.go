// Package extract makes an [article.Article] of a document: HTML, Markdown, plain text, PDF, an e-mail, a feed.
//
// [Page] looks at what a document is and calls the right one of:
//
//   - [Text] for text as people paste it. The article's text is the input byte for byte, so offsets
//     point into what was given; title, standfirst, captions, datelines, advertisements are told
//     apart by the kind of their paragraph and never cut out.
//   - [HTML] for web pages. The article's text is what a reader would call the article:
//     the standfirst where the page shows one that the body does not repeat, then the body,
//     paragraphs separated by a blank line, without title, captions, boxes or navigation.
//   - [PDF] for PDF documents with a text layer.
//   - Posts on X, Bluesky, Mastodon, Telegram and YouTube, as these answer where article/fetch asks for them: the
//     author says all of it ([article.Article.Speaker]).
//   - [Mail] for e-mail newsletters (.eml), [Feed] for RSS, Atom and JSON Feed: what is read is the letter, or the
//     newest entry that has its text in it.
//
// What is no article (a home page, an empty page, a picture) gives [ErrNoArticle], where it can be told
// as one of the errors that say what it is instead; nothing is made up. Where only the beginning of an
// article is there, that is given, and [article.Article.Partial] says why.
// The package keeps no state and reads nothing but its arguments; time and memory are bounded by
// the size of the input, which may be [MaxSize] at most. Documents are taken to be hostile.
package extract

import (
	"errors"
	"fmt"

	"newsdesk/article"
)

// MaxSize is the largest document that is read, in bytes.
const MaxSize = 8 << 20

// Why a document gives no article. Wrapped with what it concerns.
var (
	ErrNoArticle   = errors.New("no readable article")      // a home page, an empty page, a list of links
	ErrNotText     = errors.New("not text")                 // binary data, or a text in an encoding that cannot be told
	ErrUnsupported = errors.New("unsupported kind of file") // a document of a kind that is not read: office files, pictures
	ErrTooLarge    = errors.New("document too large")       // more than MaxSize bytes
)

// What a file is that holds no text for readers. Each is an [ErrUnsupported] to errors.Is.
var (
	ErrPictureFile = fmt.Errorf("%w: a picture", ErrUnsupported)
	ErrFilm        = fmt.Errorf("%w: a video", ErrUnsupported)
	ErrSound       = fmt.Errorf("%w: a sound", ErrUnsupported)
)

// Why a PDF document cannot be read. Each is an [ErrUnsupported] to errors.Is.
var (
	ErrLocked  = fmt.Errorf("%w: an encrypted PDF document", ErrUnsupported)
	ErrScanned = fmt.Errorf("%w: a PDF document of pictures without text", ErrUnsupported)
	// ErrIllegible is a PDF document whose fonts do not say which letters they show, as of one that broke off.
	ErrIllegible = fmt.Errorf("%w: a PDF document whose letters cannot be told", ErrUnsupported)
)

// What a page is that holds no article. Each is an [ErrNoArticle] to errors.Is.
var (
	ErrHomePage    = fmt.Errorf("%w: a home page", ErrNoArticle)
	ErrSection     = fmt.Errorf("%w: a list of articles", ErrNoArticle)
	ErrSearch      = fmt.Errorf("%w: search results", ErrNoArticle)
	ErrVideo       = fmt.Errorf("%w: a video", ErrNoArticle)
	ErrPicture     = fmt.Errorf("%w: pictures", ErrNoArticle)
	ErrSignIn      = fmt.Errorf("%w: a sign-in page", ErrNoArticle)
	ErrBotWall     = fmt.Errorf("%w: a page for browsers only", ErrNoArticle) // a challenge, or a page that scripts fill
	ErrMissing     = fmt.Errorf("%w: a page that says there is none", ErrNoArticle)
	ErrConsent     = fmt.Errorf("%w: a request for consent", ErrNoArticle)        // to cookies, tracking
	ErrSubscribers = fmt.Errorf("%w: all of it is for subscribers", ErrNoArticle) // not even a standfirst is shown
)

func checkSize(name string, body []byte) error {
	if len(body) > MaxSize {
		return fmt.Errorf("%s: %w: %d bytes, at most %d are read", name, ErrTooLarge, len(body), MaxSize)
	}
	return nil
}

// nameOf is what an error calls a page.
func nameOf(page article.Page) string {
	if page.URL == "" {
		return "input"
	}
	return page.URL
}
