package ground

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
)

// folded is a text in the form in which quotations are compared: lower case, typographic variants of
// marks, dashes, dots and spaces made plain, runs of white space as one blank.
type folded struct {
	text string
	at   []int // for each byte of text and its end, the byte of the original it comes from
}

// fold returns the folded form of s.
func fold(s string) folded {
	var b strings.Builder
	b.Grow(len(s))
	f := folded{at: make([]int, 0, len(s)+1)}
	put := func(from int, r rune) {
		n := b.Len()
		b.WriteRune(r)
		for range b.Len() - n {
			f.at = append(f.at, from)
		}
	}
	blank := true
	for i, r := range s {
		if unicode.IsSpace(r) {
			if !blank {
				put(i, ' ')
			}
			blank = true
			continue
		}
		blank = false
		switch {
		case strings.ContainsRune("“”„«»\"", r):
			put(i, '"')
		case strings.ContainsRune("‘’‚‹›'`´", r):
			put(i, '\'')
		case r == '–' || r == '—' || r == '‑' || r == '−':
			put(i, '-')
		case r == '…':
			put(i, '.')
			put(i, '.')
			put(i, '.')
		case unicode.Is(unicode.Cf, r): // soft hyphens, zero-width characters
		default:
			put(i, unicode.ToLower(r))
		}
	}
	f.at = append(f.at, len(s))
	f.text = b.String()
	return f
}

// find returns the stretch of the original that reads words but for typography and the stop at its
// end, at word boundaries, and whether there is one.
func (f folded) find(words string) (article.Span, bool) {
	key := strings.TrimRight(strings.TrimSpace(fold(words).text), ".,;:!? ")
	if key == "" {
		return article.Span{}, false
	}
	for from := 0; ; {
		i := strings.Index(f.text[from:], key)
		if i < 0 {
			return article.Span{}, false
		}
		i += from
		end := i + len(key)
		before, _ := utf8.DecodeLastRuneInString(f.text[:i])
		after, _ := utf8.DecodeRuneInString(f.text[end:])
		if !inWord(before) && !inWord(after) {
			return article.Span{Start: f.at[i], End: f.at[end]}, true
		}
		_, size := utf8.DecodeRuneInString(f.text[i:])
		from = i + size
	}
}

// inWord reports whether r belongs to a word; the error rune at the text's edge doesn't.
func inWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// Quoted returns the stretches of claim that stand in double quotation marks of any language, without
// the marks. A mark that is never closed quotes all that follows it.
func Quoted(claim string) []article.Span {
	var out []article.Span
	from := -1
	for i, r := range claim {
		if !strings.ContainsRune("“”„«»\"「」『』", r) {
			continue
		}
		if from < 0 {
			from = i + utf8.RuneLen(r)
			continue
		}
		if from < i {
			out = append(out, article.Span{Start: from, End: i})
		}
		from = -1
	}
	if from >= 0 && from < len(claim) {
		out = append(out, article.Span{Start: from, End: len(claim)})
	}
	return out
}

// Verbatim returns the stretch of the article that reads words, typographic variants and the stop at
// the end aside, and whether there is one.
func (s *Source) Verbatim(words string) (article.Span, bool) { return s.folded.find(words) }
