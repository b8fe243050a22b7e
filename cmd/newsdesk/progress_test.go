package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"newsdesk/words"
)

func TestProgressBar(t *testing.T) {
	var out bytes.Buffer
	b := &progressBar{w: &out, words: words.For("en"), size: 200}
	if _, err := io.ReadAll(b.reader(strings.NewReader(strings.Repeat("x", 100)))); err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, time.March, 3, 12, 0, 0, 0, time.UTC)
	b.step(start)
	b.step(start.Add(barPause / 2)) // too soon to look again
	b.clear()
	want := "\r\x1b[2K" + strings.Repeat("█", 15) + strings.Repeat("░", 15) + "  50 %  1 article\r\x1b[2K"
	if got := out.String(); got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func TestNoProgressWhereNobodyWatches(t *testing.T) {
	var out bytes.Buffer
	p := &program{errors: &out, in: strings.NewReader(""), screen: newScreen(&out, func(string) string { return "" }, false)}
	b := p.progressBar()
	b.step(time.Now())
	b.clear()
	p.progressLine().clear()
	if out.Len() > 0 {
		t.Errorf("printed %q", out.String())
	}
}
