package extract

import (
	"bytes"
	"mime"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html/atom"

	"newsdesk/article"
)

// isXHTML reports whether a page is to be read by XML's rules of what an element's end is: it is declared so, or nobody
// says what it is and it has XML's first line.
func isXHTML(page article.Page, text []byte) bool {
	declared, _, _ := mime.ParseMediaType(page.ContentType)
	switch declared {
	case "application/xhtml+xml", "application/xml", "text/xml":
		return true
	case "":
		return strings.EqualFold(path.Ext(page.URL), ".xhtml") || bytes.HasPrefix(bytes.TrimSpace(text[:min(len(text), 256)]), []byte("<?xml"))
	}
	return false
}

var selfClosed = regexp.MustCompile(`<([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>"']*(?:"[^"<]*"[^<>"']*|'[^'<]*'[^<>"']*)*)?)/>`)

// closed writes out the end tags of elements that end where they begin, <script src="a.js"/>, which HTML takes for their
// beginning only: what follows would be theirs, all of the page a script's.
func closed(text []byte) []byte {
	return selfClosed.ReplaceAllFunc(text, func(tag []byte) []byte {
		m := selfClosed.FindSubmatch(tag)
		if isVoid(m[1]) {
			return tag
		}
		return bytes.Join([][]byte{[]byte("<"), m[1], m[2], []byte("></"), m[1], []byte(">")}, nil)
	})
}

// isVoid reports whether an HTML element of that name never has an end tag.
func isVoid(name []byte) bool {
	switch atom.Lookup(bytes.ToLower(name)) {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}
