package main

import (
	"errors"

	"newsdesk/article/extract"
	"newsdesk/article/fetch"
	"newsdesk/bot"
	"newsdesk/config"
	"newsdesk/desk"
)

// The exit codes, as the package comment promises them.
const (
	exitDone      = 0
	exitFailed    = 1
	exitUsage     = 2
	exitNoArticle = 3
)

// unreadable are the errors of a source that was reached and holds no article that can be read.
var unreadable = []error{
	desk.ErrEmpty, desk.ErrNoWords, extract.ErrNoArticle, extract.ErrNotText, extract.ErrUnsupported, extract.ErrTooLarge, fetch.ErrTooLarge,
}

// exitCode is what the process ends with after err.
func exitCode(err error) int {
	var usage *usageError
	var wrong config.Error
	switch {
	case err == nil || errors.Is(err, errHelpShown):
		return exitDone
	case errors.As(err, &usage), errors.As(err, &wrong),
		errors.Is(err, desk.ErrNoQuestion), errors.Is(err, desk.ErrNoClaim), errors.Is(err, bot.ErrNoToken):
		return exitUsage
	}
	for _, e := range unreadable {
		if errors.Is(err, e) {
			return exitNoArticle
		}
	}
	return exitFailed
}
