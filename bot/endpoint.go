package bot

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Endpoint is where a bot takes interactions that Discord posts to it (Discord: receiving an interaction), each signed
// with the application's key. Its address, as the world knows it, is entered in Discord's developer portal.
type Endpoint struct {
	Listener  net.Listener
	PublicKey string // the application's, in hex, from the developer portal; "" asks Discord for it
}

// ErrPublicKey is a public key that is none.
var ErrPublicKey = errors.New("public key is no Ed25519 key in hex")

const (
	// largestInteraction is how long one may be, in bytes: a form of five long fields below a message of 4,000 characters is far from it.
	largestInteraction = 1 << 20
	// replayWindow is how far a signature's time may be from ours; one that is repeated within it is known.
	replayWindow = 5 * time.Minute
)

// respond answers an interaction at first. The error is that the answer did not go out.
type respond func(ctx context.Context, body any, files []*discordgo.File) error

// serve takes interactions until ctx ends.
func (b *Bot) serve(ctx context.Context) error {
	if b.endpoint.PublicKey != "" {
		b.verifyKey = b.endpoint.PublicKey
	}
	key, err := hex.DecodeString(b.verifyKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return fmt.Errorf("%w: %q", ErrPublicKey, b.verifyKey)
	}
	server := &http.Server{
		Handler:           &endpoint{bot: b, key: key, seen: map[string]time.Time{}},
		ReadHeaderTimeout: ackTime, ReadTimeout: ackTime, WriteTimeout: 2 * ackTime, IdleTimeout: time.Minute,
	}
	b.mu.Lock()
	b.me.Serves = b.endpoint.Listener.Addr().String()
	b.mu.Unlock()
	b.there()
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		_ = server.Shutdown(stopping) // what is open after that is nobody's
	}()
	if err := server.Serve(b.endpoint.Listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve interactions: %w", err)
	}
	<-stopped
	b.close()
	return nil
}

// endpoint answers what Discord posts.
type endpoint struct {
	bot *Bot
	key ed25519.PublicKey

	mu   sync.Mutex
	seen map[string]time.Time // signatures, and until when one is to be known again
}

// ServeHTTP answers one interaction. Whoever signs wrongly gets 401, which Discord tries out.
func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "interactions are posted", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestInteraction))
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		http.Error(w, "too long for an interaction", http.StatusRequestEntityTooLarge)
		return
	case err != nil:
		return // nobody is there any more
	}
	signature, ok := e.signed(r.Header, body)
	if !ok {
		http.Error(w, "invalid request signature", http.StatusUnauthorized)
		return
	}
	var i discordgo.Interaction
	if err := json.Unmarshal(body, &i); err != nil {
		e.bot.log.Error("interaction not understood", "error", err)
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	if i.Type == discordgo.InteractionPing {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"type":1}`))
		return
	}
	if !e.fresh(signature) {
		http.Error(w, "repeated request", http.StatusUnauthorized)
		return
	}
	e.answer(w, r, &i)
}

// signed reports whether a body is Discord's, and of now.
func (e *endpoint) signed(header http.Header, body []byte) (signature string, ok bool) {
	raw, err := hex.DecodeString(header.Get("X-Signature-Ed25519"))
	timestamp := header.Get("X-Signature-Timestamp")
	if err != nil || len(raw) != ed25519.SignatureSize || !ed25519.Verify(e.key, append([]byte(timestamp), body...), raw) {
		return "", false
	}
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	return string(raw), err == nil && e.bot.now().Sub(time.Unix(seconds, 0)).Abs() <= replayWindow
}

// fresh reports whether a signature comes for the first time.
func (e *endpoint) fresh(signature string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.bot.now()
	for s, until := range e.seen {
		if until.Before(now) {
			delete(e.seen, s)
		}
	}
	_, known := e.seen[signature]
	e.seen[signature] = now.Add(2 * replayWindow) // its time may be ahead of ours
	return !known
}

// answer has an interaction answered, at first by the response.
func (e *endpoint) answer(w http.ResponseWriter, r *http.Request, i *discordgo.Interaction) {
	first := make(chan []byte)
	var contentType string
	written := make(chan error, 1)
	var answered atomic.Bool
	reply := func(ctx context.Context, body any, files []*discordgo.File) error {
		if answered.Swap(true) {
			return errAnswered
		}
		kind, data, err := encode(body, files)
		if err != nil {
			return err
		}
		contentType = kind
		select {
		case first <- data:
			return <-written
		case <-r.Context().Done():
			return errExpired
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	over := make(chan bool, 1)
	go func() { over <- e.bot.take(func() { e.bot.interaction(i, reply) }) }()
	select {
	case data := <-first:
		w.Header().Set("Content-Type", contentType)
		_, err := w.Write(data)
		written <- errors.Join(err, http.NewResponseController(w).Flush())
	case taken := <-over:
		if taken {
			w.WriteHeader(http.StatusAccepted) // another process has answered
			return
		}
		http.Error(w, "stopping", http.StatusServiceUnavailable)
	case <-r.Context().Done(): // Discord waits three seconds
	}
}
