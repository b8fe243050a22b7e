package discordtest

import (
	"bytes"
	"compress/zlib"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// conn is one WebSocket. What is sent waits in a queue that a goroutine of its own empties, so that a
// bot that does not read holds up nobody.
type conn struct {
	ws       *websocket.Conn
	address  string // that it came to
	known    bool   // it identified or resumed
	compress bool   // each payload by itself
	left     int    // the code that the bot closed with
	stream   *zlib.Writer
	flushed  bytes.Buffer
	heard    []time.Time // when the bot said something, in the last minute

	mu     sync.Mutex
	filled *sync.Cond
	queue  []frame
	over   bool
}

type frame struct {
	kind     int
	data     []byte
	compress bool
	last     bool
}

func newConn(ws *websocket.Conn, address string, stream bool) *conn {
	c := &conn{ws: ws, address: address}
	c.filled = sync.NewCond(&c.mu)
	if stream {
		c.stream = zlib.NewWriter(&c.flushed)
	}
	return c
}

// send puts a payload into the queue.
func (c *conn) send(p payload) {
	c.put(frame{kind: websocket.TextMessage, data: must(p), compress: c.compress})
}

// hangUp ends the connection after what is in the queue, with a code; 0 for none, as when a line is cut.
func (c *conn) hangUp(code int, why string) {
	if code == 0 {
		c.put(frame{last: true})
		return
	}
	c.put(frame{kind: websocket.CloseMessage, data: websocket.FormatCloseMessage(code, why)})
}

// hungUp reports whether the end of the connection was this side's doing.
func (c *conn) hungUp() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.over
}

func (c *conn) put(f frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.over {
		c.queue = append(c.queue, f)
		c.over = f.last || f.kind == websocket.CloseMessage
		c.filled.Signal()
	}
}

// end closes the connection and lets write return.
func (c *conn) end() {
	c.put(frame{last: true})
	_ = c.ws.Close()
}

// write sends what is put into the queue, until the last frame.
func (c *conn) write() {
	for {
		c.mu.Lock()
		for len(c.queue) == 0 {
			c.filled.Wait()
		}
		frames := c.queue
		c.queue = nil
		c.mu.Unlock()
		for _, f := range frames {
			if f.last {
				_ = c.ws.Close()
				return
			}
			_ = c.ws.SetWriteDeadline(time.Now().Add(30 * time.Second))
			if err := c.ws.WriteMessage(c.wire(f)); err != nil {
				_ = c.ws.Close() // the reader sees it
			}
			if f.kind == websocket.CloseMessage {
				// The reader waits for the other side's close frame; what comes in the meantime is not answered.
				_ = c.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
				return
			}
		}
	}
}

// wire compresses a frame in the way that the bot asked for.
func (c *conn) wire(f frame) (kind int, data []byte) {
	switch {
	case f.kind != websocket.TextMessage:
		return f.kind, f.data
	case c.stream != nil: // one zlib stream for the whole connection
		c.flushed.Reset()
		_, _ = c.stream.Write(f.data) // into memory
		_ = c.stream.Flush()
		return websocket.BinaryMessage, c.flushed.Bytes()
	case f.compress:
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		_, _ = z.Write(f.data)
		_ = z.Close()
		return websocket.BinaryMessage, b.Bytes()
	}
	return f.kind, f.data
}

// tooMany counts what the bot said, and reports whether it was more than a connection may in a minute.
func (c *conn) tooMany() bool {
	now := time.Now()
	c.heard = append(c.heard, now)
	for len(c.heard) > 0 && now.Sub(c.heard[0]) > time.Minute {
		c.heard = c.heard[1:]
	}
	return len(c.heard) > sentPerMinute
}
