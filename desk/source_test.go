package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/article/fetch"
	"newsdesk/cache"
	"newsdesk/words"
)

// report is a short article for the tests of this package.
const report = `Harbour Town Votes for a New Bridge

PORT ANN (Coast Wire) - Mayor Ida Kern said on Monday that the town would build a bridge over the harbour.

"We have waited forty years for this bridge," Kern told reporters. "Nobody will wait any longer."

"The cost is a burden," said Tom Hale, Kern's deputy. "I will vote for it all the same."

"The ferry has served us well, and it deserves a rest," Ruth Oday said.
`

func TestReadRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, body []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, body, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	broken := errors.New("cable cut")
	d := New(Options{Fetcher: fetcherFunc(func(string) (article.Page, error) {
		return article.Page{}, fmt.Errorf("get: %w", fetch.ErrDNS)
	})})
	for _, c := range []struct {
		name   string
		source Source
		want   error
	}{
		{"no file", FromFile(filepath.Join(dir, "none.txt")), ErrMissing},
		{"a file taken for a folder", FromFile(filepath.Join(write("plain.txt", []byte("x")), "in.txt")), ErrUnreadable},
		{"a folder", FromFile(dir), ErrDirectory},
		{"an empty file", FromFile(write("empty.txt", nil)), ErrEmpty},
		{"a blank file", FromFile(write("blank.txt", []byte(" \n\t\n"))), ErrEmpty},
		{"marks alone", FromText("pasted", " … \n— —\n“”"), ErrNoWords},
		{"numbers alone", FromFile(write("numbers.txt", []byte("1 2 3\n"))), ErrNoWords},
		{"a file of 50 MB", FromFile(write("large.txt", bytes.Repeat([]byte("word "), 10<<20))), extract.ErrTooLarge},
		{"an endless reader", FromReader("standard input", endless{}), extract.ErrTooLarge},
		{"a broken reader", FromReader("standard input", failing{broken}), broken},
		{"binary rubbish", FromFile(write("rubbish.txt", []byte{0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0xff, 0xfe, 0, 0, 0x80})), extract.ErrNotText},
		{"invalid UTF-8", FromText("pasted", "caf\xe9 society"), extract.ErrNotText},
		{"an unknown host", FromURL("https://nowhere.invalid/"), fetch.ErrDNS},
		{"the zero source", Source{}, ErrEmpty},
	} {
		a, err := d.Read(t.Context(), c.source)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", c.name, err, c.want)
			continue
		}
		var named *SubjectError
		if a != nil || !errors.As(err, &named) {
			t.Errorf("%s: article %v, error without a subject: %v", c.name, a, err)
		}
		if said := Explain(words.For("en"), err); strings.Contains(said, "\n") || said == words.For("en").Say("desk.internal") {
			t.Errorf("%s: said as %q", c.name, said)
		}
	}
	if _, err := New(Options{}).Read(t.Context(), FromURL("https://example.org/")); !errors.Is(err, ErrNoNetwork) {
		t.Errorf("without a fetcher: %v", err)
	}
}

func TestReadTakesTextAsItIs(t *testing.T) {
	const html = "<p>Not a page, a line of text about markup that somebody pasted.</p>\n\nAnd a second line, which ends here."
	a, err := New(Options{}).Read(t.Context(), FromText("pasted", html))
	if err != nil {
		t.Fatal(err)
	}
	if a.Text != html {
		t.Errorf("the text became %q", a.Text)
	}
}

func TestSourceOf(t *testing.T) {
	for arg, isURL := range map[string]bool{
		"https://example.org/a": true, "HTTP://example.org": true, "ftp://example.org": true,
		"localhost:8080/a?u=https://example.org/": true, "news.example.org:8443/a": true, "a.txt:12": false, "notes: 8/b.txt": false,
		"a.txt": false, "./https:/x": false, "C:\\news.txt": false, "": false,
	} {
		if got := SourceOf(arg).key != ""; got != isURL {
			t.Errorf("SourceOf(%q) is a URL: %v", arg, got)
		}
	}
}

func TestExplain(t *testing.T) {
	w := words.For("en")
	keys := make(map[string]bool)
	for _, e := range explanations {
		said := Explain(w, About("the\x1b[31m thing\n", fmt.Errorf("wrapped: %w", e.err)))
		if said == e.key || strings.ContainsAny(said, "\x1b\n") || strings.Contains(said, "no value") {
			t.Errorf("%v is said as %q", e.err, said)
		}
		if keys[e.key] {
			t.Errorf("%s stands twice", e.key)
		}
		keys[e.key] = true
	}
	if got := Explain(w, errors.New("pq: password=secret")); strings.Contains(got, "secret") {
		t.Errorf("internals are said: %q", got)
	}
	if got := Explain(w, nil); got != "" {
		t.Errorf("no error is said as %q", got)
	}
	status := About("https://example.org/", &fetch.StatusError{Code: 503})
	if got := Explain(w, status); !strings.Contains(got, "503") || !strings.Contains(got, "https://example.org/") {
		t.Errorf("a status is said as %q", got)
	}
}

func TestAboutKeepsTheFirstSubject(t *testing.T) {
	err := About("outer", fmt.Errorf("more: %w", About("inner", cache.ErrLocked)))
	var named *SubjectError
	if !errors.As(err, &named) || named.Subject != "inner" {
		t.Errorf("%v is about %q", err, named.Subject)
	}
	if About("something", nil) != nil {
		t.Error("no error has a subject")
	}
}

type fetcherFunc func(url string) (article.Page, error)

func (f fetcherFunc) Get(_ context.Context, url string) (article.Page, error) { return f(url) }

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
