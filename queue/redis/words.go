package redis

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"newsdesk/cache"
)

// serverSays is how an error begins that the server has answered with: LOADING, OOM, NOSCRIPT.
var serverSays = regexp.MustCompile(`^[A-Z]+ `)

// meant is what an error of asynq is about: of what its scripts meet with it keeps the words alone.
func meant(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	_, words, ofScript := strings.Cut(err.Error(), "redis eval error: ")
	switch {
	case !ofScript:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case serverSays.MatchString(words):
		return errors.New(words)
	}
	return fmt.Errorf("%w: %s", cache.ErrAway, words) // the connection's
}
