package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/sony/gobreaker/v2"
)

// prompt is one question to the model.
type prompt struct {
	system, user string
	name         string          // of the schema
	schema       json.RawMessage // of the answer; nil for free text
	tokens       int             // at most so many tokens in the answer
}

// reply is what the model answered.
type reply struct {
	content string
	in, out int // tokens
}

// pause is how long to wait before the second try when the server doesn't say.
const pause = 300 * time.Millisecond

// ask sends p and reads the answer with read, in at most two tries.
func ask[T any](ctx context.Context, c *Client, p prompt, read func(string) (T, error)) (T, reply, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	var total reply
	value, err := backoff.Retry(ctx, func() (T, error) {
		var none T
		r, err := c.complete(ctx, p)
		total.in, total.out = total.in+r.in, total.out+r.out
		if err != nil {
			if errors.Is(err, ErrRefused) || errors.Is(err, ErrRejected) || errors.Is(err, errResting) || !worthWaiting(ctx, err) {
				return none, backoff.Permanent(err)
			}
			return none, err
		}
		return read(r.content)
	}, backoff.WithMaxTries(2), backoff.WithBackOff(backoff.NewConstantBackOff(pause)))
	if err != nil && ctx.Err() != nil && !errors.Is(err, ErrUnreachable) {
		err = fmt.Errorf("%w: %w", ErrUnreachable, ctx.Err())
	}
	return value, total, err
}

// worthWaiting reports whether what the server wants waited ends before the deadline.
func worthWaiting(ctx context.Context, err error) bool {
	var after *backoff.RetryAfterError
	deadline, ok := ctx.Deadline()
	return !errors.As(err, &after) || !ok || time.Until(deadline) > after.Duration
}

// failures is how many calls in a row must fail for a server to be left alone.
const failures = 5

// errResting is the error of a call that isn't made, because the server has kept failing.
var errResting = fmt.Errorf("%w: it has kept failing and is left alone for a while", ErrUnreachable)

// newBreaker returns what leaves a server alone that keeps failing.
func newBreaker(rest time.Duration) *gobreaker.CircuitBreaker[reply] {
	if rest <= 0 {
		rest = 30 * time.Second
	}
	return gobreaker.NewCircuitBreaker[reply](gobreaker.Settings{
		Timeout:     rest,
		ReadyToTrip: func(n gobreaker.Counts) bool { return n.ConsecutiveFailures >= failures },
		// A wrong key or an odd answer is no sign that the server is down, nor is a caller who gave up.
		IsSuccessful: func(err error) bool { return !errors.Is(err, ErrUnreachable) || errors.Is(err, context.Canceled) },
	})
}

// complete sends p once, unless the server is left alone.
func (c *Client) complete(ctx context.Context, p prompt) (reply, error) {
	began := time.Now()
	r, err := c.breaker.Execute(func() (reply, error) { return c.send(ctx, p) })
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		r, err = reply{}, errResting
	}
	if c.called != nil {
		c.called(Call{Model: c.model, TokensIn: r.in, TokensOut: r.out, Took: time.Since(began), Outcome: outcome(err)})
	}
	return r, err
}

// send sends p once in the server's dialect. While the server refuses a field, it learns and sends again.
func (c *Client) send(ctx context.Context, p prompt) (reply, error) {
	for {
		c.mu.Lock()
		d := c.dialect
		c.mu.Unlock()
		note := &note{}
		response, err := c.api.CreateChatCompletion(context.WithValue(ctx, noteKey{}, note), d.request(c.model, p))
		if err == nil {
			if len(response.Choices) == 0 {
				return reply{}, withoutChoices(note)
			}
			r := reply{response.Choices[0].Message.Content, response.Usage.PromptTokens, response.Usage.CompletionTokens}
			if r.in == 0 && r.out == 0 {
				r.in, r.out = Tokens(p.system)+Tokens(p.user), Tokens(r.content)
			}
			return r, nil
		}
		learnt, ok := d.learn(note.status, note.text())
		if !ok {
			if errors.Is(ctx.Err(), context.Canceled) {
				return reply{}, fmt.Errorf("%w: %w", ErrUnreachable, context.Canceled)
			}
			return reply{}, classify(err, note)
		}
		c.mu.Lock()
		if c.dialect == d {
			c.dialect = learnt
		}
		c.mu.Unlock()
		if c.learnt != nil {
			c.learnt(learnt.String())
		}
	}
}

// cause names why no answer came, without the address asked, which may hold a key.
func cause(err error) string {
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, context.Canceled):
		return "given up"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	default:
		return "no connection"
	}
}

// maxBody is the longest answer that is read, in bytes, and maxSaid how much of one is kept as it came.
const (
	maxBody = 4 << 20
	maxSaid = 4096
)

// note is what a call needs to know of its response beyond what the API's client tells.
type note struct {
	status     int           // 0 if there was no response
	retryAfter time.Duration // -1 if the server doesn't say
	broken     bool          // reading the body failed
	said       []byte        // the beginning of the body
}

// text is what a server said.
func (n *note) text() string { return strings.ToValidUTF8(string(n.said), "") }

type noteKey struct{}

// doer sends requests, notes what came back and reads no endless bodies.
type doer struct{ client *http.Client }

// Do sends one request.
func (d *doer) Do(r *http.Request) (*http.Response, error) {
	response, err := d.client.Do(r)
	if err != nil {
		return nil, err
	}
	n, _ := r.Context().Value(noteKey{}).(*note)
	if n == nil {
		n = &note{}
	}
	n.status = response.StatusCode
	n.retryAfter = retryAfter(response.Header.Get("Retry-After"), time.Now())
	response.Body = &limited{response.Body, maxBody, n}
	return response, nil
}

// limited is a body that ends after so many bytes and notes when it breaks.
type limited struct {
	io.ReadCloser
	left int
	note *note
}

// Read reads from the body.
func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, io.EOF
	}
	n, err := l.ReadCloser.Read(p[:min(len(p), l.left)])
	l.left -= n
	l.note.said = append(l.note.said, p[:min(n, maxSaid-len(l.note.said))]...)
	if err != nil && err != io.EOF {
		l.note.broken = true
	}
	return n, err
}

// retryAfter reads a Retry-After header: seconds or an HTTP date (RFC 9110, 10.2.3). It is -1 if there is
// none that makes sense.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseFloat(header, 64); err == nil && seconds >= 0 && seconds < math.MaxInt32 {
		return time.Duration(seconds * float64(time.Second))
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(0, at.Sub(now))
	}
	return -1
}
