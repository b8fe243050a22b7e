package extract

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"newsdesk/article"
)

const (
	maxParts      = 100 // of an e-mail, at any depth
	maxPartsDepth = 8
)

// Mail makes an article of an e-mail as it is saved (RFC 5322, .eml): a newsletter, or an article that somebody
// forwarded. It reads the letter's HTML, else its plain text; title, author and date are the letter's where the text
// does not say better.
//
// It returns what [HTML] and [Text] return, and [ErrNoArticle] for a letter without text.
func Mail(page article.Page) (*article.Article, error) {
	name := nameOf(page)
	if err := checkSize(name, page.Body); err != nil {
		return nil, err
	}
	m, err := mail.ReadMessage(bytes.NewReader(page.Body))
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", name, ErrNotText, err)
	}
	var found letter
	found.read(textproto.MIMEHeader(m.Header), io.LimitReader(m.Body, MaxSize), 0)
	a, err := found.article(page.URL)
	if err != nil {
		return nil, err
	}
	a.URL, a.CanonicalURL = page.URL, nameFor(page.URL)
	words := &mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if subject, err := words.DecodeHeader(m.Header.Get("Subject")); err == nil {
		if subject = withoutReply(strings.Join(strings.Fields(subject), " ")); subject != "" {
			a.Title = subject
			withoutTitle(a)
		}
	}
	parser := mail.AddressParser{WordDecoder: words}
	if from, err := parser.Parse(m.Header.Get("From")); err == nil && a.Site == "" {
		a.Site = from.Name
	}
	if date, err := m.Header.Date(); err == nil && a.Published == "" {
		a.Published = date.Format(time.RFC3339)
	}
	return a, nil
}

// withoutTitle makes a sentence of what the text alone took for its title, where the document has another.
func withoutTitle(a *article.Article) {
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		if p.Kind == article.Other {
			continue
		}
		if words := a.Slice(p.Span); p.Kind == article.Heading && endsSentence(words) && letters(words) != letters(a.Title) {
			p.Kind = article.Text
		}
		return
	}
}

// replies are what mail programs put before a subject.
var replies = regexp.MustCompile(`^(?i)(?:(?:re|fw|fwd|aw|wg|tr|rv|vs|sv)\s*:\s*)+`)

func withoutReply(subject string) string { return replies.ReplaceAllString(subject, "") }

// letter is what an e-mail holds of text.
type letter struct {
	html, plain []byte
	parts       int
}

// read keeps the first HTML and the first plain text below a part.
func (l *letter) read(h textproto.MIMEHeader, body io.Reader, depth int) {
	if l.parts++; l.parts > maxParts || depth > maxPartsDepth {
		return
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if disposition, _, _ := mime.ParseMediaType(h.Get("Content-Disposition")); disposition == "attachment" {
		return
	}
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err != nil {
				return
			}
			l.read(p.Header, p, depth+1)
			if l.parts > maxParts {
				return
			}
		}
	case kind == "text/html" && l.html == nil:
		l.html = decodePart(h, params["charset"], body)
	case kind == "text/plain" && l.plain == nil:
		l.plain = decodePart(h, params["charset"], body)
	case kind == "message/rfc822":
		if m, err := mail.ReadMessage(body); err == nil {
			l.read(textproto.MIMEHeader(m.Header), m.Body, depth+1)
		}
	}
}

// decodePart returns a part's text in UTF-8.
func decodePart(h textproto.MIMEHeader, label string, body io.Reader) []byte {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	if label != "" {
		if r, err := charset.NewReaderLabel(label, body); err == nil {
			body = r
		}
	}
	text, _ := io.ReadAll(io.LimitReader(body, MaxSize)) // what could be read of a damaged part
	return bytes.ToValidUTF8(text, []byte("\uFFFD"))
}

// article makes one of the letter's HTML; where that holds none, of its plain text.
func (l *letter) article(name string) (*article.Article, error) {
	if len(bytes.TrimSpace(l.html)) > 0 {
		a, err := HTML(article.Page{URL: name, ContentType: "text/html; charset=utf-8", Body: l.html})
		if err == nil || len(bytes.TrimSpace(l.plain)) == 0 {
			return a, err
		}
	}
	plain := strings.ReplaceAll(strings.TrimSpace(string(l.plain)), "\r\n", "\n")
	if front := readFrontMatter(plain); quotedThroughout(splitLines(plain[front.length:])) {
		plain = quoteMarks.ReplaceAllString(plain, "")
	}
	a, err := Text(name, []byte(plain))
	if err == nil {
		cutEdges(a)
	}
	return a, err
}

// quoteMarks are those that mail programs put before the lines of a letter.
var quoteMarks = regexp.MustCompile(`(?m)^(?:> ?)+`)

// cutEdges takes what stands around the text of a letter off it: heads of letters within, what it says of itself.
func cutEdges(a *article.Article) {
	first, last := 0, len(a.Paragraphs)
	for first < last && a.Paragraphs[first].Kind == article.Other {
		first++
	}
	for last > first && a.Paragraphs[last-1].Kind == article.Other {
		last--
	}
	if first == last {
		return
	}
	start := a.Paragraphs[first].Start
	a.Text = a.Text[start:a.Paragraphs[last-1].End]
	a.Paragraphs = a.Paragraphs[first:last]
	for i := range a.Paragraphs {
		a.Paragraphs[i].Start -= start
		a.Paragraphs[i].End -= start
	}
}

// looksMail reports whether a document begins with the header of an e-mail: several of its fields, one a line.
func looksMail(b []byte) bool {
	known := 0
	for line := range bytes.Lines(b[:min(len(b), 16<<10)]) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			if known == 0 {
				return false
			}
			continue
		}
		field, _, ok := bytes.Cut(line, []byte(":"))
		if !ok || bytes.ContainsAny(field, " \t") {
			return false
		}
		switch strings.ToLower(string(field)) {
		case "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "received", "return-path", "delivered-to":
			known++
		}
	}
	return known >= 3
}
