package llm

import (
	"strconv"
	"strings"

	"newsdesk/article"
	"newsdesk/summarize/ground"
)

// numbered is a text as the model sees it: numbered lines, and where each stands.
type numbered struct {
	lines  []string
	spans  []article.Span // of the line numbered i+1
	tokens []int          // of each line
	breaks []bool         // a paragraph begins with it
}

// maxRead bounds what is read of one text, in tokens, however many parts it is cut into. shortLine is how many
// bytes a sentence has at least that gets a number of its own: of short ones the numbers would cost too much.
const (
	maxRead   = 64000
	shortLine = 60
)

// add appends a line. White space is collapsed, so that no text can begin a line of its own, and characters that
// nobody sees are left out.
func (n *numbered) add(text string, span article.Span, opens bool) bool {
	text = strings.Map(visible, article.Line(text))
	if text == "" {
		return true
	}
	if last := len(n.lines) - 1; last >= 0 && !opens && len(n.lines[last]) < shortLine {
		n.lines[last] = strings.TrimSuffix(n.lines[last], "\n") + " " + text + "\n"
		n.spans[last].End = span.End
		n.tokens[last] = Tokens(n.lines[last])
		return true
	}
	line := strconv.Itoa(len(n.lines)+1) + "|" + text + "\n"
	tokens := Tokens(line)
	if n.total()+tokens > maxRead {
		return false
	}
	n.lines, n.spans = append(n.lines, line), append(n.spans, span)
	n.tokens, n.breaks = append(n.tokens, tokens), append(n.breaks, opens)
	return true
}

// numberSentences numbers the sentences of a's body and standfirst, those left out that give orders to a machine.
func numberSentences(a *article.Article) numbered {
	var n numbered
	paragraph := -1
	for _, s := range article.Sentences(a) {
		if kind := a.Paragraphs[s.Paragraph].Kind; !kind.IsBody() && kind != article.Standfirst || ground.Orders(a.Slice(s.Span)) {
			paragraph = -1 // what stands on both sides of an order is not one line
			continue
		}
		if !n.add(a.Slice(s.Span), s.Span, s.Paragraph != paragraph) {
			break
		}
		paragraph = s.Paragraph
	}
	return n
}

// part is a stretch of numbered lines that one prompt takes.
type part struct{ from, to int }

// cut parts the lines at paragraphs, each part at most budget tokens; a longer paragraph is parted inside.
func (n *numbered) cut(budget int) []part {
	var out []part
	from, sum, paragraph := 0, 0, 0 // paragraph is where the last one began
	for i, t := range n.tokens {
		if n.breaks[i] {
			paragraph = i
		}
		if sum+t > budget && i > from {
			end := paragraph
			if end <= from {
				end = i
			}
			out = append(out, part{from, end})
			from, sum = end, 0
			for _, t := range n.tokens[end:i] {
				sum += t
			}
		}
		sum += t
	}
	if from < len(n.tokens) {
		out = append(out, part{from, len(n.tokens)})
	}
	return out
}

// total returns how many tokens the lines are.
func (n *numbered) total() int {
	sum := 0
	for _, t := range n.tokens {
		sum += t
	}
	return sum
}

// text returns the lines of a part.
func (n *numbered) text(p part) string { return strings.Join(n.lines[p.from:p.to], "") }

// all is the part that is the whole.
func (n *numbered) all() part { return part{0, len(n.lines)} }

// cited returns the spans of the numbers that exist, each once; never nil.
func (n *numbered) cited(numbers []int) []article.Span {
	out := []article.Span{}
	seen := map[int]bool{}
	for _, i := range numbers {
		if i >= 1 && i <= len(n.spans) && !seen[i] {
			seen[i] = true
			out = append(out, n.spans[i-1])
		}
	}
	return out
}
