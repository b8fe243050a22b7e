package extract

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"newsdesk/article"
	"newsdesk/article/extract/internal/meta"
	"newsdesk/article/extract/internal/pdf"
)

// maxPDFTitle is the longest heading, in bytes, that is taken for a document's title.
const maxPDFTitle = 200

// PDF makes an article of a PDF document with a text layer. The article's text is the document's paragraphs and
// headings in reading order; of a document of many pages it is the first [pdf.MaxPages], and marked as cut.
//
// It returns [ErrLocked] for an encrypted document, [ErrScanned] for one of pictures of text,
// [ErrIllegible] for one whose letters cannot be told, [ErrUnsupported] for one that cannot be read, and [ErrNoArticle] for one without text.
func PDF(page article.Page) (*article.Article, error) {
	name := nameOf(page)
	if err := checkSize(name, page.Body); err != nil {
		return nil, err
	}
	doc, err := pdf.Read(page.Body)
	switch {
	case errors.Is(err, pdf.ErrEncrypted):
		return nil, fmt.Errorf("%s: %w", name, ErrLocked)
	case errors.Is(err, pdf.ErrScanned):
		return nil, fmt.Errorf("%s: %w", name, ErrScanned)
	case errors.Is(err, pdf.ErrIllegible):
		return nil, fmt.Errorf("%s: %w", name, ErrIllegible)
	case errors.Is(err, pdf.ErrEmpty):
		return nil, fmt.Errorf("%s: %w", name, ErrNoArticle)
	case err != nil:
		return nil, fmt.Errorf("%s: %w: %w", name, ErrUnsupported, err)
	}
	a := &article.Article{URL: page.URL, CanonicalURL: nameFor(page.URL), Title: pdfTitle(doc)}
	if isPersonal(doc.Author) {
		a.Byline = []string{doc.Author}
	}
	if doc.Cut {
		a.Partial = article.Cut
	}
	var b strings.Builder
	for _, p := range doc.Paragraphs {
		if b.Len() == 0 && p.Heading && p.Text == a.Title {
			continue // the title is no part of the text
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		kind := article.Text
		if p.Heading && len(p.Text) <= maxPDFTitle {
			kind = article.Heading
		}
		start := b.Len()
		b.WriteString(strings.ToValidUTF8(p.Text, ""))
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: article.Span{Start: start, End: b.Len()}, Kind: kind})
	}
	a.Text = b.String()
	a.Language = language(a.Text)
	if len(a.Paragraphs) == 0 {
		return nil, fmt.Errorf("%s: %w", name, ErrNoArticle)
	}
	return a, nil
}

// pdfTitle is the largest of the headings that a document begins with, else the title that it states.
func pdfTitle(doc *pdf.Document) string {
	best := pdf.Paragraph{}
	for i, p := range doc.Paragraphs {
		if i == 6 || p.Page > 1 {
			break
		}
		if p.Heading && len(p.Text) <= maxPDFTitle && p.Size > best.Size+0.5 {
			best = p
		}
	}
	if best.Text != "" {
		return best.Text
	}
	for _, end := range []string{".doc", ".docx", ".indd", ".qxd", ".pdf", ".tex", ".dvi"} {
		if strings.HasSuffix(strings.ToLower(doc.Title), end) {
			return "" // the name of the file that it was made from
		}
	}
	return doc.Title
}

// isPersonal reports whether an author as a PDF document states it looks like a name and not like a login.
func isPersonal(author string) bool {
	return strings.Contains(author, " ") && len(author) < 100 && !strings.ContainsAny(author, "@\\/_0123456789")
}

// nameFor is the one name of a document at an address, or of a file.
func nameFor(address string) string {
	if address != "" && !strings.Contains(address, "://") {
		return path.Base(strings.ReplaceAll(address, `\`, "/"))
	}
	return meta.CleanURL(address)
}
