package desk

import (
	"context"
	"errors"

	"newsdesk/summarize/llm"
	"newsdesk/words"
)

// overBudget is the Fallback where a model was not asked for what it costs.
const overBudget = "budget"

// failures give an error of a model the word that stands in Fallback; the first that fits is taken.
var failures = []struct {
	err  error
	word string
}{
	{llm.ErrTooLong, "too_long"}, // these are ErrRejected too
	{llm.ErrUnknown, "unknown"},
	{llm.ErrFiltered, "filtered"},
	{llm.ErrNoCredit, "no_credit"},
	{llm.ErrRejected, "rejected"},
	{llm.ErrRefused, "refused"},
	{llm.ErrUnsupported, "unsupported"},
	{llm.ErrUnusable, "unusable"},
}

// fallback is the word for why nothing that a model wrote is shown; see [summarize.Summary.Fallback].
func fallback(err error) string {
	for _, f := range failures {
		if errors.Is(err, f.err) {
			return f.word
		}
	}
	return "unreachable"
}

// logRefusal logs what a model's server said with an error, which may repeat the article, where somebody looks for that.
func (d *Desk) logRefusal(ctx context.Context, err error) {
	var refusal *llm.Refusal
	if errors.As(err, &refusal) && !errors.Is(err, llm.ErrRefused) { // which may repeat the key
		d.log.DebugContext(ctx, "model's server said", "status", refusal.Status, "said", refusal.Said)
	}
}

// fallbacks are the sentences for a Fallback.
var fallbacks = map[string]string{
	"too_long":    "model.too_long",
	"unknown":     "model.unknown",
	"filtered":    "model.filtered",
	"no_credit":   "model.no_credit",
	"rejected":    "model.rejected",
	"refused":     "model.refused",
	"unsupported": "model.unsupported",
	"unusable":    "model.unusable",
	"unreachable": "model.unreachable",
	overBudget:    "model.budget",
}

// ExplainFallback says why a summary or an answer is not the model's, and what to do, in the terms of a front end as
// [ExplainIn] does. It returns "" for "".
func ExplainFallback(w *words.Words, front, fallback string) string {
	key, ok := fallbacks[fallback]
	if !ok {
		return ""
	}
	return w.Say(inTermsOf(w, key, front))
}
