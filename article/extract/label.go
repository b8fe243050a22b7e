package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLabel is the longest line, in bytes, that is taken for a label of an advertisement.
const maxLabel = 70

// maxPointer is the longest line, in bytes, that points to another article.
const maxPointer = 220

// isAdvertisement reports whether s is a short line that a word like "Advertisement" opens or
// closes.
func isAdvertisement(s string) bool {
	if len(s) > maxLabel || len(s) < 2 {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
	n := len(words)
	if n == 0 || n > 7 {
		return false
	}
	if n == 1 {
		return adLabels[words[0]] || adWords[words[0]]
	}
	if endsSentence(s) || strings.ContainsAny(s, "\"“”„«»?!") {
		return false
	}
	for _, phrase := range adPhrases {
		if strings.Contains(strings.Join(words, " "), phrase) {
			return true
		}
	}
	// "Harbour Hotel Advertisement", "Advertisement – scroll to continue"; "Advertisement rules eased" is a title
	last := words[n-1]
	return adLabels[last] && n <= 4 || adLabels[words[0]] && (n == 2 && adLabels[last] || afterLabelIsMark(s))
}

// afterLabelIsMark reports whether the first word of s is set off by a dash, a colon or a bar.
func afterLabelIsMark(s string) bool {
	i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if i < 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[i:], space))
	return strings.ContainsRune("-–—:|•·", r)
}

// isPointer reports whether s sends the reader elsewhere: "Also read: …", "Subscribe to …".
func isPointer(s string) bool {
	if len(s) > maxPointer {
		return false
	}
	s = strings.TrimLeft(strings.TrimPrefix(s, guillemet), "*_>-–—•▶►→|[( \u00a0")
	first, _ := utf8.DecodeRuneInString(s)
	for _, p := range pointersByRune[unicode.ToLower(first)] {
		if len(s) < len(p) || !strings.EqualFold(s[:len(p)], p) {
			continue
		}
		rest := s[len(p):]
		r, _ := utf8.DecodeRuneInString(rest)
		if rest == "" || !unicode.IsLetter(r) {
			return true
		}
	}
	return false
}
