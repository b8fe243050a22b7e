package embedded_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"newsdesk/cache"
)

// TestFullDisk fills a small disk of its own: filing says so and leaves nothing by halves, what was
// acknowledged stays and is read, and room made is room used.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("no disk of its own can be had here (it takes root): %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	s := openAt(t, filepath.Join(dir, "stories.db"))
	long := func(n int) cache.Story {
		story := note(n)
		story.Article.Text += strings.Repeat(fmt.Sprintf("\nBuoy %d and what else there is of it, %x.", n, n*7919), 200)
		return story
	}
	filed := 0
	var err error
	for ; err == nil && filed < 2000; filed++ {
		_, err = s.Put(t.Context(), long(filed), here)
	}
	filed-- // the last was refused
	if !errors.Is(err, cache.ErrFull) {
		t.Fatalf("after %d stories: %v, want ErrFull", filed, err)
	}
	for _, reader := range []store{s, openAt(t, s.path)} {
		if st, err := reader.Stats(t.Context(), cache.Local); err != nil || st.Stories != filed || st.Quotes != filed {
			t.Errorf("%+v, %v; want the %d stories that were acknowledged", st, err, filed)
		}
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=16m"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), long(filed), here); err != nil {
		t.Errorf("after room was made: %v", err)
	}
}
