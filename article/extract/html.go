package extract

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"newsdesk/article"
	"newsdesk/article/extract/internal/body"
	"newsdesk/article/extract/internal/meta"
)

// Page makes an article of a document, by what its content type and its first bytes say it is: HTML,
// XHTML, Markdown, plain text, PDF, an e-mail or a feed.
//
// Besides what [HTML] and [Text] return, it returns [ErrUnsupported] for pictures and other documents
// that are no text.
func Page(page article.Page) (*article.Article, error) {
	if err := checkSize(nameOf(page), page.Body); err != nil {
		return nil, err
	}
	declared, _, _ := mime.ParseMediaType(page.ContentType)
	if bytes.HasPrefix(page.Body, []byte("%PDF-")) {
		return PDF(page)
	}
	if a, is, err := fromPost(page); is {
		return a, err
	}
	if looksFeed(page.Body) { // also of JSON, which is no text else
		return Feed(page)
	}
	if err := noText(declared, page.Body); err != nil {
		return nil, fmt.Errorf("%s: %w", nameOf(page), err)
	}
	switch {
	case declared == "message/rfc822" || (declared == "" || declared == "text/plain") && looksMail(page.Body):
		return Mail(page)
	case declared == "text/html" || declared == "application/xhtml+xml":
		return HTML(page)
	case declared == "text/markdown" || declared == "text/x-markdown":
		return pageText(page)
	case declared == "text/plain" && !looksHTML(page.Body):
		return pageText(page)
	case looksHTML(page.Body) || hasHTMLName(page.URL) && bytes.Contains(page.Body, []byte("<")):
		return HTML(page)
	}
	return pageText(page)
}

// pageText is Text for a page that may not be UTF-8.
func pageText(page article.Page) (*article.Article, error) {
	raw, _ := toUTF8(page.Body, page.ContentType) // what is none of it, Text refuses
	a, err := Text(page.URL, raw)
	if err == nil && strings.Contains(page.URL, "://") {
		a.CanonicalURL = meta.CleanURL(page.URL)
	}
	return a, err
}

// HTML makes an article of a web page in whatever character encoding it declares or has.
//
// It returns [ErrNoArticle] where the page holds none: a home page, an empty page, a list of links,
// rubbish. [ErrTooLarge] is for more than [MaxSize] bytes.
func HTML(page article.Page) (*article.Article, error) { return Judged(page, body.Select) }

// Judged is [HTML] with another judge of which blocks of the page are its article. A judge that was learnt without the
// page's host shows what HTML is worth on pages that it has not seen.
func Judged(page article.Page, judge func(*body.Page)) (*article.Article, error) {
	name := nameOf(page)
	if err := checkSize(name, page.Body); err != nil {
		return nil, err
	}
	doc, end, err := parse(page)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", name, ErrNoArticle, err)
	}
	m := meta.Read(doc, page.URL)
	p := body.Cut(doc, body.Hints{Title: m.Title, Description: m.Description, ArticleBody: m.ArticleBody, Live: m.IsLive})
	judge(p)
	a := &article.Article{
		URL: page.URL, CanonicalURL: m.Canonical, Title: m.Title, Byline: m.Authors, Agencies: agenciesOf(m.Authors), Site: m.Site,
		Section: m.Section, Published: m.Published, Modified: m.Modified, Language: m.Language, Image: m.Image, ImageAlt: m.ImageAlt,
	}
	if a.CanonicalURL == "" {
		a.CanonicalURL = nameFor(page.URL)
	}
	signs := readSigns(doc, p.Blocks)
	blocks := withoutEnd(withoutLeftovers(withoutWall(withoutCaptions(body.Chosen(p))), m.Authors))
	assemble(a, blocks)
	if n := a.Words(); n < minWhole {
		if hidden := embedded(doc, m, n, judge); hidden != nil {
			if more := body.Chosen(hidden); len(more) > 0 {
				p, blocks, end.open = hidden, more, false
				a.Paragraphs = nil
				assemble(a, blocks)
			}
		}
	}
	if i := standfirst(blocks, m.Description); i >= 0 {
		markStandfirst(a, i)
	}
	splitDateline(a)
	a.Partial = partial(a, p, blocks, m, signs, end)
	if err := noArticle(a, readListing(p, blocks, m.Address), m, signs); err != nil {
		if err = beginning(a, m, signs, err); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if end.cut && a.Partial == article.Whole {
		a.Partial = article.Cut
	}
	if a.Language == "" {
		a.Language = language(a.Text)
	}
	return a, nil
}

// beginning makes do with the little that a page shows of an article that something stands in the way of: what was found
// before an offer to subscribe, or the summary that the page gives of itself. It returns nil where that is something, else
// why not.
func beginning(a *article.Article, m meta.Data, s signs, err error) error {
	why, found := withheld(m, s, err)
	if why == article.Whole {
		return err
	}
	if m.Description != "" && !saysWall(m.Description) && (!found || a.Words() < minStated && len(m.Description) > len(a.Text)) {
		a.Text, a.Standfirst = m.Description, m.Description
		a.Paragraphs = []article.Paragraph{{Span: article.Span{End: len(a.Text)}, Kind: article.Standfirst}}
		found = true
	}
	switch {
	case found && len(a.Paragraphs) > 0:
		a.Partial = why
		return nil
	case why == article.Subscribers && !errors.Is(err, ErrSignIn):
		return ErrSubscribers
	}
	return err
}

