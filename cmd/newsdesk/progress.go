package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"newsdesk/desk"
	"newsdesk/words"
)

// progressLine tells a person at a terminal what takes so long, on one line of standard error that is
// cleared at the end. Nowhere else does it print anything.
type progressLine struct {
	w     io.Writer // nil where nobody watches
	words *words.Words
}

func (p *program) progressLine() progressLine {
	if !p.screen.terminal {
		return progressLine{}
	}
	return progressLine{w: p.watcher(), words: p.words}
}

// watcher is standard error if it is a terminal, else nil.
func (p *program) watcher() io.Writer {
	if f, ok := p.errors.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f
	}
	return nil
}

const (
	toLineStart = "\r"
	eraseLine   = "\x1b[2K" // ECMA-48 EL
)

// show says how far the work has come.
func (l progressLine) show(now desk.Progress) {
	if l.w == nil {
		return
	}
	text := l.words.Say("cli.progress.reading")
	if now.Stage == desk.StageModel {
		text = l.words.Say("cli.progress.model", "Words", now.Story.Article.Words(), "Quotes", len(now.Story.Quotes))
	}
	_, _ = fmt.Fprint(l.w, toLineStart, eraseLine, words.Line(text))
}

func (l progressLine) clear() {
	if l.w != nil {
		_, _ = fmt.Fprint(l.w, toLineStart, eraseLine)
	}
}

// progressBar tells a person at a terminal how far a batch has come: by the bytes of its input that were
// read, if the input is a file, and by the answers written. It is used by one goroutine, but for the
// reading.
type progressBar struct {
	w     io.Writer // nil where nobody watches
	words *words.Words
	size  int64        // of the input; 0 if nobody knows
	read  atomic.Int64 // bytes
	done  int          // answers
	shown time.Time
}

// progressBar watches p's input. On a terminal that shows the answers themselves there is none.
func (p *program) progressBar() *progressBar {
	b := &progressBar{words: p.words}
	if p.screen.terminal {
		return b
	}
	b.w = p.watcher()
	if f, ok := p.in.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			b.size = info.Size()
		}
	}
	return b
}

const (
	barWidth = 30                     // columns
	barPause = 100 * time.Millisecond // between two looks of it
)

// reader counts what is read of in.
func (b *progressBar) reader(in io.Reader) io.Reader { return &countingReader{in, &b.read} }

// step is called for every answer.
func (b *progressBar) step(now time.Time) {
	b.done++
	if b.w == nil || now.Sub(b.shown) < barPause {
		return
	}
	b.shown = now
	_, _ = fmt.Fprint(b.w, toLineStart, eraseLine, b.bar(), b.words.Say("cli.progress.batch", "Count", b.done))
}

// bar is the bar itself, "" where nobody knows how much there is.
func (b *progressBar) bar() string {
	if b.size <= 0 {
		return ""
	}
	share := min(1, float64(b.read.Load())/float64(b.size))
	full := int(share * barWidth)
	return fmt.Sprintf("%s%s %3.0f %%  ", strings.Repeat("█", full), strings.Repeat("░", barWidth-full), 100*share)
}

func (b *progressBar) clear() {
	if b.w != nil {
		_, _ = fmt.Fprint(b.w, toLineStart, eraseLine)
	}
}

// countingReader counts the bytes that are read through it.
type countingReader struct {
	io.Reader
	n *atomic.Int64
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.n.Add(int64(n))
	return n, err
}
