package llmtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// Reply is what the server answers. The zero value is an empty message.
type Reply struct {
	Content string      // the message
	Finish  string      // finish_reason; "" is "stop"
	NoUsage bool        // leave the usage out, as some servers do
	Status  int         // the HTTP status; 0 is 200
	Header  http.Header // further headers
	Body    string      // sent instead of a completion, if not ""
	Stall   bool        // never answer; hold the connection until the client gives up
	Half    bool        // send half of the answer and then stall
}

// Say answers with a message.
func Say(content string) Reply { return Reply{Content: content} }

// Fenced answers as chatty models do: reasoning, a sentence of introduction, the JSON between fences and
// another sentence.
func Fenced(content string) Reply {
	return Reply{Content: "<think>The user wants {JSON}.</think>\nHere is the summary:\n```json\n" + content + "\n```\nI hope this helps!"}
}

// Cut answers with the first n bytes of a message, as a server that has reached its limit of tokens.
func Cut(content string, n int) Reply {
	return Reply{Content: strings.ToValidUTF8(content[:min(n, len(content))], ""), Finish: "length"}
}

// Fail answers with an error in OpenAI's shape. param names the field that is at fault, if one is.
func Fail(status int, kind, param, message string) Reply {
	e := map[string]any{"message": message, "type": kind, "param": nil, "code": nil}
	if param != "" {
		e["param"] = param
	}
	body, _ := json.Marshal(map[string]any{"error": e}) // strings only: cannot fail
	return Reply{Status: status, Body: string(body)}
}

// Busy answers 429 or 503 with a Retry-After header, in seconds or as an HTTP date; "" leaves it out.
func Busy(status int, retryAfter string) Reply {
	r := Fail(status, "server_error", "", "The engine is currently overloaded, please try again later.")
	if retryAfter != "" {
		r.Header = http.Header{"Retry-After": {retryAfter}}
	}
	return r
}

// BadKey answers as for a wrong key, which it repeats in part, as OpenAI does.
func BadKey(key string) Reply {
	return Fail(http.StatusUnauthorized, "invalid_request_error", "", "Incorrect API key provided: "+key+".")
}

// Page answers with a page of HTML, as a proxy in front of a server that is down.
func Page(status int) Reply {
	return Reply{
		Status: status,
		Header: http.Header{"Content-Type": {"text/html"}},
		Body:   "<html><head><title>Bad gateway</title></head><body><h1>502 Bad gateway</h1></body></html>",
	}
}

// TooLong answers as OpenAI does to a text that is longer than the model takes.
func TooLong() Reply {
	return Fail(http.StatusBadRequest, "invalid_request_error", "messages", "This model's maximum context length is 8192 tokens. Please reduce the length of the messages or max_tokens.")
}

// Forbidden answers as Mistral and vLLM do to a field that they don't know.
func Forbidden(field string) Reply {
	body := fmt.Sprintf(`{"object":"error","detail":[{"type":"extra_forbidden","loc":["body",%q],"msg":"Extra inputs are not permitted"}]}`, field)
	return Reply{Status: http.StatusUnprocessableEntity, Body: body}
}

// Unknown answers as OpenAI does to a field that the model doesn't take.
func Unknown(field, instead string) Reply {
	message := fmt.Sprintf("Unsupported parameter: '%s' is not supported with this model.", field)
	if instead != "" {
		message += fmt.Sprintf(" Use '%s' instead.", instead)
	}
	return Fail(http.StatusBadRequest, "invalid_request_error", field, message)
}

// write sends r.
func (r Reply) write(w http.ResponseWriter, request Request) {
	w.Header().Set("Content-Type", "application/json")
	for name, values := range r.Header {
		w.Header()[name] = values
	}
	status := r.Status
	if status == 0 {
		status = http.StatusOK
	}
	w.WriteHeader(status)
	_, _ = w.Write(r.body(request)) // the client may be gone, which is its affair
}

// body is what r sends.
func (r Reply) body(request Request) []byte {
	if r.Body != "" {
		return []byte(r.Body)
	}
	finish := r.Finish
	if finish == "" {
		finish = "stop"
	}
	completion := map[string]any{
		"id": "chatcmpl-test", "object": "chat.completion", "created": 1, "model": request.Model,
		"choices": []any{map[string]any{
			"index": 0, "finish_reason": finish,
			"message": map[string]any{"role": "assistant", "content": r.Content},
		}},
	}
	if !r.NoUsage {
		in, out := len(request.System+request.User)/4, len(r.Content)/4
		completion["usage"] = map[string]any{"prompt_tokens": in, "completion_tokens": out, "total_tokens": in + out}
	}
	body, _ := json.Marshal(completion) // plain values: cannot fail
	return body
}
