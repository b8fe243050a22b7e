package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"

	"github.com/adrg/xdg"

	"newsdesk/article"
	"newsdesk/desk"
	"newsdesk/meter"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/llm"
)

// A modelServer is what the commands need of the models that are configured.
type modelServer interface {
	desk.Model
	Check(ctx context.Context) error
}

// model is the client of the configured models, the first one's fallbacks included, nil where none is configured.
func (p *program) model() modelServer {
	c := p.config.LLM
	if !c.Enabled() {
		return nil
	}
	known := readDialects(filepath.Join(xdg.CacheHome, "newsdesk", "dialects.json"))
	client := func(address, key, model string) *llm.Client {
		name := model + "@" + address
		return llm.New(llm.Options{
			BaseURL: address, APIKey: key, Model: model, Timeout: c.Timeout, PartTokens: int(c.PartTokens),
			Dialect: known.of(name), Learnt: func(dialect string) { known.learn(name, dialect) },
			Called: func(c llm.Call) { p.meter.Call(c.Model, c.Outcome, c.TokensIn, c.TokensOut, c.Took) },
		})
	}
	servers := llm.Servers{client(c.BaseURL, string(c.APIKey), c.Model)}
	for i, s := range c.Fallback {
		key := ""
		if i < len(c.FallbackKeys) && c.FallbackKeys[i] != "-" {
			key = string(c.FallbackKeys[i])
		}
		servers = append(servers, client(s.BaseURL(), key, s.Model()))
	}
	return metered{servers, p.meter}
}

// metered is a model whose points are counted.
type metered struct {
	modelServer
	meter *meter.Meter
}

// Summarize is the model's, counted.
func (m metered) Summarize(ctx context.Context, a *article.Article, quotes []quote.Quote, r llm.Request) (summarize.Summary, error) {
	s, err := m.modelServer.Summarize(ctx, a, quotes, r)
	if s.Check != nil {
		printed := len(s.Points)
		if err != nil {
			printed = 0
		}
		m.meter.Points(s.Model, printed, s.Check.Rewritten, s.Check.Reasons)
	}
	return s, err
}

// dialects are what is known of servers, by model and address, kept in a file so that no run of the program has to
// learn it again. A file that cannot be read or written costs a refused request, no more.
type dialects struct {
	path string
	mu   sync.Mutex
	all  map[string]string
}

// readDialects reads the file at path.
func readDialects(path string) *dialects {
	d := &dialects{path: path, all: map[string]string{}}
	if data, err := os.ReadFile(path); err == nil {
		if json.Unmarshal(data, &d.all) != nil || d.all == nil {
			d.all = map[string]string{}
		}
	}
	return d
}

// of returns the dialect of a server, "" if nothing is known.
func (d *dialects) of(server string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.all[server]
}

// learn keeps the dialect of a server.
func (d *dialects) learn(server, dialect string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all[server] = dialect
	data, err := json.Marshal(d.all)
	if err != nil || os.MkdirAll(filepath.Dir(d.path), 0o700) != nil {
		return
	}
	temporary := d.path + ".new"
	if os.WriteFile(temporary, data, 0o600) == nil {
		_ = os.Rename(temporary, d.path) // without it the next run learns again
	}
}
