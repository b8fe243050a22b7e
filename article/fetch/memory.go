package fetch

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"newsdesk/article"
)

// Memory keeps what a [Client] read of an address, so that it asks again only whether a page has changed, and does
// not knock again at once where nobody answered. It is safe for use by many goroutines; what it loses costs a
// request and nothing else.
type Memory interface {
	// Load returns what was saved of an address, false if there is nothing.
	Load(ctx context.Context, url string) (Record, bool)
	// Save keeps a record in place of the one before.
	Save(ctx context.Context, url string, r Record)
}

// Record is what is remembered of an address: a page and how to ask whether it changed, or why there is none. It holds
// plain values only, to be stored anywhere.
type Record struct {
	Page               article.Page
	ETag, LastModified string    // as the server sent them
	Failure            string    // why there is no page, as [Reason] names it; "" where there is one
	Status             int       // the status that a failure is, 0 if it is none
	At                 time.Time // when it was read
}

// How long a failure is taken for what it was. Nobody puts a page back within minutes, but a server may be up again.
const (
	rememberGone    = 10 * time.Minute
	rememberFailure = 2 * time.Minute
)

// failureOf makes a record of err; false for what is not remembered.
func failureOf(err error, at time.Time) (Record, bool) {
	for _, f := range failures {
		if errors.Is(err, f.err) {
			r := Record{Failure: f.reason, At: at}
			var status *StatusError
			if errors.As(err, &status) {
				r.Status = status.Code
			}
			return r, f.remember
		}
	}
	return Record{}, false
}

// err is the failure that r records, nil if it is none, or one that only a later version knows.
func (r Record) err() error {
	if r.Status != 0 {
		return fmt.Errorf("a moment ago: %w", &StatusError{Code: r.Status})
	}
	for _, f := range failures {
		if f.reason == r.Failure {
			return fmt.Errorf("a moment ago: %w", f.err)
		}
	}
	return nil
}

// holds reports whether r is a failure that still counts at a time.
func (r Record) holds(now time.Time) bool {
	span := rememberFailure
	if r.Status == http.StatusNotFound || r.Status == http.StatusGone {
		span = rememberGone
	}
	return r.err() != nil && now.Sub(r.At) < span
}

// Anew returns a context in which [Client.Get] asks again for what failed a moment ago: somebody says that it is worth it.
func Anew(ctx context.Context) context.Context { return context.WithValue(ctx, anew{}, true) }

// anew is the key of what Anew says in a context.
type anew struct{}

// recordOf makes a record of a page that was just read, and says whether the server lets it be kept (RFC 9111, no-store).
func recordOf(page article.Page, h http.Header) (r Record, keep bool) {
	keep = true
	for _, directive := range h.Values("Cache-Control") {
		keep = keep && !strings.Contains(strings.ToLower(directive), "no-store")
	}
	return Record{Page: page, ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified"), At: page.FetchedAt}, keep
}

// condition makes a request conditional on a change since r (RFC 9110, 13.1), and reports whether it could.
func (r Record) condition(req *http.Request) bool {
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
	return r.ETag != "" || r.LastModified != ""
}

// The bounds of [NewMemory].
const (
	memoryBytes   = 16 << 20
	memoryRecords = 2000
	memoryPage    = 2 << 20 // a larger page is not kept
)

// memory is a Memory in the process: the least recently used goes first.
type memory struct {
	mu    sync.Mutex
	order list.List // of *kept, the most recently used in front
	byURL map[string]*list.Element
	bytes int
}

type kept struct {
	url    string
	record Record
}

func (k *kept) size() int { return len(k.record.Page.Body) + len(k.url) + 512 }

// NewMemory returns a Memory that lives as long as the process, of at most 16 MB.
func NewMemory() Memory { return &memory{byURL: make(map[string]*list.Element)} }

func (m *memory) Load(_ context.Context, url string) (Record, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.byURL[url]
	if e == nil {
		return Record{}, false
	}
	m.order.MoveToFront(e)
	return e.Value.(*kept).record, true
}

func (m *memory) Save(_ context.Context, url string, r Record) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.byURL[url]; e != nil {
		m.drop(e)
	}
	if len(r.Page.Body) > memoryPage {
		return
	}
	k := &kept{url, r}
	m.byURL[url] = m.order.PushFront(k)
	m.bytes += k.size()
	for m.bytes > memoryBytes || m.order.Len() > memoryRecords {
		m.drop(m.order.Back())
	}
}

func (m *memory) drop(e *list.Element) {
	k := m.order.Remove(e).(*kept)
	delete(m.byURL, k.url)
	m.bytes -= k.size()
}
