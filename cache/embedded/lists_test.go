package embedded

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/cache"
)

// filedAlone files stories and enters them in no list, as a process that dies right after filing leaves them.
func filedAlone(t *testing.T, s *Store, guild string, stories ...cache.Story) {
	t.Helper()
	for _, story := range stories {
		err := s.change(t.Context(), func(tx Tx) error {
			_, err := file(t.Context(), tx, story, cache.Share{Guild: guild})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// unlisted counts the stories that stand in no list.
func unlisted(t *testing.T, s *Store) (n int) {
	t.Helper()
	err := s.view(t.Context(), func(tx Tx) error {
		return tx.QueryRowContext(t.Context(), `SELECT count(*) FROM unlisted`).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestListedByWhoeverLooks: what was filed stands in every list, whoever looks at which first, and whatever became of it
// before: filed anew, shared in another guild, corrected, forgotten.
func TestListedByWhoeverLooks(t *testing.T) {
	// Two stories are left with seven speakers, of whom one speaks twice in each, and by then in one of them only.
	const who, words = "Councillor B. Ames", "motion"
	looks := map[string]struct {
		want int
		do   func(*Store) (int, error)
	}{
		"quotes": {2, func(s *Store) (int, error) {
			q, _, err := s.Quotes(t.Context(), cache.QuoteQuery{Guild: "g1", Speakers: []string{who}})
			return len(q), err
		}},
		"quotes about": {2, func(s *Store) (int, error) {
			q, _, err := s.Quotes(t.Context(), cache.QuoteQuery{Guild: "g1", About: words, Speakers: []string{who}})
			return len(q), err
		}},
		"stories about": {2, func(s *Store) (int, error) {
			st, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: "g1", About: words})
			return len(st), err
		}},
		"search":     {2, func(s *Store) (int, error) { st, err := s.Search(t.Context(), "g1", words, 0); return len(st), err }},
		"speakers":   {7, func(s *Store) (int, error) { sp, err := s.Speakers(t.Context(), "g1"); return len(sp), err }},
		"completing": {7, func(s *Store) (int, error) { sp, err := s.Complete(t.Context(), "g1", "ame", 25); return len(sp), err }},
		"counts":     {7, func(s *Store) (int, error) { st, err := s.Stats(t.Context(), "g1"); return st.Speakers, err }},
	}
	for name, look := range looks {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "stories.db")
			s, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			filedAlone(t, s, "g1", crowded(1), crowded(2), crowded(3), crowded(1))
			filedAlone(t, s, "g2", crowded(2))
			wrong := crowded(1)
			keys := cache.QuoteKeys(wrong.Quotes)
			id := cache.StoryID(&wrong.Article)
			for _, c := range []cache.Correction{{Quote: keys[1], Speaker: "Councillor A. Ames"}, {Quote: keys[8], Speaker: "Councillor A. Ames"}} {
				c.Story = id
				if err := s.Correct(t.Context(), "g1", c); err != nil {
					t.Fatal(err)
				}
			}
			gone := crowded(3)
			if err := s.Forget(t.Context(), "g1", cache.StoryID(&gone.Article)); err != nil {
				t.Fatal(err)
			}
			if n := unlisted(t, s); n != 2 {
				t.Errorf("%d stories wait, want 2", n)
			}
			if got, err := look.do(s); err != nil || got != look.want {
				t.Errorf("%d, %v; want %d", got, err, look.want)
			}
			if n := unlisted(t, s); n != 0 {
				t.Errorf("%d stories still wait", n)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			consistent(t, path)
		})
	}
}

// TestListedStays: what stands in the lists stands there at every moment, also right after it was filed anew, for
// whoever looks then may have seen before that nothing waits.
func TestListedStays(t *testing.T) {
	const who = "Councillor B. Ames"
	said := func(s *Store, guild, about string) (n int) {
		t.Helper()
		err := s.view(t.Context(), func(tx Tx) error {
			found, _, err := list(t.Context(), tx, cache.QuoteQuery{Guild: guild, Speakers: []string{who}, About: about}, nil)
			n = len(found)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	renamed, retitled, fewer, rewritten := crowded(1), crowded(1), crowded(1), crowded(1)
	renamed.Article.CanonicalURL = "https://example.org/elsewhere"
	retitled.Article.Title = "Harbour session"
	fewer.Quotes = fewer.Quotes[:7]
	rewritten.Article.Text += "The session ended."
	for name, again := range map[string]struct {
		story cache.Story
		guild string
		about string
		want  int
	}{
		"the same":                {crowded(1), "g1", "motion", 2},
		"in another guild":        {crowded(1), "g2", "motion", 2},
		"under another name":      {renamed, "g2", "motion", 2},
		"under another title":     {retitled, "g1", "harbour", 2},
		"with fewer quotes":       {fewer, "g1", "motion", 1},
		"with another text":       {rewritten, "g1", "motion", 2},
		"fewer, in another guild": {fewer, "g2", "motion", 1},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "stories.db")
			s, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			filedAlone(t, s, "g1", crowded(1))
			if err := s.enlist(t.Context()); err != nil {
				t.Fatal(err)
			}
			filedAlone(t, s, again.guild, again.story)
			for _, guild := range slices.Compact([]string{"g1", again.guild}) {
				if n := said(s, guild, again.about); n != again.want {
					t.Errorf("%s has %d quotes in its list, want %d", guild, n, again.want)
				}
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			consistent(t, path)
		})
	}
}

// TestListedWhenClosed: a store that is closed leaves nothing to do.
func TestListedWhenClosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stories.db")
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), crowded(1), cache.Share{Guild: "g1"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := unlisted(t, openedFor(t, path)); n != 0 {
		t.Errorf("%d stories wait", n)
	}
}

// TestListsOfWhatCannotBeWritten: while another process keeps the file, the lists are read as they are.
func TestListsOfWhatCannotBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stories.db")
	s := openedFor(t, path)
	filedAlone(t, s, "g1", crowded(1))
	before, err := s.Speakers(t.Context(), "g1")
	if err != nil {
		t.Fatal(err)
	}
	filedAlone(t, s, "g1", crowded(2))
	other, err := dial(t.Context(), path, 0, "_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close() //nolint:errcheck // it writes nothing
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // it writes nothing
	got, err := s.Speakers(context.Background(), "g1")
	if diff := cmp.Diff(before, got); err != nil || diff != "" {
		t.Errorf("%v (-before +while it is kept):\n%s", err, diff)
	}
}
