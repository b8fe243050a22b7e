package embedded

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"database/sql"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/quote"
)

// These tests kill a process that is filing stories: the test binary itself, run once more with
// childTask saying what to do to the store at childPath.
const (
	childTask = "NEWSDESK_TEST_CHILD"
	childPath = "NEWSDESK_TEST_STORE"
)

func TestMain(m *testing.M) {
	switch os.Getenv(childTask) {
	case "file":
		fileForever(os.Getenv(childPath))
	case "die before commit":
		dieBeforeCommit(os.Getenv(childPath))
	case "read only":
		readOnlyChild(os.Getenv(childPath))
	default:
		os.Exit(m.Run())
	}
}

// crowd is how many quotes a story of these tests has.
const crowd = 12

// crowded is a story of many quotes, told from others by n.
func crowded(n int) cache.Story {
	const quotes = crowd
	s := cache.Story{Article: article.Article{CanonicalURL: fmt.Sprintf("https://example.org/council/%d", n), Title: fmt.Sprintf("Session %d", n)}}
	var text strings.Builder
	for i := range quotes {
		said := fmt.Sprintf("Motion %d of session %d passed.", i, n)
		fmt.Fprintf(&text, "Councillor %d said: ", i%7)
		s.Quotes = append(s.Quotes, quote.Quote{Text: said, Kind: quote.Direct, Speaker: fmt.Sprintf("Councillor %c. Ames", 'A'+i%7),
			Span: article.Span{Start: text.Len(), End: text.Len() + len(said)}})
		text.WriteString(said + "\n\n")
	}
	s.Article.Text = text.String()
	return s
}

// fileForever files stories one after the other, and prints the number of each that was acknowledged.
func fileForever(path string) {
	s, err := Open(path)
	for n := 0; err == nil; n++ {
		// The same ten over and over in versions of their own, so that old rows go and new ones come.
		story := crowded(n % 10)
		story.Article.Text += fmt.Sprintf("Minute %d.", n)
		if _, err = s.Put(context.Background(), story, cache.Share{Guild: "g1"}); err == nil {
			fmt.Println(n)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// dieBeforeCommit writes every row of a story and is killed before they are committed.
func dieBeforeCommit(path string) {
	s, err := Open(path)
	if err == nil {
		err = s.change(context.Background(), func(tx Tx) error {
			if _, err := file(context.Background(), tx, crowded(500), cache.Share{Guild: "g1"}); err != nil {
				return err
			}
			self, err := os.FindProcess(os.Getpid())
			if err != nil {
				return err
			}
			if err := self.Kill(); err != nil {
				return err
			}
			select {} // until the kill arrives
		})
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func child(t *testing.T, task, path string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), childTask+"="+task, childPath+"="+path)
	cmd.Stderr = os.Stderr
	return cmd
}

func TestKilledWhileFiling(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stories.db")
	rounds := 8
	if testing.Short() {
		rounds = 3
	}
	for round := range rounds {
		cmd := child(t, "file", path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines, last := bufio.NewScanner(out), -1
		for last < round && lines.Scan() {
			if _, err := fmt.Sscan(lines.Text(), &last); err != nil {
				t.Fatal(err)
			}
		}
		// It has gone on to the next story.
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // acknowledged before the kill arrived
			if _, err := fmt.Sscan(lines.Text(), &last); err != nil {
				t.Fatal(err)
			}
		}
		if err := cmd.Wait(); err == nil || last < round {
			t.Fatalf("the child was not killed while it was filing: %v after %d", err, last)
		}
		checkWhole(t, path, last)
	}
}

func TestKilledBeforeCommit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stories.db")
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), crowded(0), cache.Share{Guild: "g1"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{path, filepath.Join(t.TempDir(), "new.db")} {
		if err := child(t, "die before commit", where).Run(); err == nil || !strings.Contains(err.Error(), "killed") {
			t.Fatalf("the child was not killed: %v", err)
		}
		s, err := Open(where)
		if err != nil {
			t.Fatal(err)
		}
		stories, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: "g1"})
		if err != nil {
			t.Fatal(err)
		}
		for _, st := range stories {
			if st.Article.Title != "Session 0" {
				t.Errorf("half filed: %s", st.Article.Title)
			}
		}
		if _, err := s.Put(t.Context(), crowded(500), cache.Share{Guild: "g1"}); err != nil {
			t.Errorf("filing after the crash: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		consistent(t, where)
	}
}

// checkWhole demands that what was acknowledged up to last is there, and every story entire.
func checkWhole(t *testing.T, path string, last int) {
	t.Helper()
	s, err := Open(path)
	if err != nil {
		t.Fatalf("Open after the kill: %v", err)
	}
	stories, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: "g1"})
	if err != nil {
		t.Fatalf("Stories after the kill: %v", err)
	}
	versions := map[string]int{}
	for _, st := range stories {
		minute := 0
		if _, err := fmt.Sscanf(st.Article.Text[strings.LastIndex(st.Article.Text, "Minute"):], "Minute %d.", &minute); err != nil {
			t.Fatal(err)
		}
		versions[st.Article.Title] = minute
		if len(st.Quotes) != crowd {
			t.Errorf("%s has %d quotes of %d", st.Article.Title, len(st.Quotes), crowd)
		}
	}
	for n := max(0, last-9); n <= last; n++ {
		if title := fmt.Sprintf("Session %d", n%10); versions[title] < n {
			t.Errorf("%s was acknowledged in version %d and is there in %d", title, n, versions[title])
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	consistent(t, path)
}

// consistent demands that SQLite finds nothing wrong in the file, and that what is kept twice agrees.
func consistent(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // only read
	for query, want := range map[string]string{
		`PRAGMA integrity_check`:                        "ok",
		`SELECT count(*) FROM pragma_foreign_key_check`: "0",
		// Every quote of a speaker is said once in every guild, and counted once.
		`SELECT (SELECT count(*) FROM filing JOIN quote USING (story)) - (SELECT count(*) FROM said)`: "0",
		`SELECT (SELECT coalesce(sum(quotes), 0) FROM speaker) - (SELECT count(*) FROM said)`:         "0",
		`SELECT (SELECT coalesce(sum(quotes), 0) FROM spelling) - (SELECT count(*) FROM said)`:        "0",
		`SELECT (SELECT count(*) FROM quote_words) - (SELECT count(*) FROM quote)`:                    "0",
		`SELECT (SELECT count(*) FROM story_words) - (SELECT count(*) FROM story)`:                    "0",
		`SELECT count(*) FROM speaker WHERE speaker NOT IN (SELECT speaker FROM spelling)`:            "0",
		`SELECT count(*) FROM said WHERE quote NOT IN (SELECT quote FROM quote)`:                      "0",
	} {
		var got string
		if err := db.QueryRowContext(t.Context(), query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", query, got, err, want)
		}
	}
	for _, index := range []string{"quote_words", "story_words"} {
		if _, err := db.ExecContext(t.Context(), fmt.Sprintf(`INSERT INTO %s (%s) VALUES ('integrity-check')`, index, index)); err != nil {
			t.Errorf("%s: %v", index, err)
		}
	}
}
