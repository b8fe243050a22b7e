// Package cache says what is remembered.
//
// A [Story] is the record of all that is known of one article: the article, its quotations, its
// summary, and who shared it where. A driver below this package keeps it: cache/embedded in one
// file, cache/redis in a Redis that any number of processes share. cache/storetest is the suite that
// every driver must pass. What drivers must agree on stands here: what makes two articles one story ([StoryID], [Owner], [ContentKey]), how a story is encoded
// ([MarshalRecord]), by which words it is found ([TermsOf], [QueryTerms]), and which names are one
// speaker ([Joins], [Shown], [Fits]).
//
// Whoever asks names a guild: what was shared there is found, and nothing else. The command line is
// the guild [Local].
package cache

import (
	"errors"
	"time"

	"newsdesk/article"
	"newsdesk/quote"
	"newsdesk/summarize"
)

// Local is the guild of the command line.
const Local = "local"

// What a store may refuse. Wrapped with what it concerns.
var (
	ErrNotFound = errors.New("not filed")                       // no such story for this guild
	ErrLocked   = errors.New("store is in use")                 // another process holds it
	ErrReadOnly = errors.New("store cannot be written")         // permissions, read-only disk
	ErrNotStore = errors.New("not a newsdesk store")            // some other file
	ErrCorrupt  = errors.New("store is damaged")                // a store once
	ErrNewer    = errors.New("store is of a newer newsdesk")    // its version is above ours
	ErrFull     = errors.New("no room left to write the store") // disk or Redis memory
	ErrInvalid  = errors.New("story cannot be filed")           // what [Check] refuses
	ErrCursor   = errors.New("not a cursor of this list")       // [QuoteQuery.After] is none
	ErrStale    = errors.New("another has taken over")          // a claim was lost, and its story is made anew
	ErrAway     = errors.New("store cannot be reached")         // Redis is down, starting, or somewhere else
	ErrDenied   = errors.New("store refuses the password")      // or the user may not do what is needed
)

// Story is all that is known of one article, as filed.
type Story struct {
	ID        string            `json:"id"` // derived from the canonical URL or the content; stable across stores
	Article   article.Article   `json:"article"`
	Quotes    []quote.Quote     `json:"quotes"`
	Summary   summarize.Summary `json:"summary"`
	FiledAt   time.Time         `json:"filed_at"`            // when the guild that asks first shared it
	UpdatedAt time.Time         `json:"updated_at,omitzero"` // the text changed since; zero if it never did
}

// Share is one sharing of a story; it decides who may see it.
type Share struct {
	Guild string    `json:"guild"`
	By    string    `json:"by"` // opaque id of the person, "" on the command line; [ByFeed] for no person
	At    time.Time `json:"at"`
	// Where it was shared, for the front end to find the way there again; stores do not look into it. "" if there is
	// no such place. Of several sharings by one person the first place stays.
	Where string `json:"where,omitempty"`
	// Fence is the token of the claim under which the story was made, in a store that has claims; 0 for none.
	Fence int64 `json:"-"`
}

// FiledQuote is a quote with the article that it stands in.
type FiledQuote struct {
	quote.Quote
	Article string    `json:"article"` // canonical URL, or the file's name
	StoryID string    `json:"-"`
	Title   string    `json:"-"`
	Site    string    `json:"-"`
	FiledAt time.Time `json:"-"`
	// Published is the article's own date, as [article.Article.Published]. A store's list leaves it out: it
	// stands in the story.
	Published string `json:"-"`
}

// Filed is a quote of s with its article, as a store gives it, and the article's date beside.
func (s Story) Filed(q quote.Quote) FiledQuote {
	return FiledQuote{
		Quote: q, Article: Name(&s.Article), StoryID: s.ID, Title: s.Article.Title, Site: s.Article.Site,
		FiledAt: s.FiledAt, Published: s.Article.Published,
	}
}

// QuoteQuery asks for filed quotes, newest story first and in the story's order within it,
// quotations (direct, mixed) before reported statements.
type QuoteQuery struct {
	Guild    string
	Speakers []string  // exact speakers as [Speaker.Name] gives them; none for anyone
	About    string    // words, all of which the quote or its article's title holds; "" for anything
	Site     string    // "" for any
	StoryID  string    // "" for any
	Since    time.Time // filed at or after; zero for any
	Limit    int       // at most so many; 0 for no limit
	After    string    // cursor of the page before, "" for the first
}

// StoryQuery asks for filed stories, newest first.
type StoryQuery struct {
	Guild string
	About string    // words, all of which title, standfirst or text hold; "" for anything
	Site  string    // "" for any
	By    string    // who shared it there; "" for anybody
	Since time.Time // filed at or after; zero for any
	Until time.Time // filed before; zero for any
	Limit int       // at most so many; 0 for no limit
	After string    // cursor of the page before, "" for the first
}

// Speaker is one person (or organisation, or description) across everything filed for a guild.
type Speaker struct {
	Name  string `json:"speaker"`
	Count int    `json:"count"` // quotes, reported statements included
}

// Stats says what a store holds for a guild.
type Stats struct {
	Stories  int
	Quotes   int
	Speakers int
	Bytes    int64 // on disk or in memory, of the whole store
}
