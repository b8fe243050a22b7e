package meter_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsdesk/meter"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// What was counted can be read over HTTP, until the program ends.
func TestServe(t *testing.T) {
	m := meter.New()
	m.Call("small", "ok", 100, 20, time.Second)
	m.Call("small", "unreachable", 0, 0, time.Minute)
	m.Points("small", 3, 1, map[string]int{"number": 2, "name": 1})

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- m.Serve(ctx, listener) }()

	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	address := "http://" + listener.Addr().String()
	response, err := client.Get(address + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`newsdesk_model_calls_total{model="small",outcome="ok"} 1`,
		`newsdesk_model_calls_total{model="small",outcome="unreachable"} 1`,
		`newsdesk_model_tokens_total{direction="in",model="small"} 100`,
		`newsdesk_model_tokens_total{direction="out",model="small"} 20`,
		`newsdesk_model_call_seconds_count{model="small"} 2`,
		`newsdesk_model_points_total{fate="printed",model="small"} 3`,
		`newsdesk_model_points_total{fate="dropped",model="small"} 3`,
		`newsdesk_model_dropped_total{model="small",reason="number"} 2`,
		`newsdesk_model_call_seconds_bucket{model="small",le="0.5"} 0`,
		`newsdesk_model_call_seconds_bucket{model="small",le="1"} 1`,
		`newsdesk_model_call_seconds_bucket{model="small",le="+Inf"} 2`,
		`# TYPE newsdesk_model_calls_total counter`,
		`# TYPE newsdesk_model_call_seconds histogram`,
	} {
		if !strings.Contains(string(body), line+"\n") {
			t.Errorf("no line %s in\n%s", line, body)
		}
	}
	for _, name := range []string{"\ngo_goroutines ", "\nprocess_resident_memory_bytes "} {
		if !strings.Contains(string(body), name) {
			t.Errorf("nothing on the process: no %q", name)
		}
	}
	if kind := response.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/plain; version=0.0.4") {
		t.Errorf("it is sent as %s", kind)
	}
	response, err = client.Get(address + "/")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusNotFound {
		t.Errorf("/: HTTP %d", response.StatusCode)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("it ends with %v", err)
	}
	if _, err := client.Get(address + "/metrics"); err == nil {
		t.Error("it still answers")
	}
}

// A model may be called anything. The format knows three escapes, and one line that it cannot read costs a reader all
// of them.
func TestNamesOfModels(t *testing.T) {
	m := meter.New()
	m.Call("a \"b\\c\nd\u200be\xff{},é", "ok", 1, 1, time.Second)
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody))
	line := `newsdesk_model_calls_total{model="a \"b\\c\nd` + "\u200be\uFFFD{},é" + `",outcome="ok"} 1` + "\n"
	if !strings.Contains(w.Body.String(), line) {
		t.Errorf("no line %s in\n%s", line, w.Body)
	}
}

func TestNobodyCounts(*testing.T) {
	var m *meter.Meter
	m.Call("small", "ok", 1, 1, time.Second)
	m.Points("small", 1, 0, nil)
}
