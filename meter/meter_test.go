package meter_test

import (
	"context"
	"io"
	"net"
	"net/http"
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
	} {
		if !strings.Contains(string(body), line+"\n") {
			t.Errorf("no line %s in\n%s", line, body)
		}
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

func TestNobodyCounts(*testing.T) {
	var m *meter.Meter
	m.Call("small", "ok", 1, 1, time.Second)
	m.Points("small", 1, 0, nil)
}
