package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
)

// This file finds the turns of an interview or a transcript, "BERG: I said no." or "Q: Why?", which
// are quotations without marks.

// fewestTurns is how many an article must have before any counts: one line that begins with a word
// and a colon is no transcript.
const fewestTurns = 3

// fewestBlanks stand between the words of a turn that is no question: "Berg: 1,501" is a table.
const fewestBlanks = 2

// turnsOf returns, for each paragraph, the offset at which the words of a turn begin, or 0.
func turnsOf(a *article.Article) []int {
	at := make([]int, len(a.Paragraphs))
	labels := map[string]int{}
	n := 0
	for i, p := range a.Paragraphs {
		if p.Kind != article.Text && p.Kind != article.Blockquote && p.Kind != article.List {
			continue
		}
		label, end := turnLabel(a.Slice(p.Span))
		if end == 0 {
			continue
		}
		labels[label]++
		at[i] = p.Start + end
		n++
	}
	repeated := 0
	for _, c := range labels {
		if c > 1 {
			repeated++
		}
	}
	if n < fewestTurns || repeated == 0 {
		return nil
	}
	return at
}

// turnLabel returns who speaks in a paragraph that begins as a turn does, and where the words begin;
// 0 if it does not. A label is one to four words, in capitals or each with one, before a colon.
func turnLabel(s string) (string, int) {
	body := strings.TrimLeft(s, "\"“„«")
	skipped := len(s) - len(body)
	colon := strings.IndexByte(body[:min(len(body), 60)], ':')
	if colon < 1 || colon+1 >= len(body) || body[colon+1] != ' ' && body[colon+1] != '\n' && !strings.HasPrefix(body[colon+1:], "\u00a0") {
		return "", 0
	}
	label, _, _ := strings.Cut(body[:colon], "(")
	words := strings.Fields(label)
	if len(words) == 0 || len(words) > 4 {
		return "", 0
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) || strings.ContainsAny(w, "\"”“!?,;") {
			return "", 0
		}
	}
	start := skipped + colon + 1
	for start < len(s) && (s[start] == ' ' || s[start] == '\n' || strings.HasPrefix(s[start:], "\u00a0")) {
		if s[start] >= utf8.RuneSelf {
			start++
		}
		start++
	}
	if strings.Count(strings.TrimSpace(s[start:]), " ") < fewestBlanks && !strings.HasSuffix(strings.TrimSpace(s), "?") {
		return "", 0
	}
	return strings.Join(words, " "), start
}

// turn is the stretch of a turn whose words begin at offset in paragraph i.
func turn(a *article.Article, i, offset int) stretch {
	p := a.Paragraphs[i]
	body := strings.TrimRightFunc(a.Text[offset:p.End], unicode.IsSpace)
	end := offset + len(strings.TrimRight(body, "\"”“»"))
	return stretch{Span: article.Span{Start: offset, End: end}, open: offset, close: p.End, paragraph: i}
}
