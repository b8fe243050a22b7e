package embedded

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newsdesk/cache/embedded"
	"newsdesk/queue"
	"newsdesk/queue/queuetest"
)

var driver = queuetest.Driver{
	New: func(t *testing.T) string { return filepath.Join(t.TempDir(), "stories.db") },
	Open: func(address string) (queuetest.Queue, func(), error) {
		store, err := embedded.Open(address)
		if err != nil {
			return nil, nil, err
		}
		return New(store, queue.Options{Lease: time.Second, Grace: queuetest.Grace, Pause: func(int) time.Duration { return time.Millisecond }}),
			func() { _ = store.Close() }, nil
	},
	Raw: raw,
}

func TestMain(m *testing.M) { queuetest.Main(m, driver) }

func TestQueue(t *testing.T) { queuetest.Run(t, driver) }

// raw reads the file and what stands beside it.
func raw(t *testing.T, address string) []byte {
	t.Helper()
	files, err := filepath.Glob(address + "*")
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
