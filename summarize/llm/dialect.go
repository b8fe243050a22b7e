package llm

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/sashabaranov/go-openai"
)

// dialect is what a server is known not to take. The zero value is the newest OpenAI's.
type dialect struct {
	format format
	limit  limit
	plain  bool // no system message: its words open the user's
}

// format is how the shape of the answer is asked for.
type format int

const (
	bounded  format = iota // json_schema, with bounds to lengths
	schema                 // json_schema
	object                 // json_object
	unshaped               // only in words
)

// limit is the name of the field that limits the answer.
type limit int

const (
	completionTokens limit = iota // max_completion_tokens
	maxTokens                     // max_tokens, as it was called before
	unlimited                     // neither
)

// bounds are the keywords of a schema that OpenAI's strict schemas do not take, and llama.cpp's and vLLM's do.
var bounds = regexp.MustCompile(`"max(?:Items|Length)":\d+,`)

// request puts p into the dialect.
func (d dialect) request(model string, p prompt) openai.ChatCompletionRequest {
	r := openai.ChatCompletionRequest{Model: model}
	if d.plain {
		r.Messages = []openai.ChatCompletionMessage{{Role: openai.ChatMessageRoleUser, Content: p.system + "\n\n" + p.user}}
	} else {
		r.Messages = []openai.ChatCompletionMessage{
			{Role: openai.ChatMessageRoleSystem, Content: p.system},
			{Role: openai.ChatMessageRoleUser, Content: p.user},
		}
	}
	switch d.limit {
	case completionTokens:
		r.MaxCompletionTokens = p.tokens
	case maxTokens:
		r.MaxTokens = p.tokens //nolint:staticcheck // deprecated by OpenAI, and the only one that older servers know
	}
	if p.schema == nil {
		return r
	}
	switch d.format {
	case bounded, schema:
		shape := p.schema
		if d.format == schema {
			shape = bounds.ReplaceAll(shape, nil)
		}
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: p.name, Schema: shape, Strict: true},
		}
	case object:
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONObject}
	}
	return r
}

// String writes d as parseDialect reads it.
func (d dialect) String() string {
	plain := 0
	if d.plain {
		plain = 1
	}
	return fmt.Sprintf("%d%d%d", d.format, d.limit, plain)
}

// parseDialect reads what String wrote; anything else is the dialect of a server of which nothing is known.
func parseDialect(s string) dialect {
	if len(s) != 3 || s[0] < '0' || s[0] > '3' || s[1] < '0' || s[1] > '2' || s[2] < '0' || s[2] > '1' {
		return dialect{}
	}
	return dialect{format: format(s[0] - '0'), limit: limit(s[1] - '0'), plain: s[2] == '1'}
}

// learn reads a refusal, its status and what the server said, and returns the dialect to try next; ok is false if the refusal is about
// something else, or there is nothing left to give up. Every step gives something up, so that the steps
// end.
func (d dialect) learn(status int, said string) (next dialect, ok bool) {
	if status != http.StatusBadRequest && status != http.StatusUnprocessableEntity && status != http.StatusNotImplemented {
		return d, false
	}
	text := strings.ToLower(said)
	mentions := func(words ...string) bool { return mentionsAny(text, words) }
	switch {
	case isTooLong(text):
		return d, false
	case d.format == bounded && mentions("maxlength", "maxitems", "grammar"):
		d.format = schema
	case d.format < schema && mentions("response_format", "json_schema", "structured output", "grammar"):
		d.format = object
	case d.format < unshaped && mentions("response_format", "json_schema", "json_object", "structured output", "grammar"):
		d.format++
	case d.limit == completionTokens && mentions("max_completion_tokens"):
		d.limit = maxTokens
	case d.limit == maxTokens && mentions("max_tokens", "max_completion_tokens"):
		d.limit = unlimited
	case !d.plain && mentions("system role", "role 'system'", "system message", "messages[0].role", "roles must alternate"):
		d.plain = true
	default:
		return d, false
	}
	return d, true
}
