package llmtest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// post sends a body to the server and returns what came back.
func post(t *testing.T, s *Server, body string) (status int, header http.Header, answer map[string]any) {
	t.Helper()
	response, err := http.Post(s.URL+"/chat/completions", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return response.StatusCode, response.Header, answer
}

const question = `{"model":"m","max_tokens":5,"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}]}`

func TestRepliesInOrder(t *testing.T) {
	s := New(t, Busy(503, "7"), Cut("hello", 4))
	status, header, answer := post(t, s, question)
	if status != 503 || header.Get("Retry-After") != "7" || answer["error"] == nil {
		t.Errorf("first: %d %v %v", status, header, answer)
	}
	for range 2 {
		status, _, answer = post(t, s, question)
		choice := answer["choices"].([]any)[0].(map[string]any)
		content := choice["message"].(map[string]any)["content"]
		if status != 200 || content != "hell" || choice["finish_reason"] != "length" || answer["usage"] == nil {
			t.Errorf("then: %d %v", status, answer)
		}
	}
	requests := s.Requests()
	if len(requests) != 3 || requests[2].System != "s" || requests[2].User != "u" || !requests[2].Sends("max_tokens") || requests[2].Sends("response_format=json_schema") {
		t.Errorf("requests %+v", requests)
	}
}

func TestStrictness(t *testing.T) {
	s := New(t, Say("never"))
	for _, body := range []string{"", "[]", `{"model":"m"}`, `{"model":"m","messages":[]}`} {
		if status, _, _ := post(t, s, body); status != http.StatusBadRequest {
			t.Errorf("%q: status %d, want 400", body, status)
		}
	}
	if n := len(s.Requests()); n != 0 {
		t.Errorf("%d requests were counted", n)
	}
}
