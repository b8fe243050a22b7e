package config

import (
	"fmt"
	"strings"
)

// Problem is one thing in the configuration that cannot be meant.
type Problem struct {
	Source string // the file as it was named, or the environment variable
	Line   int    // counted from 1; 0 when Source is a variable or the whole file is meant
	Key    string // in full ("llm.base_url"), or "" when the file as a whole is meant
	Text   string // what is wrong and what would be right, "unknown key; did you mean llm.model?"
}

// String is the problem in one line: "config.yaml:12: llm.modle: unknown key; did you mean llm.model?".
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.Source)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	b.WriteString(": ")
	if p.Key != "" {
		b.WriteString(p.Key + ": ")
	}
	b.WriteString(p.Text)
	return b.String()
}

// Error is the error of [Load]: every problem that it found, in the order of the file and then of the
// environment; there is at least one.
type Error []Problem

// Error is the first problem, and how many more there are.
func (e Error) Error() string {
	switch len(e) {
	case 0:
		return "the configuration is refused"
	case 1:
		return e[0].String()
	}
	return fmt.Sprintf("%s (and %d more; `newsdesk config check` shows all)", e[0], len(e)-1)
}
