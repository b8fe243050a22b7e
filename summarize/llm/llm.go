// Package llm asks a language model, and lets through only what the article bears out.
//
// A [Client] speaks OpenAI's chat completions to any server that does: OpenAI, Ollama, llama.cpp, vLLM, LM
// Studio and the like. [Client.Summarize] sends an article's body as numbered sentences and gets points
// back, each with the numbers of the sentences that it rests on. [Client.Answer] does the same for a
// question and numbered evidence. What comes back is data of one known shape, and nobody's word for
// anything:
//
//   - Each point is checked by package ground against the article and the sentences it cites. One that
//     fails is dropped; if too few are left the answer is [ErrUnsupported].
//   - Words in quotation marks are replaced by the article's own bytes, or the point is dropped.
//   - A point with a link or a mention in it is dropped, so are control characters.
//
// An article is data as well: its sentences are numbered lines between boundaries that it cannot know, and
// the model has no tools.
//
// Servers differ in what they accept. The client learns from a refusal what a server doesn't know, leaves
// that out and remembers it. A call that failed for a passing reason is repeated once, after what the server
// asks for in Retry-After, within the caller's deadline. Errors never hold the key, the article or what
// the server said.
package llm

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/sashabaranov/go-openai"
)

// What may go wrong. Errors wrap one of these.
var (
	ErrUnreachable = errors.New("the model's server cannot be reached")         // network, timeout, overload
	ErrRefused     = errors.New("the model's server refuses the key")           // 401, 403
	ErrRejected    = errors.New("the model's server rejects the request")       // 400, 404 and the like: wrong model or address
	ErrUnusable    = errors.New("the model's answer cannot be read")            // not the JSON that was asked for
	ErrUnsupported = errors.New("the model says what the article does not say") // too little passed the check
)

// Options say which model is asked.
type Options struct {
	BaseURL string        // up to and including /v1; "" is OpenAI's
	APIKey  string        // "" for servers that want none
	Model   string        // as the server knows it
	Timeout time.Duration // longest time for one call, retry included; 0 is a minute
}

// Client asks one model. It may be used by several goroutines at once.
type Client struct {
	api     *openai.Client
	model   string
	timeout time.Duration

	mu      sync.Mutex
	dialect dialect
}

// New returns a client. It makes no connection.
func New(o Options) *Client {
	config := openai.DefaultConfig(o.APIKey)
	if o.BaseURL != "" {
		config.BaseURL = o.BaseURL
	}
	config.HTTPClient = &doer{client: &http.Client{
		// A key is for the server that was configured, not for whoever it points to.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	return &Client{api: openai.NewClientWithConfig(config), model: o.Model, timeout: o.Timeout}
}

// Model returns the name of the model that is asked.
func (c *Client) Model() string { return c.model }

// Check asks the server for one word, to see whether it is there, takes the key and knows the model.
func (c *Client) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	_, err := c.complete(ctx, prompt{system: "Answer with one word.", user: "Ready?", tokens: 16})
	if err != nil {
		return fmt.Errorf("model %s: %w", c.model, err)
	}
	return nil
}
