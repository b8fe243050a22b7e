package main

import (
	"fmt"
	"io"
	"os"

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
	if f, ok := p.errors.(*os.File); ok && p.screen.terminal && term.IsTerminal(int(f.Fd())) {
		return progressLine{w: f, words: p.words}
	}
	return progressLine{}
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
