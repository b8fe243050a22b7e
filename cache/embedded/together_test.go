package embedded

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// distant is when the counters of these tests are forgotten.
var distant = time.Now().Add(time.Hour)

// What many change at once is changed, each whole or not at all, whoever fails beside them or gives up.
func TestTogether(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), "stories.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // a test's
	count := func(ctx context.Context, name string, fail error) error {
		return s.change(ctx, func(tx Tx) error {
			if err := putMeter(ctx, tx, "g", name, 1, distant); err != nil {
				return err
			}
			return fail
		})
	}
	// Whoever holds the turn lets the others come together.
	s.writing.turn <- struct{}{}
	gone, leave := context.WithCancel(t.Context())
	leave()
	refused := errors.New("refused")
	const many = 3 * mostTogether
	errs := make([]error, many)
	var all sync.WaitGroup
	for n := range many {
		all.Go(func() {
			switch n % 10 {
			case 7:
				errs[n] = count(t.Context(), fmt.Sprint(n), refused)
			case 8:
				errs[n] = count(gone, fmt.Sprint(n), nil)
			default:
				errs[n] = count(t.Context(), fmt.Sprint(n), nil)
			}
		})
	}
	<-s.writing.turn
	all.Wait()
	for n, err := range errs {
		wanted, there := error(nil), 1
		switch n % 10 {
		case 7:
			wanted, there = refused, 0
		case 8:
			wanted, there = context.Canceled, 0
		}
		total, look := s.Count(t.Context(), "g", fmt.Sprint(n), 0, distant)
		if !errors.Is(err, wanted) || look != nil || total != there {
			t.Errorf("change %d: %v, and %d is there (%v); want %v and %d", n, err, total, look, wanted, there)
		}
	}
}
