package cache

import (
	"encoding/json"
	"fmt"
	"time"

	"newsdesk/summarize"
)

// KeepSummaries is how long a model's summary can be had again after it was last filed, although the story has another
// by now: it can be written anew, so it may go, unlike what [Story] holds.
const KeepSummaries = 30 * 24 * time.Hour

// Written reports whether a store keeps the summary of s under its key beside the story: whether a model wrote it.
func Written(s Story) bool { return s.Summary.Method == summarize.LLM && s.Summary.Key != "" }

// SummaryKey names the summary of a text under a key that the model, the length and all else is part of.
func SummaryKey(text, key string) string { return Digest("summary", text, key) }

// MarshalSummary encodes a summary for [UnmarshalSummary].
func MarshalSummary(s summarize.Summary) ([]byte, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("encode summary: %w", err)
	}
	return data, nil
}

// UnmarshalSummary decodes what [MarshalSummary] made. Data that it did not make is [ErrCorrupt].
func UnmarshalSummary(data []byte) (summarize.Summary, error) {
	var s summarize.Summary
	if err := json.Unmarshal(data, &s); err != nil {
		return s, fmt.Errorf("decode summary: %w: %w", ErrCorrupt, err)
	}
	return s, nil
}
