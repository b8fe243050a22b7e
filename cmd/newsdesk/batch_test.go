package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

func nothing() {}

// Every answer stands where its line stood, whichever worker is done first.
func TestBatchKeepsTheOrder(t *testing.T) {
	const lines = 500
	var in strings.Builder
	for i := range lines {
		fmt.Fprintf(&in, `{"id":%d}`+"\n", i)
	}
	var out bytes.Buffer
	err := batch(context.Background(), strings.NewReader(in.String()), &out, error.Error,
		func(_ context.Context, _ []byte, id json.RawMessage) (any, error) {
			return struct {
				ID json.RawMessage `json:"id"`
			}{id}, nil
		}, nothing)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != in.String() {
		t.Errorf("answers are out of order")
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// When nobody reads the answers any more, the batch ends, with the error.
func TestBatchEndsWhenNobodyReads(t *testing.T) {
	endless := io.MultiReader(strings.NewReader(strings.Repeat("{}\n", 1<<16)))
	err := batch(context.Background(), endless, brokenPipe{}, error.Error,
		func(context.Context, []byte, json.RawMessage) (any, error) { return struct{}{}, nil }, nothing)
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v, want the writer's", err)
	}
}

func TestBatchEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	err := batch(ctx, strings.NewReader(strings.Repeat("{}\n", 1<<16)), io.Discard, error.Error,
		func(ctx context.Context, _ []byte, _ json.RawMessage) (any, error) {
			cancel()
			return nil, ctx.Err()
		}, nothing)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestIDOf(t *testing.T) {
	tests := []struct {
		line, id string
		ok       bool
	}{
		{`{"id":7,"text":"x"}`, `7`, true},
		{`{"text":"x","id":{"a":[1]}}`, `{"a":[1]}`, true},
		{`{"text":"x"}`, `null`, true},
		{`{"id":"known","text":"cut of`, `"known"`, false},
		{`{"text":"cut of`, `null`, false},
		{`[1]`, `null`, false},
		{`rubbish`, `null`, false},
		{``, `null`, false},
	}
	for _, tt := range tests {
		id, err := idOf([]byte(tt.line))
		if string(id) != tt.id || (err == nil) != tt.ok {
			t.Errorf("id of %q is %s, %v; want %s, ok %v", tt.line, id, err, tt.id, tt.ok)
		}
	}
}

func TestLineReaderGoesOnAfterALongLine(t *testing.T) {
	const longest = maxLine
	in := "first\n" + strings.Repeat("x", longest+1) + "\n" + strings.Repeat("y", longest) + "\nlast"
	lines := lineReader{r: bufio.NewReaderSize(strings.NewReader(in), 1<<16)}
	want := []struct {
		length int
		err    error
	}{{5, nil}, {1 << 16, errLineTooLong}, {longest, nil}, {4, nil}, {0, io.EOF}}
	for i, w := range want {
		line, err := lines.next()
		if len(line) != w.length || !errors.Is(err, w.err) {
			t.Errorf("line %d: %d bytes, %v; want %d, %v", i, len(line), err, w.length, w.err)
		}
	}
}
