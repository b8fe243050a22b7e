// Package llmtest is a language model to test against: a server on a loopback port that speaks OpenAI's
// chat completions and answers by script.
//
//	server := llmtest.New(t, llmtest.Busy(503, "0"), llmtest.Say(`{"points":[]}`))
//	client := llm.New(llm.Options{BaseURL: server.URL, Model: "test"})
//
// Replies are given in order, the last one for ever after. [NewFunc] answers from the request instead:
// a model that obeys whatever an article tells it, or that lies. What was asked can be looked at with
// [Server.Requests]. The server checks what it is sent as a strict server does: method, path, JSON of the
// documented shape.
//
// Sources: OpenAI, API reference, "Create chat completion" and "Error codes"; Microsoft, Azure OpenAI REST API reference.
package llmtest

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Server is a scripted model. URL is its base address, up to and including /v1; at AzureURL it speaks as Azure does
// without /openai/v1, with deployments in the path.
type Server struct {
	URL, AzureURL string

	answer   func(Request) Reply
	mu       sync.Mutex
	requests []Request
	closing  chan struct{}
}

// Request is one chat completion that was asked for.
type Request struct {
	Authorization string         // the header
	APIKey        string         // the header api-key, which Azure has
	APIVersion    string         // of the query, the same
	Deployment    string         // of the path, the same
	Model         string         // as sent
	System, User  string         // the contents of the messages of these roles
	Fields        map[string]any // the whole body
	Number        int            // counts from 0
}

// New starts a server that gives these replies in order; it stops with the test.
func New(t testing.TB, replies ...Reply) *Server {
	t.Helper()
	if len(replies) == 0 {
		t.Fatal("llmtest: no replies")
	}
	return NewFunc(t, func(r Request) Reply { return replies[min(r.Number, len(replies)-1)] })
}

// NewFunc starts a server that replies as answer says, which may be called by several goroutines at once.
func NewFunc(t testing.TB, answer func(Request) Reply) *Server {
	t.Helper()
	return start(t, answer, httptest.NewServer)
}

// NewUntrusted starts a server with a certificate that nobody knows.
func NewUntrusted(t testing.TB) *Server {
	t.Helper()
	return start(t, func(Request) Reply { return Reply{} }, func(h http.Handler) *httptest.Server {
		server := httptest.NewUnstartedServer(h)
		server.Config.ErrorLog = log.New(io.Discard, "", 0) // the refused handshake is the point
		server.StartTLS()
		return server
	})
}

func start(t testing.TB, answer func(Request) Reply, listen func(http.Handler) *httptest.Server) *Server {
	t.Helper()
	s := &Server{answer: answer, closing: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", s.complete)
	mux.HandleFunc("POST /openai/deployments/{deployment}/chat/completions", s.complete)
	server := listen(mux)
	t.Cleanup(func() {
		close(s.closing)
		server.Close()
	})
	s.URL, s.AzureURL = server.URL+"/v1", server.URL
	return s
}

// Requests returns what was asked so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// complete answers one chat completion.
func (s *Server) complete(w http.ResponseWriter, r *http.Request) {
	request := Request{
		Authorization: r.Header.Get("Authorization"),
		APIKey:        r.Header.Get("api-key"), APIVersion: r.URL.Query().Get("api-version"), Deployment: r.PathValue("deployment"),
	}
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = json.Unmarshal(body, &request.Fields)
	}
	messages, ok := request.Fields["messages"].([]any)
	if err != nil || !ok || len(messages) == 0 {
		Fail(http.StatusBadRequest, "invalid_request_error", "", "We could not parse the JSON body of your request.").write(w, request)
		return
	}
	request.Model, _ = request.Fields["model"].(string)
	for _, m := range messages {
		message, _ := m.(map[string]any)
		content, _ := message["content"].(string)
		switch message["role"] {
		case "system":
			request.System += content
		case "user":
			request.User += content
		}
	}
	s.mu.Lock()
	request.Number = len(s.requests)
	s.requests = append(s.requests, request)
	s.mu.Unlock()
	reply := s.answer(request)
	if reply.Stall {
		select {
		case <-r.Context().Done():
		case <-s.closing:
		}
		return
	}
	if reply.Half {
		body := reply.body(request)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()
		select {
		case <-r.Context().Done():
		case <-s.closing:
		}
		return
	}
	reply.write(w, request)
}

// Sends reports whether a request has a field that a server may not know, such as "max_tokens", or a
// response format of a type, given as "response_format=json_schema".
func (r Request) Sends(field string) bool {
	name, kind, typed := strings.Cut(field, "=")
	value, ok := r.Fields[name]
	if !typed {
		return ok
	}
	format, _ := value.(map[string]any)
	return format["type"] == kind
}
