package evidence

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// Question is a question as it is understood.
type Question struct {
	Kind     Kind
	Speaker  string    // of [WhatSaid]: who is asked about, as typed ("NATO's chief"); "" for anyone
	Topic    string    // the words that an answer is about, as typed; "" for anything
	Since    time.Time // filed at or after; zero for any time
	Language string    // of the question, as far as it shows: "en", "de", "fr", "es"
	Fact     Fact      // of [Other]: the sort of fact that is asked for
	Counted  string    // of [Count]: what is counted, in lower case
}

// Kind says what is asked.
type Kind int

// The kinds of question.
const (
	Other    Kind = iota // neither of the two
	WhoSaid              // who said Topic, who wants Topic
	WhatSaid             // what did Speaker say about Topic
)

// maxQuestion is how many bytes of a question are read.
const maxQuestion = 2000

// Parse understands a question. It never fails: what fits no pattern is [Other] with all its words as
// the topic. Dates count from now, in now's zone.
func Parse(text string, now time.Time) Question {
	if len(text) > maxQuestion {
		text = strings.ToValidUTF8(text[:maxQuestion], "")
	}
	text = strings.Join(strings.Fields(typewriter.Replace(text)), " ")
	text = strings.Trim(text, " ?!.¿¡")
	text, since := cutDate(text, now)
	if q, ok := factQuestion(text); ok {
		q.Since = since
		return q
	}
	for _, p := range patterns {
		m := p.re.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		q := Question{Kind: p.kind, Since: since, Language: p.language}
		for i, part := range p.re.SubexpNames() {
			switch part {
			case "speaker":
				q.Speaker = clean(m[i])
			case "topic":
				q.Topic = clean(m[i])
			}
		}
		if anyone.MatchString(q.Speaker) {
			q.Speaker = ""
		}
		if q.Kind == WhoSaid && q.Topic == "" || isBiography(p, q.Topic) {
			break
		}
		return q
	}
	return Question{Kind: Other, Topic: text, Since: since, Language: languageOf(text)}
}

// Terms returns the words of the topic that carry meaning, in lower case, in order; all words of a topic in which
// none does ("Who said we have to do it?").
func (q Question) Terms() []string {
	ts := telling(q.Topic, q.Language)
	if q.Fact != NoFact {
		ts = slices.DeleteFunc(ts, said)
	}
	if len(ts) > 0 {
		return ts
	}
	return words(q.Topic)
}

// said reports whether a word of a question for a fact says no more than what sort of fact: an answer need not hold it.
func said(word string) bool {
	return factWords().is("said by the question", word) || factWords().is("people", word)
}

// hints are the words of the topic that an answer need not hold, and is more likely one if it does.
func (q Question) hints() []string {
	if q.Fact == NoFact {
		return nil
	}
	return slices.DeleteFunc(telling(q.Topic, q.Language), func(w string) bool { return !said(w) })
}

// typewriter folds the marks that a person may type in several ways.
var typewriter = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

// clean takes off what does not belong to a name or a topic at its ends.
func clean(s string) string { return strings.Trim(s, " \t,;:.?!\"'…") }

// isBiography reports whether "who is …" asks who a person is rather than who said something: nothing
// but a name follows.
func isBiography(p pattern, topic string) bool {
	if !p.biography {
		return false
	}
	for w := range strings.FieldsSeq(topic) {
		if strings.ToLower(w[:1]) == w[:1] {
			return false
		}
	}
	return true
}

// pattern is one way of asking. Its groups are named speaker and topic.
type pattern struct {
	kind      Kind
	language  string
	re        *regexp.Regexp
	biography bool // may ask who somebody is
}

func ask(kind Kind, language, re string) pattern {
	return pattern{kind: kind, language: language, re: regexp.MustCompile(`(?i)^` + re + `$`)}
}

func askWho(language, re string) pattern {
	p := ask(WhoSaid, language, re)
	p.biography = true
	return p
}

// The verbs of saying that a question uses, in the forms that stand in the patterns.
const (
	saysEn = `(?:say|says|said|saying|tell|tells|told|claim|claims|claimed|argue|argues|argued|state|states|stated|think|thinks|thought|write|writes|wrote|tweet|tweeted|announce|announces|announced|comment|commented|mention|mentioned|promise|promised|warn|warned)`
	onEn   = `(?:about|on|regarding|concerning|of|as to|with regard to|when asked about|in response to)`
	saysDe = `(?:sagt|sagte|sagten|sagen|meint|meinte|erklärt|erklärte|behauptet|behauptete|schreibt|schrieb|fordert|forderte|äußert|äußerte)`
	saidDe = `(?:gesagt|gemeint|erklärt|behauptet|geschrieben|gefordert|geäußert)`
	onDe   = `(?:über|zu|zum|zur|von|vom|gegenüber)`
	saidFr = `(?:dit|déclaré|affirmé|écrit|annoncé|expliqué|pensé)`
	onFr   = `(?:sur|à propos de|à propos du|à propos des|au sujet de|au sujet du|concernant|de|du|des)`
	saysEs = `(?:dijo|dice|ha dicho|dijeron|declaró|ha declarado|afirmó|afirma|opina|opinó|escribió|aseguró)`
	onEs   = `(?:sobre|acerca de|acerca del|respecto a|de|del)`
)

