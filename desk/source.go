package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/article/fetch"
)

// maxSource is how many bytes of a file or of standard input are read: what extract accepts and one more,
// by which it knows that there was more.
const maxSource = 8<<20 + 1

// Source is where an article comes from: one of the From functions makes it. A Source that holds a
// reader can be read once.
type Source struct {
	name string // what it is called in messages and in the store
	key  string // the same for two sources of one article; "" if it cannot be told
	read func(context.Context, *Desk) (article.Page, error)
	// extract makes the article of what was read; nil for [extract.Page].
	extract func(article.Page) (*article.Article, error)
}

// String returns what the source is called: the URL, the file's path, the name given.
func (s Source) String() string { return s.name }

// address begins a URL: a scheme, or a host with its port.
var address = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9+.-]*://|(?:localhost|[\w-]+(?:\.[\w-]+)+):[0-9]{1,5}/)`)

// SourceOf understands what a person typed: what begins with a scheme ("https://") or with a host and its port
// ("localhost:8080/") is a URL, everything else the path of a file.
func SourceOf(arg string) Source {
	if address.MatchString(arg) {
		return FromURL(arg)
	}
	return FromFile(arg)
}

// FromURL is the article at a URL, fetched by the desk's [Fetcher].
func FromURL(raw string) Source {
	return Source{name: fetch.Redact(raw), key: "url " + raw, read: func(ctx context.Context, d *Desk) (article.Page, error) {
		if d.fetcher == nil {
			return article.Page{}, ErrNoNetwork
		}
		return d.fetcher.Get(ctx, raw)
	}}
}

// FromFile is the article in a file. Its name in the store is the file's name without folders.
func FromFile(path string) Source {
	return Source{name: path, read: func(context.Context, *Desk) (article.Page, error) {
		body, err := readFile(path)
		return article.Page{URL: filepath.Base(path), Body: body}, err
	}}
}

// FromReader is the article that r holds, what it is being told from its content: standard input, an
// upload.
func FromReader(name string, r io.Reader) Source {
	return Source{name: name, read: func(context.Context, *Desk) (article.Page, error) {
		body, err := readAll(r)
		return article.Page{URL: name, Body: body}, err
	}}
}

// FromText is an article as plain text, also if it looks like something else. All offsets point into
// text.
func FromText(name, text string) Source {
	return Source{
		name: name,
		read: func(context.Context, *Desk) (article.Page, error) {
			return article.Page{URL: name, Body: []byte(text)}, nil
		},
		extract: func(page article.Page) (*article.Article, error) { return extract.Text(page.URL, page.Body) },
	}
}

// FromPage is the article on a page that was fetched elsewhere.
func FromPage(page article.Page) Source {
	return Source{name: fetch.Redact(page.URL), read: func(context.Context, *Desk) (article.Page, error) {
		return page, nil
	}}
}

// Read reads the article of a source. The error names the source and wraps one of the sentinels of this
// package, of fetch (the network refused) or of extract (what came is no article, or not readable).
func (d *Desk) Read(ctx context.Context, s Source) (*article.Article, error) {
	if s.read == nil {
		return nil, About("SOURCE", ErrEmpty)
	}
	page, err := s.read(ctx, d)
	if err != nil {
		return nil, About(s.name, err)
	}
	if page.FetchedAt.IsZero() {
		page.FetchedAt = d.now()
	}
	if len(bytes.TrimSpace(page.Body)) == 0 {
		return nil, About(s.name, ErrEmpty)
	}
	read := s.extract
	if read == nil {
		read = extract.Page
	}
	a, err := read(page)
	if err == nil && strings.IndexFunc(a.Text, unicode.IsLetter) < 0 {
		err = ErrNoWords
	}
	if err != nil {
		return nil, About(s.name, err)
	}
	return a, nil
}

// readFile reads a regular file, and only that: a directory, a pipe without a writer or a device would
// fail late or never end.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileError(err)
	}
	switch {
	case info.IsDir():
		return nil, ErrDirectory
	case info.Size() >= maxSource: // without reading it
		return nil, extract.ErrTooLarge
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(err)
	}
	defer func() { _ = f.Close() }() // nothing was written
	return readAll(f)
}

func readAll(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxSource))
	switch {
	case err != nil:
		return nil, fileError(err)
	case len(body) >= maxSource:
		return nil, extract.ErrTooLarge
	}
	return body, nil
}

// fileError keeps what a caller decides on. ENOTDIR ("notes.txt/x") is a missing file to a person.
func fileError(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", ErrMissing, err)
	}
	return fmt.Errorf("%w: %w", ErrUnreadable, err)
}
