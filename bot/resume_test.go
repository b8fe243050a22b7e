package bot

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// piped is a listener to whom one dials in memory.
type piped struct{ conns chan net.Conn }

func (p piped) Accept() (net.Conn, error) {
	c, ok := <-p.conns
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}
func (p piped) Close() error   { return nil }
func (p piped) Addr() net.Addr { return &net.UnixAddr{Name: "memory"} }

// A proxy that cuts each connection as soon as the session is resumed is not asked again and again without a pause: at
// once after a line that was good, later less and less often.
func TestResumesWithPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var serving sync.WaitGroup
		var mu sync.Mutex
		var lasts time.Duration // how long a connection does
		var tries []time.Time
		p := piped{make(chan net.Conn)}
		server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			serving.Add(1)
			defer serving.Done()
			mu.Lock()
			tries = append(tries, time.Now())
			mu.Unlock()
			ws, err := new(websocket.Upgrader).Upgrade(w, r, nil)
			if err != nil {
				t.Error(err)
				return
			}
			defer ws.Close() //nolint:errcheck // is cut
			_ = ws.WriteJSON(map[string]any{"op": opHello, "d": map[string]any{"heartbeat_interval": time.Hour.Milliseconds()}})
			var resume said
			if err := ws.ReadJSON(&resume); err != nil || resume.Op != opResume {
				t.Errorf("it begins with %+v, %v", resume, err)
			}
			_ = ws.WriteJSON(map[string]any{"op": opEvent, "s": 7, "t": "RESUMED", "d": nil})
			mu.Lock()
			good := lasts
			mu.Unlock()
			time.Sleep(good)
		})}
		served := make(chan error)
		go func() { served <- server.Serve(p) }()
		g := &gateway{
			dialer: &websocket.Dialer{NetDialContext: func(context.Context, string, string) (net.Conn, error) {
				here, there := net.Pipe()
				p.conns <- there
				return here, nil
			}},
			readyTime: readyTime, log: slog.New(slog.DiscardHandler), failed: func(error) {},
			may:     func(context.Context) error { return nil },
			happens: func(_ string, _ json.RawMessage, done func()) { done() },
		}
		g.session.Store(&session{ID: "one", Address: "ws://memory"})
		ctx, stop := context.WithCancel(t.Context())
		kept := make(chan error)
		go func() { kept <- g.keep(ctx) }()

		time.Sleep(time.Hour)
		mu.Lock()
		if n := len(tries); n < 30 || n > 80 {
			t.Errorf("it connects %d times in an hour", n)
		}
		lasts = 2 * steady
		mu.Unlock()
		time.Sleep(time.Hour)
		mu.Lock()
		last := len(tries) - 1
		if gap := tries[last].Sub(tries[last-1]); gap != lasts {
			t.Errorf("after a good line it waits %v", gap-lasts)
		}
		mu.Unlock()
		stop()
		if err := <-kept; err != nil {
			t.Error(err)
		}
		close(p.conns)
		_ = server.Close()
		<-served
		serving.Wait()
	})
}
