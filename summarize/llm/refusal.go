package llm

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/cenkalti/backoff/v5"
	"github.com/sashabaranov/go-openai"
)

// maxSaid is how much is read of what a server says with a refusal, in bytes.
const maxSaid = 4096

// What servers say, in lower case, with their codes and types.
var (
	saysTooLong  = []string{"context length", "context window", "context size", "maximum context", "context_length", "too many tokens", "exceeds the available context", "prompt is too long", "input is too long", "tokens exceed"}
	saysUnknown  = []string{"model_not_found", "deploymentnotfound", "invalid_model", "invalid model", "not a valid model", "unknown model", "no models loaded", "unexpected endpoint"}
	saysFiltered = []string{"content_filter", "content management policy", "moderation", "input was flagged"}
	saysBadKey   = []string{"api key not valid", "api_key_invalid", "invalid api key", "incorrect api key"}
	saysNoCredit = []string{"insufficient_quota", "insufficient credits", "insufficient balance", "credit balance is too low"}
)

func isTooLong(text string) bool { return mentionsAny(text, saysTooLong) }

// mentionsAny reports whether one of the words stands in text.
func mentionsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// classify puts an error of the API into one of the package's. The words of the server, which may repeat the key or
// the article, stand in a [Refusal].
func classify(err error, n *note) error {
	said, _ := refusal(err)
	switch kind := kindOf(n.status, strings.ToLower(said)); {
	case n.status == 0:
		return fmt.Errorf("%w: %s", ErrUnreachable, cause(err))
	case kind != nil:
		err := error(&Refusal{Err: kind, Status: n.status, Said: said})
		if errors.Is(kind, ErrUnreachable) && n.retryAfter >= 0 {
			return fmt.Errorf("%w; %w", err, &backoff.RetryAfterError{Duration: n.retryAfter})
		}
		return err
	case n.broken:
		return fmt.Errorf("%w: the connection broke", ErrUnreachable)
	default:
		return fmt.Errorf("%w: no completion in it", ErrUnusable)
	}
}

// kindOf is what a server means by a status and the words beside it; nil for a status that is no refusal.
func kindOf(status int, text string) error {
	switch {
	case status < 400:
		return nil
	case status != http.StatusTooManyRequests && isTooLong(text): // which says so of the tokens of a minute
		return ErrTooLong
	case status == http.StatusPaymentRequired || mentionsAny(text, saysNoCredit):
		return ErrNoCredit
	case status < 500 && status != http.StatusUnauthorized && mentionsAny(text, saysFiltered):
		return ErrFiltered
	case status == http.StatusUnauthorized || status == http.StatusForbidden || mentionsAny(text, saysBadKey):
		return ErrRefused
	case status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500:
		return ErrUnreachable
	case status == http.StatusNotFound || status == http.StatusMethodNotAllowed || mentionsAny(text, saysUnknown):
		return ErrUnknown
	}
	return ErrRejected
}

// refusal returns what the server says, with its code and its type, and its status; 0 if it didn't answer.
func refusal(err error) (said string, status int) {
	var api *openai.APIError
	var request *openai.RequestError
	switch {
	case errors.As(err, &api):
		said = fmt.Sprint(api.Message, " ", api.Type)
		if api.Param != nil {
			said += " " + *api.Param
		}
		if api.Code != nil {
			said += fmt.Sprint(" ", api.Code)
		}
		status = api.HTTPStatusCode
	case errors.As(err, &request):
		said, status = string(request.Body), request.HTTPStatusCode
	}
	return strings.ToValidUTF8(said[:min(len(said), maxSaid)], ""), status
}
