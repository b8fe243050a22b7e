package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// maxLine is the longest line of a batch in bytes. A page may be 8 MB and its JSON escapes twice that.
const maxLine = 16 << 20

// errLineTooLong is the error for such a line.
var errLineTooLong = errors.New("line is longer than 16 MB; leave this article out")

// batchTask does one line. id is what the answer carries; the answer's first field must be it.
type batchTask func(ctx context.Context, line []byte, id json.RawMessage) (answer any, err error)

// failedLine is the answer to a line that could not be done.
type failedLine struct {
	ID    json.RawMessage `json:"id"`
	Error string          `json:"error"`
}

// batch does every line of standard input and prints the answers.
func (p *program) batch(ctx context.Context, task batchTask) error {
	bar := p.progressBar()
	defer bar.clear()
	return batch(ctx, bar.reader(input(ctx, p.in)), p.output, p.explain, task, func() { bar.step(p.now()) })
}

// batch does every line of in and prints the answers in the order of the lines; it calls written after
// each. All cores work at the same time, on a few lines each at most, so memory does not grow with the
// input. A line that fails gives a failedLine and the rest goes on; the error is only ever one of reading
// or writing.
func batch(ctx context.Context, in io.Reader, out io.Writer, explain func(error) string, task batchTask, written func()) error {
	cores := runtime.GOMAXPROCS(0)
	jobs, order := make(chan batchJob), make(chan batchJob, 4*cores)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(order)
		defer close(jobs)
		return readJobs(ctx, in, order, jobs)
	})
	for range cores {
		group.Go(func() error {
			for j := range jobs {
				j.done <- answer(ctx, j.line, j.err, explain, task)
			}
			return nil
		})
	}
	group.Go(func() error { return writeAnswers(ctx, out, order, written) })
	return group.Wait()
}

// batchJob is one line on its way.
type batchJob struct {
	line []byte
	err  error       // what is wrong with the line itself
	done chan []byte // takes the answer; has room for it, so that no worker waits
}

// readJobs makes a job of every line, and sends it to whoever writes and then to whoever works.
func readJobs(ctx context.Context, in io.Reader, order, jobs chan<- batchJob) error {
	lines := lineReader{r: bufio.NewReaderSize(in, 1<<16)}
	for {
		line, err := lines.next()
		if err != nil && !errors.Is(err, errLineTooLong) {
			return endOfInput(err)
		}
		if err == nil && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		j := batchJob{line: line, err: err, done: make(chan []byte, 1)}
		for _, to := range []chan<- batchJob{order, jobs} {
			select {
			case to <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

// writeAnswers writes the answers in the order of their jobs.
func writeAnswers(ctx context.Context, out io.Writer, order <-chan batchJob, written func()) error {
	w := bufio.NewWriterSize(out, 1<<16)
	for j := range order {
		select {
		case a := <-j.done:
			if ctx.Err() != nil {
				return errors.Join(ctx.Err(), w.Flush()) // the answer may be that it was stopped
			}
			if _, err := w.Write(a); err != nil {
				return err
			}
			written()
		case <-ctx.Done():
			return errors.Join(ctx.Err(), w.Flush()) // no line is left half-written
		}
		if len(order) > 0 {
			continue
		}
		// Whoever feeds line by line gets answers line by line.
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return w.Flush()
}

func endOfInput(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// answer does one line and encodes what came of it.
func answer(ctx context.Context, line []byte, err error, explain func(error) string, task batchTask) []byte {
	id, parseErr := idOf(line)
	if err == nil {
		err = parseErr
	}
	var result any
	if err == nil {
		result, err = task(ctx, line, id)
	}
	if err != nil {
		result = failedLine{ID: id, Error: explain(err)}
	}
	encoded, err := encode(result, "")
	if err != nil { // a task's answer is made of text and numbers
		encoded, _ = encode(failedLine{ID: id, Error: explain(err)}, "")
	}
	return encoded
}

// errNotObject is the error for a line that holds something else than one JSON object.
var errNotObject = errors.New("line is no JSON object")

// idOf is the value of "id" on a line, as it stands there; null if there is none. Of a line that is cut
// or broken it finds the id that stands before the break, so that whoever sent it knows which it was.
func idOf(line []byte) (json.RawMessage, error) {
	var object struct {
		ID json.RawMessage `json:"id"`
	}
	if err := json.Unmarshal(line, &object); err == nil {
		if object.ID == nil {
			return json.RawMessage("null"), nil
		}
		return object.ID, nil
	}
	d := json.NewDecoder(bytes.NewReader(line))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return json.RawMessage("null"), errNotObject
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			break
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			break
		}
		if name == "id" {
			return value, errNotObject
		}
	}
	return json.RawMessage("null"), errNotObject
}

// fieldError is a field of a line that is not of its type.
type fieldError struct{ field string }

func (e *fieldError) Error() string { return fmt.Sprintf("%q is no text", e.field) }

// decode reads the fields of a line into in.
func decode(line []byte, in any) error {
	err := json.Unmarshal(line, in)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return &fieldError{wrong.Field}
	}
	if err != nil {
		return errNotObject
	}
	return nil
}

// lineReader reads lines and skips the rest of one that is too long.
type lineReader struct{ r *bufio.Reader }

// next returns the next line without its end. With errLineTooLong it returns the line's beginning; the
// line after it is next. At the end it returns io.EOF.
func (l lineReader) next() ([]byte, error) {
	var line []byte
	for {
		part, err := l.r.ReadSlice('\n')
		if len(line) <= maxLine { // beyond that the rest is only skipped
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (len(line) == 0 || !errors.Is(err, io.EOF)):
			return nil, err
		}
		line = bytes.TrimSuffix(line, []byte("\n"))
		if len(line) > maxLine {
			return line[:1<<16], errLineTooLong
		}
		return line, nil
	}
}
