package evidence

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"newsdesk/summarize/terms"
)

// Fact is the sort of fact that a question asks for.
type Fact int

// The facts that are told apart. What answers a question for one holds one: "how many nurses" is answered by a number
// of nurses.
const (
	NoFact   Fact = iota
	Count         // how many of Question.Counted
	Amount        // how much: money, a share, a quantity
	Price         // what it costs: money
	Measure       // how high, how far: a number with its unit, or a share
	Duration      // how long: a number of days, or until when
	Age           // how old
	Time          // when
	Place         // where
)

// Loose reports whether sentences may tell the fact in ways that this package does not know ("after the match"), so that
// a sentence without it may still be the answer.
func (f Fact) Loose() bool { return f == NoFact || f == Time || f == Place }

// factPattern is one way of asking for a fact. Its groups are named counted and topic.
type factPattern struct {
	fact     Fact
	language string
	re       *regexp.Regexp
}

func askFor(fact Fact, language, re string) factPattern {
	return factPattern{fact, language, regexp.MustCompile(`(?i)^` + re + `$`)}
}

// factPatterns are tried in order.
var factPatterns = []factPattern{
	askFor(Count, "en", `(?:in |at |by |for |of |to )?how many (?:of the |of )?(?P<topic>(?:more |other |new )?(?P<counted>[\pL'-]+).*)`),
	askFor(Price, "en", `what (?:does|did|do|will|would|is|was) (?P<topic>.+ costs?|.+ worth|the (?:price|cost) .+)`),
	askFor(Amount, "en", `(?:by |for )?how much (?P<topic>.+)`),
	askFor(Amount, "en", `what (?:is|was|are|were) (?P<topic>the (?:[\pL-]+ )?(?:rate|price|number|level|share|percentage|toll|size|value|budget|salary|turnover|revenue|profit|loss)\b.*)`),
	askFor(Age, "en", `(?:how old|what age) (?:is|was|are|were) (?P<topic>.+)`),
	askFor(Duration, "en", `(?:for )?how long (?P<topic>.+)`),
	askFor(Measure, "en", `how (?:high|tall|deep|wide|big|large|heavy|far|fast|hot|cold|strong|low) (?P<topic>.+)`),
	askFor(Time, "en", `(?:since when|until when|by when|when|what time|(?:in |on |at )?(?:what|which) (?:day|year|month|time|date)) (?P<topic>.+)`),
	askFor(Place, "en", `(?:from where|where|in (?:what|which) (?:town|city|country|place)) (?P<topic>.+)`),

	askFor(Count, "de", `(?:mit |von |um |in |für |auf )?wie ?viele[nr]? (?P<topic>(?P<counted>[\pL'-]+).*)`),
	askFor(Price, "de", `(?:was|wie ?viel) (?P<topic>(?:kostet|kosten|kostete|kosteten) .+|.+ (?:kosten|kostet|gekostet|wert))`),
	askFor(Age, "de", `wie alt (?:ist|war|sind|waren) (?P<topic>.+)`),
	askFor(Duration, "de", `wie lange? (?P<topic>.+)`),
	askFor(Measure, "de", `wie (?:hoch|tief|breit|groß|schwer|weit|schnell|heiß|kalt|stark|niedrig) (?P<topic>.+)`),
	askFor(Amount, "de", `(?:um |für |mit )?wie ?viel (?P<topic>.+)`),
	askFor(Amount, "de", `(?:was|welches?|welcher) (?:ist|war|sind|waren) (?P<topic>(?:der|die|das) (?:[\pL-]+ )?[\pL-]*(?:zins|zinssatz|preis|zahl|anteil|höhe|quote|gewinn|verlust|umsatz|wert|budget|gehalt)\b.*)`),
	askFor(Time, "de", `(?:wann|seit wann|bis wann|ab wann|um wie ?viel uhr|an welchem tag|in welchem jahr) (?P<topic>.+)`),
	askFor(Place, "de", `(?:wo|woher|wohin|in welche[rm] (?:stadt|ort|land)) (?P<topic>.+)`),

	askFor(Count, "fr", `(?:[àa] |pour |dans |de |en )?combien (?:de |d')(?P<topic>(?P<counted>[\pL-]+).*)`),
	askFor(Duration, "fr", `(?:pendant |depuis )?combien de temps (?P<topic>.+)`),
	askFor(Price, "fr", `combien (?:est-ce que )?(?P<topic>(?:coûte|coûtent|coûtera|coûteront|vaut|a coûté) .+|.+ (?:coûte|coûtera|coûté|vaut)(?:-t-(?:il|elle))?)`),
	askFor(Amount, "fr", `(?:[àa] |de |pour )?combien (?P<topic>.+)`),
	askFor(Amount, "fr", `quel(?:le)?s? (?:est|était|sont|étaient) (?P<topic>(?:le |la |l'|les )(?:taux|prix|nombre|montant|niveau|part|valeur|budget|salaire|bilan|taille|bénéfice|perte|chiffre)\b.*)`),
	askFor(Age, "fr", `(?:quel âge|à quel âge) (?P<topic>.+)`),
	askFor(Time, "fr", `(?:depuis quand|jusqu'à quand|quand|à quelle heure|quel jour|en quelle année) (?:est-ce que |est-ce qu')?(?P<topic>.+)`),
	askFor(Place, "fr", `(?:d'où|où|dans quelle ville|dans quel pays) (?:est-ce que |est-ce qu')?(?P<topic>.+)`),

	askFor(Count, "es", `(?:a |por |en |con |de |para )?cuánt[oa]s (?P<topic>(?P<counted>[\pL-]+).*)`),
	askFor(Duration, "es", `(?:por |durante |desde hace )?cuánto tiempo (?P<topic>.+)`),                 //nolint:misspell // Spanish
	askFor(Price, "es", `cuánto (?P<topic>(?:cuesta|cuestan|costará|costarán|costó|costaron|vale) .+)`), //nolint:misspell // Spanish
	askFor(Amount, "es", `(?:por |a |en |de )?cuánt[oa] (?P<topic>.+)`),
	askFor(Amount, "es", `cuál (?:es|era|fue) (?P<topic>(?:el|la) (?:tasa|tipo|precio|número|monto|importe|nivel|valor|presupuesto|salario|tamaño|porcentaje|beneficio|pérdida)\b.*)`),
	askFor(Time, "es", `(?:desde cuándo|hasta cuándo|cuándo|a qué hora|qué día|en qué año) (?P<topic>.+)`),
	askFor(Place, "es", `(?:de dónde|a dónde|dónde|en qué (?:ciudad|país|lugar)) (?P<topic>.+)`),
}

