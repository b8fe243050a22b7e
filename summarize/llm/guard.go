package llm

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/quote"
	"newsdesk/summarize/ground"
	"newsdesk/summarize/terms"
)

// guard decides what a model wrote may be shown.
type guard struct {
	source  *ground.Source
	article *article.Article
	quotes  []quote.Quote
}

// maxPoint is the longest point that is shown, in bytes.
const maxPoint = 600

// foreign is what never comes from a model: links, mentions, and the mark-up that makes them.
var foreign = regexp.MustCompile(`(?i)https?:|www\.|\b[a-z0-9-]+\.(?:com|net|org|io|gg|ru|info|me|co|app|xyz|link|site)\b|@everyone|@here|<[@#&!/a-z]|\]\(`)

// fault is what is wrong with a statement: its kind, and words that tell a model.
type fault struct{ kind, words string }

// The faults that have no kind in package ground.
var (
	none           = fault{}
	badShape       = fault{"shape", "It is empty or too long."}
	unfinished     = fault{"unfinished", "It breaks off."}
	tooShort       = fault{"short", "It says too little; write a whole sentence."}
	badLink        = fault{"link", "It has a link, a mention or mark-up in it."}
	badCitation    = fault{"uncited", "It names no line that it rests on."}
	badSpeaker     = fault{"speaker", "The quotation is somebody else's."}
	badTranslation = fault{"translation", "Its translation is missing, or has numbers or quotation marks that the point has not."}
	weak           = fault{"weak", "The lines do not bear out all of it; keep closer to their words."}
)

// faults tell a model what package ground found.
var faults = map[ground.Kind]string{
	ground.Quotation: "These words stand in quotation marks but not in the article: %s",
	ground.Number:    "The article has no %s.",
	ground.Name:      "The article does not name %s.",
	ground.Role:      "The article gives this role to somebody else: %s",
	ground.Speaker:   "The article has somebody else say this, not %s.",
	ground.Voice:     "It gives as a fact what %s says; name who says it.",
	ground.Negation:  "The article says the opposite.",
	ground.Surer:     "The article says it less surely: %s",
	ground.Unborne:   "The article does not speak of this: %s",
	ground.Stitched:  "The article does not put these words together like this.",
	ground.Elsewhere: "The lines that it names say something else.",
}

// judge returns text as it may be shown, or what is wrong with it. cited are the sentences it rests on; nil stands
// for the whole article, an empty list for a point that cites nothing, which fails.
func (g *guard) judge(text string, cited []article.Span) (string, fault) {
	text = tidy(text)
	switch {
	case text == "" || len(text) > maxPoint:
		return "", badShape
	case foreign.MatchString(text):
		return "", badLink
	case breaksOff(text, g.article.Language) || g.withoutVerb(text):
		return "", unfinished
	case cited != nil && len(cited) == 0:
		return "", badCitation
	}
	if word := inFirstPerson(text, g.article.Language); word != "" {
		return "", fault{string(ground.Voice), fmt.Sprintf("It says %q as the author does; say who that is, or leave it out.", word)}
	}
	v := g.source.Check(text, cited...)
	switch {
	case v.Printable():
		return g.restore(text)
	case len(v.Reasons) == 0:
		return "", weak
	}
	var words []string
	for _, r := range v.Reasons {
		said := faults[r.Kind]
		if strings.Contains(said, "%s") {
			said = fmt.Sprintf(said, r.Words)
		}
		words = append(words, said)
	}
	return "", fault{string(v.Reasons[0].Kind), strings.Join(words, " ")}
}

// settle is judge for a statement that rests on the sentences that the check finds: small models name no lines, or
// count on, and readers are shown where it stands. Only where those do not bear it out count the cited ones, of a
// statement that is drawn from many.
func (g *guard) settle(text string, cited []article.Span) (string, []article.Span, fault) {
	bearing := g.source.Bearing(tidy(text))
	if len(bearing) > 0 {
		if shown, wrong := g.judge(text, bearing); wrong.kind != string(ground.Elsewhere) {
			return shown, bearing, wrong
		}
	}
	if cited == nil {
		cited = []article.Span{}
	}
	shown, wrong := g.judge(text, cited)
	return shown, cited, wrong
}

// pass returns text as it may be shown, if it may.
func (g *guard) pass(text string, cited []article.Span) (string, bool) {
	text, fault := g.judge(text, cited)
	return text, fault == none
}

