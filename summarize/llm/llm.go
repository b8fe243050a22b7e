// Package llm asks a language model, and lets through only what the article bears out.
//
// A [Client] speaks OpenAI's chat completions to any server that does: OpenAI, Ollama, llama.cpp, vLLM, LM
// Studio and the like. [Client.Summarize] sends an article's body as numbered sentences and gets points
// back, each with the numbers of the sentences that it rests on. [Client.Answer] does the same for a
// question and numbered evidence. What comes back is data of one known shape, and nobody's word for
// anything:
//
//   - Each point is checked by package ground against the article and the sentences it cites. One that
//     fails is given back to the model once, with what is wrong with it, and dropped if it fails again; if too
//     few are left the answer is [ErrUnsupported].
//   - Words in quotation marks are replaced by the article's own bytes, or the point is dropped.
//   - A point with a link or a mention in it is dropped, so are control characters.
//
// An article is data as well: its sentences are numbered lines between boundaries that it cannot know, and
// the model has no tools.
//
// An article that is longer than [Options.PartTokens] is read in parts, whose points are merged. Tokens are counted
// here (the tokenizer is part of the program), before anything is sent.
//
// Servers differ in what they accept. The client learns from a refusal what a server doesn't know, leaves
// that out and remembers it ([Options.Dialect]), and how much it takes at once. A server that keeps failing is left
// alone for a while; [Servers] tries several in order. A call that failed for a passing reason is repeated once, after what the server
// asks for in Retry-After, within the caller's deadline. Errors never say the key, the article or the server's
// words, which are kept in a [Refusal].
package llm

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/sashabaranov/go-openai"
	"github.com/sony/gobreaker/v2"
)

// What may go wrong. Errors wrap one of these.
var (
	ErrUnreachable = errors.New("the model's server cannot be reached")         // network, timeout, overload
	ErrRefused     = errors.New("the model's server refuses the key")           // 401, 403
	ErrRejected    = errors.New("the model's server rejects the request")       // 400, 404 and the like: wrong model or address
	ErrUnusable    = errors.New("the model's answer cannot be read")            // not the JSON that was asked for
	ErrUnsupported = errors.New("the model says what the article does not say") // too little passed the check

	// These are [ErrRejected] too.
	ErrTooLong  = fmt.Errorf("%w: the text is too long for the model", ErrRejected)
	ErrUnknown  = fmt.Errorf("%w: it does not know the model or the address", ErrRejected)
	ErrFiltered = fmt.Errorf("%w: its filter does not let the text through", ErrRejected)
	ErrNoCredit = fmt.Errorf("%w: the account has no credit left", ErrRejected)
)

// Refusal is an error with what the server said, which Error leaves out: it may repeat the key or the article.
type Refusal struct {
	Err    error
	Status int    // HTTP
	Said   string // up to 4096 bytes
}

func (r *Refusal) Error() string { return fmt.Sprintf("%v (HTTP %d)", r.Err, r.Status) }

// Unwrap returns the error itself.
func (r *Refusal) Unwrap() error { return r.Err }

// Options say which model is asked.
type Options struct {
	BaseURL string        // up to and including /v1; with ?api-version=… Azure's of before; "" is OpenAI's
	APIKey  string        // "" for servers that want none
	Model   string        // as the server knows it
	Timeout time.Duration // longest time for one call, retry included; 0 is a minute

	PartTokens int           // of an article that are sent at once, at most; 0 is 6000
	Rest       time.Duration // how long a server that keeps failing is left alone; 0 is half a minute

	// Dialect is what Learnt was told of this server, "" if nothing yet. Learnt is called, by several goroutines
	// at once, when a refusal taught something; nil if nobody remembers.
	Dialect string
	Learnt  func(dialect string)
	// Called is told of every call, by several goroutines at once; nil if nobody counts.
	Called func(Call)
}

// Call is what is known of a call when it has ended.
type Call struct {
	Model               string
	TokensIn, TokensOut int           // counted here where the server doesn't
	Took                time.Duration // until the answer was there, or the failure
	Outcome             string        // "ok", "unreachable", "resting", "refused", "rejected" or "unusable"
}

// outcome is the word for how a call ended.
func outcome(err error) string {
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, errResting):
		return "resting"
	case errors.Is(err, ErrRefused):
		return "refused"
	case errors.Is(err, ErrRejected):
		return "rejected"
	case errors.Is(err, ErrUnusable):
		return "unusable"
	}
	return "unreachable"
}

// Client asks one model. It may be used by several goroutines at once.
type Client struct {
	api     *openai.Client
	model   string
	timeout time.Duration
	breaker *gobreaker.CircuitBreaker[reply]
	learnt  func(string)
	called  func(Call)

	mu      sync.Mutex
	dialect dialect
	window  int // tokens of an article that are sent at once
}

// New returns a client. It makes no connection.
func New(o Options) *Client {
	config := configOf(o.BaseURL, o.APIKey)
	config.HTTPClient = &doer{client: &http.Client{
		// A key is for the server that was configured, not for whoever it points to.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	c := &Client{
		api: openai.NewClientWithConfig(config), model: o.Model, timeout: o.Timeout, breaker: newBreaker(o.Rest),
		learnt: o.Learnt, called: o.Called, dialect: parseDialect(o.Dialect), window: o.PartTokens,
	}
	if c.window <= 0 {
		c.window = partTokens
	}
	return c
}

// partTokens is how much of an article is sent at once, and leastTokens what a server must take.
const (
	partTokens  = 6000
	leastTokens = 300
)

// partTokens returns how many tokens of an article the server takes at once, as far as that is known.
func (c *Client) partTokens() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.window
}

// narrow takes note that the server takes less than so many tokens at once, and reports whether there is less to try.
func (c *Client) narrow(tokens int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if tokens/2 < leastTokens {
		return false
	}
	c.window = min(c.window, tokens/2)
	return true
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
