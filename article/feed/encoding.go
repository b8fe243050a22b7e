package feed

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"newsdesk/article"
)

// declaration is the XML declaration at a document's beginning, and the encoding that it names.
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*?(?:encoding\s*=\s*["']([\w.:-]{1,40})["'][^>]*?)?\?>`)

// utf8Of returns the document in UTF-8 without mark and declaration: as the mark says, the server, the declaration, or
// else its bytes (RFC 7303, 3).
func utf8Of(page article.Page) []byte {
	body := page.Body
	enc, name, certain := charset.DetermineEncoding(body, page.ContentType)
	if !certain && !bytes.HasPrefix(body, []byte("\xfe\xff")) && !bytes.HasPrefix(body, []byte("\xff\xfe")) {
		if m := declaration.FindSubmatch(body); m != nil && len(m[1]) > 0 {
			if declared, label := charset.Lookup(string(m[1])); declared != nil {
				enc, name = declared, label
			}
		} else {
			name = "utf-8"
		}
	}
	if name != "utf-8" {
		if decoded, err := enc.NewDecoder().Bytes(body); err == nil {
			body = decoded
		}
	} else if !utf8.Valid(body) {
		if windows, _ := charset.Lookup("windows-1252"); windows != nil {
			if decoded, err := windows.NewDecoder().Bytes(body); err == nil {
				body = decoded
			}
		}
	}
	body = bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\ufeff")), " \t\r\n")
	return body[len(declaration.Find(body)):]
}
