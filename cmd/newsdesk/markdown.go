package main

import (
	"regexp"
	"strings"
	"unicode"

	"newsdesk/article"
	"newsdesk/words"
)

// showArticle prints an article as Markdown made for reading: its title, where it is from, and its body with the
// headings in it. What stands around it (captions, bylines, advertisements) is left out.
func (p *program) showArticle(a *article.Article) {
	if a.Title != "" {
		p.screen.line(0, run{"# " + words.Line(a.Title), strong})
	}
	p.screen.line(0, run{p.sourceLine(a), faint})
	p.showPartial(a)
	before := article.Other
	for i, para := range a.Paragraphs {
		text := withoutMarks(a.Slice(para.Span))
		switch {
		case text == "":
			continue
		case para.Kind == article.Heading:
			if lettersOf(text) == lettersOf(a.Title) {
				continue
			}
			p.screen.blank()
			p.screen.line(0, run{"## " + words.Line(text), strong})
		case para.Kind == article.Standfirst:
			p.screen.blank()
			p.screen.line(0, run{"**" + words.Line(text) + "**", strong})
		case para.Kind == article.List:
			if before != article.List {
				p.screen.blank()
			}
			p.screen.line(2, run{text: "- " + strings.ReplaceAll(text, "\n", "\n  ")})
		case para.Kind == article.Blockquote || para.Kind == article.Post:
			if before == para.Kind && i > 0 {
				p.screen.line(0, run{">", faint})
			} else {
				p.screen.blank()
			}
			p.screen.line(2, run{"> ", faint}, run{text: strings.ReplaceAll(text, "\n", "\n> ")})
		case para.Kind.IsBody():
			p.screen.blank()
			p.screen.line(0, run{text: text})
		default:
			continue
		}
		before = para.Kind
	}
}

// target is where a link of Markdown leads.
var target = regexp.MustCompile(`\]\([^)]*\)`)

// lettersOf leaves the letters and digits that a reader of Markdown sees, to tell whether two lines say the same.
func lettersOf(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, target.ReplaceAllString(line, ""))
}

// withoutMarks takes off the marks with which Markdown opens and closes a heading, a list's item or a quotation, so
// that they are not printed twice; those within the text are Markdown already.
func withoutMarks(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if n := len(lines); n == 2 && strings.Trim(lines[1], "=- ") == "" {
		lines = lines[:1] // a heading that is underlined
	}
	for i, line := range lines {
		line = strings.TrimSpace(line)
		bare := strings.TrimLeft(line, "#>")
		switch {
		case bare != line && (bare == "" || strings.HasPrefix(bare, " ")):
			line = strings.TrimRight(strings.TrimSpace(bare), "#")
		case i == 0:
			for _, mark := range []string{"- ", "* ", "+ ", "• "} {
				line = strings.TrimPrefix(line, mark)
			}
		}
		lines[i] = strings.TrimSpace(line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
