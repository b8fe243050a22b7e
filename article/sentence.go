package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is one sentence of an article, trimmed of white space.
type Sentence struct {
	Span
	Paragraph int // index into the article's Paragraphs
}

// Sentences returns the sentences of every paragraph of a, in order and whatever the paragraph's
// kind; each non-blank byte of a paragraph lies in exactly one of them.
//
// A quotation is never cut: a full stop inside quotation marks (or brackets) ends a sentence only
// if the marks close right behind it and the text around them ends there too. So
//
//	“We won. It is over,” she said. The crowd left.
//
// is two sentences. Closing marks belong to the sentence that they close. Abbreviations, initials,
// decimals and ordinals are known for English, German, French and Spanish ([Article.Language]
// settles what differs); the full stops of Chinese, Japanese, Arabic and Hindi are known too. The
// time taken is linear in the text, whatever the text.
func Sentences(a *Article) []Sentence {
	out := make([]Sentence, 0, len(a.Text)/100+len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		text := a.Slice(p.Span)
		goesOn := i+1 < len(a.Paragraphs) && beginsWithMark(a.Slice(a.Paragraphs[i+1].Span))
		for _, s := range splitSentences(text, a.Language, goesOn) {
			out = append(out, Sentence{Span{p.Start + s.Start, p.Start + s.End}, i})
		}
	}
	return out
}

// splitSentences cuts one paragraph. goesOn says that the next paragraph opens with a quotation
// mark, so that a quotation left open in this one runs on.
func splitSentences(text, language string, goesOn bool) []Span {
	var out []Span
	start := skipSpace(text, 0)
	guarded := guardedSpans(text, goesOn)
	emit := func(end int) {
		if s := (Span{start, start + len(strings.TrimRightFunc(text[start:end], unicode.IsSpace))}); s.Len() > 0 {
			out = append(out, s)
		}
		start = skipSpace(text, end)
	}
	for i := start; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isTerminator(r) {
			i += size
			continue
		}
		stop := terminator{text: text, language: language, sentence: start, at: i}
		stop.end = skipWhile(text, i, isTerminator)
		stop.close = skipWhile(text, stop.end, isClosing)
		for len(guarded) > 0 && guarded[0].End <= stop.close && guarded[0].Start < stop.end {
			guarded = guarded[1:]
		}
		if len(guarded) > 0 && guarded[0].Start >= stop.end {
			stop.close = min(stop.close, guarded[0].Start) // what looked like closing opens the next
		}
		if inside := len(guarded) > 0 && guarded[0].Start < stop.close; !inside && stop.ends() {
			emit(stop.close)
		}
		i = stop.close
	}
	if start < len(text) {
		emit(len(text))
	}
	return out
}

// terminator is a run of full stops, question or exclamation marks: text[at:end], with the closing
// marks behind it up to close, in a sentence that began at sentence.
type terminator struct {
	text, language           string
	sentence, at, end, close int
}

// ends reports whether the sentence is over at t.
func (t terminator) ends() bool {
	next := skipSpace(t.text, t.close)
	if next == len(t.text) {
		return true
	}
	mark, _ := utf8.DecodeRuneInString(t.text[t.at:])
	following, _ := utf8.DecodeRuneInString(t.text[next:])
	if isUnspacedStop(mark) {
		// 「…。」と述べた goes on: the particle quotes.
		return t.close == t.end || (following != 'と' && !strings.HasPrefix(t.text[next:], "って"))
	}
	if next == t.close || !startsSentence(t.text[next:]) {
		return false
	}
	if mark == '.' && t.end == t.at+1 && t.close == t.end {
		return !t.abbreviates(t.text[next:])
	}
	if mark != '.' && t.close > t.end && attributes(t.text[next:]) {
		return false // “Why?” Anna Berg asked.
	}
	return true
}