// withheld tells why a page shows no article that it has, [article.Whole] where it has none, and whether what was found
// is the article's and no wall's.
func withheld(m meta.Data, s signs, err error) (why article.Partial, found bool) {
	paid := m.Access.Paid || s.subscribers
	switch {
	case errors.Is(err, ErrMissing):
		return article.Whole, false
	case m.IsArticle && errors.Is(err, ErrConsent):
		return article.Consent, false
	case m.IsArticle && errors.Is(err, ErrSignIn):
		return article.Subscribers, false
	case m.IsArticle && errors.Is(err, ErrBotWall):
		return article.Cut, false
	case paid && (m.IsArticle || errors.Is(err, errNothing) && m.Title != ""):
		return article.Subscribers, true
	case m.IsArticle && errors.Is(err, errNothing) && m.Title != "": // scripts fill the page
		return article.Cut, false
	}
	return article.Whole, false
}

// minWords is the least that makes an article of a page that does not call itself one, minStated of one
// that does.
const (
	minWords  = 50
	minStated = 12
)

// minWhole is how many words make it pointless to look for the article anywhere but in what the page shows.
const minWhole = 120

// isArticle reports whether what was found on a page is one.
func isArticle(a *article.Article, m meta.Data) bool {
	n, prose := 0, 0
	for _, p := range a.Paragraphs {
		text := a.Slice(p.Span)
		words := article.CountWords(text)
		n += words
		if p.Kind.IsBody() && endsSentence(text) && words >= 6 {
			prose++
		}
	}
	if m.Place == meta.Home {
		return prose >= 5 && n >= 300
	}
	if m.IsArticle {
		return n >= minStated && prose >= 1 || n >= minWords // lists of winners have no sentences
	}
	return n >= minWords && prose >= 1
}

// assemble writes the blocks into a's text, paragraphs parted by a blank line.
func assemble(a *article.Article, blocks []*body.Block) {
	var b strings.Builder
	for _, block := range blocks {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(block.Text)
		kind := kinds[block.Kind]
		if kind == article.Heading && len(block.Text) > maxHeading {
			kind = article.Text
		}
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: article.Span{Start: start, End: b.Len()}, Kind: kind})
	}
	a.Text = b.String()
}

// maxHeading is the longest heading, in bytes: what is marked up as one and longer is a paragraph in large print.
const maxHeading = 400

// kinds are the paragraphs' kinds of blocks. A caption that was found to belong to the body is body.
var kinds = map[body.Kind]article.Kind{
	body.Paragraph: article.Text,
	body.Heading:   article.Heading,
	body.Item:      article.List,
	body.Quote:     article.Blockquote,
	body.Caption:   article.Caption,
	body.Row:       article.Text,
	body.Post:      article.Post,
}

// splitDateline makes an entry of its own of the dateline that opens the body.
func splitDateline(a *article.Article) {
	for i, p := range a.Paragraphs {
		if i > 2 {
			return
		}
		if p.Kind != article.Text {
			continue
		}
		text := a.Slice(p.Span)
		d, ok := dateline(text)
		if !ok {
			continue
		}
		rest := p.Start + d.length + len(text[d.length:]) - len(strings.TrimLeft(text[d.length:], space))
		split := []article.Paragraph{
			{Span: article.Span{Start: p.Start, End: p.Start + d.length}, Kind: article.Dateline},
			{Span: article.Span{Start: rest, End: p.End}, Kind: article.Text},
		}
		a.Paragraphs = append(a.Paragraphs[:i], append(split, a.Paragraphs[i+1:]...)...)
		return
	}
}

// parse decodes a page and parses it, and says how it ends. What no encoding can be told of is read as browsers do, as
// Windows-1252.
func parse(page article.Page) (doc *html.Node, end ending, err error) {
	text, known := toUTF8(page.Body, page.ContentType)
	if len(text) > 2 && bytes.IndexByte(text[:min(len(text), 1024)], 0) >= 0 {
		return nil, end, ErrNotText
	}
	if !known {
		from, _, _ := charset.DetermineEncoding(page.Body, page.ContentType)
		if text, err = from.NewDecoder().Bytes(page.Body); err != nil {
			return nil, end, err
		}
	} else {
		text = repaired(bytes.TrimPrefix(text, []byte("\ufeff")))
		if isXHTML(page, text) {
			text = closed(text)
		}
	}
	end = endingOf(text)
	doc, end.cut, err = tree(text)
	return doc, end, err
}

// maxTags is how many tags of a page are read; the longest articles have some ten thousand. An element of three bytes makes
// several hundred of nodes, blocks and what is known of them.
const maxTags = 150_000

// tree parses HTML as far as its first maxTags tags, and says whether there are more.
func tree(text []byte) (doc *html.Node, cut bool, err error) {
	at := 0
	for range maxTags + 1 {
		i := bytes.IndexByte(text[at:], '<')
		if i < 0 {
			doc, err = html.Parse(bytes.NewReader(text))
			return doc, false, err
		}
		at += i + 1
	}
	doc, err = html.Parse(bytes.NewReader(text[:at-1]))
	return doc, true, err
}

// looksHTML reports whether the beginning of a document is HTML's.
func looksHTML(b []byte) bool {
	head := b[:min(len(b), 4096)]
	if hasUTF16Mark(head) {
		head = head[2:]
	}
	head = bytes.ToLower(bytes.ReplaceAll(head, []byte{0}, nil)) // which every other byte of UTF-16's markup is
	trimmed := bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n")
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<article", "<div", "<meta", "<title", "<!--", "<?xml", "<p>", "<h1", "<script", "<main", "<section"} {
		if bytes.HasPrefix(trimmed, []byte(tag)) {
			return true
		}
	}
	return bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<html"))
}

func hasHTMLName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return true
	}
	return false
}
