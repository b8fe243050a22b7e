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
// A nil Meter counts nothing.
package meter

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Meter counts. Make one with [New]; it is safe for concurrent use.
type Meter struct {
	registry *prometheus.Registry
	calls    *prometheus.CounterVec
	tokens   *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	points   *prometheus.CounterVec
	dropped  *prometheus.CounterVec
}

// longest is the upper bound of the slowest calls that are told apart, in seconds.
var longest = []float64{0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300}

// New returns a meter at zero.
func New() *Meter {
	counter := func(name, help, label string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "newsdesk", Subsystem: "model", Name: name, Help: help}, []string{"model", label})
	}
	m := &Meter{
		registry: prometheus.NewRegistry(),
		calls:    counter("calls_total", "Calls to a model's server, by how they ended.", "outcome"),
		tokens:   counter("tokens_total", "Tokens of the calls that were answered.", "direction"),
		points:   counter("points_total", "Points that a model made, by what became of them.", "fate"),
		dropped:  counter("dropped_total", "Points that were dropped, by what was wrong with them.", "reason"),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "newsdesk", Subsystem: "model", Name: "call_seconds", Help: "How long calls took.", Buckets: longest,
		}, []string{"model"}),
	}
	m.registry.MustRegister(m.calls, m.tokens, m.seconds, m.points, m.dropped,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Call counts a call to a model's server: its outcome in a word, the tokens it cost and how long it took.
func (m *Meter) Call(model, outcome string, tokensIn, tokensOut int, took time.Duration) {
	if m == nil {
		return
	}
	m.calls.WithLabelValues(model, outcome).Inc()
	m.tokens.WithLabelValues(model, "in").Add(float64(tokensIn))
	m.tokens.WithLabelValues(model, "out").Add(float64(tokensOut))
	m.seconds.WithLabelValues(model).Observe(took.Seconds())
}

// Points counts what became of the points of a summary: how many are printed, how many of them were rewritten first,
// and how many were dropped, by what was wrong with them.
func (m *Meter) Points(model string, printed, rewritten int, dropped map[string]int) {
	if m == nil {
		return
	}
	m.points.WithLabelValues(model, "printed").Add(float64(printed))
	m.points.WithLabelValues(model, "rewritten").Add(float64(rewritten))
	for reason, n := range dropped {
		m.points.WithLabelValues(model, "dropped").Add(float64(n))
		m.dropped.WithLabelValues(model, reason).Add(float64(n))
	}
}

// ServeHTTP answers with the counts in Prometheus' text format.
func (m *Meter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}).ServeHTTP(w, r)
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