// inverted is the pronoun that a French question repeats its subject with: "l'hôpital a-t-il annulé".
var inverted = regexp.MustCompile(`(?i)-(?:t-)?(?:ils?|elles?|on)\b`)

// factQuestion understands a question for a fact; false if text is none.
func factQuestion(text string) (Question, bool) {
	text = inverted.ReplaceAllString(text, "")
	for _, p := range factPatterns {
		m := p.re.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		q := Question{Kind: Other, Fact: p.fact, Language: p.language, Topic: clean(m[p.re.SubexpIndex("topic")])}
		if i := p.re.SubexpIndex("counted"); i >= 0 {
			q.Counted = strings.ToLower(m[i])
		}
		switch {
		case q.Fact == Count && factWords().is("age", q.Counted):
			q.Fact = Age // "¿cuántos años tiene …?"
		case q.Fact == Amount && slices.ContainsFunc(words(q.Topic), func(w string) bool { return factWords().is("cost", w) }):
			q.Fact = Price
		}
		return q, true
	}
	return Question{}, false
}

// lexicon is facts.txt: words by class, folded.
type lexicon map[string]map[string]bool

//go:embed facts.txt
var factsFile string

var factWords = sync.OnceValue(func() lexicon {
	l := make(lexicon)
	for line := range strings.Lines(factsFile) {
		class, members, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		set := l[class]
		if set == nil {
			set = make(map[string]bool)
			l[class] = set
		}
		for w := range strings.FieldsSeq(members) {
			set[w] = true
			for _, f := range appendFolded(nil, w) {
				set[f] = true
			}
		}
	}
	return l
})

