package ground

import (
	"maps"
	"math"
	"slices"
	"sort"
	"strings"

	"newsdesk/article"
	"newsdesk/summarize/terms"
)

// Source is an article made ready for many claims. It may be used by several goroutines at once.
type Source struct {
	article   *article.Article
	words     []terms.Word     // of all that counts as evidence; the title's come first, the others' offsets are into the text
	at        map[string][]int // stem → indices into words, rising
	sorted    []string         // the stems in order
	lowers    map[string]bool  // lower-case forms
	sentences []sentence
	initials  map[string]bool // "un" where the article has "United Nations"
	acronyms  map[string]bool // "un" where it has "UN"
	caseless  bool            // written without any capital
	numbers   []number
	folded    folded
}

// sentence is one sentence of the evidence.
type sentence struct {
	article.Span
	first, end int             // words[first:end]
	stems      map[string]bool // content words
	negated    bool
}

// maxWords bounds how much of an endless article is read, and maxPlaces how many places of one word
// are looked at.
const (
	maxWords  = 60000
	maxPlaces = 300
)

// Prepare reads a once, so that many claims can be checked against it. Title, standfirst, body,
// headings and captions all count as evidence; advertisements don't.
func Prepare(a *article.Article) *Source {
	s := &Source{
		article:  a,
		at:       make(map[string][]int, 512),
		lowers:   make(map[string]bool, 512),
		initials: map[string]bool{},
		acronyms: map[string]bool{},
		caseless: a.Text == strings.ToLower(a.Text),
	}
	reader := terms.NewReader(a.Language)
	s.add(article.Span{}, a.Title, 0, reader)
	for _, sent := range article.Sentences(a) {
		if a.Paragraphs[sent.Paragraph].Kind == article.Advertisement {
			continue
		}
		if len(s.words) > maxWords {
			break
		}
		s.add(sent.Span, a.Slice(sent.Span), sent.Start, reader)
	}
	s.sorted = slices.Sorted(maps.Keys(s.at))
	s.numbers = append(numbersIn(s.words), spacedNumbers(a.Text, s.words[s.sentences[0].end:])...)
	s.folded = fold(a.Text)
	return s
}

// add reads one sentence of the evidence, which begins at offset.
func (s *Source) add(span article.Span, text string, offset int, reader *terms.Reader) {
	first := len(s.words)
	sent := sentence{Span: span, first: first, stems: map[string]bool{}}
	s.words = append(s.words, reader.Words(text)...)
	words := s.words[first:]
	for i := range words {
		w := &words[i]
		if form := text[w.Start:w.End]; len(form) > 1 && len(form) <= longestInitials && !w.Function &&
			(s.caseless || form == strings.ToUpper(form)) {
			s.acronyms[w.Lower] = true
		}
		for part := range strings.SplitSeq(w.Lower, "-") {
			s.lowers[part] = true
		}
		s.lowers[w.Lower] = true
		w.Start += offset
		w.End += offset
		s.at[w.Stem] = append(s.at[w.Stem], first+i)
		if negates(*w) {
			sent.negated = true
		}
		if w.Function {
			continue
		}
		sent.stems[w.Stem] = true
	}
	s.abbreviate(words)
	sent.end = len(s.words)
	s.sentences = append(s.sentences, sent)
}

// longestInitials is how many letters initials have at most.
const longestInitials = 6

// abbreviate notes the initials of every run of capitalised words, so that "UN" is found where the
// article writes "United Nations".
func (s *Source) abbreviate(words []terms.Word) {
	for i := range words {
		eachInitials(words[i:], func(initials string, _ int) { s.initials[initials] = true })
	}
}

// eachInitials calls f for the initials of the capitalised words at the start of words, function words left
// out, as long as they go on, with how many words they stand for.
func eachInitials(words []terms.Word, f func(initials string, words int)) {
	initials := ""
	for j, w := range words[:min(len(words), longestInitials)] {
		if !w.Capital {
			if w.Function && j > 0 {
				continue
			}
			return
		}
		initials += string([]rune(w.Lower)[:1])
		if len(initials) > 1 {
			f(initials, j+1)
		}
	}
}

// has reports whether the article has a word with the stem or in the form of w.
func (s *Source) has(w terms.Word) bool { return len(s.at[w.Stem]) > 0 || s.lowers[w.Lower] }

// hasNear reports whether the article has w, a word of the same beginning ("German" for "Germany"),
// a part of it ("month-long" for "month") or the long form of its initials.
func (s *Source) hasNear(w terms.Word) bool {
	if s.has(w) || s.initials[strings.ReplaceAll(w.Lower, ".", "")] {
		return true
	}
	if slices.ContainsFunc(longForms[w.Lower], func(long string) bool { return s.lowers[long] }) {
		return true
	}
	if strings.Contains(w.Lower, "-") {
		for part := range strings.SplitSeq(w.Lower, "-") {
			if part != "" && !s.lowers[part] && len(s.at[part]) == 0 {
				return false
			}
		}
		return true
	}
	return s.hasPrefix(w.Stem)
}

// minPrefix is how many letters two words must share at their beginning to count as related.
const minPrefix = 4

// hasPrefix reports whether the article has a word that begins like stem: with all of it but two
// letters, and at least minPrefix of them.
func (s *Source) hasPrefix(stem string) bool {
	keep := max(minPrefix, len(stem)-2)
	if len(stem) < keep {
		return false
	}
	prefix := stem[:keep]
	for _, have := range s.sorted[sort.SearchStrings(s.sorted, prefix):] {
		if !strings.HasPrefix(have, prefix) {
			return false
		}
		if len(have) <= keep+4 {
			return true
		}
	}
	return false
}

// weight says how much a stem tells: what half the article repeats says little.
func (s *Source) weight(stem string) float64 {
	n := float64(len(s.sentences))
	return math.Log(1 + n/(0.5+float64(min(len(s.at[stem]), len(s.sentences)))))
}

// sentenceOf returns the index of the sentence that holds the word at index i.
func (s *Source) sentenceOf(i int) int {
	return sort.Search(len(s.sentences), func(k int) bool { return s.sentences[k].end > i })
}
