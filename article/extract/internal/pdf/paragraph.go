package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	edgeLines    = 2      // so many lines at the top and the bottom of a page may repeat
	repeatPages  = 2      // on so many pages at least
	maxParagraph = 20_000 // bytes; what is longer is no paragraph
)

// withoutRepeated marks each line's page, and leaves out headers, footers and page numbers: lines at the edge of a
// page that stand there, but for numbers, on half of the pages or more.
func withoutRepeated(pages [][]line) []line {
	count := make(map[string]int)
	for n, page := range pages {
		seen := make(map[string]bool)
		for i := range page {
			page[i].page = n + 1
		}
		for _, i := range edges(page) {
			page[i].edge = true
			if key := withoutDigits(page[i].text); !seen[key] {
				seen[key] = true
				count[key]++
			}
		}
	}
	var out []line
	for _, page := range pages {
		for _, l := range page {
			n := count[withoutDigits(l.text)]
			isNumber := len(l.text) <= 12 && strings.IndexFunc(l.text, unicode.IsLetter) < 0
			if l.edge && len(pages) > 1 && (isNumber || n >= repeatPages && n*2 >= len(pages)) {
				continue
			}
			out = append(out, l)
		}
	}
	return out
}

// edges returns the indexes of the highest and the lowest lines of a page.
func edges(page []line) []int {
	order := make([]int, len(page))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch d := page[b].top - page[a].top; {
		case d > 0:
			return 1
		case d < 0:
			return -1
		}
		return 0
	})
	if len(order) <= 2*edgeLines {
		return order
	}
	return append(order[:edgeLines:edgeLines], order[len(order)-edgeLines:]...)
}

func withoutDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, s)
}

// paragraphs joins lines into paragraphs.
func paragraphs(lines []line) []Paragraph {
	body := bodySize(lines)
	words := wordsIn(lines)
	var out []Paragraph
	for i, l := range lines {
		if i > 0 && len(out[len(out)-1].Text) < maxParagraph && !begins(lines, i) {
			p := &out[len(out)-1]
			p.Text, p.last = join(p.Text, l.text, words), l.page
			continue
		}
		out = append(out, Paragraph{Text: l.text, Size: l.size, Heading: l.size > 1.12*body, Page: l.page, last: l.page})
	}
	return acrossPages(out, body, words)
}

const (
	smallPrint = 0.92 // of the body's size, at most, have the letters of footnotes and of running heads
	maxBetween = 12   // so many paragraphs of small print may stand within one of the body
)

// acrossPages joins a paragraph that goes on behind the end of its page, where small print stands between: footnotes, heads and
// feet that do not repeat. These come behind it.
func acrossPages(all []Paragraph, body float64, words map[string]int) []Paragraph {
	var out []Paragraph
	for i := range all {
		p := all[i]
		next := i + 1
		for next < len(all) && all[next].Size < smallPrint*body {
			next++
		}
		if next == i+1 || next == len(all) || next-i > maxBetween || len(p.Text) > maxParagraph || p.Size < smallPrint*body || p.Heading || endsSentence(p.Text) ||
			all[next].Heading || all[next].Page != all[i].last+1 {
			out = append(out, p)
			continue
		}
		small := all[i+1 : next]
		p.Text, p.last = join(p.Text, all[next].Text, words), all[next].last
		copy(all[i+1:], append([]Paragraph{p}, small...)) // it may go on once more
	}
	return out
}

// bodySize is the size of most letters.
func bodySize(lines []line) float64 {
	count := make(map[float64]int)
	for _, l := range lines {
		count[math.Round(l.size*2)/2] += len(l.text)
	}
	best := 0.0
	for size, n := range count {
		if n > count[best] || n == count[best] && size < best {
			best = size
		}
	}
	return best
}

// begins reports whether the i-th line begins a paragraph.
func begins(lines []line, i int) bool {
	before, l := lines[i-1], lines[i]
	if math.Abs(before.size-l.size) > 0.12*max(before.size, l.size) {
		return true
	}
	width := column(lines, i)
	ended := endsSentence(before.text)
	if before.page != l.page || l.top >= before.top { // the next page or column
		return ended && (before.right < width.right-2*l.size || !startsLower(l.text)) && !runsOn(before, width)
	}
	pitch := before.top - l.top
	switch {
	case pitch > 1.9*l.size, width.pitch > 0 && pitch > 1.35*width.pitch:
		return true
	case ended && l.left > width.left+0.7*l.size && before.left < l.left-0.5*l.size && !startsLower(l.text): // indented
		return true
	case before.right < width.right-0.25*(width.right-width.left) && ended: // a short last line
		return true
	}
	return false
}

// runsOn reports whether a full line at the end of a page or column may have its paragraph go on.
func runsOn(l line, c extent) bool { return l.right > c.right-1.5*l.size && !endsSentence(l.text) }

// extent is how far the lines around one reach, and how far apart they stand.
type extent struct{ left, right, pitch float64 }

// column measures the lines around the i-th that stand in its column.
func column(lines []line, i int) extent {
	e := extent{left: lines[i].left, right: lines[i].right}
	var pitches []float64
	for j := max(0, i-12); j < min(len(lines), i+12); j++ {
		l := lines[j]
		if l.right < lines[i].left || l.left > lines[i].right || math.Abs(l.size-lines[i].size) > 0.12*l.size {
			continue
		}
		e.left, e.right = min(e.left, l.left), max(e.right, l.right)
		if j > 0 && lines[j-1].page == l.page && lines[j-1].top > l.top {
			pitches = append(pitches, lines[j-1].top-l.top)
		}
	}
	if len(pitches) > 2 {
		slices.Sort(pitches)
		e.pitch = pitches[len(pitches)/3]
	}
	return e
}

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"”“’'»«)]"))
	return strings.ContainsRune(".!?…:。！？", r)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// wordsIn counts the words of a text, hyphens inside them kept.
func wordsIn(lines []line) map[string]int {
	words := make(map[string]int)
	for _, l := range lines {
		for w := range strings.FieldsSeq(l.text) {
			words[strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }))]++
		}
	}
	return words
}

// join puts a line behind a text. A word that the line's end parted is made whole; its hyphen stays where the document
// writes the word with one elsewhere, or where a capital or a number follows.
func join(text, next string, words map[string]int) string {
	r, size := utf8.DecodeLastRuneInString(text)
	if r != '-' && r != '\u00ad' && r != '‐' {
		if isUnspaced(r) {
			return text + next
		}
		return text + " " + next
	}
	stem := text[:len(text)-size]
	before, _ := utf8.DecodeLastRuneInString(stem)
	if !unicode.IsLetter(before) {
		return text + " " + next
	}
	if !startsLower(next) && r != '\u00ad' {
		return text + next
	}
	head := strings.ToLower(stem[strings.LastIndexByte(stem, ' ')+1:])
	tail, _, _ := strings.Cut(strings.ToLower(next), " ")
	tail = strings.TrimFunc(tail, func(r rune) bool { return !unicode.IsLetter(r) })
	if words[head+tail] == 0 && words[head+"-"+tail] > 0 {
		return stem + "-" + next
	}
	return stem + next
}

// isUnspaced reports whether r is written without spaces between words.
func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) || r == '。' || r == '、'
}
