package fetch_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"newsdesk/article/fetch"
)

// A server that keeps sending a little is cut by the total deadline as one that sends nothing: bytes that arrive do
// not buy more time. A client that let them would read this one to its end and have no error.
func TestTrickle(t *testing.T) {
	for _, tt := range []struct {
		name, head, drip, end string
		want                  error
	}{
		{"header", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", "X-A: b\r\n", "\r\n", fetch.ErrTimeout},
		{"body", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n", "<p>", "end", fetch.ErrTimeout},
		{"chunks", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n", "3\r\n<p>\r\n", "0\r\n\r\n", fetch.ErrTimeout},
		{"error page", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n", "<p>", "end", fetch.ErrNotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			hungUp := make(chan bool, 1)
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				conn, _, err := w.(http.Hijacker).Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				defer conn.Close()
				_, err = io.WriteString(conn, tt.head)
				drips := time.NewTicker(5 * time.Millisecond)
				defer drips.Stop()
				for range 4000 { // 20 seconds of it
					if err != nil {
						break
					}
					<-drips.C
					_, err = io.WriteString(conn, tt.drip)
				}
				hungUp <- err != nil
				_, _ = io.WriteString(conn, tt.end)
			})
			c := inside(t, func(o *fetch.Options) { o.Timeout = 100 * time.Millisecond })
			_, err := c.Get(context.Background(), s.URL)
			if !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if !<-hungUp {
				t.Error("the server could send all that it had")
			}
		})
	}
}
