package bot

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// limits keeps the bot's requests within what Discord's answers say is left (Discord: rate limits). Requests that
// share a bucket are made one after the other, as each answer says whether there may be another.
type limits struct {
	mu      sync.Mutex
	buckets map[string]*bucket
	global  time.Time // no request of any bucket before that
}

// bucket is what several requests share. Whoever holds its turn may use it.
type bucket struct {
	turn  chan struct{}
	left  int
	until time.Time // when it is full again
}

// unlimited is the bucket of requests with an interaction's token: each token has limits of its own, and the limit
// for all does not hold for them.
const unlimited = ""

// take waits until a request of a bucket may be made. done ends the request with the status and the
// header that came back, 0 and nil if nothing did.
func (l *limits) take(ctx context.Context, name string) (done func(int, http.Header), err error) {
	if name == unlimited {
		return func(int, http.Header) {}, nil
	}
	b := l.bucket(name)
	select {
	case b.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	for wait := l.wait(b); wait > 0; wait = l.wait(b) {
		if err := sleep(ctx, wait); err != nil {
			<-b.turn
			return nil, err
		}
	}
	return func(status int, h http.Header) {
		l.learn(b, status, h)
		<-b.turn
	}, nil
}

func (l *limits) bucket(name string) *bucket {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.buckets == nil {
		l.buckets = map[string]*bucket{}
	}
	b := l.buckets[name]
	if b == nil {
		b = &bucket{turn: make(chan struct{}, 1), left: 1}
		l.buckets[name] = b
	}
	return b
}

// wait is how long there may be no request of a bucket.
func (l *limits) wait(b *bucket) time.Duration {
	l.mu.Lock()
	until := l.global
	l.mu.Unlock()
	if b.left < 1 && b.until.After(until) {
		until = b.until
	}
	return time.Until(until)
}

// learn reads from an answer what is left of a bucket and when it is full again, or how long all requests must wait.
func (l *limits) learn(b *bucket, status int, h http.Header) {
	b.left = 1 // unless something else is said
	wait := refill(h)
	switch left, err := strconv.Atoi(h.Get("X-RateLimit-Remaining")); {
	case h.Get("X-RateLimit-Global") != "":
		l.mu.Lock()
		defer l.mu.Unlock()
		l.global = time.Now().Add(wait)
	case status == http.StatusTooManyRequests:
		b.left, b.until = 0, time.Now().Add(wait)
	case err == nil && wait > 0:
		b.left, b.until = left, time.Now().Add(wait)
	}
}

// refill is how long Discord says to wait until a bucket is full again; a proxy before it says so in whole seconds.
func refill(h http.Header) time.Duration {
	if after := seconds(h.Get("X-RateLimit-Reset-After")); after > 0 {
		return after
	}
	return seconds(h.Get("Retry-After"))
}

// seconds reads a number of seconds as Discord's headers have it; 0 if it is none.
func seconds(text string) time.Duration {
	s, err := strconv.ParseFloat(text, 64)
	if err != nil || s < 0 {
		return 0
	}
	return time.Duration(s * float64(time.Second))
}
