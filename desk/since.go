package desk

import (
	"encoding"
	"fmt"
	"strconv"
	"time"
)

// Since is how far back to look: an age (7d, 24h, 2w) or a day (2006-01-02). nil and the
// zero value look back to the beginning.
type Since struct {
	age time.Duration
	day time.Time
}

var _ encoding.TextUnmarshaler = (*Since)(nil)

// UnmarshalText reads what a person typed.
func (s *Since) UnmarshalText(text []byte) error {
	typed := string(text)
	if day, err := time.ParseInLocation(time.DateOnly, typed, time.Local); err == nil {
		s.day = day
		return nil
	}
	units := map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}
	if typed != "" {
		unit, known := units[typed[len(typed)-1]]
		n, err := strconv.ParseUint(typed[:len(typed)-1], 10, 16)
		if known && err == nil && n > 0 {
			s.age = time.Duration(n) * unit
			return nil
		}
	}
	return fmt.Errorf("%q is no time to look back to; write for instance 7d, 24h, 2w or 2026-01-31", typed)
}

// From is the moment meant, counted back from now; zero when nothing was typed.
func (s *Since) From(now time.Time) time.Time {
	switch {
	case s == nil:
		return time.Time{}
	case s.age > 0:
		return now.Add(-s.age)
	}
	return s.day
}
