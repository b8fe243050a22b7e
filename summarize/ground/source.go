package ground

import (
	"maps"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/quote"
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
	initials  map[string]bool            // "un" where the article has "United Nations"
	acronyms  map[string]bool            // "un" where it has "UN"
	caseless  bool                       // written without any capital
	bearers   map[string]map[string]bool // who bears a role, by its stem; names by their last word
	capitals  map[string]bool            // lower-case forms of the words that have a capital
	small     map[string]bool            // of those that have none
	said      []statement
	spoken    []quote.Quote // what speakers say
	nameless  bool          // written without capitals inside of sentences
	numbers   []number
	folded    folded
	marks     []bool // for each word, whether a mark or the sentence's end follows
	starts    []int  // for each word, where its clause begins
}

// sentence is one sentence of the evidence.
type sentence struct {
	article.Span
	first, end int             // words[first:end]
	stems      map[string]bool // content words
}

// maxWords bounds how much of an endless article is read, and maxPlaces how many places of one word
// are looked at.
const (
	maxWords  = 60000
	maxPlaces = 300
)

// Prepare reads a once, so that many claims can be checked against it. Title, standfirst, body,
// headings and captions all count as evidence; advertisements and orders to machines don't.
func Prepare(a *article.Article) *Source {
	s := &Source{
		article:  a,
		at:       make(map[string][]int, 512),
		lowers:   make(map[string]bool, 512),
		initials: map[string]bool{},
		acronyms: map[string]bool{},
		capitals: map[string]bool{},
		small:    map[string]bool{},
		caseless: a.Text == strings.ToLower(a.Text),
	}
	reader := terms.NewReader(a.Language)
	title := a.Title
	if Orders(title) {
		title = ""
	}
	s.add(article.Span{}, title, 0, reader)
	var hostile []article.Span
	for _, sent := range whole(a) {
		if Orders(a.Slice(sent.Span)) {
			hostile = append(hostile, sent.Span)
			continue
		}
		if a.Paragraphs[sent.Paragraph].Kind == article.Advertisement {
			continue
		}
		if len(s.words) > maxWords {
			break
		}
		s.add(sent.Span, a.Slice(sent.Span), sent.Start, reader)
	}
	s.sorted = slices.Sorted(maps.Keys(s.at))
	s.numbers = numbersIn(s.words)
	s.folded = fold(without(a.Text, hostile))
	s.clauses()
	s.nameless = s.lacksNames()
	s.findBearers()
	return s
}

// lacksNames looks for words with a capital that stand inside of a sentence, beyond one in a hundred. Of a few words
// nothing can be told.
func (s *Source) lacksNames() bool {
	const few, rare = 40, 100
	inside, capitals := 0, 0
	for _, sent := range s.sentences {
		for i := sent.first + 1; i < sent.end; i++ {
			inside++
			capitals += btoi(s.words[i].Capital)
		}
	}
	return inside >= few && capitals*rare < inside
}

// whole returns a's sentences, those joined again that were parted inside of a number ("98. 7"), as it stands in
// text that went through a program that parts words from marks.
func whole(a *article.Article) []article.Sentence {
	var out []article.Sentence
	for _, sent := range article.Sentences(a) {
		if n := len(out); n > 0 && out[n-1].Paragraph == sent.Paragraph && endsInDigit(a.Slice(out[n-1].Span)) && unicode.IsDigit(firstRune(a.Slice(sent.Span))) {
			out[n-1].End = sent.End
			continue
		}
		out = append(out, sent)
	}
	return out
}

// endsInDigit reports whether a sentence ends in a digit and a stop.
func endsInDigit(sentence string) bool {
	before, stop := strings.CutSuffix(strings.TrimSpace(sentence), ".")
	last, _ := utf8.DecodeLastRuneInString(before)
	return stop && unicode.IsDigit(last)
}

// firstRune returns the first character of s.
func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// clauses finds where clauses begin and end.
func (s *Source) clauses() {
	s.marks, s.starts = make([]bool, len(s.words)), make([]int, len(s.words))
	for i, w := range s.words {
		s.marks[i], s.starts[i] = s.marked(i), i
		if i > 0 && !s.marks[i-1] && !joiners[w.Lower] {
			s.starts[i] = s.starts[i-1]
		}
	}
}

// add reads one sentence of the evidence, which begins at offset.
func (s *Source) add(span article.Span, text string, offset int, reader *terms.Reader) {
	first := len(s.words)
	sent := sentence{Span: span, first: first, stems: map[string]bool{}}
	s.words = append(s.words, unify(text, reader.Words(text), s.english())...)
	words := s.words[first:]
	for i := range words {
		w := &words[i]
		if form := text[w.Start:w.End]; len(form) > 1 && len(form) <= longestInitials && !w.Function &&
			(s.caseless || form == strings.ToUpper(form)) {
			s.acronyms[w.Lower] = true
		}
		for part := range strings.FieldsFuncSeq(w.Lower, func(r rune) bool { return r == '-' || r == ',' && w.Number }) {
			s.lowers[part] = true
		}
		s.lowers[w.Lower] = true
		if w.Capital {
			s.capitals[w.Lower] = true
		} else {
			s.small[w.Lower] = true
		}
		w.Start += offset
		w.End += offset
		s.at[w.Stem] = append(s.at[w.Stem], first+i)
		if !w.Function {
			sent.stems[w.Stem] = true
		}
	}
	s.abbreviate(words)
	sent.end = len(s.words)
	s.sentences = append(s.sentences, sent)
}

// english reports whether the article is read as English.
func (s *Source) english() bool { return s.article.Language == "" || s.article.Language == "en" }

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
	return len(s.related(w.Stem)) > 0
}

// minPrefix is how many letters two words must share at their beginning to count as related.
const minPrefix = 4

// related returns the stems of the article that begin like stem: with all of it but two letters, and at least
// minPrefix of them.
func (s *Source) related(stem string) []string {
	keep := max(minPrefix, len(stem)-2)
	if len(stem) < keep {
		return nil
	}
	prefix := stem[:keep]
	var out []string
	for _, have := range s.sorted[sort.SearchStrings(s.sorted, prefix):] {
		if !strings.HasPrefix(have, prefix) {
			break
		}
		if len(have) <= keep+4 {
			out = append(out, have)
		}
	}
	return out
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
