// Package article says what an article is.
//
// An [Article] is what a person would call the article on a page: its title, standfirst, byline and
// dates, and its text with the kind of every paragraph. It is made by the packages below this one:
// article/fetch brings a [Page] from the network, article/extract turns bytes of HTML, Markdown or
// plain text into an Article. Everything after them (quotations, summaries, the store) reads only
// what stands here.
//
// All offsets are UTF-8 byte offsets into [Article.Text], half open: text[Start:End].
package article

import (
	"strings"
	"time"
	"unicode"
)

// Page is a document as it was fetched or read: bytes and where they came from.
type Page struct {
	URL         string    // after redirects; a file's name for a file; "" for standard input
	ContentType string    // as the server declared it, or "" when nobody said
	Body        []byte    // decompressed, in its original character encoding
	FetchedAt   time.Time // when Body was read
}

// Article is one article. The zero value is an empty article.
type Article struct {
	URL          string      // where it was read from; "" for pasted text
	CanonicalURL string      // the one name of the article: the page's own canonical URL, or the file's name
	Title        string      // without the site's name; "" if there is none
	Standfirst   string      // the summary that the outlet printed under its title; "" if there is none
	Byline       []string    // authors and agencies, in the page's order, without "By"
	Agencies     []string    `json:",omitempty"` // those of Byline that are news agencies and no people
	Site         string      // the outlet's name, "Harbour Herald"; "" if the page does not say
	Section      string      `json:",omitempty"` // where the outlet files it, "Politics"; "" if the page does not say
	Published    string      // RFC 3339 with the page's own zone, or only a date (2006-01-02), or ""
	Modified     string      `json:",omitempty"` // when it was last changed, as Published; "" if that is not known or the same
	Language     string      // BCP 47 primary tag ("en"), or "" if unknown
	Image        string      // URL of the lead image, or ""
	ImageAlt     string      `json:",omitempty"` // what the lead image shows, in the page's words; "" if it does not say
	Speaker      string      `json:",omitempty"` // who says all of Text, as in a post; "" where others report
	Partial      Partial     `json:",omitempty"` // why Text is not the whole article; "" if it is, as far as can be told
	Text         string      // see Paragraphs; for plain text the input, byte for byte
	Paragraphs   []Paragraph // in order, not overlapping, covering all of Text but white space
}

// Partial says why an article's text is only a part of it.
type Partial string

// The reasons. What is there is shown and marked; it is never treated as if it were the whole.
const (
	Whole       Partial = ""
	Subscribers Partial = "subscribers" // the page shows the rest to subscribers or registered readers
	Cut         Partial = "cut"         // the text breaks off, or says that it goes on elsewhere
	Consent     Partial = "consent"     // the page shows the rest to those who agree to be tracked
	Media       Partial = "media"       // pictures or a film belong to it, of which the text does not tell
)

// Paragraph is one block of an article's text.
type Paragraph struct {
	Span
	Kind Kind
}

// Span is the stretch text[Start:End] of an article's text, in bytes.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether inner lies within s.
func (s Span) Contains(inner Span) bool { return s.Start <= inner.Start && inner.End <= s.End }

// Overlaps reports whether s and other share at least one byte.
func (s Span) Overlaps(other Span) bool { return s.Start < other.End && other.Start < s.End }

// Kind says what a paragraph is.
type Kind string

// The kinds of paragraph. What a reader would call the article's own words are standfirst,
// paragraph, list, blockquote and post; see [Kind.IsBody].
const (
	Standfirst    Kind = "standfirst"
	Text          Kind = "paragraph"
	Heading       Kind = "heading" // the title in plain text, and headings between paragraphs
	List          Kind = "list"
	Blockquote    Kind = "blockquote"
	Post          Kind = "post" // an embedded social-media post
	Caption       Kind = "caption"
	Dateline      Kind = "dateline" // "TARNMOUTH (Northern Wire) –", before the paragraph that it opens
	Advertisement Kind = "advertisement"
	Other         Kind = "other" // bylines, "Also read", share rows and the like
)

// IsBody reports whether a paragraph of this kind belongs to what the article says, as opposed to
// what stands around it. Standfirst and headings are not body: they repeat it.
func (k Kind) IsBody() bool {
	switch k {
	case Text, List, Blockquote, Post:
		return true
	default:
		return false
	}
}

// Slice returns the words of s. It panics if s does not lie within the text.
func (a *Article) Slice(s Span) string { return a.Text[s.Start:s.End] }

// ParagraphAt returns the index of the paragraph that holds the byte at offset, or -1.
func (a *Article) ParagraphAt(offset int) int {
	lo, hi := 0, len(a.Paragraphs)
	for lo < hi {
		mid := (lo + hi) / 2
		switch p := a.Paragraphs[mid]; {
		case offset < p.Start:
			hi = mid
		case offset >= p.End:
			lo = mid + 1
		default:
			return mid
		}
	}
	return -1
}

// wordsAMinute is how fast people read news on a screen (Brysbaert 2019: 238 for English non-fiction).
const wordsAMinute = 238

// Minutes is how long the article takes to read, at least 1.
func (a *Article) Minutes() int { return max(1, (a.Words()+wordsAMinute/2)/wordsAMinute) }

// Words counts the words of the article's body and standfirst: runs of anything but white space, and in scripts that
// put no spaces between words two characters for one.
func (a *Article) Words() int {
	n := 0
	for _, p := range a.Paragraphs {
		if p.Kind.IsBody() || p.Kind == Standfirst {
			n += CountWords(a.Slice(p.Span))
		}
	}
	return n
}

// CountWords counts the words of s as [Article.Words] does.
func CountWords(s string) int {
	n, unspaced := 0, 0
	for field := range strings.FieldsSeq(s) {
		spaced := true
		for _, r := range field {
			if r >= 0xe00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
				unspaced++
				spaced = false
			}
		}
		if spaced {
			n++
		}
	}
	return n + (unspaced+1)/2
}

// Day is the day of a time as [Article.Published] writes it, in the page's own zone; false if there is none.
func Day(published string) (time.Time, bool) {
	if len(published) < len(time.DateOnly) {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, published[:len(time.DateOnly)])
	return day, err == nil
}
