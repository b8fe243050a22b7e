package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// SetAside gives the file at path, and what stands beside it, another name that nothing has yet, and returns that:
// path with ".damaged" behind it, or ".damaged-2", and so on. Nobody may have it open.
func SetAside(path string) (aside string, err error) {
	for n := 1; ; n++ {
		aside = path + ".damaged"
		if n > 1 {
			aside = fmt.Sprintf("%s.damaged-%d", path, n)
		}
		_, err := os.Lstat(aside) //nolint:gosec // beside the user's own file
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return "", fmt.Errorf("set %s aside: %w", path, err)
		}
	}
	for _, part := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+part, aside+part); err != nil && (part == "" || !errors.Is(err, fs.ErrNotExist)) {
			return "", fmt.Errorf("set %s aside: %w", path, notWritable(err))
		}
	}
	return aside, nil
}