func (l lexicon) is(class, word string) bool { return l[class][word] }

// counts reports whether a word is a number.
func (l lexicon) counts(w terms.Word, language string) bool {
	return w.Number || l.is("numeral "+language, w.Lower)
}

// near is how many words may stand between a number and what it counts: "11,000 heavy vehicles".
const near = 2

// tells says how surely a sentence holds what a question asks for: 0 for not, 1 for surely.
func (q Question) tells(text, language string, counted string) float64 {
	if language == "" {
		language = q.Language
	}
	l := factWords()
	ws := terms.NewReader(language).Words(text)
	switch q.Fact {
	case Count:
		return q.countTold(l, text, ws, language, counted)
	case Amount:
		return max(l.unitTold(text, ws, language, "percent", "money", "quantity", "length"), l.partTold(ws), 0.6*l.numberTold(ws, language))
	case Price:
		return l.unitTold(text, ws, language, "money")
	case Measure:
		return l.unitTold(text, ws, language, "length", "quantity", "percent", "money")
	case Duration:
		if l.unitTold(text, ws, language, "span") > 0 {
			return 1
		}
		for i, w := range ws {
			if l.is("until", w.Lower) && slices.ContainsFunc(ws[i+1:min(len(ws), i+4)], l.isTime) {
				return 1
			}
		}
	case Age:
		return l.ageTold(text, ws, language)
	case Time:
		if slices.ContainsFunc(ws, l.isTime) {
			return 1
		}
	case Place:
		for i, w := range ws {
			if l.is("place "+language, w.Lower) && slices.ContainsFunc(ws[i+1:min(len(ws), i+4)], func(w terms.Word) bool { return w.Capital }) {
				return 1
			}
		}
	}
	return 0
}

// isTime reports whether a word says when: a day's or month's name, a year.
func (l lexicon) isTime(w terms.Word) bool {
	if len(w.Lower) == 4 && w.Number && (w.Lower[0] == '1' || w.Lower[:2] == "20") && !strings.ContainsAny(w.Lower, ".,") {
		return true
	}
	return l.is("time", w.Lower)
}

// countTold looks for a number of what is counted. Of people any number may be one that counts nothing else.
func (q Question) countTold(l lexicon, text string, ws []terms.Word, language, counted string) float64 {
	people := l.is("people", q.Counted)
	told := 0.0
	for i, w := range ws {
		if !l.counts(w, language) || l.isTime(w) || text[w.End:min(len(text), w.End+1)] == "%" {
			continue
		}
		end := i + 1
		for end < len(ws) && (l.is("scale", ws[end].Lower) || ws[end].Number) {
			end++
		}
		for j := end; j < min(len(ws), end+near+1); j++ {
			if apart(text, ws[end-1].End, ws[j].Start) {
				break
			}
			if l.small(w.Lower) && j > end || ws[j].Function && !l.is("joins", ws[j].Lower) && !l.is("percent", ws[j-1].Lower) {
				break
			}
			if sameNoun(ws[j], counted, language) || people && l.is("people", fold(ws[j].Lower)) {
				return 1
			}
			if l.unit(ws[j].Lower) && !l.is("percent", ws[j].Lower) {
				break
			}
			if people && (w.Number || !l.small(w.Lower)) {
				told = max(told, 0.7)
			}
		}
	}
	return told
}