// abbreviates reports whether the single full stop t belongs to the word before it, given the text
// after it.
func (t terminator) abbreviates(after string) bool {
	word := lastWord(t.text[t.sentence:t.at])
	if word == "" {
		return t.at == t.sentence
	}
	next := firstWord(after)
	nextRune, _ := utf8.DecodeRuneInString(after)
	if isDigits(word) {
		// "1. Stir" opens a list item; "3. März" and "am 20. Dezember" are German ordinals.
		return t.sentence+len(word) == t.at || len(word) <= 2 && (t.language == "de" || germanOrdinal[next])
	}
	key := strings.ToLower(word)
	if beforeNumber[key] {
		return unicode.IsDigit(nextRune) || isRoman(next)
	}
	if neverEnds[key] {
		return true
	}
	first, _ := utf8.DecodeRuneInString(word)
	initial := isLetter(word) && unicode.IsUpper(first)
	if initial && word == "I" {
		return false // "So did I. Then"
	}
	if isLetter(word) && isLetter(next) && strings.HasPrefix(after[len(next):], ".") {
		return true // "z. B.", "p. m."
	}
	if initial || mayEnd[key] || dotted(word) {
		return !opensSentence[next]
	}
	return false
}

// attributes reports whether text, which follows a quotation, opens with a capitalised name and a
// verb of saying: "Anna Berg asked".
func attributes(text string) bool {
	for range 5 {
		word := firstWord(text)
		if word == "" {
			return false
		}
		if saying[strings.ToLower(word)] {
			return true
		}
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) || opensSentence[word] {
			return false
		}
		text = text[len(word):]
		text = text[skipWhile(text, 0, func(r rune) bool { return r == '.' || r == ' ' || r == '\u00a0' }):]
	}
	return false
}

// startsSentence reports whether text can open a sentence: with a capital, a digit, an opening mark
// or a letter of a script without capitals.
func startsSentence(text string) bool {
	for i, r := range text {
		switch {
		case unicode.IsUpper(r), unicode.IsTitle(r), unicode.IsDigit(r), unicode.Is(unicode.Lo, r):
			return true
		case unicode.IsLower(r):
			// iPhone, eBay
			after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			return unicode.IsUpper(after)
		case i > 16:
			return true
		case r == '.' || r == ',' || r == ';' || r == ':':
			return false
		}
	}
	return true
}

// lastWord returns the word at the end of text with the full stops inside it: "U.S" of "the U.S".
func lastWord(text string) string {
	i := len(text)
	for i > 0 && len(text)-i < maxWord {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '\'' && r != '’' {
			break
		}
		i -= size
	}
	return strings.TrimLeft(text[i:], ".")
}

// firstWord returns the run of letters, digits, apostrophes and hyphens at the start of text, after
// opening marks.
func firstWord(text string) string {
	text = text[skipWhile(text, 0, isOpening):]
	return text[:skipWhile(text[:min(len(text), maxWord)], 0, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '’' || r == '\'' || r == '-'
	})]
}

// maxWord bounds, in bytes, how far a word is looked at.
const maxWord = 40

func isDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

func isLetter(s string) bool { return utf8.RuneCountInString(s) == 1 && !isDigits(s) }

func isRoman(s string) bool { return s != "" && strings.Trim(s, "IVXLC") == "" }

// dotted reports whether word has the shape of an acronym written with full stops: "U.S", "p.m".
func dotted(word string) bool {
	parts := strings.Split(word, ".")
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		if n := utf8.RuneCountInString(p); n == 0 || n > 2 || isDigits(p) {
			return false
		}
	}
	return true
}

func isTerminator(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '‽', '؟', '۔', '।':
		return true
	}
	return isUnspacedStop(r)
}

// isUnspacedStop reports whether r ends a sentence without white space behind it.
func isUnspacedStop(r rune) bool {
	switch r {
	case '。', '！', '？', '｡', '．':
		return true
	}
	return false
}

func skipSpace(text string, i int) int { return skipWhile(text, i, unicode.IsSpace) }

// skipWhile returns the first offset at or after i where is fails.
func skipWhile(text string, i int, is func(rune) bool) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !is(r) {
			break
		}
		i += size
	}
	return i
}
