package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"

	"github.com/adrg/xdg"

	"newsdesk/desk"
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
		})
	}
	first := client(c.BaseURL, string(c.APIKey), c.Model)
	if len(c.Fallback) == 0 {
		return first
	}
	servers := llm.Servers{first}
	for i, s := range c.Fallback {
		key := ""
		if i < len(c.FallbackKeys) && c.FallbackKeys[i] != "-" {
			key = string(c.FallbackKeys[i])
		}
		servers = append(servers, client(s.BaseURL(), key, s.Model()))
	}
	return servers
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
