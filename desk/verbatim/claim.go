package verbatim

import (
	"slices"
	"strings"

	"newsdesk/quote/name"
	"newsdesk/summarize/terms"
)

// MaxWords is how many words of a claim, and of a statement, are compared.
const MaxWords = 1000

// word is one word of a text.
type word struct {
	start, end int    // bytes of the text
	folded     string // what is compared
	stem       string
	light      bool // a function word, which tells little
	gap        bool // of a claim: an ellipsis, which stands for any number of words
	inserted   bool // of a claim: in brackets, the writer's own
}

// weight is how much of a claim rests on the word.
func (w word) weight() float64 {
	switch {
	case w.gap, w.inserted:
		return 0
	case w.light:
		return 0.3
	}
	return 1
}

// Claim is words that somebody is claimed to have said.
type Claim struct {
	text     string
	language string
	words    []word
	weight   float64
}

// Parse reads a claim: with or without quotation marks around it, with ellipses ("…", "...", "[…]") and
// bracketed words. language is the tag of the statements it will be compared with, "" if unknown.
func Parse(text, language string) Claim {
	c := Claim{text: text, language: language}
	start := 0
	for start < len(text) && len(c.words) < MaxWords {
		end, kind := chunk(text, start)
		switch kind {
		case ellipsis:
			if n := len(c.words); n > 0 && !c.words[n-1].gap {
				c.words = append(c.words, word{start: start, end: end, gap: true})
			}
		default:
			for _, w := range read(text, start, end, language) {
				w.inserted = kind == bracket
				c.words = append(c.words, w)
			}
		}
		start = end
	}
	if n := len(c.words); n > 0 && c.words[n-1].gap {
		c.words = c.words[:n-1]
	}
	for _, w := range c.words {
		c.weight += w.weight()
	}
	return c
}

// Empty reports whether the claim holds no words of anybody's.
func (c Claim) Empty() bool { return c.weight == 0 }

// Overlap returns how much of the claim's weight stands anywhere in a statement, 0..1. It is quick and
// never below the Score of [Claim.Compare]: what overlaps too little need not be compared.
func (c Claim) Overlap(said string) float64 {
	if c.weight == 0 {
		return 0
	}
	held := make(map[string]bool)
	for _, w := range read(said, 0, len(said), c.language) {
		held[w.stem], held[w.folded] = true, true
	}
	var got float64
	for _, w := range c.words {
		if held[w.stem] || held[w.folded] {
			got += w.weight()
		}
	}
	return got / c.weight
}

// Share returns how much of the claim's weight the words marked in said make up, 0..1; see [Match.Said].
func (c Claim) Share(said []bool) float64 {
	var got float64
	for i, w := range c.words {
		if i < len(said) && said[i] {
			got += w.weight()
		}
	}
	if c.weight == 0 {
		return 0
	}
	return got / c.weight
}

// Terms returns the words of the claim for a search, the telling ones, each once.
func (c Claim) Terms() []string {
	var out []string
	for _, w := range c.words {
		if !w.gap && !w.inserted && !w.light && !slices.Contains(out, w.folded) {
			out = append(out, w.folded)
		}
	}
	return out
}

// kinds of stretches of a claim.
const (
	plain = iota
	ellipsis
	bracket
)

// chunk returns the end and the kind of the stretch of a claim that begins at start.
func chunk(text string, start int) (end, kind int) {
	rest := text[start:]
	for _, dots := range []string{"[…]", "[...]", "(…)", "(...)", "[. . .]", "…", "...", ". . ."} {
		if strings.HasPrefix(rest, dots) {
			return start + len(dots), ellipsis
		}
	}
	if rest[0] == '[' {
		// "[h]e" alters a letter of a word: the brackets go, the word stays.
		if i := strings.IndexByte(rest, ']'); i > 0 && i > 2 {
			return start + i + 1, bracket
		}
	}
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '[', '(', '.', 0xe2: // 0xe2 opens the UTF-8 of "…"
			if opens(rest[i:]) {
				return start + i, plain
			}
		}
	}
	return len(text), plain
}

// opens reports whether an ellipsis or a bracketed insertion begins here.
func opens(s string) bool {
	if strings.HasPrefix(s, "[") {
		return strings.IndexByte(s, ']') > 2
	}
	for _, dots := range []string{"…", "...", ". . .", "(…)", "(...)"} {
		if strings.HasPrefix(s, dots) {
			return true
		}
	}
	return false
}

// read returns the words of text[start:end].
func read(text string, start, end int, language string) []word {
	s := text[start:end]
	if strings.Contains(s, "[") { // a letter in brackets: read the word without them, place it roughly
		s = strings.NewReplacer("[", "", "]", "").Replace(s)
	}
	var out []word
	for _, w := range terms.NewReader(language).Words(s) {
		folded := strings.ReplaceAll(w.Lower, ",", "")
		// A hyphen joins or parts by taste ("cease-fire", "cease fire"), so it always parts.
		for part := range strings.FieldsSeq(name.Fold(folded)) {
			stem := part
			if !strings.Contains(w.Lower, "-") {
				stem = name.Fold(w.Stem)
			}
			out = append(out, word{start: start + w.Start, end: min(start+w.End, end), folded: part, stem: stem, light: w.Function})
		}
		if len(out) >= MaxWords {
			return out[:MaxWords]
		}
	}
	return out
}
