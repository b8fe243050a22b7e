package extract_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"newsdesk/article"
	"newsdesk/article/extract"
)

// accept rewrites the .want files: go test ./article/extract -accept
var accept = flag.Bool("accept", false, "accept what the readable cases give now")

// TestTextCases reads testdata/text: beside each text a .want file shows what is told of it and the
// kind of every paragraph.
func TestTextCases(t *testing.T) {
	files, err := filepath.Glob("testdata/text/*")
	if err != nil {
		t.Fatal(err)
	}
	cases := 0
	for _, file := range files {
		if strings.HasSuffix(file, ".want") {
			continue
		}
		cases++
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a, err := extract.Text(file, body)
			if err != nil {
				t.Fatal(err)
			}
			if a.Text != string(body) {
				t.Error("the text is not the input")
			}
			checkParagraphs(t, a, true)
			compare(t, file+".want", describe(a))
		})
	}
	if cases == 0 {
		t.Fatal("no cases found")
	}
}

// compare holds got against the file, or writes it there.
func compare(t *testing.T, file, got string) {
	t.Helper()
	if *accept {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// describe writes an article as a person would check it.
func describe(a *article.Article) string {
	var b strings.Builder
	for _, f := range []struct{ name, value string }{
		{"canonical", a.CanonicalURL},
		{"title", a.Title}, {"standfirst", a.Standfirst}, {"byline", strings.Join(a.Byline, "; ")}, {"site", a.Site},
		{"published", a.Published}, {"language", a.Language}, {"image", a.Image},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", f.name, f.value)
		}
	}
	b.WriteByte('\n')
	for _, p := range a.Paragraphs {
		fmt.Fprintf(&b, "%-13s | %s\n", p.Kind, strings.ReplaceAll(a.Slice(p.Span), "\n", "\n              | "))
	}
	return b.String()
}

// checkParagraphs demands what holds for every article: paragraphs in order, within the text, at
// rune boundaries, trimmed, and none empty; whole says that they hold all of the text but white space.
func checkParagraphs(t *testing.T, a *article.Article, whole bool) {
	t.Helper()
	last := 0
	var held int
	for _, p := range a.Paragraphs {
		if p.Start < last || p.End > len(a.Text) || p.Len() <= 0 {
			t.Fatalf("paragraph %v out of place", p.Span)
		}
		last = p.End
		text := a.Slice(p.Span)
		if strings.ToValidUTF8(text, "") != text || strings.TrimFunc(text, unicode.IsSpace) != text || p.Kind == "" {
			t.Fatalf("paragraph %q of kind %q is cut badly", text, p.Kind)
		}
		held += inked(text)
	}
	if want := inked(a.Text); whole && held != want {
		t.Fatalf("paragraphs hold %d bytes of %d", held, want)
	}
}

// inked counts the bytes of s that are no white space.
func inked(s string) int {
	n := len(s)
	for _, r := range s {
		if unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' {
			n -= len(string(r))
		}
	}
	return n
}

// Pasted text that stops in the middle of a sentence is part of one.
func TestTornText(t *testing.T) {
	const story = "Ferry leaves later\n\nThe ferry to the outer islands leaves an hour later from Monday. The tide has moved the sandbank again.\n\n"
	for end, want := range map[string]article.Partial{
		"Anna Brandt steers the boat. She said that she had never seen the channel so nar":              article.Cut,
		"Anna Brandt, who steers the boat, said that she had never seen the…":                           article.Cut,
		"Anna Brandt, who steers the boat, said that she had never seen the":                            article.Cut,
		"Anna Brandt steers the boat. She said that she had never seen the channel so narrow.":          article.Whole,
		"Anna Brandt steers the boat. She said that she had never seen the channel so narrow…":          article.Whole,
		"Anna Brandt steers the boat. She said: “I have never seen the channel so narrow.”":             article.Whole,
		"Anna Brandt steers the boat. More about her at coastline.example/pilots":                       article.Whole,
		"Our correspondent St. Clair writes from Port Amsel, where she lives with her daughter":         article.Whole,
		"The channel is as narrow as it was in the winter of the great frost, the pilots say of it all": article.Whole,
	} {
		a, err := extract.Text("", []byte(story+end))
		if err != nil || a.Partial != want {
			t.Errorf("%q: %q, want %q (%v)", end, a.Partial, want, err)
		}
	}
}

func TestTextRefusals(t *testing.T) {
	tests := []struct {
		name string
		body []byte
		want error
	}{
		{"empty", nil, extract.ErrNoArticle},
		{"white space", []byte(" \n\t\ufeff\n"), extract.ErrNoArticle},
		{"not UTF-8", []byte("caf\xe9 au lait"), extract.ErrNotText},
		{"binary", []byte("\x7fELF\x00\x01"), extract.ErrNotText},
		{"too large", bytes.Repeat([]byte("a"), extract.MaxSize+1), extract.ErrTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := extract.Text("notes.txt", tt.body); !errors.Is(err, tt.want) || !strings.Contains(err.Error(), "notes.txt") {
				t.Errorf("got %v, want %v naming the file", err, tt.want)
			}
		})
	}
}

func TestTextByteOrderMark(t *testing.T) {
	a, err := extract.Text("", []byte("\ufeffThe pool closes. It was old."))
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Slice(a.Paragraphs[0].Span); got != "The pool closes. It was old." {
		t.Errorf("paragraph %q", got)
	}
	if len(a.Text) != 31 {
		t.Errorf("the text lost its byte order mark")
	}
}

// Each of these runs into the test's deadline where the time is not linear.
func TestTextHostile(t *testing.T) {
	for _, unit := range []string{"a\n", "a \n\n", "# ", "- a\n", "> ", "A (", "\u200b", "“.\n", "Advertisement\n", "A,\n", "a b ", "[](", "By A, "} {
		a, err := extract.Text("", bytes.Repeat([]byte(unit), 1<<20/len(unit)))
		if err == nil {
			checkParagraphs(t, a, true)
		}
	}
}

func FuzzText(f *testing.F) {
	files, _ := filepath.Glob("testdata/text/*")
	for _, file := range files {
		if body, err := os.ReadFile(file); err == nil {
			f.Add(body)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		a, err := extract.Text("", body)
		if err != nil {
			return
		}
		if a.Text != string(body) {
			t.Fatal("the text is not the input")
		}
		checkParagraphs(t, a, true)
	})
}

func BenchmarkText(b *testing.B) {
	body, err := os.ReadFile("testdata/text/wire.txt")
	if err != nil {
		b.Fatal(err)
	}
	body = append(body, bytes.Repeat([]byte("\n\nThe operator said that it would hire more people, and the union agreed to talk again in May."), 40)...)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := extract.Text("", body); err != nil {
			b.Fatal(err)
		}
	}
}
