package main

import (
	"errors"
	"fmt"
	"testing"

	"newsdesk/article/extract"
	"newsdesk/article/fetch"
	"newsdesk/desk"
)

// A page is refused as a file is: what is too large holds no readable article, wherever it comes from.
func TestExitCode(t *testing.T) {
	tests := []struct {
		err  error
		want int
	}{
		{nil, exitDone},
		{extract.ErrTooLarge, exitNoArticle},
		{fetch.ErrTooLarge, exitNoArticle},
		{fetch.ErrNotFound, exitFailed},
		{desk.ErrNoQuestion, exitUsage},
		{errors.New("anything else"), exitFailed},
	}
	for _, tt := range tests {
		err := tt.err
		if err != nil {
			err = desk.About("https://example.org/story", fmt.Errorf("read: %w", err))
		}
		if got := exitCode(err); got != tt.want {
			t.Errorf("%v ends with %d, want %d", err, got, tt.want)
		}
	}
}
