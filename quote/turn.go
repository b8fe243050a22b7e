package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/quote/name"
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
	of := make([]string, len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		if p.Kind != article.Text && p.Kind != article.Blockquote && p.Kind != article.List {
			continue
		}
		label, end := turnLabel(a.Slice(p.Span))
		if end == 0 {
			continue
		}
		labels[label]++
		of[i], at[i] = label, p.Start+end
	}
	families := map[string]int{} // "MARA LUND" goes on as "LUND"
	for label, n := range labels {
		families[lastWord(label)] += n
	}
	turns, repeated := 0, 0
	for label, n := range labels {
		all := families[lastWord(label)]
		if !isSpeakerLabel(a, label) && !(all > 1 && isCapitals(label)) {
			delete(labels, label)
			continue
		}
		turns += n
		if all > 1 {
			repeated++
		}
	}
	if turns < fewestTurns || repeated == 0 {
		return nil
	}
	for i, label := range of {
		if labels[label] == 0 {
			at[i] = 0
		}
	}
	return at
}

// isSpeakerLabel reports whether a label names who speaks, not what is told: the letter of a question or an
// answer, a person's name, or a word that the article has as a name elsewhere ("Price:" it has not).
func isSpeakerLabel(a *article.Article, label string) bool {
	words := strings.Fields(label)
	last := words[len(words)-1]
	if utf8.RuneCountInString(strings.TrimSuffix(last, ".")) == 1 || isGivenName(words[0]) && len(words) > 1 {
		return true
	}
	r, n := utf8.DecodeRuneInString(last)
	named := string(r) + strings.ToLower(last[n:])
	for at := 0; ; { // "Ann Berg", "Mr. Berg", in the middle of a sentence
		k := strings.Index(a.Text[at:], named)
		if k < 0 {
			return false
		}
		k += at
		at = k + len(named)
		before := strings.Fields(a.Text[max(0, k-20):k])
		if after, _ := utf8.DecodeRuneInString(a.Text[at:]); unicode.IsLetter(after) {
			continue // Berger
		}
		if k == 0 || a.Text[k-1] != ' ' || len(before) == 0 {
			continue
		}
		if w := before[len(before)-1]; isGivenName(w) || name.IsTitle(w) || name.IsRole(w) {
			return true
		}
	}
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// isCapitals reports whether a label is written in capitals alone, as transcripts write who speaks.
func isCapitals(label string) bool { return len(label) > 2 && label == strings.ToUpper(label) }

// turnLabel returns who speaks in a paragraph that begins as a turn does, and where the words begin;
// 0 if it does not. A label is one to four words, in capitals or each with one, before a colon; in capitals, an
// office may stand behind them.
func turnLabel(s string) (string, int) {
	body := strings.TrimLeft(s, "\"“„«")
	skipped := len(s) - len(body)
	colon := strings.IndexByte(body[:min(len(body), 60)], ':')
	if colon < 1 || colon+1 >= len(body) || body[colon+1] != ' ' && body[colon+1] != '\n' && !strings.HasPrefix(body[colon+1:], "\u00a0") {
		return "", 0
	}
	label, _, _ := strings.Cut(body[:colon], "(")
	if who, office, ok := strings.Cut(label, ","); ok && isCapitals(who) && isCapitals(office) { // "LUND, HOST:"
		label = who
	}
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
