//go:build unix

package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"newsdesk/cache"
)

// TestReadOnly reads stores that may not be written. Root may write anything, so as root the test runs
// itself as nobody.
func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	if os.Geteuid() == 0 {
		for _, p := range []string{dir, filepath.Dir(dir)} { // root's alone; the child needs to come by
			if err := os.Chmod(p, 0o755); err != nil { //nolint:gosec // a test's folder
				t.Fatal(err)
			}
		}
		copySelf(t, filepath.Join(dir, "self"))
	}
	for _, test := range []struct {
		name      string
		file, dir os.FileMode
	}{
		{"file", 0o444, 0o755},
		{"folder", 0o644, 0o555},
		{"file and folder", 0o444, 0o555},
	} {
		t.Run(test.name, func(t *testing.T) {
			where := filepath.Join(dir, test.name)
			path := filepath.Join(where, "stories.db")
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
			for p, mode := range map[string]os.FileMode{path: test.file, where: test.dir} {
				if err := os.Chmod(p, mode); err != nil {
					t.Fatal(err)
				}
			}
			t.Cleanup(func() { _ = os.Chmod(where, 0o700) }) //nolint:gosec // so that TempDir can be removed
			cmd := child(t, "read only", path)
			if os.Geteuid() == 0 {
				cmd.Path = filepath.Join(dir, "self")
				cmd.Args[0] = cmd.Path
				cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
				cmd.Dir = dir
			}
			cmd.Stderr = nil
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}

func copySelf(t *testing.T, to string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o755); err != nil { //nolint:gosec // a program
		t.Fatal(err)
	}
}

// readOnlyChild reads the store at path, tries to write it, and says what went otherwise than it should.
func readOnlyChild(path string) {
	ctx := context.Background()
	var wrong []error
	s, err := Open(path)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	if st, err := s.Stats(ctx, "g1"); err != nil || st.Quotes != crowd {
		wrong = append(wrong, fmt.Errorf("stats %+v, %w", st, err))
	}
	if quotes, _, err := s.Quotes(ctx, cache.QuoteQuery{Guild: "g1", About: "motion"}); err != nil || len(quotes) != crowd {
		wrong = append(wrong, fmt.Errorf("%d quotes, %w", len(quotes), err))
	}
	fresh, err := Open(filepath.Join(filepath.Dir(path), "folder", "new.db"))
	if err != nil {
		wrong = append(wrong, err)
	}
	_, putErr := s.Put(ctx, crowded(2), cache.Share{Guild: "g1"})
	_, newErr := fresh.Put(ctx, crowded(2), cache.Share{Guild: "g1"})
	for what, err := range map[string]error{"Put": putErr, "Writable": s.Writable(ctx), "Put into a new store": newErr} {
		if !errors.Is(err, cache.ErrReadOnly) {
			wrong = append(wrong, fmt.Errorf("%s: %w; want ErrReadOnly", what, err))
		}
	}
	if err := errors.Join(wrong...); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}