// restore puts the article's own bytes between the quotation marks of text, and fails if there are none or
// if text gives them to somebody else.
func (g *guard) restore(text string) (string, fault) {
	var b strings.Builder
	last := 0
	for _, q := range ground.Quoted(text) {
		span, ok := g.source.Verbatim(text[q.Start:q.End])
		if !ok || q.End == len(text) {
			return "", fault{string(ground.Quotation), "A quotation has no end, or is not in the article."}
		}
		if g.misattributed(span, text) {
			return "", badSpeaker
		}
		_, open := utf8.DecodeLastRuneInString(text[:q.Start])
		_, closing := utf8.DecodeRuneInString(text[q.End:])
		b.WriteString(text[last : q.Start-open])
		b.WriteString("“" + g.article.Slice(span) + "”")
		last = q.End + closing
	}
	b.WriteString(text[last:])
	return b.String(), none
}

// misattributed reports whether text names somebody, but not the speaker of the quotation at span.
func (g *guard) misattributed(span article.Span, text string) bool {
	names := func(speaker string) bool {
		words := strings.Fields(speaker)
		return len(words) > 0 && strings.Contains(text, words[len(words)-1])
	}
	other := slices.ContainsFunc(g.quotes, func(q quote.Quote) bool { return names(q.Speaker) })
	for _, q := range g.quotes {
		if q.Kind != quote.Indirect && q.Speaker != "" && q.Overlaps(span) {
			return other && !names(q.Speaker)
		}
	}
	return false
}

// oneSentence returns text, tidied, up to the end of its first sentence: a point is one. A model that was asked for one
// and goes on says less and less of the article.
func oneSentence(text, language string) string {
	text = tidy(text)
	a := &article.Article{Text: text, Language: language, Paragraphs: []article.Paragraph{{Span: article.Span{End: len(text)}, Kind: article.Text}}}
	sentences := article.Sentences(a)
	if len(sentences) < 2 {
		return text
	}
	return a.Slice(sentences[0].Span)
}

// breaksOff reports whether text was cut off: it ends without a full stop, in a word or a mark that wants more.
func breaksOff(text, language string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	if strings.ContainsRune(",;:-–—(…", last) || strings.HasSuffix(text, "...") {
		return true
	}
	words := terms.NewReader(language).Words(text)
	return len(words) > 0 && words[len(words)-1].Function && words[len(words)-1].End == len(text)
}

// leastWords is how many words a point has at least: of fewer, few are sentences, and fewer say something.
const leastWords = 6

// numbering is what a model puts before a point because the article's lines have it.
var numbering = regexp.MustCompile(`^\d{1,3}(?:\||[.)]\s?)\s*`)

// unnumbered returns text without a number before it, unless that is the article's own: "1. FC".
func (g *guard) unnumbered(text string) string {
	mark := numbering.FindString(text)
	rest := text[len(mark):]
	if mark == "" || rest == "" || strings.Contains(g.article.Text, mark+rest[:min(len(rest), 10)]) {
		return text
	}
	return rest
}

// tidy puts a model's text on one line, without characters that nobody sees and without emphasis.
func tidy(text string) string {
	text = strings.Map(visible, strings.Join(strings.FieldsFunc(text, unicode.IsSpace), " "))
	text = strings.ReplaceAll(text, "**", "")
	return strings.TrimSpace(strings.TrimLeft(text, "-•* "))
}

// maxStretch is how many times as long as the other, in bytes, a text or its translation may be.
const maxStretch = 3

// passTranslation returns a translation of text as it may be shown, "" if it may not: no quotation marks, nothing foreign, the
// numbers that text has and no others, and about its length. That is what can be told without knowing both languages.
func passTranslation(translation, text string) string {
	translation = tidy(translation)
	if translation == "" || len(translation) > maxStretch*len(text) || len(text) > maxStretch*len(translation) ||
		foreign.MatchString(translation) || len(ground.Quoted(translation)) > 0 || addsNumber(translation, text) || addsNumber(text, translation) {
		return ""
	}
	return translation
}

// addsNumber reports whether text has a number that other lacks.
func addsNumber(text, other string) bool {
	a := &article.Article{Text: other, Paragraphs: []article.Paragraph{{Span: article.Span{End: len(other)}, Kind: article.Text}}}
	return slices.ContainsFunc(ground.Check(text, a).Reasons, func(r ground.Reason) bool { return r.Kind == ground.Number })
}
