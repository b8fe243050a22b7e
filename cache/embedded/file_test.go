package embedded_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/cache/embedded"
	"newsdesk/quote"
)

// note is a story with one quote, told from others by n.
func note(n int) cache.Story {
	text := fmt.Sprintf("Marit Solvang said: Buoy %d is lit.", n)
	at := strings.Index(text, "Buoy")
	return cache.Story{
		Article: article.Article{CanonicalURL: fmt.Sprintf("https://example.org/buoy/%d", n), Title: "Buoys", Text: text},
		Quotes: []quote.Quote{{Text: text[at:], Span: article.Span{Start: at, End: len(text)},
			Kind: quote.Direct, Speaker: "Marit Solvang"}},
	}
}

var here = cache.Share{Guild: cache.Local}

func TestFileComesWithTheFirstStory(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a b%3F?#", "stories.db") // every character that a URL would take for its own
	s := openAt(t, path)
	if _, err := s.Speakers(t.Context(), cache.Local); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(t.Context(), cache.Local, "none"); !errors.Is(err, cache.ErrNotFound) {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Fatalf("reading an empty store made %v, %v", left, err)
	}
	if _, err := s.Put(t.Context(), note(1), here); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		for p, want := range map[string]fs.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
			if info, err := os.Stat(p); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v, %v; want %o", p, info.Mode(), err, want)
			}
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("after Close there are %v, %v; want the one file", left, err)
	}
	again := openAt(t, path)
	if st, err := again.Stats(t.Context(), cache.Local); err != nil || st.Stories != 1 {
		t.Errorf("opened again: %+v, %v", st, err)
	}
}

func TestEmptyFileIsAStoreToBe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stories.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path)
	if _, err := s.Put(t.Context(), note(1), here); err != nil {
		t.Fatal(err)
	}
	if st, err := s.Stats(t.Context(), cache.Local); err != nil || st.Stories != 1 {
		t.Errorf("%+v, %v", st, err)
	}
}

func TestOtherFilesAreRefusedAndLeftAlone(t *testing.T) {
	dir := t.TempDir()
	database := func(name string, statements ...string) string {
		path := filepath.Join(dir, name)
		execute(t, path, statements...)
		return path
	}
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	filled := func(name string) string {
		path := filepath.Join(dir, name)
		fill(t, path, 30)
		return path
	}
	newer := filled("newer.db")
	execute(t, newer, "PRAGMA user_version = 999")
	short := filled("short.db")
	if err := os.Truncate(short, 20000); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		path string
		want error
	}{
		{dir, cache.ErrNotStore},
		{file("letter.txt", "Dear editor, this is no store.\n"), cache.ErrNotStore},
		{file("long.txt", strings.Repeat("Dear editor, ", 1000)), cache.ErrNotStore},
		{file("zeros", strings.Repeat("\x00", 8192)), cache.ErrNotStore},
		{database("other.db", "CREATE TABLE bookmarks (url TEXT)"), cache.ErrNotStore},
		{newer, cache.ErrNewer},
		{short, cache.ErrCorrupt},
		{filepath.Join(file("plain", "x"), "stories.db"), nil},
		{"", cache.ErrNotStore},
	} {
		before, _ := os.ReadFile(test.path)
		s, err := embedded.Open(test.path)
		if err == nil {
			_, err = s.Put(t.Context(), note(1), here)
			if closeErr := s.Close(); closeErr != nil {
				t.Error(closeErr)
			}
		}
		if err == nil || test.want != nil && !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.path) {
			t.Errorf("%s: %v; want %v and the path", test.path, err, test.want)
		}
		if after, _ := os.ReadFile(test.path); !bytes.Equal(before, after) {
			t.Errorf("%s was written to", test.path)
		}
	}
}

func TestDamageIsReported(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stories.db")
	fill(t, path, 200)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// All pages but the first, which holds the header and the schema.
	for i := 4096; i < len(data); i++ {
		data[i] = byte(i * 7)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := embedded.Open(path)
	if err == nil {
		defer s.Close() //nolint:errcheck // damaged
		_, _, err = s.Quotes(t.Context(), cache.QuoteQuery{Guild: cache.Local})
	}
	if !errors.Is(err, cache.ErrCorrupt) {
		t.Errorf("%v, want ErrCorrupt", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(data, after) {
		t.Error("the damaged file was written to")
	}
}

func TestOlderVersionsComeForward(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stories.db")
	fill(t, path, 3)
	execute(t, path, "DROP TABLE setting", "DROP TABLE task", "DROP TABLE meter", "DROP TABLE summary", "DROP TABLE correction",
		"DROP TABLE unlisted", "DROP TABLE appointment", "DROP TABLE kept",
		"ALTER TABLE share DROP COLUMN place", "PRAGMA user_version = 1") // as version 1 left it
	s := openAt(t, path)
	if set, err := s.Settings(t.Context(), cache.Local); err != nil || len(set) > 0 {
		t.Errorf("read as it is: %v, %v", set, err)
	}
	if guilds, err := s.Guilds(t.Context()); err != nil || len(guilds) != 1 {
		t.Errorf("read as it is: %v, %v", guilds, err)
	}
	if err := s.Set(t.Context(), cache.Local, "retention", "30"); err != nil {
		t.Fatal(err)
	}
	if set, err := s.Settings(t.Context(), cache.Local); err != nil || set["retention"] != "30" {
		t.Errorf("brought forward: %v, %v", set, err)
	}
	if st, err := s.Stats(t.Context(), cache.Local); err != nil || st.Stories != 3 {
		t.Errorf("what was there: %+v, %v", st, err)
	}
}

func TestLockedByAnotherWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stories.db")
	fill(t, path, 1)
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close() //nolint:errcheck // nothing was written
	if _, err := other.Exec("BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path)
	if err := s.Writable(t.Context()); !errors.Is(err, cache.ErrLocked) {
		t.Errorf("Writable: %v, want ErrLocked", err)
	}
	if _, err := s.Put(t.Context(), note(2), here); !errors.Is(err, cache.ErrLocked) || !strings.Contains(err.Error(), path) {
		t.Errorf("Put: %v, want ErrLocked and the path", err)
	}
	if st, err := s.Stats(t.Context(), cache.Local); err != nil || st.Stories != 1 {
		t.Errorf("reading beside a writer: %+v, %v", st, err)
	}
	if _, err := other.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), note(2), here); err != nil {
		t.Errorf("after the other has let go: %v", err)
	}
}

// fill makes a store of n stories.
func fill(t *testing.T, path string, n int) {
	t.Helper()
	s, err := embedded.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if _, err := s.Put(t.Context(), note(i), here); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// execute runs statements on the database at path, as another program would.
func execute(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
