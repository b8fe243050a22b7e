// Package terms cuts text into words that can be compared.
//
// Two sentences speak of the same thing when they share terms: words that carry meaning, reduced to
// their stems. A [Reader] reads text in one language and gives every word with its lower-case form,
// its stem and whether it is a function word ("the", "of", "sagte"), which says little about what a
// sentence is about. The choice of sentences and the check of claims both rest on it.
//
// Stems come from Snowball for English, French, Spanish and Russian; other languages are compared by
// their lower-case words, with the commonest endings of German taken off. Scripts written without
// spaces count each character as a word. What is not a letter or a digit parts words, except an
// apostrophe or hyphen inside a word, and a point or comma inside a number.
package terms

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is one word of a text.
type Word struct {
	Start, End int    // bytes of the text that was read
	Lower      string // in lower case, without a possessive 's, apostrophes made plain
	Stem       string // what is compared; the same as Lower for numbers
	Function   bool   // a function word: article, pronoun, preposition, auxiliary
	Capital    bool   // written with a capital
	Number     bool   // begins with a digit
}

// Reader reads text in one language. It remembers stems, so that one Reader per article is quick;
// it must not be used by two goroutines at once.
type Reader struct {
	stem     func(string) string
	elides   bool // "l'accord" is two words
	function map[string]bool
	known    map[string]string
}

// maxKnown bounds what a Reader remembers, whatever it is given to read.
const maxKnown = 1 << 14

// NewReader returns a reader for a language, given as BCP 47 primary tag ("en"). An empty or unknown
// tag reads as English.
func NewReader(language string) *Reader {
	return &Reader{
		stem:     stemmer(language),
		elides:   language == "fr" || language == "it",
		function: functionWords(language),
		known:    make(map[string]string, 256),
	}
}

// Words returns the words of text in order.
func (r *Reader) Words(text string) []Word {
	words := make([]Word, 0, len(text)/6+1)
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unspaced(c):
			s := text[i : i+size]
			words = append(words, Word{Start: i, End: i + size, Lower: s, Stem: s})
			i += size
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			end := r.wordEnd(text, i)
			words = append(words, r.word(text, i, end))
			i = end
		default:
			i += size
		}
	}
	return words
}

// word describes text[start:end].
func (r *Reader) word(text string, start, end int) Word {
	first, _ := utf8.DecodeRuneInString(text[start:])
	w := Word{Start: start, End: end, Capital: unicode.IsUpper(first), Number: unicode.IsDigit(first)}
	w.Lower = lower(text[start:end])
	w.Function = r.function[w.Lower]
	w.Stem = w.Lower
	if !w.Number && !w.Function {
		w.Stem = r.stemOf(w.Lower)
	}
	return w
}

// stemOf returns the stem of a lower-case word.
func (r *Reader) stemOf(word string) string {
	if s, ok := r.known[word]; ok {
		return s
	}
	s := word
	if len(word) <= maxStem {
		s = r.stem(word)
	}
	if len(r.known) < maxKnown {
		r.known[strings.Clone(word)] = s
	}
	return s
}

// maxStem is the length in bytes of the longest word that is stemmed; no language needs more.
const maxStem = 64

// maxElision is the length of the longest word that loses its vowel: "qu'".
const maxElision = 2

// wordEnd returns the end of the word that begins at start.
func (r *Reader) wordEnd(text string, start int) int {
	i := start
	for i < len(text) {
		c, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(c) && !unspaced(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c) {
			i += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		before, _ := utf8.DecodeLastRuneInString(text[start:i])
		if (c == '\'' || c == '’') && r.elides && i-start <= maxElision {
			break
		}
		inWord := (c == '\'' || c == '’' || c == '-' || c == '\u2011' || c == '\u00ad') && unicode.IsLetter(next) && !unspaced(next)
		inNumber := (c == '.' || c == ',') && unicode.IsDigit(before) && unicode.IsDigit(next)
		if !inWord && !inNumber {
			break
		}
		i += size
	}
	return i
}

// lower folds a word for comparing.
func lower(word string) string {
	s := strings.ToLower(word)
	if strings.Contains(s, "’") {
		s = strings.ReplaceAll(s, "’", "'")
	}
	if strings.Contains(s, "\u00ad") {
		s = strings.ReplaceAll(s, "\u00ad", "")
	}
	return strings.TrimSuffix(s, "'s")
}

// unspaced reports whether c belongs to a script written without spaces between words.
func unspaced(c rune) bool {
	return c >= 0x0e00 && unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
