package llmtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// servers are the kinds of servers by name: each says what it does not take, in its own words, or nothing.
var servers = map[string]func(Request) (refusal Reply, refuses bool){
	// Its strict schemas know no bounds of lengths, and its newer models no max_tokens.
	"OpenAI": func(r Request) (Reply, bool) {
		if r.Sends("max_tokens") {
			return Unknown("max_tokens", "max_completion_tokens"), true
		}
		if strings.Contains(r.schema(), "maxLength") {
			return Fail(http.StatusBadRequest, "invalid_request_error", "response_format", "Invalid schema for response_format 'summary': In context=('properties', 'text'), 'maxLength' is not permitted."), true
		}
		return Reply{}, false
	},
	// An older api-version.
	"Azure": func(r Request) (Reply, bool) {
		if r.Sends("max_completion_tokens") {
			return Fail(http.StatusBadRequest, "invalid_request_error", "", "Unrecognized request argument supplied: max_completion_tokens"), true
		}
		if r.Sends("response_format=json_schema") {
			return Fail(http.StatusBadRequest, "invalid_request_error", "response_format", "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."), true
		}
		return Reply{}, false
	},
	// Takes any field, and leaves out what it does not know.
	"Ollama": func(Request) (Reply, bool) { return Reply{}, false },
	// Makes a grammar of the schema, which fails for what it cannot express.
	"llama.cpp": func(r Request) (Reply, bool) {
		if strings.Contains(r.schema(), "maxLength") {
			return Reply{Status: http.StatusBadRequest, Body: `{"error":{"code":400,"message":"Failed to initialize samplers: failed to parse grammar","type":"invalid_request_error"}}`}, true
		}
		return Reply{}, false
	},
	// Its errors had no "error" around them.
	"vLLM": func(r Request) (Reply, bool) {
		if r.Sends("max_completion_tokens") {
			return Reply{Status: http.StatusBadRequest, Body: `{"object":"error","message":"[{'type': 'extra_forbidden', 'loc': ('body', 'max_completion_tokens'), 'msg': 'Extra inputs are not permitted'}]","type":"BadRequestError","param":null,"code":400}`}, true
		}
		return Reply{}, false
	},
	// Its errors are a string, and a template of a model may know no system.
	"LM Studio": func(r Request) (Reply, bool) {
		if r.Sends("response_format=json_object") {
			return Reply{Status: http.StatusBadRequest, Body: `{"error":"'response_format.type' must be 'json_schema' or 'text'"}`}, true
		}
		if r.System != "" {
			return Reply{Status: http.StatusBadRequest, Body: `{"error":"Error rendering prompt with jinja template: \"Only user and assistant roles are supported! System role not supported\"."}`}, true
		}
		return Reply{}, false
	},
	// Passes on what the provider says.
	"OpenRouter": func(r Request) (Reply, bool) {
		if r.Sends("response_format") {
			return Reply{Status: http.StatusBadRequest, Body: `{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\"error\":{\"message\":\"response_format is not supported by this model\"}}","provider_name":"Somebody"}}}`}, true
		}
		return Reply{}, false
	},
	// Forbids what it does not know.
	"Mistral": func(r Request) (Reply, bool) {
		if r.Sends("max_completion_tokens") {
			return Forbidden("max_completion_tokens"), true
		}
		return Reply{}, false
	},
}

// Kinds are the names of the servers that [As] plays.
func Kinds() []string { return slices.Sorted(maps.Keys(servers)) }

// As answers as a server of a kind does: it refuses what that does not take, in its words, and says content
// otherwise.
func As(kind, content string) func(Request) Reply {
	refuse, ok := servers[kind]
	if !ok {
		panic(fmt.Sprintf("llmtest: no server %q", kind))
	}
	return func(r Request) Reply {
		if refusal, refuses := refuse(r); refuses {
			return refusal
		}
		return Say(content)
	}
}

// schema is the shape of the answer that a request asks for, "" if it does not.
func (r Request) schema() string {
	if !r.Sends("response_format=json_schema") {
		return ""
	}
	shape, _ := json.Marshal(r.Fields["response_format"]) // was read from JSON: cannot fail
	return string(shape)
}
