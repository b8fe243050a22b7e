// Package meter counts what a running newsdesk asks of language models, for whoever operates it.
//
// A [Meter] is told of every call and of every summary, and shows its counts in Prometheus' text format
// ([Meter.Serve]). It holds numbers, names of models and kinds of outcome: no text of an article, no question, no guild.
//
//	newsdesk_model_calls_total{model,outcome}      calls to a server, by how they ended
//	newsdesk_model_tokens_total{model,direction}   tokens of the calls that were answered: in, out
//	newsdesk_model_call_seconds{model}             how long calls took
//	newsdesk_model_points_total{model,fate}        points that a model made: printed, rewritten, dropped
//	newsdesk_model_dropped_total{model,reason}     of those dropped, what was wrong with them
//
// Names are given to the library with their labels in them, escaped as the format says ([series]). A nil Meter counts
// nothing.
package meter

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// Meter counts. Make one with [New]; it is safe for concurrent use.
type Meter struct{ set *metrics.Set }

// longest is the upper bound of the slowest calls that are told apart, in seconds.
var longest = []float64{0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300}

// New returns a meter at zero.
func New() *Meter {
	metrics.ExposeMetadata(true) // some that read the format refuse what has no TYPE
	return &Meter{set: metrics.NewSet()}
}

// Call counts a call to a model's server: its outcome in a word, the tokens it cost and how long it took.
func (m *Meter) Call(model, outcome string, tokensIn, tokensOut int, took time.Duration) {
	if m == nil {
		return
	}
	m.add(1, "calls_total", "model", model, "outcome", outcome)
	m.add(tokensIn, "tokens_total", "direction", "in", "model", model)
	m.add(tokensOut, "tokens_total", "direction", "out", "model", model)
	m.set.GetOrCreatePrometheusHistogramExt(series("call_seconds", "model", model), longest).Update(took.Seconds())
}

// Points counts what became of the points of a summary: how many are printed, how many of them were rewritten first,
// and how many were dropped, by what was wrong with them.
func (m *Meter) Points(model string, printed, rewritten int, dropped map[string]int) {
	if m == nil {
		return
	}
	m.add(printed, "points_total", "fate", "printed", "model", model)
	m.add(rewritten, "points_total", "fate", "rewritten", "model", model)
	for reason, n := range dropped {
		m.add(n, "points_total", "fate", "dropped", "model", model)
		m.add(n, "dropped_total", "model", model, "reason", reason)
	}
}

// add adds n to a count, which begins at zero.
func (m *Meter) add(n int, name string, labels ...string) {
	m.set.GetOrCreateCounter(series(name, labels...)).Add(n)
}

// escape is what a label's value may not hold as it is: these three and nothing else, so that Go's own quotes will not do.
var escape = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// series is a count's name with its labels, name and value by turns, in the order in which they are shown.
func series(name string, labels ...string) string {
	var pairs []string
	for i := 0; i+1 < len(labels); i += 2 {
		pairs = append(pairs, labels[i]+`="`+escape.Replace(strings.ToValidUTF8(labels[i+1], "\uFFFD"))+`"`)
	}
	return "newsdesk_model_" + name + "{" + strings.Join(pairs, ",") + "}"
}

// ServeHTTP answers with the counts, and with what the process itself costs, in Prometheus' text format.
func (m *Meter) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	m.set.WritePrometheus(w)
	metrics.WriteProcessMetrics(w)
}

// patience is how long a request may take to arrive, and an answer to leave when the program ends.
const patience = 10 * time.Second

// Serve answers GET /metrics on the listener until ctx ends, and returns nil then. It closes the listener. Nothing
// asks who reads: listen on loopback, or where only Prometheus gets.
func (m *Meter) Serve(ctx context.Context, listener net.Listener) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: patience}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	leaving, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	err := server.Shutdown(leaving)
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		return served
	}
	return err
}
