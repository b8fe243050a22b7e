package redistest

import (
	"context"
	"net"
	"sync"
	"testing"
	"time"
)

// Proxy stands between clients and a server, and does to what passes what networks do. At first it does nothing.
type Proxy struct {
	Addr string // where it listens

	to       string
	listener net.Listener
	running  sync.WaitGroup

	mu      sync.Mutex
	open    map[net.Conn]bool // both ends of each connection
	delay   time.Duration
	silent  chan struct{} // nil, or closed once there is no silence any more
	left    int           // bytes that the server may still say before everything is cut; below 0 for any number
	then    func()        // what is done then besides; nil for nothing
	closing bool
}

// Between starts a proxy before s, which ends with the test.
func Between(t testing.TB, s *Server) *Proxy {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Addr: l.Addr().String(), to: s.Addr, listener: l, open: map[net.Conn]bool{}, left: -1}
	p.running.Go(p.accept)
	t.Cleanup(p.Close)
	return p
}

// Close ends every connection, and takes no new one.
func (p *Proxy) Close() {
	_ = p.listener.Close() // maybe once more
	p.mu.Lock()
	p.closing = true
	p.mu.Unlock()
	p.Speak()
	p.Cut()
	p.running.Wait()
}

// URL is the proxy's address, for clients of a Redis.
func (p *Proxy) URL() string { return "redis://" + p.Addr }

// Delay lets everything arrive so much later.
func (p *Proxy) Delay(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay = d
}

// Silence lets nothing through, without closing anything: the network drops all packets.
func (p *Proxy) Silence() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.silent == nil {
		p.silent = make(chan struct{})
	}
}

// Speak ends a silence; what was said in it arrives now.
func (p *Proxy) Speak() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.silent != nil {
		close(p.silent)
		p.silent = nil
	}
}

// Cut ends every connection. New ones are taken.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		_ = c.Close() // its copier notices
	}
}

// CutAfter ends every connection as soon as the server has said so many bytes more, in the middle of an answer. Each
// call does it once.
func (p *Proxy) CutAfter(bytes int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.left = bytes
}

// CloseAfter closes the proxy as soon as the server has said so many bytes more, and says so, in a goroutine of its own.
func (p *Proxy) CloseAfter(bytes int, closed func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.left = bytes
	p.then = func() { p.Close(); closed() }
}

// WasCut reports whether what [Proxy.CutAfter] asked for has happened.
func (p *Proxy) WasCut() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.left < 0
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return // closed
		}
		server, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", p.to)
		if err != nil { // it is down, which the client is to see
			_ = client.Close()
			continue
		}
		p.mu.Lock()
		if p.closing {
			_, _ = client.Close(), server.Close()
		}
		p.open[client], p.open[server] = true, true
		p.mu.Unlock()
		p.running.Go(func() { p.pass(server, client, false) })
		p.running.Go(func() { p.pass(client, server, true) })
	}
}

// pass copies what one end says to the other, until either closes.
func (p *Proxy) pass(to, from net.Conn, answers bool) {
	defer func() {
		_, _ = to.Close(), from.Close() // maybe once more
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.open, from)
	}()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		if n = p.allowed(n, answers); n < 0 {
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
		if answers && p.cutNow() {
			return
		}
	}
}

// allowed waits as long as it has to, and says how many of n bytes may pass.
func (p *Proxy) allowed(n int, answers bool) int {
	p.mu.Lock()
	delay, silent := p.delay, p.silent
	p.mu.Unlock()
	if delay > 0 {
		time.Sleep(delay) // the network is what is slow here
	}
	if silent != nil {
		<-silent
	}
	if !answers {
		return n
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.left < 0 {
		return n
	}
	n = min(n, p.left)
	p.left -= n
	return n
}

// cutNow cuts everything once, when no byte is left.
func (p *Proxy) cutNow() bool {
	p.mu.Lock()
	due := p.left == 0
	then := p.then
	if due {
		p.left, p.then = -1, nil
	}
	p.mu.Unlock()
	if due {
		p.Cut()
	}
	if due && then != nil {
		go then() // it may wait for this connection, too
	}
	return due
}
