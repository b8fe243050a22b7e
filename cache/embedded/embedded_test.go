package embedded_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"newsdesk/cache/embedded"
	"newsdesk/cache/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, storetest.Driver{Open: open, Beside: beside, Raw: raw})
}

// store is a Store that remembers its path.
type store struct {
	*embedded.Store
	path string
}

func open(t *testing.T) storetest.Store {
	return openAt(t, filepath.Join(t.TempDir(), "new folder", "stories.db"))
}

func beside(t *testing.T, s storetest.Store) storetest.Store { return openAt(t, s.(store).path) }

func openAt(t *testing.T, path string) store {
	t.Helper()
	s, err := embedded.Open(path)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return store{s, path}
}

// raw reads the file and what stands beside it.
func raw(t *testing.T, s storetest.Store) []byte {
	t.Helper()
	files, err := filepath.Glob(s.(store).path + "*")
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		all = append(all, data...)
	}
	return all
}
