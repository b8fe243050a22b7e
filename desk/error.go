package desk

import (
	"errors"
	"fmt"

	"newsdesk/article/fetch"
)

// What the desk itself refuses. Wrapped in a [SubjectError] that names the source.
var (
	ErrMissing     = errors.New("no such file")
	ErrDirectory   = errors.New("is a directory")
	ErrUnreadable  = errors.New("cannot be read") // permissions, a device, a failing disk
	ErrEmpty       = errors.New("holds nothing")
	ErrNoWords     = errors.New("holds no words") // marks and numbers alone
	ErrNoNetwork   = errors.New("no network client is set up")
	ErrNoStore     = errors.New("no store is set up")
	ErrNoQueue     = errors.New("no queue is set up")
	ErrNoQuestion  = errors.New("the question holds no words")
	ErrNoClaim     = errors.New("the claim holds no words")
	ErrNoQuote     = errors.New("the article no longer has that quote")
	ErrNoName      = errors.New("too long for a name")
	ErrManyReports = errors.New("as many reports wait as anybody looks through")
)

// SubjectError is an error with the thing that it is about: a source's name, a store's path.
type SubjectError struct {
	Subject string
	Err     error
}

func (e *SubjectError) Error() string { return fmt.Sprintf("%s: %v", e.Subject, e.Err) }

// Unwrap returns the error itself.
func (e *SubjectError) Unwrap() error { return e.Err }

// About says what an error is about, for [Explain] to name it. It keeps nil, and an error that already
// names its subject. The user info of a URL is left out.
func About(subject string, err error) error {
	if err == nil || subject == "" {
		return err
	}
	var named *SubjectError
	if errors.As(err, &named) {
		return err
	}
	return &SubjectError{Subject: fetch.Redact(subject), Err: err}
}
