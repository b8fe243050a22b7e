package main

import (
	"context"
	"errors"
	"io"
	"syscall"
)

// outputError is an error of writing standard output. Its text is that of the system.
type outputError struct{ err error }

func (e *outputError) Error() string {
	var system syscall.Errno
	if errors.As(e.err, &system) {
		return system.Error() // without the name of the file, which nobody typed
	}
	return e.err.Error()
}

func (e *outputError) Unwrap() error { return e.err }

// closedPipe reports whether the reader of the output has gone, as head does when it has its lines. That
// is nothing to complain about.
func (e *outputError) closedPipe() bool {
	return errors.Is(e.err, syscall.EPIPE)
}

// output is standard output. It keeps the first error: some of what is printed goes through libraries
// that drop it.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(b)
	if err != nil {
		o.err = &outputError{err}
	}
	return n, o.err
}

// input is standard input, whose reading ends with ctx: a read from a terminal or a pipe cannot be
// stopped, so it happens beside the work, which leaves it behind. Nobody waits for that goroutine; it
// ends with its read, or the process.
func input(ctx context.Context, in io.Reader) io.Reader {
	r, w := io.Pipe()
	go func() {
		_, err := io.Copy(w, in)
		_ = w.CloseWithError(err) // never fails
	}()
	context.AfterFunc(ctx, func() { _ = w.CloseWithError(ctx.Err()) })
	return r
}
