package bot

import (
	"time"

	"newsdesk/desk"
)

// parseSince reads what was typed for how far back to look, "" for ever.
func parseSince(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	var since desk.Since
	if err := since.UnmarshalText([]byte(text)); err != nil {
		return time.Time{}, err
	}
	return since.From(now), nil
}