// patterns are tried in order; the first that fits decides.
var patterns = []pattern{
	ask(WhoSaid, "en", `(?:do you know |tell me |find out )?who (?:has |have |had |was it that |is it that )?`+saysEn+`(?: that)?[:,]? (?P<topic>.+)`),
	ask(WhatSaid, "en", `(?:tell me |show me )?what (?:else )?(?:did|does|do|has|have|had|was|is|were|are) (?P<speaker>.+?) `+saysEn+`(?:(?: to| with)? (?:reporters|journalists|the press|us|me))?(?: anything)?(?: `+onEn+` (?P<topic>.+))?`),
	ask(WhatSaid, "en", `(?:tell me |show me )?what (?P<speaker>.+?) (?:has |have |had )?`+saysEn+`(?: `+onEn+` (?P<topic>.+))?`),
	ask(WhatSaid, "en", `(?:did|does|has|have) (?P<speaker>.+?) (?:ever )?`+saysEn+` (?:anything |something )?(?:`+onEn+`|that|whether|if) (?P<topic>.+)`),
	ask(WhatSaid, "en", `(?:how|why) (?:did|does|has|have) (?P<speaker>.+?) (?:respond|responded|react|reacted|answer|answered|reply|replied)(?: (?:to|on) (?P<topic>.+))?`),
	ask(WhatSaid, "en", `what (?:is|was|are|were) (?P<speaker>.+?)'s? (?:view|views|opinion|position|stance|reaction|response|comment|comments|statement|message|words?)(?: (?:about|on|of|to|regarding) (?P<topic>.+))?`),
	ask(WhatSaid, "en", `(?:quotes?|quotations?|statements?|words) (?:by|from|of) (?P<speaker>.+?)(?: (?:about|on|regarding) (?P<topic>.+))?`),
	askWho("en", `who(?: is| are| was| were| has| have| had|'s| does| did| do| will| would)? (?P<topic>.+)`),

	ask(WhoSaid, "de", `wer (?:hat |haben |hatte )?(?:`+saysDe+`|`+saidDe+`)[:,]?(?: dass)? (?P<topic>.+)`),
	ask(WhoSaid, "de", `wer (?:hat|hatte) (?P<topic>.+) `+saidDe),
	ask(WhatSaid, "de", `was (?:hat|haben|hatte) (?P<speaker>.+?)(?: `+onDe+` (?P<topic>.+?))? `+saidDe+`(?: `+onDe+` .+)?`),
	ask(WhatSaid, "de", `was `+saysDe+` (?P<speaker>.+?)(?: `+onDe+` (?P<topic>.+))?`),
	askWho("de", `wer(?: ist| sind| war| waren| hat| haben| will)? (?P<topic>.+)`),

	ask(WhoSaid, "fr", `qui (?:a |ont |avait )?`+saidFr+`(?: que| qu')? ?(?P<topic>.+)`),
	ask(WhatSaid, "fr", `qu'(?:a|ont|avait|est-ce qu'a|est-ce que) ?(?P<speaker>.+?) `+saidFr+`(?: `+onFr+` (?P<topic>.+))?`),
	ask(WhatSaid, "fr", `(?:qu'a|qu'ont|que|qu'est-ce qu'a) `+saidFr+` (?P<speaker>.+?)(?: `+onFr+` (?P<topic>.+))?`),
	askWho("fr", `qui(?: est| sont| était| a| ont| veut)? (?P<topic>.+)`),

	ask(WhoSaid, "es", `quién(?:es)? `+saysEs+`(?: que)? (?P<topic>.+)`),
	ask(WhatSaid, "es", `qué `+saysEs+` (?P<speaker>.+?)(?: `+onEs+` (?P<topic>.+))?`),
	askWho("es", `quién(?:es)?(?: es| son| era| está| están| ha| han| quiere)? (?P<topic>.+)`),
}

// anyone fits the words that name nobody in particular; a pronoun names somebody whom a question alone
// does not tell.
var anyone = regexp.MustCompile(`(?i)^(?:they|people|anyone|anybody|everyone|everybody|someone|somebody|others|he|she|it|we|you|the article|it all|man|leute|on|les gens|la gente|alguien)$`)

// languageOf guesses the language of a question that fits no pattern from its function words.
func languageOf(text string) string {
	best, most := "en", 0
	all := len(words(text))
	for _, language := range []string{"en", "de", "fr", "es"} {
		if n := all - len(telling(text, language)); n > most {
			best, most = language, n
		}
	}
	return best
}
