package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
)

// This file finds the dialogues of Spanish, which a dash opens: —Es la cera —respondió Lara—. La compramos aquí.

const raya = "—"

// startsDialogue reports whether a paragraph opens with a dash and, without a blank, what somebody says.
func startsDialogue(s string) bool {
	rest, ok := strings.CutPrefix(s, raya)
	r, _ := utf8.DecodeRuneInString(rest)
	return ok && (unicode.IsLetter(r) || r == '¿' || r == '¡')
}

// dialogue appends what is said in a paragraph that startsDialogue: all of it but for what stands behind a dash
// that a small letter follows, up to the dash that closes it.
func dialogue(out []stretch, text string, p article.Span, paragraph int) []stretch {
	at := p.Start + len(raya)
	for at < p.End {
		open := authorsDash(text[:p.End], at)
		out = appendStretch(out, text, stretch{Span: article.Span{Start: at, End: open}, open: at, close: open, paragraph: paragraph})
		if open == p.End {
			break
		}
		end := strings.Index(text[open+len(raya):p.End], raya)
		if end < 0 {
			break
		}
		at = open + len(raya) + end + len(raya)
		at += len(text[at:p.End]) - len(strings.TrimLeft(text[at:p.End], " .,;:…"))
	}
	return out
}

// authorsDash returns where, from at on, the author's words begin with a dash, or the text's end.
func authorsDash(text string, at int) int {
	for k := at; ; {
		j := strings.Index(text[k:], " "+raya)
		if j < 0 {
			return len(text)
		}
		k += j + len(" ")
		if r, _ := utf8.DecodeRuneInString(text[k+len(raya):]); unicode.IsLower(r) {
			return k
		}
		k += len(raya)
	}
}
