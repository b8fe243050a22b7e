package llm

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/cenkalti/backoff/v5"
)

// The API's client tells of a refusal what it expects in one: servers differ, so their own words are read.

// What servers say in their refusals, in lower case.
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
	switch kind := kindOf(n.status, strings.ToLower(n.text())); {
	case n.status == 0:
		return fmt.Errorf("%w: %s", ErrUnreachable, cause(err))
	case kind != nil:
		err := error(&Refusal{Err: kind, Status: n.status, Said: n.text()})
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

// withoutChoices is the error of an answer that holds no message. LM Studio answers so, with 200, at an address that it
// does not know.
func withoutChoices(n *note) error {
	if mentionsAny(strings.ToLower(n.text()), saysUnknown) {
		return &Refusal{Err: ErrUnknown, Status: n.status, Said: n.text()}
	}
	return fmt.Errorf("%w: no choices", ErrUnusable)
}

// kindOf is what a server means by a status and the words beside it; nil for a status that is no refusal.
func kindOf(status int, text string) error {
	switch {
	case status < 300:
		return nil
	case status < 400: // it is elsewhere, where a key is not sent
		return ErrUnknown
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
