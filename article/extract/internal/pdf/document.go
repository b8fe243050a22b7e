// Package pdf reads the text of PDF documents (ISO 32000-2), in the order in which people read it.
//
//	doc, err := pdf.Read(data)
//	for _, p := range doc.Paragraphs { … }
//
// [Read] finds the document's pages, runs their content streams, and puts what they show back together:
// letters into lines, lines into columns, columns into paragraphs ([Paragraph]). Words that a line's end
// parts are joined, ligatures are taken apart, and lines that stand at the top or the bottom of most pages
// are left out.
//
// Documents are taken to be hostile: objects are found by looking through the file instead of following
// its tables, nothing is followed in circles, and everything is bounded: the pages read ([MaxPages]), the
// bytes that streams unpack to, the operations. There is no decryption, no recognition of pictures of text,
// and no text that is written vertically.
package pdf

import (
	"errors"
	"strings"
)

// MaxPages is how many pages of a document are read.
const MaxPages = 100

// Why a document gives no text.
var (
	ErrDamaged   = errors.New("pdf: no pages can be found")
	ErrEncrypted = errors.New("pdf: encrypted")
	ErrScanned   = errors.New("pdf: pages are pictures without text")
	ErrEmpty     = errors.New("pdf: no text")
	ErrIllegible = errors.New("pdf: its fonts do not say which letters they show")
)

// Document is what a PDF document says.
type Document struct {
	Title, Author string // as its information dictionary has them, "" for nothing
	Paragraphs    []Paragraph
	Cut           bool // there were more than MaxPages pages, or the file breaks off
}

// Paragraph is a paragraph or a heading.
type Paragraph struct {
	Text    string
	Size    float64 // of its letters, in points
	Heading bool    // larger than the document's text
	Page    int     // that it begins on, from 1

	last int // page that it ends on
}

// Read reads a document.
func Read(data []byte) (*Document, error) {
	f := open(data)
	trailer := f.trailer()
	if trailer["Encrypt"] != nil {
		return nil, ErrEncrypted
	}
	pages := f.pages(trailer)
	if len(pages) == 0 {
		return nil, ErrDamaged
	}
	doc := &Document{Cut: len(pages) > MaxPages || f.breaksOff()}
	info := f.dict(trailer["Info"])
	doc.Title, doc.Author = f.infoText(info["Title"]), f.infoText(info["Author"])
	p := &painter{file: f, fonts: make(map[string]*font)}
	var all [][]line
	for _, page := range pages[:min(len(pages), MaxPages)] {
		p.runs = p.runs[:0]
		p.paint(f.contents(page), f.dict(page["Resources"]), identity, 0)
		all = append(all, inOrder(p.runs, 0))
	}
	if p.unread*2 > p.shown {
		return nil, ErrIllegible
	}
	doc.Paragraphs = paragraphs(withoutRepeated(all))
	if len(doc.Paragraphs) == 0 {
		if p.pictures > 0 {
			return nil, ErrScanned
		}
		return nil, ErrEmpty
	}
	return doc, nil
}

func (f *file) infoText(v any) string {
	t, _ := f.resolve(v).(text)
	return strings.Join(strings.Fields(textOf(t)), " ")
}

// trailer returns the document's trailer dictionary, or what can be put together of one.
func (f *file) trailer() dict {
	all := make(dict)
	take := func(d dict) {
		for _, key := range []name{"Root", "Info", "Encrypt"} {
			if v := d[key]; v != nil {
				all[key] = v
			}
		}
	}
	rest := string(f.data)
	for range 64 {
		i := strings.Index(rest, "trailer")
		if i < 0 {
			break
		}
		rest = rest[i+len("trailer"):]
		l := &lexer{data: []byte(rest[:min(len(rest), 4096)])}
		if v, ok := l.next(0); ok {
			if d, ok := v.(dict); ok {
				take(d)
			}
		}
	}
	for _, n := range f.numbers() {
		switch v := f.get(n).(type) {
		case stream:
			if v.dict["Type"] == name("XRef") {
				take(v.dict)
			}
		case dict:
			if v["Type"] == name("Catalog") && all["Root"] == nil {
				all["Root"] = n
			}
		}
	}
	return all
}

// inherited are the entries that a page has from the nodes above it (7.7.3.4).
var inherited = []name{"Resources"}

// pages returns the pages in their order, at most one more than MaxPages.
func (f *file) pages(trailer dict) []dict {
	var pages []dict
	seen := make(map[ref]bool)
	var walk func(v any, above dict, depth int)
	walk = func(v any, above dict, depth int) {
		if n, ok := v.(ref); ok {
			if seen[n] {
				return
			}
			seen[n] = true
		}
		node := f.dict(v)
		if node == nil || depth > maxNesting || len(pages) > MaxPages {
			return
		}
		own := make(dict, len(node))
		for k, v := range node {
			own[k] = v
		}
		for _, key := range inherited {
			if own[key] == nil {
				own[key] = above[key]
			}
		}
		if node["Kids"] == nil {
			pages = append(pages, own)
			return
		}
		for _, kid := range f.list(node["Kids"]) {
			walk(kid, own, depth+1)
		}
	}
	walk(f.dict(trailer["Root"])["Pages"], nil, 0)
	if len(pages) > 0 {
		return pages
	}
	for _, n := range f.numbers() { // the tree is damaged
		if d, ok := f.get(n).(dict); ok && d["Type"] == name("Page") && len(pages) <= MaxPages {
			pages = append(pages, d)
		}
	}
	return pages
}

// contents returns a page's content streams, one after the other.
func (f *file) contents(page dict) []byte {
	var all []byte
	for _, v := range f.list(page["Contents"]) {
		if s, ok := f.resolve(v).(stream); ok && len(all) < maxInflated {
			all = append(append(all, f.decode(s)...), '\n')
		}
	}
	return all
}