func (l lexicon) unit(word string) bool {
	return l.is("money", word) || l.is("percent", word) || l.is("length", word) || l.is("quantity", word) || l.is("span", word) || l.is("time", word)
}

// partTold looks for a part that needs no number: "half of its value".
func (l lexicon) partTold(ws []terms.Word) float64 {
	if slices.ContainsFunc(ws, func(w terms.Word) bool { return l.is("part", w.Lower) }) {
		return 1
	}
	return 0
}

// small reports whether a numeral may be an article.
func (l lexicon) small(word string) bool {
	switch word {
	case "one", "ein", "eine", "einen", "einem", "einer", "un", "une", "una", "uno", "half", "halb", "demi", "medio", "media":
		return true
	}
	return false
}

// apart reports whether a mark that parts clauses stands between two places.
func apart(text string, from, to int) bool { return strings.ContainsAny(text[from:to], ",;:()–—") }

// sameNoun reports whether a word is the one that is counted, a form of it, or a compound that ends in it.
func sameNoun(w terms.Word, counted, language string) bool {
	stem := fold(root(w.Stem, language))
	return stem == counted || language == "de" && len(counted) >= shortestRoot && strings.HasSuffix(stem, counted)
}

// unitTold looks for a number with a unit of one of the classes behind it, or a sign before it.
func (l lexicon) unitTold(text string, ws []terms.Word, language string, classes ...string) float64 {
	for i, w := range ws {
		if !l.counts(w, language) {
			continue
		}
		before, after := strings.TrimRight(text[:w.Start], " \u00a0\u202f"), strings.TrimLeft(text[w.End:], " \u00a0\u202f")
		for _, class := range classes {
			last, _ := utf8.DecodeLastRuneInString(before)
			first, _ := utf8.DecodeRuneInString(after)
			if class == "percent" && first == '%' || class == "money" && (unicode.Is(unicode.Sc, last) || unicode.Is(unicode.Sc, first)) {
				return 1
			}
			for j := i + 1; j < min(len(ws), i+4); j++ {
				if apart(text, w.End, ws[j].Start) {
					break
				}
				two := ws[j].Lower
				if j+1 < len(ws) {
					two += "-" + ws[j+1].Lower
				}
				if l.is(class, ws[j].Lower) || l.is(class, two) {
					return 1
				}
				if !l.is("scale", ws[j].Lower) && !ws[j].Number && !l.is("joins", ws[j].Lower) && !ws[j].Capital { // "Danish crowns"
					break
				}
			}
		}
	}
	return 0
}

// numberTold looks for any number that is no date.
func (l lexicon) numberTold(ws []terms.Word, language string) float64 {
	for _, w := range ws {
		if l.counts(w, language) && !l.isTime(w) && !l.small(w.Lower) {
			return 1
		}
	}
	return 0
}

// bareAge is an age between commas or marks, as papers print it: "Whitlock, 41, had reported".
var bareAge = regexp.MustCompile(`\pL, \d{1,2}(?:[,.)]|$)|\pL \(\d{1,2}\)`)

func (l lexicon) ageTold(text string, ws []terms.Word, language string) float64 {
	if bareAge.MatchString(text) {
		return 1
	}
	for i, w := range ws {
		if w.Number && strings.ContainsFunc(w.Lower, unicode.IsLetter) && (strings.HasSuffix(w.Lower, "-year-old") || strings.Contains(w.Lower, "-jährig")) {
			return 1
		}
		if !l.counts(w, language) {
			continue
		}
		for j := i + 1; j < min(len(ws), i+3); j++ {
			if l.is("age", ws[j].Lower) || l.is("span", ws[j].Lower) && ws[j].Lower[0] == 'y' {
				return 1
			}
		}
		if i >= 2 && (l.is("age", ws[i-1].Lower) || l.is("age", ws[i-2].Lower)) {
			return 1
		}
	}
	return 0
}
